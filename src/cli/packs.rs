//! Which packs a command loads.

use std::path::{Path, PathBuf};

use super::exit::Finished;
use super::world::World;
use crate::pack::{Library, PackOrigin, PackSource, Subject, builtin};
use crate::project::read_named;
use crate::source::{Diagnostic, DiagnosticStyle, Span, render};

/// The built-in packs and those in `folders`, each folder holding one folder a pack. A pack from
/// inside `judged` is only trusted where `trust` says so.
///
/// # Errors
/// What to print where a folder cannot be read or a pack has mistakes.
pub(super) fn load(
    world: &World<'_>,
    folders: &[PathBuf],
    judged: Option<(&Path, bool)>,
) -> Result<Library, Finished> {
    let mut sources = builtin();
    for folder in folders {
        let found = in_folder(&world.folder, folder, judged).map_err(Finished::cannot)?;
        // a pack that is named takes the place of the built-in one
        sources.retain(|known| !found.iter().any(|one| one.id == known.id));
        sources.extend(found);
    }
    Library::load(sources).map_err(|mistakes| mistaken(world, &mistakes))
}

/// Refuses to judge by checks whose subject this version only decodes.
///
/// # Errors
/// Every such check, with its place.
pub(super) fn all_built(world: &World<'_>, library: &Library) -> Result<(), Finished> {
    let unbuilt: Vec<Diagnostic> = library
        .checks
        .iter()
        .filter_map(|check| {
            let Subject::NotBuilt(key) = &check.subject else { return None };
            let text = check.source.text();
            let start = text.find(&format!("\n{key}:")).map_or(0, |before| before + 1);
            let place = Span::new(start, start + key.len());
            let help = "leave the check out, or use a version that asks it";
            let message = format!("`{key}` is not built");
            Some(Diagnostic::error(&check.source, place, message).with_help(help))
        })
        .collect();
    if unbuilt.is_empty() { Ok(()) } else { Err(mistaken(world, &unbuilt)) }
}

/// Mistakes of a file, rendered: the tool cannot work.
pub(super) fn mistaken(world: &World<'_>, mistakes: &[Diagnostic]) -> Finished {
    let style = DiagnosticStyle {
        color: world.terminal.color_errors,
        width: usize::from(world.terminal.width),
        plain: world.terminal.plain,
    };
    Finished::cannot(render(mistakes, &style))
}

fn in_folder(
    here: &Path,
    folder: &Path,
    judged: Option<(&Path, bool)>,
) -> Result<Vec<PackSource>, String> {
    let shown = folder.display();
    let real =
        here.join(folder).canonicalize().map_err(|_| format!("error: no such folder: {shown}"))?;
    let origin = match judged {
        Some((root, false)) if real.starts_with(root) => PackOrigin::Tree,
        _ => PackOrigin::Given,
    };
    let packs = if real.join("pack.yaml").is_file() { vec![real] } else { folders_in(&real)? };
    if packs.is_empty() {
        return Err(format!("error: no pack in {shown}: a pack is a folder with a pack.yaml"));
    }
    let here = here.canonicalize().unwrap_or_else(|_| here.to_path_buf());
    packs.iter().map(|pack| one_pack(&here, pack, origin)).collect()
}

fn folders_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let shown = folder.display();
    let entries =
        std::fs::read_dir(folder).map_err(|fault| format!("error: {shown}: {}", fault.kind()))?;
    let mut packs: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("pack.yaml").is_file())
        .collect();
    packs.sort();
    Ok(packs)
}

/// Reads a pack; its files are called by their paths from `here`, where they lie below it.
fn one_pack(here: &Path, folder: &Path, origin: PackOrigin) -> Result<PackSource, String> {
    let id = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let id = id.unwrap_or_default();
    let shown = folder.display();
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
        let text =
            read_named(&path).map_err(|fault| format!("error: {}: {fault}", path.display()))?;
        let shown = path.strip_prefix(here).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        files.push((shown, text));
    }
    files.sort();
    Ok(PackSource { id, origin, files })
}
