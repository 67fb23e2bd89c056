//! Live checks: which may be sent, what their answers mean, and what was held back.

mod answer;
mod look;
mod ready;
mod said;

use std::cell::RefCell;
use std::collections::BTreeMap;

use self::ready::{Readiness, ready};
use super::earlier;
use super::judgement::{Judgement, Raw};
use super::outcome::{HeldBack, PlannedRequest, Reason, Result, Sent};
use super::schedule::unmet;
use super::view::View;
use crate::expression::Fact;
use crate::pack::{Check, CheckId, RoleId};
use crate::probe::{
    Connect, Done, Event, Job, JobId, Judge, Judged, LiveOptions, NotSent, Recording, perform,
    preview,
};

/// What a run may do with its live checks.
pub struct Live<'a> {
    /// Whether they are sent, shown or left alone.
    pub mode: Mode<'a>,
    /// Asks a person whether the unmarked value of a role is the sandbox's; none where nobody can
    /// answer.
    pub ask: Option<&'a dyn Fn(&RoleId) -> bool>,
    /// Where what was sent is written down.
    pub recording: &'a RefCell<Option<Recording>>,
}

/// Whether live checks are sent.
pub enum Mode<'a> {
    /// Nothing is sent.
    Off,
    /// Nothing is sent; every request is shown.
    Plan {
        /// Hosts that are connected to elsewhere.
        connects: &'a [Connect],
    },
    /// They are sent, or answered from a recording.
    Send {
        /// How.
        options: Box<LiveOptions>,
        /// Says what is going on.
        progress: &'a dyn Fn(&str),
    },
}

impl Live<'_> {
    /// The seed of the run.
    fn seed(&self) -> u64 {
        match &self.mode {
            Mode::Send { options, .. } => {
                options.replay.as_ref().map_or(options.seed, |recording| recording.seed)
            }
            Mode::Off | Mode::Plan { .. } => 0,
        }
    }

    /// Whether a recording answers this check: it was allowed when it was recorded.
    fn has_recorded(&self, check: &CheckId) -> bool {
        let Mode::Send { options, .. } = &self.mode else { return false };
        options.replay.as_ref().is_some_and(|recording| {
            recording.exchanges.iter().any(|one| one.check == *check && one.held_back.is_none())
        })
    }

    /// Whether a person can be asked. A plan asks nobody.
    fn ask(&self) -> Option<&dyn Fn(&RoleId) -> bool> {
        match self.mode {
            Mode::Send { .. } => self.ask,
            Mode::Off | Mode::Plan { .. } => None,
        }
    }
}

/// Asks the live checks in `waiting`, and adds what they came to.
pub(super) fn ask(
    view: &View<'_>,
    waiting: &[&Check],
    mut live: Live<'_>,
    told: &mut BTreeMap<CheckId, Judgement>,
) -> Sent {
    let mut sent = Sent::default();
    if matches!(live.mode, Mode::Off) {
        for check in waiting {
            let judgement = earlier::in_place_of_asking(view, check).unwrap_or_else(|| {
                sent.not_asked += 1;
                Judgement::other(Result::NotAsked, Reason::NOT_LIVE, "add --live")
            });
            told.insert(check.id.clone(), judgement);
        }
        return sent;
    }
    let mut jobs: Vec<Job> = Vec::new();
    let mut places: BTreeMap<CheckId, BTreeMap<RoleId, String>> = BTreeMap::new();
    let mut aside: BTreeMap<CheckId, Vec<Judgement>> = BTreeMap::new();
    let mut doubts: BTreeMap<CheckId, String> = BTreeMap::new();
    for check in waiting {
        if let Some(judgement) = unmet(check, told) {
            told.insert(check.id.clone(), judgement);
            continue;
        }
        match ready(view, check, &live, told) {
            Readiness::Ready(ready) => {
                places.insert(check.id.clone(), ready.places);
                aside.insert(check.id.clone(), ready.aside);
                doubts.extend(ready.doubt.map(|why| (check.id.clone(), why)));
                jobs.extend(ready.jobs);
            }
            Readiness::Not(judgement) => {
                told.insert(check.id.clone(), *judgement);
            }
        }
    }
    look::resolve_needs(&mut jobs);
    match std::mem::replace(&mut live.mode, Mode::Off) {
        Mode::Off => {}
        Mode::Plan { connects } => plan(view, (&jobs, &places), connects, (&mut sent, told)),
        Mode::Send { options, progress } => {
            send(view, jobs, (&options, progress), (&mut sent, told, live.recording));
        }
    }
    for (check, not_sent) in aside {
        for judgement in not_sent {
            look::join(told, check.clone(), judgement);
        }
    }
    for (check, why) in doubts {
        doubt(told, check, why);
    }
    held_back(waiting, told, &mut sent);
    sent
}

