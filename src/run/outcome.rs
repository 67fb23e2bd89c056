//! What a run came to: the one document that every report is a view of.
//!
//! All text in it is already masked; text that is not ours is already escaped for a terminal.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pack::{CheckId, Class, RoleId, Severity, Step, Who};
use crate::source::Location;

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
    /// What narrowed it.
    pub narrowed: Vec<Narrowed>,
    /// What was judged.
    pub subject: Subject,
    /// When: the clock of the run, UTC.
    #[schemars(with = "String")]
    pub clock: Timestamp,
    /// When the first of its answers lapses, UTC.
    #[schemars(with = "Option<String>")]
    pub valid_until: Option<Timestamp>,
    /// The packs in use.
    pub packs: Vec<PackSeen>,
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
    /// Every check with its result, by id.
    pub checks: Vec<CheckRun>,
    /// The next commands, in order.
    pub next: Vec<String>,
}

/// The tool.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `golive`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What a run decides.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// A change of the project, by its files alone.
    Change,
    /// The sandbox work is done.
    Sandbox,
    /// The switch to production.
    #[default]
    Launch,
    /// The first live traffic.
    Live,
}

impl Gate {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Sandbox => "sandbox",
            Self::Launch => "launch",
            Self::Live => "live",
        }
    }
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
    /// The commit, where there is a git work tree with one.
    pub commit: Option<String>,
    /// Whether tracked files differ from the commit; unknown without git.
    pub dirty: Option<bool>,
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

/// What was looked at.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct LookedAt {
    /// Files listed.
    pub files_listed: u64,
    /// Files read and parsed.
    pub files_read: u64,
    /// Settings found.
    pub settings: u64,
    /// Environments found.
    pub environments: Vec<EnvironmentSeen>,
    /// Files that matter and could not be read or not wholly, each with why.
    pub unreadable: Vec<Note>,
    /// Files of no environment.
    pub unclassified: Vec<String>,
    /// What was taken for granted without a manifest.
    pub assumed: Vec<String>,
    /// How many files were passed over, by why: `template`, `documentation`, `binary`.
    pub passed_over: BTreeMap<String, u64>,
    /// Doubtful places: duplicate keys, scalars read differently by other tools.
    pub notes: Vec<Note>,
}

/// An environment that was found.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EnvironmentSeen {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// The service, where the project has several.
    pub service: Option<String>,
    /// Its layers, lowest first, as paths.
    pub layers: Vec<String>,
    /// Settings in force.
    pub settings: u64,
    /// Settings whose value stands elsewhere.
    pub references: u64,
    /// How it is known: `golive.yaml`, `file name`, `APP_ENV in .env:1`.
    pub rule: String,
}

/// A remark about a place.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Where.
    pub location: Location,
    /// What.
    pub message: String,
}

/// Something in use that no pack covers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NotCovered {
    /// The host or the name.
    pub what: String,
    /// How many settings speak of it.
    pub settings: u64,
}

/// What was sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Sent {
    /// Requests sent.
    pub requests: u64,
    /// Hosts they went to.
    pub hosts: Vec<String>,
    /// How many went to production.
    pub to_production: u64,
    /// What requests may have created, each named once.
    pub created: Vec<String>,
    /// Checks whose request was not sent because something about it was not safe.
    pub held_back: Vec<HeldBack>,
    /// Live checks not asked because `--live` was not given.
    pub not_asked: u64,
    /// The requests of `--plan`, in order; empty otherwise.
    pub planned: Vec<PlannedRequest>,
}

/// A live check that was held back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HeldBack {
    /// The check.
    pub check: CheckId,
    /// Why.
    pub why: String,
}

/// A request that would be sent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlannedRequest {
    /// The check.
    pub check: CheckId,
    /// The check's title.
    pub title: String,
    /// The environment whose values it uses.
    pub environment: String,
    /// Its method.
    pub method: String,
    /// Its URL, masked.
    pub url: String,
    /// Its headers, values masked.
    pub headers: Vec<(String, String)>,
    /// Which credential it carries, as role and place: never the value.
    pub credential: Option<String>,
    /// What it may create.
    pub creates: Option<String>,
    /// How often it is sent.
    pub times: u32,
    /// Why it is not sent, where it is held back.
    pub held_back: Option<String>,
}

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
    /// What a person is asked to say, where one is.
    pub statement: Option<String>,
}

/// One line of evidence.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// What was seen, never a value that could be secret.
    pub message: String,
    /// Where.
    pub location: Option<Location>,
}

/// One mistake: a place or an exchange that contradicts a claim.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Stable across runs: no line and no path goes into it.
    pub id: String,
    /// The most specific check that names it.
    pub check: CheckId,
    /// Other checks that name the same place.
    pub also: Vec<CheckId>,
    /// The claim that it contradicts.
    pub title: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Its step.
    pub step: Step,
    /// What is wrong, one line.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// Where to read more.
    pub links: Vec<String>,
    /// Who can mend it.
    pub who: Who,
    /// The environment that it is about.
    pub environment: Option<String>,
    /// The service, where the project has several.
    pub service: Option<String>,
    /// The provider's pack.
    pub provider: Option<String>,
    /// The role.
    pub role: Option<RoleId>,
    /// The setting as it is written: foreign text.
    pub setting: Option<String>,
    /// What may be shown of the value: `key A`, `https://hooks.lender.co.ke/…`.
    pub shown: Option<String>,
    /// What the value belongs to and how that is known: `sandbox (golive.yaml:6 hosts)`.
    pub belongs_to: Option<String>,
    /// The literal to edit.
    pub location: Option<Location>,
    /// Other places that take part.
    pub related: Vec<Related>,
    /// How the value came to its place: aliases, merges, layers.
    pub trail: Vec<Trace>,
    /// The exchange that showed it.
    pub exchange: Option<Exchange>,
    /// Whether it rests on a guess.
    pub guess: bool,
    /// What accepts it, where something does.
    pub waived: Option<String>,
}

/// Another place that takes part in a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What it has to do with it.
    pub message: String,
}

/// A step on a value's way to its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Trace {
    /// `alias`, `merge`, `layer`, `interpolation`, `default`.
    pub what: String,
    /// Where.
    pub location: Location,
}

/// An exchange, reduced to what was judged.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// Method and masked URL.
    pub request: String,
    /// What was special about it: `body altered after signing`.
    pub note: Option<String>,
    /// The status; 0 where there was a fault.
    pub status: u16,
    /// Milliseconds from sending to the end of the answer.
    pub ms: u64,
    /// What went wrong on the way: `timeout`, `dns`, `tls`, `refused`, `redirect`, `too-large`,
    /// `not-json`.
    pub fault: Option<String>,
}
