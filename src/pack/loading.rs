//! Reading packs: files decoded several at once, then validated against what all packs hold.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::library::PackSource;
use super::valid::{self, Author, Index, Known, ValidCheck};
use super::written::{WrittenCheck, WrittenCodes, WrittenPack};
use super::{CheckId, Pack, PackOrigin};
use crate::document::{Format, Node, decode, single};
use crate::source::{Diagnostic, SourceText, Span, together};

/// What the files of packs hold, as far as it is valid.
pub(super) struct Loaded {
    /// The packs.
    pub(super) packs: Vec<Pack>,
    /// Their checks.
    pub(super) checks: Vec<ValidCheck>,
    /// Every mistake of every file.
    pub(super) found: Vec<Diagnostic>,
}

impl Loaded {
    /// Reads and validates packs.
    pub(super) fn of(sources: Vec<PackSource>) -> Self {
        let mut loading = Loading::default();
        for source in sources {
            loading.add(source);
        }
        loading.read();
        let Loading { folders, index, mut found, .. } = loading;
        let packs = folders.iter().filter_map(|folder| folder.pack(&index, &mut found)).collect();
        let read: Vec<(&Folder, &ReadCheck)> = folders
            .iter()
            .flat_map(|folder| folder.checks.iter().map(move |check| (folder, check)))
            .collect();
        let mut checks = Vec::new();
        for (check, mistakes) in together(&read, MANY, |(folder, one)| folder.check(one, &index)) {
            checks.extend(check);
            found.extend(mistakes);
        }
        Self { packs, checks, found }
    }
}

/// So few files are read faster than threads are started.
const MANY: usize = 32;

/// Packs whose files were read.
#[derive(Default)]
struct Loading {
    folders: Vec<Folder>,
    files: Vec<(usize, Part, Arc<SourceText>)>,
    index: Index,
    found: Vec<Diagnostic>,
}

/// One pack whose files were read.
struct Folder {
    id: String,
    origin: PackOrigin,
    digest: String,
    pack: Option<(WrittenPack, Arc<SourceText>)>,
    codes: Option<(WrittenCodes, Arc<SourceText>)>,
    checks: Vec<ReadCheck>,
}

/// A check whose file was read.
struct ReadCheck {
    id: CheckId,
    written: Box<WrittenCheck>,
    keys: Vec<String>,
    source: Arc<SourceText>,
}

/// What a file of a pack is.
#[derive(Clone, Copy)]
enum Part {
    Pack,
    Codes,
    Check,
}

/// A file of a pack, decoded as what it is.
enum Decoded {
    Pack(Box<(WrittenPack, Node)>),
    Codes(WrittenCodes),
    Check(Box<WrittenCheck>, Vec<String>),
    Nothing,
}

impl Loading {
    /// Takes the files of a pack up.
    fn add(&mut self, source: PackSource) {
        let PackSource { id, origin, mut files } = source;
        files.retain(|(path, _)| {
            matches!(name_of(path).rsplit_once('.'), Some((_, "yaml" | "yml")))
        });
        files.sort();
        let digest = digest(&files);
        let first =
            files.first().map_or_else(|| format!("{id}/pack.yaml"), |(path, _)| path.clone());
        let at = Arc::new(SourceText::new(first, ""));
        if !valid::is_plain(&id) || self.index.packs.contains_key(&id) {
            let message = if valid::is_plain(&id) {
                format!("there are two packs `{id}`")
            } else {
                "the folder of a pack is named in small letters, digits and hyphens".to_owned()
            };
            self.found.push(Diagnostic::error(&at, Span::default(), message));
            return;
        }
        self.index.packs.insert(id.clone(), Known::default());
        let mut has_pack = false;
        for (path, text) in files {
            let part = match name_of(&path) {
                "pack.yaml" => Part::Pack,
                "codes.yaml" => Part::Codes,
                _ => Part::Check,
            };
            has_pack |= matches!(part, Part::Pack);
            let source = Arc::new(SourceText::new(path, text));
            self.files.push((self.folders.len(), part, source));
        }
        if !has_pack {
            self.found.push(Diagnostic::error(&at, Span::default(), "the pack has no `pack.yaml`"));
        }
        let checks = Vec::new();
        self.folders.push(Folder { id, origin, digest, pack: None, codes: None, checks });
    }