/// A receiver that refuses an event with a made-up id may well be right: what failed by a refusal
/// could not be told.
fn doubt(told: &mut BTreeMap<CheckId, Judgement>, check: CheckId, why: String) {
    let refused = |raw: &Raw| {
        raw.exchange.as_ref().is_some_and(|exchange| (400..500).contains(&exchange.status))
    };
    let failed = told.get(&check).filter(|judgement| judgement.result == Result::Fail);
    if failed.is_some_and(|judgement| judgement.findings.iter().all(refused)) {
        told.insert(check, Judgement::unknown(Reason::HELD_BACK, why));
    }
}

/// Shows what would be sent.
fn plan(
    view: &View<'_>,
    (jobs, places): (&[Job], &BTreeMap<CheckId, BTreeMap<RoleId, String>>),
    connects: &[Connect],
    (sent, told): (&mut Sent, &mut BTreeMap<CheckId, Judgement>),
) {
    for job in jobs {
        let Some(check) = view.library.checks.iter().find(|check| check.id == job.id.check) else {
            continue;
        };
        for one in preview(job, connects) {
            sent.planned.push(PlannedRequest {
                check: check.id.clone(),
                title: check.title.clone(),
                environment: one.class.as_str().to_owned(),
                method: one.method.to_owned(),
                url: one.url,
                headers: one.headers,
                credential: one.credential.map(|role| {
                    let place = places.get(&check.id).and_then(|known| known.get(&role));
                    place.map_or_else(|| role.to_string(), |place| format!("{role}, {place}"))
                }),
                creates: one.creates,
                note: said::planned(check, &one.name, one.told.as_deref()),
                times: one.times,
                held_back: one.held_back,
            });
        }
        let judgement = Judgement::other(Result::NotAsked, Reason::NOT_LIVE, "planned only");
        told.insert(check.id.clone(), judgement);
        sent.not_asked += 1;
    }
}

/// Sends jobs and judges their answers.
fn send(
    view: &View<'_>,
    jobs: Vec<Job>,
    (options, progress): (&LiveOptions, &dyn Fn(&str)),
    (sent, told, recording): (
        &mut Sent,
        &mut BTreeMap<CheckId, Judgement>,
        &RefCell<Option<Recording>>,
    ),
) {
    let judge = OutcomeJudge { view };
    let performed = perform(jobs, options, &judge, &|event| match event {
        Event::Sending { request, .. } => progress(&request),
        Event::Done { .. } => {}
    });
    for (id, done) in performed.jobs {
        let Some(check) = view.library.checks.iter().find(|check| check.id == id.check) else {
            continue;
        };
        let judgement = match done {
            Done::Answered { exchanges, names, .. } => {
                answer::judge(view, check, &exchanges, &names)
            }
            Done::NotSent(why) => not_sent(why),
        };
        look::join(told, id.check, judgement);
    }
    sent.requests = performed.requests;
    sent.to_production = performed.to_production;
    sent.hosts = performed.hosts.into_iter().collect();
    sent.created = performed.created.into_iter().collect();
    *recording.borrow_mut() = Some(performed.recording);
}

fn not_sent(why: NotSent) -> Judgement {
    match why {
        NotSent::Needs(job) => Judgement::unknown("needs", job.check.to_string()),
        NotSent::HeldBack(why) => Judgement::unknown(Reason::HELD_BACK, why),
        NotSent::NoRecording(what) => {
            Judgement::unknown(Reason::NO_FRESH_RUN, format!("no recording of {what}"))
        }
        NotSent::Broken(why) => Judgement::unknown("unexplained", why),
    }
}

/// Lists what was held back.
fn held_back(waiting: &[&Check], told: &BTreeMap<CheckId, Judgement>, sent: &mut Sent) {
    for check in waiting {
        let reason = told.get(&check.id).and_then(|judgement| judgement.reason.as_ref());
        if let Some(reason) = reason.filter(|reason| reason.kind == Reason::HELD_BACK) {
            sent.held_back.push(HeldBack { check: check.id.clone(), why: reason.detail.clone() });
        }
    }
}

struct OutcomeJudge<'v, 'a> {
    view: &'v View<'a>,
}

impl Judge for OutcomeJudge<'_, '_> {
    fn judge(&self, job: &JobId, names: &BTreeMap<String, Fact>) -> Judged {
        let check = self.view.library.checks.iter().find(|check| check.id == job.check);
        let outcome = check.and_then(|check| answer::matching(self.view, check, names));
        outcome.map_or_else(Judged::default, |outcome| Judged {
            passed: outcome.result == crate::pack::OutcomeResult::Pass,
            captures: outcome.capture.clone(),
        })
    }
}
