//! The tree of one document after the other, built on a stack.

use std::collections::BTreeMap;
use std::sync::Arc;

use granit_parser::Tag;

use super::merge::{Merge, merge};
use super::scalar::{Scalar, foreign_tag};
use crate::document::issues::Issues;
use crate::document::{Entry, IssueKind, Key, MAX_DEPTH, Node, Style, Value};
use crate::source::Span;

/// How many nodes a text may hold.
const MAX_NODES: usize = 1_000_000;
/// How many nodes the aliases and merge keys of a text may repeat.
const MAX_REPEATED: usize = 100_000;

/// A limit was reached: the document cannot be read on. The issue is already told.
pub(super) struct Stop;

/// A node with what its surroundings have to know.
#[derive(Clone)]
struct Built {
    node: Node,
    /// Where it stands: an alias, where one brought it.
    place: Span,
    /// How many nodes it has, itself included.
    size: usize,
    /// How deep it is; a scalar is zero.
    height: usize,
    /// Whether it is a plain `<<`.
    merges: bool,
}

/// A list or a map that is still open.
struct Frame {
    start: Span,
    anchor: usize,
    tag: Option<Arc<str>>,
    end: usize,
    size: usize,
    height: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, merges: Vec<Merge>, key: Option<(Key, bool)> },
}

/// What reads events into documents.
pub(super) struct Builder<'t> {
    pub(super) text: &'t str,
    pub(super) issues: Issues<'t>,
    stack: Vec<Frame>,
    root: Option<Node>,
    anchors: BTreeMap<usize, Built>,
    nodes: usize,
    repeated: usize,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            issues: Issues::new(text),
            stack: Vec::new(),
            root: None,
            anchors: BTreeMap::new(),
            nodes: 0,
            repeated: 0,
        }
    }

    /// Forgets the document that is being read.
    pub(super) fn abandon(&mut self) {
        self.stack.clear();
        self.root = None;
        self.anchors.clear();
    }

    /// The document that ended at `end`.
    pub(super) fn finish_document(&mut self, end: Span) -> Node {
        let root = self.root.take();
        self.abandon();
        root.unwrap_or_else(|| Node::new(end, Value::Null))
    }

    fn limit(&mut self, span: Span, message: &str) -> Stop {
        self.issues.push(IssueKind::Limit, span, message);
        Stop
    }

    pub(super) fn scalar(&mut self, scalar: Scalar, anchor: usize) -> Result<(), Stop> {
        let Scalar { node, merges, ambiguous } = scalar;
        if let Some(message) = ambiguous
            && !self.expects_key()
        {
            self.issues.push(IssueKind::Ambiguous, node.span, message);
        }
        let place = node.span;
        self.put(Built { node, place, size: 1, height: 0, merges }, anchor)
    }

    pub(super) fn open(
        &mut self,
        map: bool,
        start: Span,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), Stop> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(self.limit(start, "nested too deeply"));
        }
        let content = if map {
            Content::Map { entries: Vec::new(), merges: Vec::new(), key: None }
        } else {
            Content::List(Vec::new())
        };
        let tag = tag.and_then(foreign_tag);
        let end = start.end_offset();
        self.stack.push(Frame { start, anchor, tag, end, size: 1, height: 0, content });
        Ok(())
    }

    /// Closes the innermost list or map; `end` covers its bracket, if it has one.
    pub(super) fn close(&mut self, end: Span) -> Result<(), Stop> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let end = if end.is_empty() { frame.end } else { end.end_offset() };
        let span = Span::new(frame.start.start_offset(), end);
        let value = match frame.content {
            Content::List(items) => Value::List(items.into()),
            Content::Map { entries, merges, .. } => self.map(span, entries, merges)?,
        };
        let mut node = Node::new(span, value);
        node.tag = frame.tag;
        let Frame { size, height, anchor, .. } = frame;
        self.put(Built { node, place: span, size, height, merges: false }, anchor)
    }

    fn map(
        &mut self,
        span: Span,
        mut entries: Vec<Entry>,
        merges: Vec<Merge>,
    ) -> Result<Value, Stop> {
        let raw = span.of(self.text);
        if raw.starts_with("{{") && raw.ends_with("}}") {
            let message = "a template expression, which has to be rendered first";
            self.issues.push(IssueKind::Syntax, span, message);
            return Ok(Value::Text { text: raw.into(), style: Style::Plain });
        }
        self.issues.push_duplicates(&entries);
        let repeated = merge(&mut entries, merges);
        self.repeated += repeated;
        if repeated > 0 && self.repeated > MAX_REPEATED {
            return Err(self.limit(span, "merge keys repeat too much"));
        }
        Ok(Value::Map(entries.into()))
    }

    /// Puts what an anchor named where its alias stands; `None` is an anchor that is not known.
    pub(super) fn alias(&mut self, anchor: Option<usize>, place: Span) -> Result<(), Stop> {
        let known = anchor.and_then(|id| self.anchors.get(&id)).cloned();
        let Some(mut built) = known else {
            let message = if anchor.is_some() {
                "an alias of what it stands in"
            } else {
                "an alias of an unknown anchor"
            };
            self.issues.push(IssueKind::Alias, place, message);
            let node = Node::new(place, Value::Null);
            return self.put(Built { node, place, size: 1, height: 0, merges: false }, 0);
        };
        self.repeated += built.size;
        if self.repeated > MAX_REPEATED {
            return Err(self.limit(place, "aliases repeat too much"));
        }
        if self.stack.len() + built.height > MAX_DEPTH {
            return Err(self.limit(place, "nested too deeply"));
        }
        built.node.via.push(place);
        built.place = place;
        built.merges = false;
        self.put(built, 0)
    }

    fn expects_key(&self) -> bool {
        self.stack
            .last()
            .is_some_and(|frame| matches!(frame.content, Content::Map { key: None, .. }))
    }

    /// Puts a finished node into what is open around it.
    fn put(&mut self, built: Built, anchor: usize) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(self.limit(built.place, "too many values"));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, built.clone());
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(built.node);
            return Ok(());
        };
        frame.end = frame.end.max(built.place.end_offset());
        frame.size += built.size;
        frame.height = frame.height.max(built.height + 1);
        match &mut frame.content {
            Content::List(items) => items.push(built.node),
            Content::Map { entries, merges, key } => match key.take() {
                None => *key = Some((key_of(&built, self.text), built.merges)),
                Some((key, true)) if is_mergeable(&built.node) => {
                    merges.push(Merge { key: key.span, node: built.node });
                }
                Some((key, _)) => entries.push(Entry { key, node: built.node, merged: false }),
            },
        }
        Ok(())
    }
}

/// What may follow a merge key: a map, or a list of maps.
fn is_mergeable(node: &Node) -> bool {
    match &node.value {
        Value::Map(_) | Value::List(_) => true,
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text { .. } => {
            false
        }
    }
}

/// A key as text: decoded, or as written where it is no text.
fn key_of(built: &Built, text: &str) -> Key {
    let written = match &built.node.value {
        Value::Text { text, .. } => Arc::clone(text),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::List(_)
        | Value::Map(_) => built.node.span.of(text).into(),
    };
    Key { span: built.place, text: written }
}
