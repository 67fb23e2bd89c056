//! What a person vouches for, as everybody sees it: the texts that tracked files hold for a role in an
//! environment. Process variables, observed values and files that git does not track differ from
//! machine to machine, so they are left aside, and with them what they override.

use std::collections::{BTreeMap, BTreeSet};

use super::environment::Environment;
use super::fingerprint::is_guessable;
use super::place;
use super::purpose::Purpose;
use super::read::Project;
use super::resolve::names_asked;
use super::section::Scope;
use super::setting::{Setting, StandsIn};
use crate::pack::{EnvironmentName, RoleId, words};

/// How many steps of `${A}` to `${B}` are followed.
const MOST_STEPS: usize = 8;

/// What tracked files hold for a role.
#[derive(Debug, Default)]
pub struct Covered<'a> {
    /// The settings that count, in order of place.
    pub settings: Vec<&'a Setting>,
    /// What is written there, each once: what a digest is made of.
    pub texts: BTreeSet<String>,
    /// Whether one of them is a secret that could be found by trying.
    pub guessable: bool,
}

impl Project {
    /// What tracked files hold for `role` in the environments that `name` means; `tracked` is what
    /// git tracks, everything where there is no git.
    pub fn covered<'p>(
        &'p self,
        (name, role): (&EnvironmentName, &RoleId),
        tracked: Option<&'p BTreeSet<String>>,
    ) -> Covered<'p> {
        let mut covered = Covered::default();
        let meant = self.environments.iter().filter(|one| name.means(&one.name, one.class));
        for environment in meant {
            let profile = Profile { project: self, environment, tracked };
            for setting in profile.held(|setting| setting.role.as_ref() == Some(role)) {
                profile.add(setting, &mut covered);
            }
        }
        covered
    }
}

/// One environment by its tracked files alone.
struct Profile<'p> {
    project: &'p Project,
    environment: &'p Environment,
    tracked: Option<&'p BTreeSet<String>>,
}

impl<'p> Profile<'p> {
    fn add(&self, setting: &'p Setting, covered: &mut Covered<'p>) {
        let Some(text) = setting.written() else { return };
        if !covered.settings.iter().any(|known| std::ptr::eq(*known, setting)) {
            covered.settings.push(setting);
        }
        covered.guessable |= setting.secret
            && setting.referred.is_none()
            && setting.literal().is_some_and(|value| is_guessable(value.expose()));
        covered.texts.insert(text.to_owned());
        let mut open = names_asked(text);
        let mut seen = BTreeSet::new();
        for _ in 0..MOST_STEPS {
            let asked: Vec<String> =
                open.drain(..).filter(|name| seen.insert(name.clone())).collect();
            for name in asked {
                let meant = words(&name);
                for other in self.held(|other| words(&other.name) == meant) {
                    let Some(text) = other.written() else { continue };
                    covered.guessable |= other.secret
                        && other.literal().is_some_and(|value| is_guessable(value.expose()));
                    covered.texts.insert(format!("{name}={text}"));
                    open.extend(names_asked(text));
                }
            }
        }
    }

    /// The settings that are meant and that no higher tracked file overrides.
    fn held(&self, is_meant: impl Fn(&Setting) -> bool) -> Vec<&'p Setting> {
        let held: Vec<&Setting> = self
            .project
            .settings
            .iter()
            .filter(|setting| is_meant(setting) && setting.is_there() && self.holds(setting))
            .collect();
        let mut highest = BTreeMap::new();
        for setting in &held {
            let known = highest.entry(self.slot(setting)).or_insert((0, false));
            *known = (*known).max(self.height(setting));
        }
        let counts =
            |setting: &&Setting| highest.get(&self.slot(setting)) == Some(&self.height(setting));
        held.into_iter().filter(counts).collect()
    }

    fn holds(&self, setting: &Setting) -> bool {
        let path = setting.path();
        let tracked = !path.is_empty() && self.tracked.is_none_or(|paths| paths.contains(path));
        let here = match &setting.stands_in {
            StandsIn::Environment { name, .. } => *name == self.environment.name,
            StandsIn::Shared => self.environment.layers.iter().any(|layer| layer == path),
            StandsIn::Unclassified => !setting.in_force.is_empty() && self.has_in_force(setting),
        };
        tracked && here && !setting.overridden && setting.purpose == Purpose::Live
    }

    fn has_in_force(&self, setting: &Setting) -> bool {
        let named = |index: &usize| {
            self.project.environments.get(*index).map(|one| &one.name)
                == Some(&self.environment.name)
        };
        setting.in_force.iter().any(named)
    }

    /// Settings of one slot override each other, as they do in a profile.
    fn slot(&self, setting: &Setting) -> (String, String) {
        let declared = &self.project.manifest.environments;
        let listed = declared.iter().any(|one| {
            one.name == self.environment.name
                && one.layers.iter().any(|(path, _)| path == setting.path())
        });
        if listed {
            return (String::new(), setting.slot());
        }
        (place::read(setting.path()).family, setting.key.clone())
    }

    fn height(&self, setting: &Setting) -> (usize, bool) {
        let layers = &self.environment.layers;
        let file = layers.iter().position(|layer| layer == setting.path());
        (file.map_or(0, |at| at + 1), matches!(setting.scope, Scope::Environment { .. }))
    }
}
