//! A program as tokens, one after the other. Comments give none. A quote, a comment or a pattern
//! that nothing closes is a mark like any other, and is not searched again as far as it was.

mod heredoc;
mod marks;
mod number;
mod skip;

use std::collections::BTreeMap;

use super::Language;
use super::rules::{Escapes, Holes, Quote, Rules};
use super::text::Scan;
use super::token::{Kind, Mark, Token};
use crate::document::piece::{Piece, text as text_node};
use crate::document::{Node, Style, Value};
use crate::source::Span;

/// What reads tokens.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    language: Language,
    rules: &'static Rules,
    /// Whether what a text fills in may be looked into.
    looks: bool,
    /// Where the line starts, while nothing of it is read.
    line: Option<usize>,
    /// Whether the last token can end a value.
    after_value: bool,
    /// Where the last word ended.
    word_end: usize,
    /// Up to where the end of something was searched in vain.
    open_until: BTreeMap<&'static str, usize>,
    /// The lines of texts that were read ahead: where they start and end.
    read_ahead: Option<(usize, usize)>,
    /// The comments so far.
    comments: Vec<Span>,
}

/// Words that no value ends with.
const OPERATORS: [&str; 14] = [
    "return", "typeof", "case", "in", "of", "and", "or", "not", "if", "unless", "when", "else",
    "await", "yield",
];

impl<'t> Lexer<'t> {
    /// Reads `text` from `at` on.
    pub(super) fn new(text: &'t str, at: usize, language: Language, looks: bool) -> Self {
        let mut lexer = Self {
            text,
            at,
            language,
            rules: language.rules(),
            looks,
            line: Some(at),
            after_value: false,
            word_end: usize::MAX,
            open_until: BTreeMap::new(),
            read_ahead: None,
            comments: Vec::new(),
        };
        let rest = lexer.rest();
        if language == Language::Php && at == 0 {
            lexer.at = rest.find("<?").unwrap_or(rest.len());
        } else if rest.trim_start_matches('\u{feff}').starts_with("#!") {
            lexer.at += rest.find('\n').unwrap_or(rest.len());
        }
        lexer
    }

    /// The comments before the last token that was read.
    pub(super) fn take_comments(self) -> Vec<Span> {
        self.comments
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self, offset: usize) -> char {
        let rest = self.text.get(self.at + offset..).unwrap_or_default();
        rest.chars().next().unwrap_or('\0')
    }

    fn before(&self) -> char {
        let before = self.text.get(..self.at).unwrap_or_default();
        before.chars().next_back().unwrap_or('\0')
    }

    /// Whether the end of something that starts with `mark` may still come.
    fn may_close(&self, mark: &'static str) -> bool {
        self.open_until.get(mark).is_none_or(|until| *until <= self.at)
    }

    /// Where `end` follows after `from` bytes; it is not searched twice in vain.
    fn closing(&mut self, mark: &'static str, from: usize, end: &str) -> Option<usize> {
        if !self.may_close(mark) {
            return None;
        }
        let found = self.rest().get(from..)?.find(end);
        if found.is_none() {
            self.open_until.insert(mark, self.text.len());
        }
        found.map(|at| from + at + end.len())
    }

