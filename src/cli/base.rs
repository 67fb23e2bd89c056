//! `--base`: a change is judged by the rules of its base, too, and the stricter are in force.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::check::CheckArguments;
use super::exit::Finished;
use super::packs::{Judging, load_with, mistaken};
use super::world::World;
use crate::pack::{Library, PackSource};
use crate::project::{
    Answer, Author, Base, CONFIRMATIONS, Confirmation, LOCK, Lock, MANIFEST, Mask, Project, Tree,
};
use crate::run::{BaseSeen, Loosening};
use crate::source::{Diagnostic, Foreign, Location, SourceText};

/// The rules of the base, and how a change's own stand to them.
pub(super) struct Rules {
    /// The base.
    pub(super) base: Arc<Base>,
    /// The packs of the change inside the judged folder, by their paths, and those of the base.
    packs: [BTreeMap<String, String>; 2],
    /// The folders inside the judged folder that hold packs.
    folders: Vec<String>,
}

impl Rules {
    /// Reads what `--base` names.
    ///
    /// # Errors
    /// What to print where git cannot tell it.
    pub(super) fn read(
        world: &World<'_>,
        arguments: &CheckArguments,
        tree: &Tree,
    ) -> Result<Option<Self>, Finished> {
        let Some(revision) = &arguments.base else { return Ok(None) };
        let cannot = |why: String| {
            Finished::cannot(format!("error: --base {}: {why}", Foreign::new(revision.as_str())))
        };
        let base = Base::read(tree.root(), revision).map_err(|why| cannot(why.to_string()))?;
        let folders: Vec<String> =
            arguments.packs.iter().filter_map(|path| inside(world, tree, path)).collect();
        let mut packs = [BTreeMap::new(), BTreeMap::new()];
        for folder in &folders {
            let texts = base.texts_in(tree.root(), folder);
            packs[1].extend(texts.map_err(|why| cannot(why.to_string()))?);
        }
        packs[1].retain(|path, _| is_pack_file(path));
        packs[0].extend(folders.iter().flat_map(|folder| texts_below(tree, folder)));
        Ok(Some(Self { base: Arc::new(base), packs, folders }))
    }

    /// How the report names it.
    pub(super) fn seen(&self) -> BaseSeen {
        BaseSeen { revision: self.base.revision.clone(), commit: self.base.commit.clone() }
    }

    /// Whether a change leaves the rules alone.
    pub(super) fn unchanged(&self, tree: &Tree) -> bool {
        let same = |path: &str, then: Option<&str>| {
            let now = tree.has(path).then(|| tree.read(path).ok()).flatten();
            now.as_ref().map(|source| source.text()) == then
        };
        let text = |source: &Option<Arc<SourceText>>| {
            source.as_ref().map(|source| source.text().to_owned())
        };
        self.packs[0] == self.packs[1]
            && same(MANIFEST, text(&self.base.manifest).as_deref())
            && same(CONFIRMATIONS, text(&self.base.confirmations).as_deref())
            && same(LOCK, text(&self.base.lock).as_deref())
    }

    /// The packs as the base has them.
    ///
    /// # Errors
    /// What to print where they have mistakes.
    pub(super) fn library(
        &self,
        world: &World<'_>,
        arguments: &CheckArguments,
        judging: Judging<'_>,
    ) -> Result<Library, Finished> {
        let outside: Vec<PathBuf> = arguments
            .packs
            .iter()
            .filter(|path| inside(world, judging.tree, path).is_none())
            .cloned()
            .collect();
        let mut own: BTreeMap<String, PackSource> = BTreeMap::new();
        for (path, text) in &self.packs[1] {
            let Some((folder, _)) = path.rsplit_once('/') else { continue };
            let id = folder.rsplit('/').next().unwrap_or(folder).to_owned();
            let origin = judging.own();
            let pack = own.entry(folder.to_owned());
            let pack = pack.or_insert_with(|| PackSource { id, origin, files: Vec::new() });
            pack.files.push((path.clone(), text.clone()));
        }
        let packs = own
            .into_values()
            .filter(|pack| pack.files.iter().any(|(path, _)| path.ends_with("/pack.yaml")));
        load_with(world, &outside, judging, packs.collect())
    }

    /// What a change does to the rules, and may loosen them by.
    pub(super) fn changes(
        &self,
        (change, mask): (&Project, &Mask),
        (base, base_mask): (&Project, &Mask),
    ) -> Vec<Loosening> {
        let mut all = [
            of_manifest(change, base),
            of_confirmations(change, base),
            of_lock(change, base),
            self.of_packs(),
        ]
        .concat();
        for one in &mut all {
            one.what = mask.shown(&base_mask.shown(&one.what));
            one.location.path = mask.hidden(&one.location.path);
        }
        all
    }

