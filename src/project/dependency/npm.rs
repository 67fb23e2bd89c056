//! npm, Yarn and pnpm.

use super::gathered::Gathered;
use super::pin::{Pin, Pinned, after_hash, is_version};
use crate::document::Format;

/// What the program is made of; bundlers take what they need of the second, too.
const SECTIONS: [&str; 3] = ["dependencies", "devDependencies", "optionalDependencies"];

/// Reads a `package.json`.
pub(super) fn manifest(gathered: &mut Gathered<'_>) {
    let Some(root) = gathered.root(Format::Json) else { return };
    for section in SECTIONS.iter().filter_map(|section| root.get(section)) {
        for entry in section.entries() {
            let Some(text) = entry.node.text() else { continue };
            let (name, text) = alias(text).unwrap_or((&entry.key.text, text));
            let span = gathered.place_of(entry);
            gathered.add(name, pinned(text), span);
        }
    }
}

/// The package that another name stands for: `npm:real@^1`.
fn alias(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("npm:")?;
    let at = rest.rfind('@').filter(|at| *at > 0);
    Some(
        at.and_then(|at| rest.split_at_checked(at))
            .map_or((rest, ""), |(name, version)| (name, version.trim_start_matches('@'))),
    )
}

/// <https://docs.npmjs.com/cli/v10/configuring-npm/package-json#dependencies>
fn pinned(text: &str) -> Pinned {
    let text = text.trim();
    let is_path = ["file:", "link:", "portal:", "workspace:", "./", "../", "/", "~/"];
    if let Some(start) = is_path.iter().find(|start| text.starts_with(**start)) {
        let path = if start.ends_with(':') { text.trim_start_matches(start) } else { text };
        return Pinned::new(Pin::Path, path);
    }
    if text.starts_with("catalog:") {
        return Pinned::elsewhere();
    }
    let is_address = text.contains("://") || text.contains('/') || text.starts_with("git@");
    if is_address {
        return after_hash(text);
    }
    if text.is_empty() { Pinned::new(Pin::Range, "*") } else { Pinned::of_version(text) }
}

/// Reads `yarn.lock` of any version.
pub(super) fn yarn(gathered: &mut Gathered<'_>, wanted: &dyn Fn(&str) -> bool) {
    let mut name: Option<&str> = None;
    for line in gathered.text.lines() {
        if !line.starts_with([' ', '#']) && line.ends_with(':') {
            let first = line.trim_matches(['"', ':']).split(',').next().unwrap_or_default();
            let first = first.trim().trim_matches('"');
            name = first.rfind('@').filter(|at| *at > 0).and_then(|_| before_version(first));
        } else if let Some(package) = name
            && let Some(version) = line.trim().strip_prefix("version")
        {
            let version = version.trim_matches([' ', ':', '"']);
            if wanted(package) {
                gathered.add_at(package, Pinned::of_version(version), version);
            }
            name = None;
        }
    }
}

/// The name in `name@range`, `@scope/name@npm:range`.
fn before_version(text: &str) -> Option<&str> {
    let from = usize::from(text.starts_with('@'));
    let at = text.get(from..)?.find('@')?;
    text.get(..from + at)
}

/// Reads `pnpm-lock.yaml` of any version: `/name@1.0.0(peer):`, `/name/1.0.0:`.
pub(super) fn pnpm(gathered: &mut Gathered<'_>, wanted: &dyn Fn(&str) -> bool) {
    for line in gathered.text.lines() {
        let Some(key) = line.strip_prefix("  ").filter(|key| !key.starts_with(' ')) else {
            continue;
        };
        let Some((key, _)) = key.split_once(':') else { continue };
        let key = key.trim_matches(['\'', '"']).trim_start_matches('/');
        let key = key.split('(').next().unwrap_or(key);
        let from = usize::from(key.starts_with('@'));
        let split = key
            .get(from..)
            .and_then(|rest| rest.find('@'))
            .map(|at| from + at)
            .or_else(|| key.rfind('/'));
        let Some((name, version)) = split.and_then(|at| key.split_at_checked(at)) else {
            continue;
        };
        let version = version.trim_start_matches(['@', '/']);
        let version = version.split('_').next().unwrap_or(version);
        if is_version(version) && wanted(name) {
            gathered.add_at(name, Pinned::of_version(version), version);
        }
    }
}
