//! A part of a text that knows where it stands: what readers of lines cut up.

use std::iter;
use std::sync::Arc;

use super::issues::byte_order_mark;
use super::{Entry, Key, Node, Style, Value};
use crate::source::Span;

/// A part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// The byte where it starts.
    pub(super) at: usize,
    /// What it says.
    pub(super) text: &'t str,
}

impl Piece<'_> {
    /// Where it stands.
    pub(super) fn span(self) -> Span {
        Span::new(self.at, self.at + self.text.len())
    }

    /// The byte behind it.
    pub(super) fn end(self) -> usize {
        self.at + self.text.len()
    }

    /// What is left after `bytes`.
    pub(super) fn after(self, bytes: usize) -> Self {
        let bytes = bytes.min(self.text.len());
        Self { at: self.at + bytes, text: self.text.get(bytes..).unwrap_or_default() }
    }

    /// Its first `bytes`.
    pub(super) fn until(self, bytes: usize) -> Self {
        Self { at: self.at, text: self.text.get(..bytes).unwrap_or(self.text) }
    }

    /// Without the blanks before it.
    pub(super) fn trim_start(self) -> Self {
        self.after(self.text.len() - self.text.trim_start().len())
    }

    /// Without the blanks behind it.
    pub(super) fn trim_end(self) -> Self {
        self.until(self.text.trim_end().len())
    }

    /// Without the blanks around it.
    pub(super) fn trim(self) -> Self {
        self.trim_start().trim_end()
    }

    /// As a key.
    pub(super) fn key(self) -> Key {
        Key { span: self.span(), text: self.text.into() }
    }

    /// As a text without quotes that stands where it does.
    pub(super) fn plain(self) -> Node {
        text(self.span(), self.text, Style::Plain)
    }
}

/// A text scalar.
pub(super) fn text(span: Span, text: impl Into<Arc<str>>, style: Style) -> Node {
    Node::new(span, Value::Text { text: text.into(), style })
}

/// An entry that is written in place.
pub(super) fn entry(key: Key, node: Node) -> Entry {
    Entry { key, node, merged: false }
}

/// What stands under one key: a list where it is more than one.
pub(super) fn one_or_list(mut nodes: Vec<Node>) -> Node {
    let span = nodes.iter().map(|node| node.span).reduce(Span::to);
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        last => {
            nodes.extend(last);
            Node::new(span.unwrap_or_default(), Value::List(nodes.into()))
        }
    }
}

/// The lines of a text without their breaks (`\n`, `\r\n` or a lone `\r`) and without a byte-order
/// mark.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = byte_order_mark(text);
    let mut done = false;
    iter::from_fn(move || {
        let rest = text.get(at..).filter(|_| !done)?;
        let line = Piece { at, text: rest }.until(rest.find(['\n', '\r']).unwrap_or(rest.len()));
        let after = text.get(line.end()..).unwrap_or_default();
        done = after.is_empty();
        at = line.end() + if after.starts_with("\r\n") { 2 } else { 1 };
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_every_way_and_know_their_place() {
        let text = "\u{feff}é\r\nb\rc\n\nd";
        let found: Vec<(usize, &str)> = lines(text).map(|line| (line.at, line.text)).collect();
        assert_eq!(found, [(3, "é"), (7, "b"), (9, "c"), (11, ""), (12, "d")]);
        assert!(lines(text).all(|line| line.span().of(text) == line.text));
        assert_eq!(lines("a\n").count(), 2);
        assert_eq!(lines("").count(), 1);
    }

    #[test]
    fn a_piece_of_a_piece_stands_where_it_does() {
        let piece = Piece { at: 5, text: "  é = x " };
        let trimmed = piece.trim();
        assert_eq!((trimmed.at, trimmed.text), (7, "é = x"));
        assert_eq!(trimmed.after(5).span(), Span::new(12, 13));
        assert_eq!(trimmed.until(2).text, "é");
        assert_eq!(piece.after(99).text, "");
    }
}
