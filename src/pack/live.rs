//! What a live check sends, and what its answers mean.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Class, RoleId, Severity};
use crate::expression::Expression;

/// One or several exchanges with a provider.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The exchanges in order, by name; a single one has the name `answer`, and its fields are
    /// read without the name.
    pub requests: Vec<(String, Request)>,
    /// What the answers mean; the first that matches.
    pub outcomes: Vec<Outcome>,
}

/// A request to a provider.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose roles fill the templates.
    pub environment: Class,
    /// Its method.
    pub method: Method,
    /// Its URL.
    pub url: Template,
    /// Its headers.
    pub headers: Vec<(String, Template)>,
    /// A JSON body; strings inside are templates.
    pub json: Option<serde_json::Value>,
    /// A form body.
    pub form: Vec<(String, Template)>,
    /// What it may create at the provider.
    pub creates: Option<String>,
    /// Whether it may be sent again when it got no answer.
    pub repeatable: bool,
    /// Whether it is signed as the pack's deliveries are.
    pub signed: bool,
    /// Where a JSON web token stands in the answer: `body.access_token`.
    pub claims: Option<String>,
    /// Roles whose value comes from environments of a class that is named with them.
    pub others: BTreeSet<(Class, RoleId)>,
}

impl Request {
    /// Whether it touches environments of a class.
    pub fn touches(&self, class: Class) -> bool {
        self.environment == class || self.others.iter().any(|(other, _)| *other == class)
    }
}

/// Methods of HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    #[default]
    Get,
    /// Asks for headers only.
    Head,
    /// Creates or acts.
    Post,
    /// Replaces.
    Put,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// As it stands in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Text with holes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template(pub Vec<TemplatePart>);

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplatePart {
    /// As written.
    Text(String),
    /// `{api-key}`: the value of a role in the request's environment.
    Role(RoleId),
    /// `{production.integration-id}`: the value of a role in an environment of that class.
    RoleOf(Class, RoleId),
    /// `{random-uid}`: a fresh alphanumeric id with a test prefix.
    RandomUid,
    /// `{fabricated}`: a false credential of the right shape.
    Fabricated,
    /// `{now}`: seconds since 1970.
    Now,
    /// `{param.NAME}`: a parameter of the pack.
    Parameter(String),
    /// `{capture.NAME}`: what an earlier check captured.
    Capture(String),
    /// `{body}`, `{url}`, `{timestamp}`, `{key}`, `{signature}`, `{params}`, `{field.NAME}`:
    /// a part of a delivery, in a signature scheme only.
    Delivery(String),
}

/// What an answer means.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// When it applies.
    pub when: Expression,
    /// What the check's result is then.
    pub result: OutcomeResult,
    /// What to say.
    pub message: Option<String>,
    /// The severity, where it is not the check's.
    pub severity: Option<Severity>,
    /// Values handed on to checks that need this one: name, and path (`body.access_token`).
    pub capture: BTreeMap<String, String>,
}

/// What an outcome makes of its check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeResult {
    /// The claim holds.
    Pass,
    /// The claim does not hold.
    Fail,
    /// It could not be told.
    Unknown,
}
