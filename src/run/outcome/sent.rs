//! What was sent, and what was not.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pack::CheckId;

/// What was sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Sent {
    /// Requests sent.
    pub requests: u64,
    /// Hosts they went to.
    pub hosts: Vec<String>,
    /// How many went to production.
    pub to_production: u64,
    /// What requests may have created, each named once.
    pub created: Vec<String>,
    /// Checks whose request was not sent because something about it was not safe.
    pub held_back: Vec<HeldBack>,
    /// Live checks not asked because `--live` was not given.
    pub not_asked: u64,
    /// The requests of `--plan`, in order; empty otherwise.
    pub planned: Vec<PlannedRequest>,
}

/// A live check that was held back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HeldBack {
    /// The check.
    pub check: CheckId,
    /// Why.
    pub why: String,
}

/// A request that would be sent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlannedRequest {
    /// The check.
    pub check: CheckId,
    /// The check's title.
    pub title: String,
    /// The environment whose values it uses.
    pub environment: String,
    /// Its method.
    pub method: String,
    /// Its URL, masked.
    pub url: String,
    /// Its headers, values masked.
    pub headers: Vec<(String, String)>,
    /// Which credential it carries, as role and place: never the value.
    pub credential: Option<String>,
    /// What it may create.
    pub creates: Option<String>,
    /// What is delivered, and what is special about it.
    #[serde(default)]
    pub note: Option<String>,
    /// How often it is sent.
    pub times: u32,
    /// Why it is not sent, where it is held back.
    pub held_back: Option<String>,
}
