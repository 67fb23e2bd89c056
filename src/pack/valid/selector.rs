//! Which settings a check is about.

use std::collections::BTreeMap;

use super::Author;
use crate::document::Located;
use crate::pack::written::{
    Certainty, Exposed, ParityOf, WrittenAgree, WrittenDiffer, WrittenParity, WrittenSelector,
};
use crate::pack::{Agree, AgreeOn, Differ, EnvironmentName, Mark, Parity, Selector, words};
use crate::source::suggest;

/// Lists of hosts that the engine knows by itself.
const COMPUTED: [&str; 2] = ["private", "refused"];

/// A selector that asks something; `each` is looked at by its subject.
pub(super) fn selector(written: &Located<WrittenSelector>, author: &mut Author<'_>) -> Selector {
    let one = &written.value;
    for host in &one.host.0 {
        host_list(host, author);
    }
    let selector = Selector {
        environment: one.environment.0.iter().filter_map(|name| author.environment(name)).collect(),
        role: one.role.0.iter().filter_map(|name| author.role(name)).collect(),
        kind: one.kind.0.clone(),
        name: names(&one.name.0, author),
        name_has: names(&one.name_has.0, author),
        home: one.home.0.clone(),
        host: one.host.0.iter().map(|host| host.value.clone()).collect(),
        scheme: one.scheme.0.clone(),
        value: one.value.0.iter().filter_map(|pattern| author.pattern(pattern)).collect(),
        origin: one.origin.0.clone(),
        marks: marks(one),
        area: one.r#in.unwrap_or_default(),
        by: one.by.0.clone(),
        not: one.not.0.iter().map(|other| exception(other, author)).collect(),
        says: one.says.as_ref().and_then(|text| says(text, author)),
    };
    let patterns = one.name.0.len() + one.name_has.0.len() + one.value.0.len();
    let asked = one.environment.0.len() + one.role.0.len() + patterns;
    if selector.specificity() == 0 && asked == 0 && !written.absent {
        author.say(written.place(), "a selector asks for something");
    }
    selector
}

/// What is not meant: it speaks of the setting alone, not of where to look or what to say.
fn exception(written: &Located<WrittenSelector>, author: &mut Author<'_>) -> Selector {
    let one = &written.value;
    let elsewhere = !one.environment.0.is_empty()
        || one.r#in.is_some()
        || one.says.is_some()
        || one.each.is_some()
        || !one.not.0.is_empty();
    if elsewhere {
        author.say(written.place(), "`not` holds conditions of the setting alone");
    }
    selector(written, author)
}

/// The questions of a selector with the answers that it means.
fn marks(one: &WrittenSelector) -> BTreeMap<Mark, bool> {
    let certain = one.certainty.map(|certainty| match certainty {
        Certainty::Certain => true,
        Certainty::Guess => false,
    });
    let asked = [
        (Mark::Empty, one.empty),
        (Mark::Exposed, one.exposed.map(|Exposed::Client| true)),
        (Mark::OfProvider, one.of_provider),
        (Mark::Signs, one.signs),
        (Mark::Certain, certain),
        (Mark::Tracked, one.tracked),
        (Mark::Duplicate, one.duplicate),
        (Mark::Misspelt, one.misspelt),
        (Mark::OddBoolean, one.odd_boolean),
        (Mark::CardNumber, one.card_number),
        (Mark::Space, one.space),
        (Mark::Malformed, one.malformed),
        (Mark::Placeholder, one.placeholder),
        (Mark::Sample, one.sample),
        (Mark::TestValue, one.test_value),
        (Mark::Misplaced, one.misplaced),
    ];
    asked.into_iter().filter_map(|(mark, answer)| Some((mark, answer?))).collect()
}

/// Names by their words.
fn names(written: &[Located<String>], author: &mut Author<'_>) -> Vec<Vec<String>> {
    let mut names = Vec::new();
    for one in written.iter().filter(|one| !one.absent) {
        let words = words(&one.value);
        if words.is_empty() {
            author.say(one.span, "a name is told by its words, as in `app debug`");
        } else {
            names.push(words);
        }
    }
    names
}

