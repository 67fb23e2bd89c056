//! Who committed the lines of a file, as git tells it: for what a person says under a name.
//!
//! Only what is committed is looked at, and nothing that the folder configures is run or believed: no
//! text conversion, no mail map, no replaced commits.

use std::collections::BTreeMap;
use std::path::Path;

use super::git::{blob, run};
use crate::source::{SourceText, Span};

/// Whoever made a commit, as the commit says: foreign text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    /// The name.
    pub name: String,
    /// The address.
    pub mail: String,
}

/// Who committed some lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Committed {
    /// The folder is no work tree of git.
    #[default]
    Outside,
    /// They are not committed as they stand.
    No,
    /// The clone does not reach back to their commit.
    CutOff,
    /// These people, each once.
    By(Vec<Author>),
}

impl Author {
    /// Whom `Name <address>` means; without an address, by the name alone.
    pub fn named(text: &str) -> Self {
        let (name, mail) = parts(text);
        Self { name: name.to_owned(), mail: mail.to_owned() }
    }

    /// Whether a name, an address, or both as in `Name <address>`, mean this author.
    pub fn is(&self, named: &str) -> bool {
        let (name, mail) = parts(named);
        let same = |one: &str, other: &str| {
            !one.is_empty() && one.trim().to_lowercase() == other.trim().to_lowercase()
        };
        same(name, &self.name) || same(name, &self.mail) || same(mail, &self.mail)
    }
}

/// The name and the address of `Name <address>`; without one, all of it is the name.
fn parts(named: &str) -> (&str, &str) {
    let split = named.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<'));
    split.map_or((named.trim(), ""), |(name, mail)| (name.trim(), mail.trim()))
}

/// Who committed each line of a file, as it is committed.
#[derive(Debug, Default)]
pub(super) struct Authors {
    outside: bool,
    lines: Vec<(String, Option<Author>)>,
}

impl Authors {
    /// Of the file at `path` below `root`, as `commit` holds it.
    pub(super) fn of(root: &Path, commit: &str, path: &str) -> Self {
        let inside = run(root, &["rev-parse", "--is-inside-work-tree"]);
        if inside.is_none_or(|answer| answer.trim() != "true") {
            return Self { outside: true, lines: Vec::new() };
        }
        let lines = lines(root, commit, path).unwrap_or_default();
        Self { outside: false, lines }
    }

    /// Who committed the lines of an entry of the file.
    pub(super) fn of_entry(&self, source: &SourceText, entry: Span) -> Committed {
        let text = source.text();
        let start = text.get(..entry.start_offset()).unwrap_or_default();
        let first = start.rfind('\n').map_or(0, |at| at + 1);
        let end = entry.start_offset() + entry.of(text).trim_end().len();
        let rest = text.get(end..).unwrap_or_default();
        let last = end + rest.find('\n').unwrap_or(rest.len());
        self.of_lines(text.get(first..last).unwrap_or_default(), start.matches('\n').count())
    }

    /// Who committed `text`, whole lines that begin at line `near` of the file as it is now.
    fn of_lines(&self, text: &str, near: usize) -> Committed {
        if self.outside {
            return Committed::Outside;
        }
        let wanted: Vec<&str> = text.lines().map(str::trim_end).collect();
        let same = |(_, window): &(usize, &[(String, Option<Author>)])| {
            window.iter().zip(&wanted).all(|((line, _), wanted)| line == wanted)
        };
        let windows = self.lines.windows(wanted.len().max(1)).enumerate();
        let found = windows.filter(same).min_by_key(|(at, _)| at.abs_diff(near));
        let Some((_, window)) = found else { return Committed::No };
        let mut authors: Vec<Author> = Vec::new();
        for (_, author) in window {
            match author {
                Some(author) if !authors.contains(author) => authors.push(author.clone()),
                Some(_) => {}
                None => return Committed::CutOff,
            }
        }
        Committed::By(authors)
    }
}

/// The lines of the committed file, each with its author; none where the history does not tell.
fn lines(root: &Path, commit: &str, path: &str) -> Option<Vec<(String, Option<Author>)>> {
    let text = blob(root, commit, path)?;
    let shallow = run(root, &["rev-parse", "--is-shallow-repository"])?.trim() != "false";
    let blame = ["blame", "--porcelain", "--no-textconv", "--ignore-revs-file=", commit, "--"];
    let told = run(root, &[&blame[..], &[path]].concat())?;
    let (commits, boundaries) = commits_of(&told);
    let mut authors: BTreeMap<&str, Option<Author>> = BTreeMap::new();
    for commit in &commits {
        let cut_off = shallow && boundaries.contains(commit);
        authors.entry(commit).or_insert_with(|| author(root, commit).filter(|_| !cut_off));
    }
    let of = |commit: &&str| authors.get(*commit).cloned().flatten();
    let text = text.lines().map(|line| line.trim_end().to_owned());
    Some(text.zip(commits.iter().map(of)).collect())
}

/// The commit of every line, in order, and the commits at which the history ends.
fn commits_of(porcelain: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut commits, mut boundaries, mut current) = (Vec::new(), Vec::new(), "");
    let mut is_head = true;
    for line in porcelain.lines() {
        if is_head {
            current = line.split(' ').next().unwrap_or_default();
        } else if line == "boundary" {
            boundaries.push(current);
        }
        is_head = line.starts_with('\t');
        if is_head {
            commits.push(current);
        }
    }
    (commits, boundaries)
}

/// The author that a commit names itself.
fn author(root: &Path, commit: &str) -> Option<Author> {
    let text = run(root, &["cat-file", "commit", commit])?;
    let head = text.split("\n\n").next()?;
    let line = head.lines().find_map(|line| line.strip_prefix("author "))?;
    let (name, rest) = line.rsplit_once(" <").or_else(|| line.rsplit_once('<'))?;
    let mail = rest.split('>').next()?;
    Some(Author { name: name.to_owned(), mail: mail.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_is_meant_by_name_by_address_or_by_both() {
        let author = Author { name: "The Release Lead".into(), mail: "Lead@lender.co.ke".into() };
        for named in ["the release lead", "lead@lender.co.ke", "Somebody <lead@lender.co.ke>"] {
            assert!(author.is(named), "{named}");
        }
        for named in ["", "release", "The Release <other@lender.co.ke>", "<>"] {
            assert!(!author.is(named), "{named}");
        }
    }

    #[test]
    fn porcelain_tells_the_commit_of_every_line() {
        let told = "aa 1 1 2\nauthor x\nboundary\nfilename f\n\tboundary\naa 2 2\n\tb\nbb 3 3 1\n\
                    author y\nfilename f\n\tc\n";
        assert_eq!(commits_of(told), (vec!["aa", "aa", "bb"], vec!["aa"]));
    }
}
