//! Composer.

use super::gathered::Gathered;
use super::pin::{Pin, Pinned};
use crate::document::{Format, Node};

/// Reads a `composer.json`.
pub(super) fn manifest(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Json) else { return };
    for entry in root.get("require").map(Node::entries).unwrap_or_default() {
        // the rest are PHP itself and its extensions
        if let Some(text) = entry.node.text().filter(|_| entry.key.text.contains('/')) {
            let span = gathered.place_of(entry);
            gathered.add(&entry.key.text, pinned(text), span);
        }
    }
}

/// <https://getcomposer.org/doc/articles/versions.md>
fn pinned(text: &str) -> Pinned {
    let text = text.split(" as ").next().unwrap_or(text).trim();
    if let Some((_, commit)) = text.split_once('#') {
        return Pinned::new(Pin::Commit, commit);
    }
    match text.strip_prefix("dev-").or_else(|| text.strip_suffix("-dev")) {
        Some(branch) => Pinned::new(Pin::Branch, branch),
        None => Pinned::of_version(text.split('@').next().unwrap_or(text)),
    }
}