/// What a finding says: the rest of a sentence that begins with the setting's name.
fn says(written: &Located<String>, author: &mut Author<'_>) -> Option<String> {
    if written.absent {
        return None;
    }
    let text = written.value.trim();
    let plain = text.replace("{value}", "");
    if text.is_empty() || text.chars().count() > 100 || text.chars().any(char::is_control) {
        author.say(written.span, "what a finding says is one short line");
        return None;
    }
    if plain.contains(['{', '}']) {
        author.say(written.span, "a finding can say `{value}` and nothing else in braces");
        return None;
    }
    Some(text.to_owned())
}

/// The name of a list, or a host.
fn host_list(host: &Located<String>, author: &mut Author<'_>) {
    if host.absent || host.value.contains('.') {
        return;
    }
    let lists = [author.pack, "core"].into_iter().filter_map(|pack| author.index.packs.get(pack));
    let mut known: Vec<&str> =
        lists.flat_map(|one| one.hosts.lists.keys()).map(String::as_str).collect();
    known.extend(COMPUTED);
    known.sort_unstable();
    known.dedup();
    let unread =
        author.index.packs.get("core").is_none_or(|core| !core.readable) || author.own().is_none();
    if !known.contains(&host.value.as_str()) && !unread {
        let message = format!("there is no list of hosts `{}`", host.value);
        author.say_with(host.span, message, suggest(&host.value, &known));
    }
}

/// The two sides of a comparison.
fn between(
    written: &[Located<String>; 2],
    author: &mut Author<'_>,
) -> Option<(EnvironmentName, EnvironmentName)> {
    let [left, right] = written;
    let sides = (author.environment(left)?, author.environment(right)?);
    if sides.0 == sides.1 {
        author.say(right.span, "the two sides are the same");
        return None;
    }
    Some(sides)
}

/// Values that must differ.
pub(super) fn differ(written: &Located<WrittenDiffer>, author: &mut Author<'_>) -> Option<Differ> {
    let one = &written.value;
    let roles = one.role.0.iter().filter_map(|name| author.role(name)).collect();
    one_of(written, (one.role.0.len(), one.kind.0.len()), ("role", "kind"), author);
    let between = between(&one.between, author)?;
    Some(Differ { roles, kinds: one.kind.0.clone(), between })
}

/// Values that must belong together.
pub(super) fn agree(written: &Located<WrittenAgree>, author: &mut Author<'_>) -> Agree {
    let one = &written.value;
    one_of(written, (one.roles.0.len(), one.kinds.0.len()), ("roles", "kinds"), author);
    let roles = one.roles.0.iter().filter_map(|name| author.role(name)).collect();
    if one.on == AgreeOn::Value && one.roles.0.len() < 2 && !written.absent {
        author.say(written.place(), "to agree on a value, name two `roles` at least");
    }
    Agree { roles, kinds: one.kinds.0.clone(), on: one.on }
}

/// Exactly one of two keys says something.
fn one_of<T>(
    written: &Located<T>,
    counts: (usize, usize),
    words: (&str, &str),
    author: &mut Author<'_>,
) {
    if (counts.0 == 0) == (counts.1 == 0) && !written.absent {
        let message = format!("either `{}` or `{}` is given", words.0, words.1);
        author.say(written.place(), message);
    }
}

/// What both sides must have.
pub(super) fn parity(written: &Located<WrittenParity>, author: &mut Author<'_>) -> Option<Parity> {
    let one = &written.value;
    let of_roles = match one.of {
        ParityOf::Roles => true,
        ParityOf::Names => false,
    };
    let mut except = Vec::new();
    for name in &one.except.0 {
        if of_roles {
            except.extend(author.role(name).map(|role| role.to_string()));
        } else {
            except.push(name.value.clone());
        }
    }
    let (between, kinds) = (between(&one.between, author)?, one.kinds.0.clone());
    Some(Parity { between, of_roles, kinds, except })
}
