//! Names and values that stand beside each other, not one as the key of the other.

use std::sync::Arc;

use super::document::Sort;
use super::way::Held;
use crate::document::{Node, Value};

/// A name, and what it is the name of.
pub(super) struct Pair<'a> {
    /// The name; none where the keys before it are the name.
    pub name: Option<Arc<str>>,
    /// What it holds.
    pub node: &'a Node,
    /// How.
    pub held: Held,
}

/// Keys below a name that say: the value stands elsewhere.
pub(super) const OUTSIDE: [&str; 5] =
    ["sync", "valueFrom", "fromSecret", "generateValue", "remoteRef"];

impl<'a> Pair<'a> {
    /// An item of a list such as `- key: A` with `value: b`, or `- name: A` with `valueFrom: ...`.
    pub(super) fn of_item(item: &'a Node) -> Option<Self> {
        let name = NAMES.iter().find_map(|key| item.get(key)?.text())?;
        let value = ["value"].iter().chain(&OUTSIDE).find_map(|key| item.entry(key))?;
        let held = if &*value.key.text == "value" { Held::Value } else { Held::Outside };
        Some(Self { name: Some(name.into()), node: &value.node, held })
    }

    /// A map that describes one setting: a variable of Terraform with its default, or a parameter
    /// that says `value` beside nothing but a description.
    pub(super) fn of_map(sort: Sort, keys: &[Arc<str>], map: &'a Node) -> Option<Self> {
        let within = keys.len().checked_sub(2).and_then(|at| keys.get(at));
        if sort == Sort::Terraform && within.is_some_and(|key| &**key == "variable") {
            let node = map.get("default")?;
            let scalar = !matches!(node.value, Value::Map(_) | Value::List(_) | Value::Null);
            return scalar.then_some(Self { name: None, node, held: Held::Default });
        }
        let described = map
            .get("value")
            .filter(|_| map.entries().iter().all(|entry| ABOUT.contains(&&*entry.key.text)))?;
        Some(Self { name: None, node: described, held: Held::Value })
    }
}

/// What a description of one setting may say.
const ABOUT: [&str; 7] =
    ["value", "description", "required", "sensitive", "scope", "type", "metadata"];

const NAMES: [&str; 3] = ["name", "key", "secretKey"];

/// `NAME=value` as one item of a list, as compose files write it: the name, and how many bytes
/// stand before the value.
pub(super) fn assignment(text: &str) -> Option<(&str, usize)> {
    let (name, _) = text.split_once('=')?;
    let named = !name.is_empty()
        && name.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '_' | '.' | '-'));
    named.then_some((name, name.len() + 1))
}
