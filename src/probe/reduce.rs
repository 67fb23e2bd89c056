//! Reduces an answer to the fields that outcomes and captures name, and redacts what is left.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::claims::claims_at;
use super::redact::{Redactor, Word};
use super::sent::Sent;
use crate::expression::Fact;
use crate::pack::words;
use crate::source::Secret;

/// The fields of one exchange that are read, and those whose value is captured.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Chains of names: `["body", "access_token"]`.
    pub(crate) fields: Vec<Vec<String>>,
    /// What is captured.
    pub(crate) captures: Vec<Capture>,
}

/// A value that is handed on.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    /// Its name and its path as the outcome writes them.
    pub(crate) id: (String, String),
    /// Where it stands in the exchange.
    pub(crate) chain: Vec<String>,
}

/// An answer as it came, and what it answers.
#[derive(Clone, Copy)]
pub(crate) struct Whole<'a> {
    pub(crate) headers: &'a [(String, String)],
    pub(crate) body: &'a Fact,
    /// The body of the request.
    pub(crate) sent: &'a Fact,
    /// Where a token stands in the answer: `body.access_token`.
    pub(crate) token: Option<&'a str>,
}

/// What is left of an answer.
#[derive(Debug, Default)]
pub(crate) struct Reduced {
    /// Headers that are read.
    pub(crate) headers: BTreeMap<String, Fact>,
    /// What is read of the body.
    pub(crate) body: Fact,
    /// What is read of the sent body.
    pub(crate) sent: Fact,
    /// What is read of the claims of a token.
    pub(crate) claims: Fact,
    /// Captured values by name and path; in the facts stands `{capture.NAME}` for them.
    pub(crate) captured: BTreeMap<(String, String), Secret>,
}

impl Wanted {
    /// Whether a field of the body is read, so that it has to be JSON.
    pub(crate) fn wants_json(&self) -> bool {
        self.chains()
            .any(|chain| chain.len() > 1 && chain.first().is_some_and(|part| part == "body"))
    }

    /// Reduces an answer, takes captured values out of it, and redacts what is left.
    pub(crate) fn reduce(
        &self,
        &Whole { headers, body, sent, token }: &Whole<'_>,
        redactor: &Arc<Redactor>,
    ) -> Reduced {
        let headers = Fact::Map(gather(headers));
        let claims = token.and_then(|path| claims_at(path, &headers, body)).unwrap_or_default();
        let mut kept_headers = self.part("headers", &headers);
        let mut kept_body = self.part("body", body);
        let mut kept_claims = self.part("claims", &claims);
        let mut kept_sent = self.part("sent", sent);
        let mut captured = BTreeMap::new();
        for Capture { id, chain } in &self.captures {
            let Some((part, chain)) = chain.split_first() else { continue };
            let (whole, kept) = match part.as_str() {
                "headers" => (&headers, &mut kept_headers),
                "body" => (body, &mut kept_body),
                _ => continue,
            };
            if let Some(value) = follow(whole, chain).and_then(text_of) {
                captured.insert(id.clone(), Secret::new(value));
                put(kept, chain, format!("{{capture.{}}}", id.0));
            }
        }
        let labelled = captured.iter();
        let labelled =
            labelled.map(|((name, _), value)| (format!("capture.{name}"), value.clone()));
        let redactor = Redactor::on(redactor, labelled.collect());
        let same = Sent::of(&mut kept_sent);
        for part in [&mut kept_headers, &mut kept_body, &mut kept_claims] {
            same.mark(part);
        }
        for part in [&mut kept_headers, &mut kept_body, &mut kept_claims, &mut kept_sent] {
            hide_by_name(part);
            redactor.fact(part, &|word| match word {
                Word::Key(key) => self.names(key),
                Word::Text(text) => same.is_mark(text),
            });
        }
        let headers = if let Fact::Map(headers) = kept_headers { headers } else { BTreeMap::new() };
        Reduced { headers, body: kept_body, sent: kept_sent, claims: kept_claims, captured }
    }

    /// What the chains that begin with `part` keep of `whole`.
    fn part(&self, part: &str, whole: &Fact) -> Fact {
        let chains = self.chains().filter_map(|chain| {
            chain.split_first().filter(|(first, _)| *first == part).map(|(_, rest)| rest)
        });
        let chains: Vec<&[String]> = chains.collect();
        if chains.is_empty() { Fact::Null } else { keep(whole, &chains) }
    }

