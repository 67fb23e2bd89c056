//! `--evidence`: reports of earlier runs.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::exit::Finished;
use super::show::shown;
use super::world::World;
use crate::project::read_named;
use crate::report::read_back;
use crate::run::Earlier;

/// Reads the reports at `paths`.
///
/// # Errors
/// The first that is none, with what is wrong.
pub(super) fn earlier(world: &World<'_>, paths: &[PathBuf]) -> Result<Vec<Earlier>, Finished> {
    let read = |path: &PathBuf| {
        let told =
            |why: String| Finished::cannot(format!("error: --evidence {}: {why}", shown(path)));
        let text = read_named(&world.folder.join(path)).map_err(|fault| told(fault.to_string()))?;
        let run = read_back(&text).map_err(told)?;
        let digest = hex::encode(Sha256::digest(text.as_bytes()));
        Ok(Earlier::of(&run, shown(path).to_string(), digest))
    };
    paths.iter().map(read).collect()
}
