//! Go modules.

use super::gathered::Gathered;
use super::pin::{Pin, Pinned, is_version};

/// Reads a `go.mod`. What the project only has because others need it is left out.
/// <https://go.dev/ref/mod#go-mod-file>
pub(super) fn manifest(gathered: &mut Gathered<'_>) {
    let mut block: Option<&str> = None;
    let mut replaced: Vec<(&str, &str)> = Vec::new();
    for line in gathered.text.lines() {
        let (told, comment) = line.split_once("//").unwrap_or((line, ""));
        let told = told.trim();
        if told == ")" {
            block = None;
            continue;
        }
        let (word, rest) = told.split_once([' ', '\t']).unwrap_or((told, ""));
        if rest.trim() == "(" {
            block = Some(word);
            continue;
        }
        let (word, rest) = block.map_or((word, rest), |block| (block, told));
        if word == "replace" {
            replaced.extend(rest.split_once("=>"));
        }
        let mut parts = rest.split_whitespace();
        if let (Some(name), Some(version)) = (parts.next(), parts.next())
            && word == "require"
            && comment.trim() != "indirect"
        {
            gathered.add_at(name, pinned(version), version);
        }
    }
    for (name, by) in replaced {
        replace(gathered, name, by.trim());
    }
}

fn replace(gathered: &mut Gathered<'_>, name: &str, by: &str) {
    let name = name.split_whitespace().next().unwrap_or_default();
    let mut parts = by.split_whitespace();
    let target = parts.next().unwrap_or_default();
    let (by, part) = match parts.next() {
        Some(version) => (pinned(version), version),
        None => (Pinned::new(Pin::Path, target), target),
    };
    let span = gathered.place(part);
    gathered.pin_anew(name, &by, span);
}

/// `v1.2.3`, or the time and the commit of a version that has no tag.
/// <https://go.dev/ref/mod#pseudo-versions>
fn pinned(version: &str) -> Pinned {
    let plain = version.trim_end_matches("+incompatible");
    let mut parts = plain.rsplit('-');
    let (commit, time) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let is_commit = commit.len() == 12 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    let time = time.rsplit('.').next().unwrap_or(time);
    let is_time = time.len() == 14 && time.bytes().all(|byte| byte.is_ascii_digit());
    match is_commit && is_time {
        true => Pinned::new(Pin::Commit, commit),
        false if is_version(plain) => Pinned::of_version(version),
        false => Pinned::of_reference(version),
    }
}
