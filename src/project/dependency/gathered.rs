//! What one file states, while it is read.

use super::pin::{Pin, Pinned};
use crate::document::{Entry, Format, Node, parse};
use crate::pack::Ecosystem;
use crate::source::Span;

/// One package that a file states.
pub(super) struct Stated {
    /// Its name as it is written.
    pub name: String,
    /// How it is pinned.
    pub pinned: Pinned,
    /// Where: the pin, or the name where there is none.
    pub span: Span,
}

/// The packages that a file states.
pub(super) struct Gathered<'a> {
    /// The file's text.
    pub text: &'a str,
    /// Where its packages come from.
    pub ecosystem: Ecosystem,
    /// In order of writing.
    pub found: Vec<Stated>,
}

impl<'a> Gathered<'a> {
    /// Nothing found yet.
    pub(super) fn new(ecosystem: Ecosystem, text: &'a str) -> Self {
        Self { text, ecosystem, found: Vec::new() }
    }

    /// Adds a package, where its name can be one.
    pub(super) fn add(&mut self, name: &str, pinned: Pinned, span: Span) {
        let name = name.trim();
        let acts = |one: char| one.is_whitespace() || crate::source::Foreign::acts(one);
        let is_name = !name.is_empty()
            && name.len() <= LONGEST
            && !name.contains(acts)
            && !name.contains("://");
        if is_name {
            self.found.push(Stated { name: name.to_owned(), pinned, span });
        }
    }

    /// Adds a package of which `part` is a piece of the text.
    pub(super) fn add_at(&mut self, name: &str, pinned: Pinned, part: &str) {
        let span = self.place(part);
        self.add(name, pinned, span);
    }

    /// Pins a package anew that was stated before.
    pub(super) fn pin_anew(&mut self, name: &str, pinned: &Pinned, span: Span) {
        let ecosystem = self.ecosystem;
        for one in self.found.iter_mut().filter(|one| ecosystem.is_same(&one.name, name)) {
            one.pinned = pinned.clone();
            one.span = span;
        }
    }

    /// Where a piece of the text stands.
    pub(super) fn place(&self, part: &str) -> Span {
        let start = part.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr());
        let inside = start.checked_add(part.len()).is_some_and(|end| end <= self.text.len());
        if inside { Span::new(start, start + part.len()) } else { Span::default() }
    }

    /// The root of the text as a document.
    pub(super) fn root(&self, format: Format) -> Option<Node> {
        parse(format, self.text).documents.into_iter().next().map(|document| document.root)
    }

    /// Where the value of an entry stands; its key where that is no scalar.
    pub(super) fn place_of(&self, entry: &Entry) -> Span {
        if entry.node.scalar_text(self.text).is_some_and(|text| !text.is_empty()) {
            entry.node.inner(self.text)
        } else {
            entry.key.span
        }
    }

    /// A pin that a table says, as TOML and YAML have them, with its place; `version` reads a
    /// version.
    pub(super) fn of_table(&self, entry: &Entry, version: fn(&str) -> Pinned) -> (Pinned, Span) {
        let table = &entry.node;
        let said = |key: &str| {
            let found = table.entry(key)?;
            Some((found.node.scalar_text(self.text)?.into_owned(), self.place_of(found)))
        };
        let named = [("path", Pin::Path), ("tag", Pin::Tag), ("branch", Pin::Branch)];
        for (key, pin) in named {
            if let Some((text, span)) = said(key) {
                return (Pinned::new(pin, &text), span);
            }
        }
        if let Some((text, span)) = said("rev").or_else(|| said("ref")) {
            return (Pinned::of_reference(&text), span);
        }
        if let Some((text, span)) = said("version") {
            return (version(&text), span);
        }
        let is_shared = table.entry("workspace").is_some();
        let pinned = if is_shared { Pinned::elsewhere() } else { Pinned::nothing() };
        (pinned, entry.key.span)
    }

    /// Adds what the entries of a table say, each the name of a package with its version or a
    /// table.
    pub(super) fn add_table(&mut self, table: &Node, version: fn(&str) -> Pinned) {
        for entry in table.entries() {
            let (pinned, span) = match entry.node.scalar_text(self.text) {
                Some(text) => (version(&text), self.place_of(entry)),
                None => self.of_table(entry, version),
            };
            self.add(&entry.key.text, pinned, span);
        }
    }
}

/// No ecosystem has longer names that people use.
const LONGEST: usize = 214;

/// What stands behind several keys.
pub(super) fn within<'a>(root: &'a Node, keys: &[&str]) -> Option<&'a Node> {
    keys.iter().try_fold(root, |node, key| node.get(key))
}
