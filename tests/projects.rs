//! Whole projects of many shapes, each with classic mistakes and as a clean twin: what is found,
//! where, under which check, and how the run ends.
//!
//! `tests/projects/NAME/{flawed,clean}/project/` is copied to a temporary folder, its keys put
//! together on the way, and judged; `expected.txt` beside it says what comes out.
//! `GOLIVE_BLESS=1 cargo test --test projects` writes the latter anew; read the difference.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test meets the world, and says what it finds by failing"
)]

use std::fs;
use std::path::{Path, PathBuf};

use golive::cli::{Given, Terminal, World, run};
use golive::run::{Result as Outcome, Run};
use golive::source::expand;

fn folders(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|_| panic!("{}", folder.display()));
    let mut paths: Vec<PathBuf> = read.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_dir());
    paths.sort();
    paths
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::write(target, expand(&fs::read_to_string(&path).unwrap()).unwrap()).unwrap();
        }
    }
}

fn judge(project: &Path, gate: &str) -> Run {
    let arguments = ["golive", "check", "--gate", gate, "--format", "json"].map(Into::into);
    let finished = run(&World {
        arguments: arguments.to_vec(),
        folder: project.to_owned(),
        clock: "2026-11-23T08:00:00Z".parse().unwrap(),
        zone: jiff::tz::TimeZone::UTC,
        variable: &|_| None,
        seed: 7,
        terminal: Terminal { color: false, color_errors: false, width: 100, plain: false },
        progress: &|_| {},
        ask: None,
        given: Given::nothing(),
    });
    assert_eq!(finished.errors, "", "{}", project.display());
    serde_json::from_str(&finished.output).unwrap()
}

fn told(project: &Path) -> String {
    let (change, launch) = (judge(project, "change"), judge(project, "launch"));
    let mut lines: Vec<String> = [("change", &change), ("launch", &launch)]
        .map(|(gate, run)| {
            let word = serde_json::to_value(run.verdict.word).unwrap();
            format!("{gate} {} {}", word.as_str().unwrap(), run.verdict.exit)
        })
        .to_vec();
    for finding in &launch.findings {
        let at = finding.location.as_ref().unwrap();
        let severity = serde_json::to_value(finding.severity).unwrap();
        let severity = severity.as_str().unwrap();
        let place = format!("{}:{}:{}", at.path, at.line, at.column);
        lines.push(format!("{place} {} {severity}", finding.check));
    }
    for check in launch.checks.iter().filter(|check| check.result == Outcome::Unknown) {
        let reason = &check.reason.as_ref().unwrap().kind;
        let reason = serde_json::to_value(reason).unwrap();
        lines.push(format!("not told: {} {}", check.id, reason.as_str().unwrap()));
    }
    lines.join("\n") + "\n"
}

fn twins(twin: &str, least: usize, fits: fn(&str) -> bool) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects");
    let projects: Vec<PathBuf> = folders(&root).iter().map(|folder| folder.join(twin)).collect();
    assert!(projects.len() >= least, "{projects:?}");
    for folder in projects {
        let place = tempfile::tempdir().unwrap();
        let project = place.path().join("project");
        copy(&folder.join("project"), &project);
        let told = told(&project);
        let expected = folder.join("expected.txt");
        if std::env::var_os("GOLIVE_BLESS").is_some() {
            fs::write(&expected, &told).unwrap();
        }
        assert_eq!(told, fs::read_to_string(&expected).unwrap(), "{}", folder.display());
        assert!(fits(&told), "{}: not the result of a {twin} project\n{told}", folder.display());
    }
}

#[test]
fn every_planted_mistake_is_one_item_at_its_place() {
    twins("flawed", 10, |told| told.starts_with("change FAIL 1\nlaunch NO-GO 1\n"));
}

#[test]
fn nothing_is_found_in_a_clean_project() {
    twins("clean", 10, |told| {
        told.starts_with("change PASS 0\nlaunch UNDETERMINED 3\n")
            && told.lines().skip(2).all(|line| line.starts_with("not told: "))
    });
}
