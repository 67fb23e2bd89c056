//! The tree that every format is read into.

use std::sync::Arc;

use crate::source::Span;

/// What reading a text gave: all documents that could be read, and all that was wrong.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The documents in order; one for most formats.
    pub documents: Vec<Document>,
    /// What was wrong or doubtful, in order of place.
    pub issues: Vec<Issue>,
}

/// One document of a text.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its number from zero; a broken document keeps its number and has no `Document`.
    pub index: usize,
    /// Its content.
    pub root: Node,
}

/// A value with the place of its literal.
#[derive(Clone, Debug)]
pub struct Node {
    /// The literal to edit: the anchor's scalar, not the alias; without a dotenv or YAML comment,
    /// with its quotes. The place to show to a person is [`Node::inner`].
    pub span: Span,
    /// What it says.
    pub value: Value,
    /// The aliases and merge keys that brought it here, nearest to the literal first; empty where
    /// it is written in place. What brought a list or a map here stands at the list or map alone.
    pub via: Vec<Span>,
    /// A YAML tag that is not of the core schema, as written (`!Ref`, `!vault`): the value is for
    /// another program to work out, so its text is no literal.
    pub tag: Option<Arc<str>>,
}

/// What a node says. Scalars that other tools read differently keep their text.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, `null`, `~`, or a key without a value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text, decoded (escapes resolved, quotes gone).
    Text {
        /// The decoded text.
        text: Arc<str>,
        /// How it was written.
        style: Style,
    },
    /// A list.
    List(Arc<[Node]>),
    /// Keys in order of writing, duplicates kept, merged entries after own ones.
    Map(Arc<[Entry]>),
}

/// How a text scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In the single quotes or backticks of a dotenv file: nothing is resolved inside.
    Literal,
    /// In double quotes, or in any quotes of the other formats: whoever reads those resolves
    /// references after the quotes are gone.
    Quoted,
    /// A YAML block scalar or a TOML multi-line string.
    Block,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The value.
    pub node: Node,
    /// Whether a merge key (`<<`) brought it in.
    pub merged: bool,
}

/// A key with its place.
#[derive(Clone, Debug)]
pub struct Key {
    /// Where it is written.
    pub span: Span,
    /// Its decoded text.
    pub text: Arc<str>,
}

/// Something wrong or doubtful in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Where.
    pub span: Span,
    /// What: lower case, no full stop, and never a value of the text.
    pub message: String,
    /// Which sort.
    pub kind: IssueKind,
}

/// The sorts of issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// The text is not of its format: a YAML or JSON document was not read at all, of dotenv and
    /// TOML the rest was.
    Syntax,
    /// A key stands twice in one map; the last one counts. (In TOML that is [`Self::Syntax`], and
    /// the first one was read.)
    DuplicateKey {
        /// Where it stood before.
        first: Span,
    },
    /// A limit of size, depth or expansion was reached; the rest was not read.
    Limit,
    /// An alias of an unknown or enclosing anchor.
    Alias,
    /// A YAML scalar that older tools read as something else: `no` and `on` as booleans, `0755` as
    /// octal, `22:22` in base sixty.
    Ambiguous,
}

impl Node {
    /// A node written in place.
    pub fn new(span: Span, value: Value) -> Self {
        Self { span, value, via: Vec::new(), tag: None }
    }

    /// The value of the last entry named `key`.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The last entry named `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|entry| &*entry.key.text == key)
    }

    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Text { .. }
            | Value::List(_) => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Text { .. }
            | Value::Map(_) => &[],
        }
    }

    /// The text of a text scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text { text, .. } => Some(text),
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::List(_)
            | Value::Map(_) => None,
        }
    }
}
