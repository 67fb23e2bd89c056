//! What came out, held against a row; and what holds for every row.

use golive::run::{CheckRun, Result as Outcome, Run, VerdictWord};

use super::row::{Expected, Row};
use super::stage::Ended;

/// The reasons that an unknown result may have.
const REASONS: [&str; 9] = [
    "not found",
    "may come from",
    "held back",
    "provider unavailable",
    "unexplained",
    "unreadable",
    "needs",
    "too costly",
    "no fresh run",
];

/// Every way in which a row does not hold.
pub(crate) fn against(row: &Row, ended: &Ended) -> Result<(), String> {
    let mut wrong = Vec::new();
    if ended.code != Some(row.exit.into()) {
        wrong.push(format!("exit: expected {}, got {:?}", row.exit, ended.code));
    }
    if ended.errors.contains("panicked") {
        wrong.push("it crashes".to_owned());
    }
    if row.cannot_work() {
        wrong.extend(cannot_work(row, ended));
    } else {
        match serde_json::from_str::<Run>(&ended.output) {
            Ok(run) => wrong.extend(judged(row, ended, &run)),
            Err(fault) => wrong.push(format!("no report: {fault}")),
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let shown = ended.checklist.as_deref().unwrap_or_default();
    Err(format!("{}\n{}{}", wrong.join("\n"), ended.errors, shown))
}

/// Nothing is judged, and what is wrong is said.
fn cannot_work(row: &Row, ended: &Ended) -> Vec<String> {
    let mut wrong = says(row, &ended.errors);
    // a report that cannot be written as a file is still printed
    let asked = row.run.contains("--output");
    if !asked && (!ended.output.is_empty() || ended.checklist.is_some()) {
        wrong.push("a report is written though nothing can be judged".to_owned());
    }
    wrong.extend(acts(&ended.errors).map(|acts| format!("what is said acts: {acts}")));
    wrong
}

fn judged(row: &Row, ended: &Ended, run: &Run) -> Vec<String> {
    let mut wrong = Vec::new();
    let verdict = &run.verdict;
    let limits = verdict.qualifier.as_ref().map_or_else(String::new, |it| format!(" ({it})"));
    let word = format!("{}{limits}", verdict.word.as_str());
    if row.verdict.as_ref() != Some(&word) {
        wrong.push(format!("verdict: expected {:?}, got {word}", row.verdict));
    }
    if matches!(verdict.word, VerdictWord::Go | VerdictWord::Pass) {
        wrong.push("it is a go".to_owned());
    }
    if ended.code != Some(verdict.exit.into()) {
        wrong.push("the exit is not the verdict's".to_owned());
    }
    if !ended.errors.is_empty() {
        wrong.push("errors are printed beside a verdict".to_owned());
    }
    for part in &row.because {
        if !verdict.because.iter().any(|because| because.contains(part.as_str())) {
            wrong.push(format!("because: no `{part}` in {:#?}", verdict.because));
        }
    }
    if run.sent.requests != row.sent {
        wrong.push(format!("sent: expected {}, got {}", row.sent, run.sent.requests));
    }
    let unexplained = run.checks.iter().filter(|check| check.result == Outcome::Unknown);
    for check in unexplained {
        let kind = check.reason.as_ref().map_or("", |reason| reason.kind.as_str());
        if !REASONS.contains(&kind) {
            wrong.push(format!("{}: `{kind}` is no reason for not knowing", check.id));
        }
    }
    for (id, expected) in &row.checks {
        match run.checks.iter().find(|check| *check.id.0 == **id) {
            Some(check) => wrong.extend(check_told(run, check, expected)),
            None => wrong.push(format!("{id} is not in the report")),
        }
    }
    let checklist = ended.checklist.as_deref().unwrap_or_default();
    if !checklist.lines().any(|line| line.starts_with(verdict.word.as_str())) {
        wrong.push("the checklist has no verdict".to_owned());
    }
    wrong.extend(says(row, checklist));
    wrong.extend(acts(checklist).map(|acts| format!("the checklist acts: {acts}")));
    wrong
}

fn check_told(run: &Run, check: &CheckRun, expected: &Expected) -> Vec<String> {
    let mut wrong = Vec::new();
    let id = &check.id;
    if check.result.as_str() != expected.result {
        let reason = check.reason.as_ref();
        let got = check.result.as_str();
        wrong.push(format!("{id}: expected {}, got {got} {reason:?}", expected.result));
    }
    let kind = check.reason.as_ref().map(|reason| reason.kind.as_str());
    if expected.reason.is_some() && kind != expected.reason.as_deref() {
        wrong.push(format!("{id}: expected {:?}, got {kind:?}", expected.reason));
    }
    if let Some(part) = &expected.says {
        let detail = check.reason.iter().map(|reason| reason.detail.as_str());
        let own = run.findings.iter().filter(|one| one.check == *id || one.also.contains(id));
        let mut told = detail.chain(own.map(|finding| finding.message.as_str()));
        if !told.any(|told| told.contains(part.as_str())) {
            wrong.push(format!("{id}: nowhere `{part}`: {:?}", check.reason));
        }
    }
    wrong
}

/// Lines may be broken anywhere, so white space counts once.
fn says(row: &Row, text: &str) -> Vec<String> {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let missing = row.says.iter().filter(|part| !plain.contains(part.as_str()));
    missing.map(|part| format!("nowhere `{part}`")).collect()
}

/// A character in a text for people that would do something.
fn acts(text: &str) -> Option<String> {
    let acting = |letter: &char| {
        (letter.is_control() && *letter != '\n')
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().find(acting).map(|letter| letter.escape_unicode().to_string())
}
