//! Regular expressions of packs, compiled when they are first asked.

use std::fmt::{self, Debug, Formatter};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};

/// The largest compiled pattern, in bytes.
const MAX_PATTERN: usize = 1 << 20;

/// A pattern of a pack. Clones share what was compiled.
#[derive(Clone)]
pub struct Pattern(Arc<Inner>);

struct Inner {
    text: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern that is known to be right: those of built-in packs are proved by the tests.
    pub(crate) fn trusted(text: &str) -> Self {
        Self(Arc::new(Inner { text: text.to_owned(), compiled: OnceLock::new() }))
    }

    /// A pattern.
    ///
    /// # Errors
    /// Why it is none, in words that do not repeat it.
    pub(crate) fn new(text: &str) -> Result<Self, String> {
        let compiled = build(text).map_err(|fault| {
            if matches!(fault, regex::Error::CompiledTooBig(_)) {
                return "the pattern is too large".to_owned();
            }
            // the last line names the mistake, the others repeat the pattern
            let said = fault.to_string();
            let last = said.lines().last().unwrap_or_default();
            let why = last.trim_start_matches("error: ");
            format!("the pattern is no regular expression: {why}")
        })?;
        let pattern = Self::trusted(text);
        let _ = pattern.0.compiled.set(Some(compiled));
        Ok(pattern)
    }

    /// Whether the pattern is found in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled().is_some_and(|pattern| pattern.is_match(text))
    }

    /// Where the pattern is found in `text`, one after the other: its first group, or all of it where
    /// it has none. What is empty is passed over.
    pub fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let compiled = self.compiled();
        let grouped = compiled.filter(|pattern| pattern.captures_len() > 1);
        let plain = compiled.filter(|_| grouped.is_none());
        let places = grouped.into_iter().flat_map(|pattern| pattern.captures_iter(text));
        let places = places.filter_map(|found| found.get(1).or_else(|| found.get(0)));
        let all = plain.into_iter().flat_map(|pattern| pattern.find_iter(text));
        places.chain(all).map(|found| found.range()).filter(|range| !range.is_empty())
    }

    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    fn compiled(&self) -> Option<&Regex> {
        self.0.compiled.get_or_init(|| build(&self.0.text).ok()).as_ref()
    }
}

impl Debug for Pattern {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.0.text, out)
    }
}

fn build(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(MAX_PATTERN).build()
}
