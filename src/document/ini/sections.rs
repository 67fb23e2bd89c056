//! Sections while they are read: maps by name, in order of first writing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::issues::{Issues, byte_order_mark};
use crate::document::piece::{Piece, entry};
use crate::document::{Entry, Key, MAX_DEPTH, Node, Value};
use crate::source::Span;

/// A map while it is read.
#[derive(Default)]
struct Section {
    entries: Vec<Entry>,
    /// Maps inside, as indexes of all sections, with where each stands among the entries.
    inner: Vec<(usize, usize)>,
    span: Span,
}

/// All maps, and which of them takes the next entry.
pub(super) struct Sections {
    all: Vec<Section>,
    known: BTreeMap<(usize, Arc<str>), usize>,
    keys: Vec<Option<Key>>,
    /// The maps that are open, outermost first; the root is never closed.
    open: Vec<usize>,
    /// How many more were opened than may be.
    too_deep: usize,
}

impl Sections {
    pub(super) fn new(text: &str) -> Self {
        let span = Span::new(byte_order_mark(text), text.len());
        let root = Section { span, ..Section::default() };
        let known = BTreeMap::new();
        Self { all: vec![root], known, keys: vec![None], open: vec![0], too_deep: 0 }
    }

    fn current(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    /// Adds an entry to the open section.
    pub(super) fn push(&mut self, entry: Entry) {
        let current = self.current();
        if let Some(section) = self.all.get_mut(current) {
            section.span = section.span.to(entry.key.span).to(entry.node.span);
            section.entries.push(entry);
        }
    }

    /// Goes to the section of the root that is called `name`.
    pub(super) fn switch(&mut self, name: Piece<'_>) {
        self.open.truncate(1);
        self.too_deep = 0;
        self.open(name);
    }

    /// Opens a section in the open one.
    pub(super) fn open(&mut self, name: Piece<'_>) {
        if self.open.len() >= MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        let current = self.current();
        let next = self.all.len();
        let index = *self.known.entry((current, name.text.into())).or_insert(next);
        if index == next {
            self.all.push(Section { span: name.span(), ..Section::default() });
            self.keys.push(Some(name.key()));
            if let Some(section) = self.all.get_mut(current) {
                section.inner.push((index, section.entries.len()));
            }
        }
        self.open.push(index);
    }

    /// Closes the open section, but never the root.
    pub(super) fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if self.open.len() > 1 {
            self.open.pop();
        }
    }

    /// All of it as one map. Inner sections have higher indexes than the ones that they stand in,
    /// so going backwards makes every map before it is needed.
    pub(super) fn finish(self, issues: &mut Issues<'_>, told: bool) -> Node {
        let mut made: BTreeMap<usize, Node> = BTreeMap::new();
        let mut keys = self.keys;
        for (index, section) in self.all.into_iter().enumerate().rev() {
            if told {
                issues.push_duplicates(&section.entries);
            }
            let mut span = section.span;
            let mut entries = Vec::with_capacity(section.entries.len() + section.inner.len());
            let mut inner = section.inner.into_iter().peekable();
            let own = section.entries.into_iter().map(Some).chain([None]);
            for (position, own) in own.enumerate() {
                while let Some((inside, _)) = inner.next_if(|(_, before)| *before <= position) {
                    let key = keys.get_mut(inside).and_then(Option::take);
                    if let (Some(key), Some(node)) = (key, made.remove(&inside)) {
                        span = span.to(node.span);
                        entries.push(entry(key, node));
                    }
                }
                entries.extend(own);
            }
            made.insert(index, Node::new(span, Value::Map(entries.into())));
        }
        made.remove(&0).unwrap_or_else(|| Node::new(Span::default(), Value::Null))
    }
}
