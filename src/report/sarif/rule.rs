//! A check as a rule.

use serde_json::{Map, Value, json};

use super::result::level;
use crate::pack::Severity;
use crate::report::markdown::escape;
use crate::report::wrap::{clean, prose};
use crate::run::CheckRun;

/// The rule of a check, with why it matters and how to mend it.
pub(super) fn rule(check: &CheckRun) -> Value {
    let (title, why, fix) = (prose(&check.title), prose(&check.why), prose(&check.fix));
    let said = |parts: &[&str]| {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    let mut rule = Map::new();
    let mut add = |key: &str, value: Value| rule.insert(key.to_owned(), value);
    add("id", json!(check.id));
    add("name", json!(name(&check.id.to_string())));
    add("shortDescription", json!({ "text": clean(&title) }));
    add("fullDescription", json!({ "text": clean(&said(&[&title, &why])) }));
    let text = clean(&said(&[&why, &fix]));
    let text = if text.is_empty() { clean(&title) } else { text };
    add("help", json!({ "text": text, "markdown": help(check) }));
    if let Some(link) = check.links.iter().find(|link| is_address(link)) {
        add("helpUri", json!(link));
    }
    add("defaultConfiguration", json!({ "level": level(check.severity) }));
    add(
        "properties",
        json!({
            "tags": ["security", "go-live", check.step, check.who],
            "precision": "very-high",
            "problem.severity": problem(check.severity),
            "security-severity": weight(check.severity),
            "answers": check.answers,
        }),
    );
    Value::Object(rule)
}

fn help(check: &CheckRun) -> String {
    let mut parts = vec![format!("**{}**", escape::text(&prose(&check.title)))];
    for (word, text) in [("Why", prose(&check.why)), ("To do", prose(&check.fix))] {
        if !text.is_empty() {
            parts.push(format!("{word}: {}", escape::text(&text)));
        }
    }
    parts
        .extend(check.links.iter().filter(|link| is_address(link)).map(|link| format!("<{link}>")));
    parts.join("\n\n")
}

/// Whether a pack's link is an address on the web, and nothing that acts.
pub(in crate::report) fn is_address(link: &str) -> bool {
    let plain = |character: char| character.is_ascii_graphic() && !"<>\"'`\\".contains(character);
    link.chars().all(plain) && url::Url::parse(link).is_ok_and(|url| url.scheme() == "https")
}

/// `begini/api-keys-differ` as `BeginiApiKeysDiffer`.
fn name(id: &str) -> String {
    let words = id.split(|one: char| !one.is_alphanumeric());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    words.filter_map(capital).collect()
}

fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker | Severity::Major => "error",
        Severity::Minor => "warning",
        Severity::Info => "recommendation",
    }
}

/// From 9.0 GitHub says critical, from 7.0 high, from 4.0 medium, below low.
fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => "9.0",
        Severity::Major => "7.0",
        Severity::Minor => "4.0",
        Severity::Info => "1.0",
    }
}
