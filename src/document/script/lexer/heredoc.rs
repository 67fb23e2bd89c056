//! Texts whose lines follow the statement: `<<~END` of Ruby, `<<<END` of PHP.

use super::{Language, Lexer, is_word};
use crate::document::hole::hole;
use crate::document::piece::{Piece, lines, text as text_node};
use crate::document::{Node, Style};
use crate::source::Span;

impl Lexer<'_> {
    /// Reads such a text ahead; what stands behind its mark in the same line follows as tokens.
    pub(super) fn heredoc(&mut self) -> Option<Node> {
        let php = self.language == Language::Php;
        let rest = self.rest().strip_prefix(if php { "<<<" } else { "<<" })?;
        let rest =
            if php { rest.trim_start_matches(' ') } else { rest.trim_start_matches(['~', '-']) };
        let quote = rest.chars().next().filter(|one| matches!(one, '"' | '\''));
        let rest = rest.get(quote.map_or(0, char::len_utf8)..)?;
        let name = rest.get(..rest.find(|one| !is_word(one)).unwrap_or(rest.len()))?;
        let begins = name.starts_with(|one: char| one.is_ascii_uppercase() || one == '_');
        if !begins || !self.may_close("<<") {
            return None;
        }
        let end_of_mark = self.text.len() - rest.len() + name.len() + usize::from(quote.is_some());
        let line_end = rest.find('\n')?;
        let from = self.read_ahead.map_or(0, |(_, to)| to);
        let from = from.max(self.text.len() - rest.len() + line_end + 1);
        let Some((end, to)) = self.last_line(from, name) else {
            self.open_until.insert("<<", self.text.len());
            return None;
        };
        let start_ahead = self.read_ahead.map_or(from, |(start, _)| start);
        self.read_ahead = Some((start_ahead, to));
        self.at = end_of_mark;
        let raw = self.text.get(from..end)?;
        let has_holes = quote != Some('\'') && (raw.contains("#{") || raw.contains('$'));
        let text = if has_holes { hole("") } else { raw.to_owned() };
        Some(text_node(Span::new(from, end), text, Style::Block))
    }

    /// Where the text ends, and where the line that ends it does.
    fn last_line(&self, from: usize, name: &str) -> Option<(usize, usize)> {
        let body = self.text.get(from..)?;
        let is_last = |line: &Piece<'_>| {
            let rest = line.text.trim_start().strip_prefix(name);
            rest.is_some_and(|rest| !rest.starts_with(is_word))
        };
        let last = lines(body).find(is_last)?;
        let text = body.get(..last.at)?.trim_end_matches(['\n', '\r']);
        let name_end = last.at + (last.text.len() - last.text.trim_start().len()) + name.len();
        Some((from + text.len(), from + name_end))
    }
}
