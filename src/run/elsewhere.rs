//! Values that are kept elsewhere: which of them facts answer, and what closes the others.

use super::view::{Match, View};
use crate::pack::{EnvironmentName, RoleId};
use crate::project::SettingValue;

impl Match<'_> {
    /// Whether facts of its own environment, among settings, tell what a reference comes to.
    pub(super) fn is_answered(self, among: &[Match<'_>]) -> bool {
        let slot = self.setting.slot();
        let answers = |other: &Match<'_>| {
            let here = other.environment == self.environment;
            here && other.setting.observed().is_some() && other.setting.slot() == slot
        };
        matches!(self.setting.value, SettingValue::Reference { .. }) && among.iter().any(answers)
    }
}

impl View<'_> {
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
