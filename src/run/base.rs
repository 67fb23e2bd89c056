//! A change judged by two sets of rules: those of its base and its own. The stricter is in force.

use std::collections::BTreeMap;

use super::assemble::{settle_waived, tally_again};
use super::merge::{plain_id, worst_first};
use super::outcome::{self, Basis, CheckRun, Finding, Run};
use super::seal::sealed;
use super::verdict::Decided;
use crate::pack::CheckId;
use crate::source::Location;

/// The check that tells what a change does to the rules. Nobody accepts that by a waiver, which is a
/// part of the same rules.
pub const LOOSENED: &str = "core/rules-loosened";
/// How many results that get better are named.
const NAMED: usize = 3;

/// Something that a change does to the rules. All text in it is masked.
#[derive(Clone, Debug)]
pub struct Loosening {
    /// What it does, as after "this change".
    pub what: String,
    /// Where.
    pub location: Location,
    /// Whether it loosens them whatever they judge.
    pub always: bool,
}

/// A change that is judged by the rules of its base and by its own.
pub struct Judged {
    /// The run by the rules of the base.
    pub by_base: Run,
    /// The run by the change's own rules, of files alone.
    pub by_change: Run,
    /// What the change does to the rules.
    pub changes: Vec<Loosening>,
    /// Who vouches for it: an approver of the base, with whose word its own rules are in force; or why
    /// a name counts for nothing.
    pub vouched: Option<Result<String, String>>,
}

/// The run by the stricter rules; by the change's own where an approver of the base vouches.
pub fn stricter(judged: Judged) -> Run {
    let Judged { by_base, by_change, changes, vouched } = judged;
    let better = better(&by_base, &by_change);
    let mut run = match &vouched {
        Some(Ok(_)) => by_change,
        Some(Err(_)) | None => joined(by_base, by_change),
    };
    let counts = |change: &&Loosening| change.always || !better.is_empty();
    let counted: Vec<&Loosening> = changes.iter().filter(counts).collect();
    loosened(&mut run, &counted, &better, vouched.as_ref());
    settle(run)
}

/// The checks that come off better by the change's rules than by the base's.
fn better(by_base: &Run, by_change: &Run) -> Vec<CheckId> {
    let now = |id: &CheckId| by_change.checks.iter().find(|check| check.id == *id);
    let off_better = |check: &&CheckRun| match now(&check.id) {
        None => strictness(check) < Strictness::Accepted,
        // of files alone: what is asked live tells nothing here
        Some(now) if now.result == outcome::Result::NotAsked => false,
        Some(now) => {
            let lighter = now.severity > check.severity;
            let (now, then) = (strictness(now), strictness(check));
            now > then || now == then && then < Strictness::NotAsked && lighter
        }
    };
    let mut all: Vec<CheckId> =
        by_base.checks.iter().filter(off_better).map(|check| check.id.clone()).collect();
    let lighter = |one: &&Finding| {
        let found = by_change.findings.iter().find(|other| same(one, other));
        one.waived.is_none()
            && found.is_none_or(|now| now.waived.is_some() || now.severity > one.severity)
    };
    for finding in by_base.findings.iter().filter(lighter) {
        let live = finding.exchange.is_some();
        if !live && !all.contains(&finding.check) {
            all.push(finding.check.clone());
        }
    }
    all
}

/// How strict a result is; the strictest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strictness {
    Wrong,
    Untold,
    Waits,
    NotAsked,
    Accepted,
    Fine,
}

fn strictness(check: &CheckRun) -> Strictness {
    match check.result {
        outcome::Result::Fail => Strictness::Wrong,
        outcome::Result::Unknown => Strictness::Untold,
        outcome::Result::Pending => Strictness::Waits,
        outcome::Result::NotAsked => Strictness::NotAsked,
        outcome::Result::Waived => Strictness::Accepted,
        outcome::Result::Skipped | outcome::Result::Pass => Strictness::Fine,
    }
}

