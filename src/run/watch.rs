//! What is watched of a setting that a person vouches for: a salted digest of what is written in tracked
//! files, so that it lapses on every machine alike.

use super::view::View;
use crate::pack::{EnvironmentName, RoleId};
use crate::project::Salt;

/// What is watched of one covered setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watch {
    /// This digest.
    Digest {
        /// 32 hex digits.
        digest: String,
        /// Where the setting stands: path and line, fit to be shown.
        at: String,
    },
    /// Nothing, for this reason.
    Not(&'static str),
}

impl View<'_> {
    /// What is watched of a role in an environment, under the salt of the project.
    pub fn watch(&self, environment: &EnvironmentName, role: &RoleId) -> Watch {
        match &self.project.confirmations_salt {
            Some(salt) => self.watch_under(salt, (environment, role)),
            None => Watch::Not("there is no salt"),
        }
    }

    /// The same under another salt.
    pub fn watch_under(
        &self,
        salt: &Salt,
        (environment, role): (&EnvironmentName, &RoleId),
    ) -> Watch {
        let covered = self.project.covered((environment, role), self.tracked_paths());
        let Some(first) = covered.settings.first() else {
            return Watch::Not("no tracked file holds it");
        };
        if covered.guessable {
            return Watch::Not("a digest would give it away, for it could be guessed");
        }
        let texts: Vec<&str> = covered.texts.iter().map(String::as_str).collect();
        let digest = salt.digest(format!("{role}\n{}", texts.join("\n")).as_bytes());
        let place = self.place_of(first);
        let at = place.map(|at| format!("{}:{}", at.path, at.line)).unwrap_or_default();
        Watch::Digest { digest, at }
    }
}
