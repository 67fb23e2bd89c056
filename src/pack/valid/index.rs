//! What one file may say about the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Located, Node};
use crate::expression::Fact;
use crate::pack::written::{Body, BodyFormat, WrittenHosts, WrittenPack, WrittenSignature};
use crate::pack::{HostPattern, Hosts, Kind};

/// All packs and checks by name, also those with mistakes, so that one mistake is said once.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Packs by id.
    pub(crate) packs: BTreeMap<String, Known>,
    /// Ids of checks.
    pub(crate) checks: BTreeSet<String>,
}

/// What is known of a pack.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Whether its `pack.yaml` could be read at all; if not, nothing in it counts as missing.
    pub(crate) readable: bool,
    /// Roles, with their kinds where those are right.
    pub(crate) roles: BTreeMap<String, Option<Kind>>,
    /// Parameters with their defaults.
    pub(crate) parameters: BTreeMap<String, Fact>,
    /// The only values that a parameter may have.
    pub(crate) choices: BTreeMap<String, Vec<Fact>>,
    /// Events, with their bodies where those are right.
    pub(crate) events: BTreeMap<String, Option<serde_json::Value>>,
    /// Hosts.
    pub(crate) hosts: Hosts,
    /// The codes of its published list, where it has one.
    pub(crate) codes: Option<BTreeSet<String>>,
    /// Whether it says how deliveries are signed.
    pub(crate) signs: bool,
    /// Whether its deliveries are forms.
    pub(crate) sends_forms: bool,
}

impl Known {
    /// What `written` says; names of entries with mistakes come from `root`.
    pub(crate) fn new(written: &WrittenPack, root: &Node) -> Self {
        let keys = |key: &str| -> Vec<String> {
            let entries = root.get(key).map(Node::entries).unwrap_or_default();
            entries.iter().map(|entry| entry.key.text.to_string()).collect()
        };
        let kind = |name: &String| written.roles.get(name).map(|role| role.value.kind);
        let event = |name: String| {
            let body = written.events.get(&name).map(Body::to_json);
            (name, body)
        };
        let form = |one: &Located<WrittenSignature>| {
            let (body, over) = (one.value.body.as_ref(), one.value.over.as_ref());
            let of_fields = || over.is_some_and(|over| over.value.contains("{params}"));
            body.map_or_else(of_fields, |body| body.value == BodyFormat::Form)
        };
        let parameter = |name: String| {
            let fact = written.parameters.get(&name).map(|one| one.value.clone());
            (name, fact.unwrap_or_default())
        };
        Self {
            readable: true,
            roles: keys("roles").into_iter().map(|name| (name.clone(), kind(&name))).collect(),
            parameters: keys("parameters").into_iter().map(parameter).collect(),
            choices: choices(written),
            events: keys("events").into_iter().map(event).collect(),
            hosts: hosts(&written.hosts),
            codes: None,
            signs: root.get("signature").is_some(),
            sends_forms: written.signature.as_ref().is_some_and(form),
        }
    }
}

fn choices(written: &WrittenPack) -> BTreeMap<String, Vec<Fact>> {
    let all = written.choices.iter();
    all.map(|(name, some)| (name.clone(), some.iter().map(|one| one.value.clone()).collect()))
        .collect()
}

/// The hosts of a pack, as they are written.
pub(super) fn hosts(written: &WrittenHosts) -> Hosts {
    let all = |list: &[Located<String>]| -> Vec<HostPattern> {
        list.iter().map(|host| HostPattern::new(&host.value)).collect()
    };
    let refused = written.refused.0.iter();
    Hosts {
        sandbox: all(&written.sandbox),
        production: all(&written.production),
        shared: all(&written.shared),
        refused: refused.map(|(host, why)| (HostPattern::new(&host.value), why.clone())).collect(),
        lists: written.lists.iter().map(|(name, list)| (name.clone(), all(list))).collect(),
    }
}
