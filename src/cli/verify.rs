//! `golive verify`: whether a report says what its results come to, and whether it still holds.

use std::path::{Path, PathBuf};

use clap::{Args, Parser};

use super::arguments::{Arguments, Command};
use super::check::judged;
use super::evidence::read_report;
use super::exit::{Exit, Finished};
use super::packs::load;
use super::show::style;
use super::world::World;
use crate::report::{Verified, verified};
use crate::run::{Run, contradictions, differences, lapsed, unknown_packs};
use crate::source::Foreign;

/// `golive verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "Recomputes the verdict and the counts from the report's own results, compares its \
    packs with this tool's, and says which part was edited. With PATH the files are judged again, by \
    the report's gate and clock; nothing is sent. It cannot tell who wrote a report: compare its \
    SHA-256 with the one in the ticket or the job's log.\n\nExit codes: 0 it is as it says and still \
    holds · 1 it is not as it says · 2 the tool could not work · 3 it has lapsed, or not all could be \
    told\n\nExamples:\n  golive verify golive.json\n  golive verify golive.json .    and judge the \
    files of this folder again"
)]
pub struct VerifyArguments {
    /// The report, as --output json=FILE wrote it.
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    /// The project's folder, to judge its files again.
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Plain lines, for screen readers.
    #[arg(long)]
    pub plain: bool,
}

/// `golive verify REPORT [PATH]`.
pub(super) fn run(world: &World<'_>, arguments: &VerifyArguments) -> Finished {
    verify(world, arguments).unwrap_or_else(|finished| finished)
}

fn verify(world: &World<'_>, arguments: &VerifyArguments) -> Result<Finished, Finished> {
    let back = read_report(world, &arguments.report, "")?;
    let library = load(world, &arguments.packs, None)?;
    let again = arguments.path.as_deref().map(|path| again(world, arguments, path, &back.run));
    let again = again.transpose()?;
    let unknown = unknown_packs(&back.run, &library);
    let untold = unknown.iter().map(|id| format!("pack {id} is not known here: --packs DIR"));
    let mut untold: Vec<String> = untold.collect();
    if back.run.rehearsal {
        untold.push("it is a rehearsal against a stand-in: no evidence of any project".to_owned());
    }
    let found = Verified {
        contradictions: contradictions(&back.run, &back.parts, &library),
        differences: again.map(|now| differences(&back.run, &now)),
        lapsed: lapsed(&back.run, world.clock),
        untold,
        sha256: back.sha256,
    };
    let wrong = found.contradictions.iter().chain(found.differences.iter().flatten()).count();
    let exit = match (wrong, found.lapsed.len(), found.untold.len()) {
        (0, 0, 0) => Exit::Ready,
        (0, _, _) => Exit::NotTold,
        (_, _, _) => Exit::NotReady,
    };
    let output = verified(&back.run, &found, &style(world, arguments.plain));
    Ok(Finished { output, errors: String::new(), exit })
}

/// Judges the files of a folder as they were judged: by the report's gate and clock. Nothing is
/// sent, and no variable of the process is read.
fn again(
    world: &World<'_>,
    arguments: &VerifyArguments,
    path: &Path,
    report: &Run,
) -> Result<Run, Finished> {
    let mut typed: Vec<String> = ["golive", "check", "--gate"].map(str::to_owned).to_vec();
    typed.push(report.gate.as_str().to_owned());
    for packs in &arguments.packs {
        typed.extend(["--packs".to_owned(), packs.to_string_lossy().into_owned()]);
    }
    let cannot = |fault: clap::Error| Finished::cannot(Foreign::new(fault.to_string()).to_string());
    let Command::Check(mut check) = Arguments::try_parse_from(typed).map_err(cannot)?.command
    else {
        return Err(Finished::cannot("error: not a check"));
    };
    check.path = path.to_path_buf();
    check.base = report.base.as_ref().map(|base| base.commit.clone());
    let then = World { clock: report.clock, variable: &|_| None, ask: None, ..world.clone() };
    judged(&then, &check, false).map(|judged| judged.run)
}
