//! The parts of the page that repeat: things to do, and checks with what they rest on.

use serde::Serialize;

use super::view::said;
use crate::pack::Step;
use crate::report::items::{
    accepted, evidence, exchange, headline, light, place, reason, shown, to_fix, with_result,
};
use crate::report::sarif::is_address;
use crate::report::wrap::prose;
use crate::run::{Basis, CheckRun, Finding, Reason, Result, Run};

/// Things to do of one sort.
#[derive(Serialize)]
pub(super) struct Group {
    label: &'static str,
    note: String,
    /// Whether it keeps the gate shut.
    #[serde(skip)]
    pub(super) decides: bool,
    items: Vec<Item>,
}

/// One thing to do.
#[derive(Serialize)]
struct Item {
    number: Option<usize>,
    result: &'static str,
    who: &'static str,
    severity: &'static str,
    text: String,
    check: String,
    about: Vec<String>,
    place: Option<String>,
    setting: Option<String>,
    exchange: Option<String>,
    lines: Vec<(&'static str, String)>,
    fix: String,
    why: String,
    links: Vec<String>,
}

/// A check with its result.
#[derive(Serialize)]
pub(super) struct Check {
    id: String,
    title: String,
    result: &'static str,
    said: &'static str,
    severity: &'static str,
    who: &'static str,
    known: &'static str,
    reason: String,
    evidence: Vec<String>,
    answers: String,
}

/// What to do, the most pressing first.
pub(super) fn groups(run: &Run) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut number = 0;
    for (who, findings) in to_fix(run) {
        number += findings.len();
        let items = findings.into_iter().map(|(number, one)| wrong(one, Some(number), "fail"));
        let note = who.as_str().to_owned();
        groups.push(Group { label: "Fix", note, decides: true, items: items.collect() });
    }
    let mut add = |label, note: &str, items: Vec<Item>, decides| {
        if !items.is_empty() {
            groups.push(Group { label, note: note.to_owned(), decides, items });
        }
    };
    let pending = with_result(run, Result::Pending).into_iter().map(waits).collect();
    add("Confirm", "a person has to say it", pending, false);
    let unknown = with_result(run, Result::Unknown);
    let of = |kinds: fn(&str) -> bool| {
        let kind = |check: &&&CheckRun| {
            kinds(check.reason.as_ref().map_or("", |reason| reason.kind.as_str()))
        };
        unknown.iter().filter(kind).map(|check| waits(check)).collect::<Vec<Item>>()
    };
    let note = "the provider could not answer: its side, not yours";
    add("Ask again", note, of(|kind| kind == Reason::UNAVAILABLE), false);
    let note = "it would not have been safe to send";
    add("Held back", note, of(|kind| kind == Reason::HELD_BACK), false);
    let other = |kind: &str| kind != Reason::UNAVAILABLE && kind != Reason::HELD_BACK;
    add("Not told", "what is missing is said with each", of(other), false);
    let minor = light(run).into_iter().zip(number + 1..);
    let minor = minor.map(|(one, number)| wrong(one, Some(number), "fail")).collect();
    add("Minor", "never decides", minor, false);
    let risks = accepted(run).map(|(one, _)| wrong(one, None, "waived")).collect();
    add("Accepted", "wrong, and somebody takes the risk until a date", risks, false);
    groups
}

fn wrong(finding: &Finding, number: Option<usize>, result: &'static str) -> Item {
    let mut lines = Vec::new();
    let mut add = |word, text: Option<String>| lines.extend(text.map(|text| (word, text)));
    add("belongs to", finding.belongs_to.clone());
    for other in &finding.related {
        add("with", Some(format!("{}  {}", place(&other.location), prose(&other.message))));
    }
    let way = finding.trail.iter().map(|step| format!("{} {}", step.what, place(&step.location)));
    let way: Vec<String> = way.collect();
    add("by way of", (!way.is_empty()).then(|| way.join(", ")));
    let also: Vec<String> = finding.also.iter().map(ToString::to_string).collect();
    add("also", (!also.is_empty()).then(|| also.join(", ")));
    add("accepted", finding.waived.clone());
    let about = [&finding.service, &finding.environment].into_iter().flatten().cloned();
    Item {
        number,
        result,
        who: finding.who.as_str(),
        severity: finding.severity.as_str(),
        text: headline(finding),
        check: finding.check.to_string(),
        about: about.chain([finding.step.title().to_owned()]).collect(),
        place: finding.location.as_ref().map(place),
        setting: shown(finding),
        exchange: exchange(finding),
        lines,
        fix: prose(&finding.fix),
        why: prose(&finding.why),
        links: links(&finding.links),
    }
}

/// A check that waits for a person, or could not be told.
fn waits(check: &CheckRun) -> Item {
    let text = match (&check.statement, check.result) {
        (Some(statement), Result::Pending) => prose(statement),
        (Some(_) | None, _) => prose(&check.title),
    };
    Item {
        number: None,
        result: check.result.as_str(),
        who: check.who.as_str(),
        severity: check.severity.as_str(),
        text,
        check: check.id.to_string(),
        about: vec![check.step.title().to_owned()],
        place: None,
        setting: None,
        exchange: None,
        lines: vec![("because", reason(check))],
        fix: prose(&check.fix),
        why: prose(&check.why),
        links: links(&check.links),
    }
}

fn links(links: &[String]) -> Vec<String> {
    links.iter().filter(|link| is_address(link)).cloned().collect()
}

/// The checks of a step: what is open first, then what holds, then what was not asked.
pub(super) fn checks(run: &Run, step: Step) -> Vec<Check> {
    let mut checks: Vec<&CheckRun> = run.checks.iter().filter(|check| check.step == step).collect();
    checks.sort_by_key(|check| (rank(check.result), check.severity));
    checks.into_iter().map(row).collect()
}

fn rank(result: Result) -> u8 {
    match result {
        Result::Fail => 0,
        Result::Pending => 1,
        Result::Unknown => 2,
        Result::Waived => 3,
        Result::Pass => 4,
        Result::NotAsked => 5,
        Result::Skipped => 6,
    }
}

fn row(check: &CheckRun) -> Check {
    Check {
        id: check.id.to_string(),
        title: prose(&check.title),
        result: check.result.as_str(),
        said: said(check.result),
        severity: check.severity.as_str(),
        who: check.who.as_str(),
        known: check.basis.map_or("", known),
        reason: reason(check),
        evidence: check.evidence.iter().map(evidence).collect(),
        answers: check.answers.join(", "),
    }
}

/// How a result is known: a person's word never looks like what was seen.
fn known(basis: Basis) -> &'static str {
    match basis {
        Basis::File => "seen in files",
        Basis::Live => "asked live",
        Basis::Observed => "observed in the environment",
        Basis::Reference => "by reference, value not seen",
        Basis::Earlier => "from an earlier run",
        Basis::Person => "a person's word",
    }
}
