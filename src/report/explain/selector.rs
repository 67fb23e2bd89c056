//! Which settings a check is about, in words.

use std::fmt::Display;

use crate::pack::{Area, By, Home, Kind, Mark, Origin, Selector};

/// The settings that a selector means: `every credential in force in production that belongs to
/// sandbox`.
pub(super) fn settings(selector: &Selector) -> String {
    let mut words = vec![what(selector)];
    words.push(match selector.area {
        Area::Profiles => "in force".to_owned(),
        Area::Live => "that may be in force".to_owned(),
        Area::Tree => "in any file".to_owned(),
    });
    let mut say = |lead: &str, choices: Vec<String>| {
        if !choices.is_empty() {
            words.push(format!("{lead} {}", choices.join(" or ")));
        }
    };
    say("whose name ends with", names(&selector.name));
    say("whose name holds", names(&selector.name_has));
    say("in", texts(&selector.environment));
    say("whose value belongs to", map(&selector.home, home));
    say("known by", map(&selector.by, by));
    say("with the host", selector.host.clone());
    say("with the scheme", selector.scheme.clone());
    say(
        "that fits",
        listed(selector.value.iter().map(|one| format!("`{}`", one.as_str())).collect()),
    );
    say("that is", map(&selector.origin, origin));
    words.extend(marks(selector));
    if !selector.not.is_empty() {
        let others: Vec<String> = selector.not.iter().map(settings).collect();
        words.push(format!("(but not {})", others.join(", nor ")));
    }
    words.join(" ")
}

fn what(selector: &Selector) -> String {
    let roles = texts(&selector.role);
    let kinds: Vec<String> = map(&selector.kind, kind);
    match (roles.is_empty(), kinds.is_empty()) {
        (true, true) => "every setting".to_owned(),
        (true, false) => format!("every {}", kinds.join(" or ")),
        (false, true) => roles.join(" or "),
        (false, false) => format!("{} that is a {}", roles.join(" or "), kinds.join(" or ")),
    }
}

fn names(names: &[Vec<String>]) -> Vec<String> {
    listed(names.iter().map(|words| format!("\"{}\"", words.join(" "))).collect())
}

/// The first few of a list, and how many more there are.
fn listed(mut all: Vec<String>) -> Vec<String> {
    const MOST: usize = 6;
    let more = all.len().saturating_sub(MOST);
    if more > 1 {
        all.truncate(MOST);
        all.push(format!("{more} more"));
    }
    all
}

fn marks(selector: &Selector) -> Vec<String> {
    let said = selector.marks.iter().map(|(one, meant)| {
        let (yes, no) = mark(*one);
        if *meant { yes } else { no }
    });
    said.map(str::to_owned).collect()
}

/// A question answered with yes, and with no.
fn mark(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Exposed => ("that a client can see", "that no client can see"),
        Mark::Placeholder => ("that is a placeholder", "that is no placeholder"),
        Mark::Sample => ("that is a published sample", "that is no published sample"),
        Mark::Empty => ("without a value", "with a value"),
        Mark::Certain => ("known for certain", "known by a guess only"),
        Mark::Tracked => ("in a file that git tracks", "in a file that git does not track"),
        Mark::OfProvider => ("of a provider's role", "of no provider's role"),
        Mark::Signs => ("that signs deliveries", "that signs no deliveries"),
        Mark::Duplicate => ("that overrides a line of its own file", "that stands once"),
        Mark::Misspelt => ("that is no word of its mode", "that is a word of its mode"),
        Mark::OddBoolean => ("that is an odd boolean", "that is no odd boolean"),
        Mark::CardNumber => ("that is a card number", "that is no card number"),
        Mark::Space => ("with a stray blank or quote", "without stray blanks and quotes"),
        Mark::Malformed => ("that is no right address", "that is a right address"),
        Mark::TestValue => ("that only works in the sandbox", "that is no test value"),
        Mark::Misplaced => ("with the shape of another role", "without another role's shape"),
    }
}

fn texts<T: Display>(items: &[T]) -> Vec<String> {
    items.iter().map(T::to_string).collect()
}

fn map<T: Copy>(items: &[T], word: fn(T) -> &'static str) -> Vec<String> {
    items.iter().map(|item| word(*item).to_owned()).collect()
}

/// The word of a kind.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Credential => "credential",
        Kind::PublicKey => "public key",
        Kind::Identifier => "identifier",
        Kind::WebhookUrl => "webhook URL",
        Kind::Url => "URL",
        Kind::Mode => "mode",
        Kind::Host => "host",
        Kind::Number => "number",
        Kind::Text => "text",
    }
}

fn home(home: Home) -> &'static str {
    match home {
        Home::Sandbox => "sandbox",
        Home::Production => "production",
        Home::Shared => "both (shared)",
        Home::Contested => "both (contested)",
        Home::Undeclared => "no environment",
    }
}

fn by(by: By) -> &'static str {
    match by {
        By::Pattern => "the provider's pattern",
        By::Host => "its host",
        By::Fingerprint => "its fingerprint",
        By::Identity => "where else it stands",
        By::Word => "a word in it",
    }
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Written => "written in place",
        Origin::Default => "the default of a reference",
        Origin::Merged => "brought in by a merge or an alias",
        Origin::Decoded => "decoded from base64",
        Origin::Variable => "a process variable",
        Origin::Observed => "observed inside the environment",
    }
}
