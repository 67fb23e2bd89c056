//! Apple's property lists
//! (<https://developer.apple.com/library/archive/documentation/General/Reference/InfoPlistKeyReference/Articles/AboutInformationPropertyListFiles.html>).

use roxmltree::Node as Element;

use super::element::Reader;
use crate::document::piece::entry;
use crate::document::{Entry, IssueKind, Key, MAX_DEPTH, Node, Value};
use crate::source::Span;

/// The value of a property list.
pub(super) fn root(reader: &mut Reader<'_>, plist: Element<'_, '_>) -> Node {
    match plist.children().find(Element::is_element) {
        Some(element) => value(reader, element, 0),
        None => Node::new(span(plist), Value::Map(Vec::new().into())),
    }
}

fn span(element: Element<'_, '_>) -> Span {
    Span::new(element.range().start, element.range().end)
}

fn value(reader: &mut Reader<'_>, element: Element<'_, '_>, depth: usize) -> Node {
    let span = span(element);
    match element.tag_name().name() {
        "dict" | "array" if depth >= MAX_DEPTH => {
            reader.issues.push(IssueKind::Limit, span, "nested too deeply");
            Node::new(span, Value::Null)
        }
        "dict" => {
            let entries = dict(reader, element, depth);
            reader.issues.push_duplicates(&entries);
            Node::new(span, Value::Map(entries.into()))
        }
        "array" => {
            let items = element.children().filter(Element::is_element);
            let items: Vec<Node> = items.map(|item| value(reader, item, depth + 1)).collect();
            Node::new(span, Value::List(items.into()))
        }
        "true" => Node::new(span, Value::Bool(true)),
        "false" => Node::new(span, Value::Bool(false)),
        "integer" => {
            let node = reader.content(element);
            let number = node.text().and_then(|text| text.parse().ok());
            number.map(|number| Node::new(node.span, Value::Int(number))).unwrap_or(node)
        }
        _ => reader.content(element),
    }
}

fn dict(reader: &mut Reader<'_>, element: Element<'_, '_>, depth: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut key: Option<Key> = None;
    for child in element.children().filter(Element::is_element) {
        if child.tag_name().name() == "key" {
            let node = reader.content(child);
            let text = node.text().unwrap_or_default();
            key = Some(Key { span: node.span, text: text.into() });
        } else if let Some(key) = key.take() {
            let node = value(reader, child, depth + 1);
            entries.push(entry(key, node));
        } else {
            reader.issues.push(IssueKind::Syntax, span(child), "a value without a key");
        }
    }
    entries
}
