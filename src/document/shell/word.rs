//! One word of a command: quotes, escapes, and what the shell fills in.

use crate::document::hole::{hole, is_name, reference};
use crate::document::issues::byte_order_mark;
use crate::document::piece::text as text_node;
use crate::document::{Node, Style, references};
use crate::source::Span;

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// A shell's.
    Shell,
    /// A Dockerfile's: no command runs inside a word.
    Docker {
        /// The character that guards the next one.
        escape: char,
    },
}

/// A text, read word by word.
pub(super) struct Words<'t> {
    text: &'t str,
    /// Where the reading stands.
    pub(super) at: usize,
    pub(super) dialect: Dialect,
    /// Up to where no bracket is closed: it is not searched again.
    open_until: usize,
}

/// A word while it is read.
#[derive(Default)]
struct Word {
    text: String,
    /// How many parts it has, in quotes or without.
    parts: usize,
    style: Option<Style>,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str, dialect: Dialect) -> Self {
        Self { text, at: byte_order_mark(text), dialect, open_until: 0 }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn escape(&self) -> char {
        match self.dialect {
            Dialect::Shell => '\\',
            Dialect::Docker { escape } => escape,
        }
    }

    /// Goes past blanks and line breaks that the escape guards.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            match self.guarded_break() {
                Some(length) => self.at += length,
                None => return,
            }
        }
    }

    /// How long the escape and the line break here are.
    fn guarded_break(&self) -> Option<usize> {
        let rest = self.rest().strip_prefix(self.escape())?;
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let blank = if self.dialect == Dialect::Shell { 0 } else { blank };
        let rest = rest.get(blank..)?;
        let length = if rest.starts_with("\r\n") {
            2
        } else if rest.starts_with(['\n', '\r']) {
            1
        } else {
            return None;
        };
        Some(1 + blank + length)
    }

    /// Goes to the next line.
    pub(super) fn skip_line(&mut self) {
        let rest = self.rest();
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let length =
            if rest.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
        self.at += (end + length).min(rest.len());
    }

    /// Reads one word as a value.
    pub(super) fn word(&mut self) -> Node {
        let start = self.at;
        let mut word = Word::default();
        while let Some(character) = self.next() {
            match character {
                ' ' | '\t' | '\n' | '\r' => break,
                ';' | '&' | '|' | ')' | '>' | '<' if self.dialect == Dialect::Shell => break,
                _ => self.part(&mut word, character),
            }
        }
        self.node(start, word)
    }

    /// Reads the rest of the line as one value, quotes and all.
    pub(super) fn line(&mut self) -> Node {
        let start = self.at;
        let mut word = Word::default();
        while let Some(character) = self.next() {
            match character {
                '\n' | '\r' => break,
                _ => self.part(&mut word, character),
            }
        }
        let trimmed = self.text.get(start..self.at).unwrap_or_default().trim_end().len();
        word.text.truncate(word.text.trim_end().len());
        self.at = start + trimmed;
        self.node(start, word)
    }

    fn node(&self, start: usize, word: Word) -> Node {
        let style = word.style.filter(|_| word.parts == 1).unwrap_or(Style::Plain);
        text_node(Span::new(start, self.at), word.text, style)
    }

    /// Reads a part: something in quotes, or one character with what it starts.
    fn part(&mut self, word: &mut Word, character: char) {
        match character {
            '\'' | '"' => {
                word.parts += 1;
                let style = if character == '"' { Style::Quoted } else { Style::Literal };
                word.style = word.style.or(Some(style));
                self.quoted(word, character);
            }
            _ => {
                if word.style != Some(Style::Plain) {
                    word.parts += 1;
                    word.style = word.style.or(Some(Style::Plain));
                }
                self.character(word, character, false);
            }
        }
    }

    /// Reads up to the closing quote; without one, up to the end of the line.
    fn quoted(&mut self, word: &mut Word, quote: char) {
        self.at += 1;
        let closes = self.open_until <= self.at && self.rest().contains(quote);
        if !closes {
            self.open_until = self.text.len();
        }
        while let Some(character) = self.next() {
            if character == quote {
                self.at += 1;
                return;
            }
            if !closes && matches!(character, '\n' | '\r') {
                return;
            }
            if quote == '"' {
                self.character(word, character, true);
            } else {
                self.at += character.len_utf8();
                word.text.push(character);
            }
        }
    }

    /// Reads one character with what it starts.
    fn character(&mut self, word: &mut Word, character: char, in_quotes: bool) {
        if let Some(length) = self.guarded_break() {
            self.at += length;
            return;
        }
        let shell = self.dialect == Dialect::Shell;
        match character {
            _ if character == self.escape() => self.escaped(word, in_quotes),
            '$' => self.dollar(word),
            '`' if shell => {
                let length = self.rest().get(1..).and_then(|rest| rest.find('`'));
                match length.filter(|_| self.open_until <= self.at) {
                    Some(length) => {
                        word.text.push_str(&hole(""));
                        self.at += length + 2;
                    }
                    None => self.give_up(word),
                }
            }
            _ => {
                self.at += character.len_utf8();
                word.text.push(character);
            }
        }
    }

    fn escaped(&mut self, word: &mut Word, in_quotes: bool) {
        self.at += self.escape().len_utf8();
        let Some(next) = self.next() else { return };
        self.at += next.len_utf8();
        // what guards a `$` stays, for it says that no reference starts there
        if next == '$' || (in_quotes && !matches!(next, '"' | '\\' | '`')) {
            word.text.push('\\');
        }
        word.text.push(next);
    }

    /// What is not closed: its rest is no value that anybody can tell.
    fn give_up(&mut self, word: &mut Word) {
        self.open_until = self.text.len();
        word.text.push_str(&hole(""));
        let rest = self.rest();
        self.at += rest.find(['\n', '\r']).unwrap_or(rest.len()).max(1).min(rest.len());
    }

    fn dollar(&mut self, word: &mut Word) {
        let rest = self.rest().get(1..).unwrap_or_default();
        let name = rest.find(|one: char| !(one.is_ascii_alphanumeric() || one == '_'));
        let name = rest.get(..name.unwrap_or(rest.len())).unwrap_or_default();
        match rest.chars().next() {
            Some('(') if self.dialect == Dialect::Shell => self.bracketed(word, ('(', ')')),
            Some('{') => self.bracketed(word, ('{', '}')),
            Some(one) if one.is_ascii_digit() || "@?#*!$-".contains(one) => {
                word.text.push_str(&hole(""));
                self.at += 2;
            }
            Some(_) if is_name(name) => {
                word.text.push_str(&reference(name));
                self.at += 1 + name.len();
            }
            _ => {
                word.text.push('$');
                self.at += 1;
            }
        }
    }

    /// Reads `$(...)` or `${...}`.
    fn bracketed(&mut self, word: &mut Word, (open, close): (char, char)) {
        let rest = self.rest();
        let mut depth = 0_usize;
        let searched = if self.open_until > self.at { "" } else { rest };
        let end = searched.char_indices().find(|(_, one)| {
            if *one == open {
                depth += 1;
            } else if *one == close {
                depth = depth.saturating_sub(1);
            }
            *one == close && depth == 0
        });
        let Some(raw) = end.and_then(|(end, _)| rest.get(..=end)) else {
            self.give_up(word);
            return;
        };
        let found = references(raw);
        let whole = matches!(found.as_slice(), [one] if one.span.of(raw) == raw);
        if open == '{' && whole {
            word.text.push_str(raw);
        } else {
            word.text.push_str(&hole(""));
        }
        self.at += raw.len();
    }
}
