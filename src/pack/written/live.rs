//! What a live check sends, and what its answers mean.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Body, Code};
use crate::document::{Located, OneOrMany, Ordered};
use crate::pack::{BodyForm, Class, Method, OutcomeResult, Severity, SignatureVariant};

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
    /// Whether it is signed as the pack's deliveries are, by the environment's own key.
    pub(crate) signed: Option<Located<bool>>,
    /// Where a JSON web token stands in the answer, as in `body.access_token`; outcomes see its
    /// claims, which nobody verifies, as `claims`.
    pub(crate) claims: Option<Located<String>>,
}

/// Deliveries to the project's own receiver.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenWebhook {
    /// Which class of receiver.
    pub(crate) to: Class,
    /// Whose key signs.
    pub(crate) signed_as: Class,
    /// The event, by its name in the pack; or several, about one person and in this order; or
    /// `all`, each about somebody else.
    pub(crate) event: OneOrMany<Located<String>>,
    /// How it is signed; `valid` if nothing is said.
    #[serde(default = "valid")]
    pub(crate) signature: SignatureVariant,
    /// The method, `POST` if nothing is said; `GET` and `HEAD` go without a body.
    pub(crate) method: Option<Method>,
    /// The content type; that of the pack's bodies if nothing is said.
    pub(crate) content_type: Option<Located<String>>,
    /// How the body is written. The signature covers the bytes that are sent.
    pub(crate) body: Option<Located<BodyForm>>,
    /// Fields that are taken out of the event, by their paths: `event.details`.
    #[serde(default)]
    pub(crate) without: OneOrMany<Located<String>>,
    /// Fields that the event has besides or in place of its own, by their paths.
    #[serde(default)]
    pub(crate) with: Ordered<Body>,
    /// How often it is delivered; once if nothing is said.
    #[serde(default)]
    pub(crate) deliveries: WrittenDeliveries,
    /// The role that holds the receiver's URL; the pack's webhook URL if nothing is said.
    pub(crate) receiver: Option<Located<String>>,
}

fn valid() -> SignatureVariant {
    SignatureVariant::Valid
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
    /// When it applies, in CEL over `status`, `headers`, `body`, `ms`, `fault`, `now`; of requests
    /// `sent` and `claims`, of deliveries `responses`, `leaks` and `length`, too.
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
