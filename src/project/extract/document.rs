//! What sort of document a tree is, and what it says of its environment as a whole.

use super::super::environment::PROFILE;
use super::super::place;
use super::super::section::Scope;
use super::super::words::{class_of_word, environment_name};
use crate::document::{Node, Value};
use crate::pack::Class;

/// The sorts of document that are read in a way of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// An object of Kubernetes.
    Kubernetes {
        /// Whether it is a `Secret`, whose `data` is in base64.
        secret: bool,
    },
    /// A file of docker compose.
    Compose,
    /// A workflow of a code host, whose jobs may be of an environment.
    Workflow,
    /// Terraform.
    Terraform,
    /// Any other.
    Plain,
}

impl Sort {
    /// The sort of the document `root` in the file at `path`.
    pub(super) fn of(path: &str, root: &Node) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let has = |key: &str| root.entry(key).is_some();
        if has("apiVersion") && has("kind") {
            let secret = root.get("kind").and_then(Node::text) == Some("Secret");
            return Self::Kubernetes { secret };
        }
        if has("services") && name.contains("compose") {
            return Self::Compose;
        }
        let workflow = path.contains(".github/workflows/") || path.contains(".gitea/workflows/");
        if (workflow && has("jobs")) || name.starts_with(".gitlab-ci") {
            return Self::Workflow;
        }
        let stem = name.strip_suffix(".json").unwrap_or(name);
        let is_terraform = stem.rsplit_once('.').is_some_and(|(_, ending)| ending == "tf");
        if is_terraform { Self::Terraform } else { Self::Plain }
    }
}

/// What a document says of itself.
pub(super) fn scope(sort: Sort, root: &Node) -> Scope {
    match sort {
        Sort::Kubernetes { .. } => of_object(root),
        Sort::Plain => of_profile(root),
        Sort::Compose | Sort::Workflow | Sort::Terraform => Scope::File,
    }
}

/// The namespace of an object, or a label of it.
/// <https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/>
fn of_object(root: &Node) -> Scope {
    let Some(about) = root.get("metadata") else { return Scope::File };
    let namespace = about.get("namespace").and_then(Node::text);
    if let Some((name, class)) = namespace.and_then(place::of_value) {
        return environment(name, class, "namespace");
    }
    let labels = about.get("labels").map(Node::entries).unwrap_or_default();
    labels
        .iter()
        .filter(|label| {
            let key = label.key.text.rsplit('/').next().unwrap_or_default();
            ["env", "environment", "stage"].contains(&key)
        })
        .find_map(|label| place::of_value(label.node.text()?))
        .map_or(Scope::File, |(name, class)| environment(name, class, "label"))
}

/// The profile that a document of Spring is for.
/// <https://docs.spring.io/spring-boot/reference/features/external-config.html>
fn of_profile(root: &Node) -> Scope {
    let mut told: Vec<&str> = Vec::new();
    for path in [ON_PROFILE, OLD_PROFILES] {
        let flat = root.get(&path.join("."));
        let nested = path.iter().try_fold(root, |node, key| node.get(key));
        let Some(node) = flat.or(nested) else { continue };
        told.extend(node.text());
        told.extend(node.items().iter().filter_map(Node::text));
    }
    let mut found: Option<(String, Class)> = None;
    // `prod & !eu` is of production; `prod | test` is of neither
    for word in told.iter().flat_map(|text| text.split([',', '&', '|', ' ', '(', ')'])) {
        let word = word.trim();
        if word.is_empty() || word.starts_with('!') {
            continue;
        }
        let Some((name, class)) = place::of_value(word) else { continue };
        match &found {
            Some((_, known)) if *known != class => return Scope::Shared,
            Some(_) => {}
            None => found = Some((name, class)),
        }
    }
    found.map_or(Scope::File, |(name, class)| environment(name, class, PROFILE))
}

const ON_PROFILE: &[&str] = &["spring", "config", "activate", "on-profile"];
const OLD_PROFILES: &[&str] = &["spring", "profiles"];

/// What the `environment` of a job, or of an item in a list, says: a name, or a map with one.
pub(super) fn named_environment(node: &Node) -> Option<(String, Class)> {
    let text = match &node.value {
        Value::Map(_) => node.get("name")?.text()?,
        Value::Text { text, .. } => text,
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::List(_) => {
            return None;
        }
    };
    place::of_value(text)
}

/// An item of a list whose own `environment` (`env`, `stage`) is one, or whose name is nothing but
/// one.
pub(super) fn of_item(item: &Node) -> Scope {
    for key in ["environment", "env", "stage"] {
        let text = item.get(key).and_then(Node::text);
        if let Some((name, class)) = text.and_then(of_word) {
            return environment(name, class, "its own item of a list");
        }
    }
    let name = item.get("name").and_then(Node::text);
    let holds_more = item.get("value").is_none() && item.entries().len() > 1;
    match name.filter(|_| holds_more).and_then(named_after) {
        Some((name, class)) => environment(name, class, "its own item of a list"),
        None => Scope::File,
    }
}

fn of_word(word: &str) -> Option<(String, Class)> {
    Some((environment_name(word), class_of_word(word)?))
}

/// `production`, `lender-api-staging`.
fn named_after(name: &str) -> Option<(String, Class)> {
    let last = name.rsplit(['-', '_', '.']).next()?;
    let sure = last == name || !super::super::words::is_weak(last);
    of_word(last).filter(|_| sure)
}

pub(super) fn environment(name: String, class: Class, rule: &str) -> Scope {
    Scope::Environment { name, class, rule: rule.to_owned(), own_secrets: false }
}
