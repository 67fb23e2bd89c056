//! Which settings a check is about, in words.

use std::fmt::Display;

use crate::pack::{Area, By, Home, Kind, Origin, Selector};

/// The settings that a selector means: `every credential in force in production that belongs to
/// sandbox`.
pub(super) fn settings(selector: &Selector) -> String {
    let mut words = vec![what(selector)];
    words.push(match selector.area {
        Area::Profiles => "in force".to_owned(),
        Area::Tree => "in any file".to_owned(),
    });
    let mut say = |lead: &str, choices: Vec<String>| {
        if !choices.is_empty() {
            words.push(format!("{lead} {}", choices.join(" or ")));
        }
    };
    say("in", texts(&selector.environment));
    say("whose value belongs to", map(&selector.home, home));
    say("known by", map(&selector.by, by));
    say("with the host", selector.host.clone());
    say("with the scheme", selector.scheme.clone());
    say("that is", map(&selector.origin, origin));
    words.extend(flags(selector));
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

fn flags(selector: &Selector) -> Vec<String> {
    let flags = [
        (selector.exposed, "that a client can see", "that no client can see"),
        (selector.placeholder, "that is a placeholder", "that is no placeholder"),
        (selector.sample, "that is a published sample", "that is no published sample"),
        (selector.empty, "without a value", "with a value"),
        (selector.certain, "known for certain", "known by a guess only"),
        (selector.tracked, "in a file that git tracks", "in a file that git does not track"),
    ];
    let said = flags.into_iter().filter_map(|(flag, yes, no)| Some(if flag? { yes } else { no }));
    said.map(str::to_owned).collect()
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
    }
}
