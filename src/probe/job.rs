//! What floor 6 hands down: one live check with all it may use, decided and not yet sent.

use std::fmt::{self, Display, Formatter};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bindings::Bindings;
use super::guard::ReceiverGrant;
use crate::pack::{
    CheckId, Class, Delivery, HostPattern, Outcome, Request, RoleId, Sight, SignatureScheme,
};
use crate::source::Secret;

/// A check as it is asked once: for one service or environment, where there are several.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct JobId {
    /// The check.
    pub check: CheckId,
    /// The service or environment, where the check is asked for several.
    pub scope: Option<String>,
}

impl Display for JobId {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.scope {
            Some(scope) => write!(out, "{} ({scope})", self.check),
            None => write!(out, "{}", self.check),
        }
    }
}

/// One live check, ready to be asked once those it needs have passed.
#[derive(Clone, Debug)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// What is sent.
    pub work: Work,
    /// Every chain of names that its outcomes read (`Expression::reads`); of the answers only
    /// these fields are kept.
    pub reads: Vec<Vec<String>>,
    /// Every name and path that its outcomes capture.
    pub captures: Vec<(String, String)>,
    /// Jobs of this run that must pass first, and whose captures it gets.
    pub needs: Vec<JobId>,
}

/// What a job sends.
#[derive(Clone, Debug)]
pub enum Work {
    /// Exchanges with a provider, one after the other; none is sent unless all can be.
    Exchanges(Vec<Asked>),
    /// Deliveries to a receiver of ours, one after the other; none is made unless all can be.
    Deliveries(Vec<Delivered>),
    /// A look at a host.
    Look(Box<Looked>),
}

/// A look at the host of one setting.
#[derive(Clone, Debug)]
pub struct Looked {
    /// At what.
    pub sight: Sight,
    /// The class of the environment whose setting names the host.
    pub class: Class,
    /// The role of that setting.
    pub role: RoleId,
    /// The URL.
    pub url: Secret,
    /// A host that is known to exist: where not even it has an address, this machine has no network.
    pub known: Option<String>,
}

/// One exchange with a provider.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its name; `answer` where it is alone.
    pub name: String,
    /// What is asked.
    pub request: Request,
    /// The values of the request's environment.
    pub bindings: Bindings,
    /// Where they may go: the pack's hosts of that class, and its shared ones; these alone where
    /// values of both classes are sent.
    pub hosts: Vec<HostPattern>,
    /// How it is signed, where it is.
    pub scheme: Option<SignatureScheme>,
}

/// Deliveries of one event.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// Its name; `answer` where it is alone.
    pub name: String,
    /// The event's name, where several are delivered under one name.
    pub told: Option<String>,
    /// How many were delivered under this name before.
    pub before: u32,
    /// What decides its `{random-uid}`.
    pub occurrence: String,
    /// How it is made and where it goes.
    pub delivery: Delivery,
    /// Leave to deliver there.
    pub grant: ReceiverGrant,
    /// The event's body, its strings with holes.
    pub event: serde_json::Value,
    /// How the provider signs.
    pub scheme: SignatureScheme,
    /// The values of the environment whose key signs.
    pub bindings: Bindings,
}

/// What a list of outcomes reads, and what it captures: `reads` and `captures` of a [`Job`].
pub fn read_by(outcomes: &[Outcome]) -> (Vec<Vec<String>>, Vec<(String, String)>) {
    let mut reads: Vec<Vec<String>> =
        outcomes.iter().flat_map(|outcome| outcome.when.reads()).collect();
    let mut captures: Vec<(String, String)> =
        outcomes.iter().flat_map(|outcome| outcome.capture.clone()).collect();
    reads.sort();
    reads.dedup();
    captures.sort();
    captures.dedup();
    (reads, captures)
}

impl Job {
    /// The bindings of all its exchanges.
    pub(crate) fn bindings_mut(&mut self) -> Vec<&mut Bindings> {
        match &mut self.work {
            Work::Exchanges(asked) => asked.iter_mut().map(|one| &mut one.bindings).collect(),
            Work::Deliveries(all) => all.iter_mut().map(|one| &mut one.bindings).collect(),
            Work::Look(_) => Vec::new(),
        }
    }
}

/// Why nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// A check that it needs has not passed.
    #[error("needs {0}")]
    Needs(JobId),
    /// It could not be filled or signed, or may not go where it would.
    #[error("{0}")]
    HeldBack(String),
    /// The recording that is replayed does not hold it.
    #[error("no recording of {0}")]
    NoRecording(String),
    /// The machine could not: no runtime, no sockets.
    #[error("{0}")]
    Broken(String),
}
