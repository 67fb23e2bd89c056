//! The end: results by step, how they are known, what was left out, and what to do next.

use super::fix::number_to_fix;
use super::is_ready;
use crate::pack::Step;
use crate::report::items::place;
use crate::report::said::{Words, by_person, first_to_lapse};
use crate::report::sheet::{Block, Columns, Grid, Sheet, count, first};
use crate::report::style::Style;
use crate::report::wrap::prose;
use crate::run::{Basis, CheckRun, Result, Run};

/// How many people are shown with what they said.
const SAID: usize = 6;
/// How many doubtful places are shown.
const NOTES: usize = 3;

/// Results of the checks that are due, by step.
pub(super) fn add_steps(run: &Run, sheet: &mut Sheet) {
    if !run.checks.iter().any(|check| check.due && is_answered(check)) {
        return;
    }
    let rows: Vec<Vec<String>> = Step::ALL.iter().filter_map(|step| row(run, *step)).collect();
    sheet.gap();
    sheet.push(Block::Table(Grid {
        heads: ["", "fine", "wrong", "person", "not told", ""].map(str::to_owned).to_vec(),
        rows,
        columns: Columns::Numbers,
    }));
}

/// Whether the check was asked and about this project.
fn is_answered(check: &CheckRun) -> bool {
    match check.result {
        Result::Pass | Result::Fail | Result::Waived | Result::Pending | Result::Unknown => true,
        Result::Skipped | Result::NotAsked => false,
    }
}

/// A step; none where no check is of it.
pub(in crate::report) fn row(run: &Run, step: Step) -> Option<Vec<String>> {
    let all: Vec<&CheckRun> = run.checks.iter().filter(|check| check.step == step).collect();
    if all.is_empty() {
        return None;
    }
    let due: Vec<&CheckRun> = all.iter().copied().filter(|check| check.due).collect();
    let number = |results: &[Result]| {
        let same = due.iter().filter(|check| results.contains(&check.result)).count();
        if due.is_empty() { "-".to_owned() } else { same.to_string() }
    };
    let mut left: Vec<String> = Vec::new();
    let not_asked = due.iter().filter(|check| check.result == Result::NotAsked).count();
    if not_asked > 0 {
        left.push(format!("{not_asked} not asked"));
    }
    if due.is_empty() {
        let after = step == Step::MonitorLive;
        let when = if after { "due after the switch" } else { "not due at this gate" };
        left.push(format!("{} {when}", all.len()));
    }
    Some(vec![
        step.title().to_owned(),
        number(&[Result::Pass, Result::Waived]),
        number(&[Result::Fail]),
        number(&[Result::Pending]),
        number(&[Result::Unknown]),
        left.join(", "),
    ])
}

/// How results are known: a person's word apart from what was seen.
pub(super) fn add_basis(run: &Run, sheet: &mut Sheet) {
    sheet.row("Known by", known_by(run));
}

/// Who said how much, since when, and what of it lapses first.
pub(super) fn add_said(run: &Run, sheet: &mut Sheet) {
    let all = by_person(run);
    let one = |words: &Words<'_>| {
        let (by, role) = (prose(&words.said.by), prose(&words.said.role));
        let committed = words.said.committed.as_ref();
        let committed = committed.map(|how| format!(", {}", prose(how))).unwrap_or_default();
        format!("{} by {by} ({role}){committed}", words.number)
    };
    let mut facts: Vec<String> = all.iter().take(SAID).map(one).collect();
    if all.len() > SAID {
        facts.push(format!("{} more in --format json", all.len() - SAID));
    }
    facts.extend(all.iter().map(|words| words.oldest).min().map(|day| format!("oldest {day}")));
    facts.extend(
        first_to_lapse(&all)
            .map(|words| format!("the first lapses after {}: {}", words.until, words.first.id)),
    );
    sheet.row("Said", facts);
}

