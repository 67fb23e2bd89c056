//! What git says of a folder. Nothing of the judged folder's own git configuration is run.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use super::authors::Author;

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
    let filters = without_filters(root);
    let mut asked: Vec<&str> = filters.iter().flat_map(|filter| ["-c", filter]).collect();
    asked.extend(["status", "--porcelain=v2", "--branch", "--untracked-files=no"]);
    // what is changed inside a submodule would be asked of git by its configuration
    asked.push("--ignore-submodules=dirty");
    let told = run(root, &asked)?;
    let id = told.lines().find_map(|line| line.strip_prefix("# branch.oid "))?;
    let is_id = id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let dirty = told.lines().any(|line| !line.starts_with('#'));
    is_id.then(|| Commit { id: id.to_owned(), dirty })
}

/// Settings that empty each filter which the folder's own configuration names: git would run it to
/// compare a file. Those of the machine stay, since they were not the judged folder's to set.
fn without_filters(root: &Path) -> Vec<String> {
    let may_name = |text: &str| {
        let text = text.to_ascii_lowercase();
        ["filter", "include", "worktreeconfig"].iter().any(|word| text.contains(word))
    };
    // a work tree whose folder of git is elsewhere has its configuration there
    if super::tree::read_named(&root.join(".git/config")).is_ok_and(|text| !may_name(&text)) {
        return Vec::new();
    }
    let asked = ["config", "--show-scope", "--includes", "--name-only", "--get-regexp"];
    let named = run(root, &[&asked[..], &[r"^filter\."]].concat()).unwrap_or_default();
    let own = |line: &'_ str| -> Option<String> {
        let (scope, name) = line.split_once('\t')?;
        let own = ["local", "worktree"].contains(&scope);
        own.then(|| name.rsplit_once('.').map(|(filter, _)| filter.to_owned())).flatten()
    };
    let filters: BTreeSet<String> = named.lines().filter_map(own).collect();
    let emptied = |filter: &String| {
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

/// The id of the commit that a revision names; none where there is none.
pub(super) fn revision(root: &Path, name: &str) -> Option<String> {
    let name = format!("{name}^{{commit}}");
    let id = run(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?;
    Some(id.trim().to_owned())
}

/// The files of a commit at and below `path`, a file or a folder below `root`; none where git cannot
/// tell.
pub(super) fn listed(root: &Path, commit: &str, path: &str) -> Option<Vec<String>> {
    let told = run(root, &["ls-tree", "-r", "-z", commit, "--", path])?;
    let file = |entry: &str| {
        let (about, path) = entry.split_once('\t')?;
        about.contains(" blob ").then(|| path.to_owned())
    };
    Some(told.split('\0').filter_map(file).collect())
}

/// The text of a file of a commit, by its path below `root`; none where it is not there.
pub(super) fn blob(root: &Path, commit: &str, path: &str) -> Option<String> {
    run(root, &["cat-file", "blob", &format!("{commit}:./{path}")])
}

/// Who made the commits since `commit` that touch one of the paths, and whether all that stands
/// there now is committed; none where git cannot tell.
pub(super) fn hands(root: &Path, commit: &str, paths: &[&str]) -> Option<(Vec<Author>, bool)> {
    let range = format!("{commit}..HEAD");
    let asked = ["log", "--no-show-signature", "--no-mailmap", "--format=%an%x00%ae", &range, "--"];
    let told = run(root, &[&asked[..], paths].concat())?;
    let author = |line: &str| {
        let (name, mail) = line.split_once('\0')?;
        Some(Author { name: name.to_owned(), mail: mail.to_owned() })
    };
    let status = ["status", "--porcelain", "--untracked-files=all", "--"];
    let open = run(root, &[&status[..], paths].concat())?;
    Some((told.lines().filter_map(author).collect(), open.trim().is_empty()))
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
