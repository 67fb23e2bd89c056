//! What git says of a folder. Nothing of the judged folder's own git configuration is run.

use std::collections::BTreeSet;
use std::io::Read;
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
    let filters = without_filters(root);
    let mut asked: Vec<&str> = filters.iter().flat_map(|filter| ["-c", filter]).collect();
    // what is changed inside a submodule would be asked of git by its configuration
    asked.extend(["status", "--porcelain", "--untracked-files=no", "--ignore-submodules=dirty"]);
    let status = run(root, &asked)?;
    Some(Commit { id: id.trim().to_owned(), dirty: !status.trim().is_empty() })
}

/// Settings that empty each filter which the folder's own configuration names: git would run it to
/// compare a file. Those of the machine stay, since they were not the judged folder's to set.
fn without_filters(root: &Path) -> Vec<String> {
    let asked = ["config", "--local", "--includes", "--name-only", "--get-regexp", r"^filter\."];
    let named = run(root, &asked).unwrap_or_default();
    let filters: BTreeSet<&str> =
        named.lines().filter_map(|name| Some(name.rsplit_once('.')?.0)).collect();
    let emptied = |filter: &&str| {
        ["clean=", "smudge=", "process=", "required=false"].map(|rest| format!("{filter}.{rest}"))
    };
    filters.iter().flat_map(emptied).collect()
}

/// The paths that git tracks below `root`, or `None` outside a work tree: there every file counts
/// as tracked.
pub fn tracked(root: &Path) -> Option<BTreeSet<String>> {
    let listed = run(root, &["ls-files", "-z"])?;
    Some(listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

/// What git answers; none where it refuses.
pub(super) fn run(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = command(root, arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What git answers, up to so many bytes, and whether that is all of it; none where it refuses.
pub(super) fn run_at_most(root: &Path, arguments: &[&str], most: usize) -> Option<(String, bool)> {
    let mut child = command(root, arguments).stdout(Stdio::piped()).spawn().ok()?;
    let mut answer = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let read = child.stdout.take()?.take(limit).read_to_end(&mut answer);
    let whole = answer.len() <= most;
    if !whole {
        // nobody reads on, so it may be in the middle of a write
        let _ = child.kill();
    }
    let ended = child.wait();
    let answered = read.is_ok() && (!whole || ended.is_ok_and(|status| status.success()));
    answered.then(|| (String::from_utf8_lossy(&answer).into_owned(), whole))
}

/// Git without whatever the folder's configuration could run, and without fetching what is missing.
fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"])
        .args(["-c", "core.quotePath=false", "-c", "log.showSignature=false"])
        .args(["-c", "protocol.allow=never"])
        .args(["--no-optional-locks", "--no-pager", "--no-replace-objects"])
        .arg("-C")
        .arg(root)
        .args(arguments)
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    git
}
