use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;
use crate::document::{Entry, Key, Style, Value};

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Pack {
    title: String,
    #[serde(default)]
    roles: BTreeMap<String, Role>,
    #[serde(default)]
    steps: Vec<Step>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Role {
    kind: Located<Kind>,
    #[serde(default)]
    names: OneOrMany<String>,
    min_length: Option<u32>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Step {
    name: Located<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    PublicKey,
    Credential,
}

/// A tree of `{key: value, [item], 12, word}`: just enough to write one down with places.
struct Small<'a> {
    text: &'a str,
    at: usize,
}

impl Small<'_> {
    fn node(&mut self) -> Node {
        self.space();
        let start = self.at;
        let value = match self.text.as_bytes()[self.at] {
            b'{' => Value::Map(self.list(b'}', |one| {
                let key = one.word();
                one.at += 1;
                Entry { key, node: one.node(), merged: false }
            })),
            b'[' => Value::List(self.list(b']', Self::node)),
            _ => {
                let word = self.word().text;
                match word.parse() {
                    Ok(number) => Value::Int(number),
                    Err(_) => Value::Text { text: word, style: Style::Plain },
                }
            }
        };
        Node::new(Span::new(start, self.at), value)
    }

    fn list<T>(&mut self, close: u8, item: fn(&mut Self) -> T) -> Arc<[T]> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            self.space();
            if self.text.as_bytes()[self.at] == close {
                self.at += 1;
                return items.into();
            }
            items.push(item(self));
        }
    }

    fn word(&mut self) -> Key {
        let rest = &self.text[self.at..];
        let end = rest.find([':', ',', '}', ']', ' ', '\n']).unwrap_or(rest.len());
        let span = Span::new(self.at, self.at + end);
        self.at += end;
        Key { span, text: rest[..end].into() }
    }

    fn space(&mut self) {
        while self.text[self.at..].starts_with([' ', ',', '\n']) {
            self.at += 1;
        }
    }
}

/// The value, and `place: message (help)` of each mistake, the place as it is written.
fn read(text: &str) -> (Option<Pack>, Vec<String>) {
    let root = Small { text, at: 0 }.node();
    let source = Arc::new(SourceText::new("pack.yaml", text));
    let (pack, found) = decode(&root, &source);
    let shown = found.iter().map(|one| {
        let help = one.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}: {}{help}", one.place().of(text), one.message)
    });
    (pack, shown.collect())
}

#[test]
fn a_right_file_decodes_with_places() {
    let text = "{title: Pay, roles: {key: {kind: credential, names: PAY_KEY}}, steps: [{name: a}]}";
    let (pack, found) = read(text);
    assert!(found.is_empty(), "{found:?}");
    let pack = pack.unwrap();
    let kind = &pack.roles["key"].kind;
    assert_eq!(kind.span.of(text), "credential");
    assert_eq!(kind.key.unwrap().of(text), "kind");
    assert_eq!(pack.roles["key"].names.0, ["PAY_KEY"]);
}

#[test]
fn every_mistake_of_a_file_is_said_at_its_place() {
    let (pack, found) = read(
        "{titel: Pay, roles: {key: {kind: credentail, names: [A, [B]]}, id: {names: C}, x: 1}, \
         steps: [{name: a}, {nam: b}, c], title: T, title: U}",
    );
    assert_eq!(
        found,
        [
            "titel: unknown key `titel` (did you mean `title`? known are `title`, `roles`, `steps`)",
            "credentail: unknown word `credentail` (did you mean `credential`? known are \
             `public-key`, `credential`)",
            "[B]: expected text, found a list",
            "id: the key `kind` is missing",
            "1: expected a map, found a whole number",
            "nam: unknown key `nam` (did you mean `name`? known are `name`)",
            "c: expected a map, found text",
            "title: the key `title` stands twice",
        ]
    );
    let pack = pack.unwrap();
    assert_eq!(pack.title, "U");
    assert!(pack.roles["id"].kind.absent && !pack.roles.contains_key("x"));
}

#[test]
fn a_missing_key_of_the_root_hides_no_other_mistake() {
    let (pack, found) = read("{roles: {key: {kind: credential, min-length: 4.5.6}}}");
    assert_eq!(
        found,
        [
            "roles: the key `title` is missing",
            "4.5.6: expected a whole number from 0 up, found text"
        ]
    );
    assert_eq!(pack.unwrap().title, "");
}

#[test]
fn values_that_are_no_plain_words_are_not_quoted() {
    let secret = ["k3y", "9f8e7d6c5b"].join("");
    let (_, found) =
        read(&format!("{{title: T, roles: {{key: {{kind: {secret}}}}}, {secret}: 1}}"));
    assert_eq!(found.len(), 2, "{found:?}");
    for message in &found {
        let (_, message) = message.split_once(": ").unwrap();
        assert!(!message.contains("9f8e"), "{message}");
    }
}

#[test]
fn what_cannot_be_mended_ends() {
    let (pack, found) = read("[a]");
    assert!(pack.is_none());
    assert_eq!(found, ["[a]: expected a map, found a list"]);
    let (_, found) = read("{title: T, roles: {key: [credential, A, 1]}}");
    assert_eq!(found, ["[credential, A, 1]: expected a map, found a list"]);
}
