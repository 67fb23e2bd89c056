//! dotenv. Dialects differ, so nothing is expanded here: references stay in the text, and quotes
//! that forbid resolving are told by [`Style::Literal`]. Every line stands for itself, so one that
//! cannot be read never hides the next.
//!
//! Where dialects disagree: `:` ends a key only before a blank, `#` starts a comment only after a
//! blank or at the start of the value, and quotes may hold line breaks if nothing but a comment
//! follows the closing one (<https://github.com/motdotla/dotenv>,
//! <https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/>).

use std::sync::Arc;

use super::issues::{Issues, byte_order_mark};
use super::{Document, Entry, IssueKind, Key, Node, Parsed, Style, Value};
use crate::source::Span;

/// Reads a whole dotenv text as one document that is a map.
pub(super) fn parse(text: &str) -> Parsed {
    let at = byte_order_mark(text);
    let mut reader = Reader { text, at, armour_ends: true, issues: Issues::new(text) };
    let span = Span::new(reader.at, text.len());
    let mut entries = Vec::new();
    while reader.next_line() {
        entries.extend(reader.entry());
    }
    reader.issues.push_duplicates(&entries);
    let root = Node::new(span, Value::Map(entries.into()));
    reader.issues.finish(vec![Document { index: 0, root }])
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Whether an armoured key may still end somewhere ahead.
    armour_ends: bool,
    issues: Issues<'t>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// What is left of the line, without its line break.
    fn line(&self) -> &'t str {
        first_line(self.rest())
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(skipped).len();
    }

    fn end_line(&mut self) {
        self.at += self.line().len();
    }

    /// Goes to the next line that says something; false at the end of the text.
    fn next_line(&mut self) -> bool {
        self.skip(char::is_whitespace);
        while self.rest().starts_with('#') {
            self.end_line();
            self.skip(char::is_whitespace);
        }
        !self.rest().is_empty()
    }

    fn entry(&mut self) -> Option<Entry> {
        let start = self.at;
        if let Some(rest) = self.rest().strip_prefix("export")
            && rest.starts_with(is_blank)
        {
            self.at += "export".len();
            self.skip(is_blank);
        }
        let name = key(self.line());
        let key = Key { span: Span::new(self.at, self.at + name.len()), text: name.into() };
        self.at += name.len();
        self.skip(is_blank);
        let after = self.line();
        let alone = is_variable(name) && (after.is_empty() || after.starts_with('#'));
        if name.is_empty() || !(alone || after.starts_with(['=', ':'])) {
            let line = first_line(self.text.get(start..).unwrap_or_default()).trim_end();
            let span = Span::new(start, start + line.len());
            self.issues.push(IssueKind::Syntax, span, "a line that is not `KEY=value`");
            self.end_line();
            return None;
        }
        if alone {
            self.issues.push(IssueKind::Syntax, key.span, "a key without `=` and value");
            self.end_line();
            let span = Span::new(key.span.end_offset(), key.span.end_offset());
            return Some(Entry { key, node: Node::new(span, Value::Null), merged: false });
        }
        self.at += 1;
        let node = self.value();
        Some(Entry { key, node, merged: false })
    }

    fn value(&mut self) -> Node {
        let empty = self.at;
        self.skip(is_blank);
        if let Some(quote @ ('"' | '\'' | '`')) = self.rest().chars().next() {
            if let Some(node) = self.quoted(quote) {
                return node;
            }
            let message = "a quote that is not closed, or is followed by more than a comment";
            self.issues.push_at(IssueKind::Syntax, self.at, message);
        }
        let raw = self.armoured().unwrap_or_else(|| plain(self.line()));
        let start = if raw.is_empty() { empty } else { self.at };
        self.at += raw.len();
        self.end_line();
        let value = Value::Text { text: raw.into(), style: Style::Plain };
        Node::new(Span::new(start, start + raw.len()), value)
    }

    /// A private key written over several lines without quotes: wrong, but to take its lines for
    /// keys would show them.
    fn armoured(&mut self) -> Option<&'t str> {
        let line = self.line();
        if !self.armour_ends || !line.starts_with("-----BEGIN ") || line.contains("-----END ") {
            return None;
        }
        let Some(end) = self.rest().find("-----END ") else {
            self.armour_ends = false;
            return None;
        };
        let last = first_line(self.rest().get(end..)?).trim_end();
        self.issues.push_at(IssueKind::Syntax, self.at, "a value of several lines without quotes");
        self.rest().get(..end + last.len())
    }

    /// A value in quotes, over several lines if need be; `None` where they are not closed.
    fn quoted(&mut self, quote: char) -> Option<Node> {
        let inside = self.rest().get(1..)?;
        let length = closing(inside, quote)?;
        let raw = inside.get(..length)?;
        let span = Span::new(self.at, self.at + length + 2);
        self.at = span.end_offset();
        self.end_line();
        let (text, style) = if quote == '"' {
            (unescape(raw), Style::Quoted)
        } else {
            (raw.replace("\r\n", "\n"), Style::Literal)
        };
        Some(Node::new(span, Value::Text { text: Arc::from(text), style }))
    }
}

/// Whether a line may be a key alone, as compose has it for what it passes through. Other words
/// alone may be the rest of some secret, and are no names.
fn is_variable(name: &str) -> bool {
    let rest = name.trim_start_matches(|character: char| character.is_ascii_digit());
    rest.len() == name.len()
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

/// The text up to its first line break.
fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or_default()
}

/// The key at the start of a line: up to `=`, or a colon before a blank.
fn key(line: &str) -> &str {
    let mut end = line.len();
    for (offset, character) in line.char_indices() {
        let after = line.get(offset + character.len_utf8()..).unwrap_or_default();
        let within = match character {
            ':' => !(after.is_empty() || after.starts_with(is_blank)),
            '_' | '.' | '-' | '[' | ']' => true,
            _ => character.is_alphanumeric(),
        };
        if !within {
            end = offset;
            break;
        }
    }
    line.get(..end).unwrap_or_default()
}

/// An unquoted value: the line without its comment and the blanks around it.
fn plain(line: &str) -> &str {
    let comment = line.match_indices('#').map(|(offset, _)| offset).find(|offset| {
        let before = line.get(..*offset).unwrap_or_default();
        before.is_empty() || before.ends_with(is_blank)
    });
    line.get(..comment.unwrap_or(line.len())).unwrap_or_default().trim_end()
}

/// How far the closing quote lies: the first that nothing but a comment follows on its line. A
/// quote with other text behind it closes nothing, unless a backslash says that it is text.
fn closing(inside: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (offset, character) in inside.char_indices() {
        if character == quote {
            let rest = inside.get(offset + 1..)?.trim_start_matches(is_blank);
            let closes = rest.is_empty() || rest.starts_with(['#', '\n', '\r']);
            if closes && !(escaped && quote == '"') {
                return Some(offset);
            }
            if !escaped {
                return None;
            }
        }
        escaped = character == '\\' && !escaped;
    }
    None
}

/// Resolves the escapes of a double-quoted value. What guards a `$` stays, for it says that no
/// reference starts there.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\r' && characters.peek() == Some(&'\n') {
            continue;
        }
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('"') => text.push('"'),
            Some('\\') if characters.peek() != Some(&'$') => text.push('\\'),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
}

#[cfg(test)]
mod tests;
