//! Bodies and blocks as maps.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::Span as HclSpan;
use hcl_edit::structure::{Attribute, Block, Body, Structure};

use crate::document::issues::{Issues, fit};
use crate::document::piece::{entry, one_or_list};
use crate::document::{Entry, IssueKind, Key, MAX_DEPTH, Node, Value};
use crate::source::Span;

/// How many labels of a block are maps of their own.
const MAX_LABELS: usize = 8;

/// What reads bodies.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// How far the byte-order mark shifts every place.
    pub(super) offset: usize,
    pub(super) issues: Issues<'t>,
}

/// A map while it is read.
#[derive(Default)]
struct Branch {
    list: Vec<(Key, Slot)>,
    known: BTreeMap<Arc<str>, usize>,
    span: Span,
}

/// What stands under one key.
#[derive(Default)]
struct Slot {
    values: Vec<Node>,
    bodies: Vec<Branch>,
}

impl Branch {
    fn slot(&mut self, key: Key) -> Option<&mut Slot> {
        let next = self.list.len();
        let index = *self.known.entry(Arc::clone(&key.text)).or_insert(next);
        if index == next {
            self.list.push((key, Slot::default()));
        }
        self.list.get_mut(index).map(|(_, slot)| slot)
    }

    /// The map under the keys of `path`, made where it is not there.
    fn within(&mut self, path: &[Key], span: Span) -> Option<&mut Self> {
        let mut branch = self;
        for key in path {
            let slot = branch.slot(key.clone())?;
            if slot.bodies.is_empty() {
                slot.bodies.push(Self { span, ..Self::default() });
            }
            branch = slot.bodies.last_mut()?;
            branch.span = branch.span.to(span);
        }
        Some(branch)
    }

    fn finish(self) -> Node {
        let entries: Vec<Entry> =
            self.list.into_iter().map(|(key, slot)| entry(key, slot.finish())).collect();
        Node::new(self.span, Value::Map(entries.into()))
    }
}

impl Slot {
    fn finish(self) -> Node {
        let mut nodes = self.values;
        nodes.extend(self.bodies.into_iter().map(Branch::finish));
        one_or_list(nodes)
    }
}

impl Reader<'_> {
    /// The place of a part of the body; nothing where the parser kept none.
    pub(super) fn span(&self, part: &impl HclSpan) -> Span {
        let range = part.span().unwrap_or_default();
        fit(self.text, Span::new(range.start + self.offset, range.end + self.offset))
    }

    /// The whole text as a map.
    pub(super) fn root(&mut self, body: &Body) -> Node {
        let mut root =
            Branch { span: Span::new(self.offset, self.text.len()), ..Branch::default() };
        self.body(&mut root, body, 0);
        root.finish()
    }

    fn body(&mut self, branch: &mut Branch, body: &Body, depth: usize) {
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => self.attribute(branch, attribute, depth),
                Structure::Block(block) => self.block(branch, block, depth),
            }
        }
    }

    fn attribute(&mut self, branch: &mut Branch, attribute: &Attribute, depth: usize) {
        let key = Key { span: self.span(&attribute.key), text: attribute.key.as_str().into() };
        let node = self.value(&attribute.value, depth + 1);
        branch.span = branch.span.to(key.span).to(node.span);
        if let Some(slot) = branch.slot(key) {
            slot.values.push(node);
        }
    }

    fn block(&mut self, branch: &mut Branch, block: &Block, depth: usize) {
        let span = self.span(block);
        let ident = Key { span: self.span(&block.ident), text: block.ident.as_str().into() };
        let mut path = vec![ident];
        for label in block.labels.iter().take(MAX_LABELS) {
            let inner = self.span(label);
            let raw = inner.of(self.text);
            let quotes = usize::from(raw.len() >= 2 && raw.starts_with('"'));
            let inner = Span::new(inner.start_offset() + quotes, inner.end_offset() - quotes);
            path.push(Key { span: inner, text: label.as_str().into() });
        }
        if depth + path.len() >= MAX_DEPTH {
            self.issues.push(IssueKind::Limit, span, "nested too deeply");
            return;
        }
        let depth = depth + path.len();
        let is = |name: &str| block.ident.as_str() == name;
        let Some(last) = path.pop() else { return };
        let Some(outer) = branch.within(&path, span) else { return };
        if is("variable") && !block.labels.is_empty() {
            let default = block.body.get_attribute("default");
            if let Some(node) = default.map(|default| self.value(&default.value, depth))
                && let Some(slot) = outer.slot(last)
            {
                slot.values.push(node);
            }
        } else if is("locals") {
            if let Some(locals) = outer.within(&[last], span) {
                self.body(locals, &block.body, depth);
            }
        } else {
            let mut inner = Branch { span, ..Branch::default() };
            self.body(&mut inner, &block.body, depth);
            if let Some(slot) = outer.slot(last) {
                slot.bodies.push(inner);
            }
        }
    }
}
