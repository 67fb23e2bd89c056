//! Marks of one character and more.

use super::{Kind, Language, Lexer, Mark};

/// Marks of several characters, longer ones first.
const MARKS: [(&str, Mark); 29] = [
    ("===", Mark::Other('=')),
    ("!==", Mark::Unequal),
    ("<=>", Mark::Other('<')),
    ("...", Mark::Other('.')),
    ("||=", Mark::Assign),
    ("??=", Mark::Assign),
    ("?->", Mark::Dot),
    ("==", Mark::Other('=')),
    ("!=", Mark::Unequal),
    ("=~", Mark::Other('~')),
    ("=>", Mark::Arrow),
    ("<=", Mark::Other('<')),
    (">=", Mark::Other('>')),
    ("||", Mark::Or),
    ("??", Mark::Or),
    ("&&", Mark::Other('&')),
    ("?.", Mark::Dot),
    ("&.", Mark::Dot),
    ("!.", Mark::Dot),
    ("::", Mark::Dot),
    (":=", Mark::Assign),
    ("+=", Mark::Other('+')),
    ("-=", Mark::Other('-')),
    ("*=", Mark::Other('*')),
    ("/=", Mark::Other('/')),
    (".=", Mark::Other('.')),
    ("|=", Mark::Other('|')),
    ("<<", Mark::Other('<')),
    ("&=", Mark::Other('&')),
];

impl<'t> Lexer<'t> {
    /// Reads a mark.
    pub(super) fn mark(&mut self, first: char) -> Kind<'t> {
        let rest = self.rest();
        let own = self.own_mark(rest);
        let known = || MARKS.iter().copied().find(|(text, _)| rest.starts_with(text));
        if let Some((text, mark)) = own.or_else(known) {
            self.at += text.len();
            return Kind::Mark(mark);
        }
        self.at += first.len_utf8();
        Kind::Mark(match first {
            '(' | '[' | '{' => Mark::Open(first),
            ')' | ']' | '}' => Mark::Close(first),
            ',' => Mark::Comma,
            ';' => Mark::Semicolon,
            ':' => Mark::Colon,
            '=' => Mark::Assign,
            '?' => Mark::Question,
            '.' if self.language == Language::Php => Mark::Other('.'),
            '.' => Mark::Dot,
            '\\' if self.language == Language::Php => Mark::Dot,
            '<' if self.is_tag() => Mark::Tag,
            other => Mark::Other(other),
        })
    }

    /// Marks that mean something else in one language.
    fn own_mark(&self, rest: &str) -> Option<(&'static str, Mark)> {
        let starts = |mark: &str| rest.starts_with(mark);
        match self.language {
            Language::Php if starts("->") => Some(("->", Mark::Dot)),
            Language::Php if starts("<>") => Some(("<>", Mark::Unequal)),
            Language::Dart if starts("..") => Some(("..", Mark::Dot)),
            Language::Dart if starts("?..") => Some(("?..", Mark::Dot)),
            Language::Kotlin if starts("!!") => Some(("!!", Mark::Dot)),
            Language::Python if starts("//") => Some(("//", Mark::Other('/'))),
            Language::JavaScript | Language::Component if starts("?:") => Some(("?:", Mark::Colon)),
            _ if self.rules.elvis && starts("?:") => Some(("?:", Mark::Or)),
            _ if starts("->") => Some(("->", Mark::ThinArrow)),
            _ if starts("..") && !starts("...") => Some(("..", Mark::Other('.'))),
            _ => None,
        }
    }

    /// Whether `<` starts a tag: it stands where a value would, and a name follows.
    fn is_tag(&self) -> bool {
        let script = matches!(self.language, Language::JavaScript | Language::Component);
        script && !self.after_value && self.peek(0).is_alphabetic()
    }
}
