//! What files that could not be read do to a result: a claim about all settings is not known to
//! hold, and nothing is known to be missing where such a file may hold it.

use super::super::judgement::{Judgement, Key, Raw};
use super::super::outcome::Result;
use super::super::view::View;
use crate::pack::{Check, Subject};
use crate::project::ProjectNote;

/// The judgement, given what was not read.
pub(super) fn regard(view: &View<'_>, check: &Check, mut judgement: Judgement) -> Judgement {
    let unreadable = &view.project.unreadable;
    match judgement.result {
        Result::Pass | Result::Skipped if is_about_all(&check.subject) => {
            untold(view, unreadable.iter())
        }
        Result::Fail => {
            let (open, shown): (Vec<Raw>, Vec<Raw>) =
                judgement.findings.drain(..).partition(|raw| hidden(view, raw).next().is_some());
            let none_left = shown.is_empty();
            judgement.findings = shown;
            match open.first() {
                Some(raw) if none_left => untold(view, hidden(view, raw)),
                _ => None,
            }
        }
        Result::Pass
        | Result::Waived
        | Result::Pending
        | Result::Unknown
        | Result::Skipped
        | Result::NotAsked => None,
    }
    .unwrap_or(judgement)
}

/// Whether one more setting could contradict the claim. What is required and found stays found.
fn is_about_all(subject: &Subject) -> bool {
    match subject {
        Subject::Forbid(_)
        | Subject::Differ(_)
        | Subject::Agree(_)
        | Subject::Parity(_)
        | Subject::Setting { .. } => true,
        Subject::Require { .. }
        | Subject::Dependency { .. }
        | Subject::Source(_)
        | Subject::History(_)
        | Subject::Library(_)
        | Subject::Confirm(_)
        | Subject::Probe(_)
        | Subject::Delivery(_)
        | Subject::Evidence(_)
        | Subject::Rules(_)
        | Subject::Look(_) => false,
    }
}

/// The files that may hold what a finding misses.
fn hidden<'a>(view: &'a View<'_>, raw: &'a Raw) -> impl Iterator<Item = &'a ProjectNote> {
    let name = match &raw.key {
        Key::Missing { environment, .. } => Some(environment),
        Key::Place(_) | Key::Own(_) => None,
    };
    let environment = name.and_then(|name| {
        view.project.environments.iter().find(|environment| environment.name == *name)
    });
    let unreadable = view.project.unreadable.iter();
    unreadable.filter(move |note| environment.is_some_and(|known| known.may_have(&note.path)))
}

fn untold<'a>(
    view: &View<'_>,
    mut unread: impl Iterator<Item = &'a ProjectNote>,
) -> Option<Judgement> {
    let first = unread.next()?;
    let path = view.mask.shown(&first.path);
    let more = unread.count();
    let files = if more == 0 { path } else { format!("{path} and {more} more") };
    Some(Judgement::unknown("unreadable", format!("{files}: {}", first.message)))
}
