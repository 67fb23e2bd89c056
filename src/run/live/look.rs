//! Looks at hosts: of which settings, what a finding about one says, and several as one result.

use std::collections::{BTreeMap, BTreeSet};

use super::super::judge::is_essential;
use super::super::judgement::{Judgement, Raw};
use super::super::outcome::Result;
use super::super::view::{Match, View};
use super::ready::{Prepared, Preparing, best_environment};
use crate::pack::{CheckId, Kind, Look, RoleId};
use crate::probe::{Job, JobId, Looked, Recorded, Work};
use crate::source::Secret;

impl Preparing<'_, '_> {
    /// A job for each role that has a value, and the result for each whose value may not be used.
    pub(super) fn look(&self, look: &Look) -> Prepared<(Vec<Job>, Vec<Judgement>)> {
        self.allowed(look.environment == crate::pack::Class::Production)?;
        let (mut jobs, mut not_sent) = (Vec::new(), Vec::new());
        for role in &look.roles {
            let scope = (look.roles.len() > 1).then(|| role.role.clone());
            match self.looked(look, role) {
                Ok(Some(looked)) => {
                    let job = self.job(Work::Look(Box::new(looked)), &look.outcomes);
                    jobs.push(Job { id: JobId { scope, ..job.id.clone() }, ..job });
                }
                Ok(None) => {}
                Err(judgement) => not_sent.push(*judgement),
            }
        }
        if jobs.is_empty() && not_sent.is_empty() {
            return Err(Box::new(Judgement::other(
                Result::Skipped,
                "not used here",
                "no such setting",
            )));
        }
        Ok((jobs, not_sent))
    }

    /// The look at one role's host; none where the project does not set it and need not.
    fn looked(&self, look: &Look, role: &RoleId) -> Prepared<Option<Looked>> {
        let class = look.environment;
        let environment = self.environment(class, &BTreeSet::from([role.clone()]))?;
        if self.view.in_force(environment, role).is_empty() && !is_essential(self.view, role) {
            return Ok(None);
        }
        let setting = self.setting(environment, role, class)?;
        let mut url = self.judged(setting, role, class, false)?;
        if setting.kind == Some(Kind::Host) {
            url = Secret::new(format!("https://{}", url.expose()));
        }
        Ok(Some(Looked {
            sight: look.sight,
            class,
            role: role.clone(),
            url,
            known: self.known_host(),
        }))
    }

    /// A host of the pack, which has an address wherever there is a network.
    fn known_host(&self) -> Option<String> {
        let hosts = &self.view.library.pack(self.check.id.pack())?.hosts;
        let all = hosts.shared.iter().chain(&hosts.production).chain(&hosts.sandbox);
        let plain = all.into_iter().find(|pattern| !pattern.subdomains && !pattern.open);
        plain.map(|pattern| pattern.host.clone())
    }
}

/// A finding about the setting that names the host.
pub(super) fn raw(
    view: &View<'_>,
    look: &Look,
    exchanges: &[Recorded],
    message: String,
) -> Option<Raw> {
    let scope = exchanges.first().and_then(|one| one.scope.as_deref());
    let role = match scope {
        Some(name) => look.roles.iter().find(|role| role.role == name)?,
        None => look.roles.first()?,
    };
    let environment = best_environment(view, look.environment, &BTreeSet::from([role.clone()]))?;
    let setting = view.in_force(environment, role).first().copied()?;
    Some(view.finding(Match { setting, environment: Some(environment) }, message))
}

/// Puts in place of each check that jobs need all the jobs which ask it.
pub(super) fn resolve_needs(jobs: &mut [Job]) {
    let ids: Vec<JobId> = jobs.iter().map(|job| job.id.clone()).collect();
    for job in jobs {
        let needs = std::mem::take(&mut job.needs);
        job.needs = needs
            .into_iter()
            .flat_map(|need| {
                let same: Vec<JobId> =
                    ids.iter().filter(|id| id.check == need.check).cloned().collect();
                if same.is_empty() { vec![need] } else { same }
            })
            .collect();
    }
}

/// Adds what one of several jobs of a check came to: a failure counts first, then what could not be
/// told, then what passed.
pub(super) fn join(told: &mut BTreeMap<CheckId, Judgement>, check: CheckId, more: Judgement) {
    let Some(before) = told.remove(&check) else {
        told.insert(check, more);
        return;
    };
    let rank = |judgement: &Judgement| match judgement.result {
        Result::Fail => 0,
        Result::Unknown => 1,
        Result::Waived | Result::Pending | Result::Skipped | Result::NotAsked => 2,
        Result::Pass => 3,
    };
    let (mut first, second) =
        if rank(&more) < rank(&before) { (more, before) } else { (before, more) };
    first.evidence.extend(second.evidence);
    first.findings.extend(second.findings);
    told.insert(check, first);
}
