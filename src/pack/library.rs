//! All packs and checks of a run.

use std::collections::BTreeMap;

use super::loading::{Loaded, name_of};
use super::valid::{self, ValidCheck};
use super::{Check, CheckId, Pack, PackOrigin, Role, RoleId, Severity, Subject};
use crate::source::Diagnostic;

/// The files of one pack.
#[derive(Clone, Debug)]
pub struct PackSource {
    /// The name of its folder.
    pub id: String,
    /// Where it came from.
    pub origin: PackOrigin,
    /// Path, as mistakes show it, and text of each file; all lie in one folder.
    pub files: Vec<(String, String)>,
}

impl PackSource {
    /// Whether another source holds the same files.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let files = |source: &Self| -> BTreeMap<String, String> {
            let files = source.files.iter();
            files.map(|(path, text)| (name_of(path).to_owned(), text.clone())).collect()
        };
        self.id == other.id && files(self) == files(other)
    }
}

/// Packs and checks that can be relied on.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Packs in order of their ids.
    pub packs: Vec<Pack>,
    /// Checks in order of their ids.
    pub checks: Vec<Check>,
}

impl Library {
    /// The same packs, in which the checks that `new` names only warn. What guards the rules counts
    /// however new it is: a lock is one of them.
    #[must_use]
    pub fn warning(mut self, new: impl Fn(&CheckId) -> bool) -> Self {
        let lighter =
            |check: &&mut Check| new(&check.id) && !matches!(check.subject, Subject::Rules(_));
        for check in self.checks.iter_mut().filter(lighter) {
            check.only_warns = true;
            check.severity = check.severity.max(Severity::Minor);
        }
        self
    }

    /// Reads and validates packs. The folder is the list: `pack.yaml` holds the facts, and every
    /// other YAML file is a check named after it.
    ///
    /// # Errors
    /// Every mistake of every file, in order of path and place.
    pub fn load(sources: Vec<PackSource>) -> Result<Self, Vec<Diagnostic>> {
        let Loaded { packs, checks, mut found } = Loaded::of(sources);
        let mut library = Self { packs, checks: Vec::new() };
        valid::between(&checks, &mut found);
        if found.is_empty() {
            found = library.unanswered(&checks);
        }
        if !found.is_empty() {
            found.sort_by(|left, right| {
                (left.source.path(), left.place()).cmp(&(right.source.path(), right.place()))
            });
            return Err(found);
        }
        library.checks = checks.into_iter().map(|one| one.check).collect();
        library.checks.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(library)
    }

    /// The codes of published lists that nothing answers.
    fn unanswered(&self, checks: &[ValidCheck]) -> Vec<Diagnostic> {
        let checks: Vec<&Check> = checks.iter().map(|one| &one.check).collect();
        let listed = self.packs.iter().filter_map(|pack| Some((pack, pack.codes.as_ref()?)));
        listed.flat_map(|(pack, codes)| valid::unanswered(&pack.id, codes, &checks)).collect()
    }

    /// The pack with this id.
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// What a setting of this role is.
    pub fn role(&self, id: &RoleId) -> Option<&Role> {
        self.pack(&id.pack)?.roles.get(&id.role)
    }

    /// The check with this id.
    pub fn check(&self, id: &CheckId) -> Option<&Check> {
        let at = self.checks.binary_search_by(|check| check.id.cmp(id)).ok()?;
        self.checks.get(at)
    }
}
