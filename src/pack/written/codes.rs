//! `codes.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Located, OneOrMany, Ordered};

/// What a provider publishes about going live, as a list of codes: each is answered by checks.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "golive codes")]
pub(crate) struct WrittenCodes {
    /// The codes by what they are about.
    pub(crate) groups: Vec<WrittenGroup>,
    /// Pages that could not be read, each with what stands in for them.
    #[serde(default)]
    pub(crate) unread: Ordered<String>,
}

/// Codes about one thing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenGroup {
    /// What they are about.
    pub(crate) title: String,
    /// The page that says so.
    pub(crate) link: Option<Located<String>>,
    /// The codes.
    pub(crate) codes: Ordered<WrittenCode>,
}

/// One line of the list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenCode {
    /// What it asks, in the pack's own words.
    pub(crate) asks: String,
    /// Checks of other packs that answer it: they know no provider and so cannot say it.
    #[serde(default)]
    pub(crate) by: OneOrMany<Located<String>>,
    /// What answers it where no check can.
    pub(crate) instead: Option<String>,
    /// Its check is not written yet.
    #[serde(default)]
    pub(crate) planned: bool,
}
