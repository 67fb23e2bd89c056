//! Schedules jobs by what they need. The only way from the outside to the wire, and synchronous.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;

use super::carry::{Carried, Carrier, Live};
use super::facts::ANSWER;
use super::facts::names_of;
use super::guard::Connect;
use super::job::{Asked, Job, JobId, NotSent, Work};
use super::prepare::touched;
use super::proxy::ProxyUrl;
use super::recording::{Recorded, Recording};
use super::replay::{Replay, by_name};
use super::tls::TrustedCa;
use super::wire::Patience;
use crate::expression::Fact;
use crate::pack::Class;
use crate::source::Secret;

/// How a run's live checks are carried out.
#[derive(Clone, Debug, Default)]
pub struct LiveOptions {
    /// The recording that answers; without one, the network does.
    pub replay: Option<Recording>,
    /// The clock of the run.
    pub clock: Timestamp,
    /// The moment as at which certificates are judged that are looked at, where it is a later one.
    pub as_at: Option<Timestamp>,
    /// The seed of the run.
    pub seed: u64,
    /// `--connect`.
    pub connects: Vec<Connect>,
    /// `--trust-ca`.
    pub trust: Vec<TrustedCa>,
    /// `--proxy`.
    pub proxy: Option<ProxyUrl>,
    /// How long one exchange may take.
    pub patience: Patience,
    /// How long all of them may take together.
    pub deadline: Deadline,
    /// Secrets of the project, each with what is shown in its place: no server's text may echo
    /// them.
    pub hidden: Vec<(String, Secret)>,
}

/// How long all exchanges of a run may take together: two minutes unless said otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(pub Duration);

impl Default for Deadline {
    fn default() -> Self {
        Self(Duration::from_secs(120))
    }
}

/// Something to tell a person who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A request goes out.
    Sending {
        /// The job.
        job: JobId,
        /// Method and masked URL.
        request: String,
    },
    /// A job is done.
    Done {
        /// The job.
        job: JobId,
    },
}

/// Says what the facts of a job mean.
pub trait Judge {
    /// Judges what its outcomes see (`status`, `body`, ...; named exchanges under their names).
    fn judge(&self, job: &JobId, names: &BTreeMap<String, Fact>) -> Judged;
}

/// What a judge says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Whether the check passed, so that those that need it may be sent.
    pub passed: bool,
    /// What is handed on to them: names and paths of the outcome that matched.
    pub captures: BTreeMap<String, String>,
}

/// What came of all jobs.
#[derive(Debug)]
pub struct Performed {
    /// Each job with what came of it.
    pub jobs: BTreeMap<JobId, Done>,
    /// All exchanges, in order: what `--record` writes.
    pub recording: Recording,
    /// How many requests went out; in a replay, and so below, those of the recorded run.
    pub requests: u64,
    /// How many of them to production.
    pub to_production: u64,
    /// The hosts that they went to.
    pub hosts: BTreeSet<String>,
    /// What they may have created.
    pub created: BTreeSet<String>,
}

/// What came of a job.
#[derive(Clone, Debug)]
pub enum Done {
    /// There are facts.
    Answered {
        /// The exchanges in order.
        exchanges: Vec<Recorded>,
        /// What outcomes see of them.
        names: BTreeMap<String, Fact>,
        /// What the judge said.
        judged: Judged,
    },
    /// There are none.
    NotSent(NotSent),
}

/// Carries out `jobs`: each as soon as all that it needs have passed, as many at once as the limits
/// allow. Without jobs, or with a recording, nothing is started and nothing is sent.
pub fn perform(
    jobs: Vec<Job>,
    options: &LiveOptions,
    judge: &dyn Judge,
    progress: &dyn Fn(Event),
) -> Performed {
    let mut run = Run::new(jobs, options, judge, progress);
    if run.waiting.iter().any(Option::is_some) {
        match &options.replay {
            Some(recording) => run.carry(&mut Replay::new(recording)),
            None => match Live::new(options) {
                Ok(mut live) => run.carry(&mut live),
                Err(why) => run.give_up(&why),
            },
        }
    }
    run.performed.recording.sort();
    run.performed
}

/// What is remembered of a job that is on its way.
struct Started {
    id: JobId,
    /// Whom each exchange touches, and what it may create.
    exchanges: BTreeMap<String, (Class, Option<String>)>,
}

struct Run<'a> {
    started: BTreeMap<usize, Started>,
    waiting: Vec<Option<Job>>,
    captured: BTreeMap<JobId, BTreeMap<String, Secret>>,
    performed: Performed,
    judge: &'a dyn Judge,
    progress: &'a dyn Fn(Event),
}

