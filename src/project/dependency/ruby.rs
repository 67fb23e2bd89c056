//! Bundler and `CocoaPods`: lists of packages that are programs in Ruby.

use super::gathered::{Gathered, within};
use super::pin::{Pin, Pinned};
use super::quoted::{Quoted, quoted, statements};
use crate::document::{Format, Node};

/// Reads a `Gemfile` or a `Podfile`, whose packages are arguments of `word`.
pub(super) fn manifest(gathered: &mut Gathered<'_>, word: &str) {
    let mut aside: Vec<bool> = Vec::new();
    for statement in statements(gathered.text, "#") {
        let line = super::quoted::uncommented(statement, "#").trim();
        let first = line.split(|one: char| !one.is_alphanumeric()).next().unwrap_or_default();
        if line == "end" {
            aside.pop();
        } else if line.ends_with(" do") || line.ends_with('|') && line.contains(" do ") {
            aside.push(first == "group" && is_aside(line));
        } else if matches!(first, "if" | "unless" | "case" | "def" | "begin" | "while") {
            aside.push(false);
        } else if first == word && !aside.contains(&true) {
            package(gathered, &quoted(statement, "#"));
        }
    }
}

/// Whether a group has none but work on the project alone: `group :development, :test do`.
fn is_aside(line: &str) -> bool {
    let names = line.trim_start_matches("group").trim_end_matches(" do").split(',');
    let mut names = names.map(|name| name.trim_matches([' ', ':', '(', ')', '"', '\'']));
    names.all(|name| matches!(name, "test" | "development"))
}

fn package(gathered: &mut Gathered<'_>, all: &[Quoted<'_>]) {
    let Some(name) = all.first() else { return };
    let versions: Vec<&str> =
        all.iter().skip(1).take_while(|one| one.key.is_empty()).map(|one| one.value).collect();
    let said = |key: &str| all.iter().find(|one| one.key == key).map(|one| one.value);
    let named =
        [("tag", Pin::Tag), ("branch", Pin::Branch), ("commit", Pin::Commit), ("path", Pin::Path)];
    let named = named.into_iter().find_map(|(key, pin)| Some((pin, said(key)?)));
    let is_repository =
        ["git", "github", "gitlab", "bitbucket"].iter().any(|key| said(key).is_some());
    let (pinned, part) = match (named, said("ref"), versions.as_slice()) {
        (Some((pin, text)), _, _) => (Pinned::new(pin, text), text),
        (None, Some(text), _) => (Pinned::of_reference(text), text),
        (None, None, [only]) if !is_repository => (Pinned::of_version(only), *only),
        (None, None, [first, ..]) if !is_repository => {
            (Pinned::new(Pin::Range, &versions.join(", ")), *first)
        }
        (None, None, _) => (Pinned::nothing(), name.value),
    };
    gathered.add_at(name.value, pinned, part);
}

/// Reads a `Gemfile.lock`: sections, and below `specs:` every gem with its version.
pub(super) fn gem_lock(gathered: &mut Gathered<'_>, wanted: &dyn Fn(&str) -> bool) {
    let mut source: Option<Pinned> = None;
    let mut is_source = false;
    for line in gathered.text.lines() {
        let told = line.trim();
        if !line.starts_with(' ') {
            (source, is_source) = (None, matches!(told, "GIT" | "PATH"));
        } else if let Some((key, value)) = told.split_once(": ").filter(|_| is_source) {
            let pinned = match key {
                "tag" => Pinned::new(Pin::Tag, value),
                "branch" => Pinned::new(Pin::Branch, value),
                "remote" if !value.contains("://") && !value.contains('@') => {
                    Pinned::new(Pin::Path, value)
                }
                "revision" if source.is_none() => Pinned::new(Pin::Commit, value),
                _ => continue,
            };
            source = Some(pinned);
        } else if line.starts_with("    ")
            && !line.starts_with("     ")
            && let Some((name, version)) = told.split_once(" (")
            && wanted(name)
        {
            let version = version.trim_end_matches(')');
            let pinned = source.clone().unwrap_or_else(|| Pinned::of_version(version));
            gathered.add_at(name, pinned, version);
        }
    }
}

/// Reads a `Podfile.lock`.
pub(super) fn pod_lock(gathered: &mut Gathered<'_>, wanted: &dyn Fn(&str) -> bool) {
    let Some(root) = gathered.root(Format::Yaml) else { return };
    let sources = within(&root, &["EXTERNAL SOURCES"]);
    for item in root.get("PODS").map(Node::items).unwrap_or_default() {
        let (told, span) = match item.entries().first() {
            Some(entry) => (&*entry.key.text, entry.key.span),
            None => (item.text().unwrap_or_default(), item.inner(gathered.text)),
        };
        let Some((name, version)) = told.split_once(" (") else { continue };
        if name.contains('/') || !wanted(name) {
            continue;
        }
        let outside = sources.and_then(|sources| sources.entry(name));
        let outside = outside.map(|entry| outside_pin(gathered, &entry.node, entry.key.span));
        let own = || (Pinned::of_version(version.trim_end_matches(')')), span);
        let (pinned, span) = outside.unwrap_or_else(own);
        gathered.add(name, pinned, span);
    }
}

fn outside_pin(
    gathered: &Gathered<'_>,
    source: &Node,
    key: crate::source::Span,
) -> (Pinned, crate::source::Span) {
    let named = [
        (":tag", Pin::Tag),
        (":branch", Pin::Branch),
        (":commit", Pin::Commit),
        (":path", Pin::Path),
    ];
    let found = named.into_iter().find_map(|(name, pin)| Some((pin, source.entry(name)?)));
    found.map_or((Pinned::nothing(), key), |(pin, entry)| {
        let text = entry.node.scalar_text(gathered.text).unwrap_or_default();
        (Pinned::new(pin, &text), gathered.place_of(entry))
    })
}
