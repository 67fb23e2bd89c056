//! Values that are kept elsewhere: which of them facts answer, and what closes the others.

use super::view::{Match, View};
use crate::pack::{EnvironmentName, RoleId};
use crate::project::SettingValue;

impl View<'_> {
    /// Whether facts of its own environment tell what a reference comes to.
    pub(super) fn is_answered(&self, found: Match<'_>, among: &[Match<'_>]) -> bool {
        let slot = found.setting.slot();
        let is_fact = |other: &&Match<'_>| other.setting.observed().is_some();
        matches!(found.setting.value, SettingValue::Reference { .. })
            && among
                .iter()
                .filter(is_fact)
                .any(|other| other.environment == found.environment && other.setting.slot() == slot)
    }

    /// `reference`, and the command that tells what it comes to in an environment.
    pub(super) fn closing(
        &self,
        reference: &str,
        role: Option<&RoleId>,
        environment: &EnvironmentName,
    ) -> String {
        let name = self.mask.shown(&environment.to_string());
        match role {
            Some(role) => format!(
                "{reference}; `golive fingerprint {role} --environment {name}` tells, or `golive \
                 observe` there"
            ),
            None => reference.to_owned(),
        }
    }
}
