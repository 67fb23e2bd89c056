//! `golive diff`: two profiles side by side.

use std::path::{Path, PathBuf};

use super::arguments::DiffArguments;
use super::exit::Finished;
use super::opened::Opened;
use super::show::style;
use super::world::World;
use crate::pack::{Class, EnvironmentName};
use crate::report;
use crate::run::{View, compare};
use crate::source::nearest;

/// `golive diff`.
pub(super) fn run(world: &World<'_>, arguments: &DiffArguments) -> Finished {
    told(world, arguments).unwrap_or_else(|finished| finished)
}

fn told(world: &World<'_>, arguments: &DiffArguments) -> Result<Finished, Finished> {
    let (names, path) = match arguments.what.as_slice() {
        [] => (None, PathBuf::from(".")),
        [path] => (None, PathBuf::from(path)),
        [one, other] => (Some((one, other)), PathBuf::from(".")),
        [one, other, path, ..] => (Some((one, other)), PathBuf::from(path)),
    };
    let opened = Opened::new(world, Path::new(&path), &arguments.packs)?;
    let view = opened.view();
    let between = match names {
        Some((one, other)) => (named(&view, one)?, named(&view, other)?),
        None => (first(&view, Class::Sandbox)?, first(&view, Class::Production)?),
    };
    if between.0 == between.1 {
        return Err(Finished::cannot("error: both names mean one environment"));
    }
    let comparison = compare(&view, between)
        .ok_or_else(|| Finished::cannot("error: there is no such environment"))?;
    let look = style(world, arguments.plain);
    Ok(Finished::shown(report::diff(&comparison, arguments.format, &look)))
}

/// The environment of a name; else of a class the first.
fn named(view: &View<'_>, name: &str) -> Result<usize, Finished> {
    let environments = &view.project.environments;
    let exact = environments.iter().position(|known| known.name == name);
    let meant = EnvironmentName::from(name);
    let found = exact
        .or_else(|| environments.iter().position(|known| meant.means(&known.name, known.class)));
    found.ok_or_else(|| {
        let known: Vec<&str> = environments.iter().map(|known| &*known.name).collect();
        let near = nearest(name, known.iter().copied())
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Finished::cannot(
            view.mask
                .shown(&format!("error: there is no environment `{name}`{near}; found: {known}")),
        )
    })
}

/// The first environment of a class.
fn first(view: &View<'_>, class: Class) -> Result<usize, Finished> {
    view.environments(&[EnvironmentName::Class(class)]).first().copied().ok_or_else(|| {
        Finished::cannot(format!(
            "error: no {} environment was found; `golive environments` shows what was",
            class.as_str()
        ))
    })
}
