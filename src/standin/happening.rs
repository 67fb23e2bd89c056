//! What happens at a stand-in for development, told as it happens.

use std::sync::mpsc::Sender;

use super::clock::Clock;
use crate::source::Foreign;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When, in seconds since 1970.
    pub at: u64,
    /// What.
    pub what: What,
}

/// A request that came in, or one that went out. Neither holds a key, a token or a body of a
/// caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A request was answered.
    Received {
        /// Its method and path.
        asked: Foreign,
        /// The environment of the key, where one was known.
        environment: Option<String>,
        /// The status of the answer.
        status: u16,
        /// What the answer says, and what helps.
        why: String,
    },
    /// An event was delivered, or not.
    Sent {
        /// Its type, and how it was signed where that is wrong.
        event: String,
        /// The environment whose key signed it.
        environment: String,
        /// The status of the receiver's answer, where one came.
        status: Option<u16>,
        /// Whether it was taken, why not, and what follows.
        why: String,
    },
}

/// Tells what happens.
#[derive(Clone, Debug)]
pub(super) struct Says {
    pub(super) clock: Clock,
    pub(super) to: Sender<Happening>,
}

impl Says {
    pub(super) fn say(&self, what: What) {
        // nobody listens any more once the command has ended
        self.to.send(Happening { at: self.clock.seconds(), what }).ok();
    }
}
