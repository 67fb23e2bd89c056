//! Values of `key = value` lines.

use crate::document::hole::build_settings;
use crate::document::piece::{Piece, text};
use crate::document::{Node, Style};
use crate::source::Span;

/// The kinds of such files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// INI.
    Ini,
    /// Of any program.
    Any,
    /// Xcode's.
    Xcconfig,
}

/// A value without the comment behind it: `;` or `#` after a blank and outside quotes, in Xcode's
/// files `//` wherever it stands.
pub(super) fn without_comment(value: Piece<'_>, dialect: Dialect) -> Piece<'_> {
    if dialect == Dialect::Xcconfig {
        return value.until(value.text.find("//").unwrap_or(value.text.len())).trim_end();
    }
    let mut quote = None;
    let mut before = ' ';
    for (offset, character) in value.text.char_indices() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') if offset == 0 => quote = Some(character),
            (None, ';' | '#') if before.is_whitespace() => return value.until(offset).trim_end(),
            (None, '/') if before.is_whitespace() && is_slashes(value.text, offset, dialect) => {
                return value.until(offset).trim_end();
            }
            _ => {}
        }
        before = character;
    }
    // a quote that nothing closes is a character like another
    match quote {
        Some(_) => {
            let comment =
                [" #", " ;", "\t#", "\t;"].iter().filter_map(|mark| value.text.find(mark));
            value.until(comment.min().unwrap_or(value.text.len())).trim_end()
        }
        None => value.trim_end(),
    }
}

/// Whether `//` stands there, in a file that has such comments.
fn is_slashes(value: &str, offset: usize, dialect: Dialect) -> bool {
    dialect == Dialect::Any && value.get(offset..).is_some_and(|rest| rest.starts_with("//"))
}

/// The value that stands in `pieces`, one a line.
pub(super) fn node(pieces: &[Piece<'_>], dialect: Dialect) -> Node {
    match pieces {
        [one] | [one, ..] if pieces.iter().skip(1).all(|more| more.text.is_empty()) => {
            let value = without_end(*one, dialect);
            if dialect == Dialect::Xcconfig {
                return text(value.span(), build_settings(value.text), Style::Plain);
            }
            match quoted(value.text) {
                Some((inside, style)) => text(value.span(), inside, style),
                None => value.plain(),
            }
        }
        _ => {
            let said = || pieces.iter().filter(|piece| !piece.text.is_empty());
            let lines: Vec<&str> = said().map(|piece| piece.text).collect();
            let span = said().copied().map(Piece::span).reduce(Span::to);
            text(span.unwrap_or_default(), lines.join("\n"), Style::Block)
        }
    }
}

/// Without the `;` or `,` that ends a line in some of these files.
fn without_end(value: Piece<'_>, dialect: Dialect) -> Piece<'_> {
    let end: &[char] = match dialect {
        Dialect::Ini => &[],
        Dialect::Any => &[',', ';'],
        Dialect::Xcconfig => &[';'],
    };
    value.until(value.text.trim_end_matches(end).len()).trim_end()
}

fn quoted(value: &str) -> Option<(&str, Style)> {
    for (quote, style) in [('"', Style::Quoted), ('\'', Style::Literal)] {
        let inside = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(inside) = inside.filter(|inside| !inside.contains(quote)) {
            return Some((inside, style));
        }
    }
    None
}
