//! What is wrong.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CheckRun;
use crate::pack::{CheckId, RoleId, Severity, Step, Who};
use crate::source::Location;

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
    /// The last day on which that holds, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub waived_until: Option<Date>,
}

impl Finding {
    /// A finding of a check about a place, and about no setting.
    pub(in crate::run) fn of(check: &CheckRun, id: String, at: (String, Location)) -> Self {
        let (message, location) = at;
        Self {
            id,
            check: check.id.clone(),
            also: Vec::new(),
            title: check.title.clone(),
            severity: check.severity,
            step: check.step,
            message,
            why: check.why.clone(),
            fix: check.fix.clone(),
            links: check.links.clone(),
            who: check.who,
            environment: None,
            service: None,
            provider: None,
            role: None,
            setting: None,
            shown: None,
            belongs_to: None,
            location: Some(location),
            related: Vec::new(),
            trail: Vec::new(),
            exchange: None,
            guess: false,
            waived: None,
            waived_until: None,
        }
    }
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
