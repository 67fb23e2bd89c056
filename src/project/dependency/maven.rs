//! Maven and Gradle.

use super::gathered::{Gathered, within};
use super::pin::{Pin, Pinned};
use super::quoted::{Quoted, quoted};
use crate::document::{Format, Node};
use crate::source::Span;

/// Reads a `pom.xml`.
pub(super) fn pom(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Xml) else { return };
    let managed = within(&root, &["dependencyManagement", "dependencies", "dependency"]);
    let managed = managed.map(each).unwrap_or_default();
    let said = within(&root, &["dependencies", "dependency"]).map(each).unwrap_or_default();
    for one in said {
        if one.get("scope").and_then(Node::text) == Some("test") {
            continue;
        }
        let Some(name) = name(one) else { continue };
        let kept = || managed.iter().find(|other| self::name(other).as_ref() == Some(&name));
        let version = one.get("version").or_else(|| kept()?.get("version"));
        let (pinned, span) = version.map_or_else(
            || (Pinned::elsewhere(), place(gathered, one)),
            |version| of_node(gathered, &root, version),
        );
        gathered.add(&name, pinned, span);
    }
}

/// One element, or all of a name.
pub(super) fn each(node: &Node) -> Vec<&Node> {
    if node.items().is_empty() { vec![node] } else { node.items().iter().collect() }
}

fn name(one: &Node) -> Option<String> {
    Some(format!("{}:{}", one.get("groupId")?.text()?, one.get("artifactId")?.text()?))
}

fn place(gathered: &Gathered<'_>, one: &Node) -> Span {
    one.get("artifactId").map_or(one.span, |name| name.inner(gathered.text))
}

/// A version, or that of the property it names.
fn of_node(gathered: &Gathered<'_>, root: &Node, version: &Node) -> (Pinned, Span) {
    let own = version.inner(gathered.text);
    let raw = own.of(gathered.text);
    let Some(property) = raw.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) else {
        return (version_of(raw), own);
    };
    let property = root.get("properties").and_then(|all| all.get(property));
    let told = property.map(|node| node.inner(gathered.text));
    told.map_or((Pinned::elsewhere(), own), |span| (version_of(span.of(gathered.text)), span))
}

/// <https://maven.apache.org/pom.html#Dependency_Version_Requirement_Specification>
fn version_of(text: &str) -> Pinned {
    let text = text.trim();
    let moves = text.ends_with("-SNAPSHOT") || text.ends_with('+');
    let one = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    match one.filter(|one| !one.contains(',')) {
        Some(one) => Pinned::of_version(one),
        None if text.contains('$') => Pinned::elsewhere(),
        None if moves => Pinned::new(Pin::Range, text),
        None => Pinned::of_version(text),
    }
}

/// Reads a `build.gradle` or `build.gradle.kts`.
pub(super) fn gradle(gathered: &mut Gathered<'_>) {
    for line in gathered.text.lines() {
        let told = line.trim_start();
        let end = told.find(|one: char| !one.is_alphanumeric()).unwrap_or(told.len());
        let word = told.get(..end).unwrap_or_default();
        if is_configuration(word) {
            coordinate(gathered, &quoted(told, "//"));
        }
    }
}

/// Whether a word says what a package is for, and that is no test.
fn is_configuration(word: &str) -> bool {
    let ends = ["mplementation", "api", "Api", "compile", "untimeOnly", "ompileOnly"];
    let is_test = word.starts_with("test") || word.contains("Test");
    ends.iter().any(|end| word.ends_with(end)) && !is_test
}

/// `"group:artifact:version"`, or the three under their names.
fn coordinate(gathered: &mut Gathered<'_>, all: &[Quoted<'_>]) {
    let said = |key: &str| all.iter().find(|one| one.key == key).map(|one| one.value);
    if let Some((group, name)) = said("group").zip(said("name")) {
        let version = said("version");
        let pinned = version.map_or_else(Pinned::elsewhere, version_of);
        gathered.add_at(&format!("{group}:{name}"), pinned, version.unwrap_or(name));
        return;
    }
    let Some(text) = all.iter().map(|one| one.value).find(|value| value.contains(':')) else {
        return;
    };
    let mut parts = text.split(':');
    let (Some(group), Some(name)) = (parts.next(), parts.next()) else { return };
    let version = parts.next().map(|version| version.split('@').next().unwrap_or(version));
    let version = version.filter(|version| !version.is_empty());
    let pinned = version.map_or_else(Pinned::elsewhere, version_of);
    gathered.add_at(&format!("{group}:{name}"), pinned, version.unwrap_or(text));
}

/// Reads a `libs.versions.toml`.
/// <https://docs.gradle.org/current/userguide/version_catalogs.html>
pub(super) fn catalogue(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Toml) else { return };
    for entry in root.get("libraries").map(Node::entries).unwrap_or_default() {
        let library = &entry.node;
        if library.text().is_some() {
            let value = library.inner(gathered.text).of(gathered.text);
            coordinate(gathered, &[Quoted { key: "", value }]);
            continue;
        }
        let text = |key: &str| library.get(key).and_then(Node::text);
        let module = text("module").map(str::to_owned);
        let parts = || Some(format!("{}:{}", text("group")?, text("name")?));
        let Some(name) = module.or_else(parts) else { continue };
        let version = library.get("version");
        let named = version.and_then(|version| version.get("ref")).and_then(Node::text);
        let version = match named {
            Some(named) => within(&root, &["versions", named]),
            None => version,
        };
        let version = version.filter(|version| version.text().is_some());
        let (pinned, span) = version.map_or((Pinned::elsewhere(), entry.key.span), |version| {
            let span = version.inner(gathered.text);
            (version_of(span.of(gathered.text)), span)
        });
        gathered.add(&name, pinned, span);
    }
}
