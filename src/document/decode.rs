//! From a located tree to typed data, with every mistake at its place.
//!
//! serde stops at the first mistake, so what is mistaken is taken out of a copy of the tree and the
//! rest is decoded again. A required key that is missing is said once, then stands in as a hole
//! ([`Located::absent`]), so that the rest of the file can still be judged.

mod access;
mod fault;
mod key;
mod located;
mod single;
mod tree;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::de::DeserializeOwned;

pub use self::located::{Located, OneOrMany, Ordered};
pub use self::single::single;

use self::access::Reader;
use self::fault::Fault;
use self::tree::Tree;
use super::Node;
use crate::source::{Diagnostic, SourceText, Span, nearest};

/// More mistakes than this are not looked for in one file.
const MOST: usize = 500;

/// Decodes a document. The value is there if anything usable was left beside the mistakes; it may
/// only be used where no diagnostic is an error, except to look for more mistakes.
///
/// Texts of the file are quoted in messages only where they are plain words.
pub fn decode<T: DeserializeOwned>(
    root: &Node,
    source: &Arc<SourceText>,
) -> (Option<T>, Vec<Diagnostic>) {
    let mut repair = Repair::new(root, source);
    for _ in 0..MOST {
        match T::deserialize(Reader::new(&repair.tree)) {
            Ok(value) => return (Some(value), repair.finish()),
            Err(fault) => {
                if !repair.mend(fault) {
                    break;
                }
            }
        }
    }
    (None, repair.finish())
}

/// A tree under repair, and what was found on the way.
struct Repair<'a> {
    tree: Tree,
    source: &'a Arc<SourceText>,
    diagnostics: Vec<Diagnostic>,
    seen: BTreeSet<(Span, String)>,
    /// Keys that were taken out, or stand in as holes, by the path of their map.
    gone: BTreeSet<(Vec<usize>, String)>,
    /// Holes that did not help.
    hopeless: BTreeSet<(Vec<usize>, String)>,
}

impl<'a> Repair<'a> {
    fn new(root: &Node, source: &'a Arc<SourceText>) -> Self {
        let mut duplicates = Vec::new();
        let tree = Tree::new(root, None, &mut duplicates);
        let mut repair = Self {
            tree,
            source,
            diagnostics: Vec::new(),
            seen: BTreeSet::new(),
            gone: BTreeSet::new(),
            hopeless: BTreeSet::new(),
        };
        for (first, second, key) in duplicates {
            let message = fault::quoted(&key).map_or_else(
                || "the key stands twice".to_owned(),
                |key| format!("the key {key} stands twice"),
            );
            repair.diagnostics.push(
                Diagnostic::error(source, second, message).with_label(first, "it stands here too"),
            );
        }
        repair
    }

    /// Says the fault and takes its cause away; false where nothing can be done.
    fn mend(&mut self, mut fault: Fault) -> bool {
        fault.path.reverse();
        if self.tree.in_hole(&fault.path) && fault.missing.is_none() {
            let key = self.tree.key_of(&fault.path);
            let parent = fault.path.split_last().map_or(&[][..], |(_, parent)| parent).to_vec();
            self.hopeless.extend(key.map(|key| (parent.clone(), key)));
            return self.tree.remove(&fault.path);
        }
        if let Some(name) = fault.missing {
            return self.fill(&fault, name);
        }
        self.say(&fault);
        if let Some(key) = self.tree.key_of(&fault.path) {
            let parent = fault.path.split_last().map_or(&[][..], |(_, parent)| parent).to_vec();
            self.gone.insert((parent, key));
        }
        self.tree.remove(&fault.path)
    }

    /// Puts a hole where a required key is missing.
    fn fill(&mut self, fault: &Fault, name: &'static str) -> bool {
        let slot = (fault.path.clone(), name.to_owned());
        if !self.is_said(&slot.0, name) && !self.tree.in_hole(&fault.path) {
            self.say(fault);
        }
        if self.hopeless.contains(&slot) {
            return self.tree.remove(&fault.path);
        }
        self.gone.insert(slot);
        self.tree.fill(&fault.path, name)
    }

    /// Whether the key, or a misspelling of it, was taken out of the map at `path`.
    fn is_said(&self, path: &[usize], name: &str) -> bool {
        let mut gone = self.gone.iter().filter(|(map, _)| map == path);
        gone.any(|(_, key)| key == name || nearest(key, [name]).is_some())
    }

    fn say(&mut self, fault: &Fault) {
        let span = fault.span.unwrap_or_default();
        if self.seen.insert((span, fault.message.clone())) {
            let mut diagnostic = Diagnostic::error(self.source, span, fault.message.clone());
            diagnostic.help.clone_from(&fault.help);
            self.diagnostics.push(diagnostic);
        }
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(Diagnostic::place);
        self.diagnostics
    }
}

#[cfg(test)]
mod tests;
