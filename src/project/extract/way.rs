//! The walk over a document: every scalar with the keys that lead to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::section::{self, Scope};
use super::container;
use super::document::{self, Sort};
use super::pair::{OUTSIDE, Pair, assignment};
use crate::document::{Entry, Node, Value};
use crate::source::Span;

/// A scalar with the keys that lead to it.
pub(super) struct Found<'a> {
    /// The keys.
    pub keys: Vec<Arc<str>>,
    /// How many of the keys say where in the document it is, not what it is called.
    pub above: usize,
    /// What it holds.
    pub node: &'a Node,
    /// Aliases and merge keys on its way.
    pub trail: Vec<(&'static str, Span)>,
    /// Whether a merge key brought it.
    pub merged: bool,
    /// Whether the same key stands again further down.
    pub overridden: bool,
    /// What the structure says of its environment.
    pub scope: Scope,
    /// How it is held.
    pub held: Held,
}

/// How a scalar is what a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// As its value.
    Value,
    /// As the value that counts where nothing else gives one.
    Default,
    /// Not at all: it says where the value is kept.
    Outside,
    /// Not at all: the process of the container passes its own on.
    Passed,
}

/// The way from the root of a document to where the reading stands.
pub(super) struct Way<'a> {
    sort: Sort,
    keys: Vec<Arc<str>>,
    above: usize,
    trail: Vec<(&'static str, Span)>,
    merged: bool,
    overridden: bool,
    scope: Scope,
    /// What was found.
    pub found: Vec<Found<'a>>,
    /// Paths of dotenv files that containers start with.
    pub env_files: Vec<String>,
    /// What containers get more settings from.
    pub outside: Vec<String>,
}

impl<'a> Way<'a> {
    /// At the root of a document.
    pub(super) fn new(sort: Sort, scope: Scope) -> Self {
        Self {
            sort,
            keys: Vec::new(),
            above: 0,
            trail: Vec::new(),
            merged: false,
            overridden: false,
            scope,
            found: Vec::new(),
            env_files: Vec::new(),
            outside: Vec::new(),
        }
    }

    /// Depth is bounded by the reader of the document, so this may call itself.
    pub(super) fn gather(&mut self, node: &'a Node) {
        let arrived = self.trail.len();
        self.trail.extend(node.via.iter().map(|span| ("alias", *span)));
        match &node.value {
            Value::Map(entries) => self.gather_map(node, entries),
            Value::List(items) => {
                for item in items.iter() {
                    self.gather_item(item);
                }
            }
            Value::Null if self.is_passed() => self.take(node, Held::Passed),
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text { .. } => {
                self.take(node, Held::Value);
            }
        }
        self.trail.truncate(arrived);
    }

    fn gather_map(&mut self, node: &'a Node, entries: &'a [Entry]) {
        if let Some(pair) = Pair::of_map(self.sort, &self.keys, node) {
            self.gather_pair(&pair);
            return;
        }
        let within = self.keys.last().map(Arc::clone);
        let job = self.job(node);
        let last: BTreeMap<&str, usize> =
            entries.iter().enumerate().map(|(index, one)| (&*one.key.text, index)).collect();
        for (index, entry) in entries.iter().enumerate() {
            if container::is_files_of_containers(self.sort, &entry.key.text) {
                self.env_files.extend(container::paths(&entry.node));
                continue;
            }
            if self.sort == Sort::Terraform && !container::is_configuration(&self.keys, entry) {
                continue;
            }
            self.outside.extend(container::outside(self.sort, entry));
            let (merged, overridden) = (self.merged, self.overridden);
            self.merged |= entry.merged;
            self.overridden |= last.get(&*entry.key.text) != Some(&index);
            let said = section::of_entry(entry, entries, within.as_deref().unwrap_or_default());
            let said = if said == Scope::File { job.clone() } else { said };
            match section::of_prefix(&entry.key.text) {
                Some((profile, said, key)) => self.below(&profile.into(), said, |way| {
                    way.below(&key.into(), Scope::File, |way| way.gather(&entry.node));
                }),
                None => self.below(&entry.key.text, said, |way| way.gather(&entry.node)),
            }
            (self.merged, self.overridden) = (merged, overridden);
        }
    }

    /// What a map says of its environment as the job of a workflow.
    fn job(&self, node: &Node) -> Scope {
        if self.sort != Sort::Workflow {
            return Scope::File;
        }
        match node.get("environment").and_then(document::named_environment) {
            Some((name, class)) => {
                let rule = "environment of the job".to_owned();
                Scope::Environment { name, class, rule, own_secrets: true }
            }
            None => Scope::File,
        }
    }

    /// An item of a list: named by its own `name` or `key` where it has one.
    fn gather_item(&mut self, item: &'a Node) {
        if let Some(pair) = Pair::of_item(item) {
            self.gather_pair(&pair);
        } else if let Some((name, _)) = item.text().and_then(assignment) {
            self.named(&name.into(), |way| way.take(item, Held::Value));
        } else if self.is_passed() && item.text().is_some_and(container::is_variable) {
            let name = item.text().unwrap_or_default();
            self.named(&name.into(), |way| way.take(item, Held::Passed));
        } else {
            let before = std::mem::replace(&mut self.scope, Scope::File);
            let said = document::of_item(item);
            self.scope = if said == Scope::File { before.clone() } else { said };
            self.gather(item);
            self.scope = before;
        }
    }

    fn gather_pair(&mut self, pair: &Pair<'a>) {
        let act = |way: &mut Self| match pair.held {
            Held::Value => way.gather(pair.node),
            Held::Default | Held::Outside | Held::Passed => way.take(pair.node, pair.held),
        };
        match &pair.name {
            Some(name) => self.named(name, act),
            None => act(self),
        }
    }

    /// Whether nothing, here, means that the process passes its own value on.
    /// <https://docs.docker.com/reference/compose-file/services/#environment>
    fn is_passed(&self) -> bool {
        self.sort == Sort::Compose && self.keys.iter().any(|key| &**key == "environment")
    }

    fn below(&mut self, key: &Arc<str>, said: Scope, act: impl FnOnce(&mut Self)) {
        let above = self.above;
        let before = self.scope.clone();
        self.keys.push(Arc::clone(key));
        if said != Scope::File {
            self.above = self.keys.len();
            self.scope = said;
        }
        act(self);
        self.keys.pop();
        (self.above, self.scope) = (above, before);
    }

    /// Below a name that is a setting's own, whatever it was found under.
    fn named(&mut self, name: &Arc<str>, act: impl FnOnce(&mut Self)) {
        self.below(name, Scope::File, act);
    }

    fn take(&mut self, node: &'a Node, held: Held) {
        let outside = self.keys.last().is_some_and(|last| OUTSIDE.contains(&&**last));
        let held = if outside && self.keys.len() > 1 { Held::Outside } else { held };
        self.found.push(Found {
            keys: self.keys.clone(),
            above: self.above,
            node,
            trail: self.trail.clone(),
            merged: self.merged,
            overridden: self.overridden,
            scope: self.scope.clone(),
            held,
        });
    }
}
