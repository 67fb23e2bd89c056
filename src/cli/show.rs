//! Commands that show what the tool knows: `list`, `explain`, `schema`.

use std::path::Path;

use super::arguments::{ExplainArguments, ListArguments, SchemaArguments, SchemaOf};
use super::exit::Finished;
use super::packs::load;
use super::world::World;
use crate::pack::{check_schema, codes_schema, pack_schema};
use crate::project::{facts_schema, manifest_schema};
use crate::report::{self, Style};
use crate::source::{Foreign, nearest};

/// `golive list`.
pub(super) fn list(world: &World<'_>, arguments: &ListArguments) -> Finished {
    match load(world, &arguments.packs, None) {
        Ok(library) => {
            Finished::shown(report::list(&library.packs, &library.checks, &style(world, false)))
        }
        Err(finished) => finished,
    }
}

/// `golive explain ID`.
pub(super) fn explain(world: &World<'_>, arguments: &ExplainArguments) -> Finished {
    let library = match load(world, &arguments.packs, None) {
        Ok(library) => library,
        Err(finished) => return finished,
    };
    let Some(check) = library.checks.iter().find(|check| *check.id.0 == *arguments.id) else {
        let known = library.checks.iter().map(|check| &*check.id.0);
        let id = Foreign::new(&*arguments.id);
        let help = nearest(&arguments.id, known).map_or_else(
            || "`golive list` shows them all".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Finished::cannot(format!("error: there is no check `{id}`; {help}"));
    };
    let pack = library.pack(check.id.pack());
    Finished::shown(report::explain(check, pack, &style(world, false)))
}

/// `golive schema`.
pub(super) fn schema(arguments: &SchemaArguments) -> Finished {
    let schema = match arguments.of {
        SchemaOf::Pack => pack_schema(),
        SchemaOf::Check => check_schema(),
        SchemaOf::Codes => codes_schema(),
        SchemaOf::Manifest => manifest_schema(),
        SchemaOf::Report => report::schema(),
        SchemaOf::Facts => facts_schema(),
        SchemaOf::Environments => report::environments_schema(),
        SchemaOf::Diff => report::diff_schema(),
        SchemaOf::Compare => report::compare_schema(),
    };
    Finished::shown(serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n")
}

/// A path, fit to be printed.
pub(super) fn shown(path: &Path) -> Foreign {
    Foreign::new(path.to_string_lossy())
}

/// How reports look on this terminal.
pub(super) fn style(world: &World<'_>, plain: bool) -> Style {
    Style {
        color: world.terminal.color && !plain,
        width: world.terminal.width,
        plain: plain || world.terminal.plain,
        unicode: true,
        zone: Some(world.zone.clone()),
    }
}
