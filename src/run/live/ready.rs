//! Judged first, then used: what a live check may send is decided from what the files said.

mod delivery;
mod judged;
mod probe;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::super::judge::is_essential;
use super::super::judgement::Judgement;
use super::super::outcome::{Reason, Result};
use super::super::view::View;
use super::Live;
use crate::pack::{
    Check, CheckId, Class, EnvironmentName, Kind, Outcome, PackOrigin, RoleId, SignatureScheme,
    Subject, Template, TemplatePart,
};
use crate::probe::{Bindings, Job, JobId, Work, read_by};
use crate::project::Setting;
use crate::source::Secret;

/// What becomes of a live check.
pub(super) enum Readiness {
    /// It can be sent.
    Ready(Box<Ready>),
    /// It is not, and this is its result.
    Not(Box<Judgement>),
}

/// What can be sent of a check.
pub(super) struct Ready {
    /// In one or several jobs.
    pub(super) jobs: Vec<Job>,
    /// Where each role's value stands.
    pub(super) places: BTreeMap<RoleId, String>,
    /// The results of what could not be sent of it.
    pub(super) aside: Vec<Judgement>,
    /// Why a refusal may be right: an event carries a made-up id in place of one that may not be
    /// used.
    pub(super) doubt: Option<String>,
}

/// Decides one live check.
pub(super) fn ready(
    view: &View<'_>,
    check: &Check,
    live: &Live<'_>,
    told: &BTreeMap<CheckId, Judgement>,
) -> Readiness {
    let preparing = Preparing {
        view,
        check,
        live,
        told,
        places: RefCell::default(),
        doubt: RefCell::default(),
    };
    let jobs = match &check.subject {
        Subject::Probe(probe) => preparing.probe(probe).map(|job| (vec![job], Vec::new())),
        Subject::Delivery(all) => preparing.deliveries(all).map(|job| (vec![job], Vec::new())),
        Subject::Look(look) => preparing.look(look),
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
        | Subject::Rules(_) => Err(Box::new(Judgement::unknown("unexplained", "not a live check"))),
    };
    match jobs {
        Ok((jobs, aside)) => Readiness::Ready(Box::new(Ready {
            jobs,
            places: preparing.places.into_inner(),
            aside,
            doubt: preparing.doubt.into_inner(),
        })),
        Err(judgement) => Readiness::Not(judgement),
    }
}

pub(super) struct Preparing<'v, 'a> {
    pub(super) view: &'v View<'a>,
    pub(super) check: &'v Check,
    pub(super) live: &'v Live<'v>,
    told: &'v BTreeMap<CheckId, Judgement>,
    places: RefCell<BTreeMap<RoleId, String>>,
    doubt: RefCell<Option<String>>,
}

pub(super) type Prepared<T> = std::result::Result<T, Box<Judgement>>;

impl Preparing<'_, '_> {
    pub(super) fn job(&self, work: Work, outcomes: &[Outcome]) -> Job {
        let (reads, captures) = read_by(outcomes);
        let live = |id: &CheckId| {
            self.view.library.checks.iter().any(|check| check.id == *id && check.subject.is_live())
        };
        let needs = self.check.needs.iter().filter(|need| live(need));
        Job {
            id: JobId { check: self.check.id.clone(), scope: None },
            work,
            reads,
            captures,
            needs: needs.map(|need| JobId { check: need.clone(), scope: None }).collect(),
        }
    }

    /// Whether a recording answers, and so nothing is sent.
    fn is_recorded(&self) -> bool {
        self.live.has_recorded(&self.check.id)
    }

    /// Whether the run may touch production, and whether the pack may send at all.
    pub(super) fn allowed(&self, production: bool) -> Prepared<()> {
        let pack = self.view.library.pack(self.check.id.pack());
        if pack.is_some_and(|pack| pack.origin == PackOrigin::Tree) {
            let why = "its pack lies in the judged folder: --trust-packs";
            return Err(Box::new(Judgement::unknown(Reason::HELD_BACK, why)));
        }
        let opted = self.view.asked.allow_production || self.is_recorded();
        if (production || self.check.opt_in_production) && !opted {
            let why = "touches production: --allow-production";
            return Err(Box::new(Judgement::other(Result::NotAsked, Reason::NOT_ALLOWED, why)));
        }
        Ok(())
    }

