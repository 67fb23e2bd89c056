//! Lock files in JSON, of which only what stands around a name that matters is looked at: they are
//! the largest files of many a project.

use super::gathered::Gathered;
use super::pin::Pinned;
use crate::source::Span;

/// Reads entries such as `"node_modules/stripe": {"version": "1.0.0"`, as `package-lock.json` and
/// `Pipfile.lock` have them; `names` are the places of names that matter.
pub(super) fn maps(gathered: &mut Gathered<'_>, names: &[Span]) {
    for place in names {
        let Some(name) = whole(gathered.text, *place, "node_modules/") else { continue };
        let Some(inside) = after(gathered.text, *place, '{') else { continue };
        if let Some(version) = version(inside.split('}').next().unwrap_or(inside)) {
            gathered.add_at(name, Pinned::of_version(version), version);
        }
    }
}

/// Reads entries such as `"name": "stripe/stripe-php", "version": "v1.0.0"`, as `composer.lock` has
/// them.
pub(super) fn lists(gathered: &mut Gathered<'_>, names: &[Span]) {
    for place in names {
        let Some(name) = whole(gathered.text, *place, "") else { continue };
        let before = gathered.text.get(..place.start_offset()).unwrap_or_default();
        let is_name = before.trim_end_matches('"').trim_end().ends_with(':')
            && before.trim_end_matches(['"', ':', ' ']).ends_with("\"name");
        let Some(next) = after(gathered.text, *place, ',').filter(|_| is_name) else { continue };
        if let Some(version) = version(next) {
            gathered.add_at(name, pinned(version), version);
        }
    }
}

fn pinned(version: &str) -> Pinned {
    match version.strip_prefix("dev-") {
        Some(branch) => Pinned::new(super::Pin::Branch, branch),
        None => Pinned::of_version(version),
    }
}

/// The name at `place`, where quotes enclose it and nothing else but `before`.
fn whole<'a>(text: &'a str, place: Span, before: &str) -> Option<&'a str> {
    let left = text.get(..place.start_offset())?;
    let opens = left.ends_with('"')
        || (!before.is_empty()
            && left.strip_suffix(before).is_some_and(|left| left.ends_with('"')));
    let closes = text.get(place.end_offset()..)?.starts_with('"');
    (opens && closes).then(|| place.of(text))
}

/// What follows the quote after `place`, a colon where a map opens, and `mark`; at most so much of
/// it as an entry takes.
fn after(text: &str, place: Span, mark: char) -> Option<&str> {
    let rest = text.get(place.end_offset() + 1..)?.trim_start();
    let rest = if mark == '{' { rest.strip_prefix(':')?.trim_start() } else { rest };
    let rest = rest.strip_prefix(mark)?;
    let mut end = rest.len().min(MOST);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    rest.get(..end)
}

/// So many bytes of an entry are looked at for its version.
const MOST: usize = 2_000;

fn version(entry: &str) -> Option<&str> {
    let (_, rest) = entry.split_once("\"version\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    rest.split('"').next().filter(|version| !version.is_empty())
}
