//! Judging static checks at once, where there is so much to look at that it pays.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::judgement::Judgement;
use super::view::View;
use crate::pack::{Check, CheckId};

/// From so many settings on it pays to start threads.
const MANY: usize = 10_000;

/// Judges those of `checks` that send nothing and need no other, if there are many settings. What
/// comes of it is the same in whatever order.
pub(super) fn judged<'c>(
    view: &View<'_>,
    checks: &[&'c Check],
    judge: &(dyn Fn(&Check) -> Judgement + Sync),
) -> BTreeMap<&'c CheckId, Judgement> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if threads == 1 || view.project.settings.len() < MANY {
        return BTreeMap::new();
    }
    let alone = |check: &&&Check| check.needs.is_empty() && !check.subject.is_live();
    let alone: Vec<&Check> = checks.iter().filter(alone).copied().collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut told = Vec::new();
        while let Some(check) = alone.get(next.fetch_add(1, Ordering::Relaxed)) {
            told.push((&check.id, judge(check)));
        }
        told
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut told: BTreeMap<&CheckId, Judgement> = work().into_iter().collect();
        for other in others {
            match other.join() {
                Ok(more) => told.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        told
    })
}
