//! SARIF 2.1.0: the rules that were asked and what each came to
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>).
//!
//! Code scanning at GitHub takes every result for an alert, whatever its kind and its suppressions,
//! and refuses a file in which one result has no place. So there are two views: all of it, and what
//! is open alone. Each result has a place in both.

mod result;
mod rule;

pub(super) use rule::is_address;

use serde_json::{Value, json};

use super::checklist::word;
use super::items::{Ordinals, open};
use super::json::text;
use super::wrap::clean;
use crate::run::{Finding, Result, Run};

/// How many results GitHub takes of a run.
const MOST: usize = 25_000;

/// Which results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// All: passes, what is not about the project, what waits, accepted findings as suppressed.
    All,
    /// What is wrong and nobody has accepted.
    Open,
}

/// Writes the log, the worst first.
pub(super) fn render(run: &Run, view: View) -> String {
    let mut ordinals = Ordinals::default();
    let mut results: Vec<Value> = Vec::new();
    for finding in found(run, view) {
        let fingerprint = ordinals.next(&finding.id);
        results.push(result::wrong(run, finding, (&fingerprint, view)));
    }
    if view == View::All {
        let told = |result| !matches!(result, Result::Fail | Result::Waived | Result::NotAsked);
        let checks = run.checks.iter().filter(|check| told(check.result));
        results.extend(checks.map(|check| result::other(run, check)));
    }
    let dropped = results.len().saturating_sub(MOST);
    results.truncate(MOST);
    text(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver(run) },
            "automationDetails": { "id": format!("golive/{}/", run.gate.as_str()) },
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation(run, dropped)],
            "properties": properties(run),
            "results": results,
        }],
    }))
}

fn found(run: &Run, view: View) -> Vec<&Finding> {
    let mut found = open(run);
    if view == View::All {
        found.extend(run.findings.iter().filter(|finding| finding.waived.is_some()));
    }
    found
}

fn driver(run: &Run) -> Value {
    json!({
        "name": run.tool.name,
        "version": run.tool.version,
        "semanticVersion": run.tool.version,
        "rules": run.checks.iter().map(rule::rule).collect::<Vec<_>>(),
    })
}

/// That the tool could work; what it decided is the exit code's.
fn invocation(run: &Run, dropped: usize) -> Value {
    let mut said = Vec::new();
    let mut say = |text: String, level: &str| {
        said.push(json!({ "level": level, "message": { "text": result::message(&text) } }));
    };
    if dropped > 0 {
        say(format!("{dropped} results are left out: no more than {MOST} are taken"), "warning");
    }
    for note in &run.looked_at.unreadable {
        say(format!("{} was not read: {}", note.location.path, note.message), "warning");
    }
    json!({
        "executionSuccessful": true,
        "exitCode": run.verdict.exit,
        "exitCodeDescription": clean(&word(run)),
        "endTimeUtc": run.clock.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        "toolExecutionNotifications": said,
    })
}

fn properties(run: &Run) -> Value {
    let not_asked = run.checks.iter().filter(|check| check.result == Result::NotAsked);
    json!({
        "verdict": run.verdict.word,
        "qualifier": run.verdict.qualifier,
        "gate": run.gate,
        "subject": run.subject,
        "validUntil": run.valid_until,
        "asOf": run.as_of,
        "base": run.base,
        "inputsDigest": run.inputs_digest,
        "rehearsal": run.rehearsal,
        "notAsked": not_asked.map(|check| &check.id).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests;
