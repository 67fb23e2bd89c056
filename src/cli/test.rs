//! `golive test`: each check of the packs of a folder against its cases.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::arguments::{Arguments, Command, TestArguments};
use super::check::judged;
use super::exit::{Exit, Finished};
use super::packs::load;
use super::world::{Given, Terminal, World};
use crate::fixture::{Attempt, Cases, gaps, with_needs};
use crate::pack::Check;
use crate::run::Run;

/// `golive test`.
pub(super) fn run(world: &World<'_>, arguments: &TestArguments) -> Finished {
    let folder = world.folder.join(&arguments.path);
    let own = folder.join("checks");
    let packs: Vec<PathBuf> = if own.is_dir() { vec![own.clone()] } else { Vec::new() };
    let library = match load(world, &packs, None) {
        Ok(library) => library,
        Err(finished) => return finished,
    };
    let cases = Cases::below(&folder.join("fixtures"));
    let wanted = |id: &str| {
        let only = arguments.only.as_deref();
        only.is_none_or(|only| only == id || id.split('/').next() == Some(only))
    };
    let judged_here: Vec<&Check> = library
        .checks
        .iter()
        .filter(|check| own.join(check.id.pack()).is_dir() && wanted(&check.id.0))
        .collect();
    let mut trouble: Vec<String> = cases.mistakes.clone();
    let chosen: Vec<_> = cases.found.into_iter().filter(|case| wanted(&case.check.0)).collect();
    trouble.extend(gaps(judged_here, &chosen));
    let (mut output, mut passed) = (String::new(), 0_usize);
    for case in &chosen {
        (world.progress)(&case.title());
        match case.attempt(&|attempt| attempted(&library.checks, &packs, attempt)) {
            Ok(()) => {
                passed += 1;
                let _ = writeln!(output, "ok     {}", case.title());
            }
            Err(why) => {
                let _ = writeln!(output, "FAILED {}\n  {why}", case.title());
                trouble.push(case.title());
            }
        }
    }
    for one in cases.mistakes.iter().chain(&trouble) {
        if !output.contains(one.as_str()) {
            let _ = writeln!(output, "FAILED {one}");
        }
    }
    let failed = trouble.len();
    let _ = writeln!(output, "{passed} passed, {failed} failed");
    // nothing tried is not proved
    let proved = failed == 0 && passed > 0;
    let exit = if proved { Exit::Ready } else { Exit::NotReady };
    Finished { output, errors: String::new(), exit }
}

/// Runs one case the way `golive check` would, in a world without variables, terminal and network.
/// `checks` are all that there are, `packs` folders of packs beyond the built-in ones.
///
/// # Errors
/// What the tool would have printed where it cannot work.
pub fn attempted(
    checks: &[Check],
    packs: &[PathBuf],
    attempt: &Attempt<'_>,
) -> Result<Run, String> {
    let mut typed: Vec<String> = ["golive", "check"].map(str::to_owned).to_vec();
    let shown = |path: &Path| path.to_string_lossy().into_owned();
    typed.push(shown(attempt.project));
    typed.extend(["--gate".to_owned(), attempt.gate.as_str().to_owned()]);
    for pack in packs.iter().chain(&attempt.packs) {
        typed.extend(["--packs".to_owned(), shown(pack)]);
    }
    for id in with_needs(checks, attempt.check) {
        typed.extend(["--only".to_owned(), id.to_string()]);
    }
    for receiver in attempt.receivers {
        typed.extend(["--receiver".to_owned(), receiver.clone()]);
    }
    if let Some(base) = attempt.base {
        typed.extend(["--base".to_owned(), base.to_owned()]);
    }
    for report in &attempt.evidence {
        typed.extend(["--evidence".to_owned(), shown(report)]);
    }
    if let Some(recording) = &attempt.recording {
        typed.extend(["--replay".to_owned(), shown(recording)]);
    }
    let parsed = <Arguments as clap::Parser>::try_parse_from(typed);
    let Command::Check(check) = parsed.map_err(|fault| fault.to_string())?.command else {
        return Err("not a check".to_owned());
    };
    let world = World {
        arguments: Vec::new(),
        folder: attempt.project.to_path_buf(),
        clock: attempt.clock,
        zone: jiff::tz::TimeZone::UTC,
        variable: &|_| None,
        seed: 1,
        terminal: Terminal { color: false, color_errors: false, width: 100, plain: true },
        progress: &|_| {},
        ask: None,
        given: Given::nothing(),
    };
    judged(&world, &check, false).map(|judged| judged.run).map_err(|finished| finished.errors)
}
