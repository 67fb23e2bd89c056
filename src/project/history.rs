//! What dotenv files ever held, commit by commit. Git is asked with nothing of the judged folder's
//! own configuration in force that could run a program, and fetches nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::extract;
use super::git;
use super::purpose::Purpose;
use super::reading::describe;
use super::recognise::Shapes;
use super::roles::RoleIndex;
use super::setting::Setting;
use crate::document::{Format, parse};
use crate::pack::{Library, RoleId};
use crate::source::SourceText;

/// A history of more commits is not read.
const MOST_COMMITS: u64 = 50_000;

/// Of more changes than this, in bytes, the rest is not read.
const MOST_BYTES: usize = 16 << 20;

/// What git calls dotenv files.
const FILES: [&str; 4] =
    [":(glob)**/.env", ":(glob)**/.env.*", ":(glob)**/*.env", ":(glob)**/.envrc"];

/// A value that a commit brought.
#[derive(Debug)]
pub struct Past {
    /// The commit, by the first letters of its id.
    pub commit: String,
    /// The setting as it stood there.
    pub setting: Setting,
}

/// What git tells of dotenv files.
#[derive(Debug, Default)]
pub struct History {
    /// Values that commits brought, the latest first; each once a file.
    pub past: Vec<Past>,
    /// Files that git neither tracks nor ignores.
    pub loose: BTreeSet<String>,
    /// Why not all of it was read, where it was not.
    pub cut: Option<Cut>,
}

/// Why a history is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The clone holds the last commits alone.
    Shallow,
    /// There is more than is read.
    TooLong,
}

impl History {
    /// Reads the history of the work tree that `root` lies in; none where there is none.
    pub fn of(root: &Path, library: &Library, declared: &[(RoleId, String)]) -> Option<Self> {
        let told =
            git::run(root, &["rev-parse", "--is-inside-work-tree", "--is-shallow-repository"])?;
        let mut told = told.lines();
        if told.next() != Some("true") {
            return None;
        }
        let mut history = Self::default();
        if told.next() == Some("true") {
            history.cut = Some(Cut::Shallow);
        }
        let mut loose = vec!["ls-files", "--others", "--exclude-standard", "-z", "--"];
        loose.extend(FILES);
        let (loose, count) = std::thread::scope(|scope| {
            let loose = scope.spawn(|| git::run(root, &loose));
            let count = git::run(root, &["rev-list", "--all", "--count"]);
            (loose.join().ok().flatten().unwrap_or_default(), count)
        });
        history.loose =
            loose.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        let count = count.and_then(|count| count.trim().parse::<u64>().ok()).unwrap_or(0);
        if count > MOST_COMMITS {
            history.cut = Some(Cut::TooLong);
            return Some(history);
        }
        let (changes, whole) = git::run_at_most(root, &log(), MOST_BYTES)?;
        if !whole {
            history.cut = Some(Cut::TooLong);
        }
        history.past = past(&changes, library, declared);
        Some(history)
    }
}

fn log() -> Vec<&'static str> {
    let mut arguments = vec![
        "log",
        "--all",
        "--patch",
        "--unified=0",
        "--no-renames",
        "--diff-filter=AM",
        "--relative",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        "--format=%x00%h",
        "--",
    ];
    arguments.extend(FILES);
    arguments
}

/// The values among changes.
fn past(changes: &str, library: &Library, declared: &[(RoleId, String)]) -> Vec<Past> {
    let (index, shapes) = (RoleIndex::new(library, declared), Shapes::new(library));
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for commit in changes.split('\0').skip(1) {
        let (id, patch) = commit.split_once('\n').unwrap_or((commit, ""));
        for (path, text) in added(patch) {
            if Purpose::of(path) != Purpose::Live {
                continue;
            }
            for setting in settings(path, &text, &index, &shapes, library) {
                let value = setting.literal().map(super::home::digest);
                let Some(value) = value else { continue };
                if known.insert((path.to_owned(), setting.name.clone(), value)) {
                    found.push(Past { commit: id.to_owned(), setting });
                }
            }
        }
    }
    found
}

/// The files of a patch, each with the lines that it adds.
fn added(patch: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    let mut in_change = false;
    for line in patch.lines() {
        if line.starts_with("diff --git ") {
            in_change = false;
        } else if !in_change && let Some(path) = line.strip_prefix("+++ b/") {
            files.push((path.trim_end_matches('\t'), String::new()));
        } else if line.starts_with("@@ ") {
            in_change = true;
        } else if in_change
            && let Some(added) = line.strip_prefix('+')
            && let Some((_, text)) = files.last_mut()
        {
            text.push_str(added);
            text.push('\n');
        }
    }
    files
}

fn settings(
    path: &str,
    text: &str,
    index: &RoleIndex,
    shapes: &Shapes<'_>,
    library: &Library,
) -> Vec<Setting> {
    let source = Arc::new(SourceText::new(path, text));
    let parsed = parse(Format::Dotenv, source.text());
    let mut settings = extract::settings(&source, Purpose::Live, &parsed).settings;
    for setting in &mut settings {
        let mut name = index.read(&setting.name);
        let fitting = setting.literal().map(|value| shapes.of(value.expose())).unwrap_or_default();
        if name.role.is_none()
            && let [only] = fitting.as_slice()
        {
            name.role = Some(RoleId::clone(only));
        }
        describe(setting, &name, library);
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_patch_adds_is_read_and_a_value_is_no_header() {
        let patch = "diff --git a/.env b/.env\nindex 1..2\n--- a/.env\n+++ b/.env\n\
                     @@ -1 +1,2 @@\n-A=1\n+A=2\n+++ b/c\ndiff --git a/x.env b/x.env\n\
                     +++ b/x.env\n@@ -0,0 +1 @@\n+B=3\n\\ No newline at end of file\n";
        let files = added(patch);
        assert_eq!(files, [(".env", "A=2\n++ b/c\n".to_owned()), ("x.env", "B=3\n".to_owned())]);
    }
}
