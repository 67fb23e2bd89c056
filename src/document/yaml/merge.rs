//! Merge keys: own keys win over merged ones, and earlier sources over later ones
//! (<https://yaml.org/type/merge.html>).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::{Entry, Node};
use crate::source::Span;

/// A merge key with the map, or the list of maps, that it brings in.
pub(super) struct Merge {
    /// Where the `<<` stands.
    pub(super) key: Span,
    /// What it brings in.
    pub(super) node: Node,
}

/// Adds merged entries after own ones; gives how much they repeat.
pub(super) fn merge(entries: &mut Vec<Entry>, merges: Vec<Merge>) -> usize {
    if merges.is_empty() {
        return 0;
    }
    let mut seen: BTreeSet<Arc<str>> =
        entries.iter().map(|entry| Arc::clone(&entry.key.text)).collect();
    let mut repeated = 0;
    for Merge { key, node } in merges {
        for source in std::iter::once(&node).chain(node.items()) {
            let mut trail = source.via.clone();
            if !node.items().is_empty() {
                trail.extend(&node.via);
            }
            if trail.is_empty() {
                trail.push(key);
            }
            // from the back, for of a key that stands twice the last one counts
            let mut fresh = Vec::new();
            for entry in source.entries().iter().rev() {
                if seen.insert(Arc::clone(&entry.key.text)) {
                    let mut entry = entry.clone();
                    entry.merged = true;
                    entry.node.via.extend(&trail);
                    repeated += entry.node.via.len();
                    fresh.push(entry);
                }
            }
            entries.extend(fresh.into_iter().rev());
        }
    }
    repeated
}
