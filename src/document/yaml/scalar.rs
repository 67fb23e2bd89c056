//! Scalars by the core schema of YAML 1.2 (<https://yaml.org/spec/1.2.2/#103-core-schema>), and
//! those that tools of YAML 1.1 read as something else.

use std::sync::Arc;

use granit_parser::{ScalarStyle, Tag};

use crate::document::script::variable;
use crate::document::{Language, Node, Style, Value};
use crate::source::Span;

/// A scalar that was read.
pub(super) struct Scalar {
    /// Its node.
    pub(super) node: Node,
    /// Whether it is a plain `<<`, which merges where it is a key.
    pub(super) merges: bool,
    /// What is doubtful about it where it is a value.
    pub(super) ambiguous: Option<&'static str>,
}

/// Reads a scalar of `source` that stands at `place` with an optional tag.
pub(super) fn read(
    source: &str,
    text: &str,
    style: ScalarStyle,
    (span, tag): (Span, Option<&Tag>),
) -> Scalar {
    let plain = style == ScalarStyle::Plain;
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    };
    // a plain scalar without a byte is a value left out; the parser calls it `~`
    let text = if plain && span.is_empty() { "" } else { text };
    let resolved = match tag {
        None if plain => core(text),
        None => None,
        Some(tag) => tagged(tag, text),
    };
    let untagged = plain && tag.is_none();
    let value = resolved.unwrap_or_else(|| Value::Text { text: text.into(), style });
    let mut node = Node::new(trim(source, span, style), value);
    if text.starts_with("<%=") {
        node = filled(source, node);
    }
    node.tag = tag.and_then(foreign_tag);
    let ambiguous = if untagged { ambiguous(text) } else { None };
    Scalar { node, merges: untagged && text == "<<", ambiguous }
}

/// What ERB fills in, where it reads a variable of the process, maybe with a default: the reference
/// that it is. Anything else stays as it is written.
fn filled(source: &str, node: Node) -> Node {
    let inner = node.inner(source);
    let expression = inner.of(source).strip_prefix("<%=").and_then(|rest| rest.strip_suffix("%>"));
    let same = node.text() == Some(inner.of(source));
    let Some(expression) = expression.filter(|one| same && !one.contains("%>")) else {
        return node;
    };
    let start = inner.start_offset() + 3;
    let span = Span::new(start, start + expression.trim_end_matches('-').len());
    variable(Language::Ruby, source, span).unwrap_or(node)
}

/// A tag that only another program understands, as written.
pub(super) fn foreign_tag(tag: &Tag) -> Option<Arc<str>> {
    let core = matches!(
        tag.core_suffix(),
        Some("str" | "int" | "float" | "bool" | "null" | "map" | "seq" | "set" | "omap")
    );
    let written = tag.original();
    (!core && written != "!").then(|| written.into())
}

/// The span without the line breaks that end a block scalar.
fn trim(source: &str, span: Span, style: Style) -> Span {
    match style {
        Style::Block => {
            Span::new(span.start_offset(), span.start_offset() + span.of(source).trim_end().len())
        }
        Style::Plain | Style::Literal | Style::Quoted => span,
    }
}

fn tagged(tag: &Tag, text: &str) -> Option<Value> {
    let value = core(text)?;
    let fits = match tag.core_suffix()? {
        "null" => matches!(value, Value::Null),
        "bool" => matches!(value, Value::Bool(_)),
        "int" => matches!(value, Value::Int(_)),
        "float" => matches!(value, Value::Int(_) | Value::Float(_)),
        _ => false,
    };
    fits.then_some(value)
}

/// What a plain scalar means; `None` is text. Numbers that do not fit, and those with leading
/// zeros, stay text.
fn core(text: &str) -> Option<Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Some(Value::Null),
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => Some(Value::Float(f64::NAN)),
        _ if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => number(text),
        _ => None,
    }
}

fn number(text: &str) -> Option<Value> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let all = digits.chars().all(|c| c.is_digit(radix));
            return i64::from_str_radix(digits, radix).ok().filter(|_| all).map(Value::Int);
        }
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        return Some(Value::Float(f64::INFINITY * sign));
    }
    if has_leading_zero(digits) {
        return None;
    }
    if digits.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok().map(Value::Int);
    }
    let allowed = |c: char| c.is_ascii_digit() || ".eE+-".contains(c);
    let float = text.parse().ok().filter(|number: &f64| number.is_finite());
    float.filter(|_| text.chars().all(allowed)).map(Value::Float)
}

fn has_leading_zero(digits: &str) -> bool {
    digits.strip_prefix('0').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// What tools of YAML 1.1 make of a plain scalar that is text here. `y` and `n` are left out: the
/// tools that matter (of Go, Python, Ruby and Java) take them for text as well.
fn ambiguous(text: &str) -> Option<&'static str> {
    match text {
        "yes" | "Yes" | "YES" | "no" | "No" | "NO" | "on" | "On" | "ON" | "off" | "Off" | "OFF" => {
            Some("many tools read this as a boolean; put it in quotes")
        }
        _ if is_old_octal(text) => Some("many tools read this as octal; put it in quotes"),
        _ if is_sexagesimal(text) => Some("some tools read this in base 60; put it in quotes"),
        _ => None,
    }
}

fn is_old_octal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    has_leading_zero(digits) && digits.chars().all(|c| c.is_digit(8))
}

fn is_sexagesimal(text: &str) -> bool {
    let mut parts = text.strip_prefix(['+', '-']).unwrap_or(text).split(':');
    let head = parts.next().is_some_and(|part| {
        part.starts_with(|c: char| ('1'..='9').contains(&c))
            && part.chars().all(|c| c.is_ascii_digit())
    });
    let mut more = 0;
    let tail = parts.all(|part| {
        more += 1;
        part.len() <= 2
            && part.chars().all(|c| c.is_ascii_digit())
            && part.parse().is_ok_and(|number: u8| number < 60)
    });
    head && tail && more > 0
}
