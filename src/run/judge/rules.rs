//! `rules`: nothing that was judged is judged more lightly, or not at all.

use super::super::judgement::{Judgement, Key, Raw, seen};
use super::super::outcome::{Basis, Result};
use super::super::view::View;

/// Judges by the lock. What a change does to the rules of a base is told once it is judged by both;
/// until then they are kept.
pub(super) fn judge(view: &View<'_>) -> Judgement {
    let lock = view.project.lock.as_ref();
    let gone: Vec<Raw> = lock
        .into_iter()
        .flat_map(|lock| {
            let gone = lock.gone(view.library);
            gone.map(|(id, span)| {
                let id = view.mask.shown(&id.0);
                let at = lock.source.location(*span);
                Raw {
                    location: Some(view.masked(at.clone())),
                    ..Raw::about(Key::Place(at), format!("{id} is locked, and in no pack any more"))
                }
            })
        })
        .collect();
    if !gone.is_empty() {
        return Judgement::fail(Basis::File, gone);
    }
    let mut evidence = Vec::new();
    if let Some(base) = &view.asked.base {
        let short: String = base.commit.chars().take(7).collect();
        let revision = view.mask.shown(&base.revision);
        evidence.push(seen(format!("nothing is looser than by the rules of {revision} @{short}")));
    }
    if let Some(lock) = lock {
        evidence.push(seen(format!("every check of {} is there", lock.source.path())));
    }
    if evidence.is_empty() {
        let detail = "no --base and no golive.lock";
        return Judgement::other(Result::Skipped, "not used here", detail);
    }
    Judgement::pass(Basis::File, evidence)
}
