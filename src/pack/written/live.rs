//! What a live check sends, and what its answers mean.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Body, Code};
use crate::document::{Located, Ordered};
use crate::pack::{Class, Method, OutcomeResult, Severity, SignatureVariant};

/// A request to a provider.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenRequest {
    /// Whose roles fill the templates.
    pub(crate) environment: Class,
    /// Its method; `GET` if nothing is said.
    #[serde(default)]
    pub(crate) method: Method,
    /// Its URL, a template.
    pub(crate) url: Located<String>,
    /// Its headers, templates.
    #[serde(default)]
    pub(crate) headers: Ordered<Located<String>>,
    /// A JSON body; texts inside are templates.
    pub(crate) json: Option<Body>,
    /// A form body, templates.
    #[serde(default)]
    pub(crate) form: Ordered<Located<String>>,
    /// What it may create at the provider.
    pub(crate) creates: Option<String>,
    /// Whether it may be sent again when it got no answer.
    #[serde(default)]
    pub(crate) repeatable: bool,
}

/// Deliveries to the project's own receiver.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenWebhook {
    /// Which class of receiver.
    pub(crate) to: Class,
    /// Whose key signs.
    pub(crate) signed_as: Class,
    /// The event, by its name in the pack.
    pub(crate) event: Located<String>,
    /// How it is signed.
    pub(crate) signature: SignatureVariant,
    /// How often it is delivered; once if nothing is said.
    #[serde(default)]
    pub(crate) deliveries: WrittenDeliveries,
    /// The role that holds the receiver's URL; the pack's webhook URL if nothing is said.
    pub(crate) receiver: Option<Located<String>>,
}

/// How often an event is delivered.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenDeliveries {
    /// How many times, 1 to 100.
    pub(crate) times: Option<Located<u32>>,
    /// Whether all at once.
    #[serde(default)]
    pub(crate) parallel: bool,
}

/// What an answer means.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenOutcome {
    /// When it applies, in CEL over `status`, `headers`, `body`, `ms`, `fault`, `responses`.
    pub(crate) when: Located<Code>,
    /// What the check's result is then.
    pub(crate) result: OutcomeResult,
    /// What to say.
    pub(crate) message: Option<String>,
    /// The severity, where it is not the check's.
    pub(crate) severity: Option<Severity>,
    /// Values handed on to checks that need this one, by name: `body.access_token`.
    #[serde(default)]
    pub(crate) capture: Ordered<Located<String>>,
}
