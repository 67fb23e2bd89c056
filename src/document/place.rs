//! Where a value stands, to be shown to a person: the first character inside the quotes.

use std::borrow::Cow;

use super::{Node, Style, Value};
use crate::source::Span;

impl Node {
    /// The place of the value itself: without its quotes, otherwise the whole literal. This is the
    /// place that a report shows, so its column is that of the first character inside the quotes.
    /// `source` is the text that the node was read from.
    pub fn inner(&self, source: &str) -> Span {
        let raw = self.span.of(source);
        let (before, after) = match &self.value {
            Value::Text { style: Style::Quoted | Style::Literal, .. } => quotes(raw),
            Value::Text { style: Style::Block, text } => block_quotes(raw, text),
            Value::Text { style: Style::Plain, .. }
            | Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::List(_)
            | Value::Map(_) => (0, 0),
        };
        Span::new(self.span.start_offset() + before, self.span.end_offset() - after)
    }

    /// Where the bytes `part` of the decoded text stand in `source`; `None` where escapes, folding
    /// or decoding before its end make that unknowable (then [`Node::inner`] is the place).
    pub fn part(&self, source: &str, part: Span) -> Option<Span> {
        let inner = self.inner(source);
        let raw = inner.of(source).get(..part.end_offset())?;
        let same = raw == self.text()?.get(..part.end_offset())?;
        let start = inner.start_offset();
        same.then(|| Span::new(start + part.start_offset(), start + part.end_offset()))
    }

    /// A text, a number or a boolean as text: decoded text, the others as they are written in
    /// `source`. `None` for null, lists and maps.
    pub fn scalar_text(&self, source: &str) -> Option<Cow<'_, str>> {
        let shown = match &self.value {
            Value::Text { text, .. } => return Some(Cow::Borrowed(text)),
            Value::Bool(value) => value.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Float(value) => value.to_string(),
            Value::Null | Value::List(_) | Value::Map(_) => return None,
        };
        let raw = self.span.of(source);
        let written = !raw.is_empty() && !raw.starts_with(['"', '\'']);
        Some(Cow::Owned(if written { raw.to_owned() } else { shown }))
    }
}

/// The bytes of the quotes around a text in one quote each.
fn quotes(raw: &str) -> (usize, usize) {
    let closed = raw.len() >= 2
        && raw.chars().next() == raw.chars().next_back()
        && raw.starts_with(['"', '\'', '`']);
    if closed { (1, 1) } else { (0, 0) }
}

/// The bytes of the triple quotes around a TOML text, and of the line break that follows them.
fn block_quotes(raw: &str, text: &str) -> (usize, usize) {
    for quote in ["\"\"\"", "'''"] {
        let inside = raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(inside) = inside
            && !text.starts_with(quote)
        {
            let line_break = match inside.as_bytes() {
                [b'\r', b'\n', ..] => 2,
                [b'\n', ..] => 1,
                _ => 0,
            };
            return (quote.len() + line_break, quote.len());
        }
    }
    (0, 0)
}

#[cfg(test)]
mod tests {
    use crate::document::{Format, parse, references};
    use crate::source::Span;

    fn default_in(format: Format, text: &str) -> Option<String> {
        let parsed = parse(format, text);
        let node = parsed.documents[0].root.get("K").unwrap();
        let default = references(node.text().unwrap())[0].default.unwrap();
        node.part(text, default).map(|span| span.of(text).to_owned())
    }

    #[test]
    fn a_default_has_a_place_wherever_the_literal_is_its_text() {
        for (format, text) in [
            (Format::Dotenv, "É=1\nK=ü${A:-é}"),
            (Format::Dotenv, "K=\"ü${A-é}\\n\" # c"),
            (Format::Yaml, "É: 1\nK: '${A:é}'"),
            (Format::Yaml, "K: |\n  ${A:-é}\n"),
            (Format::Json, "{\"É\": 1, \"K\": \"ü${A:-é}\"}"),
            (Format::Toml, "K = \"\"\"\nü${A:-é}\"\"\""),
        ] {
            assert_eq!(default_in(format, text).as_deref(), Some("é"), "{text}");
        }
        assert_eq!(default_in(Format::Json, r#"{"K": "\u0041${A:-b}"}"#), None);
        assert_eq!(default_in(Format::Yaml, "K: 'it''s ${A:-b}'"), None);
    }

    #[test]
    fn a_quote_that_is_text_stays() {
        let text = "L=a'";
        let parsed = parse(Format::Dotenv, text);
        let node = parsed.documents[0].root.get("L").unwrap();
        assert_eq!(node.inner(text).of(text), "a'");
        assert_eq!(node.part(text, Span::new(0, 9)), None);
    }
}
