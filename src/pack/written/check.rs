//! A check: what all have in common, and one of the subjects.

use std::borrow::Cow;
use std::fmt::{self, Formatter};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use super::history::WrittenHistory;
use super::library::WrittenLibrary;
use super::live::{WrittenOutcome, WrittenRequest, WrittenWebhook};
use super::source::WrittenSource;
use super::subject::{
    WrittenAgree, WrittenDependency, WrittenDiffer, WrittenEvidence, WrittenHostOf, WrittenParity,
    WrittenSelector,
};
use crate::document::{Located, OneOrMany, Ordered};
use crate::pack::{RulesClaim, Severity, Step, Who};

/// One claim that a ready project satisfies. Exactly one subject says what is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "golive check", extend("oneOf" = subjects()))]
pub(crate) struct WrittenCheck {
    /// The claim.
    pub(crate) title: String,
    /// The step of the workflow that it belongs to.
    pub(crate) step: Step,
    /// How much a finding weighs unless its outcome says otherwise.
    pub(crate) severity: Severity,
    /// Why it matters, one sentence for the business.
    pub(crate) why: String,
    /// How to mend it, one sentence for the developer.
    pub(crate) fix: String,
    /// Where to read more.
    #[serde(default)]
    pub(crate) links: Vec<Located<String>>,
    /// Who can mend or answer it; the engineer if nothing is said.
    #[serde(default)]
    pub(crate) who: Who,
    /// Codes of the provider's published list that it answers.
    #[serde(default)]
    pub(crate) answers: Vec<Located<String>>,
    /// When it applies, in CEL over `packs`, `roles`, `dependencies`, `files`.
    pub(crate) when: Option<Located<Code>>,
    /// Checks that must pass first.
    #[serde(default)]
    pub(crate) needs: OneOrMany<Located<String>>,
    /// The check of another pack that it replaces for this pack's roles.
    pub(crate) refines: Option<Located<String>>,
    /// It touches production, and is only run when that is allowed.
    pub(crate) opt_in: Option<Located<OptIn>>,
    /// The statement that a person may make where the subject cannot answer.
    pub(crate) or_confirm: Option<WrittenConfirm>,

    /// Subject: nothing like this exists.
    pub(crate) forbid: Option<Located<WrittenSelector>>,
    /// Subject: something like this exists.
    pub(crate) require: Option<Located<WrittenSelector>>,
    /// Subject: not the same value in any pair across the classes.
    pub(crate) differ: Option<Located<WrittenDiffer>>,
    /// Subject: these belong together within one provider and environment.
    pub(crate) agree: Option<Located<WrittenAgree>>,
    /// Subject: one profile has what the other has.
    pub(crate) parity: Option<Located<WrittenParity>>,
    /// Subject: each one found satisfies `expect`.
    pub(crate) setting: Option<Located<WrittenSelector>>,
    /// Subject: what programs and their descriptions say, comments aside.
    pub(crate) source: Option<Located<WrittenSource>>,
    /// Subject: values that no dotenv file of any commit ever held.
    pub(crate) history: Option<Located<WrittenHistory>>,
    /// Subject: texts that no built library in the tree holds.
    pub(crate) library: Option<Located<WrittenLibrary>>,
    /// Subject: how a package is pinned, as `expect` says.
    pub(crate) dependency: Option<Located<WrittenDependency>>,
    /// Subject: an exchange with the provider, judged by `outcomes`.
    pub(crate) request: Option<Located<WrittenRequest>>,
    /// Subject: several named exchanges with the provider, judged by `outcomes`.
    pub(crate) requests: Option<Located<Ordered<WrittenRequest>>>,
    /// Subject: deliveries to the project's own receiver, judged by `outcomes`.
    pub(crate) webhook: Option<Located<WrittenWebhook>>,
    /// Subject: several named deliveries to the project's own receiver, judged by `outcomes`.
    pub(crate) webhooks: Option<Located<Ordered<Located<WrittenWebhook>>>>,
    /// Subject: the certificate of a host that a role names, judged by `outcomes`.
    pub(crate) certificate: Option<Located<WrittenHostOf>>,
    /// Subject: the addresses and the port of a host that a role names, judged by `outcomes`.
    pub(crate) dns: Option<Located<WrittenHostOf>>,
    /// Subject: the answer to a plain `GET` of a URL that a role holds, judged by `outcomes`.
    pub(crate) page: Option<Located<WrittenHostOf>>,
    /// Subject: an earlier run is on file.
    pub(crate) evidence: Option<Located<WrittenEvidence>>,
    /// Subject: what a change does to the rules that it is judged by.
    pub(crate) rules: Option<Located<RulesClaim>>,
    /// Subject: a named person vouches.
    pub(crate) confirm: Option<Located<WrittenConfirm>>,

    /// What each subject found satisfies, in CEL.
    pub(crate) expect: Option<Located<Code>>,
    /// What answers mean; the first that matches.
    pub(crate) outcomes: Option<Located<Vec<WrittenOutcome>>>,
}

/// What a check must hold exactly one of, for editors.
fn subjects() -> serde_json::Value {
    super::subject::WORDS.iter().map(|word| serde_json::json!({ "required": [word] })).collect()
}

/// Whether a check is only run when production is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OptIn {
    /// It touches production.
    Production,
}

/// A statement that a named person makes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenConfirm {
    /// What is said.
    pub(crate) statement: String,
    /// What it says in particular, point by point; the answer is to all of them.
    #[serde(default)]
    pub(crate) points: Vec<Located<String>>,
    /// Who may say it.
    pub(crate) who: Who,
    /// For how long it holds, in days: `90d`.
    pub(crate) valid_for: Located<String>,
    /// Settings whose change makes it lapse: `production api-key`.
    #[serde(default)]
    pub(crate) covers: Vec<Located<String>>,
}

/// An expression in CEL; `true` and `false` may stand without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Code(pub(crate) String);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_string(CodeVisitor)
    }
}

struct CodeVisitor;

impl Visitor<'_> for CodeVisitor {
    type Value = Code;

    fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("an expression")
    }

    fn visit_str<E>(self, text: &str) -> Result<Code, E> {
        Ok(Code(text.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Code, E> {
        Ok(Code(value.to_string()))
    }
}

impl JsonSchema for Code {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Expression".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "boolean"], "description": "CEL" })
    }
}
