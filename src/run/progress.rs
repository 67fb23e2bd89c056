//! What changed from one run to a later one: findings by their ids, checks by theirs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::outcome::{CheckRun, Finding, Result, Run, VerdictWord};
use crate::pack::{CheckId, Gate, Severity};

/// What changed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Progress {
    /// Always `golive/compare/v1`.
    pub schema: String,
    /// The two runs, the older first.
    pub between: [Ran; 2],
    /// Wrong then, and not now.
    pub fixed: Vec<Changed>,
    /// Not wrong then, and now.
    pub new: Vec<Changed>,
    /// Open then, accepted now.
    pub accepted: Vec<Changed>,
    /// Accepted then, open now.
    pub reopened: Vec<Changed>,
    /// Waited for a person then, confirmed now.
    pub confirmed: Vec<Changed>,
    /// Known then, and no longer: a confirmation that lapsed, an answer that was not asked again.
    pub lapsed: Vec<Changed>,
    /// Not told then, and now.
    pub answered: Vec<Changed>,
    /// Rules that ask less now: checks that are gone or weigh less, what narrowed the run.
    pub loosened: Vec<Changed>,
    /// Rules that are new.
    pub tightened: Vec<Changed>,
}

/// One of the runs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ran {
    /// Its verdict.
    pub verdict: VerdictWord,
    /// What limits it.
    pub qualifier: Option<String>,
    /// Its gate.
    pub gate: Gate,
    /// When it was, UTC.
    #[schemars(with = "String")]
    pub clock: Timestamp,
    /// The commit it judged.
    pub commit: Option<String>,
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changed {
    /// The finding's id, or the check's; a pack or a flag where a rule changed.
    pub id: String,
    /// What it says.
    pub says: String,
    /// How much it weighs, where it weighs anything.
    pub severity: Option<Severity>,
}

/// What changed from `old` to `new`.
pub fn progress(old: &Run, new: &Run) -> Progress {
    let (then, now) = (by_id(&old.findings), by_id(&new.findings));
    let open = |one: &Finding| one.waived.is_none();
    let from = |old_is: &dyn Fn(&Finding) -> bool, new_is: &dyn Fn(Option<&Finding>) -> bool| {
        let meant = then.iter().filter(|(id, one)| old_is(one) && new_is(now.get(*id).copied()));
        meant.map(|(_, one)| found(one)).collect::<Vec<Changed>>()
    };
    let results = |was: &dyn Fn(Result) -> bool, is: &dyn Fn(Result) -> bool| {
        let both = old.checks.iter().filter_map(|one| Some((one, check(new, &one.id)?)));
        let meant = both.filter(|(one, other)| was(one.result) && is(other.result));
        meant.map(|(_, other)| asked(other)).collect::<Vec<Changed>>()
    };
    let unsaid = |result| matches!(result, Result::Pending | Result::Unknown | Result::NotAsked);
    Progress {
        schema: "golive/compare/v1".to_owned(),
        between: [ran(old), ran(new)],
        fixed: from(&open, &|one| one.is_none()),
        new: now
            .iter()
            .filter(|(id, one)| open(one) && !then.contains_key(*id))
            .map(|(_, one)| found(one))
            .collect(),
        accepted: from(&open, &|one| one.is_some_and(|one| !open(one))),
        reopened: from(&|one| !open(one), &|one| one.is_some_and(open)),
        confirmed: results(&|was| was == Result::Pending, &|is| is == Result::Pass),
        lapsed: results(&|was| was == Result::Pass, &unsaid),
        answered: results(&|was| matches!(was, Result::Unknown | Result::NotAsked), &|is| {
            matches!(is, Result::Pass | Result::Fail | Result::Waived)
        }),
        loosened: loosened(old, new),
        tightened: missing(new, old, "a new check"),
    }
}

fn by_id(findings: &[Finding]) -> BTreeMap<&str, &Finding> {
    findings.iter().map(|one| (one.id.as_str(), one)).collect()
}

fn check<'r>(run: &'r Run, id: &CheckId) -> Option<&'r CheckRun> {
    run.checks.iter().find(|one| one.id == *id)
}

fn found(one: &Finding) -> Changed {
    let place = one.location.as_ref().map(|at| format!("{}:{}: ", at.path, at.line));
    let says = format!("{}{}", place.unwrap_or_default(), one.message);
    Changed { id: one.id.clone(), says, severity: Some(one.severity) }
}

fn asked(one: &CheckRun) -> Changed {
    let why = one.reason.as_ref().map(|reason| format!(" ({}: {})", reason.kind, reason.detail));
    let says = format!("{}{}", one.title, why.unwrap_or_default());
    Changed { id: one.id.to_string(), says, severity: Some(one.severity) }
}

fn loosened(old: &Run, new: &Run) -> Vec<Changed> {
    let mut all = missing(old, new, "no longer asked");
    for one in &old.checks {
        let lighter = check(new, &one.id).filter(|other| other.severity > one.severity);
        all.extend(lighter.map(|other| Changed {
            says: format!("weighs less: {}", other.title),
            ..asked(other)
        }));
    }
    for one in new.narrowed.iter().filter(|one| !old.narrowed.contains(one)) {
        all.push(Changed { id: one.flag.clone(), says: one.effect.clone(), severity: None });
    }
    all
}

/// Checks that only the first of two runs knows.
fn missing(has: &Run, lacks: &Run, what: &str) -> Vec<Changed> {
    let gone = has.checks.iter().filter(|one| check(lacks, &one.id).is_none());
    gone.map(|one| Changed {
        id: one.id.to_string(),
        says: format!("{what}: {}", one.title),
        severity: Some(one.severity),
    })
    .collect()
}

fn ran(run: &Run) -> Ran {
    Ran {
        verdict: run.verdict.word,
        qualifier: run.verdict.qualifier.clone(),
        gate: run.gate,
        clock: run.clock,
        commit: run.subject.commit.clone(),
    }
}