    /// Whether a chain holds `key`, which then is a word of the pack and no secret.
    fn names(&self, key: &str) -> bool {
        self.chains().flatten().any(|name| name == key)
    }

    fn chains(&self) -> impl Iterator<Item = &Vec<String>> {
        self.fields.iter().chain(self.captures.iter().map(|capture| &capture.chain))
    }
}

/// Headers by name in lower case; several of one name are joined as HTTP joins them.
fn gather(headers: &[(String, String)]) -> BTreeMap<String, Fact> {
    let mut gathered: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers {
        let known = gathered.entry(name.to_ascii_lowercase()).or_default();
        if !known.is_empty() {
            known.push_str(", ");
        }
        known.push_str(value);
    }
    gathered.into_iter().map(|(name, value)| (name, Fact::Text(value))).collect()
}

/// What `chains` name of `whole`. Where one chain ends at a map and another leads into it, only
/// what is led to is kept: the first asks whether there is a map, or for a text that is not there.
/// A scalar where a chain goes on keeps its type alone, so that `has()` answers as on the whole.
fn keep(whole: &Fact, chains: &[&[String]]) -> Fact {
    let ends = chains.iter().any(|chain| chain.is_empty());
    let leads_on = chains.iter().any(|chain| !chain.is_empty());
    if ends && !(leads_on && matches!(whole, Fact::Map(_))) {
        return whole.clone();
    }
    match whole {
        Fact::Map(entries) => {
            let mut kept = BTreeMap::new();
            for (name, value) in entries {
                let below: Vec<&[String]> = chains
                    .iter()
                    .filter_map(|chain| chain.split_first())
                    .filter(|(first, _)| *first == name)
                    .map(|(_, rest)| rest)
                    .collect();
                if !below.is_empty() {
                    kept.insert(name.clone(), keep(value, &below));
                }
            }
            Fact::Map(kept)
        }
        Fact::Text(_) => Fact::Text(String::new()),
        Fact::List(_) => Fact::List(Vec::new()),
        Fact::Null | Fact::Bool(_) | Fact::Int(_) | Fact::Float(_) => Fact::Null,
    }
}

fn follow<'a>(whole: &'a Fact, chain: &[String]) -> Option<&'a Fact> {
    chain.iter().try_fold(whole, |at, name| entry(at, name))
}

fn entry<'a>(at: &'a Fact, name: &str) -> Option<&'a Fact> {
    if let Fact::Map(entries) = at { entries.get(name) } else { None }
}

fn put(kept: &mut Fact, chain: &[String], text: String) {
    let Some((name, rest)) = chain.split_first() else {
        *kept = Fact::Text(text);
        return;
    };
    if let Fact::Map(entries) = kept
        && let Some(below) = entries.get_mut(name)
    {
        put(below, rest, text);
    }
}