/// What was left out, taken for granted or doubted.
pub(super) fn add_aside(run: &Run, sheet: &mut Sheet) {
    let seen = &run.looked_at;
    if !seen.unclassified.is_empty() {
        sheet.row("Unplaced", vec![format!("of no environment: {}", first(4, &seen.unclassified))]);
    }
    sheet.row("Assumed", seen.assumed.iter().map(|text| prose(text)).collect());
    let mut notes: Vec<String> = seen
        .notes
        .iter()
        .take(NOTES)
        .map(|note| format!("{} {}", place(&note.location), prose(&note.message)))
        .collect();
    if seen.notes.len() > NOTES {
        notes.push(format!("{} more in --format json", seen.notes.len() - NOTES));
    }
    sheet.row("Doubtful", notes);
    let mut ending: Vec<String> = run
        .ending
        .iter()
        .take(NOTES)
        .map(|note| format!("{} {}", place(&note.location), prose(&note.message)))
        .collect();
    if run.ending.len() > NOTES {
        ending.push(format!("{} more in --format json", run.ending.len() - NOTES));
    }
    sheet.row("Soon over", ending);
    let passed: Vec<String> =
        seen.passed_over.iter().map(|(why, number)| format!("{number} {why}")).collect();
    if !passed.is_empty() {
        sheet.row("Left out", vec![format!("{} files", passed.join(", "))]);
    }
}

/// How many results are known how, and how many risks were accepted.
pub(in crate::report) fn known_by(run: &Run) -> Vec<String> {
    let said = run.tally.basis.iter().filter(|(_, number)| **number > 0);
    let mut facts: Vec<String> = said.map(|(basis, number)| known(*basis, *number)).collect();
    facts.extend(accepted(run));
    facts
}

/// How many risks are accepted, in every report; and waivers that count for nothing.
fn accepted(run: &Run) -> Vec<String> {
    let tally = &run.tally;
    let all: u64 = tally.waived.values().sum();
    let words = ["blocker", "major", "minor", "info"];
    let by = words.iter().filter_map(|word| Some(format!("{} {word}", tally.waived.get(*word)?)));
    let by: Vec<String> = by.collect();
    let mut facts = vec![match all {
        0 => "no risk accepted".to_owned(),
        all => format!("{} ({})", count(all, "risk accepted", "risks accepted"), by.join(", ")),
    }];
    if tally.idle_waivers > 0 {
        let idle = count(tally.idle_waivers, "waiver accepts nothing", "waivers accept nothing");
        facts.push(idle);
    }
    if tally.waivers_left_aside > 0 {
        let aside = count(tally.waivers_left_aside, "waiver", "waivers");
        facts.push(format!("{aside} left aside (--no-waivers)"));
    }
    facts
}

fn known(basis: Basis, number: u64) -> String {
    match basis {
        Basis::File => format!("{number} seen in files"),
        Basis::Live => format!("{number} asked live"),
        Basis::Observed => format!("{number} observed in their environment"),
        Basis::Reference => format!("{number} by reference or fingerprint, value not seen"),
        Basis::Earlier => format!("{number} from an earlier run"),
        Basis::Person => format!("{number} said by a person"),
    }
}

/// The next commands and the exit code.
pub(super) fn add_next(run: &Run, style: &Style, sheet: &mut Sheet) {
    let mut lines = Vec::new();
    let dash = match (style.plain, style.unicode) {
        (true, _) => " to ",
        (false, true) => "–",
        (false, false) => "-",
    };
    match number_to_fix(run) {
        0 => {}
        1 => lines.push("fix 1, then".to_owned()),
        many => lines.push(format!("fix 1{dash}{many}, then")),
    }
    if is_ready(run) && run.tally.after_switch > 0 && run.next.is_empty() {
        lines.push(format!(
            "{} due after the switch",
            count(run.tally.after_switch, "check", "checks")
        ));
    }
    lines.extend(run.next.iter().cloned());
    lines.push(format!("exit {}", run.verdict.exit));
    sheet.gap();
    sheet.push(Block::Verbatim { label: "NEXT", lines });
}
