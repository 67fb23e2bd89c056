//! Dart and Flutter.

use super::gathered::Gathered;
use super::pin::{Pin, Pinned};
use crate::document::{Entry, Format, Node};
use crate::source::Span;

/// Reads a `pubspec.yaml`.
pub(super) fn manifest(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Yaml) else { return };
    for entry in root.get("dependencies").map(Node::entries).unwrap_or_default() {
        if entry.node.get("sdk").is_none() {
            let (pinned, span) = pinned(gathered, entry);
            gathered.add(&entry.key.text, pinned, span);
        }
    }
    for entry in root.get("dependency_overrides").map(Node::entries).unwrap_or_default() {
        let (pinned, span) = pinned(gathered, entry);
        gathered.pin_anew(&entry.key.text, &pinned, span);
    }
}

/// <https://dart.dev/tools/pub/dependencies>
fn pinned(gathered: &Gathered<'_>, entry: &Entry) -> (Pinned, Span) {
    if let Some(text) = entry.node.scalar_text(gathered.text) {
        return (version(&text), gathered.place_of(entry));
    }
    match entry.node.entry("git") {
        Some(git) => {
            let (pinned, span) = gathered.of_table(git, version);
            (pinned, if span == git.key.span { entry.key.span } else { span })
        }
        None => gathered.of_table(entry, version),
    }
}

fn version(text: &str) -> Pinned {
    if text.trim() == "any" { Pinned::nothing() } else { Pinned::of_version(text) }
}

/// Reads a `pubspec.lock`: packages two blanks in, what is said of them further in.
pub(super) fn lock(gathered: &mut Gathered<'_>, wanted: &dyn Fn(&str) -> bool) {
    let mut name: Option<&str> = None;
    let mut source: Option<Pinned> = None;
    for line in gathered.text.lines() {
        let depth = line.len() - line.trim_start().len();
        let Some((key, value)) = line.trim().split_once(':') else { continue };
        let value = value.trim().trim_matches('"');
        match (depth, key) {
            (0, _) => name = None,
            (2, _) => (name, source) = (Some(key).filter(|name| wanted(name)), None),
            (6, "ref") => source = Some(Pinned::of_reference(value)),
            (6, "path") if source.is_none() && value != "." => {
                source = Some(Pinned::new(Pin::Path, value));
            }
            (4, "version") => {
                if let Some(name) = name.take() {
                    let pinned = source.take().unwrap_or_else(|| Pinned::of_version(value));
                    gathered.add_at(name, pinned, value);
                }
            }
            _ => {}
        }
    }
}
