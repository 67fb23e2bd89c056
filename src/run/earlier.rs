//! Earlier runs as evidence: of the same inputs and packs, fresh, and against no stand-in.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::inputs::inputs_digest;
use super::judgement::{Judgement, Key, Raw, seen};
use super::outcome::{Basis, CheckRun, Reason, Result, Run, Verdict, VerdictWord};
use super::view::View;
use crate::pack::{Check, CheckId, Evidence, Gate};

/// For how many days an answer of an earlier run stands in where nothing was to be sent.
const STANDS_IN_DAYS: u32 = 7;

/// For how many days it does while the provider cannot answer.
const OUTAGE_DAYS: u32 = 1;

/// An earlier run, as far as it can be evidence.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// Its file, fit to be shown.
    pub file: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// What it decided about.
    pub gate: Gate,
    /// What it decided.
    pub verdict: Verdict,
    /// Whether it was against the tool's own stand-in.
    pub rehearsal: bool,
    /// The flags that narrowed it.
    pub narrowed: Vec<String>,
    /// When it was.
    pub clock: Timestamp,
    /// What it judged, as one digest.
    pub inputs_digest: String,
    /// Parts of its report that were edited since it was written.
    pub edited: Vec<String>,
    /// What was answered live.
    pub answers: BTreeMap<CheckId, Result>,
}

/// An earlier run that was given, in a report.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EarlierSeen {
    /// Its file as it was given.
    pub file: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Its gate.
    pub gate: Gate,
    /// Its verdict.
    pub verdict: VerdictWord,
    /// When it was, UTC.
    #[schemars(with = "String")]
    pub clock: Timestamp,
    /// Why it is no evidence, where it is none.
    pub refused: Option<String>,
}

impl Earlier {
    /// What of a run can be evidence.
    pub fn of(run: &Run, (file, sha256): (String, String), edited: Vec<String>) -> Self {
        let live = |check: &&CheckRun| check.basis == Some(Basis::Live);
        Self {
            file,
            sha256,
            gate: run.gate,
            verdict: run.verdict.clone(),
            rehearsal: run.rehearsal,
            narrowed: run.narrowed.iter().map(|one| one.flag.clone()).collect(),
            clock: run.clock,
            inputs_digest: run.inputs_digest.clone(),
            edited,
            answers: run
                .checks
                .iter()
                .filter(live)
                .map(|check| (check.id.clone(), check.result))
                .collect(),
        }
    }

    /// The day and the minute, and the file.
    fn cited(&self) -> String {
        format!("{} UTC, {}", self.clock.strftime("%-d %b %Y %H:%M"), self.file)
    }

    /// When it stops to be evidence.
    fn until(&self, days: u32) -> Option<Timestamp> {
        self.clock.checked_add(SignedDuration::from_hours(i64::from(days) * 24)).ok()
    }

    /// Why it is no evidence for a run, where it is none.
    fn fault(&self, view: &View<'_>, digest: &str, days: u32) -> Option<String> {
        let now = view.now();
        if view.asked.gate == Gate::Change {
            return Some("the change gate judges files alone".to_owned());
        }
        if let Some(part) = self.edited.first() {
            return Some(format!("its report was edited: {part}"));
        }
        if self.rehearsal {
            return Some("it was a rehearsal against a stand-in".to_owned());
        }
        if !self.narrowed.is_empty() {
            return Some(format!("it was partial: {}", self.narrowed.join(", ")));
        }
        if self.clock > now {
            return Some("it is dated after this run".to_owned());
        }
        if self.until(days).is_none_or(|until| until < now) {
            let hours = now.duration_since(self.clock).as_hours();
            let limit = u64::from(days) * 24;
            return Some(format!("it is {hours} hours old, and {limit} count"));
        }
        if self.inputs_digest != digest {
            return Some("it judged other files or other packs".to_owned());
        }
        None
    }
}