    fn token(&mut self) -> Option<Token<'t>> {
        self.skip_dead();
        let start = self.at;
        let first = self.rest().chars().next()?;
        let line = self.line.take().map(|line| start - line.min(start));
        let kind = self.kind(first);
        self.after_value = match &kind {
            Kind::Word(word) => !OPERATORS.contains(&word.text),
            Kind::Literal(_) => true,
            Kind::Mark(mark) => matches!(mark, Mark::Close(_) | Mark::Pattern),
        };
        self.word_end = if matches!(kind, Kind::Word(_)) { self.at } else { usize::MAX };
        Some(Token { start, end: self.at, line, kind })
    }

    fn kind(&mut self, first: char) -> Kind<'t> {
        if let Some(node) = self.literal(first) {
            return Kind::Literal(node);
        }
        if is_word(first) && !first.is_ascii_digit() {
            return Kind::Word(self.word());
        }
        if first == '/' && self.pattern() {
            return Kind::Mark(Mark::Pattern);
        }
        if self.language == Language::Php && self.rest().starts_with("?>") {
            let rest = self.rest();
            self.at += rest.find("<?").unwrap_or(rest.len());
            return Kind::Mark(Mark::Semicolon);
        }
        self.mark(first)
    }

    fn literal(&mut self, first: char) -> Option<Node> {
        let digit = first.is_ascii_digit()
            || (first == '-' && !self.after_value && self.peek(1).is_ascii_digit());
        if digit {
            return Some(self.number());
        }
        if let Some((prefix, quote)) = self.quote(first)
            && let Some(node) = self.quoted(prefix, quote)
        {
            return Some(node);
        }
        match (self.language, first) {
            (Language::Ruby, ':') => self.symbol(),
            (Language::Ruby, '%') => self.percent(),
            (Language::Ruby | Language::Php, '<') => self.heredoc(),
            _ => None,
        }
    }

    fn word(&mut self) -> Piece<'t> {
        let rest = self.rest();
        let mut end = rest.find(|one| !is_word(one)).unwrap_or(rest.len());
        let last = rest.get(end..).unwrap_or_default();
        if self.language == Language::Ruby
            && last.starts_with(['?', '!'])
            && !last.get(1..).unwrap_or_default().starts_with(['=', ':'])
        {
            end += 1;
        }
        let word = Piece { at: self.at, text: rest }.until(end);
        self.at = word.end();
        word
    }

    /// The quote that stands here, and how many letters come before it.
    fn quote(&self, first: char) -> Option<(usize, Quote)> {
        let rest = self.rest();
        let plain = |rest: &str| {
            self.rules.quotes.iter().copied().find(|quote| rest.starts_with(quote.open))
        };
        if let Some(quote) = plain(rest) {
            return Some((0, quote));
        }
        let raw = |quote: Quote| Quote { escapes: Escapes::Raw, holes: Holes::None, ..quote };
        match (self.language, first) {
            (Language::Python, 'r' | 'R' | 'b' | 'B' | 'f' | 'F' | 'u' | 'U') => {
                let prefix = rest.bytes().take(2).take_while(u8::is_ascii_alphabetic).count();
                let (letters, after) = rest.split_at_checked(prefix)?;
                let letters = letters.to_ascii_lowercase();
                let known = letters.chars().all(|one| "rbfu".contains(one));
                let quote = plain(after).filter(|_| known)?;
                let quote = if letters.contains('r') { raw(quote) } else { quote };
                let holes = if letters.contains('f') { Holes::Braces } else { Holes::None };
                Some((prefix, Quote { holes, ..quote }))
            }
            (Language::Dart, 'r') => Some((1, raw(plain(rest.get(1..)?)?))),
            (Language::CSharp, '@' | '$') => {
                let prefix = rest.bytes().take_while(|one| matches!(one, b'@' | b'$')).count();
                let (letters, after) = rest.split_at_checked(prefix)?;
                let quote = plain(after).filter(|quote| quote.open != "'")?;
                let verbatim = letters.contains('@') && quote.open == "\"";
                let escapes = if verbatim { Escapes::Doubled } else { quote.escapes };
                let holes = if letters.contains('$') { Holes::Braces } else { Holes::None };
                Some((prefix, Quote { escapes, holes, lines: verbatim || quote.lines, ..quote }))
            }
            (Language::Swift, '#') if rest.starts_with("#\"") => {
                let (escapes, holes) = (Escapes::Raw, Holes::None);
                Some((0, Quote { open: "#\"", close: "\"#", escapes, holes, lines: false }))
            }
            _ => None,
        }
    }

    fn quoted(&mut self, prefix: usize, quote: Quote) -> Option<Node> {
        if !self.may_close(quote.open) {
            return None;
        }
        let mut scan = Scan::new(self.text, self.at + prefix, self.language, self.looks);
        let node = scan.quoted(quote);
        if node.is_some() {
            self.at = scan.at;
        } else {
            self.open_until.insert(quote.open, scan.at);
        }
        node
    }

    /// `:name` of Ruby.
    fn symbol(&mut self) -> Option<Node> {
        let next = self.peek(1);
        let before = self.before();
        let stands_alone = !is_word(before) && !matches!(before, ':' | ')' | '"' | '\'');
        if !stands_alone || !(next.is_alphabetic() || next == '_') {
            return None;
        }
        self.at += 1;
        let word = self.word();
        Some(word.plain())
    }

    /// `%w[a b]` and `%q(a)` of Ruby.
    fn percent(&mut self) -> Option<Node> {
        let kind = self.peek(1);
        let close = match self.peek(2) {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            '<' => '>',
            '|' => '|',
            '!' => '!',
            _ => return None,
        };
        if self.after_value || !matches!(kind, 'w' | 'W' | 'i' | 'I' | 'q' | 'Q') {
            return None;
        }
        let length = self.closing("%", 3, close.encode_utf8(&mut [0; 4]))?;
        let inside = Piece { at: self.at + 3, text: self.rest().get(3..length - 1)? };
        let span = Span::new(self.at, self.at + length);
        self.at += length;
        if matches!(kind, 'q' | 'Q') {
            let has_holes = kind == 'Q' && inside.text.contains("#{");
            let filled = crate::document::hole::hole("");
            let text = if has_holes { &filled } else { inside.text };
            return Some(text_node(inside.span(), text, Style::Plain));
        }
        let mut items = Vec::new();
        let mut at = 0;
        for word in inside.text.split_whitespace() {
            let rest = inside.after(at);
            let word = rest.trim_start().until(word.len());
            at = word.end() - inside.at;
            items.push(word.plain());
        }
        Some(Node::new(span, Value::List(items.into())))
    }
}

impl<'t> Iterator for Lexer<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        self.token()
    }
}

/// Whether a character may stand in a name.
pub(super) fn is_word(one: char) -> bool {
    one.is_alphanumeric() || matches!(one, '_' | '$')
}
