//! `.properties` files as Java reads them (<https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html#load-java.io.Reader->),
//! with Spring's `#---` between documents
//! (<https://docs.spring.io/spring-boot/reference/features/external-config.html>). Keys stay as they
//! are written, dots and all. Every line is one, so nothing in it can be wrong but a `\u`.

use std::iter::Peekable;

use super::issues::{Issues, byte_order_mark};
use super::piece::{Piece, entry, lines, text as text_node};
use super::{Document, Entry, IssueKind, Key, Node, Parsed, Style, Value};
use crate::source::Span;

/// Reads a whole text; every document is a map.
pub(super) fn parse(text: &str) -> Parsed {
    let mut issues = Issues::new(text);
    let mut documents = Vec::new();
    let mut entries = Vec::new();
    let mut start = byte_order_mark(text);
    let mut lines = lines(text).peekable();
    while let Some(line) = lines.next() {
        if matches!(line.text.trim_end(), "#---" | "!---") {
            documents.push(document(&mut issues, &mut entries, Span::new(start, line.at)));
            start = line.end();
            continue;
        }
        let line = trim_start(line);
        if line.text.is_empty() || line.text.starts_with(['#', '!']) {
            continue;
        }
        entries.push(pair(text, &mut issues, &Logical::new(line, &mut lines)));
    }
    documents.push(document(&mut issues, &mut entries, Span::new(start, text.len())));
    for (index, document) in documents.iter_mut().enumerate() {
        document.index = index;
    }
    issues.finish(documents)
}

fn document(issues: &mut Issues<'_>, entries: &mut Vec<Entry>, span: Span) -> Document {
    issues.push_duplicates(entries);
    let root = Node::new(span, Value::Map(std::mem::take(entries).into()));
    Document { index: 0, root }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{c}')
}

fn trim_start(line: Piece<'_>) -> Piece<'_> {
    line.after(line.text.len() - line.text.trim_start_matches(is_blank).len())
}

/// A line with all that backslashes at ends of lines add to it.
struct Logical<'t> {
    pieces: Vec<Piece<'t>>,
}

impl<'t> Logical<'t> {
    fn new(first: Piece<'t>, more: &mut Peekable<impl Iterator<Item = Piece<'t>>>) -> Self {
        let mut pieces = Vec::new();
        let mut line = first;
        loop {
            let backslashes = line.text.len() - line.text.trim_end_matches('\\').len();
            if backslashes.is_multiple_of(2) {
                pieces.push(line);
                break;
            }
            pieces.push(line.until(line.text.len() - 1));
            let Some(next) = more.next() else { break };
            line = trim_start(next);
        }
        Self { pieces }
    }

    /// Its characters with the byte where each stands.
    fn characters(&self) -> impl Iterator<Item = (usize, char)> {
        self.pieces.iter().flat_map(|piece| {
            piece.text.char_indices().map(|(offset, character)| (piece.at + offset, character))
        })
    }

    fn end(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.end())
    }
}

fn pair(source: &str, issues: &mut Issues<'_>, line: &Logical<'_>) -> Entry {
    let mut characters = line.characters().peekable();
    let start = characters.peek().map_or(0, |(at, _)| *at);
    let mut key = String::new();
    let mut key_end = start;
    while let Some((at, character)) =
        characters.next_if(|(_, one)| !is_blank(*one) && !matches!(one, '=' | ':'))
    {
        key_end = at + character.len_utf8();
        push(issues, &mut key, (at, character), &mut characters, &mut key_end);
    }
    let mut value_start = key_end;
    let mut separated = false;
    while let Some((at, character)) =
        characters.next_if(|(_, one)| is_blank(*one) || (!separated && matches!(one, '=' | ':')))
    {
        separated |= !is_blank(character);
        value_start = at + character.len_utf8();
    }
    if separated && characters.peek().is_none() {
        // nothing but blanks: the place is right behind the separator
        let after = source.get(key_end..).unwrap_or_default();
        value_start = key_end + after.find(['=', ':']).map_or(0, |at| at + 1);
    }
    let (mut value, mut end) = (String::new(), line.end().max(value_start));
    if let Some((at, _)) = characters.peek() {
        value_start = *at;
    } else {
        end = value_start;
    }
    while let Some(next) = characters.next() {
        push(issues, &mut value, next, &mut characters, &mut 0);
    }
    let key = Key { span: Span::new(start, key_end), text: key.into() };
    entry(key, text_node(Span::new(value_start, end), value, Style::Plain))
}

/// Adds a character, or what the escape that starts with it says; `end` moves behind it.
fn push(
    issues: &mut Issues<'_>,
    text: &mut String,
    (at, character): (usize, char),
    more: &mut Peekable<impl Iterator<Item = (usize, char)>>,
    end: &mut usize,
) {
    if character != '\\' {
        text.push(character);
        return;
    }
    let Some((next_at, next)) = more.next() else { return };
    *end = next_at + next.len_utf8();
    match next {
        't' => text.push('\t'),
        'n' => text.push('\n'),
        'r' => text.push('\r'),
        'f' => text.push('\u{c}'),
        'u' => {
            let Some(unit) = unit(more, end) else {
                issues.push_at(IssueKind::Syntax, at, "`\\u` without four hexadecimal digits");
                return;
            };
            push_unit(text, unit, more, end);
        }
        other => text.push(other),
    }
}

/// Four hexadecimal digits.
fn unit(more: &mut Peekable<impl Iterator<Item = (usize, char)>>, end: &mut usize) -> Option<u16> {
    let mut unit = 0_u32;
    for _ in 0..4 {
        let (at, digit) = more.next_if(|(_, one)| one.is_ascii_hexdigit())?;
        *end = at + 1;
        unit = unit * 16 + digit.to_digit(16)?;
    }
    u16::try_from(unit).ok()
}

/// Adds the character of one unit of UTF-16, or of two where the first asks for a second. A lone
/// half is no character.
fn push_unit(
    text: &mut String,
    first: u16,
    more: &mut Peekable<impl Iterator<Item = (usize, char)>>,
    end: &mut usize,
) {
    let mut units = vec![first];
    if (0xd800..0xdc00).contains(&first) && more.next_if(|(_, one)| *one == '\\').is_some() {
        if more.next_if(|(_, one)| *one == 'u').is_some() {
            units.extend(unit(more, end));
        } else {
            text.extend(more.next().map(|(_, one)| one));
        }
    }
    text.extend(char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

#[cfg(test)]
mod tests;
