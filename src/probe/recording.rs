//! Exchanges as they are written down: reduced and redacted, so that a replay judges the same bytes
//! as the run did.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::{ANSWER, Facts};
use super::job::JobId;
use crate::pack::CheckId;

/// The name of this version of the format.
pub const RECORDING_SCHEMA: &str = "golive/recording/v1";

/// Everything that was sent and came back in a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Always `golive/recording/v1`.
    pub schema: String,
    /// The clock of the run, UTC.
    #[schemars(with = "String")]
    pub clock: Timestamp,
    /// The seed of the run.
    #[serde(default)]
    pub seed: u64,
    /// The exchanges by check, name and index.
    #[serde(default)]
    pub exchanges: Vec<Recorded>,
}

/// One exchange.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The check that asked.
    pub check: CheckId,
    /// The service or environment, where the check is asked for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The exchange within the check.
    #[serde(default = "answer")]
    pub name: String,
    /// Which of several deliveries, from zero.
    #[serde(default)]
    pub index: u32,
    /// Method and URL, masked.
    #[serde(default)]
    pub request: String,
    /// Why it was not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_back: Option<String>,
    /// How many requests went out for it: none where it was held back or its host has no address,
    /// two where it was asked again.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub sent: u32,
    /// What came back.
    #[serde(default)]
    pub facts: Facts,
}

fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_once(sent: &u32) -> bool {
    *sent == 1
}

fn answer() -> String {
    ANSWER.to_owned()
}

/// Why a text is no recording.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingFault {
    /// It is not written as one. What is wrong, and line and column from one.
    #[error("{message} at line {line}, column {column}")]
    Format {
        /// What is wrong.
        message: String,
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// It is of another version.
    #[error("its schema is not {RECORDING_SCHEMA}")]
    Version,
    /// Two exchanges are of the same check, name and index.
    #[error("{0} is recorded twice")]
    Twice(String),
}

impl Recording {
    /// An empty one.
    pub fn new(clock: Timestamp, seed: u64) -> Self {
        Self { schema: RECORDING_SCHEMA.to_owned(), clock, seed, exchanges: Vec::new() }
    }

    /// Reads a JSON document.
    ///
    /// # Errors
    /// Where it is no recording of this version.
    pub fn from_json(text: &str) -> Result<Self, RecordingFault> {
        let read: Self = serde_json::from_str(text).map_err(|error| {
            let whole = error.to_string();
            let message = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(what, _)| what);
            RecordingFault::Format {
                message: message.to_owned(),
                line: error.line(),
                column: error.column(),
            }
        })?;
        read.checked()
    }

    /// The same, where it is of this version and names no exchange twice.
    ///
    /// # Errors
    /// Where it is not.
    pub fn checked(mut self) -> Result<Self, RecordingFault> {
        if self.schema != RECORDING_SCHEMA {
            return Err(RecordingFault::Version);
        }
        self.sort();
        let pairs = self.exchanges.iter().zip(self.exchanges.iter().skip(1));
        for (first, second) in pairs {
            if first.key() == second.key() {
                return Err(RecordingFault::Twice(first.called()));
            }
        }
        Ok(self)
    }

    /// The document as JSON, with a line end.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        text + "\n"
    }

    /// Brings the exchanges into their order.
    pub fn sort(&mut self) {
        self.exchanges.sort_by(|first, second| first.key().cmp(&second.key()));
    }
}

impl Recorded {
    pub(crate) fn held_back(id: &JobId, name: &str, request: &str, why: &str) -> Self {
        let held_back = Some(why.to_owned());
        Self { held_back, sent: 0, ..Self::answered(id, name, request, Facts::default()) }
    }

    pub(crate) fn answered(id: &JobId, name: &str, request: &str, facts: Facts) -> Self {
        Self {
            check: id.check.clone(),
            scope: id.scope.clone(),
            name: name.to_owned(),
            index: 0,
            request: request.to_owned(),
            held_back: None,
            sent: 1,
            facts,
        }
    }

    /// The host that was asked, as it may be shown.
    pub fn host(&self) -> Option<&str> {
        let (_, after) = self.request.split_once("://")?;
        after.split(['/', '?', ':']).next()
    }

    fn key(&self) -> (&CheckId, Option<&str>, &str, u32) {
        (&self.check, self.scope.as_deref(), &self.name, self.index)
    }

    fn called(&self) -> String {
        let Self { check, name, index, .. } = self;
        format!("{check}, {name}, {index}")
    }
}
