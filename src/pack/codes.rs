//! What a provider publishes about going live, line by line.

use std::sync::Arc;

use super::CheckId;
use crate::source::{SourceText, Span};

/// The published list of a provider.
#[derive(Clone, Debug)]
pub struct Codes {
    /// The codes by what they are about.
    pub groups: Vec<CodeGroup>,
    /// Pages that could not be read, each with what stands in for them.
    pub unread: Vec<(String, String)>,
    /// Its `codes.yaml`.
    pub source: Arc<SourceText>,
}

/// Codes about one thing.
#[derive(Clone, Debug)]
pub struct CodeGroup {
    /// What they are about.
    pub title: String,
    /// The page that says so.
    pub link: Option<String>,
    /// The codes in the order of the list.
    pub codes: Vec<Code>,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub struct Code {
    /// The code, as checks name it under `answers`.
    pub id: String,
    /// What it asks.
    pub asks: String,
    /// Checks of other packs that answer it.
    pub by: Vec<CheckId>,
    /// What answers it where no check can.
    pub instead: Option<String>,
    /// Whether its check is not written yet.
    pub planned: bool,
    /// Where it stands in `codes.yaml`.
    pub span: Span,
}

impl Codes {
    /// All codes, whatever they are about.
    pub fn all(&self) -> impl Iterator<Item = &Code> {
        self.groups.iter().flat_map(|group| &group.codes)
    }
}