    /// Reads the files of all packs, several at once.
    fn read(&mut self) {
        let files = std::mem::take(&mut self.files);
        let decoded = together(&files, MANY, |(_, part, source)| decoded(*part, source));
        for ((folder, part, source), (decoded, found)) in files.iter().zip(decoded) {
            self.found.extend(found);
            let Some(folder) = self.folders.get_mut(*folder) else { continue };
            if let Part::Check = part {
                name_check(&mut self.index, &folder.id, source, &mut self.found);
            }
            let source = Arc::clone(source);
            let known = self.index.packs.entry(folder.id.clone()).or_default();
            match decoded {
                Decoded::Pack(read) => {
                    let (written, root) = *read;
                    let codes = known.codes.take();
                    *known = Known { codes, ..Known::new(&written, &root) };
                    folder.pack = Some((written, source));
                }
                Decoded::Codes(written) => {
                    let codes = written.groups.iter().flat_map(|group| &group.codes.0);
                    known.codes = Some(codes.map(|(id, _)| id.value.clone()).collect());
                    folder.codes = Some((written, source));
                }
                Decoded::Check(written, keys) => {
                    let id = CheckId(check_id(&folder.id, &source).into());
                    folder.checks.push(ReadCheck { id, written, keys, source });
                }
                Decoded::Nothing => {}
            }
        }
    }
}

/// The id of the check that a file holds: its path without the ending.
fn check_id(pack: &str, source: &SourceText) -> String {
    let (stem, _) = name_of(source.path()).rsplit_once('.').unwrap_or_default();
    format!("{pack}/{stem}")
}

fn name_check(
    index: &mut Index,
    pack: &str,
    source: &Arc<SourceText>,
    found: &mut Vec<Diagnostic>,
) {
    let (stem, ending) = name_of(source.path()).rsplit_once('.').unwrap_or_default();
    if !valid::is_plain(stem) || ending != "yaml" {
        let message = "a check is named in small letters, digits and hyphens, then `.yaml`";
        found.push(Diagnostic::error(source, Span::default(), message));
    }
    index.checks.insert(check_id(pack, source));
}

/// Decodes a file as what it is, with its mistakes.
fn decoded(part: Part, source: &Arc<SourceText>) -> (Decoded, Vec<Diagnostic>) {
    let (root, mut found) = single(Format::Yaml, source);
    let Some(root) = root else { return (Decoded::Nothing, found) };
    let told = match part {
        Part::Pack => written(&root, source, &mut found)
            .map(|written| Decoded::Pack(Box::new((written, root)))),
        Part::Codes => written(&root, source, &mut found).map(Decoded::Codes),
        Part::Check => {
            let keys = root.entries().iter().map(|entry| entry.key.text.to_string()).collect();
            written(&root, source, &mut found)
                .map(|written| Decoded::Check(Box::new(written), keys))
        }
    };
    (told.unwrap_or(Decoded::Nothing), found)
}

fn written<T: serde::de::DeserializeOwned>(
    root: &Node,
    source: &Arc<SourceText>,
    found: &mut Vec<Diagnostic>,
) -> Option<T> {
    let (written, more) = decode(root, source);
    found.extend(more);
    written
}

impl Folder {
    fn pack(&self, index: &Index, found: &mut Vec<Diagnostic>) -> Option<Pack> {
        let (written, source) = self.pack.as_ref()?;
        let mut author = Author::new(source, &self.id, index);
        author.trusted = self.origin == PackOrigin::BuiltIn;
        let mut pack = valid::pack(written, &mut author, self.origin);
        pack.digest.clone_from(&self.digest);
        found.extend(author.found);
        pack.codes = self.codes.as_ref().map(|(written, source)| {
            let mut author = Author::new(source, &self.id, index);
            let codes = valid::codes(written, &mut author);
            found.extend(author.found);
            codes
        });
        Some(pack)
    }

    /// A check of the folder, where it is valid, and its mistakes.
    fn check(&self, one: &ReadCheck, index: &Index) -> (Option<ValidCheck>, Vec<Diagnostic>) {
        let mut author = Author::new(&one.source, &self.id, index);
        author.trusted = self.origin == PackOrigin::BuiltIn;
        author.keys.clone_from(&one.keys);
        let valid = valid::check(&one.written, one.id.clone(), &mut author);
        (valid, author.found)
    }
}

/// The last part of a path.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// SHA-256 over names and texts, each with its length before it, in hex.
fn digest(files: &[(String, String)]) -> String {
    let mut hash = Sha256::new();
    for (path, text) in files {
        for part in [name_of(path), text] {
            hash.update(part.len().to_string());
            hash.update([b':']);
            hash.update(part);
        }
    }
    hex::encode(hash.finalize())
}
