//! The order of checks: those that a check needs come first, live ones last.

use std::collections::BTreeMap;

use super::assemble;
use super::due::is_due;
use super::judge::{applies, judge};
use super::judgement::Judgement;
use super::live::{self, Live};
use super::outcome::{Gate, Reason, Result, Run};
use super::view::View;
use crate::pack::{Check, CheckId, Subject};

/// Judges a project: static checks first, then the live ones.
pub fn run(view: &View<'_>, live: Live<'_>) -> Run {
    let checks: Vec<&Check> = view
        .library
        .checks
        .iter()
        .filter(|check| view.in_use.iter().any(|pack| pack.id == check.id.pack()))
        .collect();
    let mut told: BTreeMap<CheckId, Judgement> = BTreeMap::new();
    let mut waiting: Vec<&Check> = Vec::new();
    for check in by_needs(&checks) {
        let judgement = match refused(view, check, &told) {
            Some(judgement) => judgement,
            None if check.subject.is_live() => {
                waiting.push(check);
                continue;
            }
            None => left_to_others(view, judge(view, check)),
        };
        told.insert(check.id.clone(), judgement);
    }
    let sent = live::ask(view, &waiting, live, &mut told);
    let judged =
        checks.into_iter().filter_map(|check| Some((check, told.remove(&check.id)?))).collect();
    assemble::run(view, judged, sent)
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
    if let Subject::NotBuilt(word) = &check.subject {
        return Some(Judgement::unknown("unexplained", format!("`{word}` is not built")));
    }
    match applies(view, check) {
        Some(true) => {}
        Some(false) => {
            return Some(Judgement::other(Result::Skipped, "not used here", "its `when` is false"));
        }
        None => {
            return Some(Judgement::unknown("unexplained", "its `when` could not be told"));
        }
    }
    for need in &check.needs {
        match told.get(need).map(|judgement| judgement.result) {
            Some(Result::Pass) | None => {}
            Some(Result::NotAsked) => {
                return Some(Judgement::other(Result::NotAsked, "needs", need.to_string()));
            }
            Some(
                Result::Fail | Result::Waived | Result::Pending | Result::Unknown | Result::Skipped,
            ) => return Some(Judgement::unknown("needs", need.to_string())),
        }
    }
    None
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
