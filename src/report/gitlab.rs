//! GitLab Code Quality: what is wrong, at its lines, for the widget of a merge request
//! (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>).
//!
//! It knows places and nothing else, so what was accepted, what waits and what could not be told
//! are not in it.

use serde_json::{Value, json};

use super::items::{Ordinals, headline, nearest_place, open};
use super::json::text;
use super::wrap::{clean, prose};
use crate::pack::Severity;
use crate::run::{Finding, Run};

/// Writes the list, worst first.
pub(super) fn render(run: &Run) -> String {
    let mut seen = Ordinals::default();
    let list: Vec<Value> =
        open(run).into_iter().map(|finding| entry(run, finding, &seen.next(&finding.id))).collect();
    text(&list)
}

fn entry(run: &Run, finding: &Finding, fingerprint: &str) -> Value {
    let at = nearest_place(run, Some(finding), finding.check.pack());
    let fix = prose(&finding.fix);
    let to_do = if fix.is_empty() { String::new() } else { format!(". To do: {fix}") };
    json!({
        "description": clean(&format!("{}{to_do}", headline(finding))),
        "check_name": finding.check,
        "fingerprint": fingerprint,
        "severity": severity(finding.severity),
        "location": { "path": at.path, "lines": { "begin": at.line } },
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => "blocker",
        Severity::Major => "critical",
        Severity::Minor => "minor",
        Severity::Info => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn what_is_open_stands_at_a_line_and_accepted_risks_do_not() {
        let run = sample::no_go();
        let list: Value = serde_json::from_str(&render(&run)).unwrap();
        let list = list.as_array().unwrap();
        assert_eq!(list.len(), open(&run).len());
        assert_eq!(list[0]["location"]["path"], "deploy/production/render.yaml");
        assert_eq!(list[0]["location"]["lines"]["begin"], 31);
        assert!(list.iter().all(|one| one["location"]["lines"]["begin"].as_u64() >= Some(1)));
        assert!(list.iter().all(|one| one["check_name"] != "core/plain-http"));
    }
}
