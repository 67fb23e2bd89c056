//! Built libraries that lie in the tree: the texts in them, as `strings` would show them. They are
//! looked for below folders of other people's code, too.

use std::fs;
use std::io::Read;
use std::path::Path;

use aho_corasick::AhoCorasick;
use ignore::WalkBuilder;

/// Folders that are never entered.
const PASSED_OVER: [&str; 8] =
    [".git", ".hg", ".svn", "node_modules", "target", "__pycache__", ".venv", "venv"];

/// More files than this are not looked for.
const MOST_FILES: usize = 2_000;

/// Of all files together, so many bytes are read.
const MOST_BYTES: u64 = 512 << 20;

/// How many bytes are read at once, and how many of them again: no address is longer.
const PIECE: u64 = 1 << 20;
const AGAIN: usize = 512;

/// A text in a built library.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Built {
    /// The file's path relative to the root.
    pub path: String,
    /// The run of printable letters around what was searched.
    pub text: String,
}

/// What built libraries hold.
#[derive(Debug, Default)]
pub struct Libraries {
    /// How many files were read.
    pub files: usize,
    /// The texts, each once a file.
    pub texts: Vec<Built>,
    /// Why not all was read, where it was not.
    pub unread: Option<String>,
}

impl Libraries {
    /// Reads all files in folders whose names end with one of `endings` (`framework`), and what in
    /// them holds one of `holds`.
    pub fn below(root: &Path, endings: &[String], holds: &[String]) -> Self {
        let mut libraries = Self::default();
        let scan = AhoCorasick::builder().ascii_case_insensitive(true).build(holds);
        let Ok(scan) = scan else { return libraries };
        let walker = WalkBuilder::new(root)
            .standard_filters(false)
            .follow_links(false)
            .sort_by_file_path(Path::cmp)
            .filter_entry(|entry| {
                let name = entry.file_name().to_string_lossy();
                entry.depth() == 0 || !PASSED_OVER.contains(&&*name)
            })
            .build();
        let mut left = MOST_BYTES;
        for entry in walker.flatten() {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if !is_file || !is_within(path, endings) {
                continue;
            }
            let shown = path.to_string_lossy().replace('\\', "/");
            if libraries.files == MOST_FILES || left == 0 {
                libraries.unread = Some(format!("{shown} and more: too much to read"));
                break;
            }
            libraries.files += 1;
            match texts(entry.path(), &scan, &mut left) {
                Ok(found) => {
                    let built = |text| Built { path: shown.clone(), text };
                    libraries.texts.extend(found.into_iter().map(built));
                }
                Err(fault) => libraries.unread = Some(format!("{shown}: {}", fault.kind())),
            }
        }
        libraries.texts.sort();
        libraries.texts.dedup();
        libraries
    }
}

fn is_within(path: &Path, endings: &[String]) -> bool {
    let folders = path.parent().into_iter().flat_map(Path::components);
    folders.filter_map(|folder| Path::new(folder.as_os_str()).extension()).any(|ending| {
        endings.iter().any(|known| ending.to_string_lossy().eq_ignore_ascii_case(known))
    })
}

/// The texts of one file, piece by piece.
fn texts(path: &Path, scan: &AhoCorasick, left: &mut u64) -> std::io::Result<Vec<String>> {
    let mut file = fs::File::open(path)?.take(*left);
    let (mut kept, mut found) = (Vec::new(), Vec::new());
    loop {
        let count = file.by_ref().take(PIECE).read_to_end(&mut kept)?;
        *left = left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
        for hit in scan.find_iter(&kept) {
            found.push(run(&kept, hit.start()));
        }
        if count == 0 {
            return Ok(found);
        }
        let from = kept.len().saturating_sub(AGAIN);
        kept.drain(..from);
    }
}

/// The printable letters around a place.
fn run(bytes: &[u8], at: usize) -> String {
    let is_text = |byte: &u8| byte.is_ascii_graphic();
    let before = bytes.get(..at).unwrap_or_default().iter().rev().take(AGAIN);
    let before = before.take_while(|byte| is_text(byte)).count();
    let after = bytes.get(at..).unwrap_or_default().iter().take(AGAIN);
    let after = after.take_while(|byte| is_text(byte)).count();
    let run = bytes.get(at - before..at + after).unwrap_or_default();
    String::from_utf8_lossy(run).into_owned()
}
