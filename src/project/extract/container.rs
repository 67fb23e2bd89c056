//! What descriptions of containers say of files and variables beside them.

use super::document::Sort;
use crate::document::Node;

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
