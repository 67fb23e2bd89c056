//! What a check asks of the commits of a project.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Located, OneOrMany};
use crate::pack::Kind;

/// Values that no dotenv file of any commit ever held.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenHistory {
    /// Values of these roles; or
    #[serde(default)]
    pub(crate) role: OneOrMany<Located<String>>,
    /// of these kinds.
    #[serde(default)]
    pub(crate) kind: OneOrMany<Kind>,
}
