//! YAML 1.2: every document of a text, aliases and merge keys resolved with both their places. The
//! tree is built on a stack of its own, and what an alias repeats is shared and counted, so no text
//! can exhaust stack or memory. A broken document never hides the next.

mod build;
mod merge;
mod scalar;

use std::cell::LazyCell;

use granit_parser::{ErrorKind, Event, Parser, ScanError, Span as Range, options};

use self::build::{Builder, Stop};
use super::issues::{Issues, fit};
use super::{Document, IssueKind, MAX_DEPTH, Node, Parsed};
use crate::source::Span;

/// How many documents one text may hold.
const MAX_DOCUMENTS: usize = 50_000;

/// Reads a whole text; an empty one has no document.
pub(super) fn parse(text: &str) -> Parsed {
    let options = options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut documents = Vec::new();
    let mut builder = Builder::new(text);
    let template = LazyCell::new(|| is_template(text));
    let mut index = 0;
    while let Some(event) = parser.next() {
        let read = match event {
            Ok((event, range)) => take(&mut builder, event, range),
            Err(error) => {
                broken(&mut builder.issues, text, &error, || *template);
                Err(Stop)
            }
        };
        match read {
            Ok(None) => continue,
            Ok(Some(root)) => documents.push(Document { index, root }),
            Err(Stop) => {
                builder.abandon();
                if !parser.proceed_next_document().unwrap_or(false) {
                    break;
                }
            }
        }
        index += 1;
        if index >= MAX_DOCUMENTS {
            builder.issues.push_at(IssueKind::Limit, text.len(), "too many documents");
            break;
        }
    }
    builder.issues.finish(documents)
}

/// Takes one event; gives the root where a document ends.
fn take(builder: &mut Builder<'_>, event: Event<'_>, range: Range) -> Result<Option<Node>, Stop> {
    let bytes = range.byte_range().unwrap_or_default();
    let span = Span::new(bytes.start, bytes.end);
    match event {
        Event::Scalar(text, style, anchor, tag) => {
            let tag = tag.as_deref();
            builder.scalar(scalar::read(builder.text, &text, style, (span, tag)), anchor)?;
        }
        Event::SequenceStart(_, anchor, tag) => {
            builder.open(false, span, anchor, tag.as_deref())?;
        }
        Event::MappingStart(_, anchor, tag) => builder.open(true, span, anchor, tag.as_deref())?,
        Event::SequenceEnd | Event::MappingEnd => builder.close(span)?,
        Event::Alias(id) => builder.alias(Some(id), span)?,
        Event::UnresolvedAlias(_) => builder.alias(None, span)?,
        Event::DocumentEnd => return Ok(Some(builder.finish_document(span))),
        Event::StreamStart
        | Event::StreamEnd
        | Event::DocumentStart(..)
        | Event::Anchor(..)
        | Event::Comment(..)
        | _ => {}
    }
    Ok(None)
}

/// Tells what broke a document, in words that quote nothing of it.
fn broken(issues: &mut Issues<'_>, text: &str, error: &ScanError, is_template: impl Fn() -> bool) {
    let offset = error.marker().byte_offset().unwrap_or(text.len());
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        issues.push_at(IssueKind::Limit, offset, "nested too deeply");
        return;
    }
    // the kinds that quote: a character of the text, or whatever an input of one's own says
    let quotes = matches!(
        error.kind(),
        ErrorKind::UnexpectedCharacter { .. }
            | ErrorKind::Custom(_)
            | ErrorKind::InputDecoding { .. }
    );
    let mut message = if quotes {
        "a character that starts no value".to_owned()
    } else {
        error.kind().to_string()
    };
    if is_template() {
        message.push_str("; it looks like a template, which has to be rendered first");
    }
    let at = fit(text, Span::new(offset, offset)).start_offset();
    issues.push_at(IssueKind::Syntax, at, message);
}

/// Whether a text that is no YAML has the marks of Go, Jinja or ERB templates; `${{ }}` is none.
fn is_template(text: &str) -> bool {
    let braces = text
        .match_indices("{{")
        .any(|(offset, _)| !text.get(..offset).unwrap_or_default().ends_with(['$', '{']));
    braces || text.contains("{%") || text.contains("<%")
}

#[cfg(test)]
mod tests;
