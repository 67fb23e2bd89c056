//! Whether a value may be used: what the files said of it decides.

use super::super::super::judgement::Judgement;
use super::super::super::outcome::Reason;
use super::{Prepared, Preparing};
use crate::pack::{By, CheckId, Class, EnvironmentName, Home, Kind, RoleId};
use crate::project::{Setting, SettingValue, is_placeholder};
use crate::source::Secret;

impl Preparing<'_, '_> {
    /// The value of a setting, if it may be used for a class.
    pub(in crate::run::live) fn judged(
        &self,
        setting: &Setting,
        role: &RoleId,
        class: Class,
        creates: bool,
    ) -> Prepared<Secret> {
        let place = self.view.place_of(setting).map_or_else(
            || self.view.name_of(setting),
            |at| format!("{} ({}:{})", self.view.name_of(setting), at.path, at.line),
        );
        let see = self.see(setting).map_or_else(String::new, |id| format!(", see {id}"));
        let held = |why: &str| {
            Err(Box::new(Judgement::unknown(Reason::HELD_BACK, format!("{place} {why}{see}"))))
        };
        let value = match &setting.value {
            SettingValue::Literal(value) => value,
            SettingValue::Reference { text, .. } => {
                let text = self.view.mask.shown(text);
                return Err(Box::new(Judgement::unknown(
                    "may come from",
                    format!("{place}: {text}"),
                )));
            }
            SettingValue::Observed(_) => {
                let why = format!("{place}: only facts of it are known here");
                return Err(Box::new(Judgement::unknown("may come from", why)));
            }
            SettingValue::Empty => return held("is empty"),
        };
        if is_placeholder(value.expose()) {
            return held("is a placeholder");
        }
        if self.view.is_sample(setting) {
            return held("is a published sample value");
        }
        match (setting.home.home, setting.home.home.class()) {
            (Home::Contested, _) => return held("is claimed by sandbox and production alike"),
            (_, Some(home)) if home != class => {
                return held(&format!("belongs to {}", home.as_str()));
            }
            _ => {}
        }
        if class == Class::Sandbox && creates && self.may_be_production(setting, role) {
            return held(&format!(
                "is unmarked and production's is not known, so it may be production's: \
                 --assume-sandbox {role}"
            ));
        }
        self.places.borrow_mut().insert(role.clone(), place);
        Ok(value.clone())
    }

    /// The check that found something wrong where a setting stands.
    fn see(&self, setting: &Setting) -> Option<&CheckId> {
        let place = self.view.place_of(setting)?;
        let speaks = |judgement: &Judgement| {
            judgement.findings.iter().any(|raw| {
                raw.location.as_ref() == Some(&place)
                    || raw.related.iter().any(|other| other.location == place)
            })
        };
        let mut found = self.told.iter().filter(|(_, judgement)| speaks(judgement));
        found.find(|(id, _)| id.pack() != "core").or_else(|| found.next()).map(|(id, _)| id)
    }

    /// Whether an unmarked value could be production's: nothing but its place says that it is the
    /// sandbox's, and production's own value is not known to be another.
    fn may_be_production(&self, setting: &Setting, role: &RoleId) -> bool {
        let guarded = self
            .view
            .role(role)
            .is_some_and(|role| role.per_environment || role.kind == Kind::Credential);
        let settled = matches!(setting.home.by, Some(By::Pattern | By::Host | By::Fingerprint));
        let assumed = self.view.asked.assume_sandbox.contains(role) || self.is_recorded();
        if !guarded || settled || assumed {
            return false;
        }
        let print_known = {
            let manifest = &self.view.project.manifest;
            manifest.salt.is_some()
                && manifest
                    .fingerprints
                    .iter()
                    .any(|known| known.0 == Class::Production && known.1 == *role)
        };
        let production = self.view.environments(&[EnvironmentName::Class(Class::Production)]);
        let literal_known = production.iter().any(|index| {
            self.view
                .in_force(*index, role)
                .iter()
                .any(|other| other.is_told_apart() && !other.is_placeholder())
        });
        let ask = self.live.ask();
        !(print_known || literal_known || ask.is_some_and(|ask| ask(role)))
    }
}
