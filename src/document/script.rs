//! Programs: the literals that they give a name, as one map. This is no compiler. One scanner reads
//! every language by a small table ([`rules`]), follows brackets, and notes what is set, passed
//! and listed: `a.b = "x"`, `key: "x"`, `f(key="x")`, `f("x")`, `["x"]`.
//!
//! What a map cannot say is written so:
//! - what is read from the process is a reference, `${NAME}`; with a default `${NAME:-default}`, and
//!   then its place is the default's (where a reference could not hold it, the literal alone stands);
//! - what is filled into a text is a hole, `{{name}}`; any other text that is put together, any name
//!   and any call is no literal, and gives no entry;
//! - a name that is set more than once, and a function that is called more than once, is a list;
//! - the sides of `env == "production" ? a : b` stand under `name.production` and `name.else`;
//! - a class is a map under its name, a function is not: its statements are those around it.

mod calls;
mod choice;
mod close;
mod comments;
mod defaults;
mod frame;
mod language;
mod lexer;
mod mark;
mod open;
mod path;
mod reader;
mod rules;
mod text;
mod token;
mod value;
mod words;

pub(super) use self::comments::comments;
pub use self::language::Language;

use self::lexer::Lexer;
use self::reader::Reader;
use super::issues::{Issues, byte_order_mark};
use super::{Document, Node, Parsed};
use crate::source::Span;

/// Reads a whole program.
pub(super) fn parse(language: Language, text: &str) -> Parsed {
    let mut reader = Reader::new(text, language);
    if language == Language::Component {
        let mut at = 0;
        while let Some((start, end)) = script(text, at) {
            let part = text.get(..end).unwrap_or_default();
            reader.read(Lexer::new(part, start, language, true));
            at = end;
        }
    } else {
        reader.read(Lexer::new(text, 0, language, true));
    }
    let span = Span::new(byte_order_mark(text), text.len());
    let mut issues = Issues::new(text);
    let root = reader.finish(span, &mut issues);
    issues.finish(vec![Document { index: 0, root }])
}

/// Where the next `<script>` of a component starts and ends inside.
fn script(text: &str, at: usize) -> Option<(usize, usize)> {
    let opening = at + text.get(at..)?.find("<script")?;
    let start = opening + text.get(opening..)?.find('>')? + 1;
    let length = text.get(start..)?.find("</script");
    Some((start, length.map_or(text.len(), |length| start + length)))
}

/// The reference that an expression at `span` is, where it is one.
pub(super) fn variable(language: Language, text: &str, span: Span) -> Option<Node> {
    let part = text.get(..span.end_offset())?;
    let expression = span.of(text);
    if !expression.contains("env") && !expression.contains("ENV") {
        return None;
    }
    let mut reader = Reader::new(text, language);
    reader.read(Lexer::new(part, span.start_offset(), language, false));
    reader.variable()
}

#[cfg(test)]
mod tests;
