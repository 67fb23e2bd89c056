//! Reports of earlier runs: after `--evidence`, and those that commands are about.

use std::path::{Path, PathBuf};

use super::exit::Finished;
use super::show::shown;
use super::world::World;
use crate::project::read_named;
use crate::report::{ReadBack, read};
use crate::run::Earlier;

/// Reads the reports at `paths`.
///
/// # Errors
/// The first that is none, with what is wrong.
pub(super) fn earlier(world: &World<'_>, paths: &[PathBuf]) -> Result<Vec<Earlier>, Finished> {
    let one = |path: &PathBuf| {
        let back = read_report(world, path, "--evidence ")?;
        let edited = back.edited();
        Ok(Earlier::of(&back.run, (shown(path).to_string(), back.sha256), edited))
    };
    paths.iter().map(one).collect()
}

/// Reads the report at `path`; `option` stands before it in an error.
///
/// # Errors
/// That there is none, with what is wrong.
pub(super) fn read_report(
    world: &World<'_>,
    path: &Path,
    option: &str,
) -> Result<ReadBack, Finished> {
    let told = |why: String| Finished::cannot(format!("error: {option}{}: {why}", shown(path)));
    let text = read_named(&world.folder.join(path)).map_err(|fault| told(fault.to_string()))?;
    read(&text).map_err(|why| told(why.to_string()))
}
