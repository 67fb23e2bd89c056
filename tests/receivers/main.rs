//! Receivers in Python and JavaScript, right and wrong ones, meet every check that delivers to one;
//! what came of each is compared with `matrix.txt`, which `docs/receivers.md` shows.
//!
//! `GOLIVE_BLESS=1` writes both anew. A runtime that is not there is passed over, and said so.

#![expect(clippy::unwrap_used, clippy::panic, reason = "all of this file is a test")]
#![expect(clippy::disallowed_methods, reason = "this test reads its own files")]
#![expect(clippy::print_stderr, reason = "what is passed over is said")]

mod matrix;
mod program;
mod start;

use std::collections::BTreeMap;
use std::path::Path;

use golive::run::Run;

use self::matrix::{Row, compare};
use self::program::{PYTHON, Program, express, golive, has, project};

/// The faulty ones of `python/faulty.py`.
const FAULTY: [&str; 14] = [
    "parses-first",
    "sha256",
    "both-algorithms",
    "answers-201",
    "verifies-nothing",
    "accepts-empty",
    "redirects",
    "hangs",
    "hangs-on-errors",
    "leaks-trace",
    "not-idempotent",
    "answers-get",
    "one-type",
    "takes-foreign",
];

#[test]
fn every_receiver_meets_every_check() {
    let mut programs = Vec::new();
    let mut absent = Vec::new();
    if has(PYTHON) {
        programs.push(Program::python("right", &["right.py"]));
        programs.extend(FAULTY.map(|flaw| Program::python(flaw, &["faulty.py", flaw])));
    } else {
        eprintln!("python3 is not here: its receivers are passed over");
        absent.push("python/");
    }
    match express() {
        Ok(folder) => {
            programs.push(Program::express("right", &folder, "right.js"));
            programs.push(Program::express("parses-first", &folder, "parses-first.js"));
        }
        Err(why) => {
            eprintln!("express is not here ({why}): its receivers are passed over");
            absent.push("express/");
        }
    }
    let folder = project();
    // two at a time: one that hangs keeps nobody else waiting
    let (one, two) = programs.split_at(programs.len() / 2);
    let rows = std::thread::scope(|scope| {
        let other = scope.spawn(|| rows(two, folder.path()));
        let mut rows = rows(one, folder.path());
        rows.extend(other.join().unwrap());
        rows
    });
    compare(&rows, &absent);
}

fn rows(programs: &[Program], project: &Path) -> Vec<Row> {
    programs.iter().map(|program| row(program, project)).collect()
}

/// What came of every check that delivers to a sandbox receiver.
fn row(program: &Program, project: &Path) -> Row {
    let running = program.run();
    let url = format!("begini/webhook-url=http://127.0.0.1:{}/hook", running.port);
    let mut arguments = vec!["check", ".", "--live", "--receiver", &url, "--format", "json"];
    let checks = matrix::checks();
    arguments.extend(checks.iter().flat_map(|id| ["--only", id]));
    let (exit, output, errors) = golive(&arguments, project);
    let run: Run = serde_json::from_str(&output).unwrap_or_else(|why| panic!("{why}\n{errors}"));
    assert_ne!(exit, Some(0), "a run against a local receiver is never ready");
    let by: &str = &run.narrowed.iter().find(|one| one.flag == "--receiver").unwrap().effect;
    assert!(by.contains("local receiver"), "{by}");
    let findings: BTreeMap<&str, _> =
        run.findings.iter().map(|finding| (&*finding.check.0, finding)).collect();
    let results = checks.iter().map(|id| {
        let check = run.checks.iter().find(|check| *check.id.0 == **id).unwrap();
        let severity = findings.get(id.as_str()).map(|finding| finding.severity);
        let said = findings.get(id.as_str()).map(|finding| finding.message.clone());
        let reason = check.reason.as_ref().map(|reason| reason.kind.clone());
        matrix::Cell { check: id.clone(), result: check.result, severity, said, reason }
    });
    Row { receiver: program.name.clone(), cells: results.collect() }
}
