//! The one document of a file that somebody wrote for this tool.

use std::sync::Arc;

use crate::document::{Format, IssueKind, Node, Value, parse};
use crate::source::{Diagnostic, SourceText, Span};

/// Reads a file that holds one document; what is wrong with its text comes with it. Keys that stand
/// twice are left to [`super::decode`].
pub fn single(format: Format, source: &Arc<SourceText>) -> (Option<Node>, Vec<Diagnostic>) {
    let parsed = parse(format, source.text());
    let mut found: Vec<Diagnostic> = parsed
        .issues
        .iter()
        .filter(|issue| match issue.kind {
            IssueKind::Syntax | IssueKind::Limit | IssueKind::Alias => true,
            IssueKind::DuplicateKey { .. } | IssueKind::Ambiguous => false,
        })
        .map(|issue| Diagnostic::error(source, issue.span, issue.message.clone()))
        .collect();
    let documents = parsed.documents.into_iter().map(|document| document.root);
    let mut documents = documents.filter(|root| !matches!(root.value, Value::Null));
    let root = documents.next();
    if let Some(second) = documents.next() {
        found.push(Diagnostic::error(source, second.span, "the file holds more than one document"));
    }
    if root.is_none() && found.is_empty() {
        found.push(Diagnostic::error(source, Span::default(), "the file is empty"));
    }
    (root, found)
}
