//! A mode that is not set: what the provider's libraries do then, and whether something else says
//! which environment is meant.

use super::super::judgement::{Raw, seen};
use super::super::outcome::Evidence;
use super::super::view::View;
use crate::pack::{By, Class, Kind, Role, RoleId, Severity, UnsetMeans};

/// The modes of one provider that an environment does not set.
pub(super) struct Unset<'a> {
    roles: Vec<&'a Role>,
    environments: Vec<usize>,
    class: Option<Class>,
}

impl<'a> Unset<'a> {
    /// The modes among roles; none where none is one.
    pub(super) fn of(view: &View<'a>, roles: &[RoleId], environments: &[usize]) -> Option<Self> {
        let roles: Vec<&Role> = roles
            .iter()
            .filter_map(|role| view.role(role))
            .filter(|role| role.kind == Kind::Mode)
            .collect();
        let first = environments.first().and_then(|index| view.environment(*index));
        let class = first.map(|environment| environment.class);
        (!roles.is_empty()).then(|| Self { roles, environments: environments.to_vec(), class })
    }

    /// An address of the provider that is in force there and serves one class alone says as much
    /// as a mode.
    pub(super) fn said_by_a_host(&self, view: &View<'_>) -> Option<Evidence> {
        let pack = &self.roles.first()?.id.pack;
        let says = view.project.settings.iter().find(|setting| {
            setting.role.as_ref().is_some_and(|role| role.pack == *pack)
                && setting.home.by == Some(By::Host)
                && setting.home.home.class().is_some()
                && setting.in_force.iter().any(|index| self.environments.contains(index))
        })?;
        let message = format!("{} says it by its host", view.name_of(says));
        Some(Evidence { message, location: view.place_of(says) })
    }

    /// Whether no library reads such a mode: where the project has no switch of its own, none is
    /// missing.
    pub(super) fn nobody_reads_it(&self) -> bool {
        self.roles.iter().all(|role| role.unset.is_empty())
    }

    /// What is seen where every library takes the right environment by itself.
    pub(super) fn harmless(&self) -> Option<Evidence> {
        self.is_harmless().then(|| seen(self.nowhere()))
    }

    /// That nothing sets the mode, and what happens then.
    pub(super) fn nowhere(&self) -> String {
        let role = self.roles.first().map(|role| role.id.to_string()).unwrap_or_default();
        format!("nothing sets {role}{}", self.then())
    }

    /// Says in a finding what happens; where that is right, it weighs less.
    pub(super) fn add_to(&self, finding: &mut Raw) {
        finding.message.push_str(&self.then());
        if self.is_harmless() {
            finding.severity = Some(Severity::Minor);
        }
    }

    fn is_harmless(&self) -> bool {
        let mut means = self.roles.iter().flat_map(|role| &role.unset).peekable();
        let right = |means: UnsetMeans| match means {
            UnsetMeans::Sandbox => self.class == Some(Class::Sandbox),
            UnsetMeans::Production => self.class == Some(Class::Production),
            UnsetMeans::Refused => false,
        };
        means.peek().is_some() && means.all(|unset| right(unset.means))
    }

    /// What the libraries do, as the end of a sentence.
    fn then(&self) -> String {
        let mut said: Vec<String> = Vec::new();
        for unset in self.roles.iter().flat_map(|role| &role.unset) {
            let does = match unset.means {
                UnsetMeans::Sandbox => "uses the sandbox",
                UnsetMeans::Production => "uses production",
                UnsetMeans::Refused => "refuses to start",
            };
            let one = format!("{} then {does}", unset.by);
            if !said.contains(&one) {
                said.push(one);
            }
        }
        if said.is_empty() { String::new() } else { format!("; {}", said.join(", ")) }
    }
}
