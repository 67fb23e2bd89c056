//! .NET.

use super::gathered::{Gathered, within};
use super::maven::each;
use super::pin::{Pin, Pinned};
use crate::document::{Format, Node};

/// Reads a project of .NET.
pub(super) fn project(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Xml) else { return };
    let groups = within(&root, &["Project", "ItemGroup"]).map(each).unwrap_or_default();
    let packages = groups.into_iter().filter_map(|group| group.get("PackageReference"));
    for one in packages.flat_map(each) {
        package(gathered, one, "Include", &["Version", "VersionOverride"]);
    }
}

/// Reads a `packages.config`.
pub(super) fn packages(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Xml) else { return };
    for one in within(&root, &["packages", "package"]).map(each).unwrap_or_default() {
        package(gathered, one, "id", &["version"]);
    }
}

fn package(gathered: &mut Gathered<'_>, one: &Node, name: &str, version: &[&str]) {
    let Some(name) = one.get(name) else { return };
    let version = version.iter().find_map(|key| one.get(key)).filter(|node| node.text().is_some());
    let span = version.unwrap_or(name).inner(gathered.text);
    // a version that is not here stands in Directory.Packages.props
    let pinned = version.map_or_else(Pinned::elsewhere, |_| version_of(span.of(gathered.text)));
    gathered.add(name.text().unwrap_or_default(), pinned, span);
}

/// A version alone is the lowest that will do, and the lowest is what is taken.
/// <https://learn.microsoft.com/nuget/concepts/package-versioning>
fn version_of(text: &str) -> Pinned {
    let text = text.trim();
    let one = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    match one.filter(|one| !one.contains(',')) {
        Some(one) => Pinned::of_version(one),
        None if text.contains('$') => Pinned::elsewhere(),
        None if text.contains('*') => Pinned::new(Pin::Range, text),
        None => Pinned::of_version(text),
    }
}
