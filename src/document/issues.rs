//! What is wrong in a text, gathered. Messages are fixed words: never a value of the text, for it
//! may be a secret.

use std::collections::BTreeMap;

use super::{Document, Entry, Issue, IssueKind, Parsed};
use crate::source::Span;

/// How many issues of one text are listed.
const MAX_ISSUES: usize = 1000;

/// The issues of one text, on their way.
pub(super) struct Issues<'t> {
    text: &'t str,
    list: Vec<Issue>,
}

impl<'t> Issues<'t> {
    /// None yet.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, list: Vec::new() }
    }

    /// Adds one; its span is made to fit the text. What was just said is not said again, and beyond
    /// a thousand only that is said.
    pub(super) fn push(&mut self, kind: IssueKind, span: Span, message: impl Into<String>) {
        let (span, message) = (fit(self.text, span), message.into());
        if self.list.last().is_some_and(|last| last.span == span && last.message == message) {
            return;
        }
        let (kind, message) = match self.list.len() {
            count if count < MAX_ISSUES => (kind, message),
            MAX_ISSUES => (IssueKind::Limit, "too many issues; the others are not listed".into()),
            _ => return,
        };
        self.list.push(Issue { span, message, kind });
    }

    /// Adds one at the character at `offset`; nothing is covered at the end of the text.
    pub(super) fn push_at(&mut self, kind: IssueKind, offset: usize, message: impl Into<String>) {
        self.push(kind, Span::new(offset, offset.saturating_add(1).min(self.text.len())), message);
    }

    /// Adds every key that stands twice among entries written in place.
    pub(super) fn push_duplicates(&mut self, entries: &[Entry]) {
        let mut seen = BTreeMap::<&str, Span>::new();
        for entry in entries {
            if let Some(first) = seen.insert(&entry.key.text, entry.key.span) {
                let kind = IssueKind::DuplicateKey { first };
                self.push(kind, entry.key.span, "duplicate key; the last one counts");
            }
        }
    }

    /// What was read, with the issues in order of place.
    pub(super) fn finish(mut self, documents: Vec<Document>) -> Parsed {
        self.list.sort_by_key(|issue| issue.span);
        Parsed { documents, issues: self.list }
    }
}

/// The span widened to whole characters inside the text.
pub(super) fn fit(text: &str, span: Span) -> Span {
    let mut start = span.start_offset().min(text.len());
    let mut end = span.end_offset().min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}

/// How many bytes a byte-order mark takes at the start of the text.
pub(super) fn byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_widened_to_whole_characters_inside_the_text() {
        assert_eq!(fit("aé", Span::new(2, 2)), Span::new(1, 3));
        assert_eq!(fit("aé", Span::new(7, 9)), Span::new(3, 3));
    }

    #[test]
    fn what_was_just_said_is_not_said_again() {
        let mut issues = Issues::new("x");
        for message in ["one", "one", "other", "one"] {
            issues.push_at(IssueKind::Syntax, 0, message);
        }
        assert_eq!(issues.finish(Vec::new()).issues.len(), 3);
    }

    #[test]
    fn a_flood_of_issues_ends_with_a_limit() {
        let mut issues = Issues::new("x");
        for number in 0..5000 {
            issues.push_at(IssueKind::Ambiguous, 0, ["one", "other"][number % 2]);
        }
        let parsed = issues.finish(Vec::new());
        assert_eq!(parsed.issues.len(), MAX_ISSUES + 1);
        assert!(parsed.issues.iter().any(|issue| issue.kind == IssueKind::Limit));
    }
}
