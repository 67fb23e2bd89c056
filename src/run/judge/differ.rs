//! `differ`: sandbox and production do not share a value.

use std::collections::BTreeMap;

use super::super::judgement::{Judgement, Raw, seen};
use super::super::outcome::{Basis, Evidence, Related, Result};
use super::super::view::{Match, View};
use super::meet::pairs;
use super::pair::Pair;
use super::weakest::Weakest;
use crate::pack::{By, Check, Differ, EnvironmentName, Kind, RoleId};
use crate::project::Setting;

/// Judges every role (or every slot of the kinds) that must differ.
pub(super) fn judge(view: &View<'_>, check: &Check, differ: &Differ) -> Judgement {
    let slots = slots(view, check, differ);
    if slots.is_empty() {
        let essential = differ.roles.iter().any(|role| is_essential(view, role));
        let sides = [&differ.between.0, &differ.between.1];
        let excuse = sides.iter().find_map(|side| view.excused(std::slice::from_ref(*side)));
        return if let (true, Some(excuse)) = (essential, excuse) {
            excuse
        } else if essential {
            not_found(view, &differ.roles)
        } else {
            Judgement::other(Result::Skipped, "not used here", "no such setting")
        };
    }
    let mut total = Told::default();
    for (slot, sides) in &slots {
        let side = Sides { view, differ, found: sides };
        total.add(side.judge(slot));
    }
    total.into_judgement()
}

/// The settings of both sides by slot.
type Slots<'a> = BTreeMap<String, (Vec<Match<'a>>, Vec<Match<'a>>)>;

fn slots<'a>(view: &View<'a>, check: &Check, differ: &Differ) -> Slots<'a> {
    let mut slots: Slots<'a> = BTreeMap::new();
    let (first, second) = &differ.between;
    for (names, left) in [(first, true), (second, false)] {
        let selector = crate::pack::Selector {
            environment: vec![names.clone()],
            role: differ.roles.clone(),
            kind: differ.kinds.clone(),
            ..Default::default()
        };
        for found in view.select(check, &selector) {
            // a pack says which of its roles may be equal
            let free = differ.roles.is_empty()
                && found
                    .setting
                    .role
                    .as_ref()
                    .and_then(|role| view.role(role))
                    .is_some_and(|role| !role.per_environment);
            if free || is_relative(found.setting) {
                continue;
            }
            let sides = slots.entry(found.setting.slot()).or_default();
            if left { sides.0.push(found) } else { sides.1.push(found) }
        }
    }
    slots
}

/// Whether a setting for an address holds a path only: `/hooks` is below every host.
fn is_relative(setting: &Setting) -> bool {
    matches!(setting.kind, Some(Kind::WebhookUrl | Kind::Url))
        && setting.literal().is_some()
        && setting.url().is_none()
}

/// What several slots came to together: a finding beats what could not be told, that beats a pass.
#[derive(Default)]
struct Told {
    findings: Vec<Raw>,
    unknown: Vec<Judgement>,
    evidence: Vec<Evidence>,
    basis: Weakest,
}

impl Told {
    fn add(&mut self, one: Judgement) {
        match one.result {
            Result::Fail => self.findings.extend(one.findings),
            Result::Pass => {
                self.basis.and(Weakest::of(one.basis));
                self.evidence.extend(one.evidence);
            }
            Result::Unknown | Result::Pending | Result::NotAsked => self.unknown.push(one),
            Result::Skipped | Result::Waived => {}
        }
    }

    fn into_judgement(mut self) -> Judgement {
        if !self.findings.is_empty() {
            return Judgement::fail(Basis::File, self.findings);
        }
        // what could not be told weighs more than what is not asked
        self.unknown.sort_by_key(|one| one.result == Result::NotAsked);
        if !self.unknown.is_empty() {
            return self.unknown.remove(0);
        }
        if self.evidence.is_empty() {
            return Judgement::other(Result::Skipped, "not used here", "only on one side");
        }
        Judgement::pass(self.basis.basis(), self.evidence)
    }
}

/// The settings of one slot on both sides.
pub(super) struct Sides<'v, 'a> {
    pub(super) view: &'v View<'a>,
    pub(super) differ: &'v Differ,
    found: &'v (Vec<Match<'a>>, Vec<Match<'a>>),
}

impl Sides<'_, '_> {
    fn judge(&self, slot: &str) -> Judgement {
        let (left, right) = self.found;
        let roles: Vec<RoleId> = slot.parse().into_iter().collect();
        if left.is_empty() || right.is_empty() {
            return self.one_sided(&roles, left.is_empty());
        }
        let mut findings = Vec::new();
        let mut basis = Weakest::default();
        let mut untold: Option<String> = None;
        // what facts tell of a reference is among the settings itself
        for (one, other, answered) in pairs(left, right) {
            match self.pair(one.setting, other.setting) {
                Pair::Equal => findings.push(self.finding(*one, *other)),
                Pair::DifferentObserved => basis.and(Weakest::Observed),
                Pair::DifferentByReference if !answered => basis.and(Weakest::Referred),
                Pair::Untold(what, side) if !answered && untold.is_none() => {
                    untold = Some(self.view.closing(&what, roles.first(), side));
                }
                Pair::Different | Pair::DifferentByReference | Pair::Untold(..) => {}
            }
        }
        if !findings.is_empty() {
            findings.sort_by(|one, other| one.key.cmp(&other.key));
            return Judgement::fail(Basis::File, merged(findings));
        }
        if let Some(how) = untold {
            return Judgement::unknown("may come from", how);
        }
        self.passed(basis)
    }

