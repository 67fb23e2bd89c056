//! From documents to settings: which scalars of a tree are settings, and what they are called.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine};

use super::home::HomeOf;
use super::place::is_mapping;
use super::purpose::Purpose;
use super::reference;
use super::resolve;
use super::setting::{Setting, SettingValue, StandsIn, Step};
use crate::document::{Document, Node, Parsed, Style, Value};
use crate::pack::Origin;
use crate::source::{Secret, SourceText, Span};

/// A scalar with the keys that lead to it.
struct Found<'a> {
    keys: Vec<Arc<str>>,
    node: &'a Node,
    trail: Vec<(&'static str, Span)>,
    merged: bool,
    overridden: bool,
}

/// The settings of a file, in order of place. Names are keys joined by `.`; an item of a list of
/// names and values (`- key: A`, `value: b`) is called by its name.
pub(super) fn settings(
    source: &Arc<SourceText>,
    purpose: Purpose,
    parsed: &Parsed,
) -> Vec<Setting> {
    let mut settings = Vec::new();
    for Document { root, .. } in &parsed.documents {
        let mut way = Way::default();
        way.gather(root);
        let is_secret = root.get("kind").and_then(Node::text) == Some("Secret");
        settings.extend(way.found.iter().map(|found| {
            let mut setting = setting(source, purpose, found);
            if is_secret && found.keys.first().is_some_and(|key| &**key == "data") {
                decode(&mut setting);
            }
            setting
        }));
    }
    settings
}

/// What stands under `data` of a Kubernetes Secret is in base64. What is not stays as it is.
/// <https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data>
fn decode(setting: &mut Setting) {
    let bytes = setting.literal().and_then(|value| BASE64_STANDARD.decode(value.expose()).ok());
    let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else { return };
    let text = text.trim_end_matches(['\n', '\r']);
    setting.origin = Origin::Decoded;
    setting.value = if text.is_empty() {
        SettingValue::Empty
    } else {
        SettingValue::Literal(Secret::new(text))
    };
}

/// The way from the root of a document to where the reading stands.
#[derive(Default)]
struct Way<'a> {
    keys: Vec<Arc<str>>,
    trail: Vec<(&'static str, Span)>,
    merged: bool,
    overridden: bool,
    found: Vec<Found<'a>>,
}

impl<'a> Way<'a> {
    /// Depth is bounded by the reader of the document, so this may call itself.
    fn gather(&mut self, node: &'a Node) {
        let arrived = self.trail.len();
        self.trail.extend(node.via.iter().map(|span| ("alias", *span)));
        match &node.value {
            Value::Map(entries) => {
                let last: BTreeMap<&str, usize> = entries
                    .iter()
                    .enumerate()
                    .map(|(index, one)| (&*one.key.text, index))
                    .collect();
                for (index, entry) in entries.iter().enumerate() {
                    let (merged, overridden) = (self.merged, self.overridden);
                    self.merged |= entry.merged;
                    self.overridden |= last.get(&*entry.key.text) != Some(&index);
                    self.below(&entry.key.text, |way| way.gather(&entry.node));
                    (self.merged, self.overridden) = (merged, overridden);
                }
            }
            Value::List(items) => {
                for item in items.iter() {
                    self.gather_item(item);
                }
            }
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text { .. } => {
                self.take(node);
            }
        }
        self.trail.truncate(arrived);
    }

    /// An item of a list: named by its own `name` or `key` where it has one.
    fn gather_item(&mut self, item: &'a Node) {
        let name = ["name", "key"].iter().find_map(|key| item.get(key)?.text());
        let value = ["value"].iter().chain(&OUTSIDE).find_map(|key| item.entry(key));
        if let (Some(name), Some(value)) = (name, value) {
            self.below(&name.into(), |way| {
                if &*value.key.text == "value" {
                    way.gather(&value.node);
                } else {
                    way.below(&value.key.text, |way| way.take(&value.node));
                }
            });
        } else if let Some((name, _)) = item.text().and_then(assignment) {
            self.below(&name.into(), |way| way.take(item));
        } else {
            self.gather(item);
        }
    }

