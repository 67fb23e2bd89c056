//! JUnit XML, for the test pages of CI systems: a suite a pack, a test case a check.
//!
//! It keeps to the schema of Ant's JUnit task, which is the strictest in use
//! (<https://github.com/windyroad/JUnit-Schema>). What could not be told is an error: a reader that
//! only knows pass and fail must not take it for a pass.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::checklist::word;
use super::items::{by_id, evidence, exchange, headline, place, reason, shown};
use super::wrap::{clean, prose};
use crate::run::{CheckRun, Finding, Result, Run};

/// Writes the suites, by the ids of their packs.
pub(super) fn render(run: &Run) -> String {
    let findings = by_id(run);
    let mut suites: BTreeMap<&str, Vec<&CheckRun>> = BTreeMap::new();
    for check in &run.checks {
        suites.entry(check.id.pack()).or_default().push(check);
    }
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned();
    for (number, (pack, checks)) in suites.into_iter().enumerate() {
        suite(&mut out, run, (number, pack), (&checks, &findings));
    }
    out.push_str("</testsuites>\n");
    out
}

type Known<'a> = BTreeMap<&'a str, Vec<&'a Finding>>;

fn suite(
    out: &mut String,
    run: &Run,
    (number, pack): (usize, &str),
    (checks, findings): (&[&CheckRun], &Known<'_>),
) {
    let of = |kind| checks.iter().filter(|check| Kind::of(check.result) == kind).count();
    let time = run.clock.strftime("%Y-%m-%dT%H:%M:%S");
    // writing to a String cannot fail
    let _ = writeln!(
        out,
        "  <testsuite id=\"{number}\" package=\"golive\" name=\"{}\" timestamp=\"{time}\" \
         hostname=\"localhost\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" \
         time=\"0\">",
        xml(pack),
        checks.len(),
        of(Kind::Failure),
        of(Kind::Error),
        of(Kind::Skipped),
    );
    out.push_str("    <properties>\n");
    let commit = run.subject.commit.as_deref().unwrap_or_default();
    for (name, value) in [
        ("gate", run.gate.as_str()),
        ("verdict", &word(run)),
        ("subject", &run.subject.name),
        ("commit", commit),
        ("release", run.subject.release.as_deref().unwrap_or_default()),
        ("ticket", run.subject.ticket.as_deref().unwrap_or_default()),
        ("artifact", run.subject.artifact.as_deref().unwrap_or_default()),
        ("as-of", &run.as_of.map(|day| day.to_string()).unwrap_or_default()),
        ("base", run.base.as_ref().map_or("", |base| &base.commit)),
        ("golive", &run.tool.version),
    ]
    .into_iter()
    .filter(|(name, value)| !value.is_empty() || *name == "commit")
    {
        let _ = writeln!(out, "      <property name=\"{name}\" value=\"{}\"/>", xml(value));
    }
    out.push_str("    </properties>\n");
    for check in checks {
        case(out, check, findings);
    }
    let mut said = String::new();
    for check in checks {
        let lines = check.evidence.iter().map(evidence).map(|line| format!("{}: {line}", check.id));
        said.extend(lines.map(|line| xml(&line) + "\n"));
    }
    let _ = writeln!(out, "    <system-out>{said}</system-out>\n    <system-err></system-err>");
    out.push_str("  </testsuite>\n");
}

/// What a result is to a test page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Passed,
    Failure,
    Error,
    Skipped,
}

impl Kind {
    fn of(result: Result) -> Self {
        match result {
            Result::Pass => Self::Passed,
            Result::Fail => Self::Failure,
            Result::Pending | Result::Unknown => Self::Error,
            Result::Waived | Result::Skipped | Result::NotAsked => Self::Skipped,
        }
    }
}

fn case(out: &mut String, check: &CheckRun, findings: &Known<'_>) {
    let (pack, id) = (check.id.pack(), check.id.to_string());
    let title = prose(&check.title);
    let _ = write!(
        out,
        "    <testcase classname=\"golive.{}\" name=\"{}\" time=\"0\"",
        xml(pack),
        xml(&format!("{id}: {title}")),
    );
    let result = check.result.as_str();
    match Kind::of(check.result) {
        Kind::Passed => {
            out.push_str("/>\n");
            return;
        }
        Kind::Failure => {
            let found = found(check, findings);
            let first = found.first().map_or_else(|| title.clone(), |finding| headline(finding));
            let text: Vec<String> = found.into_iter().map(told).collect();
            let weight = check.severity.as_str();
            element(out, "failure", (&first, Some(weight)), &text.join("\n\n"));
        }
        Kind::Error => {
            let text = check.statement.as_ref().map(|text| prose(text)).unwrap_or_default();
            element(out, "error", (&reason(check), Some(result)), &text);
        }
        Kind::Skipped => {
            let accepted = found(check, findings).into_iter().filter_map(|one| one.waived.clone());
            let accepted: Vec<String> = accepted.collect();
            let why = if accepted.is_empty() { reason(check) } else { accepted.join("; ") };
            element(out, "skipped", (&format!("{result}: {why}"), None), "");
        }
    }
    out.push_str("    </testcase>\n");
}

/// What was found against a check, those told by another check too.
fn found<'a>(check: &CheckRun, findings: &Known<'a>) -> Vec<&'a Finding> {
    check.findings.iter().filter_map(|id| findings.get(id.as_str())).flatten().copied().collect()
}

fn element(out: &mut String, name: &str, (message, kind): (&str, Option<&str>), text: &str) {
    let kind = kind.map(|kind| format!(" type=\"{}\"", xml(kind))).unwrap_or_default();
    let lines: Vec<String> = text.lines().map(xml).collect();
    let (message, text) = (xml(message), lines.join("\n"));
    let _ = writeln!(out, ">\n      <{name} message=\"{message}\"{kind}>{text}</{name}>");
}

/// A finding in a few lines.
fn told(finding: &Finding) -> String {
    let at = finding.location.as_ref().map(place);
    let also = (!finding.also.is_empty()).then(|| {
        let ids: Vec<String> = finding.also.iter().map(ToString::to_string).collect();
        format!("told by {}, also {}", finding.check, ids.join(", "))
    });
    let fix = Some(format!("to do: {}", prose(&finding.fix)));
    let lines = [Some(headline(finding)), at, shown(finding), exchange(finding), also, fix];
    // a line of its own for each, whatever it holds
    lines.into_iter().flatten().map(|line| clean(&line)).collect::<Vec<_>>().join("\n")
}

/// Text for an element or an attribute. What XML 1.0 cannot hold is shown as an escape.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in clean(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.extend(character.escape_unicode()),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn every_check_is_a_case_and_unknown_is_no_pass() {
        let run = sample::no_go();
        let text = render(&run);
        assert_eq!(text.matches("<testcase ").count(), run.checks.len());
        assert_eq!(text.matches("<testsuite ").count(), 3);
        for (element, results) in [
            ("<failure ", vec![Result::Fail]),
            ("<error ", vec![Result::Unknown, Result::Pending]),
            ("<skipped ", vec![Result::Skipped, Result::NotAsked, Result::Waived]),
        ] {
            let same = run.checks.iter().filter(|check| results.contains(&check.result)).count();
            assert_eq!(text.matches(element).count(), same, "{element}\n{text}");
        }
    }

    #[test]
    fn whatever_a_name_holds_it_stays_text() {
        assert_eq!(
            xml("a<b>&\"'\n\u{1b}\u{fffe}é"),
            "a&lt;b&gt;&amp;&quot;&apos;\\u{a}\\u{1b}\\u{fffe}é"
        );
    }
}
