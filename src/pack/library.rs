//! All packs and checks of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::valid::{self, Author, Index, Known, ValidCheck};
use super::written::{WrittenCheck, WrittenPack};
use super::{Check, CheckId, Pack, PackOrigin, Role, RoleId, Subject};
use crate::document::{Format, Node, decode, single};
use crate::source::{Diagnostic, SourceText, Span};

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

/// Packs and checks that can be relied on.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Packs in order of their ids.
    pub packs: Vec<Pack>,
    /// Checks in order of their ids.
    pub checks: Vec<Check>,
}

impl Library {
    /// Reads and validates packs. The folder is the list: `pack.yaml` holds the facts, and every
    /// other YAML file is a check named after it.
    ///
    /// # Errors
    /// Every mistake of every file, in order of path and place.
    pub fn load(sources: Vec<PackSource>) -> Result<Self, Vec<Diagnostic>> {
        let mut loading = Loading::default();
        for source in sources {
            loading.read(source);
        }
        let mut found = std::mem::take(&mut loading.found);
        let mut library = Self::default();
        let mut checks = Vec::new();
        for folder in &loading.folders {
            library.packs.extend(folder.pack(&loading.index, &mut found));
            checks.extend(folder.checks(&loading.index, &mut found));
        }
        captures(&checks, &mut found);
        cycles(&checks, &mut found);
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

/// Packs whose files were read.
#[derive(Default)]
struct Loading {
    folders: Vec<Folder>,
    index: Index,
    found: Vec<Diagnostic>,
}

/// One pack whose files were read.
struct Folder {
    id: String,
    origin: PackOrigin,
    digest: String,
    pack: Option<(WrittenPack, Arc<SourceText>)>,
    checks: Vec<(CheckId, WrittenCheck, Arc<SourceText>)>,
}

impl Loading {
    /// Reads the files of a pack.
    fn read(&mut self, source: PackSource) {
        let PackSource { id, origin, mut files } = source;
        files.retain(|(path, _)| {
            matches!(name_of(path).rsplit_once('.'), Some((_, "yaml" | "yml")))
        });
        files.sort();
        let digest = digest(&files);
        let first =
            files.first().map_or_else(|| format!("{id}/pack.yaml"), |(path, _)| path.clone());
        let at = Arc::new(SourceText::new(first, ""));
        if !valid::is_plain(&id) || self.index.packs.contains_key(&id) {
            let message = if valid::is_plain(&id) {
                format!("there are two packs `{id}`")
            } else {
                "the folder of a pack is named in small letters, digits and hyphens".to_owned()
            };
            self.found.push(Diagnostic::error(&at, Span::default(), message));
            return;
        }
        self.index.packs.insert(id.clone(), Known::default());
        let mut folder = Folder { id, origin, digest, pack: None, checks: Vec::new() };
        let mut has_pack = false;
        for (path, text) in files {
            let source = Arc::new(SourceText::new(path, text));
            if name_of(source.path()) == "pack.yaml" {
                has_pack = true;
                self.read_pack(&mut folder, source);
            } else {
                self.read_check(&mut folder, source);
            }
        }
        if !has_pack {
            self.found.push(Diagnostic::error(&at, Span::default(), "the pack has no `pack.yaml`"));
        }
        self.folders.push(folder);
    }

    fn read_pack(&mut self, folder: &mut Folder, source: Arc<SourceText>) {
        if let Some((written, root)) = self.decode::<WrittenPack>(&source) {
            self.index.packs.insert(folder.id.clone(), Known::new(&written, &root));
            folder.pack = Some((written, source));
        }
    }

    fn read_check(&mut self, folder: &mut Folder, source: Arc<SourceText>) {
        let (stem, ending) = name_of(source.path()).rsplit_once('.').unwrap_or_default();
        let stem = stem.to_owned();
        if !valid::is_plain(&stem) || ending != "yaml" {
            let message = "a check is named in small letters, digits and hyphens, then `.yaml`";
            self.found.push(Diagnostic::error(&source, Span::default(), message));
        }
        let id = format!("{}/{stem}", folder.id);
        self.index.checks.insert(id.clone());
        if let Some((written, _)) = self.decode::<WrittenCheck>(&source) {
            folder.checks.push((CheckId(id.into()), written, source));
        }
    }

    fn decode<T: serde::de::DeserializeOwned>(
        &mut self,
        source: &Arc<SourceText>,
    ) -> Option<(T, Node)> {
        let (root, found) = single(Format::Yaml, source);
        self.found.extend(found);
        let root = root?;
        let (written, found) = decode(&root, source);
        self.found.extend(found);
        Some((written?, root))
    }
}

impl Folder {
    fn pack(&self, index: &Index, found: &mut Vec<Diagnostic>) -> Option<Pack> {
        let (written, source) = self.pack.as_ref()?;
        let mut author = Author::new(source, &self.id, index);
        let mut pack = valid::pack(written, &mut author, self.origin);
        pack.digest.clone_from(&self.digest);
        found.extend(author.found);
        Some(pack)
    }

    fn checks(&self, index: &Index, found: &mut Vec<Diagnostic>) -> Vec<ValidCheck> {
        let mut valid = Vec::new();
        for (id, written, source) in &self.checks {
            let mut author = Author::new(source, &self.id, index);
            valid.extend(valid::check(written, id.clone(), &mut author));
            found.extend(author.found);
        }
        valid
    }
}

/// What a template captures, a check that it needs offers.
fn captures(checks: &[ValidCheck], found: &mut Vec<Diagnostic>) {
    let offered: BTreeMap<&CheckId, BTreeSet<&str>> =
        checks.iter().map(|one| (&one.check.id, offers(&one.check))).collect();
    for one in checks {
        let needed = one.check.needs.iter().filter_map(|id| offered.get(id));
        let known: BTreeSet<&str> = needed.flatten().copied().collect();
        for (name, span) in &one.captures {
            if !known.contains(name.as_str()) {
                let message = format!("no check that this one needs captures `{name}`");
                let help = "a capture is offered by an outcome of a check under `needs`";
                let diagnostic = Diagnostic::error(&one.check.source, *span, message);
                found.push(diagnostic.with_help(help));
            }
        }
    }
}

fn offers(check: &Check) -> BTreeSet<&str> {
    let outcomes = match &check.subject {
        Subject::Probe(probe) => probe.outcomes.as_slice(),
        Subject::Delivery(delivery) => &delivery.outcomes,
        Subject::Forbid(_)
        | Subject::Require { .. }
        | Subject::Differ(_)
        | Subject::Agree(_)
        | Subject::Parity(_)
        | Subject::Setting { .. }
        | Subject::Confirm(_)
        | Subject::NotBuilt(_) => &[],
    };
    outcomes.iter().flat_map(|outcome| outcome.capture.keys()).map(String::as_str).collect()
}

/// Checks that need each other, in a circle, are never asked.
fn cycles(checks: &[ValidCheck], found: &mut Vec<Diagnostic>) {
    let needs: BTreeMap<&CheckId, &ValidCheck> =
        checks.iter().map(|one| (&one.check.id, one)).collect();
    let mut said: BTreeSet<&CheckId> = BTreeSet::new();
    for one in checks {
        let mut path = vec![&one.check.id];
        if said.contains(&one.check.id) || !closes(&needs, &mut path, &mut BTreeSet::new()) {
            continue;
        }
        said.extend(&path);
        let second = path.get(1).copied().unwrap_or(&one.check.id);
        let span = one.needs.iter().find(|(id, _)| id == second).map(|(_, span)| *span);
        let names = path.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let message = format!("these checks need each other: {names}");
        found.push(Diagnostic::error(&one.check.source, span.unwrap_or_default(), message));
    }
}

/// Extends `path` to a way back to its start, if there is one.
fn closes<'a>(
    needs: &BTreeMap<&'a CheckId, &'a ValidCheck>,
    path: &mut Vec<&'a CheckId>,
    seen: &mut BTreeSet<&'a CheckId>,
) -> bool {
    let (Some(start), Some(last)) = (path.first().copied(), path.last().copied()) else {
        return false;
    };
    let next = needs.get(last).map(|one| one.needs.as_slice()).unwrap_or_default();
    for (id, _) in next {
        if id == start {
            return true;
        }
        if let Some((id, _)) = needs.get_key_value(id)
            && seen.insert(id)
        {
            path.push(id);
            if closes(needs, path, seen) {
                return true;
            }
            path.pop();
        }
    }
    false
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// SHA-256 over names and texts, each with its length before it, in hex.
fn digest(files: &[(String, String)]) -> String {
    let mut hash = Sha256::new();
    for (path, text) in files {
        for part in [name_of(path), text] {
            hash.update(part.len().to_string());
            hash.update([b':']);
            hash.update(part);
        }
    }
    hex::encode(hash.finalize())
}
