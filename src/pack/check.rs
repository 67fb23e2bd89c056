//! A check: one claim that a ready project satisfies.

use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    BuiltTexts, Deliveries, Ecosystem, EnvironmentName, Kind, Look, Probe, RoleId, Search, Selector,
};
use crate::expression::Expression;
use crate::source::SourceText;

/// The id of a check: its path under `checks/`, as in `begini/api-keys-differ`.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct CheckId(pub Arc<str>);

impl CheckId {
    /// The pack that the check is part of.
    pub fn pack(&self) -> &str {
        self.0.split_once('/').map_or(&*self.0, |(pack, _)| pack)
    }
}

impl Display for CheckId {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The step of the published workflow that a check belongs to.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Build and test in sandbox.
    BuildInSandbox,
    /// Validate webhook handling.
    ValidateWebhooks,
    /// Confirm scoring and data flow.
    ConfirmDataFlow,
    /// Switch to the production environment.
    SwitchToProduction,
    /// Monitor initial live traffic.
    MonitorLive,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 5] = [
        Self::BuildInSandbox,
        Self::ValidateWebhooks,
        Self::ConfirmDataFlow,
        Self::SwitchToProduction,
        Self::MonitorLive,
    ];

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            Self::BuildInSandbox => "Build in sandbox",
            Self::ValidateWebhooks => "Validate webhooks",
            Self::ConfirmDataFlow => "Confirm data flow",
            Self::SwitchToProduction => "Switch to production",
            Self::MonitorLive => "Monitor live",
        }
    }
}

/// How much a finding weighs. Blockers and majors stop a launch; the others never decide.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Stops a launch; not knowing it stops a launch too.
    Blocker,
    /// Stops a launch unless accepted.
    Major,
    /// Worth mending.
    Minor,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// As it stands in packs and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocker => "blocker",
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Info => "info",
        }
    }
}

/// Who can mend or answer it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Who {
    /// Whoever changes the project.
    #[default]
    #[serde(rename = "engineer")]
    Engineer,
    /// Whoever may use the provider's dashboard.
    #[serde(rename = "provider admin")]
    ProviderAdmin,
    /// Whoever answers for personal data.
    #[serde(rename = "data protection")]
    DataProtection,
    /// Whoever runs it.
    #[serde(rename = "operations")]
    Operations,
}

impl Who {
    /// As a person reads it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Engineer => "engineer",
            Self::ProviderAdmin => "provider admin",
            Self::DataProtection => "data protection",
            Self::Operations => "operations",
        }
    }
}

/// A check, valid.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its id.
    pub id: CheckId,
    /// The claim.
    pub title: String,
    /// Its step.
    pub step: Step,
    /// How much a finding weighs unless its outcome says otherwise.
    pub severity: Severity,
    /// Why it matters, one sentence for the business.
    pub why: String,
    /// How to mend it, one sentence for the developer.
    pub fix: String,
    /// Where to read more.
    pub links: Vec<String>,
    /// Who can mend or answer it.
    pub who: Who,
    /// Codes of the provider's published list that it answers.
    pub answers: Vec<String>,
    /// When it applies; false means skipped.
    pub when: Option<Expression>,
    /// Checks that must pass first.
    pub needs: Vec<CheckId>,
    /// The check of `core` that it replaces for the roles of its pack.
    pub refines: Option<CheckId>,
    /// Whether it touches production and so is only run when that is allowed.
    pub opt_in_production: bool,
    /// The statement that a person may make where the subject cannot answer.
    pub or_confirm: Option<Confirm>,
    /// Whether it only warns, since it came after the packs were locked.
    pub only_warns: bool,
    /// What it asks.
    pub subject: Subject,
    /// Its file.
    pub source: Arc<SourceText>,
}

