//! A pack's facts.

use std::collections::BTreeMap;

use super::Author;
use super::index::hosts;
use super::signature::signature;
use crate::document::{Located, Ordered};
use crate::expression::Fact;
use crate::pack::written::{
    WrittenHosts, WrittenPack, WrittenRole, WrittenTestValues, WrittenValues,
};
use crate::pack::{
    HostPattern, Kind, Pack, PackOrigin, Role, RoleId, TemplateUse, TestValues, Unset,
    ValuePatterns, is_host_parameter, words,
};
use crate::source::suggest;

/// Validates a pack; what is right of it is kept.
pub(crate) fn pack(written: &WrittenPack, author: &mut Author<'_>, origin: PackOrigin) -> Pack {
    names(written, author);
    check_hosts(&written.hosts, author);
    parameters(written, author);
    for body in written.events.values() {
        for (text, span) in body.texts() {
            author.parts(text, span, TemplateUse::Sending);
        }
    }
    let essential = written.essential.iter().filter_map(|name| author.role(name)).collect();
    let roles = written.roles.iter().map(|(name, one)| (name.clone(), role(name, one, author)));
    let roles = roles.collect();
    Pack {
        id: author.pack.to_owned(),
        title: written.title.clone(),
        homepage: written.homepage.clone(),
        essential,
        roles,
        parameters: written
            .parameters
            .iter()
            .map(|(name, fact)| (name.clone(), fact.value.clone()))
            .collect(),
        choices: choices(written, author),
        kinds: kinds(&written.kinds),
        hosts: hosts(&written.hosts),
        values: values(&written.values, author),
        sentinels: sentinels(&written.sentinels, author),
        test_values: test_values(&written.test_values, author),
        signature: written.signature.as_ref().and_then(|one| signature(one, author)),
        events: written.events.iter().map(|(name, body)| (name.clone(), body.to_json())).collect(),
        dependencies: written.dependencies.clone(),
        codes: None,
        origin,
        digest: String::new(),
        source: std::sync::Arc::clone(&author.source),
    }
}

/// Names that templates, manifests and reports repeat are plain.
fn names(written: &WrittenPack, author: &mut Author<'_>) {
    let roles = written.roles.iter().map(|(name, role)| (name, role.place()));
    let parameters = written.parameters.iter().map(|(name, fact)| (name, fact.place()));
    for (name, place) in roles.chain(parameters).collect::<Vec<_>>() {
        if !is_plain(name) {
            author.say(place, "a name is of small letters, digits and hyphens");
        }
    }
}

/// Whether a name is of small letters, digits and hyphens.
pub(crate) fn is_plain(name: &str) -> bool {
    let plain = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-';
    !name.is_empty() && name.chars().all(plain)
}

fn role(name: &str, written: &Located<WrittenRole>, author: &mut Author<'_>) -> Role {
    let place = written.place();
    let written = &written.value;
    if let (false, Some(first)) = (written.kind == Kind::Mode, written.unset.0.first()) {
        author.say(if first.absent { place } else { first.place() }, "only a mode is unset");
    }
    let unset = written.unset.0.iter().map(|one| Unset {
        means: one.value.means,
        by: one.value.by.clone(),
        link: one.value.link.clone(),
    });
    Role {
        id: RoleId { pack: author.pack.to_owned(), role: name.to_owned() },
        kind: written.kind,
        names: written.names.clone(),
        looks_like: written.looks_like.as_ref().and_then(|pattern| author.pattern(pattern)),
        per_environment: written.per_environment,
        secret: written.secret,
        only: written.only,
        values: values(&written.values, author),
        recognise: written.recognise.0.iter().filter_map(|one| author.pattern(one)).collect(),
        unset: unset.collect(),
    }
}

fn values(written: &WrittenValues, author: &mut Author<'_>) -> ValuePatterns {
    let mut all = |list: &[Located<String>]| {
        list.iter().filter_map(|pattern| author.pattern(pattern)).collect()
    };
    ValuePatterns {
        sandbox: all(&written.sandbox.0),
        production: all(&written.production.0),
        likely_sandbox: all(&written.likely_sandbox.0),
        likely_production: all(&written.likely_production.0),
    }
}

