//! What a check asks of the text of programs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Pattern;

/// Text that a check is about.
#[derive(Clone, Debug)]
pub struct Search {
    /// The part of the tree.
    pub area: SourceArea,
    /// Which files; programs if there are none.
    pub files: Vec<FileName>,
    /// Texts in small letters, one of which a file holds.
    pub holds: Vec<String>,
    /// What is searched.
    pub matches: Vec<Pattern>,
    /// What must stand near.
    pub near: Vec<Near>,
    /// What must not.
    pub not_near: Vec<Near>,
    /// What needs something elsewhere.
    pub pairs: Vec<Pair>,
    /// What must come out.
    pub expect: SourceExpect,
    /// Whether it only hints.
    pub hint: bool,
    /// What is wrong where it fails.
    pub says: String,
}

impl Search {
    /// Whether a file of a program or not, by its path, is meant.
    pub fn means(&self, path: &str, is_program: bool) -> bool {
        if self.files.is_empty() {
            return is_program;
        }
        self.files.iter().any(|file| file.fits(path))
    }

    /// The files in which something is needed.
    pub fn needed(&self) -> impl Iterator<Item = &FileName> {
        self.pairs.iter().flat_map(|pair| &pair.files)
    }
}

/// Texts in built libraries.
#[derive(Clone, Debug)]
pub struct BuiltTexts {
    /// Endings of the folders that libraries are.
    pub within: Vec<String>,
    /// Texts in small letters, around which is searched.
    pub holds: Vec<String>,
    /// What is searched there.
    pub matches: Vec<Pattern>,
    /// What is wrong with what is found.
    pub says: String,
}

/// The ending of a file's name, or the whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(pub String);

impl FileName {
    /// Whether the file at `path` is so called, in whatever case.
    pub fn fits(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        name.eq_ignore_ascii_case(&self.0) || ending.eq_ignore_ascii_case(&self.0)
    }
}

/// What stands near a place.
#[derive(Clone, Debug)]
pub struct Near {
    /// How many lines before and after are looked at.
    pub within: usize,
    /// What is searched there.
    pub matches: Vec<Pattern>,
}

/// What belongs together.
#[derive(Clone, Debug)]
pub struct Pair {
    /// What needs something.
    pub this: Pattern,
    /// What it needs.
    pub needs: Pattern,
    /// In which files.
    pub files: Vec<FileName>,
    /// What is wrong where that is missing.
    pub says: String,
}

/// A part of the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceArea {
    /// What browsers and phones get.
    Client,
    /// What stays on servers.
    Server,
    /// All of it.
    #[default]
    Any,
}

/// What must come out of a search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceExpect {
    /// Nothing.
    #[default]
    None,
    /// Something.
    Some,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_whole_or_by_their_ending() {
        let fits = |name: &str, path: &str| FileName(name.to_owned()).fits(path);
        assert!(fits("swift", "ios/App.swift") && fits("Podfile", "ios/Podfile"));
        assert!(fits("AndroidManifest.xml", "app/src/main/AndroidManifest.xml"));
        assert!(!fits("xml", "a/xml/b.txt") && !fits("Info.plist", "a/MyInfo.plist"));
    }
}