/// What a check asks.
#[derive(Clone, Debug)]
pub enum Subject {
    /// Nothing like this exists.
    Forbid(Selector),
    /// Something like this exists.
    Require {
        /// What.
        selector: Selector,
        /// For each of what; once in the project if nothing is said.
        each: Option<Each>,
    },
    /// Not the same value in any pair across the classes.
    Differ(Differ),
    /// These belong together within one provider and environment.
    Agree(Agree),
    /// One profile has what the other has.
    Parity(Parity),
    /// Each setting found satisfies the expression.
    Setting {
        /// Which settings.
        selector: Selector,
        /// What each satisfies.
        expect: Expression,
    },
    /// Each place that states a package satisfies the expression.
    Dependency {
        /// Where the package comes from.
        ecosystem: Ecosystem,
        /// Its name there.
        name: String,
        /// What each place satisfies.
        expect: Expression,
    },
    /// What programs and their descriptions say, comments aside.
    Source(Search),
    /// No dotenv file of any commit ever held such a value.
    History(PastValues),
    /// No built library in the tree holds such a text.
    Library(BuiltTexts),
    /// Exchanges with the provider.
    Probe(Probe),
    /// Deliveries to our own receiver.
    Delivery(Deliveries),
    /// Looks at hosts that settings name.
    Look(Look),
    /// A named person vouches.
    Confirm(Confirm),
    /// An earlier run is on file.
    Evidence(Evidence),
    /// What a change does to the rules that it is judged by.
    Rules(RulesClaim),
}

impl Subject {
    /// The package that it asks about.
    pub fn package(&self) -> Option<(Ecosystem, &str)> {
        let Self::Dependency { ecosystem, name, .. } = self else { return None };
        Some((*ecosystem, name))
    }

    /// Whether answering it sends something.
    pub fn is_live(&self) -> bool {
        matches!(self, Self::Probe(_) | Self::Delivery(_) | Self::Look(_))
    }
}

/// What a `require` is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// Every provider that declares a role of that kind.
    Provider,
    /// Every environment that the selector means.
    Environment,
    /// Every role that the selector means, in every environment that it means.
    Role,
}

/// Values that must differ across the classes.
#[derive(Clone, Debug)]
pub struct Differ {
    /// These roles; or
    pub roles: Vec<RoleId>,
    /// every setting of these kinds, role by role (name by name where there is no role).
    pub kinds: Vec<Kind>,
    /// The two sides.
    pub between: (EnvironmentName, EnvironmentName),
}

/// Values that must belong together within one provider and environment.
#[derive(Clone, Debug)]
pub struct Agree {
    /// These roles; or
    pub roles: Vec<RoleId>,
    /// every role of these kinds.
    pub kinds: Vec<Kind>,
    /// In what.
    pub on: AgreeOn,
}

/// In what values agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AgreeOn {
    /// The class that they belong to.
    #[default]
    Home,
    /// The value itself: one key that is set under two names.
    Value,
}

/// Names or roles that both sides must have.
#[derive(Clone, Debug)]
pub struct Parity {
    /// What the first has, the second must have.
    pub between: (EnvironmentName, EnvironmentName),
    /// Whether roles are compared (true) or names (false).
    pub of_roles: bool,
    /// Kinds of the settings that are compared; all if there are none.
    pub kinds: Vec<Kind>,
    /// Names or roles that may be missing.
    pub except: Vec<String>,
}

/// Values that no commit may have brought.
#[derive(Clone, Debug)]
pub struct PastValues {
    /// Of these roles; or
    pub roles: Vec<RoleId>,
    /// of these kinds.
    pub kinds: Vec<Kind>,
}

/// A statement that a person makes.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// What is said.
    pub statement: String,
    /// What it says in particular, point by point; the answer is to all of them.
    pub points: Vec<String>,
    /// Who may say it.
    pub who: Who,
    /// For how many days it holds.
    pub valid_days: u32,
    /// Settings whose change makes it lapse: an environment and a role each.
    pub covers: Vec<(EnvironmentName, RoleId)>,
}

/// An earlier run that must be on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The gate that it passed.
    pub gate: Gate,
    /// How old it may be, in days.
    pub fresh_days: u32,
}

/// What is claimed of the rules of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RulesClaim {
    /// They are no looser than those of the base.
    Kept,
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
