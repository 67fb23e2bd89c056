//! What a run came to: the one document that every report is a view of.
//!
//! All text in it is already masked; text that is not ours is already escaped for a terminal.

mod finding;
mod seen;
mod sent;
mod told;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::earlier::EarlierSeen;
use crate::pack::Gate;
use crate::source::Location;

pub use finding::{Exchange, Finding, Related, Trace};
pub use seen::{EnvironmentSeen, LookedAt, NotCovered, Note};
pub use sent::{HeldBack, PlannedRequest, Sent};
pub use told::{Basis, CheckRun, Evidence, Reason, Result, Said, Tally};

/// A run: what was judged, how, and what came out.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Always `golive/report/v1`.
    pub schema: String,
    /// The tool.
    pub tool: Tool,
    /// Whether this was a rehearsal against the tool's own stand-in: never evidence.
    pub rehearsal: bool,
    /// What the run decides.
    pub gate: Gate,
    /// What it decided.
    pub verdict: Verdict,
    /// What the gate needs to have found, and what of it was not.
    #[serde(default)]
    pub grounds: Grounds,
    /// What narrowed it.
    pub narrowed: Vec<Narrowed>,
    /// What was judged.
    pub subject: Subject,
    /// When: the clock of the run, UTC.
    #[schemars(with = "String")]
    pub clock: Timestamp,
    /// The day as on which was judged, where it is not the clock's: UTC, to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Date>,
    /// The base by whose rules it was judged, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseSeen>,
    /// When the first of its answers lapses, UTC.
    #[schemars(with = "Option<String>")]
    pub valid_until: Option<Timestamp>,
    /// The packs in use.
    pub packs: Vec<PackSeen>,
    /// Earlier runs that were given as evidence.
    #[serde(default)]
    pub earlier: Vec<EarlierSeen>,
    /// SHA-256 of the judged inputs (tracked literals and reference texts) and packs, in hex.
    pub inputs_digest: String,
    /// What was looked at and passed over.
    pub looked_at: LookedAt,
    /// What no pack covers.
    pub not_covered: Vec<NotCovered>,
    /// What was sent, or would be.
    pub sent: Sent,
    /// How many items and results there are.
    pub tally: Tally,
    /// What is wrong, one item a mistake, worst first.
    pub findings: Vec<Finding>,
    /// Words of persons and waivers that end within 14 days, each with when.
    #[serde(default)]
    pub ending: Vec<Note>,
    /// Every check with its result, by id.
    pub checks: Vec<CheckRun>,
    /// The next commands, in order.
    pub next: Vec<String>,
    /// SHA-256, in hex, of every other part as compact JSON: an edited report tells where.
    #[serde(default)]
    pub digests: BTreeMap<String, String>,
}

/// The tool.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `golive`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What was decided.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// The word.
    pub word: VerdictWord,
    /// What limits the word: `against a stand-in`, `core only`, `partial: --only`.
    pub qualifier: Option<String>,
    /// The exit code: 0, 1 or 3.
    pub exit: u8,
    /// Why it is not better, most important first, each a short sentence; empty for `GO`.
    pub because: Vec<String>,
}

/// What a gate needs to have found before it may say yes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Grounds {
    /// Whether the manifest wants no provider: it says so beside every verdict.
    pub core_only: bool,
    /// What was not found, each a short sentence.
    pub missing: Vec<String>,
}

/// The words of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum VerdictWord {
    /// Ready, at the launch gate.
    #[serde(rename = "GO")]
    Go,
    /// Not ready.
    #[serde(rename = "NO-GO")]
    NoGo,
    /// It could not be told.
    #[serde(rename = "UNDETERMINED")]
    Undetermined,
    /// The gate is passed.
    #[serde(rename = "PASS")]
    Pass,
    /// It is not.
    #[serde(rename = "FAIL")]
    Fail,
    /// It could not be told.
    #[serde(rename = "UNDECIDED")]
    Undecided,
}

impl VerdictWord {
    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Go => "GO",
            Self::NoGo => "NO-GO",
            Self::Undetermined => "UNDETERMINED",
            Self::Pass => "PASS",
            Self::Fail => "FAIL",
            Self::Undecided => "UNDECIDED",
        }
    }
}

/// A commit by whose rules a change was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BaseSeen {
    /// The revision, as it was asked for.
    pub revision: String,
    /// The id of its commit.
    pub commit: String,
}

/// Something that made the run smaller than the gate asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Narrowed {
    /// The flag: `--only`, `--connect`.
    pub flag: String,
    /// What it did, in a few words.
    pub effect: String,
}

/// What was judged.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Subject {
    /// The name of the project's folder.
    pub name: String,
    /// Its path from the top of the git work tree that it lies in, where it is not that itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// The commit, where there is a git work tree with one.
    pub commit: Option<String>,
    /// Whether tracked files differ from the commit; unknown without git.
    pub dirty: Option<bool>,
    /// The release that it is for, as whoever asked says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// The ticket that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The artifact that is released: a digest, a tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<String>,
}

/// A pack in use.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PackSeen {
    /// Its id.
    pub id: String,
    /// The provider's name.
    pub title: String,
    /// SHA-256 of its files, in hex.
    pub digest: String,
    /// By what it was recognised: the first place, where there is one.
    pub at: Option<Location>,
    /// By what, in words: `BEGINI_API_KEY`, `golive.yaml packs`.
    pub by: String,
}
