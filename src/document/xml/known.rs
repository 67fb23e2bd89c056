//! Elements that name a setting.

use roxmltree::{Attribute, Node as Element};

use super::element::Reader;
use crate::document::piece::{entry, text as text_node};
use crate::document::{Entry, Key, Node, Style, Value};
use crate::source::Span;

/// The attributes that name a setting.
const NAMES: [&str; 2] = ["key", "name"];
/// The attributes that give its value.
const VALUES: [&str; 3] = ["value", "connectionString", "resource"];

/// The entry that an element is by its attributes: `<add key="k" value="v"/>`, `<meta-data
/// android:name="k" android:value="v"/>`, `<property name="k">v</property>`, `<setting
/// name="k"><value>v</value></setting>`; a `<profile>` is called by its `<id>`.
pub(super) fn named(
    reader: &mut Reader<'_>,
    element: Element<'_, '_>,
    depth: usize,
) -> Option<Entry> {
    if element.tag_name().name() == "profile" {
        return profile(reader, element, depth);
    }
    let name = find(element, &NAMES)?;
    let key = key(reader, &name)?;
    if let Some(value) = find(element, &VALUES) {
        return Some(entry(key, reader.attribute(&value)));
    }
    let mut inside = element.children().filter(Element::is_element);
    let node = match (inside.next(), inside.next()) {
        (None, _) if element.attributes().len() == 1 && element.first_child().is_some() => {
            reader.content(element)
        }
        (Some(only), None) if only.tag_name().name() == "value" && is_leaf(only) => {
            reader.content(only)
        }
        _ => return None,
    };
    Some(entry(key, node))
}

fn is_leaf(element: Element<'_, '_>) -> bool {
    !element.children().any(|child| child.is_element())
}

fn find<'a, 'input>(element: Element<'a, 'input>, names: &[&str]) -> Option<Attribute<'a, 'input>> {
    names.iter().find_map(|name| element.attributes().find(|one| one.name() == *name))
}

fn key(reader: &Reader<'_>, attribute: &Attribute<'_, '_>) -> Option<Key> {
    let span = reader.attribute(attribute).inner(reader.text);
    let text = attribute.value().trim();
    (!text.is_empty()).then(|| Key { span, text: text.into() })
}

fn profile(reader: &mut Reader<'_>, element: Element<'_, '_>, depth: usize) -> Option<Entry> {
    let id = element.children().find(|child| child.tag_name().name() == "id" && is_leaf(*child))?;
    let id = reader.content(id);
    let text = id.text().filter(|text| !text.is_empty())?;
    let key = Key { span: id.span, text: text.into() };
    Some(entry(key, reader.map(element, depth)))
}

/// The values of Android's resources
/// (<https://developer.android.com/guide/topics/resources/string-resource>). Colours, styles and
/// sizes are none.
pub(super) fn resources(reader: &mut Reader<'_>, root: Element<'_, '_>) -> Node {
    let mut entries = Vec::new();
    for child in root.children().filter(Element::is_element) {
        let Some(name) = find(child, &["name"]) else { continue };
        let Some(key) = key(reader, &name) else { continue };
        let node = match child.tag_name().name() {
            "string" | "bool" | "integer" | "item" => resource(reader, child),
            "string-array" | "integer-array" | "array" => {
                let items = child.children().filter(Element::is_element);
                let items: Vec<Node> = items.map(|item| resource(reader, item)).collect();
                let range = child.range();
                Node::new(Span::new(range.start, range.end), Value::List(items.into()))
            }
            _ => continue,
        };
        entries.push(entry(key, node));
    }
    reader.issues.push_duplicates(&entries);
    let range = root.range();
    Node::new(Span::new(range.start, range.end), Value::Map(entries.into()))
}

/// A value of Android's resources: quotes around it are none of it, and a backslash guards the
/// character behind it.
fn resource(reader: &Reader<'_>, element: Element<'_, '_>) -> Node {
    let node = reader.content(element);
    let written = node.text().unwrap_or_default();
    let inside = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let mut text = String::new();
    let mut characters = inside.unwrap_or(written).chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some(other) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    match (text.as_str(), inside) {
        ("true", None) => Node::new(node.span, Value::Bool(true)),
        ("false", None) => Node::new(node.span, Value::Bool(false)),
        (_, Some(_)) => text_node(node.span, text, Style::Quoted),
        (_, None) => text_node(node.span, text, Style::Plain),
    }
}
