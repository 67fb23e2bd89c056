//! The order of checks: those that a check needs come first, live ones last.

use std::collections::BTreeMap;

use super::ahead;
use super::assemble;
use super::due::is_due;
use super::judge::{judge, or_confirmed, unapplied};
use super::judgement::Judgement;
use super::live::{self, Live};
use super::outcome::{Reason, Result, Run};
use super::view::View;
use crate::pack::{Check, CheckId, Gate};

/// Judges a project: static checks first, then the live ones.
pub fn run(view: &View<'_>, live: Live<'_>) -> Run {
    let checks: Vec<&Check> = view
        .library
        .checks
        .iter()
        .filter(|check| view.in_use.iter().any(|pack| pack.id == check.id.pack()))
        .collect();
    let mut told: BTreeMap<CheckId, Judgement> = BTreeMap::new();
    let (mut waiting, mut after): (Vec<&Check>, Vec<&Check>) = (Vec::new(), Vec::new());
    let wanted: Vec<&Check> =
        checks.iter().filter(|check| refused(view, check, &told).is_none()).copied().collect();
    let mut ahead = ahead::judged(view, &wanted, &|check| judged(view, check));
    for check in by_needs(&checks) {
        let needs = |others: &[&Check]| others.iter().any(|one| check.needs.contains(&one.id));
        let refused = refused(view, check, &told);
        if refused.is_none() && (needs(&after) || !check.subject.is_live() && needs(&waiting)) {
            after.push(check);
        } else if refused.is_none() && check.subject.is_live() {
            waiting.push(check);
        } else {
            let known = refused.or_else(|| ahead.remove(&check.id));
            told.insert(check.id.clone(), known.unwrap_or_else(|| judged(view, check)));
        }
    }
    let sent = live::ask(view, &waiting, live, &mut told);
    for check in waiting {
        if let Some(answered) = told.remove(&check.id) {
            told.insert(check.id.clone(), or_confirmed(view, check, answered));
        }
    }
    for check in after {
        // a live check that waits for one that waited for answers has missed its turn
        let late = || Judgement::unknown("needs", "a check that waited for answers itself");
        let told_now = unmet(check, &told)
            .unwrap_or_else(|| if check.subject.is_live() { late() } else { judged(view, check) });
        told.insert(check.id.clone(), told_now);
    }
    let judged =
        checks.into_iter().filter_map(|check| Some((check, told.remove(&check.id)?))).collect();
    assemble::run(view, judged, sent)
}

fn judged(view: &View<'_>, check: &Check) -> Judgement {
    left_to_others(view, judge(view, check))
}

/// The change gate reads files alone: what only the outside can tell is not asked there.
fn left_to_others(view: &View<'_>, judgement: Judgement) -> Judgement {
    let outside = judgement
        .reason
        .as_ref()
        .is_some_and(|reason| matches!(&*reason.kind, "not found" | "may come from"));
    if view.asked.gate != Gate::Change || judgement.result != Result::Unknown || !outside {
        return judgement;
    }
    let detail = judgement.reason.map(|reason| reason.detail).unwrap_or_default();
    Judgement::other(Result::NotAsked, Reason::NOT_DUE, format!("files do not tell: {detail}"))
}

/// Why a check is not judged at all, where it is not.
fn refused(
    view: &View<'_>,
    check: &Check,
    told: &BTreeMap<CheckId, Judgement>,
) -> Option<Judgement> {
    let asked = view.asked;
    if !is_due(check, asked.gate) {
        let when = format!("not due at the {} gate", asked.gate.as_str());
        return Some(Judgement::other(Result::NotAsked, Reason::NOT_DUE, when));
    }
    if !asked.wants(&check.id.0) {
        return Some(Judgement::other(Result::NotAsked, Reason::NARROWED, "--only or --skip"));
    }
    if let Some(judgement) = unapplied(view, check) {
        return Some(judgement);
    }
    let in_use = |need: &CheckId| view.in_use.iter().any(|pack| pack.id == need.pack());
    if let Some(need) = check.needs.iter().find(|need| !in_use(need)) {
        return Some(Judgement::unknown("needs", format!("{need}, whose pack is not in use")));
    }
    unmet(check, told)
}

/// What comes of a check when one that it needs did not pass; none while that may still be.
pub(super) fn unmet(check: &Check, told: &BTreeMap<CheckId, Judgement>) -> Option<Judgement> {
    let result = |need: &&CheckId| told.get(*need).map(|judgement| judgement.result);
    let unmet = |need: &&CheckId| !matches!(result(need), Some(Result::Pass) | None);
    let need = check.needs.iter().find(unmet)?;
    Some(match result(&need) {
        Some(Result::NotAsked) => Judgement::other(Result::NotAsked, "needs", need.to_string()),
        _ => Judgement::unknown("needs", need.to_string()),
    })
}

/// Checks in an order in which each comes after those that it needs. The packs hold no cycle.
fn by_needs<'a>(checks: &[&'a Check]) -> Vec<&'a Check> {
    let mut ordered: Vec<&Check> = Vec::new();
    let mut left: Vec<&Check> = checks.to_vec();
    while !left.is_empty() {
        let (ready, rest): (Vec<&Check>, Vec<&Check>) = left.iter().copied().partition(|check| {
            check.needs.iter().all(|need| !left.iter().any(|other| other.id == *need))
        });
        if ready.is_empty() {
            ordered.extend(rest);
            break;
        }
        ordered.extend(ready);
        left = rest;
    }
    ordered
}