    /// The values of roles in one environment of a class, each judged before it is used.
    fn bindings(
        &self,
        class: Class,
        roles: &BTreeSet<RoleId>,
        creates: bool,
    ) -> Prepared<Bindings> {
        let environment = self.environment(class, roles)?;
        let mut values: BTreeMap<RoleId, Secret> = BTreeMap::new();
        let mut open = BTreeSet::new();
        for role in roles {
            let setting = self.setting(environment, role, class)?;
            let value = self.judged(setting, role, class, creates)?;
            if !setting.secret && matches!(setting.kind, Some(Kind::Url | Kind::Host | Kind::Mode))
            {
                open.insert(role.clone());
            }
            values.insert(role.clone(), value);
        }
        let imitates = roles
            .iter()
            .find(|role| self.view.role(role).is_some_and(|role| role.kind == Kind::Credential))
            .cloned();
        Ok(Bindings {
            roles: values,
            others: BTreeMap::new(),
            open,
            parameters: self.view.parameters(self.check.id.pack()),
            captures: BTreeMap::new(),
            imitates,
            seed: self.live.seed(),
            now: self.view.asked.clock,
        })
    }

    /// The first environment of a class that has every role; else the first that has any.
    pub(super) fn environment(&self, class: Class, roles: &BTreeSet<RoleId>) -> Prepared<usize> {
        best_environment(self.view, class, roles).ok_or_else(|| {
            let detail = format!("no {} environment was found", class.as_str());
            Box::new(Judgement::unknown("not found", detail))
        })
    }

    pub(super) fn setting(
        &self,
        environment: usize,
        role: &RoleId,
        class: Class,
    ) -> Prepared<&Setting> {
        let found = self.view.in_force(environment, role);
        let Some(setting) = found.first().copied() else {
            let candidates = self.view.candidates(std::slice::from_ref(role));
            let perhaps = match candidates.as_slice() {
                [] => String::new(),
                [..] if is_essential(self.view, role) => {
                    format!("; perhaps {}", candidates.join(" or "))
                }
                [..] => String::new(),
            };
            let detail = format!("{role} in {}{perhaps}", class.as_str());
            return Err(Box::new(Judgement::unknown("not found", detail)));
        };
        Ok(setting)
    }
}

/// The first environment of a class that has every role; else the first that has any.
pub(super) fn best_environment(
    view: &View<'_>,
    class: Class,
    roles: &BTreeSet<RoleId>,
) -> Option<usize> {
    let environments = view.environments(&[EnvironmentName::Class(class)]);
    // of equals the one that is called by its class, then the first
    let held = |index: &usize| {
        let has = |role: &&RoleId| !view.in_force(*index, role).is_empty();
        let own = view.environment(*index).is_some_and(|known| known.name == class.as_str());
        (roles.iter().filter(has).count(), own)
    };
    environments.iter().rev().max_by_key(|index| held(index)).copied()
}

pub(super) fn roles_in(template: &Template) -> impl Iterator<Item = RoleId> {
    template.0.iter().filter_map(|part| match part {
        TemplatePart::Role(role) => Some(role.clone()),
        TemplatePart::Text(_)
        | TemplatePart::RoleOf(..)
        | TemplatePart::RandomUid
        | TemplatePart::Fabricated
        | TemplatePart::Now
        | TemplatePart::Parameter(_)
        | TemplatePart::Capture(_)
        | TemplatePart::Delivery(_) => None,
    })
}

pub(super) fn roles_in_scheme(scheme: &SignatureScheme) -> BTreeSet<RoleId> {
    roles_in(&scheme.over).chain(roles_in(&scheme.value)).collect()
}
