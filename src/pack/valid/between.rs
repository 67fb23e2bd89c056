//! What checks say about each other.

use std::collections::{BTreeMap, BTreeSet};

use super::ValidCheck;
use crate::pack::{Check, CheckId, Subject};
use crate::source::Diagnostic;

/// Says captures that nothing offers, and checks that need each other.
pub(crate) fn between(checks: &[ValidCheck], found: &mut Vec<Diagnostic>) {
    captures(checks, found);
    cycles(checks, found);
}

/// What a template captures, a check that it needs offers.
fn captures(checks: &[ValidCheck], found: &mut Vec<Diagnostic>) {
    let offered: BTreeMap<&CheckId, BTreeSet<&str>> =
        checks.iter().map(|one| (&one.check.id, offers(&one.check))).collect();
    for one in checks {
        let needed: Option<Vec<_>> = one.check.needs.iter().map(|id| offered.get(id)).collect();
        // what a check with mistakes would offer cannot be told
        let Some(needed) = needed else { continue };
        let known: BTreeSet<&str> = needed.into_iter().flatten().copied().collect();
        for (name, span) in &one.captures {
            if !known.contains(name.as_str()) {
                let message = format!("no check that this one needs captures `{name}`");
                let help = "a capture is offered by an outcome of a check under `needs`";
                let diagnostic = Diagnostic::error(&one.check.source, *span, message);
                found.push(diagnostic.with_help(help));
            }
        }
    }
}

fn offers(check: &Check) -> BTreeSet<&str> {
    let outcomes = match &check.subject {
        Subject::Probe(probe) => probe.outcomes.as_slice(),
        Subject::Delivery(deliveries) => &deliveries.outcomes,
        Subject::Look(look) => &look.outcomes,
        Subject::Forbid(_)
        | Subject::Require { .. }
        | Subject::Differ(_)
        | Subject::Agree(_)
        | Subject::Parity(_)
        | Subject::Setting { .. }
        | Subject::Dependency { .. }
        | Subject::Source(_)
        | Subject::History(_)
        | Subject::Library(_)
        | Subject::Confirm(_)
        | Subject::Evidence(_)
        | Subject::Rules(_) => &[],
    };
    outcomes.iter().flat_map(|outcome| outcome.capture.keys()).map(String::as_str).collect()
}

/// Checks that need each other, in a circle, are never asked.
fn cycles(checks: &[ValidCheck], found: &mut Vec<Diagnostic>) {
    let needs: BTreeMap<&CheckId, &ValidCheck> =
        checks.iter().map(|one| (&one.check.id, one)).collect();
    let mut said: BTreeSet<&CheckId> = BTreeSet::new();
    for one in checks {
        let mut path = vec![&one.check.id];
        if said.contains(&one.check.id) || !closes(&needs, &mut path, &mut BTreeSet::new()) {
            continue;
        }
        said.extend(&path);
        let second = path.get(1).copied().unwrap_or(&one.check.id);
        let span = one.needs.iter().find(|(id, _)| id == second).map(|(_, span)| *span);
        let names = path.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let message = format!("these checks need each other: {names}");
        found.push(Diagnostic::error(&one.check.source, span.unwrap_or_default(), message));
    }
}

/// Extends `path` to a way back to its start, if there is one.
fn closes<'a>(
    needs: &BTreeMap<&'a CheckId, &'a ValidCheck>,
    path: &mut Vec<&'a CheckId>,
    seen: &mut BTreeSet<&'a CheckId>,
) -> bool {
    let (Some(start), Some(last)) = (path.first().copied(), path.last().copied()) else {
        return false;
    };
    let next = needs.get(last).map(|one| one.needs.as_slice()).unwrap_or_default();
    for (id, _) in next {
        if id == start {
            return true;
        }
        if let Some((id, _)) = needs.get_key_value(id)
            && seen.insert(id)
        {
            path.push(id);
            if closes(needs, path, seen) {
                return true;
            }
            path.pop();
        }
    }
    false
}
