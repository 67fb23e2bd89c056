//! Which environments a project has, and by which rule each place is of which: told, not judged.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::view::View;
use crate::pack::{Class, Kind};
use crate::project::{Environment, Purpose, Setting, SettingValue, StandsIn};

/// The environments of a project and the files that no environment owns. All text in it is masked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Survey {
    /// Always `golive/environments/v1`.
    pub schema: String,
    /// The name of the project's folder.
    pub project: String,
    /// Whether the project has a manifest.
    pub manifest: bool,
    /// The environments: declared ones first, then by class and name.
    pub environments: Vec<Surveyed>,
    /// Files that all environments of their family build on.
    pub shared: Vec<FileSeen>,
    /// Files of no environment that hold settings of a provider or keys.
    pub unclassified: Vec<FileSeen>,
    /// How many more files of no environment hold settings.
    pub others: u64,
    /// Files that matter and could not be read, or not wholly.
    pub unreadable: Vec<String>,
}

/// An environment.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Surveyed {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// How it is known: `golive.yaml`, `file name`, `APP_ENV`.
    pub rule: String,
    /// Its files, lowest first.
    pub layers: Vec<Layer>,
    /// Whether values may come from outside its files. What is missing in a closed environment is
    /// missing; in an open one it may come from there.
    pub open: bool,
    /// What values may come from, in a few words each.
    pub outside: Vec<String>,
    /// Settings in force.
    pub settings: u64,
    /// Settings in force whose value stands elsewhere.
    pub references: u64,
}

/// A file of an environment.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Layer {
    /// Its path.
    pub path: String,
    /// By which rule it is a layer.
    pub rule: String,
    /// How many of its settings are in force there.
    pub settings: u64,
    /// Whether there is no such file.
    pub missing: bool,
}

/// A file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FileSeen {
    /// Its path.
    pub path: String,
    /// How many settings it holds.
    pub settings: u64,
}

/// Tells the environments of a project.
pub fn survey(view: &View<'_>) -> Survey {
    let project = view.project;
    let indexes = 0..project.environments.len();
    let environments = indexes.filter_map(|index| surveyed(view, index));
    let shared = files(view, |setting| setting.stands_in == StandsIn::Shared);
    let of_none = files(view, |setting| setting.stands_in == StandsIn::Unclassified);
    let speaking =
        files(view, |setting| setting.role.is_some() || setting.kind == Some(Kind::Credential));
    let (speaking, others): (Vec<_>, Vec<_>) =
        of_none.into_iter().partition(|(path, _)| speaking.contains_key(path));
    let unreadable = project.unreadable.iter();
    Survey {
        schema: "golive/environments/v1".to_owned(),
        project: view.mask.shown(&project.tree.name()),
        manifest: project.manifest.source.is_some(),
        environments: environments.collect(),
        shared: seen(view, shared),
        unclassified: seen(view, speaking),
        others: count(others.len()),
        unreadable: unreadable
            .map(|note| view.mask.shown(&format!("{}: {}", note.path, note.message)))
            .collect(),
    }
}

fn surveyed(view: &View<'_>, index: usize) -> Option<Surveyed> {
    let environment = view.environment(index)?;
    let settings = &view.project.settings;
    let in_force = || settings.iter().filter(move |setting| setting.in_force.contains(&index));
    let references: Vec<&Setting> =
        in_force().filter(|one| matches!(one.value, SettingValue::Reference { .. })).collect();
    let outside = outside(view, environment, &references);
    let mut paths: Vec<&String> = environment.layers.iter().collect();
    paths.dedup();
    let layer = |path: &&String| Layer {
        path: view.mask.shown(path),
        rule: view.mask.shown(&view.project.rule_of_layer(environment, path)),
        settings: count(in_force().filter(|setting| setting.path() == **path).count()),
        missing: !view.project.tree.has(path),
    };
    Some(Surveyed {
        name: view.mask.shown(&environment.name),
        class: environment.class,
        rule: view.mask.shown(&environment.rule),
        layers: paths.iter().map(layer).collect(),
        open: !outside.is_empty(),
        outside,
        settings: count(in_force().count()),
        references: count(references.len()),
    })
}

/// What values of an environment may come from beside its files.
fn outside(view: &View<'_>, environment: &Environment, references: &[&Setting]) -> Vec<String> {
    let mut outside = Vec::new();
    if let Some(first) = references.first() {
        let name = view.mask.shown(&first.slot());
        outside.push(match references.len() {
            1 => format!("1 reference ({name})"),
            number => format!("{number} references ({name}, ...)"),
        });
    }
    outside.extend(environment.outside.iter().map(|from| view.mask.shown(from)));
    let supplied = environment.supplied.iter().map(|role| format!("{role} is supplied"));
    outside.extend(supplied);
    let declared = view.project.manifest.environments.iter();
    let own = declared.filter(|declared| declared.name == environment.name);
    outside.extend(own.flat_map(|declared| &declared.variables).map(|(role, variable)| {
        format!("{role} is the process variable {}", view.mask.shown(variable))
    }));
    outside
}

/// Live files with settings that fit, each with how many it holds, in order of path.
fn files<'a>(view: &View<'a>, fits: impl Fn(&Setting) -> bool) -> BTreeMap<&'a str, usize> {
    let mut files = BTreeMap::new();
    for setting in view.project.settings.iter().filter(|one| is_live(one) && fits(one)) {
        *files.entry(setting.path()).or_default() += 1;
    }
    files
}

fn is_live(setting: &Setting) -> bool {
    setting.purpose == Purpose::Live && setting.source.is_some()
}

fn seen<'a>(view: &View<'_>, files: impl IntoIterator<Item = (&'a str, usize)>) -> Vec<FileSeen> {
    let files = files.into_iter();
    files
        .map(|(path, settings)| FileSeen { path: view.mask.shown(path), settings: count(settings) })
        .collect()
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
