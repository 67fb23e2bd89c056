//! `golive.lock`: the packs that a project is judged by, as somebody looked them through. A check
//! that is new since then only warns; one that is gone is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::manifest::{decode_yaml, told};
use crate::document::Located;
use crate::pack::{CheckId, Library, Pack};
use crate::source::{Diagnostic, SourceText, Span};

/// The file as it is written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenLock {
    /// The packs by id.
    packs: BTreeMap<String, Located<WrittenPack>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenPack {
    /// SHA-256 of its files, in hex.
    sha256: Located<String>,
    /// Its checks, without its name.
    checks: Vec<Located<String>>,
}

/// The packs as they were locked.
#[derive(Clone, Debug)]
pub struct Lock {
    /// The file.
    pub source: Arc<SourceText>,
    /// The packs in order of their ids.
    pub packs: Vec<LockedPack>,
}

/// A pack as it was locked.
#[derive(Clone, Debug)]
pub struct LockedPack {
    /// Its id.
    pub id: String,
    /// SHA-256 of its files, in hex.
    pub digest: String,
    /// Where that is written.
    pub span: Span,
    /// Its checks, each with its place.
    pub checks: Vec<(CheckId, Span)>,
}

impl Lock {
    /// Reads the file.
    ///
    /// # Errors
    /// Every mistake in it, with its place.
    pub(super) fn read(source: &Arc<SourceText>) -> Result<Self, Vec<Diagnostic>> {
        let (written, mut mistakes) = decode_yaml::<WrittenLock>(source);
        let mut packs = Vec::new();
        for (id, pack) in written.map(|written| written.packs).unwrap_or_default() {
            let pack = pack.value;
            let digest = pack.sha256.value;
            let is_digest = digest.len() == 64 && digest.bytes().all(|one| one.is_ascii_hexdigit());
            if !is_digest && !pack.sha256.absent {
                let mistake = Diagnostic::error(source, pack.sha256.span, "not 64 hex digits");
                mistakes.push(mistake.with_help("`golive lock` writes this file"));
            }
            let checks = pack.checks.into_iter();
            let checks =
                checks.map(|one| (CheckId(format!("{id}/{}", one.value).into()), one.span));
            packs.push(LockedPack { span: pack.sha256.span, digest, checks: checks.collect(), id });
        }
        told(Self { source: Arc::clone(source), packs }, mistakes)
    }

    /// The pack as it was locked; none where it came into use later.
    pub fn pack(&self, id: &str) -> Option<&LockedPack> {
        self.packs.iter().find(|pack| pack.id == *id)
    }

    /// Whether a check came into its pack after that was locked.
    pub fn is_new(&self, check: &CheckId) -> bool {
        let pack = self.pack(check.pack());
        pack.is_some_and(|pack| !pack.checks.iter().any(|(known, _)| known == check))
    }

    /// The checks that were locked and are in no pack any more, each with its place.
    pub fn gone<'a>(&'a self, library: &'a Library) -> impl Iterator<Item = &'a (CheckId, Span)> {
        let there = |id: &CheckId| library.checks.iter().any(|check| check.id == *id);
        self.packs.iter().flat_map(|pack| &pack.checks).filter(move |(id, _)| !there(id))
    }
}

/// The text of a lock of packs.
pub fn lock_text(packs: &[&Pack], library: &Library) -> String {
    let mut text =
        "# Written by `golive lock`. A check that is not listed only warns; one that is \
                    listed and gone is a finding.\npacks:\n"
            .to_owned();
    for pack in packs {
        text.extend(["  ", &pack.id, ":\n    sha256: ", &pack.digest, "\n    checks:\n"]);
        for check in library.checks.iter().filter(|check| check.id.pack() == pack.id) {
            let name = check.id.0.split_once('/').map_or(&*check.id.0, |(_, name)| name);
            text.extend(["      - ", name, "\n"]);
        }
    }
    text
}
