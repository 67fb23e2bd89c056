//! Where the reading stands: brackets that are open, and the statement or item in each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::path::Path;
use crate::document::piece::{entry, one_or_list};
use crate::document::{Entry, Key, Node, Value};
use crate::source::Span;

/// What an open bracket holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Statements; what they set belongs to the code around.
    Code,
    /// Statements of a class, or of a section of Gradle: a map of its own.
    Section,
    /// Keys and values, or items.
    Items,
    /// The arguments of a call.
    Arguments,
    /// A value in brackets.
    Group,
    /// The index of a name.
    Index,
    /// Nothing that matters.
    Nothing,
}

/// An open bracket.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) holds: Holds,
    /// What closes it; nothing closes the code itself, nor a class that ends by its lines.
    pub(super) close: Option<char>,
    /// Which frame takes the entries.
    pub(super) target: usize,
    pub(super) start: usize,
    /// The entries of the frame itself.
    pub(super) branch: Branch,
    /// Values without a key; `None` for an argument that is no literal.
    pub(super) items: Vec<Option<Node>>,
    /// What is called, and what a section is called.
    pub(super) name: Option<Path>,
    /// How far in the class stands that ends by its lines.
    pub(super) indent: Option<usize>,
    pub(super) item: Item,
    /// What a value in brackets came to.
    pub(super) result: Worth,
}

impl Frame {
    pub(super) fn new(holds: Holds, close: Option<char>, target: usize, start: usize) -> Self {
        Self {
            holds,
            close,
            target,
            start,
            branch: Branch::default(),
            items: Vec::new(),
            name: None,
            indent: None,
            item: Item::default(),
            result: Worth::None,
        }
    }

    /// Whether it holds statements.
    pub(super) fn is_code(&self) -> bool {
        matches!(self.holds, Holds::Code | Holds::Section)
    }
}

/// What a value is, as far as it was read.
#[derive(Clone, Debug, Default)]
pub(super) enum Worth {
    /// Nothing yet.
    #[default]
    None,
    /// A name: [`Item::left`].
    Name,
    /// A literal, a list or a map.
    Literal(Node),
    /// A literal of which something is asked: `"x".freeze`.
    Asked(Node),
    /// A variable of the process.
    Read(Read),
    /// The same, with a default to come.
    Default(Read),
    /// Anything else: no literal.
    Other,
}

/// A variable that is read, with its default.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) default: Option<Node>,
}

/// How a key was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum By {
    /// By a colon: a type may follow, and then the value.
    #[default]
    Colon,
    /// By anything else.
    Assign,
}

/// A statement, or an item of a list.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one statement")]
pub(super) struct Item {
    /// The name that the value goes under.
    pub(super) key: Option<Path>,
    pub(super) by: By,
    /// The name that was read last.
    pub(super) left: Option<Path>,
    pub(super) value: Worth,
    /// The first word.
    pub(super) first: String,
    /// The name of the class that begins here.
    pub(super) section: Option<Path>,
    /// Whether the next word is such a name.
    pub(super) names_section: bool,
    /// Whether `new` was read.
    pub(super) is_new: bool,
    /// Whether it is one of several names that are set at once.
    pub(super) is_tuple: bool,
    /// Whether nothing of it matters.
    pub(super) is_dead: bool,
    /// Whether its value is whole, and only a type may follow.
    pub(super) is_sealed: bool,
    /// Whether it is inside a tag of JSX.
    pub(super) is_tag: bool,
    /// What is called without brackets.
    pub(super) command: Option<Path>,
    pub(super) arguments: Vec<Option<Node>>,
    pub(super) choice: Choice,
    /// How far in its line stands.
    pub(super) indent: usize,
}

/// `condition ? one : other`.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// Whether the other side is to come.
    pub(super) is_open: bool,
    /// The key of the whole.
    pub(super) key: Option<Path>,
    /// What the condition compares with.
    pub(super) word: Option<String>,
    /// Whether it compares for being different.
    pub(super) differs: bool,
    /// The one side, where the condition follows it.
    pub(super) first: Option<Node>,
}

/// Entries in order of first writing; what stands under one key more than once is a list.
#[derive(Debug, Default)]
pub(super) struct Branch {
    list: Vec<(Key, Vec<Node>)>,
    known: BTreeMap<Arc<str>, usize>,
}

impl Branch {
    pub(super) fn push(&mut self, key: Key, node: Node) {
        let next = self.list.len();
        let index = *self.known.entry(Arc::clone(&key.text)).or_insert(next);
        match self.list.get_mut(index) {
            Some((_, nodes)) => nodes.push(node),
            None => self.list.push((key, vec![node])),
        }
    }

    /// Forgets what was pushed last, where it stands at `span`.
    pub(super) fn take_back(&mut self, span: Span) {
        let Some((key, nodes)) = self.list.last_mut() else { return };
        if nodes.last().is_some_and(|node| node.span == span) {
            nodes.pop();
            if nodes.is_empty() {
                self.known.remove(&key.text);
                self.list.pop();
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What stands first under one of `names`.
    pub(super) fn find(&self, names: &[&str]) -> Option<&Node> {
        let index = names.iter().find_map(|name| self.known.get(*name))?;
        self.list.get(*index)?.1.first()
    }

    /// The only entry.
    pub(super) fn only(&self) -> Option<(&Key, &Node)> {
        match self.list.as_slice() {
            [(key, nodes)] => nodes.first().map(|node| (key, node)),
            _ => None,
        }
    }

    pub(super) fn finish(self, span: Span) -> Node {
        let entries: Vec<Entry> =
            self.list.into_iter().map(|(key, nodes)| entry(key, one_or_list(nodes))).collect();
        Node::new(span, Value::Map(entries.into()))
    }
}
