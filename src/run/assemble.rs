//! From judgements to the one document of a run.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::due::is_due;
use super::earlier;
use super::inputs::inputs_digest;
use super::judgement::Judgement;
use super::merge;
use super::outcome::{
    BaseSeen, Basis, CheckRun, Finding, Narrowed, Note, Result, Run, Sent, Subject, Tally, Tool,
    Verdict,
};
use super::seal::sealed;
use super::seen::{looked_at, not_covered, packs};
use super::verdict::{self, Decided};
use super::view::View;
use super::waive::waive;
use crate::pack::{self, Check, CheckId, Severity};
use crate::project::{FACTS_COUNT_FOR, Setting};

/// The document, from what every check came to and what was sent.
pub(super) fn run(view: &View<'_>, judged: Vec<(&Check, Judgement)>, sent: Sent) -> Run {
    let (mut findings, parts) = merge::items(view, &judged);
    let accepted = waive(view, &mut findings);
    let due = || judged.iter().filter(|(check, _)| is_due(check, view.asked.gate));
    let lapse = due().filter_map(|(_, judgement)| judgement.lapses).min();
    let last_days = due().filter_map(|(_, judgement)| judgement.until).chain(accepted.until);
    let last_day = last_days.min();
    let mut ending = accepted.ending;
    ending.extend(due().filter_map(|(check, judgement)| ending_word(view, check, judgement)));
    let waivers = of_waivers(view, &accepted.notes);
    let mut checks: Vec<CheckRun> = judged
        .into_iter()
        .map(|(check, judgement)| check_run(view, check, judgement, &parts))
        .collect();
    settle_waived(&mut checks, &findings);
    let (narrowed, grounds) = (narrowed(view), verdict::grounds(view));
    let verdict = Decided {
        gate: view.asked.gate,
        rehearsal: view.asked.rehearsal,
        grounds: &grounds,
        checks: &checks,
        findings: &findings,
        narrowed: &narrowed,
    }
    .verdict();
    sealed(Run {
        schema: "golive/report/v1".to_owned(),
        tool: tool(),
        rehearsal: view.asked.rehearsal,
        gate: view.asked.gate,
        narrowed: without_replay(narrowed, &verdict),
        subject: subject(view),
        clock: view.asked.clock,
        as_of: view.asked.as_of,
        base: view.asked.base.as_ref().map(|base| based(view, base)),
        valid_until: valid_until(view, last_day, &checks).into_iter().chain(lapse).min(),
        packs: packs(view),
        earlier: earlier::told(view),
        inputs_digest: inputs_digest(view),
        looked_at: looked_at(view, accepted.notes),
        not_covered: not_covered(view),
        tally: tally(&checks, &findings, waivers),
        ending,
        next: next(view, &findings, &checks, &sent),
        sent,
        findings,
        checks,
        verdict,
        grounds,
        digests: BTreeMap::new(),
    })
}

