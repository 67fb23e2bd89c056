//! What each check came to.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pack::{CheckId, Severity, Step, Who};
use crate::source::Location;

/// How many items and results there are.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Unwaived items by severity.
    pub wrong: BTreeMap<String, u64>,
    /// Checks that wait for a person.
    pub pending: u64,
    /// Checks that could not be told.
    pub unknown: u64,
    /// Checks due at this gate.
    pub due: u64,
    /// Checks due after the switch.
    pub after_switch: u64,
    /// Results by step, then by result word.
    pub steps: BTreeMap<Step, BTreeMap<String, u64>>,
    /// Passing checks by basis.
    pub basis: BTreeMap<Basis, u64>,
    /// Accepted items by severity.
    #[serde(default)]
    pub waived: BTreeMap<String, u64>,
    /// Waivers, or ids in them, that accept nothing; the notes say why.
    #[serde(default)]
    pub idle_waivers: u64,
    /// Waivers that `--no-waivers` left aside.
    #[serde(default)]
    pub waivers_left_aside: u64,
}

/// The result of a check.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Result {
    /// The claim holds.
    Pass,
    /// It does not.
    Fail,
    /// Every finding is accepted.
    Waived,
    /// It waits for a person.
    Pending,
    /// It could not be told.
    Unknown,
    /// It is not about this project.
    Skipped,
    /// It is not due at this gate, not allowed, or narrowed away.
    NotAsked,
}

impl Result {
    /// As it stands in the JSON report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Waived => "waived",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
            Self::Skipped => "skipped",
            Self::NotAsked => "not-asked",
        }
    }
}

/// Why a result is what it is, where it is neither pass nor fail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The kind: for `unknown` one of `not found`, `may come from`, `held back`, `provider
    /// unavailable`, `unexplained`, `unreadable`, `needs`, `too costly`, `no fresh run`; for
    /// `not-asked` one of [`Reason::NOT_LIVE`], [`Reason::NOT_ALLOWED`], [`Reason::NOT_DUE`],
    /// [`Reason::NARROWED`] or `needs`; for the others a few words.
    pub kind: String,
    /// The particulars: candidates, the command that closes it, the check that is waited for.
    pub detail: String,
}

impl Reason {
    /// Of `unknown`: something about the request was not safe, so it was not sent.
    pub const HELD_BACK: &'static str = "held back";
    /// Of `unknown`: the provider could not answer.
    pub const UNAVAILABLE: &'static str = "provider unavailable";
    /// Of `unknown`: no earlier run is on file that counts.
    pub const NO_FRESH_RUN: &'static str = "no fresh run";
    /// Of `unknown`: an expression would read more than one may.
    pub const TOO_COSTLY: &'static str = "too costly";
    /// Of `not-asked`: `--live` was not given.
    pub const NOT_LIVE: &'static str = "not live";
    /// Of `not-asked`: `--allow-production` was not given.
    pub const NOT_ALLOWED: &'static str = "not allowed";
    /// Of `not-asked`: another gate judges it.
    pub const NOT_DUE: &'static str = "not due";
    /// Of `not-asked`: a flag narrowed the run.
    pub const NARROWED: &'static str = "narrowed";
}

/// How a result is known.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Seen in files.
    File,
    /// Asked live.
    Live,
    /// Observed inside an environment.
    Observed,
    /// By a reference or a fingerprint: the value itself was not seen.
    Reference,
    /// Taken from an earlier run.
    Earlier,
    /// Said by a person.
    Person,
}

impl Basis {
    /// As it stands in the JSON report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Live => "live",
            Self::Observed => "observed",
            Self::Reference => "reference",
            Self::Earlier => "earlier",
            Self::Person => "person",
        }
    }
}

/// A check with its result.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CheckRun {
    /// Its id.
    pub id: CheckId,
    /// The claim.
    pub title: String,
    /// Its step.
    pub step: Step,
    /// Its severity.
    pub severity: Severity,
    /// Who can mend or answer it.
    pub who: Who,
    /// Codes of the provider's list that it answers.
    pub answers: Vec<String>,
    /// Whether it is due at this gate.
    pub due: bool,
    /// Whether it only warns, since it came after the packs were locked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_warns: bool,
    /// Its result.
    pub result: Result,
    /// Why, where it is neither pass nor fail.
    pub reason: Option<Reason>,
    /// How it is known; none where nothing is.
    pub basis: Option<Basis>,
    /// What the result rests on, a few lines.
    pub evidence: Vec<Evidence>,
    /// Ids of its findings, those merged into another check's item too.
    pub findings: Vec<String>,
    /// Who vouched for it, where it rests on a person's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
    /// What a person is asked to say, where one is.
    pub statement: Option<String>,
    /// What that statement says in particular, point by point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
    /// Why it matters.
    #[serde(default)]
    pub why: String,
    /// What to do where it does not hold.
    #[serde(default)]
    pub fix: String,
    /// Where to read more.
    #[serde(default)]
    pub links: Vec<String>,
}

/// A person's word that counts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    /// The name that is claimed.
    pub by: String,
    /// In which role.
    pub role: String,
    /// The day on which it was said, UTC.
    #[schemars(with = "String")]
    pub on: Date,
    /// The last day on which it holds, UTC.
    #[schemars(with = "String")]
    pub until: Date,
    /// What it was said on the strength of.
    pub evidence: Option<String>,
    /// Who committed it, in words; none outside a repository.
    pub committed: Option<String>,
}

/// One line of evidence.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// What was seen, never a value that could be secret.
    pub message: String,
    /// Where.
    pub location: Option<Location>,
}
