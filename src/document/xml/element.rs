//! Elements as maps: attributes first, then the elements inside by their names. Elements of one
//! name are a list; one that names a setting (`key`, `name`) and gives its value is an entry.

use std::collections::BTreeMap;
use std::sync::Arc;

use roxmltree::{Attribute, Node as Element};

use super::known;
use crate::document::hole::{build_settings, hole, reference};
use crate::document::issues::{Issues, fit};
use crate::document::piece::{entry, one_or_list, text as text_node};
use crate::document::{Entry, IssueKind, Key, MAX_DEPTH, Node, Style, Value};
use crate::source::Span;

/// What reads elements.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) issues: Issues<'t>,
}

impl Reader<'_> {
    /// A map with one entry, the element under its name.
    pub(super) fn within(&mut self, element: Element<'_, '_>) -> Node {
        let node = self.node(element, 1);
        let span = node.span;
        Node::new(span, Value::Map(Arc::from([entry(self.name(element), node)])))
    }

    /// The name of an element as its key, with its prefix.
    pub(super) fn name(&self, element: Element<'_, '_>) -> Key {
        let start = element.range().start + 1;
        let rest = self.text.get(start..).unwrap_or_default();
        let name = rest.split(|one: char| one.is_whitespace() || matches!(one, '/' | '>')).next();
        let name = name.unwrap_or_default();
        Key { span: Span::new(start, start + name.len()), text: name.into() }
    }

    /// What an element says: its text where that is all, else a map.
    pub(super) fn node(&mut self, element: Element<'_, '_>, depth: usize) -> Node {
        let simple = !element.children().any(|child| child.is_element());
        if simple && element.attributes().len() == 0 {
            return self.content(element);
        }
        self.map(element, depth)
    }

    /// An element as a map.
    pub(super) fn map(&mut self, element: Element<'_, '_>, depth: usize) -> Node {
        let span = Span::new(element.range().start, element.range().end);
        if depth >= MAX_DEPTH {
            self.issues.push(IssueKind::Limit, span, "nested too deeply");
            return Node::new(span, Value::Null);
        }
        let mut entries: Vec<Entry> =
            element.attributes().map(|one| self.attribute_entry(&one)).collect();
        let mut children = Children::default();
        for child in element.children().filter(Element::is_element) {
            if let Some(named) = known::named(self, child, depth + 1) {
                children.list.push((named.key, vec![named.node]));
            } else {
                let (key, node) = (self.name(child), self.node(child, depth + 1));
                children.add(key, node);
            }
        }
        if children.list.is_empty() {
            let content = self.content(element);
            if content.text().is_some_and(|text| !text.is_empty()) {
                entries.push(entry(Key { span: content.span, text: "value".into() }, content));
            }
        }
        let list = children.list.into_iter();
        entries.extend(list.map(|(key, nodes)| entry(key, one_or_list(nodes))));
        Node::new(span, Value::Map(entries.into()))
    }

    fn attribute_entry(&self, attribute: &Attribute<'_, '_>) -> Entry {
        let range = attribute.range_qname();
        let span = fit(self.text, Span::new(range.start, range.end));
        let key = Key { span, text: span.of(self.text).into() };
        entry(key, self.attribute(attribute))
    }

    /// The value of an attribute, with its quotes.
    pub(super) fn attribute(&self, attribute: &Attribute<'_, '_>) -> Node {
        let range = attribute.range_value();
        let span = Span::new(range.start.saturating_sub(1), range.end + 1);
        text_node(fit(self.text, span), value(attribute.value()), Style::Quoted)
    }

    /// The text of an element without blanks around it.
    pub(super) fn content(&self, element: Element<'_, '_>) -> Node {
        let all: String = element.descendants().filter_map(|one| one.text_storage_str()).collect();
        let span = self.inside(element);
        text_node(span, value(all.trim()), Style::Plain)
    }

    /// Where the text of an element stands: between its tags, without blanks, and without the marks
    /// of a section of characters. An element that is closed at once is its own place.
    pub(super) fn inside(&self, element: Element<'_, '_>) -> Span {
        let range = element.range();
        let whole = Span::new(range.start, range.end);
        let (Some(first), Some(last)) = (element.first_child(), element.last_child()) else {
            let raw = whole.of(self.text);
            let tag = raw.find('>').filter(|at| !raw.get(..*at).unwrap_or_default().ends_with('/'));
            return tag.map_or(whole, |at| Span::new(range.start + at + 1, range.start + at + 1));
        };
        let (mut start, mut end) = (first.range().start, last.range().end);
        let trim = |start: &mut usize, end: &mut usize| {
            let raw = self.text.get(*start..*end).unwrap_or_default();
            *start += raw.len() - raw.trim_start().len();
            *end = *start + raw.trim().len();
        };
        trim(&mut start, &mut end);
        let raw = self.text.get(start..end).unwrap_or_default();
        if raw.starts_with("<![CDATA[") && raw.ends_with("]]>") {
            start += "<![CDATA[".len();
            end = (end - "]]>".len()).max(start);
            trim(&mut start, &mut end);
        }
        Span::new(start, end)
    }
}

/// The text of a text, for what is no text may be a comment.
trait TextStorage<'a> {
    fn text_storage_str(&self) -> Option<&'a str>;
}

impl<'a> TextStorage<'a> for Element<'a, '_> {
    fn text_storage_str(&self) -> Option<&'a str> {
        if self.is_text() { self.text() } else { None }
    }
}

/// A text with the references that these files know: `@string/name` of Android, `$(NAME)` of Xcode,
/// `@{name}` of data binding.
fn value(text: &str) -> String {
    if let Some(name) = text.strip_prefix("@string/") {
        return reference(name);
    }
    if text.starts_with("@{") || text.starts_with("?attr/") {
        return hole("");
    }
    build_settings(text)
}

/// Elements by name, in order of first writing.
#[derive(Default)]
struct Children {
    list: Vec<(Key, Vec<Node>)>,
    known: BTreeMap<Arc<str>, usize>,
}

impl Children {
    fn add(&mut self, key: Key, node: Node) {
        let next = self.list.len();
        let index = *self.known.entry(Arc::clone(&key.text)).or_insert(next);
        match self.list.get_mut(index) {
            Some((_, nodes)) => nodes.push(node),
            None => self.list.push((key, vec![node])),
        }
    }
}
