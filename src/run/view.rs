//! The judged project, indexed once: checks look things up, they never search.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::asked::Asked;
use super::labels::Labels;
use super::select::Lookup;
use crate::expression::Fact;
use crate::pack::{CheckId, Class, EnvironmentName, Library, Pack, Role, RoleId};
use crate::project::{Environment, Mask, Project, Setting};

/// Everything that judging reads.
pub struct View<'a> {
    /// The packs.
    pub library: &'a Library,
    /// The project.
    pub project: &'a Project,
    /// What is asked.
    pub asked: &'a Asked,
    /// Hides secrets in foreign text.
    pub mask: &'a Mask,
    /// Names for equal values.
    pub labels: Labels,
    /// Packs in use, `core` first.
    pub in_use: Vec<&'a Pack>,
    /// Settings by role, kind, words and values.
    pub(super) lookup: Lookup,
    /// Packs whose roles a core check leaves to the check that refines it.
    pub(super) refined: BTreeMap<CheckId, BTreeSet<String>>,
    pub(super) tracked: OnceLock<Option<BTreeSet<String>>>,
}

/// A setting that a selector found, with the environment it was found in.
#[derive(Clone, Copy)]
pub struct Match<'a> {
    /// The setting.
    pub setting: &'a Setting,
    /// The environment as an index; none in the tree outside environments.
    pub environment: Option<usize>,
}

impl<'a> View<'a> {
    /// Indexes a project.
    pub fn new(
        library: &'a Library,
        project: &'a Project,
        asked: &'a Asked,
        mask: &'a Mask,
    ) -> Self {
        let recognised: BTreeSet<&str> =
            project.recognised.iter().map(|seen| seen.pack.as_str()).collect();
        let in_use = library
            .packs
            .iter()
            .filter(|pack| pack.id == "core" || recognised.contains(&*pack.id))
            .collect();
        let mut refined: BTreeMap<CheckId, BTreeSet<String>> = BTreeMap::new();
        for check in &library.checks {
            if let Some(refines) = &check.refines {
                refined.entry(refines.clone()).or_default().insert(check.id.pack().to_owned());
            }
        }
        let labels = Labels::new(project);
        let (lookup, tracked) = (Lookup::new(&project.settings), OnceLock::new());
        Self { library, project, asked, mask, labels, in_use, lookup, refined, tracked }
    }

    /// Whether any pack but `core` is in use.
    pub fn has_provider(&self) -> bool {
        self.in_use.iter().any(|pack| pack.id != "core")
    }

    /// Settings of a role, in order of place.
    pub fn of_role(&self, role: &RoleId) -> impl Iterator<Item = &'a Setting> {
        let settings = &self.project.settings;
        self.lookup.of_role(role).into_iter().filter_map(|index| settings.get(index))
    }

    /// The role's description.
    pub fn role(&self, role: &RoleId) -> Option<&'a Role> {
        self.library.role(role)
    }

    /// The environment at an index.
    pub fn environment(&self, index: usize) -> Option<&'a Environment> {
        self.project.environments.get(index)
    }

    /// Whether an environment is meant by a name; `--environment` leaves the others out.
    pub fn is_meant(&self, index: usize, names: &[EnvironmentName]) -> bool {
        let Some(environment) = self.environment(index) else { return false };
        if self.asked.environment.as_ref().is_some_and(|only| *only != environment.name) {
            return false;
        }
        names.is_empty()
            || names.iter().any(|name| name.means(&environment.name, environment.class))
    }

    /// Indexes of the environments that names mean.
    pub fn environments(&self, names: &[EnvironmentName]) -> Vec<usize> {
        (0..self.project.environments.len()).filter(|index| self.is_meant(*index, names)).collect()
    }

    /// Whether the project has an environment of a class, judged or not.
    pub fn has_class(&self, class: Class) -> bool {
        self.has(&EnvironmentName::Class(class))
    }

    /// Settings in force in an environment that hold a role.
    pub fn in_force(&self, environment: usize, role: &RoleId) -> Vec<&'a Setting> {
        self.of_role(role).filter(|setting| setting.in_force.contains(&environment)).collect()
    }

    /// The parameters of a pack with what the manifest sets.
    pub fn parameters(&self, pack: &str) -> BTreeMap<String, Fact> {
        let mut parameters =
            self.library.pack(pack).map(|pack| pack.parameters.clone()).unwrap_or_default();
        for ((of, name), value) in &self.project.manifest.parameters {
            if of == pack {
                parameters.insert(name.clone(), value.clone());
            }
        }
        parameters
    }
}
