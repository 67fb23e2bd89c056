//! JSON with comments and trailing commas, which configuration files have; nothing else of JSON5.

use jsonc_parser::ast::Value as Ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::issues::{Issues, byte_order_mark};
use super::{Document, Entry, IssueKind, Key, MAX_DEPTH, Node, Parsed, Style, Value};
use crate::source::Span;

/// Every flag is said, for the reader's defaults are JSON5's.
const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a JSON text; one without a value has no document.
pub(super) fn parse(text: &str) -> Parsed {
    let offset = byte_order_mark(text);
    let mut reader = Reader { offset, issues: Issues::new(text) };
    let body = text.get(offset..).unwrap_or_default();
    let root = match parse_to_ast(body, &CollectOptions::default(), &OPTIONS) {
        Ok(result) => result.value.map(|value| reader.node(&value, 0)),
        Err(error) => {
            reader.broken(&error);
            None
        }
    };
    reader.issues.finish(root.map(|root| Document { index: 0, root }).into_iter().collect())
}

struct Reader<'t> {
    /// How far the byte-order mark shifts every place.
    offset: usize,
    issues: Issues<'t>,
}

impl Reader<'_> {
    fn span(&self, ranged: &impl Ranged) -> Span {
        Span::new(ranged.start() + self.offset, ranged.end() + self.offset)
    }

    fn broken(&mut self, error: &ParseError) {
        let span = self.span(&error.range());
        let (kind, message) = if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
            (IssueKind::Limit, "nested too deeply".to_owned())
        } else if matches!(error.kind(), ParseErrorKind::String(_)) {
            // one of these quotes the text
            (IssueKind::Syntax, "text that is not closed, or a wrong escape in it".to_owned())
        } else {
            (IssueKind::Syntax, lower_first(&error.kind().to_string()))
        };
        self.issues.push(kind, span, message);
    }

    fn node(&mut self, ast: &Ast<'_>, depth: usize) -> Node {
        let span = self.span(ast);
        let value = match ast {
            Ast::Object(_) | Ast::Array(_) if depth >= MAX_DEPTH => {
                self.issues.push(IssueKind::Limit, span, "nested too deeply");
                Value::Null
            }
            Ast::NullKeyword(_) => Value::Null,
            Ast::BooleanLit(literal) => Value::Bool(literal.value),
            Ast::NumberLit(literal) => number(literal.value),
            Ast::StringLit(literal) => {
                Value::Text { text: literal.value.as_ref().into(), style: Style::Quoted }
            }
            Ast::Array(array) => {
                Value::List(array.elements.iter().map(|item| self.node(item, depth + 1)).collect())
            }
            Ast::Object(object) => {
                let mut entries = Vec::with_capacity(object.properties.len());
                for property in &object.properties {
                    let text = property.name.as_str().into();
                    let key = Key { span: self.span(&property.name), text };
                    let node = self.node(&property.value, depth + 1);
                    entries.push(Entry { key, node, merged: false });
                }
                self.issues.push_duplicates(&entries);
                Value::Map(entries.into())
            }
        };
        Node::new(span, value)
    }
}

/// A number, or its text where it does not fit.
fn number(literal: &str) -> Value {
    let text = || Value::Text { text: literal.into(), style: Style::Plain };
    if literal.contains(['.', 'e', 'E']) {
        let float = literal.parse().ok().filter(|number: &f64| number.is_finite());
        return float.map_or_else(text, Value::Float);
    }
    literal.parse().map_or_else(|_| text(), Value::Int)
}

fn lower_first(message: &str) -> String {
    let mut characters = message.chars();
    characters
        .next()
        .map(|first| first.to_ascii_lowercase())
        .into_iter()
        .chain(characters)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_trailing_commas_and_a_mark_keep_places_right() {
        let text = "\u{feff}{ // é\r\n \"é\": \"\\u00e9x\", /* c */ \"l\": [1, true, null,],}\n";
        let parsed = parse(text);
        assert_eq!(parsed.issues, []);
        let root = &parsed.documents[0].root;
        let node = root.get("é").unwrap();
        assert_eq!(node.text(), Some("éx"));
        assert_eq!(node.span.of(text), "\"\\u00e9x\"");
        assert_eq!(node.inner(text).of(text), "\\u00e9x");
        assert_eq!(root.entry("l").unwrap().key.span.of(text), "\"l\"");
        assert_eq!(root.get("l").unwrap().span.of(text), "[1, true, null,]");
    }

    #[test]
    fn what_json5_adds_is_an_issue() {
        for text in ["{a: 1}", "{'a': 1}", "[0x1]", "[+1]", "[.5]", "[1 2]", "[NaN]", r#"["\x41"]"#]
        {
            let parsed = parse(text);
            assert!(parsed.documents.is_empty(), "{text}");
            assert_eq!(parsed.issues[0].kind, IssueKind::Syntax, "{text}");
        }
        assert!(parse(" // nothing\n").documents.is_empty());
    }

    #[test]
    fn duplicates_are_kept_and_told() {
        let text = r#"{"é": {"k": 1, "k": 2}}"#;
        let parsed = parse(text);
        let map = parsed.documents[0].root.get("é").unwrap();
        assert_eq!(map.entries().len(), 2);
        assert!(matches!(map.get("k").unwrap().value, Value::Int(2)));
        let place = text.find("\"k\"").unwrap();
        let first = Span::new(place, place + 3);
        assert_eq!(parsed.issues[0].kind, IssueKind::DuplicateKey { first });
        assert_eq!(parsed.issues[0].span.start_offset(), text.rfind("\"k\"").unwrap());
    }

    #[test]
    fn numbers_that_do_not_fit_keep_their_text() {
        let text = "[9223372036854775807, 9223372036854775808, 1.50, 1e999]";
        let parsed = parse(text);
        let items = parsed.documents[0].root.items();
        assert!(matches!(items[0].value, Value::Int(i64::MAX)));
        assert_eq!(items[1].text(), Some("9223372036854775808"));
        assert!(matches!(items[2].value, Value::Float(_)));
        assert_eq!(items[2].scalar_text(text).as_deref(), Some("1.50"));
        assert_eq!(items[3].text(), Some("1e999"));
    }

    #[test]
    fn depth_is_a_limit_and_messages_quote_nothing() {
        for depth in [101, 5000] {
            let parsed = parse(&"[".repeat(depth));
            assert!(parsed.documents.is_empty());
            let closed = parse(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
            assert_eq!(closed.issues[0].kind, IssueKind::Limit, "{depth}");
        }
        assert_eq!(parse(&format!("{}{}", "[".repeat(100), "]".repeat(100))).issues, []);
        let issue = &parse(r#"{"k": "\ud83dSECRET"}"#).issues[0];
        assert!(!issue.message.contains("d83d"), "{}", issue.message);
        assert_eq!(parse("{\"k\" 1}").issues[0].message.split(' ').next(), Some("expected"));
        assert!(!parse("{\"k\" SECRET}").issues[0].message.contains("SECRET"));
    }
}