fn text_of(fact: &Fact) -> Option<String> {
    match fact {
        Fact::Text(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Fact::Int(number) => Some(number.to_string()),
        Fact::Null | Fact::Bool(_) | Fact::Float(_) | Fact::List(_) | Fact::Map(_) => None,
    }
}

/// Puts a placeholder where a field's name says that a server hands out a credential that nobody
/// captures.
fn hide_by_name(fact: &mut Fact) {
    match fact {
        Fact::Map(entries) => {
            for (name, value) in entries {
                hide_by_name(value);
                if let Fact::Text(text) = value
                    && names_a_credential(name)
                    && !text.is_empty()
                    && !text.starts_with("{capture.")
                    && !text.starts_with("{sent.")
                {
                    *text = format!("{{answer.{name}}}");
                }
            }
        }
        Fact::List(items) => items.iter_mut().for_each(hide_by_name),
        Fact::Null | Fact::Bool(_) | Fact::Int(_) | Fact::Float(_) | Fact::Text(_) => {}
    }
}

fn names_a_credential(name: &str) -> bool {
    let words = words(name);
    let mut last = words.iter().rev().map(String::as_str);
    match (last.next(), last.next()) {
        (
            Some(
                "token" | "secret" | "password" | "passphrase" | "authorization" | "cookie" | "jwt"
                | "credential" | "credentials" | "signature",
            ),
            _,
        ) => true,
        (Some("key"), Some(before)) => {
            matches!(before, "api" | "access" | "private" | "secret" | "signing" | "encryption")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn chain(text: &str) -> Vec<String> {
        text.split('.').map(str::to_owned).collect()
    }

    fn wanted(fields: &[&str], captures: &[(&str, &str)]) -> Wanted {
        let captures = captures.iter().map(|(name, path)| Capture {
            id: ((*name).to_owned(), (*path).to_owned()),
            chain: chain(path),
        });
        Wanted {
            fields: fields.iter().map(|field| chain(field)).collect(),
            captures: captures.collect(),
        }
    }

    fn reduce(wanted: &Wanted, body: serde_json::Value) -> (String, Reduced) {
        let headers = [
            ("Location".to_owned(), "https://x.y/z".to_owned()),
            ("Set-Cookie".to_owned(), "a=b".to_owned()),
        ];
        let body: Fact = serde_json::from_value(body).unwrap();
        let key = Secret::new("k3y-9f8e7d6c5b");
        let redactor = Arc::new(Redactor::new(vec![("begini/api-key".to_owned(), key)]));
        let whole = Whole { headers: &headers, body: &body, sent: &Fact::Null, token: None };
        let reduced = wanted.reduce(&whole, &redactor);
        (serde_json::to_string(&(&reduced.headers, &reduced.body)).unwrap(), reduced)
    }

    #[test]
    fn only_named_fields_stay() {
        let wanted = wanted(&["body.detail.code", "headers.location", "status"], &[]);
        let body = json!({ "detail": { "code": 5, "text": "private" }, "name": "Jane" });
        let (shown, _) = reduce(&wanted, body);
        assert_eq!(shown, r#"[{"location":"https://x.y/z"},{"detail":{"code":5}}]"#);
        let (shown, _) = reduce(&wanted, json!({ "detail": "private", "name": "Jane" }));
        assert_eq!(shown, r#"[{"location":"https://x.y/z"},{"detail":""}]"#);
        let (shown, _) = reduce(&wanted, json!({ "name": "Jane" }));
        assert_eq!(shown, r#"[{"location":"https://x.y/z"},{}]"#);
        assert!(wanted.wants_json());
        let wanted = self::wanted(&["body.detail", "body.detail.code"], &[]);
        let (shown, _) = reduce(&wanted, json!({ "detail": { "code": 5, "text": "private" } }));
        assert_eq!(shown, r#"[{},{"detail":{"code":5}}]"#);
        let (shown, _) = reduce(&wanted, json!({ "detail": "Cannot connect" }));
        assert_eq!(shown, r#"[{},{"detail":"Cannot connect"}]"#);
    }

    #[test]
    fn captured_values_are_only_in_memory() {
        let wanted = wanted(&["body.url", "body.access_token"], &[("token", "body.access_token")]);
        let body = json!({ "access_token": "tok-a1b2c3d4", "url": "https://s.x/?t=tok-a1b2c3d4" });
        let (shown, reduced) = reduce(&wanted, body);
        assert_eq!(
            shown,
            r#"[{},{"access_token":"{capture.token}","url":"https://s.x/?t={capture.token}"}]"#
        );
        assert_eq!(reduced.captured.values().next(), Some(&Secret::new("tok-a1b2c3d4")));
        assert!(!format!("{reduced:?}").contains("a1b2c3"));
    }

    #[test]
    fn known_secrets_and_handed_out_credentials_are_hidden() {
        let wanted = wanted(&["body", "headers"], &[]);
        let body = json!({
            "detail": "no key k3y-9f8e7d6c5b", "refresh_token": "abc", "n": [{ "apiKey": "x" }]
        });
        let (shown, _) = reduce(&wanted, body);
        assert_eq!(
            shown,
            concat!(
                r#"[{"location":"https://x.y/z","set-cookie":"{answer.set-cookie}"},"#,
                r#"{"detail":"no key {begini/api-key}","n":[{"apiKey":"{answer.apiKey}"}],"#,
                r#""refresh_token":"{answer.refresh_token}"}]"#
            )
        );
    }
}
