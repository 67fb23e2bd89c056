//! Shell scripts and Dockerfiles: the variables that they set at starts of lines, as one map. What a
//! command gives (`$(...)`, backticks, `$1`) is a hole. A script may set one name in several
//! branches, so a name that stands twice is no issue. <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html>,
//! <https://docs.docker.com/reference/dockerfile/#env>.

mod dockerfile;
mod word;

use self::word::{Dialect, Words};
use super::issues::{Issues, byte_order_mark};
use super::piece::{Piece, entry};
use super::{Document, Entry, Node, Parsed, Value};
use crate::source::Span;

pub(super) use self::dockerfile::parse as parse_dockerfile;

/// What may stand before an assignment.
const BUILTINS: [&str; 6] = ["export", "readonly", "declare", "typeset", "local", "env"];

/// Reads a whole script.
pub(super) fn parse(text: &str) -> Parsed {
    let mut words = Words::new(text, Dialect::Shell);
    let mut entries = Vec::new();
    while !words.rest().is_empty() {
        command(&mut words, &mut entries);
    }
    document(text, entries)
}

fn document(text: &str, entries: Vec<Entry>) -> Parsed {
    let span = Span::new(byte_order_mark(text), text.len());
    let root = Node::new(span, Value::Map(entries.into()));
    Issues::new(text).finish(vec![Document { index: 0, root }])
}

/// Reads the assignments that a line starts with; the rest of it is skipped.
fn command(words: &mut Words<'_>, entries: &mut Vec<Entry>) {
    words.skip_blanks();
    let is_builtin = BUILTINS.iter().find(|name| {
        let rest = words.rest().strip_prefix(**name);
        rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
    });
    if let Some(name) = is_builtin {
        words.at += name.len();
        words.skip_blanks();
        while words.rest().starts_with('-') {
            words.word();
            words.skip_blanks();
        }
    }
    while let Some(name) = variable(words.rest()) {
        let key = Piece { at: words.at, text: name };
        words.at += name.len() + 1;
        if words.rest().starts_with('(') {
            break;
        }
        entries.push(entry(key.key(), words.word()));
        words.skip_blanks();
    }
    let follows = [";", "&&"].iter().find(|mark| words.rest().starts_with(**mark));
    match follows {
        Some(mark) if !words.rest().starts_with(";;") => words.at += mark.len(),
        _ => words.skip_line(),
    }
}

/// The name before the `=` that a text starts with.
fn variable(text: &str) -> Option<&str> {
    let end = text.find(|one: char| !(one.is_ascii_alphanumeric() || one == '_'))?;
    let name = text.get(..end)?;
    let begins = name.starts_with(|one: char| !one.is_ascii_digit());
    (begins && text.get(end..)?.starts_with('=')).then_some(name)
}

#[cfg(test)]
mod tests;
