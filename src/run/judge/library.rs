//! `library`: no built library in the tree holds such a text.

use super::super::judgement::{Judgement, Key, Raw, seen};
use super::super::outcome::{Basis, Result};
use super::super::view::View;
use crate::pack::{BuiltTexts, Check};
use crate::project::Libraries;

/// Judges the built libraries of the tree.
pub(super) fn judge(view: &View<'_>, check: &Check, texts: &BuiltTexts) -> Judgement {
    let root = view.project.tree.root();
    let libraries = Libraries::below(root, &texts.within, &texts.holds);
    let mut findings: Vec<Raw> = Vec::new();
    for built in &libraries.texts {
        let mut found = texts.matches.iter().flat_map(|pattern| pattern.find_all(&built.text));
        let Some(place) = found.next().and_then(|range| built.text.get(range)) else { continue };
        let path = view.mask.shown(&built.path);
        let message = format!("{path} holds {}, {}", view.mask.shown(place), texts.says);
        if !findings.iter().any(|known| known.message == message) {
            findings.push(finding(check, message));
        }
    }
    match libraries.unread {
        _ if !findings.is_empty() => Judgement::fail(Basis::File, findings),
        Some(why) => Judgement::unknown("unreadable", view.mask.shown(&why)),
        None if libraries.files == 0 => {
            let why = format!("no folder here ends with {}", texts.within.join(" or "));
            Judgement::other(Result::Skipped, "not used here", why)
        }
        None => {
            let message = format!("nothing of it in {} files of libraries", libraries.files);
            Judgement::pass(Basis::File, vec![seen(message)])
        }
    }
}

/// A finding about a file without lines.
fn finding(check: &Check, message: String) -> Raw {
    let key = Key::Missing { environment: String::new(), slot: format!("{} {message}", check.id) };
    Raw { identity: message.clone(), ..Raw::about(key, message) }
}
