//! Whether two settings hold one value, as far as values, references, facts and fingerprints tell.

use super::differ::Sides;
use crate::pack::{Class, EnvironmentName, Home, RoleId};
use crate::project::{Setting, SettingValue};

/// Equal or not, as far as that can be told.
pub(super) enum Pair<'s> {
    /// One value.
    Equal,
    /// Two values, as both are seen.
    Different,
    /// Two values, as facts tell.
    DifferentObserved,
    /// Two values, as references or fingerprints of the manifest tell.
    DifferentByReference,
    /// What cannot be told, and on which side.
    Untold(String, &'s EnvironmentName),
}

impl Sides<'_, '_> {
    /// Whether two settings hold one value.
    pub(super) fn pair(&self, one: &Setting, other: &Setting) -> Pair<'_> {
        let (first, second) = &self.differ.between;
        if std::ptr::eq(one, other) || one.same_value(other) {
            return self.equal(one);
        }
        match (&one.value, &other.value) {
            (SettingValue::Empty, _)
            | (_, SettingValue::Empty)
            | (SettingValue::Literal(_), SettingValue::Literal(_)) => Pair::Different,
            (SettingValue::Reference { .. }, SettingValue::Reference { .. }) => {
                Pair::DifferentByReference
            }
            (_, SettingValue::Reference { text, .. }) => self.mixed(one, text, second),
            (SettingValue::Reference { text, .. }, _) => self.mixed(other, text, first),
            _ if one.is_placeholder() || other.is_placeholder() => Pair::Different,
            (_, SettingValue::Observed(_)) => self.observed((one, other), (other, second)),
            (SettingValue::Observed(_), _) => self.observed((one, other), (one, first)),
        }
    }

    /// What it means that two settings hold one value.
    fn equal(&self, one: &Setting) -> Pair<'_> {
        if one.is_placeholder() {
            return Pair::Different;
        }
        let shared = one.home.home == Home::Shared;
        match &one.value {
            SettingValue::Literal(_) | SettingValue::Observed(_) if shared => Pair::Different,
            SettingValue::Literal(_)
            | SettingValue::Observed(_)
            | SettingValue::Reference { identity: true, .. } => Pair::Equal,
            SettingValue::Reference { text, identity: false } => {
                Pair::Untold(self.view.mask.shown(text), &self.differ.between.1)
            }
            SettingValue::Empty => Pair::Different,
        }
    }

    /// A value against a reference: only a fingerprint in the manifest can tell.
    fn mixed<'s>(&'s self, value: &Setting, text: &str, side: &'s EnvironmentName) -> Pair<'s> {
        let told = match (side, &value.role, self.print(value)) {
            (EnvironmentName::Class(class), Some(role), Some(print)) => {
                self.by_fingerprint(&print, role, *class)
            }
            _ => None,
        };
        match told {
            Some(true) => Pair::Equal,
            Some(false) => Pair::DifferentByReference,
            None => Pair::Untold(self.view.mask.shown(text), side),
        }
    }

    /// Two values of which one at least was only observed: their hosts tell, or their fingerprints.
    fn observed<'s>(
        &'s self,
        (one, other): (&Setting, &Setting),
        (fact, side): (&Setting, &'s EnvironmentName),
    ) -> Pair<'s> {
        if let (Some(here), Some(there)) = (one.host(), other.host())
            && here != there
        {
            return Pair::DifferentObserved;
        }
        match (self.print(one), self.print(other)) {
            (Some(one), Some(other)) if one == other => Pair::Equal,
            (Some(_), Some(_)) => Pair::DifferentObserved,
            (None, _) | (_, None) => {
                let name = self.view.name_of(fact);
                Pair::Untold(format!("{name}, observed without a fingerprint to compare"), side)
            }
        }
    }

    /// The fingerprint of a value that is seen, or of one that was observed.
    pub(super) fn print(&self, setting: &Setting) -> Option<String> {
        let salt = self.view.project.manifest.salt.as_ref()?;
        match setting.observed() {
            Some(observed) => observed.fingerprint.clone(),
            None => setting.literal().map(|value| salt.fingerprint(value)),
        }
    }

    /// Whether a value is one of a class by the manifest's fingerprints; none where there are none.
    pub(super) fn by_fingerprint(&self, print: &str, role: &RoleId, class: Class) -> Option<bool> {
        let manifest = &self.view.project.manifest;
        let mut known = manifest
            .fingerprints
            .iter()
            .filter(|known| known.0 == class && known.1 == *role)
            .peekable();
        known.peek()?;
        Some(known.any(|known| known.2 == print))
    }
}