fn tool() -> Tool {
    Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

/// What narrowed the run, fit to be shown.
fn narrowed(view: &View<'_>) -> Vec<Narrowed> {
    let all = view.asked.narrowings().into_iter().chain(left_out(view));
    all.map(|one| Narrowed { effect: view.mask.shown(&one.effect), ..one }).collect()
}

/// A replay narrows only what it would decide: the recorded run and its replay say the same.
fn without_replay(narrowed: Vec<Narrowed>, verdict: &Verdict) -> Vec<Narrowed> {
    let decided_otherwise = verdict.exit != 3 || verdict.qualifier.is_none();
    narrowed.into_iter().filter(|one| !(decided_otherwise && one.flag == "--replay")).collect()
}

/// A check is waived when every one of its findings is.
pub(super) fn settle_waived(checks: &mut [CheckRun], findings: &[Finding]) {
    let waived: BTreeSet<&str> =
        findings.iter().filter(|one| one.waived.is_some()).map(|one| one.id.as_str()).collect();
    let open: BTreeSet<&str> =
        findings.iter().filter(|one| one.waived.is_none()).map(|one| one.id.as_str()).collect();
    for check in checks.iter_mut().filter(|check| check.result == Result::Fail) {
        let accepted = |id: &String| waived.contains(&**id) && !open.contains(&**id);
        if !check.findings.is_empty() && check.findings.iter().all(accepted) {
            check.result = Result::Waived;
        }
    }
}

/// When the first answer lapses: with the last day of a confirmation or a waiver that counts, or a
/// day after something was asked live.
fn valid_until(view: &View<'_>, last_day: Option<Date>, checks: &[CheckRun]) -> Option<Timestamp> {
    let midnight = last_day
        .and_then(|day| day.tomorrow().ok())
        .and_then(|next| next.to_zoned(TimeZone::UTC).ok())
        .map(|next| next.timestamp());
    let live = checks.iter().any(|check| check.basis == Some(Basis::Live));
    let answers = live.then(|| view.asked.clock.checked_add(jiff::Span::new().hours(24)).ok());
    midnight.into_iter().chain(answers.flatten()).chain(facts_until(view)).min()
}

/// When the first facts that count stop counting.
fn facts_until(view: &View<'_>) -> Option<Timestamp> {
    let observed = view.project.settings.iter().filter_map(Setting::observed);
    observed.map(|one| one.at).min()?.checked_add(FACTS_COUNT_FOR).ok()
}

/// That the manifest leaves out packs that are in use: a smaller question than the project asks.
fn left_out<'v>(view: &'v View<'_>) -> impl Iterator<Item = Narrowed> + 'v {
    view.project.left_out.iter().map(|seen| Narrowed {
        flag: "golive.yaml packs".to_owned(),
        effect: format!("without {}, which is in use ({})", seen.pack, view.mask.shown(&seen.by)),
    })
}

fn check_run(
    view: &View<'_>,
    check: &Check,
    judgement: Judgement,
    parts: &BTreeMap<CheckId, Vec<String>>,
) -> CheckRun {
    let own =
        if let pack::Subject::Confirm(confirm) = &check.subject { Some(confirm) } else { None };
    let asked = own.or(check.or_confirm.as_ref());
    CheckRun {
        id: check.id.clone(),
        title: check.title.clone(),
        step: check.step,
        severity: check.severity,
        who: check.who,
        answers: check.answers.clone(),
        due: is_due(check, view.asked.gate),
        only_warns: check.only_warns,
        result: judgement.result,
        reason: judgement.reason,
        basis: judgement.basis,
        evidence: judgement.evidence,
        findings: parts.get(&check.id).cloned().unwrap_or_default(),
        said: judgement.said,
        statement: asked.map(|confirm| confirm.statement.clone()),
        points: asked.map(|confirm| confirm.points.clone()).unwrap_or_default(),
        why: check.why.clone(),
        fix: check.fix.clone(),
        links: check.links.clone(),
    }
}

fn subject(view: &View<'_>) -> Subject {
    let commit = view.project.commit.as_ref();
    let purpose = &view.asked.purpose;
    let said = |text: &Option<String>| text.as_ref().map(|text| view.mask.shown(text));
    Subject {
        name: view.mask.shown(&view.project.tree.name()),
        folder: view.project.tree.folder().map(|folder| view.mask.hidden(&folder)),
        commit: commit.map(|commit| commit.id.clone()),
        dirty: commit.map(|commit| commit.dirty),
        release: said(&purpose.release),
        ticket: said(&purpose.ticket),
        artifact: said(&purpose.artifact),
    }
}

fn based(view: &View<'_>, base: &BaseSeen) -> BaseSeen {
    BaseSeen { revision: view.mask.shown(&base.revision), commit: base.commit.clone() }
}

/// How many waivers count for nothing.
fn of_waivers(view: &View<'_>, idle: &[Note]) -> Tally {
    let aside = if view.asked.no_waivers { view.project.manifest.waivers.len() } else { 0 };
    Tally { idle_waivers: count(idle.len()), waivers_left_aside: count(aside), ..Tally::default() }
}

/// That what a person said ends soon.
fn ending_word(view: &View<'_>, check: &Check, judgement: &Judgement) -> Option<Note> {
    let ends = view.ends_soon(judgement.until?)?;
    let location = judgement.evidence.iter().find_map(|line| line.location.clone())?;
    Some(Note { location, message: format!("the confirmation of {} {ends}", check.id) })
}

/// How many items and results there are; `tally` counts the waivers already.
pub(super) fn tally(checks: &[CheckRun], findings: &[Finding], mut tally: Tally) -> Tally {
    for finding in findings {
        let severity = match finding.severity {
            Severity::Blocker => "blocker",
            Severity::Major => "major",
            Severity::Minor => "minor",
            Severity::Info => "info",
        };
        let counts = if finding.waived.is_some() { &mut tally.waived } else { &mut tally.wrong };
        *counts.entry(severity.to_owned()).or_default() += 1;
    }
    for check in checks {
        if !check.due {
            tally.after_switch += u64::from(check.step == pack::Step::MonitorLive);
            continue;
        }
        tally.due += 1;
        tally.pending += u64::from(check.result == Result::Pending);
        tally.unknown += u64::from(check.result == Result::Unknown);
        let results = tally.steps.entry(check.step).or_default();
        *results.entry(check.result.as_str().to_owned()).or_default() += 1;
        if let (Result::Pass, Some(basis)) = (check.result, check.basis) {
            *tally.basis.entry(basis).or_default() += 1;
        }
    }
    tally
}

/// The same of a run's own results; how many waivers count for nothing only the run itself tells.
pub(super) fn tally_again(run: &Run) -> Tally {
    let waivers = Tally {
        idle_waivers: run.tally.idle_waivers,
        waivers_left_aside: run.tally.waivers_left_aside,
        ..Tally::default()
    };
    tally(&run.checks, &run.findings, waivers)
}

/// What of the next command line has to go, as a comment of a shell: what stood in for something
/// real.
fn partial(view: &View<'_>) -> String {
    let stood_in = ["--connect", "--trust-ca", "--receiver"];
    let narrowed = view.asked.narrowings();
    let left: Vec<&str> = stood_in
        .into_iter()
        .filter(|flag| narrowed.iter().any(|one| one.flag == *flag))
        .map(|flag| if flag == "--receiver" { "an address after --receiver" } else { flag })
        .collect();
    if left.is_empty() { String::new() } else { format!("  # without {}", left.join(", ")) }
}

/// The next commands, in order.
fn next(view: &View<'_>, findings: &[Finding], checks: &[CheckRun], sent: &Sent) -> Vec<String> {
    let mut next = Vec::new();
    let deciding = findings.iter().any(|finding| finding.severity <= Severity::Major);
    if view.in_use.len() < 2 && findings.is_empty() {
        next.push("golive list".to_owned());
    }
    if let Some(first) = findings.first().filter(|_| deciding) {
        next.push(format!("golive explain {}", first.check));
    }
    let partial = partial(view);
    if sent.not_asked > 0 {
        next.push("golive check --plan".to_owned());
        next.push("golive check --live".to_owned());
    } else if deciding || checks.iter().any(|check| check.result == Result::Unknown) {
        let live = if sent.requests > 0 { " --live" } else { "" };
        // what is wrong is mended against what showed it
        let partial = if deciding { "" } else { &partial };
        next.push(format!("golive check{live}{partial}"));
    } else if !partial.is_empty() {
        next.push(format!("golive check --live{partial}"));
    }
    next
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl View<'_> {
    /// Settings that a report may count as seen.
    pub fn seen(&self) -> impl Iterator<Item = &Setting> {
        self.project.settings.iter().filter(|setting| !setting.in_force.is_empty())
    }
}
