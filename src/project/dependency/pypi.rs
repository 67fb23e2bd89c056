//! pip, Poetry, Pipenv and uv.

use super::gathered::{Gathered, within};
use super::pin::{Pin, Pinned};
use crate::document::{Format, Node};

/// Reads `requirements.txt` and its like.
pub(super) fn requirements(gathered: &mut Gathered<'_>) {
    for line in gathered.text.lines() {
        let line = line.trim().trim_end_matches('\\');
        let line = line.split(" #").next().unwrap_or(line);
        let line = line.split(" --").next().unwrap_or(line).trim();
        let editable = ["-e ", "--editable ", "--editable="];
        let address = editable.iter().find_map(|flag| line.strip_prefix(flag)).unwrap_or(line);
        if address.contains("://") && !address.contains(" @ ") {
            let name = address.split_once("#egg=").map(|(_, name)| name);
            let name = name.map(|name| name.split(['&', '[']).next().unwrap_or(name));
            gathered.add_at(name.unwrap_or_default(), of_address(address), address);
        } else if !line.starts_with(['-', '#', '.', '/']) {
            requirement(gathered, line);
        }
    }
}

/// `name[extra]>=1.0; python_version > "3"`, `name @ git+https://host/name.git@v1`.
/// <https://packaging.python.org/en/latest/specifications/dependency-specifiers/>
fn requirement(gathered: &mut Gathered<'_>, text: &str) {
    let is_name = |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_');
    let end = text.find(|one| !is_name(one)).unwrap_or(text.len());
    let Some((name, rest)) = text.split_at_checked(end) else { return };
    let rest = rest.trim_start();
    let rest = match rest.strip_prefix('[') {
        Some(extras) => extras.split_once(']').map_or("", |(_, rest)| rest).trim_start(),
        None => rest,
    };
    if let Some(address) = rest.strip_prefix('@') {
        let address = address.split(" ;").next().unwrap_or(address).trim();
        gathered.add_at(name, of_address(address), name);
        return;
    }
    let version = rest.split(';').next().unwrap_or(rest);
    let version = version.trim().trim_start_matches('(').trim_end_matches(')').trim();
    if !version.is_empty() && !version.starts_with(['=', '<', '>', '~', '!']) {
        return;
    }
    let part = if version.is_empty() { name } else { version };
    gathered.add_at(name, version_of(version), part);
}

fn version_of(version: &str) -> Pinned {
    match version {
        "" | "*" => Pinned::nothing(),
        _ if version.starts_with("==") => Pinned::of_version(version),
        _ => Pinned::new(Pin::Range, version),
    }
}

/// The reference in `git+https://host/name.git@v1#egg=name`; an address of an archive has none.
fn of_address(address: &str) -> Pinned {
    let address = address.split('#').next().unwrap_or(address);
    let Some((scheme, rest)) = address.split_once("://") else {
        return Pinned::new(Pin::Path, address.trim_start_matches("file:"));
    };
    if scheme == "file" {
        return Pinned::new(Pin::Path, rest);
    }
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let reference = path.split_once('@').filter(|_| scheme.starts_with("git+"));
    reference.map_or_else(Pinned::nothing, |(_, reference)| Pinned::of_reference(reference))
}

/// Reads `pyproject.toml`.
pub(super) fn pyproject(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Toml) else { return };
    if let Some(all) = within(&root, &["project", "dependencies"]) {
        list(gathered, all);
    }
    let optional = within(&root, &["project", "optional-dependencies"]).map(Node::entries);
    for group in optional.unwrap_or_default().iter().filter(|group| !is_aside(&group.key.text)) {
        list(gathered, &group.node);
    }
    if let Some(table) = within(&root, &["tool", "poetry", "dependencies"]) {
        poetry(gathered, table);
    }
    let groups = within(&root, &["tool", "poetry", "group"]).map(Node::entries);
    for group in groups.unwrap_or_default().iter().filter(|group| !is_aside(&group.key.text)) {
        if let Some(table) = group.node.get("dependencies") {
            poetry(gathered, table);
        }
    }
    let sources = within(&root, &["tool", "uv", "sources"]).map(Node::entries);
    for entry in sources.unwrap_or_default() {
        let (pinned, span) = gathered.of_table(entry, Pinned::of_version);
        if pinned.pin != Pin::Nothing || entry.node.get("git").is_some() {
            gathered.pin_anew(&entry.key.text, &pinned, span);
        }
    }
}

/// Whether a group of dependencies is there for work on the project alone.
pub(super) fn is_aside(group: &str) -> bool {
    let aside =
        ["dev", "develop", "development", "test", "tests", "testing", "docs", "doc", "lint"];
    let mut words = group.split(|one: char| !one.is_ascii_alphabetic());
    words.any(|word| aside.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

fn list(gathered: &mut Gathered<'_>, all: &Node) {
    for item in all.items() {
        let text = gathered.text;
        requirement(gathered, item.inner(text).of(text));
    }
}

fn poetry(gathered: &mut Gathered<'_>, table: &Node) {
    let from = gathered.found.len();
    gathered.add_table(table, poetry_version);
    let mut at = 0;
    gathered.found.retain(|one| {
        at += 1;
        at <= from || one.name != "python"
    });
}

fn poetry_version(text: &str) -> Pinned {
    if text.trim() == "*" { Pinned::nothing() } else { Pinned::of_version(text) }
}

/// Reads a `Pipfile`.
pub(super) fn pipfile(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Toml) else { return };
    if let Some(table) = root.get("packages") {
        gathered.add_table(table, |text| version_of(text.trim()));
    }
}

/// Reads `install_requires` of a `setup.cfg`.
pub(super) fn setup(gathered: &mut Gathered<'_>) {
    let mut inside = false;
    for line in gathered.text.lines() {
        if let Some((key, rest)) = line.split_once('=').filter(|_| !line.starts_with([' ', '\t'])) {
            inside = key.trim() == "install_requires";
            if inside {
                requirement(gathered, rest.trim());
            }
        } else if line.starts_with('[') {
            inside = false;
        } else if inside && !line.trim().starts_with('#') {
            requirement(gathered, line.trim());
        }
    }
}
