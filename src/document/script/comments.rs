//! The comments of a program, and what documents it in the place of one.

use super::lexer::Lexer;
use super::token::{Kind, Mark, Token};
use super::{Language, script};
use crate::document::comments::of_pages;
use crate::source::Span;

/// The comments of a whole program, in order; of Python its documentation, too.
pub(in crate::document) fn comments(language: Language, text: &str) -> Vec<Span> {
    if language != Language::Component {
        return of_script(language, text, 0);
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, end)) = script(text, at) {
        found.extend(of_pages(text, at, start));
        found.extend(of_script(language, text.get(..end).unwrap_or_default(), start));
        at = end;
    }
    found.extend(of_pages(text, at, text.len()));
    found
}

fn of_script(language: Language, text: &str, from: usize) -> Vec<Span> {
    let mut lexer = Lexer::new(text, from, language, false);
    let mut found = Vec::new();
    let mut may_document = true;
    for token in lexer.by_ref() {
        if language == Language::Python && may_document && documents(&token, text) {
            found.push(Span::new(token.start, token.end));
        }
        may_document = matches!(token.kind, Kind::Mark(Mark::Colon));
    }
    found.extend(lexer.take_comments());
    found
}

/// Whether a text stands for itself, behind the line that begins a function or a class.
fn documents(token: &Token<'_>, text: &str) -> bool {
    let literal = text.get(token.start..token.end).unwrap_or_default();
    let literal = literal.trim_start_matches(['r', 'R', 'u', 'U']);
    let is_long = literal.starts_with("\"\"\"") || literal.starts_with("'''");
    token.line.is_some() && is_long && matches!(token.kind, Kind::Literal(_))
}
