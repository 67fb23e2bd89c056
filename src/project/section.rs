//! What a key says of the environment of everything below it.

use super::environment::PROFILE;
use super::place;
use super::words::{class_of_word, environment_name, is_weak};
use crate::document::{Entry, Node, Value};
use crate::pack::{Class, words};

/// What a structure says of the environment of what lies in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// Nothing: the file's name and content tell.
    #[default]
    File,
    /// It is the base of the sections beside it.
    Shared,
    /// It is of this environment.
    Environment {
        /// Its name.
        name: String,
        /// Its class.
        class: Class,
        /// By what, in a few words.
        rule: String,
        /// Whether the place also keeps its own secrets of the same name, as the jobs of a code
        /// host do for each environment.
        own_secrets: bool,
    },
}

/// What `entry` says, beside its `siblings` and below a key called `within`.
pub(super) fn of_entry(entry: &Entry, siblings: &[Entry], within: &str) -> Scope {
    let key = &*entry.key.text;
    let beside = || {
        siblings.iter().any(|other| {
            let same = other.key.text == entry.key.text;
            !same && holds_values(&other.node) && named(&other.key.text).is_some()
        })
    };
    if let Some((word, class)) = named(key) {
        let sure = is_collection(&entry.node) && (!is_weak(&word) || HOLDERS.contains(&within));
        if holds_values(&entry.node) && (sure || beside()) {
            let name = environment_name(&word);
            let rule = "section of a file".to_owned();
            return Scope::Environment { name, class, rule, own_secrets: false };
        }
    }
    let is_base = BASES.contains(&&*key.to_ascii_lowercase()) && is_collection(&entry.node);
    if is_base && beside() { Scope::Shared } else { Scope::File }
}

/// A flat key that begins with a profile (`%prod.pay.key`): the profile, what it says of the
/// environment, and the key that follows it. <https://quarkus.io/guides/config-reference#profiles>
pub(super) fn of_prefix(key: &str) -> Option<(&str, Scope, &str)> {
    let (profile, rest) = key.split_once('.').filter(|_| key.starts_with('%'))?;
    let (name, class) = place::of_value(profile.strip_prefix('%')?.split(',').next()?)?;
    // what has no profile in the same file is its base
    let rule = PROFILE.to_owned();
    Some((profile, Scope::Environment { name, class, rule, own_secrets: false }, rest))
}

/// The one environment word of a key that says nothing else: `production`, `env_production`,
/// `deploy-preview`, `stagingConfig`.
pub(super) fn named(key: &str) -> Option<(String, Class)> {
    if key.len() > LONGEST {
        return None;
    }
    let mut told = None;
    for word in words(key) {
        match class_of_word(&word) {
            Some(_) if told.is_some() => return None,
            Some(class) => told = Some((word, class)),
            None if FILLERS.contains(&&*word) => {}
            None => return None,
        }
    }
    told
}

fn is_collection(node: &Node) -> bool {
    matches!(node.value, Value::Map(_) | Value::List(_))
}

/// Whether a node can be what one of several environments holds: `sandbox: true` is a switch.
fn holds_values(node: &Node) -> bool {
    match &node.value {
        Value::Map(_) | Value::List(_) | Value::Text { .. } => true,
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => false,
    }
}

/// No key that names an environment is longer.
const LONGEST: usize = 40;

/// Keys that hold a section for each environment.
const HOLDERS: [&str; 12] = [
    "env",
    "envs",
    "environment",
    "environments",
    "stages",
    "context",
    "contexts",
    "profiles",
    "params",
    "custom",
    "targets",
    "deployments",
];

/// Words beside an environment word in a key.
const FILLERS: [&str; 15] = [
    "env",
    "environment",
    "config",
    "configuration",
    "settings",
    "vars",
    "variables",
    "values",
    "profile",
    "deploy",
    "context",
    "options",
    "params",
    "mode",
    "keys",
];

/// Sections that the others build on.
const BASES: [&str; 5] = ["default", "defaults", "common", "shared", "base"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, parse};

    fn told(text: &str, within: &str) -> Vec<Option<String>> {
        let parsed = parse(Format::Yaml, text);
        let entries = parsed.documents[0].root.entries();
        let name = |entry: &Entry| match of_entry(entry, entries, within) {
            Scope::Environment { name, .. } => Some(name),
            Scope::Shared => Some("shared".to_owned()),
            Scope::File => None,
        };
        entries.iter().map(name).collect()
    }

    #[test]
    fn a_flat_key_may_begin_with_a_profile() {
        let told = of_prefix("%prod,eu.pay.key").map(|(profile, scope, key)| {
            let production = matches!(scope, Scope::Environment { class: Class::Production, .. });
            (profile, production, key)
        });
        assert_eq!(told, Some(("%prod,eu", true, "pay.key")));
        assert!(of_prefix("prod.pay.key").is_none() && of_prefix("%tax.rate").is_none());
    }

    #[test]
    fn a_section_is_told_from_a_switch_and_from_a_word() {
        let of = |names: &[&str]| -> Vec<Option<String>> {
            names.iter().map(|one| (!one.is_empty()).then(|| (*one).to_owned())).collect()
        };
        assert_eq!(told("default: {a: 1}\nproduction: {a: 2}", ""), of(&["shared", "production"]));
        assert_eq!(told("sandbox: true\nlive: false", ""), of(&["", ""]));
        assert_eq!(told("sandbox: https://a\nlive: https://b", ""), of(&["sandbox", "production"]));
        assert_eq!(told("test: jest\nbuild: vite", ""), of(&["", ""]));
        assert_eq!(told("demo: {url: x}\nname: y", ""), of(&["", ""]));
        assert_eq!(told("demo: {url: x}", "environments"), of(&["demo"]));
        assert_eq!(told("env_production: {A: x}", ""), of(&["production"]));
        assert_eq!(told("isProduction: {A: x}", ""), of(&[""]));
        assert_eq!(
            told("deploy-preview: {A: x}\nproduction: {A: y}", "context"),
            of(&["preview", "production"])
        );
    }
}
