//! Which process variables are read, and when.

#![expect(clippy::unwrap_used, reason = "all of this file is a test")]

use std::cell::RefCell;
use std::collections::BTreeSet;

use golive::cli::{Given, Terminal, World, run};
use golive::run::{CheckRun, Result, Run};

/// A run in a process that holds `held`, and the names that it asked for.
fn checked(
    files: &[(&str, &str)],
    flags: &[&str],
    held: &[(&str, &str)],
) -> (Run, BTreeSet<String>) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    let asked = RefCell::new(BTreeSet::new());
    let variable = |name: &str| {
        asked.borrow_mut().insert(name.to_owned());
        held.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let typed = ["golive", "check", "--format", "json"].iter().chain(flags).map(Into::into);
    let finished = run(&World {
        arguments: typed.collect(),
        folder: folder.path().to_owned(),
        clock: "2026-11-23T08:00:00Z".parse().unwrap(),
        zone: jiff::tz::TimeZone::UTC,
        variable: &variable,
        seed: 7,
        terminal: Terminal { color: false, color_errors: false, width: 100, plain: false },
        progress: &|_| {},
        ask: None,
        given: Given::nothing(),
    });
    assert_eq!(finished.errors, "");
    (serde_json::from_str(&finished.output).unwrap(), asked.into_inner())
}

fn keys_differ(run: &Run) -> &CheckRun {
    run.checks.iter().find(|check| &*check.id.0 == "begini/api-keys-differ").unwrap()
}

const FILES: [(&str, &str); 2] = [
    (".env.sandbox", "BEGINI_WEBHOOK_URL=https://hooks-sbx.lender.co.ke/begini\n"),
    (".env.production", "BEGINI_WEBHOOK_URL=https://hooks.lender.co.ke/begini\n"),
];
const SANDBOX: (&str, &str) = ("BEGINI_SANDBOX_API_KEY", "1a2b3c4d-0000-4000-8000-00000000000a");
const LIVE: (&str, &str) = ("BEGINI_LIVE_API_KEY", "1a2b3c4d-0000-4000-8000-00000000000b");

#[test]
fn usual_names_with_an_environment_word_are_read() {
    let (run, asked) = checked(&FILES, &[], &[SANDBOX, LIVE, ("AWS_SECRET_ACCESS_KEY", "x")]);
    assert_eq!(keys_differ(&run).result, Result::Pass);
    assert!(!asked.contains("AWS_SECRET_ACCESS_KEY") && !asked.contains("BEGINI_API_KEY"));
    let (run, _) = checked(&FILES, &[], &[SANDBOX, (LIVE.0, SANDBOX.1)]);
    assert_eq!(keys_differ(&run).result, Result::Fail);
}

#[test]
fn the_change_gate_reads_none() {
    let (run, mut asked) = checked(&FILES, &["--gate", "change"], &[SANDBOX, LIVE]);
    // where a job's summary goes is no secret and no setting
    asked.remove("GITHUB_STEP_SUMMARY");
    assert_eq!(keys_differ(&run).result, Result::NotAsked);
    assert!(asked.is_empty(), "{asked:?}");
}

#[test]
fn a_name_without_a_word_is_read_for_the_environment_that_is_named() {
    let held = [("BEGINI_API_KEY", SANDBOX.1)];
    let of = |flags: &[&str]| {
        let (run, _) = checked(&FILES, flags, &held);
        run.looked_at.settings
    };
    assert_eq!(of(&["--environment", "sandbox"]), of(&[]) + 1);
}
