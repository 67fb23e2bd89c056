//! Environments: which there are, which settings stand in each, and which are in force.

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::Manifest;
use super::place::{self, PathSays};
use super::purpose::Purpose;
use super::roles::NameSays;
use super::setting::{Setting, StandsIn};
use super::words::{class_of_word, environment_name};
use crate::pack::{Class, RoleId, words};

/// A named place the software runs in.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// Its files in order, lowest first.
    pub layers: Vec<String>,
    /// How it is known.
    pub rule: String,
    /// Roles that the manifest says are supplied from outside.
    pub supplied: Vec<RoleId>,
    /// Whether the manifest declares it.
    pub declared: bool,
}

impl Environment {
    /// Whether the file at `path` could hold settings of this environment.
    pub fn may_have(&self, path: &str) -> bool {
        let says = place::read(path);
        let layered = |layer: &String| layer == path || place::read(layer).family == says.family;
        match says.environment {
            Some((name, class)) => name == self.name || class == self.class,
            None => self.layers.iter().any(layered),
        }
    }
}

/// What is known of each file before its settings are looked at.
#[derive(Debug)]
pub(super) struct FilePlace {
    /// What its path says.
    pub says: PathSays,
    /// What its content says, with the setting that says it.
    pub content: Option<(String, Class, String)>,
}

/// Names whose value tells the environment of their file. A build mode (`NODE_ENV`) is asked last:
/// it is `production` in every deployed environment.
const TELLING: [&str; 10] = [
    "app env",
    "environment",
    "app environment",
    "deploy env",
    "rails env",
    "flask env",
    "stage",
    "spring profiles active",
    "aspnetcore environment",
    "django settings module",
];
const BUILD_MODE: &str = "node env";

/// What the settings of one file say of its environment.
pub(super) fn content_says<'a>(
    settings: impl Iterator<Item = &'a Setting>,
) -> Option<(String, Class, String)> {
    let mut weak = None;
    for setting in settings {
        let name = words(setting.name.rsplit('.').next().unwrap_or(&setting.name)).join(" ");
        let strong = TELLING.contains(&&*name);
        if !strong && name != BUILD_MODE {
            continue;
        }
        let Some(value) = setting.literal() else { continue };
        let Some((word, class)) = place::read(value.expose()).environment else { continue };
        let said = (word, class, setting.name.clone());
        if strong {
            return Some(said);
        }
        weak = weak.or(Some(said));
    }
    weak
}

/// The environment that a setting stands in: by a section of its keys, a word of its name, its
/// file's content, or its path.
pub(super) fn stands_in(
    setting: &Setting,
    name: &NameSays,
    file: Option<&FilePlace>,
    bases: &BTreeSet<String>,
) -> StandsIn {
    let keys: Vec<&str> = setting.name.split('.').collect();
    let section = keys.iter().find_map(|key| Some((environment_name(key), class_of_word(key)?)));
    if let Some((name, class)) = section {
        return StandsIn::Environment { name, class, by_name: keys.len() == 1 };
    }
    let word = name.environment_words.first().filter(|_| setting.role.is_some());
    if let Some((word, class)) = word.and_then(|word| Some((word, class_of_word(word)?))) {
        return StandsIn::Environment { name: environment_name(word), class, by_name: true };
    }
    let Some(file) = file else { return StandsIn::Unclassified };
    let by_path = file.says.environment.clone();
    let by_content = file.content.as_ref().map(|(name, class, _)| (name.clone(), *class));
    let told = if file.says.in_file_name { by_path } else { by_content.or(by_path) };
    match told {
        Some((name, class)) => StandsIn::Environment { name, class, by_name: false },
        None if bases.contains(&file.says.family) => StandsIn::Shared,
        None => StandsIn::Unclassified,
    }
}

/// Families in which at least one file is of an environment: their other files are bases.
pub(super) fn families_with_environments(files: &BTreeMap<String, FilePlace>) -> BTreeSet<String> {
    files
        .values()
        .filter(|file| file.says.environment.is_some())
        .map(|file| file.says.family.clone())
        .collect()
}

/// Finds the environments and puts settings in force.
pub(super) fn assemble(
    settings: &mut [Setting],
    files: &BTreeMap<String, FilePlace>,
    manifest: &Manifest,
) -> Vec<Environment> {
    let mut environments = declared(manifest);
    let layered = layered_paths(manifest);
    discover(&mut environments, settings, files, &layered);
    attach_by_name(&mut environments, settings);
    for (index, environment) in environments.iter_mut().enumerate() {
        let layers = Layers::of(environment, files, settings);
        layers.put_in_force(index, settings);
        environment.layers = layers.paths;
    }
    environments
}

fn declared(manifest: &Manifest) -> Vec<Environment> {
    manifest
        .environments
        .iter()
        .map(|declared| Environment {
            name: declared.name.clone(),
            class: declared.class,
            layers: declared.layers.iter().map(|(path, _)| path.clone()).collect(),
            rule: "golive.yaml".to_owned(),
            supplied: declared.supplied.clone(),
            declared: true,
        })
        .collect()
}

/// The paths that the manifest lists, each with the environments that list it.
fn layered_paths(manifest: &Manifest) -> BTreeMap<String, Vec<(String, Class)>> {
    let mut paths: BTreeMap<String, Vec<(String, Class)>> = BTreeMap::new();
    for environment in &manifest.environments {
        for (path, _) in &environment.layers {
            let listed = paths.entry(path.clone()).or_default();
            listed.push((environment.name.clone(), environment.class));
        }
    }
    paths
}

