//! Which packs a command loads.

use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use super::exit::Finished;
use super::world::World;
use crate::pack::{Library, PackOrigin, PackSource, builtin};
use crate::project::{Tree, read_named, secrets_below};
use crate::run::Narrowed;
use crate::source::{Diagnostic, DiagnosticStyle, Foreign, render};

/// The folder that is judged, as packs meet it.
#[derive(Clone, Copy)]
pub(super) struct Judging<'a> {
    /// The folder.
    pub(super) tree: &'a Tree,
    /// Whether packs inside it may send.
    pub(super) trusts: bool,
}

impl Judging<'_> {
    /// Where a pack comes from. A link that leads out of the folder lies in it all the same.
    fn origin(&self, pack: &Path) -> PackOrigin {
        let inside = pack.ancestors().any(|folder| self.holds(folder));
        if inside { self.own() } else { PackOrigin::Given }
    }

    /// The origin of a pack inside the folder.
    pub(super) fn own(&self) -> PackOrigin {
        if self.trusts { PackOrigin::Trusted } else { PackOrigin::Tree }
    }

    fn holds(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|real| real.starts_with(self.tree.root()))
    }
}

/// The built-in packs and those in `folders`, each folder holding one folder a pack.
///
/// # Errors
/// What to print where a folder cannot be read or a pack has mistakes.
pub(super) fn load(
    world: &World<'_>,
    folders: &[PathBuf],
    judging: Option<Judging<'_>>,
) -> Result<Library, Finished> {
    let mut found = Vec::new();
    for folder in folders {
        found.extend(in_folder(&world.folder, folder, judging).map_err(Finished::cannot)?);
    }
    joined(found).map_err(|fault| fault.finished(world, judging))
}

/// The built-in packs, those in `folders`, and `more` that lie in no folder.
///
/// # Errors
/// As [`load`].
pub(super) fn load_with(
    world: &World<'_>,
    folders: &[PathBuf],
    judging: Judging<'_>,
    more: Vec<PackSource>,
) -> Result<Library, Finished> {
    let mut found = Vec::new();
    for folder in folders {
        found.extend(in_folder(&world.folder, folder, Some(judging)).map_err(Finished::cannot)?);
    }
    found.extend(more);
    joined(found).map_err(|fault| fault.finished(world, Some(judging)))
}

/// Why packs are not loaded.
enum NotLoaded {
    Refused(String),
    Mistaken(Vec<Diagnostic>),
}

impl NotLoaded {
    fn finished(self, world: &World<'_>, judging: Option<Judging<'_>>) -> Finished {
        match self {
            Self::Refused(why) => Finished::cannot(why),
            Self::Mistaken(found) => mistaken(world, &found, judging.map(|judging| judging.tree)),
        }
    }
}

/// The built-in packs with `more` beside them or in their places.
fn joined(more: Vec<PackSource>) -> Result<Library, NotLoaded> {
    if more.is_empty() {
        return BUILTIN.clone().map_err(NotLoaded::Mistaken);
    }
    let mut sources = builtin();
    for pack in more {
        sources = with(sources, pack).map_err(NotLoaded::Refused)?;
    }
    Library::load(sources).map_err(NotLoaded::Mistaken)
}

/// The built-in packs alone, read once however often a program runs.
static BUILTIN: LazyLock<Result<Library, Vec<Diagnostic>>> =
    LazyLock::new(|| Library::load(builtin()));

/// A pack that is named takes the place of the built-in one; one from the judged folder does not:
/// its hosts would get what belongs to the provider.
fn with(mut sources: Vec<PackSource>, pack: PackSource) -> Result<Vec<PackSource>, String> {
    let own = pack.origin.is_of_tree();
    if let Some(at) = sources.iter().position(|known| known.id == pack.id) {
        let known = sources.remove(at);
        if own && !known.says_the_same(&pack) {
            return Err(format!(
                "error: a pack in the judged folder takes the place of `{}`: give it another name, \
                 or load it from outside the folder",
                Foreign::new(&*pack.id)
            ));
        }
        sources.insert(at, if own { known } else { pack });
    } else {
        sources.push(pack);
    }
    Ok(sources)
}

