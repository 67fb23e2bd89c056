//! A recording in place of the wire.

use std::collections::{BTreeMap, VecDeque};

use super::carry::{Carried, Carrier};
use super::facts::ANSWER;
use super::facts::Facts;
use super::job::{Job, NotSent, Work};
use super::perform::Event;
use super::prepare::wanted;
use super::recording::{Recorded, Recording};
use super::reduce::Capture;
use crate::expression::Fact;
use crate::source::Secret;

/// Answers from a recording, and sends nothing.
pub(crate) struct Replay<'a> {
    recorded: &'a Recording,
    started: VecDeque<(usize, Job)>,
}

impl<'a> Replay<'a> {
    pub(crate) fn new(recorded: &'a Recording) -> Self {
        Self { recorded, started: VecDeque::new() }
    }

    /// The recorded exchange; one without a scope answers for every scope.
    fn find(&self, job: &Job, name: &str, index: u32) -> Option<&'a Recorded> {
        let scope = job.id.scope.as_deref();
        let mut fitting: Vec<&'a Recorded> = self
            .recorded
            .exchanges
            .iter()
            .filter(|one| one.check == job.id.check && one.name == name && one.index == index)
            .filter(|one| one.scope.is_none() || one.scope.as_deref() == scope)
            .collect();
        fitting.sort_by_key(|one| one.scope.is_none());
        fitting.first().copied()
    }

    fn replay(&self, job: &Job) -> Carried {
        let mut carried = Carried::default();
        let exchanges = match &job.work {
            Work::Exchanges(asked) => asked.iter().map(|one| (one.name.as_str(), 0, 1)).collect(),
            Work::Deliveries(all) => all
                .iter()
                .map(|one| (one.name.as_str(), one.before, one.delivery.times.max(1)))
                .collect::<Vec<_>>(),
            Work::Look(_) => vec![(ANSWER, 0, 1)],
        };
        for (name, before, times) in &exchanges {
            let wanted = wanted(job, name, exchanges.len());
            for index in *before..before + times {
                let Some(found) = self.find(job, name, index) else {
                    carried.not_sent = Some(NotSent::NoRecording(job.id.to_string()));
                    continue;
                };
                if let Some(why) = &found.held_back {
                    carried.not_sent = Some(NotSent::HeldBack(why.clone()));
                    carried.exchanges.push(found.clone());
                    break;
                }
                captured(found, &wanted.captures, &mut carried);
                carried.exchanges.push(found.clone());
            }
        }
        carried
    }
}

/// What stands in the facts for captured values stands for them in a replay, which sends nothing.
fn captured(found: &Recorded, captures: &[Capture], carried: &mut Carried) {
    let names = found.facts.names();
    for Capture { id, chain } in captures {
        let Some((first, rest)) = chain.split_first() else { continue };
        let value = rest.iter().try_fold(names.get(first), |at, name| match at? {
            Fact::Map(entries) => Some(entries.get(name)),
            Fact::Null
            | Fact::Bool(_)
            | Fact::Int(_)
            | Fact::Float(_)
            | Fact::Text(_)
            | Fact::List(_) => None,
        });
        if let Some(Some(_)) = value {
            let value = Secret::new(format!("{{capture.{}}}", id.0));
            carried.captured.insert(id.clone(), value);
        }
    }
}

impl Carrier for Replay<'_> {
    fn start(&mut self, index: usize, job: Job) {
        self.started.push_back((index, job));
    }

    fn next(&mut self, _: &dyn Fn(Event)) -> Option<(usize, Carried)> {
        let (index, job) = self.started.pop_front()?;
        Some((index, self.replay(&job)))
    }
}

/// Exchanges by name in the order of `recorded`, for the names that outcomes see.
pub(crate) fn by_name(recorded: &[Recorded]) -> Vec<(String, Vec<Facts>)> {
    let mut order: Vec<&str> = Vec::new();
    let mut facts: BTreeMap<&str, Vec<Facts>> = BTreeMap::new();
    for one in recorded {
        if !facts.contains_key(one.name.as_str()) {
            order.push(&one.name);
        }
        facts.entry(&one.name).or_default().push(one.facts.clone());
    }
    order
        .into_iter()
        .map(|name| (name.to_owned(), facts.remove(name).unwrap_or_default()))
        .collect()
}
