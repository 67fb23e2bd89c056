//! What the stand-in received: enough to show and to count, and nothing that a caller wrote.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// The oldest entries go when there are more than this.
const MOST: usize = 10_000;

/// A request that was answered. It holds no header, no body and no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Which server answered.
    pub by: Server,
    /// What was asked, in the stand-in's own words: `POST /v1/sessions-management/tokens`.
    pub what: &'static str,
    /// The environment of the deployment whose key or address was used, where one was.
    pub environment: Option<String>,
    /// The status of the answer.
    pub status: u16,
}

/// The servers of the stand-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Server {
    /// Begini.
    Provider,
    /// The lender's webhook receiver.
    Receiver,
}

/// The entries so far, shared by the servers.
#[derive(Clone, Debug, Default)]
pub(super) struct Log(Arc<Mutex<VecDeque<Received>>>);

impl Log {
    pub(super) fn push(&self, received: Received) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MOST {
            entries.pop_front();
        }
        entries.push_back(received);
    }

    pub(super) fn entries(&self) -> Vec<Received> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}
