//! What judging one check came to, before findings of one place are merged.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::outcome::{Basis, Evidence, Exchange, Reason, Related, Result, Said};
use super::view::{Match, View};
use crate::pack::{By, CheckId, Class, Home, RoleId, Severity};
use crate::project::{Setting, SettingValue, StandsIn};
use crate::source::Location;

/// The result of one check with what it rests on.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    /// The result.
    pub result: Result,
    /// Why, where it is neither pass nor fail.
    pub reason: Option<Reason>,
    /// How it is known.
    pub basis: Option<Basis>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What contradicts the claim.
    pub findings: Vec<Raw>,
    /// Who vouched for it, where it rests on a person's word.
    pub said: Option<Said>,
    /// The last day on which it holds, where it rests on a dated word.
    pub until: Option<Date>,
    /// The moment at which it lapses, where it rests on an earlier run.
    pub lapses: Option<Timestamp>,
}

/// A finding before merging.
#[derive(Clone, Debug)]
pub struct Raw {
    /// What makes two findings one item.
    pub key: Key,
    /// What is wrong.
    pub message: String,
    /// The severity, where it is not the check's.
    pub severity: Option<Severity>,
    /// The environment.
    pub environment: Option<String>,
    /// The role.
    pub role: Option<RoleId>,
    /// The setting's name.
    pub setting: Option<String>,
    /// What may be shown of its value.
    pub shown: Option<String>,
    /// What the value belongs to.
    pub belongs_to: Option<String>,
    /// Where.
    pub location: Option<Location>,
    /// Other places.
    pub related: Vec<Related>,
    /// How the value got there.
    pub trail: Vec<super::outcome::Trace>,
    /// The exchange that showed it.
    pub exchange: Option<Exchange>,
    /// Whether it rests on a guess.
    pub guess: bool,
    /// What identifies the value or the outcome in the finding's id; salted before it gets there.
    pub identity: String,
}

/// What makes two findings one item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The same literal.
    Place(Location),
    /// The same thing missing from the same environment.
    Missing {
        /// The environment.
        environment: String,
        /// The role or the name.
        slot: String,
    },
    /// One check's own: an exchange, a person's answer.
    Own(CheckId),
}

impl Raw {
    /// A finding about no setting.
    pub(super) fn about(key: Key, message: String) -> Self {
        Self {
            key,
            message,
            severity: None,
            environment: None,
            role: None,
            setting: None,
            shown: None,
            belongs_to: None,
            location: None,
            related: Vec::new(),
            trail: Vec::new(),
            exchange: None,
            guess: false,
            identity: String::new(),
        }
    }
}

impl Judgement {
    /// The claim holds.
    pub(super) fn pass(basis: Basis, evidence: Vec<Evidence>) -> Self {
        Self {
            result: Result::Pass,
            reason: None,
            basis: Some(basis),
            evidence,
            findings: Vec::new(),
            said: None,
            until: None,
            lapses: None,
        }
    }

    /// The claim does not hold.
    pub(super) fn fail(basis: Basis, findings: Vec<Raw>) -> Self {
        Self {
            result: Result::Fail,
            reason: None,
            basis: Some(basis),
            evidence: Vec::new(),
            findings,
            said: None,
            until: None,
            lapses: None,
        }
    }

    /// It could not be told; `kind` is one of the closed list.
    pub(super) fn unknown(kind: &str, detail: impl Into<String>) -> Self {
        Self::other(Result::Unknown, kind, detail)
    }

    /// A result with a reason.
    pub(super) fn other(result: Result, kind: &str, detail: impl Into<String>) -> Self {
        let reason = Reason { kind: kind.to_owned(), detail: detail.into() };
        Self {
            result,
            reason: Some(reason),
            basis: None,
            evidence: Vec::new(),
            findings: Vec::new(),
            said: None,
            until: None,
            lapses: None,
        }
    }
}

/// One line of evidence without a place.
pub(super) fn seen(message: impl Into<String>) -> Evidence {
    Evidence { message: message.into(), location: None }
}

/// What identifies the value of a setting: its digest, or the text of its reference.
fn identity(setting: &Setting) -> String {
    match &setting.value {
        SettingValue::Literal(value) => crate::project::digest(value),
        SettingValue::Reference { text, .. } => format!("reference {text}"),
        SettingValue::Observed(observed) => {
            format!("observed {}", observed.fingerprint.as_deref().unwrap_or_default())
        }
        SettingValue::Empty => String::new(),
    }
}

