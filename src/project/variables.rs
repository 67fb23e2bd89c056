//! Process variables: read only where a trusted name asks for them.

use super::environment::Environment;
use super::home::HomeOf;
use super::manifest::Manifest;
use super::purpose::Purpose;
use super::read::{Question, describe};
use super::roles::RoleIndex;
use super::setting::{Setting, SettingValue, StandsIn};
use crate::pack::{Origin, RoleId};
use crate::source::{Secret, Span};

/// The settings that the process holds for the roles of declared environments.
pub(super) fn settings(question: &Question<'_>, manifest: &Manifest) -> Vec<Setting> {
    let index = RoleIndex::new(question.library, &manifest.roles);
    let mut settings = Vec::new();
    for environment in &manifest.environments {
        for (role, variable) in &environment.variables {
            let Some(value) = (question.variable)(variable) else { continue };
            let mut setting = blank(variable, value);
            setting.stands_in = StandsIn::Environment {
                name: environment.name.clone(),
                class: environment.class,
                by_name: false,
            };
            let mut name = index.read(variable);
            name.role = Some(RoleId::clone(role));
            describe(&mut setting, &name, question.library);
            settings.push(setting);
        }
    }
    settings
}

/// Puts process variables in force: they are the last layer and win over files.
pub(super) fn put_in_force(settings: &mut [Setting], environments: &[Environment]) {
    let set: Vec<(String, String)> = settings
        .iter()
        .filter(|setting| setting.origin == Origin::Variable)
        .filter_map(|setting| Some((environment_of(setting)?.to_owned(), setting.slot())))
        .collect();
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

fn blank(name: &str, value: String) -> Setting {
    let value = if value.is_empty() {
        SettingValue::Empty
    } else {
        SettingValue::Literal(Secret::new(value))
    };
    Setting {
        name: name.to_owned(),
        words: Vec::new(),
        value,
        source: None,
        span: Span::default(),
        trail: Vec::new(),
        origin: Origin::Variable,
        purpose: Purpose::Live,
        stands_in: StandsIn::Unclassified,
        overridden: false,
        in_force: Vec::new(),
        role: None,
        kind: None,
        kind_is_guess: false,
        exposed: false,
        secret: false,
        home: HomeOf::default(),
    }
}
