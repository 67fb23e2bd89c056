//! `agree` on a value: within one environment, what is set under several names is one value.

use super::super::judgement::{Judgement, Raw, seen};
use super::super::outcome::{Basis, Related, Result};
use super::super::view::{Match, View};
use super::weakest::Weakest;
use crate::pack::{Agree, Class, EnvironmentName, RoleId};
use crate::project::{Setting, SettingValue};

/// Compares the first role with each of the others, environment by environment.
pub(super) fn judge(view: &View<'_>, agree: &Agree) -> Judgement {
    let Some((first, others)) = agree.roles.split_first() else {
        return Judgement::other(Result::Skipped, "not used here", "no role is named");
    };
    let mut told = Told::default();
    for index in everywhere(view) {
        for setting in view.in_force(index, first) {
            let one = Match { setting, environment: Some(index) };
            let partners = others.iter().flat_map(|role| view.in_force(index, role));
            partners.for_each(|partner| told.compare(view, one, partner));
        }
    }
    if !told.findings.is_empty() {
        return Judgement::fail(Basis::File, told.findings);
    }
    if let Some(how) = told.untold {
        return Judgement::unknown("may come from", how);
    }
    if told.held == 0 {
        return Judgement::other(
            Result::Skipped,
            "not used here",
            format!("no setting is {first}"),
        );
    }
    Judgement::pass(told.basis.basis(), vec![seen(format!("{} hold one value", told.held))])
}

/// Every environment that is judged.
fn everywhere(view: &View<'_>) -> Vec<usize> {
    view.environments(&[Class::Sandbox, Class::Production].map(EnvironmentName::Class))
}

/// What several pairs came to.
#[derive(Default)]
struct Told {
    findings: Vec<Raw>,
    untold: Option<String>,
    held: usize,
    basis: Weakest,
}

impl Told {
    fn compare(&mut self, view: &View<'_>, one: Match<'_>, partner: &Setting) {
        let (setting, basis) = (one.setting, basis_of(one.setting, partner));
        // an empty value has a check of its own
        if [setting, partner].iter().any(|one| matches!(one.value, SettingValue::Empty)) {
            return;
        }
        match is_one_value(view, one, partner) {
            Some(true) => {
                self.held += 1;
                self.basis.and(basis);
            }
            Some(false) => {
                let known = self.findings.iter().any(|raw| raw.location == view.place_of(setting));
                if !known {
                    self.findings.push(finding(view, one, partner));
                }
            }
            None => {
                let how = || closing(view, one, partner);
                self.untold = self.untold.take().or_else(|| Some(how()));
            }
        }
    }
}

fn basis_of(one: &Setting, other: &Setting) -> Weakest {
    let both = [one, other];
    if both.iter().any(|one| one.observed().is_some()) {
        Weakest::Observed
    } else if both.iter().any(|one| one.literal().is_none()) {
        Weakest::Referred
    } else {
        Weakest::default()
    }
}

/// Whether two settings hold one value; none where that cannot be told.
fn is_one_value(view: &View<'_>, one: Match<'_>, partner: &Setting) -> Option<bool> {
    let setting = one.setting;
    if setting.same_value(partner) {
        return Some(true);
    }
    match (&setting.value, &partner.value) {
        (SettingValue::Literal(_), SettingValue::Literal(_)) => Some(false),
        // two references that differ may still lead to one value
        (SettingValue::Reference { .. }, SettingValue::Reference { .. }) => None,
        _ => {
            let known = |of: &Setting| prints(view, one.environment, of);
            let (here, there) = (known(setting)?, known(partner)?);
            Some(here.iter().any(|print| there.contains(print)))
        }
    }
}

/// Fingerprints that a setting's value may have: its own, or those that the manifest keeps for it.
fn prints(view: &View<'_>, environment: Option<usize>, setting: &Setting) -> Option<Vec<String>> {
    let manifest = &view.project.manifest;
    match &setting.value {
        SettingValue::Literal(value) => Some(vec![manifest.salt.as_ref()?.fingerprint(value)]),
        SettingValue::Observed(observed) => Some(vec![observed.fingerprint.clone()?]),
        SettingValue::Reference { .. } => {
            let class = view.environment(environment?)?.class;
            let role: &RoleId = setting.role.as_ref()?;
            let known = manifest.fingerprints.iter();
            let known = known.filter(|known| known.0 == class && known.1 == *role);
            let known: Vec<String> = known.map(|known| known.2.clone()).collect();
            (!known.is_empty()).then_some(known)
        }
        SettingValue::Empty => None,
    }
}

/// What would tell: a fingerprint of the one that is not seen.
fn closing(view: &View<'_>, one: Match<'_>, partner: &Setting) -> String {
    let unseen = [partner, one.setting].into_iter().find(|one| one.literal().is_none());
    let unseen = unseen.unwrap_or(partner);
    let text = view.mask.shown(unseen.text().unwrap_or_default());
    let environment = one.environment.and_then(|index| view.environment(index));
    let name = environment.map_or("production", |environment| &*environment.name);
    view.closing(&text, unseen.role.as_ref(), &EnvironmentName::from(name))
}

fn finding(view: &View<'_>, one: Match<'_>, partner: &Setting) -> Raw {
    let name = view.name_of(one.setting);
    let environment = one.environment.and_then(|index| view.environment(index));
    let place = environment.map_or_else(String::new, |environment| {
        format!(" in {}", view.mask.shown(&environment.name))
    });
    let other = view.name_of(partner);
    let message = match elsewhere(view, one, partner) {
        Some(elsewhere) => format!("{name}{place} holds {other} of {elsewhere}"),
        None => format!("{name}{place} holds another value than {other}"),
    };
    let mut raw = view.finding(one, message);
    if let Some(location) = view.place_of(partner)
        && Some(&location) != raw.location.as_ref()
    {
        raw.related.push(Related { location, message: "what it should be".to_owned() });
    }
    raw
}

/// The other environment whose value of the partner's role this is.
fn elsewhere(view: &View<'_>, one: Match<'_>, partner: &Setting) -> Option<String> {
    let role = partner.role.as_ref()?;
    let mut others = everywhere(view).into_iter().filter(|index| Some(*index) != one.environment);
    let holds = |index: &usize| {
        view.in_force(*index, role).iter().any(|other| other.same_value(one.setting))
    };
    let index = others.find(holds)?;
    view.environment(index).map(|environment| view.mask.shown(&environment.name))
}
