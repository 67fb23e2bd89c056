//! What git says of a folder. Nothing of the judged folder's own git configuration is run.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// The commit that is checked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its id, whole.
    pub id: String,
    /// Whether tracked files differ from it.
    pub dirty: bool,
}

/// The commit of the work tree that `root` is the top of, where there is one.
pub(super) fn commit(root: &Path) -> Option<Commit> {
    if !root.join(".git").exists() {
        return None;
    }
    let id = run(root, &["rev-parse", "--verify", "--quiet", "HEAD"])?;
    let status = run(root, &["status", "--porcelain", "--untracked-files=no"])?;
    Some(Commit { id: id.trim().to_owned(), dirty: !status.trim().is_empty() })
}

/// The paths that git tracks below `root`, or `None` outside a work tree: there every file counts
/// as tracked.
pub fn tracked(root: &Path) -> Option<BTreeSet<String>> {
    let listed = run(root, &["ls-files", "-z"])?;
    Some(listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

fn run(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"])
        .args(["--no-optional-locks", "--no-pager"])
        .arg("-C")
        .arg(root)
        .args(arguments)
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
