//! What a check asks of files, settings and people.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Located, OneOrMany};
use crate::pack::{AgreeOn, Area, By, Class, Each, Ecosystem, Gate, Home, Kind, Origin};

/// The words of the subjects.
pub(crate) const WORDS: [&str; 20] = [
    "forbid",
    "require",
    "differ",
    "agree",
    "parity",
    "setting",
    "source",
    "history",
    "library",
    "dependency",
    "request",
    "requests",
    "webhook",
    "webhooks",
    "certificate",
    "dns",
    "page",
    "evidence",
    "rules",
    "confirm",
];

/// Which settings are meant: all conditions hold; of a list, one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenSelector {
    /// Environments: a class means every environment of it.
    #[serde(default)]
    pub(crate) environment: OneOrMany<Located<String>>,
    /// Roles; those of the own pack without its name.
    #[serde(default)]
    pub(crate) role: OneOrMany<Located<String>>,
    /// Kinds.
    #[serde(default)]
    pub(crate) kind: OneOrMany<Kind>,
    /// Words that the name ends with, environment words included, as in `app debug`.
    #[serde(default)]
    pub(crate) name: OneOrMany<Located<String>>,
    /// Words that the name holds in one run.
    #[serde(default)]
    pub(crate) name_has: OneOrMany<Located<String>>,
    /// The class that the value belongs to.
    #[serde(default)]
    pub(crate) home: OneOrMany<Home>,
    /// Hosts, or lists of hosts by name.
    #[serde(default)]
    pub(crate) host: OneOrMany<Located<String>>,
    /// Schemes of URLs.
    #[serde(default)]
    pub(crate) scheme: OneOrMany<String>,
    /// Patterns that are searched in the literal, whose ends have no blanks then.
    #[serde(default)]
    pub(crate) value: OneOrMany<Located<String>>,
    /// How the setting came to its value.
    #[serde(default)]
    pub(crate) origin: OneOrMany<Origin>,
    /// The value reaches a browser or a phone.
    pub(crate) exposed: Option<Exposed>,
    /// The value stands in for one (`changeme`).
    pub(crate) placeholder: Option<bool>,
    /// The value is a published sample.
    pub(crate) sample: Option<bool>,
    /// There is no value.
    pub(crate) empty: Option<bool>,
    /// The value only works in the sandbox, as the packs in use say: a test card, a magic number.
    pub(crate) test_value: Option<bool>,
    /// A blank, a line break, a quote or an invisible character stands where a value has none.
    pub(crate) space: Option<bool>,
    /// A mode whose value is no word of its vocabulary.
    pub(crate) misspelt: Option<bool>,
    /// The same name stands further up in the same file with another value.
    pub(crate) duplicate: Option<bool>,
    /// A text that means yes or no and is spelt so that programs misread it (`"False"`, `Flase`).
    pub(crate) odd_boolean: Option<bool>,
    /// The value reads as the number of a payment card.
    pub(crate) card_number: Option<bool>,
    /// The address has a part that no address has.
    pub(crate) malformed: Option<bool>,
    /// The value has the shape of another role of its provider, and not its own.
    pub(crate) misplaced: Option<bool>,
    /// The setting is of a role of some pack.
    pub(crate) of_provider: Option<bool>,
    /// Deliveries are signed with it, as its pack says.
    pub(crate) signs: Option<bool>,
    /// How sure the home is.
    pub(crate) certainty: Option<Certainty>,
    /// Git tracks the file.
    pub(crate) tracked: Option<bool>,
    /// Where to look; `profiles` if nothing is said.
    pub(crate) r#in: Option<Area>,
    /// How the home must be known.
    #[serde(default)]
    pub(crate) by: OneOrMany<By>,
    /// What is not meant, though it fits: conditions of the setting alone.
    #[serde(default)]
    pub(crate) not: OneOrMany<Located<WrittenSelector>>,
    /// Of `forbid` only: what a finding says of the setting, as in `switches debugging on`;
    /// `{value}` is its value.
    pub(crate) says: Option<Located<String>>,
    /// Of `require` only: for each of what.
    pub(crate) each: Option<Located<Each>>,
}

/// Whom a value reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Exposed {
    /// A browser or a phone.
    Client,
}

/// How sure something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Certainty {
    /// By more than a guess.
    Certain,
    /// By a word inside the value.
    Guess,
}

/// Values that must differ.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenDiffer {
    /// These roles; or
    #[serde(default)]
    pub(crate) role: OneOrMany<Located<String>>,
    /// every setting of these kinds.
    #[serde(default)]
    pub(crate) kind: OneOrMany<Kind>,
    /// The two sides.
    pub(crate) between: [Located<String>; 2],
}

/// Values that must belong together.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenAgree {
    /// These roles; or
    #[serde(default)]
    pub(crate) roles: OneOrMany<Located<String>>,
    /// every role of these kinds.
    #[serde(default)]
    pub(crate) kinds: OneOrMany<Kind>,
    /// In what they agree; `home` if nothing is said.
    #[serde(default)]
    pub(crate) on: AgreeOn,
}

/// What both sides must have.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenParity {
    /// What the first has, the second must have.
    pub(crate) between: [Located<String>; 2],
    /// What is compared.
    pub(crate) of: ParityOf,
    /// Only settings of these kinds. Names are then those of no role: roles are compared as such.
    #[serde(default)]
    pub(crate) kinds: OneOrMany<Kind>,
    /// Names or roles that may be missing.
    #[serde(default)]
    pub(crate) except: OneOrMany<Located<String>>,
}

/// What parity compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ParityOf {
    /// Names of settings.
    Names,
    /// Roles of settings.
    Roles,
}

/// A package.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenDependency {
    /// Its ecosystem: `npm`, `cocoapods`.
    pub(crate) ecosystem: Ecosystem,
    /// Its name there.
    pub(crate) name: Located<String>,
}

/// A host that a role names.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenHostOf {
    /// The role, or several, each looked at alone.
    pub(crate) role: OneOrMany<Located<String>>,
    /// In environments of which class.
    pub(crate) environment: Class,
}

/// An earlier run.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenEvidence {
    /// The gate that it passed.
    pub(crate) gate: Gate,
    /// How old it may be, in days: `7d`.
    pub(crate) fresh: Located<String>,
}
