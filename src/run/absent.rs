//! What it means that an environment, or something in it, is not there: at this gate, in this run.

use super::judgement::Judgement;
use super::outcome::{Reason, Result};
use super::view::View;
use crate::pack::{Class, EnvironmentName, Gate};

impl View<'_> {
    /// The result of a check about environments of which none is there; none where one is.
    pub(super) fn absence(&self, names: &[EnvironmentName]) -> Option<Judgement> {
        if names.is_empty() || !self.environments(names).is_empty() {
            return None;
        }
        let name = self.named(names);
        Some(self.excused(names).unwrap_or_else(|| {
            Judgement::unknown("not found", format!("no {name} environment was found"))
        }))
    }

    /// Why nothing needs to be in these environments: `--environment` left them out, or the gate
    /// does not ask for them. None where something does.
    pub(super) fn excused(&self, names: &[EnvironmentName]) -> Option<Judgement> {
        if names.is_empty() {
            return None;
        }
        let name = self.named(names);
        let left_out = self.environments(names).is_empty() && names.iter().any(|one| self.has(one));
        if let Some(only) = self.asked.environment.as_ref().filter(|_| left_out) {
            let only = self.mask.shown(only);
            let why = format!("--environment {only} leaves {name} out");
            return Some(Judgement::other(Result::NotAsked, Reason::NARROWED, why));
        }
        let asked = names.iter().any(|one| self.is_asked(one));
        (!asked).then(|| {
            let why = format!("the {} gate does not ask for {name}", self.asked.gate.as_str());
            Judgement::other(Result::NotAsked, Reason::NOT_DUE, why)
        })
    }

    /// Environments by their names, fit to be shown.
    fn named(&self, names: &[EnvironmentName]) -> String {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        self.mask.shown(&names.join(" or "))
    }

    /// Whether the project has an environment of this name, judged or not.
    pub fn has(&self, name: &EnvironmentName) -> bool {
        self.project.environments.iter().any(|known| name.means(&known.name, known.class))
    }

    /// Whether the gate decides anything about an environment of this name.
    fn is_asked(&self, name: &EnvironmentName) -> bool {
        let class = match name {
            EnvironmentName::Class(class) => Some(*class),
            EnvironmentName::Named(_) => {
                let environments = &self.project.environments;
                let known = environments.iter().find(|known| name.means(&known.name, known.class));
                known.map(|known| known.class)
            }
        };
        match self.asked.gate {
            Gate::Change | Gate::Launch => true,
            Gate::Sandbox => class != Some(Class::Production),
            Gate::Live => class != Some(Class::Sandbox),
        }
    }
}