    /// A side without the setting: fine for a role that is not used there, else not to be told.
    fn one_sided(&self, roles: &[RoleId], left_missing: bool) -> Judgement {
        let names = &self.differ.between;
        let missing = if left_missing { &names.0 } else { &names.1 };
        let present = if left_missing { &self.found.1 } else { &self.found.0 };
        if let Some(role) = roles.first()
            && let Some(judgement) = self.against_fingerprints(role, present, missing)
        {
            return judgement;
        }
        if !roles.iter().any(|role| is_essential(self.view, role)) {
            return Judgement::other(Result::Skipped, "not used here", "only on one side");
        }
        if let Some(excuse) = self.view.excused(std::slice::from_ref(missing)) {
            return excuse;
        }
        let supplied =
            self.view.environments(std::slice::from_ref(missing)).into_iter().any(|index| {
                self.view.environment(index).is_some_and(|environment| {
                    environment.supplied.iter().any(|role| roles.contains(role))
                })
            });
        if supplied {
            let outside = format!("outside {missing} (golive.yaml supplied)");
            let how = self.view.closing(&outside, roles.first(), missing);
            return Judgement::unknown("may come from", how);
        }
        let name = roles.first().map(ToString::to_string).unwrap_or_default();
        Judgement::unknown("not found", format!("{name} in {missing}"))
    }

    /// A literal against fingerprints of the side that holds no setting at all.
    fn against_fingerprints(
        &self,
        role: &RoleId,
        present: &[Match<'_>],
        missing: &EnvironmentName,
    ) -> Option<Judgement> {
        let EnvironmentName::Class(class) = missing else { return None };
        let mut told = None;
        for one in present {
            if self.by_fingerprint(&self.print(one.setting)?, role, *class)? {
                let message = self.message(one.setting);
                let finding = self.view.finding(*one, message);
                return Some(Judgement::fail(Basis::Reference, vec![finding]));
            }
            told = Some(());
        }
        told.map(|()| self.passed(Weakest::Referred))
    }

    fn passed(&self, basis: Weakest) -> Judgement {
        let (left, right) = self.found;
        let say = |found: &Match<'_>| Evidence {
            message: format!(
                "{} is {}",
                self.view.name_of(found.setting),
                self.view.labels.shown(found.setting, self.view.mask).unwrap_or_default()
            ),
            location: self.view.place_of(found.setting),
        };
        let mut evidence: Vec<Evidence> =
            left.iter().take(2).chain(right.iter().take(2)).map(say).collect();
        let both: Vec<&Setting> = left.iter().chain(right).map(|found| found.setting).collect();
        let identity_only = both.iter().all(|setting| {
            let unmarked = setting.home.by.is_none_or(|by| by == By::Identity);
            unmarked && setting.is_told_apart()
        });
        if identity_only {
            evidence.push(seen("they differ; a swap of the two could not be seen"));
        }
        Judgement::pass(basis.basis(), evidence)
    }

    /// One item for an equal pair: at the place that is away from home where that is settled, else
    /// at the second side's place with the first side's beside it.
    fn finding(&self, one: Match<'_>, other: Match<'_>) -> Raw {
        let class_of = |found: Match<'_>| {
            found
                .environment
                .and_then(|index| self.view.environment(index))
                .map(|known| known.class)
        };
        let home = one.setting.home.home.class().or(other.setting.home.home.class());
        let away = home.is_some() && class_of(one).is_some() && class_of(one) != home;
        let (wrong, beside) = if away { (one, other) } else { (other, one) };
        let message = match home {
            Some(class) => {
                let where_ =
                    wrong.environment.and_then(|index| self.view.environment(index)).map_or_else(
                        || "another environment".to_owned(),
                        |environment| self.view.mask.shown(&environment.name),
                    );
                let name = self.view.name_of(wrong.setting);
                format!("{name} in {where_} holds the {} value", class.as_str())
            }
            None => self.message(wrong.setting),
        };
        let mut raw = self.view.finding(wrong, message);
        raw.guess = wrong.setting.kind_is_guess;
        if let Some(location) = self.view.place_of(beside.setting)
            && Some(&location) != raw.location.as_ref()
        {
            raw.related.push(Related { location, message: "the same value".to_owned() });
        }
        raw
    }

    fn message(&self, setting: &Setting) -> String {
        let (first, second) = &self.differ.between;
        let name = setting.role.as_ref().map_or_else(
            || self.view.name_of(setting),
            |role| format!("{} ({role})", self.view.name_of(setting)),
        );
        format!("{first} and {second} use one value for {name}")
    }
}

/// Findings of one place become one, with all their other places.
fn merged(findings: Vec<Raw>) -> Vec<Raw> {
    let mut merged: Vec<Raw> = Vec::new();
    for finding in findings {
        match merged.last_mut() {
            Some(last) if last.key == finding.key => {
                for related in finding.related {
                    if !last.related.contains(&related) {
                        last.related.push(related);
                    }
                }
            }
            _ => merged.push(finding),
        }
    }
    merged
}

/// Whether a pack calls the role essential.
pub(in crate::run) fn is_essential(view: &View<'_>, role: &RoleId) -> bool {
    view.library.pack(&role.pack).is_some_and(|pack| pack.essential.contains(role))
}

/// An essential role that nothing holds, with settings that might.
pub(super) fn not_found(view: &View<'_>, roles: &[RoleId]) -> Judgement {
    let names: Vec<String> = roles.iter().map(ToString::to_string).collect();
    let mut detail = names.join(", ");
    let candidates = view.candidates(roles);
    if !candidates.is_empty() {
        detail = format!(
            "{detail}; perhaps {}: map it under roles in golive.yaml",
            candidates.join(" or ")
        );
    }
    Judgement::unknown("not found", detail)
}
