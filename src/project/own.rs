//! What a project says of itself, read at once: its manifest, what people confirmed, its lock.

use std::sync::Arc;

use super::authors::Authors;
use super::confirmation::{self, Confirmation, Confirmations};
use super::lock::Lock;
use super::manifest::Manifest;
use super::purpose::{CONFIRMATIONS, LOCK, MANIFEST};
use super::read::{Question, Stated};
use super::tree::Tree;
use crate::source::{Diagnostic, SourceText, Span};

/// What a project says of itself.
pub(super) struct Own {
    pub(super) manifest: Manifest,
    pub(super) confirmations: Confirmations,
    pub(super) lock: Option<Lock>,
}

/// A file of the tool's own, where there is one.
type OwnFile = Result<Option<Arc<SourceText>>, Diagnostic>;

impl Own {
    /// Reads the files that the question names.
    ///
    /// # Errors
    /// Every mistake of all of them.
    pub(super) fn read(tree: &Tree, question: &Question<'_>) -> Result<Self, Vec<Diagnostic>> {
        let stated = match &question.manifest {
            Stated::InTree => own_file(tree, MANIFEST),
            Stated::Instead(source) => Ok(Some(Arc::clone(source))),
            Stated::Nowhere => Ok(None),
            Stated::At(base) => Ok(base.manifest.clone()),
        };
        let (said, locked) = match &question.manifest {
            Stated::At(base) => (Ok(base.confirmations.clone()), Ok(base.lock.clone())),
            Stated::InTree | Stated::Instead(_) | Stated::Nowhere => {
                (own_file(tree, CONFIRMATIONS), own_file(tree, LOCK))
            }
        };
        let (library, mut found) = (question.library, Vec::new());
        let manifest = taken(stated, |source| Manifest::read(source, library), &mut found);
        let said = taken(said, |source| confirmation::read(source, library), &mut found);
        let lock = taken(locked, Lock::read, &mut found);
        let (mut manifest, mut confirmations) =
            (manifest.unwrap_or_default(), said.unwrap_or_default());
        let commit = question.manifest.commit();
        tell_authors(tree, commit, &mut confirmations.all);
        if matches!(question.manifest, Stated::InTree | Stated::At(_)) {
            tell_waivers(tree, commit, &mut manifest);
        }
        if found.is_empty() { Ok(Self { manifest, confirmations, lock }) } else { Err(found) }
    }
}

/// What `read` makes of a file; its mistakes, and why it cannot be read, are `found`.
fn taken<T>(
    file: OwnFile,
    read: impl FnOnce(&Arc<SourceText>) -> Result<T, Vec<Diagnostic>>,
    found: &mut Vec<Diagnostic>,
) -> Option<T> {
    let source = file.map_err(|fault| found.push(fault)).ok()??;
    read(&source).map_err(|mistakes| found.extend(mistakes)).ok()
}

/// Tells who committed each waiver that somebody approved.
fn tell_waivers(tree: &Tree, commit: &str, manifest: &mut Manifest) {
    let Some(source) = &manifest.source else { return };
    if manifest.waivers.iter().all(|waiver| waiver.approved_by.is_none()) {
        return;
    }
    let authors = Authors::of(tree.root(), commit, MANIFEST);
    for waiver in &mut manifest.waivers {
        waiver.committed = authors.of_entry(source, waiver.entry);
    }
}

/// Tells who committed each entry.
fn tell_authors(tree: &Tree, commit: &str, confirmations: &mut [Confirmation]) {
    if confirmations.is_empty() {
        return;
    }
    let authors = Authors::of(tree.root(), commit, CONFIRMATIONS);
    for one in confirmations {
        one.committed = authors.of_entry(&one.source, one.entry);
    }
}

fn own_file(tree: &Tree, path: &str) -> OwnFile {
    if !tree.has(path) {
        return Ok(None);
    }
    tree.read(path).map(Some).map_err(|fault| {
        let nothing = Arc::new(SourceText::new(path, ""));
        Diagnostic::error(&nothing, Span::default(), fault.to_string())
    })
}
