//! Names with their parts: `config.stripe['key']` is the three parts `config`, `stripe`, `key`.

use crate::document::Key;
use crate::document::hole::is_name;
use crate::document::piece::Piece;
use crate::source::Span;

/// How many parts a name may have; of more, the last ones count.
const MAX_PARTS: usize = 8;

/// A name, part by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    parts: Vec<String>,
    /// Whether it was called: what follows is asked of the result.
    called: bool,
    /// Where it is written.
    pub(super) span: Span,
}

impl Path {
    /// A name of one part.
    pub(super) fn new(word: Piece<'_>) -> Self {
        let part = word.text.trim_start_matches('$').to_owned();
        Self { parts: vec![part], called: false, span: word.span() }
    }

    /// A name of one part that is written as a text.
    pub(super) fn of_text(text: &str, span: Span) -> Self {
        Self { parts: vec![text.to_owned()], called: false, span }
    }

    /// Adds a part.
    pub(super) fn push(&mut self, part: &str, span: Span) {
        if self.parts.len() >= MAX_PARTS {
            self.parts.remove(0);
        }
        // `Client.builder().key("x").mode("y")` is `Client.key` and `Client.mode`
        if std::mem::take(&mut self.called) && self.parts.len() > 1 {
            self.parts.pop();
        }
        self.parts.push(part.to_owned());
        self.span = self.span.to(span);
    }

    /// The same name with another behind it, where that says more.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        for part in &other.parts {
            let known = joined.last().eq_ignore_ascii_case(part);
            if !known {
                joined.push(part, self.span);
            }
        }
        joined
    }

    /// The same, called.
    pub(super) fn called(mut self) -> Self {
        self.called = true;
        self
    }

    /// The last part.
    pub(super) fn last(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    /// The part before the last one.
    pub(super) fn before_last(&self) -> &str {
        self.parts.iter().rev().nth(1).map_or("", String::as_str)
    }

    /// The first part.
    pub(super) fn first(&self) -> &str {
        self.parts.first().map_or("", String::as_str)
    }

    /// All parts, with dots.
    pub(super) fn text(&self) -> String {
        self.parts.join(".")
    }

    /// The variable of the process that the name reads: `process.env.X`, `ENV["X"]`.
    pub(super) fn variable(&self) -> Option<&str> {
        let holder = self.before_last().trim_start_matches('_').to_ascii_lowercase();
        let is_read = matches!(&*holder, "env" | "environ" | "environment" | "server");
        let name = self.last();
        let shouted = || name.len() > 1 && !name.chars().any(|one| one.is_ascii_lowercase());
        let sure = matches!(self.first(), "process" | "import" | "ENV" | "os" | "_ENV" | "_SERVER");
        (is_read && is_name(name) && (sure || shouted())).then_some(name)
    }

    /// As the key of an entry: a variable of the process is its name alone, and what only says that
    /// the name is the object's own or the module's is left out.
    pub(super) fn key(&self) -> Option<Key> {
        let mut parts = self.parts.as_slice();
        if let Some(name) = self.variable() {
            return Some(Key { span: self.span, text: name.into() });
        }
        while let [first, rest @ ..] = parts
            && matches!(
                first.as_str(),
                "this" | "self" | "module" | "exports" | "window" | "globalThis" | "default" | ""
            )
            && (!rest.is_empty() || matches!(first.as_str(), "exports" | ""))
        {
            parts = rest;
        }
        (!parts.is_empty()).then(|| Key { span: self.span, text: parts.join(".").into() })
    }

    /// The words of the last part, in small letters: `getEnv` and `GET_ENV` are `get`, `env`.
    pub(super) fn words(part: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut before_lower = false;
        for one in part.chars() {
            let starts = one.is_uppercase() && before_lower;
            if (starts || !one.is_alphanumeric())
                && words.last().is_some_and(|word| !word.is_empty())
            {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut().filter(|_| one.is_alphanumeric()) {
                word.extend(one.to_lowercase());
            }
            before_lower = one.is_lowercase() || one.is_ascii_digit();
        }
        words
    }
}