impl View<'_> {
    /// The day as on which is judged: the day of the run in UTC, or a later one that is asked for.
    pub fn today(&self) -> Date {
        self.asked.as_of.unwrap_or_else(|| self.day_of_run())
    }

    /// The moment by which answers are fresh: the clock, or the same hour of the day as on which
    /// the run judges.
    pub fn now(&self) -> Timestamp {
        self.asked.now()
    }

    /// The day of the run, UTC.
    pub fn day_of_run(&self) -> Date {
        self.asked.clock.to_zoned(TimeZone::UTC).date()
    }

    /// A location whose path hides secrets.
    pub fn masked(&self, mut location: Location) -> Location {
        location.path = self.mask.hidden(&location.path);
        location
    }

    /// Where a setting stands, fit to be shown.
    pub fn place_of(&self, setting: &Setting) -> Option<Location> {
        setting.location().map(|location| self.masked(location))
    }

    /// The setting's name, fit to be shown.
    pub fn name_of(&self, setting: &Setting) -> String {
        self.mask.shown(&setting.name)
    }

    /// A finding about a setting.
    pub fn finding(&self, found: Match<'_>, message: String) -> Raw {
        let setting = found.setting;
        let location = self.place_of(setting);
        let environment = self.environment_name(found);
        // two places may look alike once secrets are hidden
        let key = setting.location().map_or_else(
            || Key::Missing {
                environment: environment.clone().unwrap_or_default(),
                slot: setting.slot(),
            },
            Key::Place,
        );
        Raw {
            key,
            message,
            severity: None,
            environment: environment.map(|name| self.mask.shown(&name)),
            role: setting.role.clone(),
            setting: Some(self.name_of(setting)),
            shown: self.labels.shown(setting, self.mask),
            belongs_to: self.belongs_to(setting),
            location,
            related: Vec::new(),
            trail: self.trail(setting),
            exchange: None,
            guess: false,
            identity: identity(setting),
        }
    }

    fn environment_name(&self, found: Match<'_>) -> Option<String> {
        match found.environment.and_then(|index| self.environment(index)) {
            Some(environment) => Some(environment.name.clone()),
            None => match &found.setting.stands_in {
                StandsIn::Environment { name, .. } => Some(name.clone()),
                StandsIn::Shared | StandsIn::Unclassified => None,
            },
        }
    }

    fn trail(&self, setting: &Setting) -> Vec<super::outcome::Trace> {
        let trace = |step: &crate::project::Step| super::outcome::Trace {
            what: step.what.to_owned(),
            location: self.masked(step.source.location(step.span)),
        };
        setting.trail.iter().map(trace).collect()
    }

    /// The class a value belongs to, with how that is known.
    pub fn belongs_to(&self, setting: &Setting) -> Option<String> {
        let home = &setting.home;
        let class = match home.home {
            Home::Sandbox => "sandbox",
            Home::Production => "production",
            Home::Contested => return Some("sandbox and production alike".to_owned()),
            Home::Shared | Home::Undeclared => return None,
        };
        let manifest_line = || {
            let source = self.project.manifest.source.as_ref()?;
            let line = source.location(home.told_at?).line;
            Some(format!("{}:{line}", source.path()))
        };
        let how = match home.by? {
            By::Pattern => "its pattern".to_owned(),
            By::Host => match manifest_line() {
                Some(line) => format!("{line} hosts"),
                None => "the provider's hosts".to_owned(),
            },
            By::Fingerprint => match manifest_line() {
                Some(line) => format!("{line} fingerprints"),
                None => "its fingerprint".to_owned(),
            },
            By::Identity => {
                let own: Option<Class> = home.home.class();
                let place = self.witness(setting, own?)?;
                // that a place declares its own value says nothing more
                if setting.location().is_some_and(|own| self.masked(own) == place) {
                    return None;
                }
                format!("{}:{}", place.path, place.line)
            }
            By::Word => "a word in it".to_owned(),
        };
        Some(format!("{class} ({how})"))
    }

    /// Where an environment of `class` declares the same value.
    pub fn witness(&self, setting: &Setting, class: Class) -> Option<Location> {
        let (settings, environments) = (&self.project.settings, &self.project.environments);
        let found = self.lookup.declaring(settings, environments, setting, class)?;
        self.place_of(found)
    }
}
