//! Process variables: read only where a trusted name asks for them.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::environment::Environment;
use super::manifest::Manifest;
use super::read::Question;
use super::reading::describe;
use super::roles::RoleIndex;
use super::setting::{Setting, SettingValue, StandsIn};
use super::words::{class_of_word, environment_name};
use crate::pack::{Class, Origin, RoleId, words};
use crate::source::Secret;

/// The settings that the process holds: for the roles that the manifest names a variable for, and
/// under the usual names of roles. A usual name without an environment word says nothing of the
/// environment, and is only read where one is named on the command line.
pub(super) fn settings(question: &Question<'_>, manifest: &Manifest) -> Vec<Setting> {
    // most processes hold none of these variables, and then no name is looked up
    let index = LazyCell::new(|| RoleIndex::new(question.library, &manifest.roles));
    // the names of the manifest, and of packs beside it, are those of whoever wrote the tree
    let usual = LazyCell::new(|| RoleIndex::new(question.library, &[]));
    let granted = |variable: &str| question.granted.iter().any(|granted| granted == variable);
    let of_tree = |id: &str| question.library.pack(id).is_none_or(|pack| pack.origin.is_of_tree());
    let may_read = |variable: &str, role: &RoleId| {
        granted(variable) || (!of_tree(&role.pack) && usual.is_plainly_of(variable, role))
    };
    let mut settings = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |variable: &str, role: &RoleId, stands_in: StandsIn| {
        let Some(value) = (question.variable)(variable) else { return };
        let value = held(variable, value, may_read(variable, role));
        let mut setting =
            Setting { origin: Origin::Variable, ..Setting::of_process(variable.to_owned(), value) };
        setting.stands_in = stands_in;
        let mut name = index.read(variable);
        name.role = Some(RoleId::clone(role));
        describe(&mut setting, &name, question.library);
        settings.push(setting);
    };
    for environment in &manifest.environments {
        for (role, variable) in &environment.variables {
            seen.insert(variable.clone());
            add(variable, role, stands_in(&environment.name, environment.class, false));
        }
    }
    for role in question.library.packs.iter().flat_map(|pack| pack.roles.values()) {
        let readable = |name: &&String| !of_tree(&role.id.pack) || granted(name);
        for variable in role.names.iter().filter(readable).filter(|name| !seen.contains(*name)) {
            let may_tell = question.environment.is_some()
                || words(variable).iter().any(|word| class_of_word(word).is_some());
            if !may_tell || (question.variable)(variable).is_none() {
                continue;
            }
            let word = index.read(variable).environment_words.into_iter().next();
            let told = match (&word, question.environment) {
                (Some(word), _) => class_of_word(word).map(|class| (environment_name(word), class)),
                (None, Some(named)) => class_named(named, manifest),
                (None, None) => None,
            };
            if let Some((name, class)) = told {
                add(variable, &role.id, stands_in(&name, class, word.is_some()));
            }
        }
    }
    settings
}

fn stands_in(name: &str, class: Class, by_name: bool) -> StandsIn {
    let rule = "process variable".to_owned();
    StandsIn::Environment { name: name.to_owned(), class, by_name, rule }
}

/// The environment that `--environment` names, with its class.
fn class_named(name: &str, manifest: &Manifest) -> Option<(String, Class)> {
    let declared = manifest.environments.iter().find(|declared| declared.name == name);
    let class = declared.map(|declared| declared.class).or_else(|| class_of_word(name))?;
    Some((name.to_owned(), class))
}

/// Puts process variables in force: they are the last layer and win over files.
pub(super) fn put_in_force(settings: &mut [Setting], environments: &[Environment]) {
    let set: Vec<(String, String)> = settings
        .iter()
        .filter(|setting| setting.origin == Origin::Variable)
        .filter_map(|setting| Some((environment_of(setting)?.to_owned(), setting.slot())))
        .collect();
    if set.is_empty() {
        return;
    }
    for (index, environment) in environments.iter().enumerate() {
        for setting in settings.iter_mut() {
            if setting.origin == Origin::Variable {
                if environment_of(setting) == Some(&environment.name)
                    && !setting.in_force.contains(&index)
                {
                    setting.in_force.push(index);
                }
            } else if set.contains(&(environment.name.clone(), setting.slot())) {
                setting.in_force.retain(|known| *known != index);
            }
        }
    }
}

fn environment_of(setting: &Setting) -> Option<&str> {
    match &setting.stands_in {
        StandsIn::Environment { name, .. } => Some(name),
        StandsIn::Shared | StandsIn::Unclassified => None,
    }
}

/// What a process variable holds. One that no plain name and nobody at the command line gives to
/// the role is only known to be set: a manifest could name any other secret of the process.
fn held(variable: &str, value: String, may_read: bool) -> SettingValue {
    if value.is_empty() {
        SettingValue::Empty
    } else if may_read {
        SettingValue::Literal(Secret::new(value))
    } else {
        let text = format!("the process variable {variable}: --variable {variable}");
        SettingValue::Reference { text, identity: false }
    }
}
