//! The rules as an earlier commit holds them: a change to them is judged by those, too.

use std::path::Path;
use std::sync::Arc;

use thiserror::Error;

use super::git::{blob, hands, listed, revision};
use super::purpose::{CONFIRMATIONS, LOCK, MANIFEST};
use crate::source::SourceText;

/// The rules of a commit: what it holds of the files by which a project is judged.
#[derive(Clone, Debug)]
pub struct Base {
    /// The revision, as it was asked for: foreign text.
    pub revision: String,
    /// The id of its commit, whole.
    pub commit: String,
    /// Its manifest, where it has one.
    pub manifest: Option<Arc<SourceText>>,
    /// Its confirmations, where it has some.
    pub confirmations: Option<Arc<SourceText>>,
    /// Its lock, where it has one.
    pub lock: Option<Arc<SourceText>>,
}

/// Why the rules of a commit cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BaseError {
    /// The folder lies in no repository, or there is no git.
    #[error("git tells nothing of this folder: no repository, or no git here")]
    NoRepository,
    /// The repository holds no such commit.
    #[error("there is no such commit in this clone: fetch it first, as in `git fetch origin main`")]
    NoCommit,
    /// A file of the commit could not be read.
    #[error("git does not give {0} of it")]
    Unread(String),
}

impl Base {
    /// Reads the rules of the folder `root` at `revision`.
    ///
    /// # Errors
    /// Where git cannot tell.
    pub fn read(root: &Path, revision_name: &str) -> Result<Self, BaseError> {
        listed(root, "HEAD", ".").ok_or(BaseError::NoRepository)?;
        let commit = revision(root, revision_name).ok_or(BaseError::NoCommit)?;
        let short: String = commit.chars().take(7).collect();
        let file = |path: &str| {
            let there = listed(root, &commit, path).ok_or(BaseError::NoRepository)?;
            if there.is_empty() {
                return Ok(None);
            }
            let text = blob(root, &commit, path).ok_or(BaseError::Unread(path.to_owned()))?;
            Ok(Some(Arc::new(SourceText::new(format!("{path}@{short}"), text))))
        };
        let (manifest, confirmations, lock) = (file(MANIFEST)?, file(CONFIRMATIONS)?, file(LOCK)?);
        let revision = revision_name.to_owned();
        Ok(Self { revision, commit, manifest, confirmations, lock })
    }

    /// The texts of the files below a folder of the tree, by their paths from its root.
    ///
    /// # Errors
    /// Where git cannot tell.
    pub fn texts_in(&self, root: &Path, folder: &str) -> Result<Vec<(String, String)>, BaseError> {
        let paths = listed(root, &self.commit, folder);
        let text = |path: String| match blob(root, &self.commit, &path) {
            Some(text) => Ok((path, text)),
            None => Err(BaseError::Unread(path)),
        };
        paths.ok_or(BaseError::NoRepository)?.into_iter().map(text).collect()
    }

    /// Why `approver`, whom the base's policy lists, may not vouch for what has become of the rules
    /// since: they had a hand in it, or it is not committed.
    pub fn not_vouching(&self, root: &Path, approver: &str, rules: &[&str]) -> Option<String> {
        let Some((authors, committed)) = hands(root, &self.commit, rules) else {
            return Some("git does not tell who changed the rules".to_owned());
        };
        if !committed {
            return Some("the rules are not committed, so their author cannot be told".to_owned());
        }
        let own = authors.iter().any(|author| author.is(approver));
        own.then(|| format!("{approver} committed a part of it and may not vouch for it"))
    }
}
