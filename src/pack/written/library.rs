//! What a check asks of built libraries.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Located, OneOrMany};

/// Texts that no built library in the tree may hold.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenLibrary {
    /// Endings of the folders that libraries are: `framework`.
    pub(crate) within: OneOrMany<Located<String>>,
    /// Plain texts, around which is searched.
    pub(crate) holds: OneOrMany<Located<String>>,
    /// Patterns, one of which is searched in the letters around.
    pub(crate) matches: OneOrMany<Located<String>>,
    /// What is wrong with what is found.
    pub(crate) says: Located<String>,
}
