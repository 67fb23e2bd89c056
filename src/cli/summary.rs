//! The summary that a job of GitHub Actions shows: where the job names a file for it, a run appends
//! its Markdown.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use super::show::shown;
use super::world::World;
use crate::report::{Format, Style, render};
use crate::run::Run;

/// The variable by which a job names the file.
const VARIABLE: &str = "GITHUB_STEP_SUMMARY";

/// Appends the summary; what to print where that fails, which changes no verdict.
pub(super) fn append(world: &World<'_>, run: &Run) -> Option<String> {
    let path = PathBuf::from((world.variable)(VARIABLE).filter(|path| !path.is_empty())?);
    let text = render(run, Format::Markdown, &Style::default());
    let file = OpenOptions::new().create(true).append(true).open(world.folder.join(&path));
    let fault = file.and_then(|mut file| file.write_all(text.as_bytes())).err()?;
    Some(format!("warning: {}: the summary is not written ({})\n", shown(&path), fault.kind()))
}
