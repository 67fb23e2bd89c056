use super::*;
use crate::document::{Format, IssueKind, Node, Style, Value, parse as parse_format};
use crate::source::LineIndex;

mod apps;
mod hostile;
mod servers;
mod web;

/// `line path = text` of every value, and its literal as written where that is not the text.
fn rows(language: Language, text: &str) -> Vec<String> {
    let parsed = parse(language, text);
    assert_eq!(parsed.issues, [], "{text}");
    let mut rows = Vec::new();
    walk(text, &LineIndex::new(text), &parsed.documents[0].root, "", &mut rows);
    rows
}

fn walk(text: &str, index: &LineIndex, node: &Node, path: &str, rows: &mut Vec<String>) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries.iter() {
                walk(text, index, &entry.node, &format!("{path}/{}", entry.key.text), rows);
            }
        }
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(text, index, item, &format!("{path}[{at}]"), rows);
            }
        }
        Value::Null => panic!("no scalar"),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text { .. } => {
            let place = index.position(text, node.inner(text).start_offset());
            let value = node.scalar_text(text).unwrap();
            let path = path.trim_start_matches('/');
            let raw = node.inner(text).of(text);
            let raw = if raw == value { String::new() } else { format!(" ({raw})") };
            rows.push(format!("{} {path} = {value}{raw}", place.line));
        }
    }
}

#[test]
fn a_default_stands_at_its_own_literal() {
    let text = "const é = 'ü';\r\nconst key = process.env.KEY || 'é x';\r\nconst b = process.env.B";
    let parsed = parse(Language::JavaScript, text);
    let root = &parsed.documents[0].root;
    let node = root.get("key").unwrap();
    assert_eq!((node.text(), node.inner(text).of(text)), (Some("${KEY:-é x}"), "é x"));
    assert_eq!(node.span.of(text), "'é x'");
    assert!(matches!(node.value, Value::Text { style: Style::Quoted, .. }));
    assert_eq!(root.get("b").unwrap().span.of(text), "process.env.B");
    assert_eq!(root.entry("key").unwrap().key.span.of(text), "key");
    let text = "const a = process.env.A || 'x}y'";
    let parsed = parse(Language::JavaScript, text);
    let node = parsed.documents[0].root.get("a").unwrap();
    assert_eq!((node.text(), node.inner(text).of(text)), (Some("x}y"), "x}y"));
}

#[test]
fn nothing_in_a_text_is_resolved_unless_it_asks() {
    let parsed = parse(Language::JavaScript, "a = 'pa$$word'; b = '${stripe.key:x}'");
    let root = &parsed.documents[0].root;
    let style = |key: &str| {
        let Value::Text { style, .. } = &root.get(key).unwrap().value else { panic!("no text") };
        *style
    };
    assert_eq!((style("a"), style("b")), (Style::Literal, Style::Quoted));
}

#[test]
fn the_door_knows_programs() {
    let format = Format::of_path("src/config.ts").unwrap();
    assert!(format.is_source() && !Format::Shell.is_source());
    assert_eq!(parse_format(format, "const a = 'b'").documents.len(), 1);
}
