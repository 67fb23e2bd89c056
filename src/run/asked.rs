//! What a run is asked to do: decided before anything is done.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::earlier::Earlier;
use super::outcome::{BaseSeen, Narrowed};
use crate::pack::{Class, Gate, RoleId};

/// What a run is asked.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Asked {
    /// What it decides.
    pub gate: Gate,
    /// Whether requests may be sent.
    pub live: bool,
    /// Whether requests may touch production.
    pub allow_production: bool,
    /// Roles whose unmarked value may be taken for the sandbox's.
    pub assume_sandbox: BTreeSet<RoleId>,
    /// Receivers that may be delivered to.
    pub receivers: Vec<Receiver>,
    /// The environment that is judged, where only one is.
    pub environment: Option<String>,
    /// Checks and packs to judge, where not all are.
    pub only: Vec<String>,
    /// Checks and packs to leave out.
    pub skip: Vec<String>,
    /// What narrows the run from outside: `--connect`, a replay.
    pub narrowed: Vec<Narrowed>,
    /// Whether this is a rehearsal against the tool's own stand-in.
    pub rehearsal: bool,
    /// Earlier runs, taken as evidence.
    pub earlier: Vec<Earlier>,
    /// Whether waivers are left aside.
    pub no_waivers: bool,
    /// The day as on which confirmations, waivers and facts are judged, where it is another one.
    pub as_of: Option<Date>,
    /// The base by whose rules it judges, too.
    pub base: Option<BaseSeen>,
    /// What the run is for.
    pub purpose: Purpose,
    /// The clock.
    pub clock: Timestamp,
}

/// What a run is for, as whoever asks for it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purpose {
    /// The release.
    pub release: Option<String>,
    /// The ticket.
    pub ticket: Option<String>,
    /// The artifact: a digest, a tag.
    pub artifact: Option<String>,
}

/// A receiver that a person granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// The environment it is of.
    pub class: Class,
    /// The role that holds its URL.
    pub role: RoleId,
    /// The URL, where the grant names one; else the setting's.
    pub url: Option<String>,
}

impl Asked {
    /// A run of a gate over files alone, narrowed by nothing.
    pub fn of(gate: Gate, clock: Timestamp) -> Self {
        Self {
            gate,
            live: false,
            allow_production: false,
            assume_sandbox: BTreeSet::new(),
            receivers: Vec::new(),
            environment: None,
            only: Vec::new(),
            skip: Vec::new(),
            narrowed: Vec::new(),
            rehearsal: false,
            earlier: Vec::new(),
            no_waivers: false,
            as_of: None,
            base: None,
            purpose: Purpose::default(),
            clock,
        }
    }

    /// The moment by which answers are fresh: the clock, or the same hour of the day as on which
    /// the run judges.
    pub fn now(&self) -> Timestamp {
        let clock = self.clock.to_zoned(TimeZone::UTC);
        let day =
            self.as_of.and_then(|day| day.to_datetime(clock.time()).to_zoned(TimeZone::UTC).ok());
        day.map_or(self.clock, |day| day.timestamp())
    }

    /// Whether `--only` and `--skip` leave this check in.
    pub fn wants(&self, id: &str) -> bool {
        let pack = id.split('/').next().unwrap_or(id);
        let named = |list: &[String]| list.iter().any(|name| name == id || name == pack);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }

    /// Everything that narrows this run.
    pub fn narrowings(&self) -> Vec<Narrowed> {
        let mut narrowed = Vec::new();
        let mut add = |flag: &str, effect: String| {
            narrowed.push(Narrowed { flag: flag.to_owned(), effect });
        };
        if !self.only.is_empty() {
            add("--only", format!("only {}", self.only.join(", ")));
        }
        if !self.skip.is_empty() {
            add("--skip", format!("without {}", self.skip.join(", ")));
        }
        if let Some(environment) = &self.environment {
            add("--environment", format!("only {environment}"));
        }
        // a rehearsal is against a stand-in anyway, and says so
        if !self.rehearsal {
            narrowed.extend(self.narrowed.iter().cloned());
        }
        narrowed
    }
}
