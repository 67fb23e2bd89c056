//! Cargo, and the lists of packages in TOML that Poetry and uv write alike.

use super::gathered::{Gathered, within};
use super::pin::{Pin, Pinned, is_version};
use crate::document::{Format, Node};

/// Reads a `Cargo.toml`.
pub(super) fn manifest(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Toml) else { return };
    let targets = root.get("target").map(Node::entries).unwrap_or_default();
    let tables = [root.get("dependencies"), within(&root, &["workspace", "dependencies"])];
    let tables = tables.into_iter().flatten();
    for table in tables.chain(targets.iter().filter_map(|one| one.node.get("dependencies"))) {
        for entry in table.entries() {
            let (pinned, span) = match entry.node.scalar_text(gathered.text) {
                Some(text) => (version_of(&text), gathered.place_of(entry)),
                None => gathered.of_table(entry, version_of),
            };
            let real = entry.node.get("package").and_then(Node::text);
            gathered.add(real.unwrap_or(&entry.key.text), pinned, span);
        }
    }
}

/// A version alone means every later one that is compatible.
/// <https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html>
fn version_of(text: &str) -> Pinned {
    match text.trim().strip_prefix('=') {
        Some(one) if is_version(one.trim()) => Pinned::of_version(one),
        Some(_) | None => Pinned::new(Pin::Range, text),
    }
}

/// Reads `[[package]]` after `[[package]]`: `Cargo.lock`, `poetry.lock`, `uv.lock`.
pub(super) fn lock(gathered: &mut Gathered<'_>, wanted: &dyn Fn(&str) -> bool) {
    let (mut name, mut version): (Option<&str>, Option<&str>) = (None, None);
    let mut source: Option<Pinned> = None;
    for line in gathered.text.lines().chain(["[[package]]"]) {
        if line.trim() == "[[package]]" {
            if let (Some(name), Some(version)) = (name.filter(|name| wanted(name)), version) {
                let pinned = source.take().unwrap_or_else(|| Pinned::of_version(version));
                gathered.add_at(name, pinned, version);
            }
            (name, version, source) = (None, None, None);
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let value = value.trim().trim_matches('"');
        match key.trim() {
            "name" if name.is_none() => name = Some(value),
            "version" if version.is_none() => version = Some(value),
            "source" if value.contains("git+") => source = of_source(value),
            _ => {}
        }
    }
}

/// `git+https://host/name?tag=v1#commit`
fn of_source(source: &str) -> Option<Pinned> {
    let (_, query) = source.split_once('?')?;
    let (key, value) = query.split('#').next()?.split_once('=')?;
    match key {
        "tag" => Some(Pinned::new(Pin::Tag, value)),
        "branch" => Some(Pinned::new(Pin::Branch, value)),
        "rev" => Some(Pinned::of_reference(value)),
        _ => None,
    }
}