/// Whether two findings are one: ids differ where the salts do.
fn same(one: &Finding, other: &Finding) -> bool {
    one.id == other.id
        || (&one.check, &one.location, &one.message)
            == (&other.check, &other.location, &other.message)
}

/// Both runs as one: of every check the worse result, and every finding of either.
fn joined(by_base: Run, by_change: Run) -> Run {
    let mut run = by_base;
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for finding in by_change.findings {
        match run.findings.iter_mut().find(|one| same(one, &finding)) {
            Some(one) => {
                known.insert(finding.id, one.id.clone());
                one.waived = one.waived.take().filter(|_| finding.waived.is_some());
                one.waived_until = one.waived_until.filter(|_| one.waived.is_some());
                one.severity = one.severity.min(finding.severity);
            }
            None => run.findings.push(finding),
        }
    }
    for mut check in by_change.checks {
        for id in &mut check.findings {
            if let Some(other) = known.get(id) {
                id.clone_from(other);
            }
        }
        match run.checks.iter_mut().find(|one| one.id == check.id) {
            // of files alone: what is asked live is the base's
            Some(_) if check.result == outcome::Result::NotAsked => {}
            Some(one) => *one = worse(one.clone(), check),
            None => run.checks.push(check),
        }
    }
    run.checks.sort_by(|one, other| one.id.cmp(&other.id));
    run.grounds.core_only &= by_change.grounds.core_only;
    for missing in by_change.grounds.missing {
        if !run.grounds.missing.contains(&missing) {
            run.grounds.missing.push(missing);
        }
    }
    for narrowed in by_change.narrowed {
        if !run.narrowed.contains(&narrowed) {
            run.narrowed.push(narrowed);
        }
    }
    run.valid_until = run.valid_until.into_iter().chain(by_change.valid_until).min();
    run
}

fn worse(one: CheckRun, other: CheckRun) -> CheckRun {
    let mut findings = one.findings.clone();
    findings.extend(other.findings.iter().filter(|id| !one.findings.contains(id)).cloned());
    let severity = one.severity.min(other.severity);
    let worst = if strictness(&other) < strictness(&one) { other } else { one };
    CheckRun { severity, findings, ..worst }
}

/// Adds what the change does to the rules.
fn loosened(
    run: &mut Run,
    changes: &[&Loosening],
    better: &[CheckId],
    vouched: Option<&Result<String, String>>,
) {
    let Some(check) = run.checks.iter_mut().find(|check| *check.id.0 == *LOOSENED) else { return };
    // --only and --skip leave it out like any other
    if check.result == outcome::Result::NotAsked || changes.is_empty() {
        return;
    }
    let named: Vec<&str> = better.iter().take(NAMED).map(|id| &*id.0).collect();
    let more = better.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let effect = match better {
        [] => String::new(),
        [_, ..] => format!("; by it {}{more} would be better", named.join(", ")),
    };
    let force = match vouched {
        Some(Ok(_)) => String::new(),
        Some(Err(why)) => format!("; not in force: {why}"),
        None => "; not in force before it is merged".to_owned(),
    };
    let mut findings = Vec::new();
    for change in changes {
        let effect = if change.always { "" } else { &effect };
        let message = format!("this change {}{effect}{force}", change.what);
        let id = plain_id(&check.id, &message);
        let mut finding = Finding::of(check, id, (message, change.location.clone()));
        let by = vouched.and_then(|vouched| vouched.as_ref().ok());
        finding.waived = by.map(|name| format!("{name} vouches for the new rules"));
        findings.push(finding);
    }
    check.result = outcome::Result::Fail;
    check.basis = Some(Basis::File);
    check.evidence = Vec::new();
    check.reason = None;
    check.findings = findings.iter().map(|one| one.id.clone()).collect();
    run.findings.extend(findings);
}

/// The verdict and the counts of what both runs came to.
fn settle(mut run: Run) -> Run {
    run.findings.sort_by(worst_first);
    settle_waived(&mut run.checks, &run.findings);
    run.tally = tally_again(&run);
    run.verdict = Decided::of(&run).verdict();
    sealed(run)
}
