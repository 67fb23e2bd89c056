//! A text with the path it was read from, and the places inside it.

use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, OnceLock};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Foreign, LineIndex, Span};

/// A file, or a text that stands for one: its path relative to the root, with `/`, and its text,
/// which its `Debug` does not show.
pub struct SourceText {
    path: Arc<str>,
    text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl Debug for SourceText {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "SourceText({})", Foreign::new(self.path()))
    }
}

impl SourceText {
    /// Wraps a text; lines are only found when the first place is asked for.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// The path as it was found: foreign text, to be escaped before it is printed.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text. It may hold secrets.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where `span` lies.
    pub fn location(&self, span: Span) -> Location {
        let lines = self.lines.get_or_init(|| LineIndex::new(&self.text));
        let start = lines.position(&self.text, span.start_offset());
        let end = lines.position(&self.text, span.end_offset());
        Location {
            path: self.path.to_string(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// A place in a file of the project. Lines and columns count from one, columns in characters, and
/// the end is one past the last character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// Path relative to the root of the project, with `/`.
    pub path: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
}
