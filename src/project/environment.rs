//! Environments: which there are, which settings stand in each, and which are in force.

use std::collections::{BTreeMap, BTreeSet};

use super::descriptor;
use super::development;
use super::layers::{self, Layers};
use super::manifest::Manifest;
use super::place::{self, PathSays};
use super::purpose::Purpose;
use super::roles::NameSays;
use super::section::Scope;
use super::setting::{Setting, StandsIn};
use super::telling::is_build_mode;
use super::words::{class_of_word, environment_name};
use crate::pack::{Class, RoleId};

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
    /// What its files say that it gets more settings from: then what is missing may be there.
    pub outside: Vec<String>,
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
    /// What the file describes, where that is how a platform deploys the project.
    pub deploys: bool,
    /// What the file says that more settings come from.
    pub outside: Vec<String>,
}

/// The environment that a setting stands in: by a word of its own name, by the structure around it,
/// by its file's name or content, or by its folder.
pub(super) fn stands_in(
    setting: &Setting,
    name: &NameSays,
    file: Option<&FilePlace>,
    bases: &BTreeSet<String>,
) -> StandsIn {
    if let Scope::Environment { name, class, rule, .. } = &setting.scope {
        let (name, class, rule) = (name.clone(), *class, rule.clone());
        return StandsIn::Environment { name, class, by_name: false, rule };
    }
    let counts = setting.role.is_some() || name.has_twin;
    let word = name.environment_words.first().filter(|_| counts);
    if let Some((word, class)) = word.and_then(|word| Some((word, class_of_word(word)?))) {
        let rule = BY_NAME.to_owned();
        return StandsIn::Environment { name: environment_name(word), class, by_name: true, rule };
    }
    if setting.scope == Scope::Shared {
        return StandsIn::Shared;
    }
    let Some(file) = file else { return StandsIn::Unclassified };
    let of_path = |rule: &str| {
        let (name, class) = file.says.environment.clone()?;
        Some(StandsIn::Environment { name, class, by_name: false, rule: rule.to_owned() })
    };
    let of_content = || {
        let (name, class, by) = file.content.clone()?;
        Some(StandsIn::Environment { name, class, by_name: false, rule: by })
    };
    let told = if file.says.in_file_name {
        of_path("file name")
    } else {
        let build_mode = file.content.as_ref().is_some_and(|(.., by)| is_build_mode(by));
        let of_folder = || of_path("folder");
        if build_mode { of_folder().or_else(of_content) } else { of_content().or_else(of_folder) }
    };
    match told.or_else(|| descriptor::stands_in(file)) {
        Some(told) => told,
        None if bases.contains(&file.says.family) => StandsIn::Shared,
        None => StandsIn::Unclassified,
    }
}

/// How an environment is known that a document of a file is for; the others are its base.
pub(super) const PROFILE: &str = "profile inside the file";

/// How an environment is known that the setting's own name tells.
const BY_NAME: &str = "name of the setting";

/// Families in which at least one file, or a part of one, is of an environment: their other files
/// are bases.
pub(super) fn families_with_environments(
    files: &BTreeMap<String, FilePlace>,
    told: &[(Setting, NameSays)],
) -> BTreeSet<String> {
    let by_path = files.values().filter(|file| file.says.environment.is_some());
    let mut families: BTreeSet<String> = by_path.map(|file| file.says.family.clone()).collect();
    let mut last = "";
    for (setting, _) in told {
        let profiled =
            matches!(&setting.scope, Scope::Environment { rule, .. } if *rule == PROFILE);
        if profiled && setting.path() != last {
            last = setting.path();
            families.extend(files.get(last).map(|file| file.says.family.clone()));
        }
    }
    families
}

/// Gives dotenv files that tell nothing of themselves the environment of the description of
/// containers that starts with them.
pub(super) fn tell_env_files(
    files: &mut BTreeMap<String, FilePlace>,
    env_files: &[(String, String)],
) {
    for (by, named) in env_files {
        let folder = by.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = if folder.is_empty() { named.clone() } else { format!("{folder}/{named}") };
        let Some(told) = files.get(by).and_then(|file| file.says.environment.clone()) else {
            continue;
        };
        if let Some(file) = files.get_mut(&path)
            && file.says.environment.is_none()
        {
            let rule = format!("env_file of {by}");
            file.content.get_or_insert((told.0, told.1, rule));
        }
    }
}

/// Finds the environments and puts settings in force.
pub(super) fn assemble(
    settings: &mut [Setting],
    files: &BTreeMap<String, FilePlace>,
    manifest: &Manifest,
) -> Vec<Environment> {
    let mut environments = declared(manifest);
    let layered = layered_paths(manifest);
    discover(&mut environments, settings, &layered);
    attach_by_name(&mut environments, settings);
    for (index, environment) in environments.iter_mut().enumerate() {
        let layers = Layers::of(environment, files, settings, &layers::bases(settings, files));
        layers.put_in_force(index, settings);
        let outside = layers.paths.iter().filter_map(|path| files.get(path));
        environment.outside = outside.flat_map(|file| file.outside.clone()).collect();
        environment.layers = layers.paths;
    }
    if manifest.environments.is_empty() {
        let known = environments.iter().position(|one| one.name == development::NAME);
        let at = known.unwrap_or(environments.len());
        if let Some(implied) = development::implied(settings, files, at) {
            match known.and_then(|at| environments.get_mut(at)) {
                Some(known) => known.layers.extend(implied.layers),
                None => environments.push(implied),
            }
        }
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
            outside: Vec::new(),
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
    layered: &BTreeMap<String, Vec<(String, Class)>>,
) {
    for setting in settings.iter_mut().filter(|setting| setting.purpose == Purpose::Live) {
        let by_name = matches!(setting.stands_in, StandsIn::Environment { by_name: true, .. });
        if let Some(listed) = layered.get(setting.path())
            && !by_name
        {
            setting.stands_in = match listed.as_slice() {
                [(name, class)] => StandsIn::Environment {
                    name: name.clone(),
                    class: *class,
                    by_name: false,
                    rule: "golive.yaml".to_owned(),
                },
                _ => StandsIn::Shared,
            };
            continue;
        }
        let StandsIn::Environment { name, class, by_name: false, rule } = &setting.stands_in else {
            continue;
        };
        let matters = setting.role.is_some() || setting.kind.is_some();
        if matters && !environments.iter().any(|known| known.name == *name) {
            environments.push(found(name, *class, rule.clone()));
        }
    }
    let declared = environments.iter().filter(|known| known.declared).count();
    if let Some(discovered) = environments.get_mut(declared..) {
        discovered.sort_by(|one, other| (one.class, &one.name).cmp(&(other.class, &other.name)));
    }
}

fn found(name: &str, class: Class, rule: String) -> Environment {
    Environment {
        name: name.to_owned(),
        class,
        layers: Vec::new(),
        rule,
        supplied: Vec::new(),
        declared: false,
        outside: Vec::new(),
    }
}

/// A setting whose own name tells its environment goes to the environment of that name, else to
/// the first of that class, else to a new one.
fn attach_by_name(environments: &mut Vec<Environment>, settings: &mut [Setting]) {
    for setting in settings.iter_mut().filter(|setting| setting.purpose == Purpose::Live) {
        let StandsIn::Environment { name, class, by_name: true, .. } = &mut setting.stands_in
        else {
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
            environments.push(found(name, *class, BY_NAME.to_owned()));
        }
    }
}
