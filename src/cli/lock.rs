//! `golive lock`: writes down the packs that a project is judged by, as they are now.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use super::exit::Finished;
use super::opened::Opened;
use super::show::shown;
use super::world::World;
use crate::project::{LOCK, lock_text};

/// `golive lock`.
#[derive(Debug, Args)]
#[command(
    after_help = "With a golive.lock a newer golive, or a newer pack, does not break a required job: \
    checks that the file does not list only warn (minor) until it is written again. A check that is \
    listed and gone is a finding of core/rules-loosened.\n\nExamples:\n  golive lock              \
    take over the checks of this golive\n  golive lock --print      show what would be written"
)]
pub struct LockArguments {
    /// The project's folder.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// Print it in place of writing it.
    #[arg(long)]
    pub print: bool,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

/// `golive lock`.
pub(super) fn run(world: &World<'_>, arguments: &LockArguments) -> Finished {
    written(world, arguments).unwrap_or_else(|finished| finished)
}

fn written(world: &World<'_>, arguments: &LockArguments) -> Result<Finished, Finished> {
    let opened = Opened::new(world, &arguments.path, &arguments.packs)?;
    let view = opened.view();
    let text = lock_text(&view.in_use, &opened.library);
    if arguments.print {
        return Ok(Finished::shown(text));
    }
    let named = shown(&arguments.path.join(LOCK)).to_string();
    std::fs::write(opened.project.tree.root().join(LOCK), text).map_err(|fault| {
        Finished::cannot(format!("error: {named}: not written ({})", fault.kind()))
    })?;
    let now: BTreeSet<&str> = opened
        .library
        .checks
        .iter()
        .map(|check| &*check.id.0)
        .filter(|id| view.in_use.iter().any(|pack| id.split('/').next() == Some(&pack.id)))
        .collect();
    let before = opened.project.lock.iter().flat_map(|lock| &lock.packs);
    let before: BTreeSet<&str> =
        before.flat_map(|pack| &pack.checks).map(|(id, _)| &*id.0).collect();
    let packs: Vec<&str> = view.in_use.iter().map(|pack| pack.id.as_str()).collect();
    let mut output = format!("{named} is written: {} checks of {}\n", now.len(), packs.join(", "));
    if opened.project.lock.is_some() {
        let new = now.difference(&before).map(|id| format!("+ {id} is in force now\n"));
        let gone = before.difference(&now).map(|id| format!("- {id} is no longer asked\n"));
        output.extend(new.chain(gone));
    }
    Ok(Finished::shown(output))
}
