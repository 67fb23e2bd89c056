//! Reading a file of the tool's own.

use std::sync::Arc;

use crate::document::{Format, IssueKind, decode, parse};
use crate::source::{Diagnostic, SourceText};

/// The value of a file, if nothing is mistaken in it; else every mistake, in order of place.
pub(in crate::project) fn told<T>(
    value: T,
    mut mistakes: Vec<Diagnostic>,
) -> Result<T, Vec<Diagnostic>> {
    mistakes.sort_by_key(Diagnostic::place);
    mistakes.dedup_by(|one, other| one.message == other.message && one.labels == other.labels);
    if mistakes.is_empty() { Ok(value) } else { Err(mistakes) }
}

/// Decodes the one document of a YAML file of the tool; none where the file is empty. What is left
/// beside mistakes may only be used to look for more of them; of a broken text nothing is.
pub(in crate::project) fn decode_yaml<T: serde::de::DeserializeOwned>(
    source: &Arc<SourceText>,
) -> (Option<T>, Vec<Diagnostic>) {
    decode_text(source, Format::Yaml)
}

/// The same of a file in any format.
pub(in crate::project) fn decode_text<T: serde::de::DeserializeOwned>(
    source: &Arc<SourceText>,
    format: Format,
) -> (Option<T>, Vec<Diagnostic>) {
    let parsed = parse(format, source.text());
    let mut mistakes: Vec<Diagnostic> = parsed
        .issues
        .iter()
        .filter(|issue| is_mistake(issue.kind))
        .map(|issue| Diagnostic::error(source, issue.span, &issue.message))
        .collect();
    if let Some(second) = parsed.documents.get(1) {
        let message = "there is one document in this file";
        mistakes.push(Diagnostic::error(source, second.root.span, message));
    }
    let Some(document) = parsed.documents.first() else { return (None, mistakes) };
    if matches!(document.root.value, crate::document::Value::Null) {
        return (None, mistakes);
    }
    let whole = mistakes.is_empty();
    let (value, found) = decode::<T>(&document.root, source);
    mistakes.extend(found);
    (value.filter(|_| whole), mistakes)
}

/// Whether an issue makes a file of the tool unusable; duplicate keys are told by the decoder.
fn is_mistake(kind: IssueKind) -> bool {
    match kind {
        IssueKind::Syntax | IssueKind::Limit | IssueKind::Alias => true,
        IssueKind::DuplicateKey { .. } | IssueKind::Ambiguous => false,
    }
}
