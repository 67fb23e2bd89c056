//! Places as a repository's own tools name them: by their paths from its top, also where a folder
//! below it was judged.

use std::borrow::Cow;

use crate::run::Run;
use crate::source::Location;

/// The run with every place named from the top of the repository.
pub(super) fn from_top(run: &Run) -> Cow<'_, Run> {
    let Some(folder) = &run.subject.folder else { return Cow::Borrowed(run) };
    let mut run = run.clone();
    let findings = run.findings.iter_mut().flat_map(|one| {
        let related = one.related.iter_mut().map(|other| &mut other.location);
        let trail = one.trail.iter_mut().map(|step| &mut step.location);
        one.location.iter_mut().chain(related).chain(trail)
    });
    let evidence = run.checks.iter_mut().flat_map(|check| &mut check.evidence);
    let evidence = evidence.filter_map(|line| line.location.as_mut());
    let seen = &mut run.looked_at;
    let notes = seen.unreadable.iter_mut().chain(&mut seen.notes).chain(&mut run.ending);
    let notes = notes.map(|note| &mut note.location);
    let packs = run.packs.iter_mut().filter_map(|pack| pack.at.as_mut());
    let all: Vec<&mut Location> = findings.chain(evidence).chain(notes).chain(packs).collect();
    for location in all {
        location.path = format!("{folder}/{}", location.path);
    }
    Cow::Owned(run)
}
