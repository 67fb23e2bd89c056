//! Judging a project in this process.

use std::path::Path;

use golive::cli::{Terminal, World, run};
use golive::pack::Severity;
use golive::run::{Finding, Run};

use super::layout::Place;

/// What is found in a project, in order of place.
pub(crate) fn findings(project: &Path) -> Vec<Finding> {
    let arguments = ["golive", "check", "--gate", "launch", "--format", "json"].map(Into::into);
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
        given: golive::cli::Given::nothing(),
    });
    assert_eq!(finished.errors, "", "{}", project.display());
    let run: Run = serde_json::from_str(&finished.output).unwrap();
    run.findings
}

/// An item in one line: place, check, what else names it, weight.
pub(crate) fn line(finding: &Finding) -> String {
    let place = finding
        .location
        .as_ref()
        .map_or_else(String::new, |at| format!("{}:{}:{}", at.path, at.line, at.column));
    let also: Vec<String> = finding.also.iter().map(ToString::to_string).collect();
    let also = if also.is_empty() { String::new() } else { format!(" (also {})", also.join(", ")) };
    format!("  {place} {}{also} {:?}: {}", finding.check, finding.severity, finding.message)
}

/// Whether an item stands where a value stands.
pub(crate) fn is_at(finding: &Finding, place: &Place) -> bool {
    finding.location.as_ref().is_some_and(|at| {
        at.path == place.path && at.line == place.line && at.column == place.column
    })
}

/// Whether an item stops a launch.
pub(crate) fn is_heavy(finding: &Finding) -> bool {
    finding.severity < Severity::Minor
}
