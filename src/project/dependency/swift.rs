//! The package manager of Swift.

use std::collections::BTreeMap;

use super::gathered::Gathered;
use super::pin::{Pin, Pinned};
use super::quoted::{Quoted, quoted};
use crate::document::{Format, Node};
use crate::source::Span;

/// Reads a `Package.swift`: packages by their address, and the products that are taken of them.
pub(super) fn manifest(gathered: &mut Gathered<'_>) {
    let mut packages: BTreeMap<String, (Pinned, Span)> = BTreeMap::new();
    for call in calls(gathered.text, ".package(") {
        let all = quoted(call, "//");
        let said = |key: &str| all.iter().find(|one| one.key == key).map(|one| one.value);
        let Some(address) = said("url").or_else(|| said("path")) else { continue };
        let (pinned, part) = pinned(&all, address);
        let name = identity(address);
        let span = gathered.place(part);
        gathered.add(name, pinned.clone(), span);
        packages.insert(name.to_ascii_lowercase(), (pinned, span));
    }
    for call in calls(gathered.text, ".product(") {
        let all = quoted(call, "//");
        let said = |key: &str| all.iter().find(|one| one.key == key).map(|one| one.value);
        let (Some(name), Some(package)) = (said("name"), said("package")) else { continue };
        let known = packages.get(&package.to_ascii_lowercase());
        if let Some((pinned, span)) = known.filter(|_| !name.eq_ignore_ascii_case(package)) {
            gathered.add(name, pinned.clone(), *span);
        }
    }
}

/// The arguments of every call of `word`.
fn calls<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(word).filter_map(move |(at, _)| {
        let line = text.get(..at)?.rsplit('\n').next()?;
        let rest = text.get(at + word.len()..)?;
        let mut depth = 1_usize;
        let end = rest.char_indices().take(MOST).find_map(|(end, one)| {
            match one {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(end)
        });
        rest.get(..end?).filter(|_| !line.trim_start().starts_with("//"))
    })
}

/// One call is no longer than this.
const MOST: usize = 2_000;

/// <https://docs.swift.org/package-manager/PackageDescription/PackageDescription.html>
fn pinned<'a>(all: &[Quoted<'a>], address: &'a str) -> (Pinned, &'a str) {
    let said = |key: &str| all.iter().find(|one| one.key == key).map(|one| one.value);
    let named = [
        ("path", Pin::Path),
        ("branch", Pin::Branch),
        ("revision", Pin::Commit),
        ("exact", Pin::Version),
        ("from", Pin::Range),
    ];
    let found = named.into_iter().find_map(|(key, pin)| Some((pin, said(key)?)));
    let last = all.last().map(|one| one.value).filter(|last| *last != address);
    match (found, last) {
        (Some((pin, text)), _) => (Pinned::new(pin, text), text),
        (None, Some(text)) => (Pinned::new(Pin::Range, text), text),
        (None, None) => (Pinned::nothing(), address),
    }
}

/// What a package is called by its address: the last part.
fn identity(address: &str) -> &str {
    let address = address.trim_end_matches('/');
    let last = address.rsplit(['/', ':']).next().unwrap_or(address);
    last.strip_suffix(".git").unwrap_or(last)
}

/// Reads a `Package.resolved` of any version.
pub(super) fn lock(gathered: &mut Gathered<'_>, wanted: &dyn Fn(&str) -> bool) {
    let Some(root) = gathered.root(Format::Json) else { return };
    let pins = root.get("pins").or_else(|| root.get("object")?.get("pins"));
    for one in pins.map(Node::items).unwrap_or_default() {
        let text = |key: &str| one.get(key).and_then(Node::text);
        let address = text("location").or_else(|| text("repositoryURL")).map(identity);
        let Some(name) = address.or_else(|| text("identity")).or_else(|| text("package")) else {
            continue;
        };
        let Some(state) = one.get("state").filter(|_| wanted(name)) else { continue };
        let named = [("branch", Pin::Branch), ("version", Pin::Version), ("revision", Pin::Commit)];
        let found = named.into_iter().find_map(|(key, pin)| {
            let entry = state.entry(key)?;
            Some((Pinned::new(pin, entry.node.text()?), gathered.place_of(entry)))
        });
        if let Some((pinned, span)) = found {
            gathered.add(name, pinned, span);
        }
    }
}
