//! `confirm`: a named person vouches, until a day, and for settings as they were.

use super::super::judgement::{Judgement, Key, Raw};
use super::super::outcome::{Basis, Evidence, Result};
use super::super::view::View;
use crate::pack::{Check, Confirm, EnvironmentName, RoleId};
use crate::project::{Answer, Confirmation, Setting};

/// How a person answers.
const HOW: &str = "answer it in golive.confirmations.yaml: check, answer, by, role, date, until";

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
    if said.date > today {
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
    let by = view.mask.shown(&said.by);
    let role = view.mask.shown(&said.role);
    let proof = said
        .evidence
        .as_ref()
        .map_or_else(String::new, |proof| format!(", {}", view.mask.shown(proof)));
    let line = Evidence {
        message: format!("{by} ({role}) on {}, until {until}{proof}", said.date),
        location: Some(view.masked(said.source.location(said.span))),
    };
    Some(Judgement { until: Some(until), ..Judgement::pass(Basis::Person, vec![line]) })
}

fn denied(view: &View<'_>, check: &Check, confirm: &Confirm, said: &Confirmation) -> Raw {
    let by = view.mask.shown(&said.by);
    Raw {
        key: Key::Own(check.id.clone()),
        message: format!("{by} says no: {}", confirm.statement),
        severity: None,
        environment: None,
        role: None,
        setting: None,
        shown: None,
        belongs_to: None,
        location: Some(view.masked(said.source.location(said.span))),
        related: Vec::new(),
        trail: Vec::new(),
        exchange: None,
        guess: false,
        identity: "no".to_owned(),
    }
}

/// The first covered setting that is not what it was when it was vouched for.
fn changed(view: &View<'_>, confirm: &Confirm, said: &Confirmation) -> Option<String> {
    for (environment, role) in &confirm.covers {
        let label = format!("{environment} {role}");
        let now = covered_digest(view, environment, role);
        match (said.settings.get(&label), now) {
            (Some(then), Some(now)) if *then == now => {}
            (Some(_), Some(_)) => return Some(format!("{label} has changed since")),
            (Some(_), None) => return Some(format!("{label} is no longer there")),
            (None, Some(_)) => return Some(format!("it does not cover {label}")),
            (None, None) => {}
        }
    }
    None
}

/// The digest of a covered setting: of its literal or reference text, under the manifest's salt.
/// None where there is no salt or nothing to digest.
pub fn covered_digest(
    view: &View<'_>,
    environment: &EnvironmentName,
    role: &RoleId,
) -> Option<String> {
    let salt = view.project.manifest.salt.as_ref()?;
    let environments = view.environments(std::slice::from_ref(environment));
    let mut texts: Vec<&str> = view
        .of_role(role)
        .filter(|setting| setting.in_force.iter().any(|index| environments.contains(index)))
        .filter_map(Setting::text)
        .collect();
    texts.sort_unstable();
    texts.dedup();
    (!texts.is_empty()).then(|| salt.digest(format!("{role}\n{}", texts.join("\n")).as_bytes()))
}
