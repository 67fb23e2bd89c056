//! A copy of a document that can be mended: duplicates gone, merged entries in place, holes.

use crate::document::{Node, Value};
use crate::source::Span;

/// A node of the copy.
pub(super) struct Tree {
    /// Where its literal stands.
    pub(super) span: Span,
    /// Where its key stands, if it has one.
    pub(super) key: Option<Span>,
    /// It was never written.
    pub(super) absent: bool,
    /// What it says.
    pub(super) kind: Shape,
}

/// What a node of the copy says.
pub(super) enum Shape {
    /// Anything that is no collection.
    Scalar(Value),
    /// A list. Items that were taken out stay as `None`, so that paths stay right.
    List(Vec<Option<Tree>>),
    /// A map; the same.
    Map(Vec<Option<(String, Tree)>>),
    /// A required value that is not there.
    Hole,
}

/// Two places of one key, first and last, and the key.
pub(super) type Duplicate = (Span, Span, String);

impl Tree {
    /// Copies `node`; of keys that stand twice the last one counts.
    pub(super) fn new(node: &Node, key: Option<Span>, duplicates: &mut Vec<Duplicate>) -> Self {
        let kind = match &node.value {
            Value::List(items) => Shape::List(
                items.iter().map(|one| Some(Self::new(one, None, duplicates))).collect(),
            ),
            Value::Map(_) => Shape::Map(Self::entries(node, duplicates)),
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text { .. } => {
                Shape::Scalar(node.value.clone())
            }
        };
        Self { span: node.span, key, absent: false, kind }
    }

    fn entries(node: &Node, duplicates: &mut Vec<Duplicate>) -> Vec<Option<(String, Self)>> {
        let mut entries: Vec<(&str, Span, bool, Self)> = Vec::new();
        for entry in node.entries() {
            let key = &*entry.key.text;
            let before = entries.iter().position(|(name, ..)| *name == key);
            if before.is_some() && entry.merged {
                continue;
            }
            if let Some((_, first, merged, _)) = before.map(|at| entries.remove(at))
                && !merged
            {
                duplicates.push((first, entry.key.span, key.to_owned()));
            }
            let value = Self::new(&entry.node, Some(entry.key.span), duplicates);
            entries.push((key, entry.key.span, entry.merged, value));
        }
        entries.into_iter().map(|(key, _, _, value)| Some((key.to_owned(), value))).collect()
    }

    /// The place of a fault that is about this node as a whole.
    pub(super) fn place(&self) -> Span {
        let first = match &self.kind {
            Shape::Map(entries) => entries.iter().flatten().find_map(|(_, value)| value.key),
            Shape::Scalar(_) | Shape::List(_) | Shape::Hole => None,
        };
        self.key.or(first).unwrap_or(self.span)
    }

    /// Takes the node at `path` out; false for the root and for what is not there.
    pub(super) fn remove(&mut self, path: &[usize]) -> bool {
        let Some((last, parent)) = path.split_last() else { return false };
        match self.at_mut(parent).map(|node| &mut node.kind) {
            Some(Shape::Map(entries)) => entries.get_mut(*last).and_then(Option::take).is_some(),
            Some(Shape::List(items)) => items.get_mut(*last).and_then(Option::take).is_some(),
            Some(Shape::Scalar(_) | Shape::Hole) | None => false,
        }
    }

    /// Puts a hole for `name` into the map at `path`; false where there is no map.
    pub(super) fn fill(&mut self, path: &[usize], name: &str) -> bool {
        let Some(node) = self.at_mut(path) else { return false };
        let place = node.place();
        let hole = Self { span: place, key: None, absent: true, kind: Shape::Hole };
        match &mut node.kind {
            Shape::Map(entries) => entries.push(Some((name.to_owned(), hole))),
            Shape::Hole | Shape::Scalar(Value::Null) => {
                node.kind = Shape::Map(vec![Some((name.to_owned(), hole))]);
            }
            Shape::Scalar(_) | Shape::List(_) => return false,
        }
        true
    }

    /// The key of the node at `path`.
    pub(super) fn key_of(&self, path: &[usize]) -> Option<String> {
        let (last, parent) = path.split_last()?;
        match &self.at(parent)?.kind {
            Shape::Map(entries) => entries.get(*last)?.as_ref().map(|(key, _)| key.clone()),
            Shape::List(_) | Shape::Scalar(_) | Shape::Hole => None,
        }
    }

    /// Whether `path` leads into something that was never written.
    pub(super) fn in_hole(&self, path: &[usize]) -> bool {
        (1..=path.len()).any(|length| {
            path.get(..length).and_then(|path| self.at(path)).is_some_and(|node| node.absent)
        })
    }

    fn at(&self, path: &[usize]) -> Option<&Self> {
        path.iter().try_fold(self, |node, step| match &node.kind {
            Shape::Map(entries) => entries.get(*step)?.as_ref().map(|(_, value)| value),
            Shape::List(items) => items.get(*step)?.as_ref(),
            Shape::Scalar(_) | Shape::Hole => None,
        })
    }

    fn at_mut(&mut self, path: &[usize]) -> Option<&mut Self> {
        path.iter().try_fold(self, |node, step| match &mut node.kind {
            Shape::Map(entries) => entries.get_mut(*step)?.as_mut().map(|(_, value)| value),
            Shape::List(items) => items.get_mut(*step)?.as_mut(),
            Shape::Scalar(_) | Shape::Hole => None,
        })
    }
}
