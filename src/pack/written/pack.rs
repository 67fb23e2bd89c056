//! `pack.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Body, WrittenSignature};
use crate::document::{Located, OneOrMany, Ordered};
use crate::expression::Fact;
use crate::pack::{Class, Ecosystem, Inside, Kind, UnsetMeans};

/// Facts about one provider.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "golive pack")]
pub(crate) struct WrittenPack {
    /// The provider's name.
    pub(crate) title: String,
    /// The provider's documentation.
    pub(crate) homepage: Option<String>,
    /// Roles without which a launch cannot be judged.
    #[serde(default)]
    pub(crate) essential: Vec<Located<String>>,
    /// What nobody knows for sure, with defaults; a manifest may set them.
    #[serde(default)]
    pub(crate) parameters: BTreeMap<String, Located<Fact>>,
    /// The only values that a parameter may have, by its name.
    #[serde(default)]
    pub(crate) choices: BTreeMap<String, Vec<Located<Fact>>>,
    /// What settings are to this provider, by name.
    #[serde(default)]
    pub(crate) roles: BTreeMap<String, Located<WrittenRole>>,
    /// Last words of names by which a setting of no role is taken for a kind: a guess.
    #[serde(default)]
    pub(crate) kinds: BTreeMap<Kind, Vec<String>>,
    /// The provider's hosts.
    #[serde(default)]
    pub(crate) hosts: WrittenHosts,
    /// Patterns by which a value's class can be read off it.
    #[serde(default)]
    pub(crate) values: WrittenValues,
    /// Published sample values, as text or as `sha256:` and 64 hex digits.
    #[serde(default)]
    pub(crate) sentinels: Vec<Located<String>>,
    /// What only works in the sandbox, by a few words that say what it is (`a test card number`).
    #[serde(default)]
    pub(crate) test_values: Ordered<WrittenTestValues>,
    /// How deliveries are signed.
    pub(crate) signature: Option<Located<WrittenSignature>>,
    /// Bodies of events, by name; texts inside are templates.
    #[serde(default)]
    pub(crate) events: BTreeMap<String, Body>,
    /// Packages by ecosystem, by which the pack is recognised too.
    #[serde(default)]
    pub(crate) dependencies: BTreeMap<Ecosystem, Vec<String>>,
}

/// What a setting is to a provider.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenRole {
    /// What it is good for.
    pub(crate) kind: Kind,
    /// Usual names of the setting, compared by their words.
    #[serde(default)]
    pub(crate) names: Vec<String>,
    /// A pattern of right values; it never tells an environment.
    pub(crate) looks_like: Option<Located<String>>,
    /// Equal values in both classes are wrong.
    #[serde(default)]
    pub(crate) per_environment: bool,
    /// The value is never shown though it is no credential.
    #[serde(default)]
    pub(crate) secret: bool,
    /// Only environments of this class have it, so that nothing misses it in the others.
    pub(crate) only: Option<Class>,
    /// Patterns by which a value of this role tells its class. They recognise the role, too.
    #[serde(default)]
    pub(crate) values: WrittenValues,
    /// Patterns so telling that a value of any name is of this role; they tell no class.
    #[serde(default)]
    pub(crate) recognise: OneOrMany<Located<String>>,
    /// Of a mode only: what the provider's libraries do where it is not set.
    #[serde(default)]
    pub(crate) unset: OneOrMany<Located<WrittenUnset>>,
}

/// What a library does where a mode is not set.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenUnset {
    /// What it takes the mode for.
    pub(crate) means: UnsetMeans,
    /// The library, as in `the Node SDK`.
    pub(crate) by: String,
    /// Where that is said.
    pub(crate) link: Option<String>,
}

/// Values that only work in the sandbox.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenTestValues {
    /// Whole values.
    #[serde(default)]
    pub(crate) values: OneOrMany<Located<String>>,
    /// Patterns that are searched in values.
    #[serde(default)]
    pub(crate) matches: OneOrMany<Located<String>>,
    /// Only settings whose names end with these words, as in `card number`; any if nothing is
    /// said.
    #[serde(default)]
    pub(crate) names: OneOrMany<String>,
    /// Blanks and hyphens inside a value do not count.
    #[serde(default)]
    pub(crate) digits: bool,
    /// The values are also looked for inside what another encoding hides.
    pub(crate) inside: Option<Inside>,
}

/// Patterns by class.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenValues {
    /// Patterns of sandbox values.
    #[serde(default)]
    pub(crate) sandbox: OneOrMany<Located<String>>,
    /// Patterns of production values.
    #[serde(default)]
    pub(crate) production: OneOrMany<Located<String>>,
    /// Patterns that only hint at the sandbox: a guess.
    #[serde(default)]
    pub(crate) likely_sandbox: OneOrMany<Located<String>>,
    /// Patterns that only hint at production: a guess.
    #[serde(default)]
    pub(crate) likely_production: OneOrMany<Located<String>>,
}

/// Hosts as `host`, `*.host` or `host/path`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenHosts {
    /// Serve the sandbox only.
    #[serde(default)]
    pub(crate) sandbox: Vec<Located<String>>,
    /// Serve production only.
    #[serde(default)]
    pub(crate) production: Vec<Located<String>>,
    /// Serve both and prove nothing.
    #[serde(default)]
    pub(crate) shared: Vec<Located<String>>,
    /// Wrong everywhere, each with the reason.
    #[serde(default)]
    pub(crate) refused: Ordered<String>,
    /// Lists that selectors may name.
    #[serde(default)]
    pub(crate) lists: BTreeMap<String, Vec<Located<String>>>,
}
