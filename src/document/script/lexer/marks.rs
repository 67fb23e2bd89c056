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

/// Marks of all languages that have no meaning of their own for them.
const ANYWHERE: [(&str, Mark); 2] = [("->", Mark::ThinArrow), ("..", Mark::Other('.'))];

impl<'t> Lexer<'t> {
    /// Reads a mark.
    pub(super) fn mark(&mut self, first: char) -> Kind<'t> {
        let rest = self.rest();
        let known = || MARKS.iter().copied().find(|(text, _)| rest.starts_with(text));
        // most marks stand alone
        let joins = rest.as_bytes().get(1).is_some_and(|next| b"=>.?|&:<-/!~".contains(next));
        let longer = if joins { self.own_mark(rest).or_else(known) } else { None };
        if let Some((text, mark)) = longer {
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
        let own = match self.language {
            Language::Php => [("->", Mark::Dot), ("<>", Mark::Unequal)].as_slice(),
            Language::Dart => &[("..", Mark::Dot), ("?..", Mark::Dot)],
            Language::Kotlin => &[("!!", Mark::Dot)],
            Language::Python => &[("//", Mark::Other('/'))],
            Language::JavaScript | Language::Component => &[("?:", Mark::Colon)],
            Language::Ruby
            | Language::Java
            | Language::Groovy
            | Language::Swift
            | Language::Go
            | Language::CSharp => &[],
        };
        let elvis = [("?:", Mark::Or)];
        let elvis = if self.rules.elvis { elvis.as_slice() } else { &[] };
        let all = own.iter().chain(elvis).chain(&ANYWHERE).copied();
        let mut all = all.filter(|(text, _)| rest.starts_with(text));
        all.next().filter(|_| !rest.starts_with("..."))
    }

    /// Whether `<` starts a tag: it stands where a value would, and a name follows.
    fn is_tag(&self) -> bool {
        let script = matches!(self.language, Language::JavaScript | Language::Component);
        script && !self.after_value && self.peek(0).is_alphabetic()
    }
}