/// Adds the environments that settings stand in. The manifest settles the files that it lists.
fn discover(
    environments: &mut Vec<Environment>,
    settings: &mut [Setting],
    files: &BTreeMap<String, FilePlace>,
    layered: &BTreeMap<String, Vec<(String, Class)>>,
) {
    for setting in settings.iter_mut().filter(|setting| setting.purpose == Purpose::Live) {
        let by_name = matches!(setting.stands_in, StandsIn::Environment { by_name: true, .. });
        if let Some(listed) = layered.get(setting.path())
            && !by_name
        {
            setting.stands_in = match listed.as_slice() {
                [(name, class)] => {
                    StandsIn::Environment { name: name.clone(), class: *class, by_name: false }
                }
                _ => StandsIn::Shared,
            };
            continue;
        }
        let StandsIn::Environment { name, class, by_name: false } = &setting.stands_in else {
            continue;
        };
        let matters = setting.role.is_some() || setting.kind.is_some();
        if matters && !environments.iter().any(|known| known.name == *name) {
            let rule = rule_of(files.get(setting.path()), name);
            environments.push(found(name, *class, rule));
        }
    }
    let declared = environments.iter().filter(|known| known.declared).count();
    if let Some(discovered) = environments.get_mut(declared..) {
        discovered.sort_by(|one, other| (one.class, &one.name).cmp(&(other.class, &other.name)));
    }
}

fn rule_of(file: Option<&FilePlace>, name: &str) -> String {
    let by_content = file.and_then(|file| {
        let told = file.content.as_ref().filter(|(told, ..)| told == name)?;
        (!file.says.in_file_name).then(|| told.2.clone())
    });
    by_content.unwrap_or_else(|| {
        let path = file.and_then(|file| file.says.environment.as_ref());
        let by_path = path.is_some_and(|(told, _)| told == name);
        if by_path { "file name" } else { "section of a file" }.to_owned()
    })
}

fn found(name: &str, class: Class, rule: String) -> Environment {
    Environment {
        name: name.to_owned(),
        class,
        layers: Vec::new(),
        rule,
        supplied: Vec::new(),
        declared: false,
    }
}

/// A setting whose own name tells its environment goes to the environment of that name, else to
/// the first of that class, else to a new one.
fn attach_by_name(environments: &mut Vec<Environment>, settings: &mut [Setting]) {
    for setting in settings.iter_mut().filter(|setting| setting.purpose == Purpose::Live) {
        let StandsIn::Environment { name, class, by_name: true } = &mut setting.stands_in else {
            continue;
        };
        let fits = |known: &&Environment| known.class == *class;
        let home = environments
            .iter()
            .find(|known| known.name == *name)
            .or_else(|| environments.iter().find(fits));
        if let Some(home) = home {
            home.name.clone_into(name);
        } else {
            let rule = "name of the setting".to_owned();
            environments.push(found(name, *class, rule));
        }
    }
}

/// The files of one environment in order.
struct Layers<'a> {
    name: String,
    paths: Vec<String>,
    /// How far up each path stands.
    heights: BTreeMap<String, usize>,
    /// How many of the paths the manifest lists: those are one group, whatever their names.
    listed: usize,
    files: &'a BTreeMap<String, FilePlace>,
}

impl<'a> Layers<'a> {
    fn of(
        environment: &Environment,
        files: &'a BTreeMap<String, FilePlace>,
        settings: &[Setting],
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
            let families: BTreeSet<&str> = own
                .iter()
                .filter_map(|path| files.get(*path))
                .map(|file| file.says.family.as_str())
                .collect();
            let bases = settings
                .iter()
                .filter(|setting| setting.stands_in == StandsIn::Shared)
                .map(Setting::path)
                .filter(|path| {
                    files.get(*path).is_some_and(|file| families.contains(&*file.says.family))
                });
            more.extend(bases);
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
    fn put_in_force(&self, index: usize, settings: &mut [Setting]) {
        let mut highest: BTreeMap<(&str, String), usize> = BTreeMap::new();
        let mut held: Vec<((&str, String), usize, &mut Setting)> = Vec::new();
        for setting in settings.iter_mut().filter(|setting| self.holds(setting)) {
            let (key, height) = (self.key(setting), self.height(setting));
            let known = highest.entry(key.clone()).or_insert(height);
            *known = (*known).max(height);
            held.push((key, height, setting));
        }
        for (key, height, setting) in held {
            if !setting.overridden && highest.get(&key) == Some(&height) {
                setting.in_force.push(index);
            }
        }
    }

    /// Settings with the same key override each other: in the layers of a manifest those that mean
    /// the same thing, elsewhere those of the same name in files of one family.
    fn key(&self, setting: &Setting) -> (&'a str, String) {
        if self.height(setting) < self.listed {
            let last = setting.name.rsplit('.').next().unwrap_or(&setting.name);
            let meaning =
                setting.role.as_ref().map_or_else(|| words(last).join(" "), ToString::to_string);
            return ("", meaning);
        }
        let family = self.files.get(setting.path()).map_or("/", |file| &file.says.family);
        (family, words(&setting.name).join(" "))
    }

    fn height(&self, setting: &Setting) -> usize {
        self.heights.get(setting.path()).copied().unwrap_or(usize::MAX)
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

impl Setting {
    /// Whether the place itself is of the environment `name`.
    fn is_of(&self, name: &str) -> bool {
        self.purpose == Purpose::Live
            && matches!(&self.stands_in, StandsIn::Environment { name: own, .. } if own == name)
    }
}
