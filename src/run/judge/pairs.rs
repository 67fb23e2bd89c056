//! `agree` and `parity`: values of one environment that belong together, and profiles that have
//! the same settings.

use std::collections::{BTreeMap, BTreeSet};

use super::super::judgement::{Judgement, Key, Raw, seen};
use super::super::outcome::{Basis, Related, Result};
use super::super::select::called;
use super::super::view::{Match, View};
use crate::pack::{Agree, By, Check, Class, Origin, Parity, Selector, words};
use crate::project::Setting;

/// Within one provider and environment, settled homes are the same class.
pub(super) fn agree(view: &View<'_>, check: &Check, agree: &Agree) -> Judgement {
    let selector =
        Selector { role: agree.roles.clone(), kind: agree.kinds.clone(), ..Selector::default() };
    let mut groups: BTreeMap<(usize, String), Vec<Match<'_>>> = BTreeMap::new();
    for found in view.select(check, &selector) {
        let Some(role) = &found.setting.role else { continue };
        if is_settled(found.setting) {
            for environment in &found.setting.in_force {
                let here = Match { setting: found.setting, environment: Some(*environment) };
                groups.entry((*environment, role.pack.clone())).or_default().push(here);
            }
        }
    }
    groups.retain(|_, members| {
        members.iter().map(|found| &found.setting.role).collect::<BTreeSet<_>>().len() > 1
    });
    if groups.is_empty() {
        return Judgement::other(Result::Skipped, "not used here", "no pair whose homes are known");
    }
    let mut findings = Vec::new();
    for ((environment, _), members) in &groups {
        let own = view.environment(*environment).map(|known| known.class);
        findings.extend(disagreeing(view, own, members));
    }
    if findings.is_empty() {
        let evidence = vec![seen(format!("{} groups belong together", groups.len()))];
        return Judgement::pass(Basis::File, evidence);
    }
    Judgement::fail(Basis::File, findings)
}

/// Whether it is certain which environment of its provider a value belongs to. An address that the
/// manifest places is the project's own, and a default has a check of its own.
fn is_settled(setting: &Setting) -> bool {
    let home = &setting.home;
    let own_host = home.by == Some(By::Host) && home.told_at.is_some();
    matches!(home.by, Some(By::Pattern | By::Host | By::Fingerprint))
        && home.home.class().is_some()
        && !own_host
        && setting.origin != Origin::Default
}

fn disagreeing(view: &View<'_>, own: Option<Class>, members: &[Match<'_>]) -> Vec<Raw> {
    let class = |found: &Match<'_>| found.setting.home.home.class();
    let classes: BTreeSet<Option<Class>> = members.iter().map(class).collect();
    if classes.len() < 2 {
        return Vec::new();
    }
    let (right, wrong): (Vec<&Match<'_>>, Vec<&Match<'_>>) =
        members.iter().partition(|found| class(found) == own);
    wrong
        .into_iter()
        .map(|found| {
            let home = class(found).map_or("another class", Class::as_str);
            let name = view.name_of(found.setting);
            let partner = right.first().map(|right| right.setting);
            let with = partner.map(|setting| view.name_of(setting)).unwrap_or_default();
            let message = format!("{name} is a {home} value and {with} is not");
            let mut raw = view.finding(*found, message);
            if let Some(location) = partner.and_then(|setting| view.place_of(setting)) {
                raw.related.push(Related { location, message: "belongs with it".to_owned() });
            }
            raw
        })
        .collect()
}

/// What one profile has, the other has too.
pub(super) fn parity(view: &View<'_>, parity: &Parity) -> Judgement {
    let (from, to) = &parity.between;
    for side in [from, to] {
        if let Some(judgement) = view.absence(std::slice::from_ref(side)) {
            return judgement;
        }
    }
    if let Some(judgement) = view.excused(std::slice::from_ref(to)) {
        return judgement;
    }
    let (from, to) = (
        view.environments(std::slice::from_ref(from)),
        view.environments(std::slice::from_ref(to)),
    );
    let have: BTreeSet<String> =
        slots(view, parity, &to).into_iter().map(|(slot, _)| slot).collect();
    let first = slots(view, parity, &from);
    let compared = first.iter().map(|(slot, _)| slot).collect::<BTreeSet<_>>().len();
    let mut missing: BTreeMap<String, Match<'_>> = BTreeMap::new();
    for (slot, found) in first {
        let has = have.contains(&slot) || view.namesake(found.setting, &to).is_some();
        if !has && !found.setting.is_leaked() {
            missing.entry(slot).or_insert(found);
        }
    }
    if compared == 0 {
        return Judgement::other(Result::Skipped, "not used here", "nothing to compare");
    }
    missing.retain(|slot, _| !view.is_supplied(&to, slot));
    if missing.is_empty() {
        let evidence = vec![seen(format!("{compared} settings stand on both sides"))];
        return Judgement::pass(Basis::File, evidence);
    }
    if let Some(outside) = view.outside(&to) {
        let first = missing.values().next().map(|found| view.name_of(found.setting));
        let detail = format!("{outside}: {}", first.unwrap_or_default());
        return Judgement::unknown("may come from", detail);
    }
    let findings = missing.into_iter().map(|(slot, found)| absence(view, &to, (slot, found)));
    Judgement::fail(Basis::File, findings.collect())
}

/// The settings in force in environments, by what is compared.
fn slots<'a>(view: &View<'a>, parity: &Parity, environments: &[usize]) -> Vec<(String, Match<'a>)> {
    let except: BTreeSet<String> = parity.except.iter().map(|name| words(name).join(" ")).collect();
    let slot = |setting: &Setting| -> Option<String> {
        let slot = match (&setting.role, parity.of_roles) {
            (Some(role), true) => {
                // what one class alone has, the other does not miss
                let only = view.role(role).and_then(|role| role.only);
                if only.is_some() {
                    return None;
                }
                role.to_string()
            }
            (None, true) => return None,
            // where kinds are asked for, roles have a check of their own
            (Some(_), false) if !parity.kinds.is_empty() => return None,
            (_, false) => called(setting).join(" "),
        };
        let meant = |kind| parity.kinds.contains(&kind);
        if !parity.kinds.is_empty() && !setting.kind.is_some_and(meant) {
            return None;
        }
        let free = except.contains(&setting.words.join(" ")) || parity.except.contains(&slot);
        (!free).then_some(slot)
    };
    let in_force = view.project.settings.iter().filter_map(|setting| {
        let index = setting.in_force.iter().find(|index| environments.contains(index))?;
        Some((slot(setting)?, Match { setting, environment: Some(*index) }))
    });
    in_force.collect()
}

/// What one side has and the other has not.
fn absence(view: &View<'_>, to: &[usize], missing: (String, Match<'_>)) -> Raw {
    let (slot, found) = missing;
    let target = to.first().and_then(|index| view.environment(*index));
    let target = target.map_or_else(String::new, |environment| environment.name.clone());
    let shown = view.mask.shown(&target);
    let name = view.name_of(found.setting);
    let mut raw = view.finding(found, format!("{shown} has no {name}"));
    if let Some(location) = raw.location.take() {
        raw.related.push(Related { location, message: "it stands here".to_owned() });
    }
    raw.location = view.top_of(to);
    raw.environment = Some(shown);
    raw.key = Key::Missing { environment: target, slot };
    raw.guess = found.setting.kind_is_guess;
    (raw.shown, raw.belongs_to) = (None, None);
    raw.trail.clear();
    raw
}
