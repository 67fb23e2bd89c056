//! What a check asks of the text of programs.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Located, OneOrMany};
use crate::pack::{SourceArea, SourceExpect};

/// Text of the tree, comments aside.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenSource {
    /// Which part of the tree; all of it if nothing is said.
    #[serde(default)]
    pub(crate) area: SourceArea,
    /// Which files, by ending (`swift`) or name (`AndroidManifest.xml`); programs if nothing is said.
    #[serde(default)]
    pub(crate) r#in: OneOrMany<Located<String>>,
    /// Plain texts, one of which a file holds somewhere, in whatever case: others are not looked at.
    pub(crate) holds: OneOrMany<Located<String>>,
    /// Patterns, one of which is searched in the file.
    #[serde(default)]
    pub(crate) matches: OneOrMany<Located<String>>,
    /// What must stand near what is found: every one of these.
    #[serde(default)]
    pub(crate) near: OneOrMany<Located<WrittenNear>>,
    /// What must not stand near it: none of these.
    #[serde(default)]
    pub(crate) not_near: OneOrMany<Located<WrittenNear>>,
    /// In the place of `matches`: what is found in one file needs something in another.
    #[serde(default)]
    pub(crate) pairs: OneOrMany<Located<WrittenPair>>,
    /// Whether nothing may be found, or something must; nothing if not said.
    pub(crate) expect: Option<Located<SourceExpect>>,
    /// Whether the text only hints: what is found then is minor, and what is not found is unknown.
    #[serde(default)]
    pub(crate) hint: bool,
    /// What is wrong where this fails, as in `the signature is compared with ==`.
    pub(crate) says: Option<Located<String>>,
}

/// What stands near a place.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenNear {
    /// How many lines before and after are looked at; 0 is the line itself.
    pub(crate) within: Located<u32>,
    /// Patterns, one of which is searched there.
    pub(crate) matches: OneOrMany<Located<String>>,
}

/// What belongs together.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenPair {
    /// The pattern of what needs something.
    pub(crate) this: Located<String>,
    /// The pattern of what it needs.
    pub(crate) needs: Located<String>,
    /// In which files that is searched, by ending or name.
    pub(crate) r#in: OneOrMany<Located<String>>,
    /// What is wrong where it is missing.
    pub(crate) says: Located<String>,
}
