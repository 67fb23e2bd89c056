//! What a check came to, as a result with a place.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::View;
use crate::pack::Severity;
use crate::report::items::{evidence, exchange, headline, nearest_place, reason, shown};
use crate::report::wrap::{clean, prose};
use crate::run::{CheckRun, Finding, Result, Run};
use crate::source::Location;

/// What a path keeps of itself in a URI.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A finding. Its fingerprint is not made of lines, so it stays when lines move.
pub(super) fn wrong(run: &Run, finding: &Finding, (fingerprint, view): (&str, View)) -> Value {
    let mut text = vec![headline(finding)];
    text.extend(shown(finding));
    text.extend(exchange(finding));
    let fix = prose(&finding.fix);
    if !fix.is_empty() {
        text.push(format!("To do: {fix}"));
    }
    let at = nearest_place(run, Some(finding), finding.check.pack());
    let mut result = start((run, &finding.check.to_string()), "fail", &text.join(". "), &at);
    let mut add = |key: &str, value: Value| result.insert(key.to_owned(), value);
    add("level", json!(level(finding.severity)));
    add(
        "partialFingerprints",
        json!({ "primaryLocationLineHash": fingerprint, "golive/finding/v1": finding.id }),
    );
    let related = related(finding);
    if !related.is_empty() {
        add("relatedLocations", Value::Array(related));
    }
    if view == View::All {
        // a run either has suppressions everywhere or nowhere (SARIF 3.27.23)
        let accepted = finding.waived.as_ref().map(|why| {
            json!({ "kind": "external", "status": "accepted", "justification": message(why) })
        });
        add("suppressions", Value::Array(accepted.into_iter().collect()));
    }
    add("properties", properties(finding));
    Value::Object(result)
}

/// A check that is not wrong: it holds, is not about the project, waits, or could not be told.
pub(super) fn other(run: &Run, check: &CheckRun) -> Value {
    let kind = match check.result {
        Result::Pass => "pass",
        Result::Skipped | Result::NotAsked => "notApplicable",
        Result::Pending => "review",
        Result::Unknown | Result::Fail | Result::Waived => "open",
    };
    let why = reason(check);
    let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
    let text = format!("{}{why}", prose(&check.title));
    let at = check.evidence.iter().find_map(|line| line.location.clone());
    let at = at.unwrap_or_else(|| nearest_place(run, None, check.id.pack()));
    let mut result = start((run, &check.id.to_string()), kind, &text, &at);
    let mut add = |key: &str, value: Value| result.insert(key.to_owned(), value);
    add("level", json!("none"));
    add("suppressions", json!([]));
    add(
        "properties",
        json!({
            "result": check.result,
            "due": check.due,
            "basis": check.basis,
            "evidence": check.evidence.iter().map(evidence).collect::<Vec<_>>(),
        }),
    );
    Value::Object(result)
}

fn start((run, id): (&Run, &str), kind: &str, text: &str, at: &Location) -> Map<String, Value> {
    let mut result = Map::new();
    let mut add = |key: &str, value: Value| result.insert(key.to_owned(), value);
    add("ruleId", json!(id));
    if let Some(index) = run.checks.iter().position(|check| &*check.id.0 == id) {
        add("ruleIndex", json!(index));
    }
    add("kind", json!(kind));
    add("message", json!({ "text": message(text) }));
    add("locations", json!([{ "physicalLocation": physical(at) }]));
    result
}

fn physical(at: &Location) -> Value {
    json!({
        "artifactLocation": { "uri": uri(&at.path) },
        "region": {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        },
    })
}

/// The other places of a finding, and those that its value came by.
fn related(finding: &Finding) -> Vec<Value> {
    let places = finding.related.iter().map(|one| (&one.location, one.message.as_str()));
    let way = finding.trail.iter().map(|step| (&step.location, step.what.as_str()));
    let all = places.chain(way).zip(1_u32..);
    all.map(|((at, what), id)| {
        json!({
            "id": id,
            "physicalLocation": physical(at),
            "message": { "text": message(&prose(what)) },
        })
    })
    .collect()
}

fn properties(finding: &Finding) -> Value {
    json!({
        "severity": finding.severity,
        "who": finding.who,
        "environment": finding.environment,
        "role": finding.role,
        "belongsTo": finding.belongs_to,
        "also": finding.also,
        "guess": finding.guess,
        "exchange": finding.exchange,
        "placeIsExact": finding.location.is_some(),
    })
}

/// The level of what is wrong.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker | Severity::Major => "error",
        Severity::Minor => "warning",
        Severity::Info => "note",
    }
}

/// Text of a message, in which a bracket would begin a link (SARIF 3.11.6).
pub(super) fn message(text: &str) -> String {
    clean(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// A path below the root as a relative URI.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    utf8_percent_encode(path, KEPT).to_string()
}
