//! What descriptions of containers say of files and variables beside them.

use std::sync::Arc;

use super::document::Sort;
use crate::document::{Entry, Node};

/// Whether what stands under `key` are paths of dotenv files that containers start with.
/// <https://docs.docker.com/reference/compose-file/services/#env_file>
pub(super) fn is_files_of_containers(sort: Sort, key: &str) -> bool {
    match sort {
        Sort::Compose => key == "env_file",
        Sort::Kubernetes { .. } => matches!(key, "envs" | "files" | "resources" | "configurations"),
        Sort::Workflow | Sort::Terraform | Sort::Plain => false,
    }
}

/// The paths under such a key: one, a list, or maps with `path`.
pub(super) fn paths(node: &Node) -> Vec<String> {
    let one = |node: &Node| {
        let text = node.text().or_else(|| node.get("path")?.text())?;
        let text = text.trim_start_matches("./");
        (!text.is_empty() && !text.contains('=')).then(|| text.to_owned())
    };
    one(node).into_iter().chain(node.items().iter().filter_map(one)).collect()
}

/// Whether a text is the name of a process variable.
pub(super) fn is_variable(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || one == '_')
}

/// Where all variables of a container come from, besides those that are listed.
/// <https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/>
pub(super) fn outside(sort: Sort, entry: &Entry) -> Vec<String> {
    let Sort::Kubernetes { .. } = sort else { return Vec::new() };
    if !matches!(&*entry.key.text, "envFrom" | "dataFrom") {
        return Vec::new();
    }
    let name = |item: &Node| {
        let from = item.get("secretRef").or_else(|| item.get("extract"))?;
        let name = from.get("name").or_else(|| from.get("key"))?.text()?;
        Some(format!("the Secret {name}"))
    };
    entry.node.items().iter().filter_map(name).collect()
}

/// Whether an entry of Terraform can hold settings: what it reads from elsewhere cannot, and what
/// names a secret is not its value.
pub(super) fn is_configuration(keys: &[Arc<str>], entry: &Entry) -> bool {
    let key = &*entry.key.text;
    if keys.is_empty() {
        return !matches!(key, "data" | "terraform" | "output");
    }
    let of_resource = keys.first().is_some_and(|first| &**first == "resource");
    !(of_resource && NAMES_OF_SECRETS.contains(&key))
}

const NAMES_OF_SECRETS: [&str; 8] =
    ["secret", "secret_id", "secret_name", "name", "key_name", "secret_key", "key", "description"];
