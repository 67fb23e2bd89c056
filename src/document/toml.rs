//! TOML, with everything that is wrong in it at once. A key that stands twice is no TOML: the first
//! one is read, and the second one is an issue.

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::issues::{Issues, byte_order_mark, fit};
use super::{Document, Entry, IssueKind, Key, MAX_DEPTH, Node, Parsed, Style, Value};
use crate::source::Span;

/// Reads a whole TOML text as one document that is a map.
pub(super) fn parse(text: &str) -> Parsed {
    let mut reader = Reader { text, issues: Issues::new(text) };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        reader.broken(error);
    }
    let value = reader.table(root.get_ref(), 0);
    let root = Node::new(Span::new(byte_order_mark(text), text.len()), value);
    reader.issues.finish(vec![Document { index: 0, root }])
}

struct Reader<'t> {
    text: &'t str,
    issues: Issues<'t>,
}

impl Reader<'_> {
    fn span<T>(&self, spanned: &Spanned<T>) -> Span {
        fit(self.text, Span::new(spanned.span().start, spanned.span().end))
    }

    fn broken(&mut self, error: &Error) {
        // two limits of the reader itself, one of them without a place
        let range = error.span();
        if range.is_none() || error.message().starts_with("cannot recurse further") {
            let offset = range.map_or(0, |range| range.start);
            self.issues.push_at(IssueKind::Limit, offset, "nested too deeply");
        } else if let Some(range) = range {
            let span = Span::new(range.start, range.end);
            self.issues.push(IssueKind::Syntax, span, error.message());
        }
    }

    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Value {
        let entry = |(key, value): (&Spanned<_>, &_)| {
            let text: &std::borrow::Cow<'_, str> = key.get_ref();
            let key = Key { span: self.span(key), text: text.as_ref().into() };
            Entry { key, node: self.node(value, depth + 1), merged: false }
        };
        Value::Map(table.iter().map(entry).collect())
    }

    fn node(&mut self, spanned: &Spanned<DeValue<'_>>, depth: usize) -> Node {
        let span = self.span(spanned);
        let raw = span.of(self.text);
        let plain = || Value::Text { text: raw.into(), style: Style::Plain };
        let value = match spanned.get_ref() {
            DeValue::Array(_) | DeValue::Table(_) if depth >= MAX_DEPTH => {
                self.issues.push(IssueKind::Limit, span, "nested too deeply");
                Value::Null
            }
            DeValue::String(text) => Value::Text { text: text.as_ref().into(), style: style(raw) },
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| plain(), Value::Int),
            DeValue::Float(number) => {
                number.as_str().parse().map_or_else(|_| plain(), Value::Float)
            }
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Datetime(_) => plain(),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item, depth + 1)).collect())
            }
            DeValue::Table(table) => self.table(table, depth),
        };
        Node::new(span, value)
    }
}

fn style(raw: &str) -> Style {
    if raw.starts_with("\"\"\"") || raw.starts_with("'''") {
        Style::Block
    } else if raw.starts_with(['"', '\'']) {
        Style::Quoted
    } else {
        Style::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_places_and_odd_ones_their_text() {
        let text = "\u{feff}# é\r\n\"é\" = 'ä'\r\n[env.production]\nwhen = 2026-11-23T10:00:00Z\n\
                    big = 0xffffffffffffffff\nn = 1_000\nlong = \"\"\"\nab\\\n  c\"\"\"\na.b = [true]\n";
        let parsed = parse(text);
        assert_eq!(parsed.issues, []);
        let root = &parsed.documents[0].root;
        let quoted = root.get("é").unwrap();
        assert_eq!((quoted.span.of(text), quoted.inner(text).of(text)), ("'ä'", "ä"));
        assert_eq!(root.entry("é").unwrap().key.span.of(text), "\"é\"");
        let section = root.get("env").unwrap().get("production").unwrap();
        assert_eq!(section.get("when").unwrap().text(), Some("2026-11-23T10:00:00Z"));
        assert_eq!(section.get("big").unwrap().text(), Some("0xffffffffffffffff"));
        let number = section.get("n").unwrap();
        assert!(matches!(number.value, Value::Int(1000)));
        assert_eq!(number.scalar_text(text).as_deref(), Some("1_000"));
        let long = section.get("long").unwrap();
        assert_eq!(long.text(), Some("abc"));
        assert_eq!(long.inner(text).of(text), "ab\\\n  c");
        assert_eq!(section.get("a").unwrap().get("b").unwrap().span.of(text), "[true]");
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once_without_values() {
        let text =
            "\"é\" = 1\n\"é\" = 2\nz = 2026-13-45\nw = 0755\ny = \"SECRET\nv = SECRET\nok = 3\n";
        let parsed = parse(text);
        let places: Vec<&str> = parsed.issues.iter().map(|issue| issue.span.of(text)).collect();
        assert_eq!(places.get(..3), Some(["\"é\"", "2026-13-45", "0"].as_slice()));
        assert!(parsed.issues.len() >= 5);
        assert!(parsed.issues.iter().all(|issue| !issue.message.contains("SECRET")));
        let root = &parsed.documents[0].root;
        assert!(matches!(root.get("é").unwrap().value, Value::Int(1)));
        assert_eq!(root.get("w").unwrap().text(), Some("0755"));
        assert!(matches!(root.get("ok").unwrap().value, Value::Int(3)));
    }

    #[test]
    fn depth_is_a_limit() {
        let inline = format!("x = {}1{}", "{a.b.c = ".repeat(60), "}".repeat(60));
        let dotted = format!("{}a = 1", "a.".repeat(100_000));
        let brackets = format!("x = {}", "[".repeat(100_000));
        for text in [inline, dotted, brackets] {
            let parsed = parse(&text);
            assert!(
                parsed.issues.iter().any(|issue| issue.kind == IssueKind::Limit),
                "{}",
                &text[..9]
            );
        }
    }
}