/// Judges a check that asks for an earlier run.
pub(super) fn judge(view: &View<'_>, check: &Check, evidence: Evidence) -> Judgement {
    if view.asked.rehearsal {
        let why = "a rehearsal asks for no earlier run";
        return Judgement::other(Result::NotAsked, "rehearsal", why);
    }
    let gate = evidence.gate.as_str();
    let of_gate: Vec<&Earlier> =
        newest_first(view).into_iter().filter(|one| one.gate == evidence.gate).collect();
    let Some(newest) = of_gate.first() else {
        let how = format!(
            "golive check --gate {gate} --live --output json={gate}.json, then --evidence \
             {gate}.json"
        );
        return Judgement::unknown(Reason::NO_FRESH_RUN, how);
    };
    let digest = inputs_digest(view);
    let counts = of_gate.iter().find(|one| one.fault(view, &digest, evidence.fresh_days).is_none());
    let Some(counts) = counts else {
        let why = newest.fault(view, &digest, evidence.fresh_days).unwrap_or_default();
        return Judgement::unknown(Reason::NO_FRESH_RUN, format!("{}: {why}", newest.cited()));
    };
    let word = counts.verdict.word.as_str();
    let line = format!("{gate} gate: {word} on {}", counts.cited());
    match counts.verdict.word {
        VerdictWord::Pass | VerdictWord::Go => Judgement {
            lapses: counts.until(evidence.fresh_days),
            ..Judgement::pass(Basis::Earlier, vec![seen(line)])
        },
        VerdictWord::Fail | VerdictWord::NoGo => {
            Judgement::fail(Basis::Earlier, vec![failed(check, line)])
        }
        VerdictWord::Undecided | VerdictWord::Undetermined => {
            Judgement::unknown(Reason::NO_FRESH_RUN, line)
        }
    }
}

fn failed(check: &Check, message: String) -> Raw {
    let identity = "failed".to_owned();
    Raw { identity, ..Raw::about(Key::Own(check.id.clone()), message) }
}

/// What an earlier run says of a live check that was not asked now, where one says anything.
pub(super) fn in_place_of_asking(view: &View<'_>, check: &Check) -> Option<Judgement> {
    let (earlier, result) = answer(view, check, STANDS_IN_DAYS)?;
    match result {
        Result::Pass => Some(stood_in(earlier, STANDS_IN_DAYS)),
        Result::Fail | Result::Waived => {
            let why = format!("it failed on {}: add --live", earlier.cited());
            Some(Judgement::unknown(Reason::NO_FRESH_RUN, why))
        }
        Result::Pending | Result::Unknown | Result::Skipped | Result::NotAsked => None,
    }
}

/// What an earlier run says of a check whose provider cannot answer now.
pub(super) fn in_an_outage(view: &View<'_>, check: &Check) -> Option<Judgement> {
    let (earlier, result) = answer(view, check, OUTAGE_DAYS)?;
    (result == Result::Pass).then(|| stood_in(earlier, OUTAGE_DAYS))
}

fn stood_in(earlier: &Earlier, days: u32) -> Judgement {
    let line = seen(format!("passed on {}", earlier.cited()));
    Judgement { lapses: earlier.until(days), ..Judgement::pass(Basis::Earlier, vec![line]) }
}

/// The newest answer that counts: an old right one never beats a newer wrong one.
fn answer<'a>(view: &'a View<'_>, check: &Check, days: u32) -> Option<(&'a Earlier, Result)> {
    if view.asked.earlier.is_empty() {
        return None;
    }
    let digest = inputs_digest(view);
    newest_first(view).into_iter().find_map(|one| {
        let result = *one.answers.get(&check.id)?;
        one.fault(view, &digest, days).is_none().then_some((one, result))
    })
}

fn newest_first<'a>(view: &'a View<'_>) -> Vec<&'a Earlier> {
    let mut all: Vec<&Earlier> = view.asked.earlier.iter().collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.clock));
    all
}

/// The earlier runs that were given, each with why it is no evidence.
pub(super) fn told(view: &View<'_>) -> Vec<EarlierSeen> {
    if view.asked.earlier.is_empty() {
        return Vec::new();
    }
    let digest = inputs_digest(view);
    let given = view.asked.earlier.iter().map(|one| EarlierSeen {
        file: one.file.clone(),
        sha256: one.sha256.clone(),
        gate: one.gate,
        verdict: one.verdict.word,
        clock: one.clock,
        refused: one.fault(view, &digest, STANDS_IN_DAYS),
    });
    given.collect()
}
