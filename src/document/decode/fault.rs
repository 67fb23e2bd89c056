//! What is wrong with one node, in plain words.

use std::fmt::{self, Display, Formatter};

use serde::de::{Error, Expected, Unexpected};

use crate::source::{Span, suggest};

/// A mistake on its way up from the node where it was made.
#[derive(Debug)]
pub(super) struct Fault {
    /// What is wrong.
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: Option<String>,
    /// Where; set by the innermost node that knows.
    pub(super) span: Option<Span>,
    /// The required key that is missing.
    pub(super) missing: Option<&'static str>,
    /// Entries and items from the mistake up to the root, innermost first.
    pub(super) path: Vec<usize>,
}

impl Fault {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, span: None, missing: None, path: Vec::new() }
    }

    /// The same at `span`, unless a place is known already.
    pub(super) fn at(mut self, span: Span) -> Self {
        self.span = self.span.or(Some(span));
        self
    }

    /// The same, one step further from the root.
    pub(super) fn within(mut self, step: usize) -> Self {
        self.path.push(step);
        self
    }

    /// The same without `text` in its message, where that is no plain word.
    pub(super) fn without(mut self, text: &str) -> Self {
        if !text.is_empty() && quoted(text).is_none() {
            self.message = self.message.replace(text, "this text");
        }
        self
    }
}

/// `word` in backticks, where it is a plain word or name; never what may be a value worth hiding.
pub(super) fn quoted(word: &str) -> Option<String> {
    let plain =
        |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '/' | ' ' | '.');
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let short = !word.is_empty() && word.len() <= 40;
    (short && digits <= 3 && word.chars().all(plain)).then(|| format!("`{word}`"))
}

impl Display for Fault {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {}, found {}", wanted(expected), sort(&found)))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {}", wanted(expected)))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {}, found {length} items", wanted(expected)))
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        let shown = quoted(word).unwrap_or_default();
        let message = format!("unknown word {shown}");
        Self { help: suggest(word, known), ..Self::new(message.trim_end()) }
    }

    fn unknown_field(word: &str, known: &'static [&'static str]) -> Self {
        let shown = quoted(word).unwrap_or_default();
        let message = format!("unknown key {shown}");
        Self { help: suggest(word, known), ..Self::new(message.trim_end()) }
    }

    fn missing_field(name: &'static str) -> Self {
        Self { missing: Some(name), ..Self::new(format!("the key `{name}` is missing")) }
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::new(format!("the key `{name}` stands twice"))
    }
}

fn sort(found: &Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "true or false",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "a whole number",
        Unexpected::Float(_) => "a number",
        Unexpected::Char(_) | Unexpected::Str(_) => "text",
        Unexpected::Unit | Unexpected::Option => "nothing",
        Unexpected::Seq => "a list",
        Unexpected::Map => "a map",
        Unexpected::Bytes(_)
        | Unexpected::NewtypeStruct
        | Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant
        | Unexpected::Other(_) => "something else",
    }
}

/// serde's own words for types, in ours.
fn wanted(expected: &dyn Expected) -> String {
    let words = expected.to_string();
    let plain = match words.as_str() {
        "a string" | "string" | "a character" => "text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 up",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "unit" => "nothing",
        other if other.starts_with("struct ") => "a map",
        other if other.contains("enum ") || other.contains("variant") => "one of the known words",
        other => other.strip_prefix("an array of length ").map_or(other, |_| "a list"),
    };
    match words.strip_prefix("an array of length ") {
        Some(length) => format!("a list of {length}"),
        None => plain.to_owned(),
    }
}
