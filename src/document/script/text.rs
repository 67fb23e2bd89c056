//! Texts in quotes: what they say, and what is filled in.

use super::Language;
use super::rules::{Escapes, Holes, Quote};
use crate::document::hole::hole;
use crate::document::issues::fit;
use crate::document::piece::text as text_node;
use crate::document::{Node, Style};
use crate::source::Span;

/// How long a part that is filled in may be to be looked into.
const MAX_HOLE: usize = 200;

/// A text while it is read.
pub(super) struct Scan<'t> {
    pub(super) source: &'t str,
    pub(super) at: usize,
    pub(super) language: Language,
    /// Whether what is filled in may be looked into.
    pub(super) looks: bool,
    text: String,
}

impl<'t> Scan<'t> {
    pub(super) fn new(source: &'t str, at: usize, language: Language, looks: bool) -> Self {
        Self { source, at, language, looks, text: String::new() }
    }

    fn rest(&self) -> &'t str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Reads from the opening mark on; `None` where nothing closes it, and then [`Self::at`] tells
    /// how far was searched.
    pub(super) fn quoted(&mut self, quote: Quote) -> Option<Node> {
        let start = self.at;
        self.at += quote.open.len();
        let inside = self.at;
        loop {
            let rest = self.rest();
            if rest.starts_with(quote.close) {
                let twice = rest.get(quote.close.len()..).unwrap_or_default();
                if quote.escapes == Escapes::Doubled && twice.starts_with(quote.close) {
                    self.text.push_str(quote.close);
                    self.at += 2 * quote.close.len();
                    continue;
                }
                break;
            }
            let next = rest.chars().next()?;
            if !quote.lines && matches!(next, '\n' | '\r') {
                return None;
            }
            self.character(quote, next);
        }
        let end = self.at;
        self.at += quote.close.len();
        let text = std::mem::take(&mut self.text);
        let same = quote.open == quote.close;
        let (span, style) = match quote.open.len() {
            1 if same => (Span::new(start, self.at), style_of(&text)),
            3 if same => (Span::new(start, self.at), Style::Block),
            _ => (Span::new(inside, end), Style::Plain),
        };
        Some(text_node(fit(self.source, span), text, style))
    }

    fn character(&mut self, quote: Quote, next: char) {
        let rest = self.rest();
        match (next, quote.holes, quote.escapes) {
            ('\\', Holes::Swift, _) if rest.starts_with("\\(") => self.hole(2, ('(', ')'), quote),
            ('\\', _, Escapes::Backslash) => self.escape(),
            ('\\', _, Escapes::Few) => {
                let guarded = rest.get(1..).and_then(|rest| rest.chars().next());
                let guarded = guarded.filter(|one| *one == '\\' || quote.close.starts_with(*one));
                self.text.push(guarded.unwrap_or('\\'));
                self.at += 1 + guarded.map_or(0, char::len_utf8);
            }
            ('$', Holes::Template | Holes::Names | Holes::Php, _) if rest.starts_with("${") => {
                self.hole(2, ('{', '}'), quote);
            }
            ('$', Holes::Names | Holes::Php, _) => self.name(),
            ('{', Holes::Php, _) if rest.starts_with("{$") => self.hole(1, ('{', '}'), quote),
            ('#', Holes::Ruby, _) if rest.starts_with("#{") => self.hole(2, ('{', '}'), quote),
            ('{' | '}', Holes::Braces, _) if rest.starts_with("{{") || rest.starts_with("}}") => {
                self.text.push(next);
                self.at += 2;
            }
            ('{', Holes::Braces, _) => self.hole(1, ('{', '}'), quote),
            _ => {
                self.text.push(next);
                self.at += next.len_utf8();
            }
        }
    }

    /// Reads a part that is filled in, whose mark has `opening` bytes. One that nothing closes goes
    /// up to the end of the text.
    fn hole(&mut self, opening: usize, (open, close): (char, char), quote: Quote) {
        let rest = self.rest().get(opening..).unwrap_or_default();
        let mut depth = 0_usize;
        let mut end = rest.len();
        for (offset, one) in rest.char_indices() {
            if one == close && depth == 0 {
                end = offset;
                break;
            }
            if !quote.lines && matches!(one, '\n' | '\r') {
                end = offset;
                break;
            }
            if one == open {
                depth += 1;
            } else if one == close {
                depth -= 1;
            }
        }
        let inside = rest.get(..end).unwrap_or_default();
        let start = self.at + opening;
        self.at = start + end;
        if self.rest().starts_with(close) {
            self.at += 1;
        }
        let looks = self.looks && inside.len() <= MAX_HOLE;
        let span = Span::new(start, start + inside.len());
        let read = if looks { super::variable(self.language, self.source, span) } else { None };
        let read = read.and_then(|node| node.text().map(str::to_owned));
        let shown = inside.split([':', '!']).next().unwrap_or_default();
        self.text.push_str(&read.unwrap_or_else(|| hole(shown)));
    }

    /// Reads `$name`.
    fn name(&mut self) {
        let rest = self.rest().get(1..).unwrap_or_default();
        let end = rest.find(|one: char| !(one.is_alphanumeric() || one == '_'));
        let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        if name.starts_with(|one: char| one.is_alphabetic() || one == '_') {
            self.text.push_str(&hole(name));
            self.at += 1 + name.len();
        } else {
            self.text.push('$');
            self.at += 1;
        }
    }

    fn escape(&mut self) {
        self.at += 1;
        let Some(next) = self.rest().chars().next() else { return };
        self.at += next.len_utf8();
        match next {
            'n' => self.text.push('\n'),
            't' => self.text.push('\t'),
            'r' => self.text.push('\r'),
            '0' => self.text.push('\0'),
            '\n' => {}
            '\r' => self.at += usize::from(self.rest().starts_with('\n')),
            'u' | 'x' => self.code(next),
            other => self.text.push(other),
        }
    }

    /// Reads `\uXXXX`, `\u{X}` or `\xXX`; halves of a character are put together.
    fn code(&mut self, kind: char) {
        let first = self.digits(kind);
        let low = (0xd800..0xdc00).contains(&first) && self.rest().starts_with("\\u");
        if low {
            self.at += 2;
            let second = self.digits('u');
            let units = [first, second].map(|unit| u16::try_from(unit).unwrap_or(0xfffd));
            self.text.extend(
                char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)),
            );
        } else {
            self.text.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }

    fn digits(&mut self, kind: char) -> u32 {
        let rest = self.rest();
        let braced = rest.starts_with('{');
        let from = usize::from(braced);
        let most = if kind == 'x' && !braced {
            2
        } else if braced {
            8
        } else {
            4
        };
        let digits = rest.get(from..).unwrap_or_default();
        let count = digits.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
        self.at += from + count;
        if braced && self.rest().starts_with('}') {
            self.at += 1;
        }
        u32::from_str_radix(digits.get(..count).unwrap_or_default(), 16).unwrap_or(0xfffd)
    }
}

/// Nothing in a text of a program is resolved by whoever reads its value, unless it says so itself:
/// `@Value("${stripe.key}")`.
fn style_of(text: &str) -> Style {
    if text.contains("${") || text.contains("{{") { Style::Quoted } else { Style::Literal }
}
