//! What was looked at, and what was passed over.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pack::Class;
use crate::source::Location;

/// What was looked at.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct LookedAt {
    /// Files listed.
    pub files_listed: u64,
    /// Files read and parsed.
    pub files_read: u64,
    /// Settings found.
    pub settings: u64,
    /// Environments found.
    pub environments: Vec<EnvironmentSeen>,
    /// Files that matter and could not be read or not wholly, each with why.
    pub unreadable: Vec<Note>,
    /// Files of no environment.
    pub unclassified: Vec<String>,
    /// What was taken for granted without a manifest.
    pub assumed: Vec<String>,
    /// How many files were passed over, by why: `template`, `documentation`, `binary`.
    pub passed_over: BTreeMap<String, u64>,
    /// Doubtful places: duplicate keys, scalars read differently by other tools.
    pub notes: Vec<Note>,
}

/// An environment that was found.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EnvironmentSeen {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// The service, where the project has several.
    pub service: Option<String>,
    /// Its layers, lowest first, as paths.
    pub layers: Vec<String>,
    /// Settings in force.
    pub settings: u64,
    /// Settings whose value stands elsewhere.
    pub references: u64,
    /// Settings that were observed there and are not seen here.
    #[serde(default)]
    pub observed: u64,
    /// How it is known: `golive.yaml`, `file name`, `APP_ENV in .env:1`.
    pub rule: String,
}

/// A remark about a place.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Where.
    pub location: Location,
    /// What.
    pub message: String,
}

/// Something in use that no pack covers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NotCovered {
    /// The host or the name.
    pub what: String,
    /// How many settings speak of it.
    pub settings: u64,
}
