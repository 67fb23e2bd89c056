//! The jobs of `docs/ci.md`, run in a shell as the two systems run them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "all of this program is a test"
)]

mod page;
mod stage;

use std::collections::BTreeSet;

use golive::run::Run;
use golive::standin::Variant;
use page::{Job, Page};
use stage::{Ended, Stage};

/// How each job of the page ends for the mended and for the flawed sample. Behind `--connect` no live
/// run is more than undecided, so that is all that a live job can be here; another test shows that
/// nothing else is missing.
const ENDS: [(&str, i32, i32); 7] = [
    ("golive.yml change", 0, 1),
    ("golive-sandbox.yml sandbox", 3, 1),
    ("golive-launch.yml launch", 3, 1),
    (".gitlab-ci.yml golive-change", 0, 1),
    (".gitlab-ci.yml golive-sandbox", 3, 1),
    (".gitlab-ci.yml golive-launch", 3, 1),
    ("golive-lenient.yml lenient", 0, 1),
];

/// Runs `job` after those that it needs.
fn with_needs(page: &Page, job: &Job, stage: &Stage) -> Ended {
    for needed in &job.needs {
        stage.run(page.job(needed));
    }
    stage.run(job)
}

fn ends(variant: Variant, expected: impl Fn(&(&str, i32, i32)) -> i32) {
    let page = Page::read();
    let named: BTreeSet<&str> = page.jobs.iter().map(|job| job.name.as_str()).collect();
    assert_eq!(named, ENDS.iter().map(|(name, _, _)| *name).collect(), "every job has its row");
    let Some(stage) = Stage::new(variant, &page.manifest) else { return };
    for row in &ENDS {
        let job = page.job(row.0);
        let ended = with_needs(&page, job, &stage);
        assert_eq!(ended.code, expected(row), "{}: {}", job.name, ended.said);
        ended.assert_written(job);
        let summary = ended.read("summary.md");
        let wanted = job.is_github();
        assert_eq!(summary.contains("**"), wanted, "{}: {summary}", job.name);
    }
}

#[test]
fn no_job_finds_fault_with_the_mended_project() {
    ends(Variant::Ready, |row| row.1);
}

#[test]
fn every_job_stops_the_flawed_project() {
    ends(Variant::Flawed, |row| row.2);
}

#[test]
fn the_launch_takes_the_sandbox_job_for_evidence() {
    let page = Page::read();
    let Some(stage) = Stage::new(Variant::Ready, &page.manifest) else { return };
    for name in ["golive-launch.yml launch", ".gitlab-ci.yml golive-launch"] {
        let ended = with_needs(&page, page.job(name), &stage);
        let [sandbox, launch]: [Run; 2] = ["sandbox.json", "golive.json"]
            .map(|file| serde_json::from_str(&ended.read(file)).unwrap());
        assert_eq!(sandbox.inputs_digest, launch.inputs_digest, "{name}: the same files");
        let because = &sandbox.verdict.because;
        let led = |why: &String| why.starts_with("--connect ") || why.starts_with("--trust-ca ");
        assert!(because.iter().all(led), "{name}: all but the network is right: {because:?}");
        let fresh = launch.checks.iter().find(|one| &*one.id.0 == "begini/sandbox-run-is-fresh");
        let why = &fresh.unwrap().reason.as_ref().unwrap().detail;
        // that the network was stood in for is all that is missing
        let (file, flags) = why.split_once(": it was partial: ").unwrap_or_else(|| panic!("{why}"));
        let flags: BTreeSet<&str> = flags.split(", ").collect();
        assert!(file.ends_with(", sandbox.json"), "{why}");
        assert_eq!(flags, BTreeSet::from(["--connect", "--trust-ca"]), "{name}");
        let shown = ended.read("golive.md");
        assert!(shown.contains("2.8.0") && shown.contains("REL-412"), "{shown}");
    }
}

#[test]
fn an_undecided_change_passes_only_the_lenient_job() {
    let page = Page::read();
    let Some(stage) = Stage::new(Variant::Ready, &page.manifest) else { return };
    stage.empty();
    for (name, code) in [
        ("golive.yml change", 3),
        (".gitlab-ci.yml golive-change", 3),
        ("golive-lenient.yml lenient", 0),
    ] {
        let ended = stage.run(page.job(name));
        assert_eq!(ended.code, code, "{name}: {}", ended.said);
        assert_eq!(ended.said.contains("::warning::golive could not decide"), code == 0, "{name}");
    }
    stage.break_manifest();
    for name in ["golive.yml change", "golive-lenient.yml lenient"] {
        let ended = stage.run(page.job(name));
        assert_eq!(ended.code, 2, "{name}: {}", ended.said);
    }
}

/// Runs as soon as `golive check` has `--base`: a change is not judged by rules that it brings along.
#[test]
fn a_change_that_loosens_its_own_rules_is_stopped() {
    let page = Page::read();
    let Some(stage) = Stage::new(Variant::Ready, &page.manifest) else { return };
    if !stage.has_base {
        eprintln!("not run: golive check has no --base yet, and the jobs were run without it");
        return;
    }
    stage.loosen();
    for name in ["golive.yml change", ".gitlab-ci.yml golive-change"] {
        let ended = stage.run(page.job(name));
        assert_eq!(ended.code, 1, "{name}: {}", ended.said);
        assert!(ended.said.contains("core/rules-loosened"), "{name}: {}", ended.said);
    }
}

#[test]
fn secrets_reach_no_pull_request_and_no_input_reaches_a_shell() {
    for job in Page::read().jobs {
        let text = job.whole();
        assert!(!text.contains("${{"), "{}: an expression inside a script: {text}", job.name);
        let change = text.contains("--gate change");
        let live = text.contains("--live");
        assert!(change != live, "{}: files alone, or live", job.name);
        let secret =
            job.steps.iter().any(|one| one.variables.contains_key("BEGINI_SANDBOX_API_KEY"));
        assert_eq!(secret, live && job.is_github(), "{}", job.name);
        assert!(!job.triggers.contains("pull_request_target"), "{}", job.name);
        assert_eq!(
            job.triggers.contains("pull_request"),
            change && job.is_github(),
            "{}",
            job.name
        );
    }
}
