//! Judging static checks at once, where there is so much to look at that it pays.

use std::collections::BTreeMap;

use super::judgement::Judgement;
use super::view::View;
use crate::pack::{Check, CheckId};
use crate::source::together;

/// From so many settings on it pays to start threads.
const MANY: usize = 10_000;

/// Judges those of `checks` that send nothing and need no other, if there are many settings. What
/// comes of it is the same in whatever order.
pub(super) fn judged<'c>(
    view: &View<'_>,
    checks: &[&'c Check],
    judge: &(dyn Fn(&Check) -> Judgement + Sync),
) -> BTreeMap<&'c CheckId, Judgement> {
    if view.project.settings.len() < MANY {
        return BTreeMap::new();
    }
    let alone = |check: &&&Check| check.needs.is_empty() && !check.subject.is_live();
    let alone: Vec<&Check> = checks.iter().filter(alone).copied().collect();
    let told = together(&alone, 2, |check| judge(check));
    alone.iter().map(|check| &check.id).zip(told).collect()
}