/// That a pack took the place of a built-in one and left some of its checks out.
pub(super) fn left_out(library: &Library) -> Vec<Narrowed> {
    let missing = |pack: &PackSource| {
        let names = pack.files.iter().filter_map(|(path, _)| {
            path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml"))
        });
        let ids = names.filter(|name| *name != "pack").map(|name| format!("{}/{name}", pack.id));
        ids.filter(|id| !library.checks.iter().any(|check| *check.id.0 == **id)).count()
    };
    let effect = |pack: &PackSource| match missing(pack) {
        0 => None,
        1 => Some(format!("without 1 check of the built-in {}", pack.id)),
        number => Some(format!("without {number} checks of the built-in {}", pack.id)),
    };
    let narrowed = |effect| Narrowed { flag: "--packs".to_owned(), effect };
    builtin().iter().filter_map(effect).map(narrowed).collect()
}

/// Mistakes of a file, rendered without the secrets of the judged folder: the tool cannot work.
pub(super) fn mistaken(
    world: &World<'_>,
    mistakes: &[Diagnostic],
    judged: Option<&Tree>,
) -> Finished {
    let known = judged.and_then(|tree| Some((tree, Library::load(builtin()).ok()?)));
    let mask = known.map(|(tree, library)| secrets_below(tree, &library)).unwrap_or_default();
    let style = DiagnosticStyle {
        color: world.terminal.color_errors,
        width: usize::from(world.terminal.width),
        plain: world.terminal.plain,
    };
    Finished::cannot(render(&mask.over(mistakes), &style))
}

fn in_folder(
    here: &Path,
    folder: &Path,
    judging: Option<Judging<'_>>,
) -> Result<Vec<PackSource>, String> {
    let shown = Foreign::new(folder.to_string_lossy());
    let folder = straight(&here.join(folder));
    if !folder.is_dir() {
        return Err(format!("error: no such folder: {shown}"));
    }
    let is_pack = folder.join("pack.yaml").is_file();
    let packs = if is_pack { vec![folder] } else { folders_in(&folder)? };
    if packs.is_empty() {
        return Err(format!("error: no pack in {shown}: a pack is a folder with a pack.yaml"));
    }
    packs.iter().map(|pack| one_pack(here, pack, judging)).collect()
}

fn folders_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let shown = Foreign::new(folder.to_string_lossy());
    let entries =
        std::fs::read_dir(folder).map_err(|fault| format!("error: {shown}: {}", fault.kind()))?;
    let mut packs: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("pack.yaml").is_file())
        .collect();
    packs.sort();
    Ok(packs)
}

/// A path without `.` and `..`, as it reads: `project/../packs` does not lie in `project`.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                straight.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                straight.push(component);
            }
        }
    }
    straight
}

/// Reads a pack; its files are called by their paths from `here`, where they lie below it.
fn one_pack(
    here: &Path,
    folder: &Path,
    judging: Option<Judging<'_>>,
) -> Result<PackSource, String> {
    let origin = judging.map_or(PackOrigin::Given, |judging| judging.origin(folder));
    let real = folder.canonicalize().unwrap_or_default();
    let id = folder.file_name().or(real.file_name());
    let id = id.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let shown = Foreign::new(folder.to_string_lossy());
    let entries =
        std::fs::read_dir(folder).map_err(|fault| format!("error: {shown}: {}", fault.kind()))?;
    let mut files = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        if name.is_none()
            || path.extension().is_none_or(|ending| ending != "yaml" && ending != "yml")
        {
            continue;
        }
        let called = path.strip_prefix(here).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let shown = Foreign::new(&*called);
        if origin != PackOrigin::Given && judging.is_some_and(|judging| !judging.holds(&path)) {
            return Err(format!("error: {shown}: leads out of the judged folder"));
        }
        let text = read_named(&path).map_err(|fault| format!("error: {shown}: {fault}"))?;
        files.push((called, text));
    }
    files.sort();
    Ok(PackSource { id, origin, files })
}
