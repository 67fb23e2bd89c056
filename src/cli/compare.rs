//! `golive compare`: what changed from one report to a later one.

use std::path::PathBuf;

use clap::Args;

use super::evidence::read_report;
use super::exit::Finished;
use super::show::style;
use super::world::World;
use crate::report::{self, Shape};

/// `golive compare`.
#[derive(Debug, Args)]
#[command(
    after_help = "Findings are the same where their ids are; no line and no path goes into an id. \
    Exit codes: 0 shown, whatever changed · 2 the tool could not work.\n\nExamples:\n  golive compare \
    monday.json friday.json\n  golive compare monday.json friday.json --format json | jq .new"
)]
pub struct CompareArguments {
    /// The earlier report, as --output json=FILE wrote it.
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The later one.
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Shape::Table)]
    pub format: Shape,
    /// Plain lines, for screen readers.
    #[arg(long)]
    pub plain: bool,
}

/// `golive compare OLD NEW`.
pub(super) fn run(world: &World<'_>, arguments: &CompareArguments) -> Finished {
    let read = |path| read_report(world, path, "");
    match (read(&arguments.old), read(&arguments.new)) {
        (Ok(old), Ok(new)) => {
            let progress = crate::run::progress(&old.run, &new.run);
            let look = style(world, arguments.plain);
            Finished::shown(report::progress(&progress, arguments.format, &look))
        }
        (Err(finished), _) | (_, Err(finished)) => finished,
    }
}
