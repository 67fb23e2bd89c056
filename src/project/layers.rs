//! The files of one environment in order, and which of its settings count.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::environment::{Environment, FilePlace};
use super::purpose::Purpose;
use super::section::Scope;
use super::setting::{Setting, StandsIn};
use crate::pack::words;

/// The files of one environment in order.
pub(super) struct Layers<'a> {
    name: String,
    /// The paths, lowest first.
    pub paths: Vec<String>,
    /// How far up each path stands.
    heights: BTreeMap<String, usize>,
    /// How many of the paths the manifest lists: those are one group, whatever their names.
    listed: usize,
    files: &'a BTreeMap<String, FilePlace>,
}

/// How far up a setting stands: its file's height, and whether it is of the environment itself and
/// not of the base in the same file.
type Height = (usize, bool);

impl<'a> Layers<'a> {
    /// The layers of an environment among the settings of a project.
    pub(super) fn of(
        environment: &Environment,
        files: &'a BTreeMap<String, FilePlace>,
        settings: &[Setting],
        bases: &BTreeMap<&str, BTreeSet<&str>>,
    ) -> Self {
        let mut paths = environment.layers.clone();
        let listed = paths.len();
        let own: BTreeSet<&str> = settings
            .iter()
            .filter(|setting| setting.is_of(&environment.name))
            .map(Setting::path)
            .filter(|path| !path.is_empty())
            .collect();
        let mut more: BTreeSet<&str> =
            own.iter().copied().filter(|path| !paths.iter().any(|known| known == path)).collect();
        if !environment.declared || environment.layers.is_empty() {
            let families = own.iter().filter_map(|path| files.get(*path));
            let families: BTreeSet<&str> = families.map(|file| file.says.family.as_str()).collect();
            more.extend(families.iter().filter_map(|family| bases.get(family)).flatten());
        }
        let mut more: Vec<&str> = more.into_iter().collect();
        more.sort_by_key(|path| (files.get(*path).map_or(0, |file| file.says.height), *path));
        paths.extend(more.into_iter().map(str::to_owned));
        let mut heights = BTreeMap::new();
        for (height, path) in paths.iter().enumerate() {
            heights.entry(path.clone()).or_insert(height);
        }
        Self { name: environment.name.clone(), paths, heights, listed, files }
    }

    /// Puts in force what no higher layer of the same group overrides.
    pub(super) fn put_in_force(&self, index: usize, settings: &mut [Setting]) {
        let mut highest: BTreeMap<(&str, Cow<'_, str>), Height> = BTreeMap::new();
        for setting in settings.iter().filter(|setting| self.holds(setting)) {
            let height = self.height(setting);
            let known = highest.entry(self.key(setting)).or_insert(height);
            *known = (*known).max(height);
        }
        let counts = |setting: &&Setting| {
            !setting.overridden && highest.get(&self.key(setting)) == Some(&self.height(setting))
        };
        let held = settings.iter().enumerate().filter(|(_, setting)| self.holds(setting));
        let held: Vec<usize> =
            held.filter(|(_, setting)| counts(setting)).map(|(at, _)| at).collect();
        for at in held {
            if let Some(setting) = settings.get_mut(at) {
                setting.in_force.push(index);
            }
        }
    }

    /// Settings with the same key override each other: in the layers of a manifest those that mean
    /// the same thing, elsewhere those of the same name in files of one family.
    fn key<'s>(&'s self, setting: &'s Setting) -> (&'s str, Cow<'s, str>) {
        if self.height(setting).0 < self.listed {
            let last = setting.name.rsplit('.').next().unwrap_or(&setting.name);
            let meaning =
                setting.role.as_ref().map_or_else(|| words(last).join(" "), ToString::to_string);
            return ("", Cow::Owned(meaning));
        }
        let family = self.files.get(setting.path()).map_or("/", |file| &file.says.family);
        (family, Cow::Borrowed(&setting.key))
    }

    fn height(&self, setting: &Setting) -> Height {
        let file = self.heights.get(setting.path()).copied().unwrap_or(usize::MAX);
        (file, matches!(setting.scope, Scope::Environment { .. }))
    }

    fn holds(&self, setting: &Setting) -> bool {
        if setting.purpose != Purpose::Live {
            return false;
        }
        match &setting.stands_in {
            StandsIn::Environment { name, .. } => *name == self.name,
            StandsIn::Shared => self.heights.contains_key(setting.path()),
            StandsIn::Unclassified => false,
        }
    }
}

/// The paths of shared files by family.
pub(super) fn bases<'a>(
    settings: &'a [Setting],
    files: &'a BTreeMap<String, FilePlace>,
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut bases: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for setting in settings.iter().filter(|setting| setting.stands_in == StandsIn::Shared) {
        if let Some((path, file)) = files.get_key_value(setting.path()) {
            bases.entry(&file.says.family).or_default().insert(path);
        }
    }
    bases
}

impl Setting {
    /// Whether the place itself is of the environment `name`.
    fn is_of(&self, name: &str) -> bool {
        self.purpose == Purpose::Live
            && matches!(&self.stands_in, StandsIn::Environment { name: own, .. } if own == name)
    }
}
