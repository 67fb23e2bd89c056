//! What the page says, in order: plain text, which the template escapes.

use serde::Serialize;

use super::part::{Check, Group, checks, groups};
use crate::pack::{Step, Who};
use crate::report::checklist::{
    deciding, is_ready, known_by, not_covered, project, providers, purpose, rules, sent,
    settings_from, step_row, word,
};
use crate::report::items::{headline, place, to_fix};
use crate::report::when::moment;
use crate::report::wrap::prose;
use crate::run::{Result, Run, VerdictWord};

/// How much of what decides stands beside the verdict.
const DECIDING: usize = 8;

/// The page.
#[derive(Serialize)]
pub(super) struct Page {
    word: String,
    tone: &'static str,
    subject: String,
    gate: &'static str,
    at: String,
    facts: Vec<String>,
    because: Vec<String>,
    /// What decides, by its number.
    deciding: Vec<String>,
    more: usize,
    limits: Vec<String>,
    about: Vec<(&'static str, String)>,
    groups: Vec<Group>,
    steps: Vec<Part>,
    rest: Vec<(&'static str, Vec<String>)>,
    next: Vec<String>,
    exit: u8,
    results: Vec<(&'static str, &'static str)>,
    people: Vec<&'static str>,
}

/// A step with its checks.
#[derive(Serialize)]
struct Part {
    title: &'static str,
    cells: Vec<String>,
    note: String,
    checks: Vec<Check>,
}

/// What the page says of a run.
pub(super) fn page(run: &Run) -> Page {
    let groups = groups(run);
    let wrong: Vec<String> = to_fix(run)
        .into_iter()
        .flat_map(|(_, group)| group)
        .map(|(_, finding)| headline(finding))
        .collect();
    Page {
        word: word(run),
        tone: tone(run.verdict.word),
        subject: project(run),
        gate: run.gate.as_str(),
        at: moment(run.clock, None),
        facts: facts(run),
        because: because(run, &groups),
        more: wrong.len().saturating_sub(DECIDING),
        deciding: wrong.into_iter().take(DECIDING).collect(),
        limits: limits(run),
        about: about(run),
        groups,
        steps: Step::ALL.iter().filter_map(|step| part(run, *step)).collect(),
        rest: rest(run),
        next: run.next.clone(),
        exit: run.verdict.exit,
        results: results(run),
        people: people(run),
    }
}

fn tone(word: VerdictWord) -> &'static str {
    match word {
        VerdictWord::Go | VerdictWord::Pass => "good",
        VerdictWord::NoGo | VerdictWord::Fail => "bad",
        VerdictWord::Undetermined | VerdictWord::Undecided => "doubt",
    }
}

fn facts(run: &Run) -> Vec<String> {
    let mut facts = purpose(run);
    facts.extend(run.as_of.map(|day| format!("judged as on {day} (UTC)")));
    if let Some(until) = run.valid_until.filter(|_| is_ready(run)) {
        facts.push(format!("valid until {}", moment(until, None)));
    }
    facts.extend(deciding(run));
    if deciding(run).is_empty() && is_ready(run) {
        facts.push("nothing is open".to_owned());
    }
    facts
}

/// The reasons of the verdict, where no item says them.
fn because(run: &Run, groups: &[Group]) -> Vec<String> {
    if groups.iter().any(|group| group.decides) {
        return Vec::new();
    }
    run.verdict.because.iter().map(|why| prose(why)).collect()
}

fn limits(run: &Run) -> Vec<String> {
    let mut limits = Vec::new();
    if run.rehearsal {
        limits
            .push("A rehearsal against golive's own stand-in: no evidence of a launch".to_owned());
    }
    limits.extend(run.narrowed.iter().map(|one| format!("Partial: {}: {}", one.flag, one.effect)));
    limits
}

fn about(run: &Run) -> Vec<(&'static str, String)> {
    let mut about = vec![("Providers", providers(run))];
    if let Some(commit) = &run.subject.commit {
        let state =
            if run.subject.dirty == Some(true) { "with uncommitted changes" } else { "clean" };
        about.push(("Commit", format!("{commit}, {state}")));
    }
    about.push(("Judged", format!("{} gate, {}", run.gate.as_str(), moment(run.clock, None))));
    if let Some(until) = run.valid_until {
        about.push(("First answer lapses", moment(until, None)));
    }
    about.push(("Known by", known_by(run).join(" · ")));
    about.push(("Tool", format!("{} {}", run.tool.name, run.tool.version)));
    let packs = run.packs.iter().map(|pack| format!("{} {:.12}", pack.id, pack.digest));
    about.push(("Packs", packs.collect::<Vec<_>>().join(", ")));
    about.push(("Judged inputs", format!("sha256 {}", run.inputs_digest)));
    about.retain(|(_, text)| !text.is_empty());
    about
}

fn part(run: &Run, step: Step) -> Option<Part> {
    let mut cells = step_row(run, step)?;
    let note = cells.pop().unwrap_or_default();
    cells.remove(0);
    Some(Part { title: step.title(), cells, note, checks: checks(run, step) })
}

/// How the rest is known, and what was not looked at.
fn rest(run: &Run) -> Vec<(&'static str, Vec<String>)> {
    let seen = &run.looked_at;
    let notes = |notes: &[crate::run::Note]| {
        notes
            .iter()
            .map(|note| format!("{}  {}", place(&note.location), prose(&note.message)))
            .collect()
    };
    let passed = seen.passed_over.iter().map(|(why, number)| format!("{number} {why}"));
    let rest = [
        ("Read", settings_from(run)),
        ("Sent", sent(run)),
        ("Rules", rules(run).into_iter().collect()),
        (
            "Held back",
            run.sent
                .held_back
                .iter()
                .map(|one| format!("{}: {}", one.check, prose(&one.why)))
                .collect(),
        ),
        ("Not covered", not_covered(run)),
        ("Not read", notes(&seen.unreadable)),
        ("Of no environment", seen.unclassified.clone()),
        ("Assumed", seen.assumed.iter().map(|text| prose(text)).collect()),
        ("Doubtful", notes(&seen.notes)),
        ("Files left out", passed.collect()),
    ];
    rest.into_iter().filter(|(_, facts): &(&str, Vec<String>)| !facts.is_empty()).collect()
}

/// The results that there are, for the filter.
fn results(run: &Run) -> Vec<(&'static str, &'static str)> {
    use Result::{Fail, NotAsked, Pass, Pending, Skipped, Unknown, Waived};
    let all = [Fail, Pending, Unknown, Waived, Pass, Skipped, NotAsked];
    let here = |result: &Result| run.checks.iter().any(|check| check.result == *result);
    all.into_iter().filter(here).map(|result| (result.as_str(), said(result))).collect()
}

/// A result as a reader says it.
pub(super) fn said(result: Result) -> &'static str {
    match result {
        Result::Pass => "fine",
        Result::Fail => "wrong",
        Result::Waived => "accepted",
        Result::Pending => "waits for a person",
        Result::Unknown => "not told",
        Result::Skipped => "not about this project",
        Result::NotAsked => "not asked",
    }
}

fn people(run: &Run) -> Vec<&'static str> {
    let mut people: Vec<Who> = run.checks.iter().map(|check| check.who).collect();
    people.sort();
    people.dedup();
    people.into_iter().map(Who::as_str).collect()
}
