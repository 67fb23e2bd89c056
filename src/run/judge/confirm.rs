//! `confirm`: a named person vouches, until a day, and for settings as they were.

use super::super::judgement::{Judgement, Key, Raw};
use super::super::outcome::{Basis, Evidence, Result, Said};
use super::super::view::View;
use super::super::watch::Watch;
use crate::pack::{Check, Confirm};
use crate::project::{Answer, Committed, Confirmation};

/// How a person answers.
const HOW: &str = "golive confirm --open asks, golive confirm CHECK answers";

/// Judges a check that only a person can answer.
pub(super) fn judge(view: &View<'_>, check: &Check, confirm: &Confirm) -> Judgement {
    confirmed(view, check, confirm)
        .unwrap_or_else(|| Judgement::other(Result::Pending, confirm.who.as_str(), HOW))
}

/// What the confirmation of a check says; none where nobody said anything.
pub(crate) fn confirmed(view: &View<'_>, check: &Check, confirm: &Confirm) -> Option<Judgement> {
    let said = view.project.confirmations.iter().rev().find(|said| said.check == check.id)?;
    if said.answer == Answer::No {
        return Some(Judgement::fail(Basis::Person, vec![denied(view, check, confirm, said)]));
    }
    let today = view.today();
    let lapsed = |why: String| {
        Some(Judgement::other(Result::Pending, confirm.who.as_str(), format!("lapsed: {why}")))
    };
    if said.date > view.day_of_run() {
        return lapsed(format!("it is dated {}, after the day of this run", said.date));
    }
    let valid = i64::from(confirm.valid_days);
    let longest = said.date.checked_add(jiff::Span::new().days(valid)).unwrap_or(said.until);
    let until = said.until.min(longest);
    if today > until {
        return lapsed(format!("it held until {until}"));
    }
    // what was left out cannot be held against what the person saw
    let mut sides = confirm.covers.iter().map(|(environment, _)| std::slice::from_ref(environment));
    if let Some(left_out) = sides.find_map(|side| view.excused(side)) {
        return Some(left_out);
    }
    if let Some(changed) = changed(view, confirm, said) {
        return lapsed(changed);
    }
    let word = Said {
        by: view.mask.shown(&said.by),
        role: view.mask.shown(&said.role),
        on: said.date,
        until,
        evidence: said.evidence.as_ref().map(|proof| view.mask.shown(proof)),
        committed: committed(view, &said.committed),
    };
    let location = Some(view.masked(said.source.location(said.span)));
    let mut evidence = vec![Evidence { message: line(&word), location }];
    evidence.extend(unwatched(view, confirm));
    let passed = Judgement::pass(Basis::Person, evidence);
    Some(Judgement { until: Some(until), said: Some(word), ..passed })
}

/// Who said it, until when, on what proof, and who committed it.
fn line(said: &Said) -> String {
    let proof = said.evidence.as_ref().map(|proof| format!(", {proof}")).unwrap_or_default();
    let committed = said.committed.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
    format!("{} ({}) on {}, until {}{proof}{committed}", said.by, said.role, said.on, said.until)
}

/// Who committed something, in words; nothing outside git.
fn committed(view: &View<'_>, committed: &Committed) -> Option<String> {
    match committed {
        Committed::Outside => None,
        Committed::No => Some("not committed".to_owned()),
        Committed::CutOff => Some("committed before this clone begins".to_owned()),
        Committed::By(authors) => {
            let names: Vec<String> =
                authors.iter().map(|author| view.mask.shown(&author.name)).collect();
            Some(format!("committed by {}", names.join(" and ")))
        }
    }
}

/// That a change of some covered settings goes unseen.
fn unwatched(view: &View<'_>, confirm: &Confirm) -> Option<Evidence> {
    let open = confirm.covers.iter().filter_map(|(environment, role)| {
        let Watch::Not(why) = view.watch(environment, role) else { return None };
        Some(format!("{environment} {role} ({why})"))
    });
    let open: Vec<String> = open.collect();
    let message = format!("not watched: {}", open.join(", "));
    (!open.is_empty()).then_some(Evidence { message, location: None })
}

fn denied(view: &View<'_>, check: &Check, confirm: &Confirm, said: &Confirmation) -> Raw {
    let by = view.mask.shown(&said.by);
    let who = committed(view, &said.committed).map(|by| format!(" ({by})")).unwrap_or_default();
    let message = format!("{by} says no: {}{who}", confirm.statement);
    Raw {
        location: Some(view.masked(said.source.location(said.span))),
        identity: "no".to_owned(),
        ..Raw::about(Key::Own(check.id.clone()), message)
    }
}

/// The first covered setting that is not what it was when it was vouched for.
fn changed(view: &View<'_>, confirm: &Confirm, said: &Confirmation) -> Option<String> {
    for (environment, role) in &confirm.covers {
        let label = format!("{environment} {role}");
        let was_open = said.not_watched.contains(&label);
        match (said.settings.get(&label), view.watch(environment, role)) {
            (Some(then), Watch::Digest { digest, .. }) if *then == digest => {}
            (Some(_), Watch::Digest { at, .. }) => {
                return Some(format!("{label} has changed since ({at})"));
            }
            (Some(_), Watch::Not(why)) => {
                return Some(format!("{label} is no longer what it was: {why}"));
            }
            (None, Watch::Digest { at, .. }) if was_open => {
                return Some(format!("{label} stands in a tracked file only since ({at})"));
            }
            (None, Watch::Digest { .. }) => return Some(format!("it does not cover {label}")),
            (None, Watch::Not(_)) => {}
        }
    }
    None
}
