//! What is read from the process, with the default that stands in for it.

use super::frame::{Item, Read, Worth};
use super::path::Path;
use crate::document::hole::{is_name, reference};
use crate::document::piece::text as text_node;
use crate::document::{Form, Node, Style, Value, references};
use crate::source::Span;

impl Read {
    /// What is read under `name` at `span`.
    pub(super) fn new(name: &str, span: Span) -> Self {
        Self { name: name.to_owned(), span, default: None }
    }

    /// As a value: `${NAME:-default}` at the default, `${NAME}` at the whole.
    pub(super) fn node(self, source: &str) -> Node {
        let Some(default) = self.default else {
            return text_node(self.span, reference(&self.name), Style::Plain);
        };
        let said = default.scalar_text(source).unwrap_or_default().into_owned();
        let text = format!("${{{}:-{said}}}", self.name);
        let found = references(&text);
        let holds = matches!(
            found.as_slice(),
            [one] if one.span.of(&text) == text
                && one.form == Form::DefaultIfEmpty
                && one.default.is_some_and(|part| part.of(&text) == said)
        );
        if holds { text_node(default.span, text, Style::Quoted) } else { default }
    }
}

impl Item {
    /// `||`, `??`, `?:`: what follows stands in for what was read.
    pub(super) fn or(&mut self) {
        let value = std::mem::take(&mut self.value);
        self.value = match value {
            Worth::Name => {
                let left = self.left.take();
                let name = left.as_ref().map(|left| {
                    let name = left.variable().map_or_else(|| left.text(), str::to_owned);
                    (name, left.span)
                });
                match name.filter(|(name, _)| is_name(name)) {
                    Some((name, span)) => Worth::Default(Read::new(&name, span)),
                    None => Worth::Other,
                }
            }
            Worth::Read(read) | Worth::Default(read) if read.default.is_none() => {
                Worth::Default(read)
            }
            Worth::None
            | Worth::Literal(_)
            | Worth::Asked(_)
            | Worth::Read(_)
            | Worth::Default(_)
            | Worth::Other => Worth::Other,
        };
    }

    /// The value, where it is one that can be told.
    pub(super) fn take_node(&mut self, source: &str) -> Option<Node> {
        match std::mem::take(&mut self.value) {
            Worth::Literal(node) => Some(node),
            Worth::Read(read) | Worth::Default(read) => Some(read.node(source)),
            Worth::Name => {
                let left = self.left.as_ref()?;
                Some(Read::new(left.variable()?, left.span).node(source))
            }
            Worth::None | Worth::Asked(_) | Worth::Other => None,
        }
    }
}

/// The name that a function reads from the process: `getenv("X")`, `env.str("X")`.
pub(super) fn read_by_call(callee: &Path, first: Option<&Node>) -> Option<String> {
    let name = first?.text().filter(|name| is_name(name))?;
    let (last, holder) = (callee.last(), callee.before_last());
    let words = Path::words(last);
    let reads = |words: &[String]| {
        words.iter().any(|word| matches!(&**word, "env" | "environ" | "environment" | "getenv"))
    };
    let writes = words.first().is_some_and(|word| matches!(&**word, "set" | "put" | "putenv"));
    let is_config = matches!(last, "config") && holder.is_empty();
    let of_holder = reads(&Path::words(holder)) && !matches!(last, "update" | "delete" | "pop");
    (!writes && (reads(&words) || of_holder || is_config)).then(|| name.to_owned())
}

/// Whether a node can be a default.
pub(super) fn is_scalar(node: &Node) -> bool {
    match node.value {
        Value::Text { .. } | Value::Bool(_) | Value::Int(_) | Value::Float(_) => true,
        Value::Null | Value::List(_) | Value::Map(_) => false,
    }
}