    fn of_packs(&self) -> Vec<Loosening> {
        let [now, then] = &self.packs;
        let changed = then.iter().filter_map(|(path, then)| {
            let (what, always) = match now.get(path) {
                None => (format!("takes {path} away"), true),
                Some(now) if now != then => (format!("changes {path}"), false),
                Some(_) => return None,
            };
            Some(Loosening { what, location: start(path), always })
        });
        changed.collect()
    }

    /// Whom `--rules-approved-by` names, where the base's policy and its history let them vouch.
    pub(super) fn vouched(
        &self,
        arguments: &CheckArguments,
        (base, mask): (&Project, &Mask),
    ) -> Option<Result<String, String>> {
        let name = arguments.rules_approved_by.as_ref()?;
        let approvers = &base.manifest.approvers;
        let Some((known, _)) = approvers.iter().find(|(one, _)| Author::named(one).is(name)) else {
            let revision = &self.base.revision;
            let why = format!("{name} is not among policy.approvers of {revision}");
            return Some(Err(mask.shown(&why)));
        };
        let folders = self.folders.iter().map(String::as_str);
        let rules: Vec<&str> = [MANIFEST, CONFIRMATIONS, LOCK].into_iter().chain(folders).collect();
        let refused = [known, name]
            .into_iter()
            .find_map(|name| self.base.not_vouching(base.tree.root(), name, &rules));
        Some(match refused {
            Some(why) => Err(mask.shown(&why)),
            None => Ok(mask.shown(name)),
        })
    }
}

/// The start of a file: where what is taken away stood, nothing can be shown.
fn start(path: &str) -> Location {
    Location { path: path.to_owned(), line: 1, column: 1, end_line: 1, end_column: 1 }
}

fn of_manifest(change: &Project, base: &Project) -> Vec<Loosening> {
    let source = change.manifest.source.as_ref();
    if base.manifest.source.is_some() && source.is_none() {
        let what = format!("takes {MANIFEST} away");
        let gone = Loosening { what, location: start(MANIFEST), always: true };
        return std::iter::once(gone).chain(told(change, base)).collect();
    }
    told(change, base).collect()
}

fn told<'p>(change: &'p Project, base: &Project) -> impl Iterator<Item = Loosening> + use<'p> {
    let source = change.manifest.source.as_ref();
    change.manifest.changes(&base.manifest).into_iter().map(move |one| {
        let place = source.zip(one.span).map(|(source, span)| source.location(span));
        let location = place.unwrap_or_else(|| start(MANIFEST));
        Loosening { what: one.what, location, always: one.always }
    })
}

fn of_confirmations(change: &Project, base: &Project) -> Vec<Loosening> {
    let known = |said: &Confirmation| base.confirmations.iter().any(|one| one.says_the_same(said));
    let yes = change.confirmations.iter().filter(|said| said.answer == Answer::Yes);
    let new = yes.filter(|said| !known(said)).map(|said| Loosening {
        what: format!("vouches for {}", said.check),
        location: said.source.location(said.span),
        always: false,
    });
    new.collect()
}

fn of_lock(change: &Project, base: &Project) -> Vec<Loosening> {
    let text = |lock: &'_ Option<Lock>| lock.as_ref().map(|lock| lock.source.text().to_owned());
    let what = match (text(&base.lock), text(&change.lock)) {
        (Some(_), None) => "takes the lock away",
        (Some(then), Some(now)) if then != now => "changes what is locked",
        _ => return Vec::new(),
    };
    vec![Loosening { what: what.to_owned(), location: start(LOCK), always: false }]
}

/// The path from the judged folder's root of a folder inside it.
fn inside(world: &World<'_>, tree: &Tree, folder: &Path) -> Option<String> {
    let real = world.folder.join(folder).canonicalize().ok()?;
    let below = real.strip_prefix(tree.root()).ok()?;
    Some(below.to_string_lossy().replace('\\', "/"))
}

fn is_pack_file(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// The pack files below a folder as they are now.
fn texts_below(tree: &Tree, folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![(tree.root().join(folder), folder.to_owned(), 0_u8)];
    while let Some((place, path, depth)) = open.pop() {
        for entry in std::fs::read_dir(&place).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if path.is_empty() { name } else { format!("{path}/{name}") };
            if entry.path().is_dir() && depth == 0 {
                open.push((entry.path(), path, 1));
            } else if is_pack_file(&path)
                && let Ok(source) = tree.read(&path)
            {
                found.push((path, source.text().to_owned()));
            }
        }
    }
    found
}

/// Mistakes in the rules of the base: nothing can be judged by them.
pub(super) fn base_mistaken(
    world: &World<'_>,
    base: &Base,
    found: &[Diagnostic],
    tree: Option<&Tree>,
) -> Finished {
    let told = mistaken(world, found, tree);
    let revision = Foreign::new(base.revision.as_str()).to_string();
    let errors = format!("error: the rules of --base {revision} have mistakes:\n{}", told.errors);
    Finished { errors, ..told }
}