impl Started {
    fn new(job: &Job) -> Self {
        let exchanges = match &job.work {
            Work::Exchanges(asked) => asked
                .iter()
                .map(|Asked { name, request, .. }| {
                    (name.clone(), (touched(request), request.creates.clone()))
                })
                .collect(),
            Work::Deliveries(all) => {
                all.iter().map(|one| (one.name.clone(), (one.delivery.to, None))).collect()
            }
            Work::Look(looked) => BTreeMap::from([(ANSWER.to_owned(), (looked.class, None))]),
        };
        Self { id: job.id.clone(), exchanges }
    }
}

impl<'a> Run<'a> {
    fn new(
        jobs: Vec<Job>,
        options: &LiveOptions,
        judge: &'a dyn Judge,
        progress: &'a dyn Fn(Event),
    ) -> Self {
        let (clock, seed) = match &options.replay {
            Some(recording) => (recording.clock, recording.seed),
            None => (options.clock, options.seed),
        };
        Self {
            started: BTreeMap::new(),
            waiting: jobs.into_iter().map(Some).collect(),
            captured: BTreeMap::new(),
            performed: Performed {
                jobs: BTreeMap::new(),
                recording: Recording::new(clock, seed),
                requests: 0,
                to_production: 0,
                hosts: BTreeSet::new(),
                created: BTreeSet::new(),
            },
            judge,
            progress,
        }
    }

    fn carry(&mut self, by: &mut dyn Carrier) {
        loop {
            while self.start_ready(by) {}
            let Some((index, carried)) = by.next(self.progress) else { break };
            self.finish(index, carried);
        }
        // What still waits needs a job that waits for it, or that is not there.
        let left: Vec<Job> = self.waiting.iter_mut().filter_map(Option::take).collect();
        for job in left {
            let need = job.needs.first().cloned().unwrap_or_else(|| job.id.clone());
            self.done(&job.id, Done::NotSent(NotSent::Needs(need)));
        }
    }

    /// Starts every job whose needs are done; says whether that made others ready.
    fn start_ready(&mut self, by: &mut dyn Carrier) -> bool {
        let mut again = false;
        for index in 0..self.waiting.len() {
            let place = self.waiting.get_mut(index);
            let ready =
                |job: &mut Job| job.needs.iter().all(|need| self.performed.jobs.contains_key(need));
            let Some(mut job) = place.and_then(|job| job.take_if(ready)) else { continue };
            if let Some(need) = job.needs.iter().find(|need| !self.passed(need)).cloned() {
                self.done(&job.id, Done::NotSent(NotSent::Needs(need)));
                again = true;
                continue;
            }
            self.hand_on(&mut job);
            self.started.insert(index, Started::new(&job));
            by.start(index, job);
        }
        again
    }

    /// Gives a job the captures of all that it needs.
    fn hand_on(&self, job: &mut Job) {
        for need in std::mem::take(&mut job.needs) {
            let captures = self.captured.get(&need).cloned().unwrap_or_default();
            for bindings in job.bindings_mut() {
                bindings.captures.extend(captures.clone());
            }
        }
    }

    fn passed(&self, need: &JobId) -> bool {
        match self.performed.jobs.get(need) {
            Some(Done::Answered { judged, .. }) => judged.passed,
            Some(Done::NotSent(_)) | None => false,
        }
    }

    fn finish(&mut self, index: usize, carried: Carried) {
        let Some(Started { id, exchanges }) = self.started.remove(&index) else { return };
        for recorded in carried.exchanges.iter().filter(|recorded| recorded.sent > 0) {
            let performed = &mut self.performed;
            performed.requests += u64::from(recorded.sent);
            performed.hosts.extend(recorded.host().map(str::to_owned));
            if let Some((class, creates)) = exchanges.get(&recorded.name) {
                let counts = *class == Class::Production;
                performed.to_production += u64::from(if counts { recorded.sent } else { 0 });
                performed.created.extend(creates.clone());
            }
        }
        self.performed.recording.exchanges.extend(carried.exchanges.iter().cloned());
        if let Some(why) = carried.not_sent {
            self.done(&id, Done::NotSent(why));
            return;
        }
        let names = names_of(&by_name(&carried.exchanges));
        let judged = self.judge.judge(&id, &names);
        let taken = judged.captures.iter().filter_map(|(name, path)| {
            let value = carried.captured.get(&(name.clone(), path.clone()))?;
            Some((name.clone(), value.clone()))
        });
        self.captured.insert(id.clone(), taken.collect());
        let exchanges = carried.exchanges;
        self.done(&id, Done::Answered { exchanges, names, judged });
    }

    fn done(&mut self, id: &JobId, done: Done) {
        self.performed.jobs.insert(id.clone(), done);
        (self.progress)(Event::Done { job: id.clone() });
    }

    fn give_up(&mut self, why: &str) {
        for job in std::mem::take(&mut self.waiting).into_iter().flatten() {
            self.done(&job.id, Done::NotSent(NotSent::Broken(why.to_owned())));
        }
    }
}