fn test_values(written: &Ordered<WrittenTestValues>, author: &mut Author<'_>) -> Vec<TestValues> {
    let mut all = Vec::new();
    for (what, one) in &written.0 {
        if one.values.0.is_empty() && one.matches.0.is_empty() && !what.absent {
            author.say(what.span, "test values are told by `values` or `matches`");
        }
        all.push(TestValues {
            what: what.value.clone(),
            values: one.values.0.iter().map(|value| value.value.clone()).collect(),
            matches: one.matches.0.iter().filter_map(|text| author.pattern(text)).collect(),
            names: one.names.0.iter().map(|name| words(name)).collect(),
            digits: one.digits,
            inside_base64: one.inside.is_some(),
        });
    }
    all
}

/// The longest endings first, so that the first that fits is the most telling.
fn kinds(written: &BTreeMap<Kind, Vec<String>>) -> Vec<(Vec<String>, Kind)> {
    let each = written.iter().flat_map(|(kind, names)| names.iter().map(|name| (name, *kind)));
    let mut kinds: Vec<_> = each.map(|(name, kind)| (words(name), kind)).collect();
    kinds.sort_by(|left, right| right.0.len().cmp(&left.0.len()).then(left.cmp(right)));
    kinds
}

fn sentinels(written: &[Located<String>], author: &mut Author<'_>) -> Vec<String> {
    for one in written {
        let digest = one.value.strip_prefix("sha256:");
        let hex = |text: &str| text.len() == 64 && text.bytes().all(|one| one.is_ascii_hexdigit());
        if digest.is_some_and(|digest| !hex(digest)) {
            author.say(one.span, "a digest is `sha256:` and 64 hex digits");
        } else if one.value.is_empty() && !one.absent {
            author.say(one.span, "a sample value holds something");
        }
    }
    written.iter().map(|one| one.value.clone()).collect()
}

fn check_hosts(written: &WrittenHosts, author: &mut Author<'_>) {
    let lists = written.lists.values().flatten();
    let own = written.sandbox.iter().chain(&written.production).chain(&written.shared);
    let refused = written.refused.0.iter().map(|(host, _)| host);
    for host in own.chain(lists).chain(refused) {
        let pattern = HostPattern::new(&host.value);
        let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '.' | '_' | ':');
        if host.absent {
            continue;
        }
        if host.value.contains("://") {
            author.say(host.span, "a host stands without `https://`");
        } else if pattern.host.is_empty() || !pattern.host.chars().all(plain) {
            author.say(host.span, "this is no host; write `host`, `*.host` or `host/path`");
        }
    }
}

/// What a parameter may be: its default is among the choices, and there is something to choose.
fn choices(written: &WrittenPack, author: &mut Author<'_>) -> BTreeMap<String, Vec<Fact>> {
    let mut all = BTreeMap::new();
    for (name, choices) in &written.choices {
        let Some(first) = choices.first() else { continue };
        let known: Vec<Fact> = choices.iter().map(|one| one.value.clone()).collect();
        match written.parameters.get(name) {
            None => {
                let names: Vec<&str> = written.parameters.keys().map(String::as_str).collect();
                let message = format!("`choices` of an unknown parameter `{name}`");
                author.say_with(first.span, message, suggest(name, &names));
            }
            Some(default) if !default.absent && !known.contains(&default.value) => {
                author.say(default.place(), "the default is none of the parameter's `choices`");
            }
            Some(_) => {}
        }
        if known.len() == 1 && !first.absent {
            author.say(first.span, "a single choice is no choice");
        }
        all.insert(name.clone(), known);
    }
    all
}

/// A parameter that names a host may only choose among the pack's hosts.
fn parameters(written: &WrittenPack, author: &mut Author<'_>) {
    let own = hosts(&written.hosts);
    for (name, fact) in &written.parameters {
        match &fact.value {
            Fact::Text(host) if is_host_parameter(name) && !own.knows(host) => {
                let message = "this host is none of the pack's hosts";
                let help = "name it under `hosts` as sandbox, production or shared";
                author.say_with(fact.span, message, Some(help.to_owned()));
            }
            Fact::Null if !fact.absent => author.say(fact.place(), "a parameter has a default"),
            Fact::List(_) | Fact::Map(_) => {
                author.say(fact.place(), "a parameter is a text, a number, true or false");
            }
            Fact::Text(_) | Fact::Null | Fact::Bool(_) | Fact::Int(_) | Fact::Float(_) => {}
        }
    }
}