    fn below(&mut self, key: &Arc<str>, act: impl FnOnce(&mut Self)) {
        self.keys.push(Arc::clone(key));
        act(self);
        self.keys.pop();
    }

    fn take(&mut self, node: &'a Node) {
        self.found.push(Found {
            keys: self.keys.clone(),
            node,
            trail: self.trail.clone(),
            merged: self.merged,
            overridden: self.overridden,
        });
    }
}

/// `NAME=value` as one item of a list, as compose files write it.
fn assignment(text: &str) -> Option<(&str, usize)> {
    let (name, _) = text.split_once('=')?;
    let named = !name.is_empty()
        && name.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '_' | '.' | '-'));
    named.then_some((name, name.len() + 1))
}

fn setting(source: &Arc<SourceText>, purpose: Purpose, found: &Found<'_>) -> Setting {
    let (name, outside) = match found.keys.split_last() {
        Some((last, before)) if OUTSIDE.contains(&&**last) && !before.is_empty() => {
            (before.join("."), true)
        }
        _ => (found.keys.join("."), false),
    };
    let mapped = is_mapping(source.path().rsplit('/').next().unwrap_or_default());
    let (value, span) = if let Some(text) = found.node.text().filter(|_| mapped) {
        let text = format!("${{{text}}}");
        (SettingValue::Reference { text, identity: false }, found.node.inner(source.text()))
    } else if outside {
        let text = format!("{} {name}", source.path());
        (SettingValue::Reference { text, identity: false }, found.node.span)
    } else {
        value_of(source, found.node, found.keys.last().map_or("", |key| &**key))
    };
    let mut trail: Vec<Step> = Vec::new();
    for (what, span) in &found.trail {
        let what = if found.merged { "merge" } else { what };
        trail.push(Step { what, source: Arc::clone(source), span: *span });
    }
    let origin = if trail.is_empty() { Origin::Written } else { Origin::Merged };
    Setting {
        name,
        words: Vec::new(),
        value,
        source: Some(Arc::clone(source)),
        span,
        trail,
        origin,
        purpose,
        stands_in: StandsIn::Unclassified,
        in_force: Vec::new(),
        role: None,
        kind: None,
        kind_is_guess: false,
        overridden: found.overridden,
        exposed: false,
        secret: false,
        home: HomeOf::default(),
    }
}

/// Keys below a name that say: the value stands elsewhere.
const OUTSIDE: [&str; 4] = ["sync", "valueFrom", "fromSecret", "generateValue"];

/// What a scalar holds and where its own text is written, without quotes.
fn value_of(source: &Arc<SourceText>, node: &Node, key: &str) -> (SettingValue, Span) {
    let inner = node.inner(source.text());
    let Some(text) = node.scalar_text(source.text()) else { return (SettingValue::Empty, inner) };
    let (text, span) = match assignment(&text) {
        Some((name, skip)) if name == key && inner.of(source.text()).starts_with(&*text) => {
            let rest = text.get(skip..).unwrap_or_default().to_owned();
            (rest, Span::new(inner.start_offset() + skip, inner.end_offset()))
        }
        _ => (text.into_owned(), inner),
    };
    if text.trim().is_empty() {
        return (SettingValue::Empty, span);
    }
    let literal = matches!(node.value, Value::Text { style: Style::Literal, .. });
    if let Some(identity) = reference::of(&text) {
        return (SettingValue::Reference { text, identity }, span);
    }
    if !literal && resolve::asks(&text) {
        // resolved against the profile later; until then a reference to process variables
        return (SettingValue::Reference { text, identity: false }, span);
    }
    (SettingValue::Literal(Secret::new(text)), span)
}
