//! The one door to the judged files. Nothing outside the root is ever read.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::encoding::decode;
use super::purpose::Purpose;
use crate::source::SourceText;

/// Files beyond this many bytes are named, not read.
pub(super) const MOST_BYTES: u64 = 8 << 20;

/// Folders that hold other people's code or built output: never descended into.
const FOREIGN_FOLDERS: [&str; 15] = [
    ".git",
    ".hg",
    ".svn",
    "node_modules",
    "bower_components",
    "vendor",
    "third_party",
    "Pods",
    ".venv",
    "venv",
    "__pycache__",
    "target",
    ".terraform",
    ".gradle",
    ".dart_tool",
];

/// What stands in the judged tree, each in order of path.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files.
    pub files: Vec<Listed>,
    /// Links: they are not followed.
    pub links: Vec<String>,
    /// Folders and files that could not be listed, each with the reason.
    pub faults: Vec<(String, String)>,
}

/// A file of the judged tree.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its path relative to the root, with `/`.
    pub path: String,
    /// What it is there for.
    pub purpose: Purpose,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// It is larger than [`MOST_BYTES`].
    #[error("larger than 8 MiB, not read")]
    TooLarge,
    /// It is no text.
    #[error("not text in UTF-8 or UTF-16, not read")]
    NotText,
    /// The system refused.
    #[error("cannot be read ({0})")]
    Refused(String),
}

/// A folder that is judged.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
}

impl Tree {
    /// Takes a folder.
    ///
    /// # Errors
    /// Where there is no such folder, or it cannot be entered.
    pub fn open(root: &Path) -> Result<Self, String> {
        let root = root.canonicalize().map_err(|fault| reason(&fault))?;
        if root.is_dir() { Ok(Self { root }) } else { Err("not a folder".to_owned()) }
    }

    /// The folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder's own name.
    pub fn name(&self) -> String {
        self.root.file_name().map_or_else(|| "/".to_owned(), |name| name.to_string_lossy().into())
    }

    /// The folder's path from the top of the git work tree that it lies in; none where it is that
    /// itself, or lies in none.
    pub fn folder(&self) -> Option<String> {
        let top = self.root.ancestors().find(|folder| folder.join(".git").exists())?;
        let below = self.root.strip_prefix(top).ok()?;
        let path = below.to_string_lossy().replace('\\', "/");
        (!path.is_empty()).then_some(path)
    }

    /// Everything below, but for folders of other people's code.
    pub fn list(&self) -> Listing {
        let walker = WalkBuilder::new(&self.root)
            .standard_filters(false)
            .follow_links(false)
            .filter_entry(|entry| {
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                let name = entry.file_name().to_string_lossy();
                entry.depth() == 0 || !is_folder || !FOREIGN_FOLDERS.contains(&&*name)
            })
            .build();
        let mut found = Listing::default();
        for entry in walker {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    let path = self.relative(entry.path());
                    found.files.push(Listed { purpose: Purpose::of(&path), path });
                }
                Ok(entry) if entry.path_is_symlink() => {
                    found.links.push(self.relative(entry.path()));
                }
                Ok(_) => {}
                Err(fault) => found.faults.push(self.listing_fault(&fault)),
            }
        }
        found.files.sort_by(|one, other| one.path.cmp(&other.path));
        tell_chart_templates(&mut found.files);
        found.links.sort();
        found.faults.sort();
        found
    }

    /// The path of what a link leads to, relative to the root; none where that is nothing, or lies
    /// elsewhere.
    pub fn target(&self, link: &str) -> Option<String> {
        let real = self.root.join(link).canonicalize().ok()?;
        real.starts_with(&self.root).then(|| self.relative(&real))
    }

    /// Reads a file by its path relative to the root.
    ///
    /// # Errors
    /// Where it is too large, not text, not a plain file inside the root, or refused.
    pub fn read(&self, path: &str) -> Result<Arc<SourceText>, ReadFault> {
        let full = self.root.join(path);
        let real = full.canonicalize().map_err(|fault| ReadFault::Refused(reason(&fault)))?;
        if !real.starts_with(&self.root) {
            return Err(ReadFault::Refused("leads out of the folder".to_owned()));
        }
        Self::read_plain(path, &real)
    }

    /// Reads a file that [`Tree::list`] found: it is a plain one, and no link leads to it.
    ///
    /// # Errors
    /// Where it is too large, not text, or refused.
    pub(super) fn read_listed(&self, path: &str) -> Result<Arc<SourceText>, ReadFault> {
        Self::read_plain(path, &self.root.join(path))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door that the lint points to")]
    fn read_plain(path: &str, real: &Path) -> Result<Arc<SourceText>, ReadFault> {
        let about =
            fs::symlink_metadata(real).map_err(|fault| ReadFault::Refused(reason(&fault)))?;
        if !about.is_file() {
            return Err(ReadFault::Refused("not a plain file".to_owned()));
        }
        if about.len() > MOST_BYTES {
            return Err(ReadFault::TooLarge);
        }
        let bytes = fs::read(real).map_err(|fault| ReadFault::Refused(reason(&fault)))?;
        let text = decode(bytes).ok_or(ReadFault::NotText)?;
        Ok(Arc::new(SourceText::new(path, text)))
    }

    /// Whether a file of this path is there.
    pub fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.root.join(path)).is_ok()
    }

    fn relative(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside.to_string_lossy().replace('\\', "/")
    }

    fn listing_fault(&self, fault: &ignore::Error) -> (String, String) {
        match fault {
            ignore::Error::WithPath { path, err } => {
                let why = err.io_error().map_or_else(|| "cannot be listed".to_owned(), reason);
                (self.relative(path), why)
            }
            ignore::Error::WithDepth { err, .. } => self.listing_fault(err),
            ignore::Error::Partial(_)
            | ignore::Error::WithLineNumber { .. }
            | ignore::Error::Loop { .. }
            | ignore::Error::Io(_)
            | ignore::Error::Glob { .. }
            | ignore::Error::UnrecognizedFileType(_)
            | ignore::Error::InvalidDefinition => (".".to_owned(), "cannot be listed".to_owned()),
        }
    }
}

/// Tells the templates of Helm charts from live configuration.
fn tell_chart_templates(files: &mut [Listed]) {
    let paths: BTreeSet<&str> = files.iter().map(|file| &*file.path).collect();
    let is_template = |file: &Listed| Purpose::is_chart_template(&file.path, &paths);
    let told: Vec<bool> = files.iter().map(is_template).collect();
    for (file, is_template) in files.iter_mut().zip(told) {
        if is_template && file.purpose == Purpose::Live {
            file.purpose = Purpose::Template;
        }
    }
}

/// Reads a text from outside the judged tree that the command line named: a pack, a recording.
///
/// # Errors
/// Where it is too large, not text, or refused.
pub fn read_named(path: &Path) -> Result<String, ReadFault> {
    let mut file = fs::File::open(path).map_err(|fault| ReadFault::Refused(reason(&fault)))?;
    let mut bytes = Vec::new();
    file.by_ref()
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|fault| ReadFault::Refused(reason(&fault)))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        return Err(ReadFault::TooLarge);
    }
    String::from_utf8(bytes).map_err(|_| ReadFault::NotText)
}

fn reason(fault: &std::io::Error) -> String {
    let kind = fault.kind();
    if kind == std::io::ErrorKind::NotFound {
        "no such file or folder".to_owned()
    } else {
        kind.to_string()
    }
}
