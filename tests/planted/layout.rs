//! A layout as it is written: a whole project, and how each mistake gets into it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::stage::{MARK, Texts, read};

/// The mistakes, as layouts name them, each with its heading and its usual severity.
pub(crate) const MISTAKES: [(&str, &str, &str); 12] = [
    ("test-key-in-production", "test key in production", "blocker"),
    ("production-key-in-sandbox", "production key in sandbox", "blocker"),
    ("sandbox-host", "sandbox host", "blocker"),
    ("sandbox-mode", "sandbox mode", "blocker"),
    ("tunnel-webhook", "tunnel webhook", "blocker"),
    ("http-webhook", "http webhook", "major"),
    ("placeholder", "placeholder", "blocker"),
    ("empty-webhook-secret", "empty webhook secret", "blocker"),
    ("same-key", "same key in both", "major"),
    ("same-webhook", "same webhook in both", "major"),
    ("debug-on", "debug on in production", "major"),
    ("secret-in-front-end", "secret in front end", "blocker"),
];

/// A project without mistakes, and the edits that plant one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Layout {
    /// The name of its folder.
    #[serde(skip)]
    pub name: String,
    /// Its texts.
    #[serde(skip)]
    pub texts: Texts,
    /// What it is.
    pub title: String,
    /// Whose settings it holds.
    pub provider: String,
    /// How each mistake gets in.
    pub mistakes: BTreeMap<String, Mistake>,
    /// Mistakes that cannot be made here, each with the reason.
    #[serde(default)]
    pub senseless: BTreeMap<String, String>,
}

/// One mistake: an edit, and what else belongs to it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mistake {
    /// The file.
    pub file: String,
    /// The line as it reads then, its literal marked. It takes the place of the only line that
    /// begins as it does: up to the first `=` or `:`, or where it is a tag up to the mark. Its own
    /// indentation counts for nothing.
    pub line: String,
    /// A text above that line, where several begin so: the first below it is meant.
    #[serde(default)]
    pub below: Option<String>,
    /// Whether it is put in below that text as it is written, and takes no line's place.
    #[serde(default)]
    pub new: bool,
    /// Where the same value stands already.
    #[serde(default)]
    pub with: Option<Standing>,
    /// How much it weighs, where not as usual.
    #[serde(default)]
    pub severity: Option<String>,
    /// Why not as usual.
    #[serde(default)]
    pub because: Option<String>,
}

/// A line that stands there already; its literal is marked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Standing {
    /// The file.
    pub file: String,
    /// The line up to the literal.
    pub line: String,
    /// A text above it.
    #[serde(default)]
    pub below: Option<String>,
}

impl Layout {
    /// Why the layout says too little or too much.
    fn wrong(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (id, ..) in MISTAKES {
            if self.mistakes.contains_key(id) == self.senseless.contains_key(id) {
                wrong.push(format!("{}: {id} is planted or senseless", self.name));
            }
        }
        let known = |id: &&String| MISTAKES.iter().any(|(known, ..)| known == id);
        let named = self.mistakes.keys().chain(self.senseless.keys());
        wrong.extend(
            named.filter(|id| !known(id)).map(|id| format!("{}: no mistake {id}", self.name)),
        );
        for (id, mistake) in &self.mistakes {
            if mistake.severity.is_some() != mistake.because.is_some() {
                wrong.push(format!("{}: {id}: another severity needs a reason", self.name));
            }
        }
        wrong
    }

    /// The project with a mistake in it.
    pub(crate) fn with(&self, mistake: &Mistake) -> Result<Texts, String> {
        let mut texts = self.texts.clone();
        if let Some(with) = &mistake.with {
            let text = text_of(&mut texts, &with.file)?;
            let before = before_mark(&with.line)?.trim_start();
            let at = line_at(text, before, with.below.as_deref())?;
            text.insert(at + before.len(), MARK);
        }
        let text = text_of(&mut texts, &mistake.file)?;
        if mistake.new {
            let above = mistake.below.as_deref().unwrap_or_default();
            let end = end_of_line(text, only(text, above)?);
            text.insert_str(end, &format!("\n{}", mistake.line.trim_end_matches('\n')));
        } else {
            let start = line_at(text, beginning(&mistake.line)?, mistake.below.as_deref())?;
            let end = end_of_line(text, start);
            text.replace_range(start..end, mistake.line.trim());
        }
        Ok(texts)
    }
}

fn text_of<'a>(texts: &'a mut Texts, path: &str) -> Result<&'a mut String, String> {
    texts.0.get_mut(path).ok_or_else(|| format!("there is no file {path}"))
}

fn before_mark(line: &str) -> Result<&str, String> {
    let (before, _) =
        line.split_once(MARK).ok_or_else(|| format!("no literal is marked: {line}"))?;
    Ok(before)
}

/// What a line begins with that takes the place of another.
fn beginning(line: &str) -> Result<&str, String> {
    let before = before_mark(line)?.trim_start();
    let name = before.find(['=', ':']).filter(|_| !before.starts_with('<'));
    Ok(name.map_or(before, |end| &before[..=end]))
}

/// Where the line that begins so begins behind its indentation.
fn line_at(text: &str, beginning: &str, below: Option<&str>) -> Result<usize, String> {
    let from = below.map_or(Ok(0), |below| only(text, below))?;
    let mut at = from;
    let mut found = Vec::new();
    for one in text[from..].split_inclusive('\n') {
        let plain = one.trim_start();
        if plain.starts_with(beginning) {
            found.push(at + one.len() - plain.len());
        }
        at += one.len();
    }
    match found.as_slice() {
        [] => Err(format!("no line begins with: {beginning}")),
        [only] => Ok(*only),
        [first, ..] if below.is_some() => Ok(*first),
        _ => Err(format!("several lines begin with: {beginning}")),
    }
}

/// Where `part` stands, once.
fn only(text: &str, part: &str) -> Result<usize, String> {
    match text.match_indices(part).collect::<Vec<_>>().as_slice() {
        [(at, _)] => Ok(*at),
        found => Err(format!("{} times in the file: {part}", found.len())),
    }
}

fn end_of_line(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |length| from + length)
}

/// All layouts below a folder, in order of name.
pub(crate) fn layouts(folder: &Path) -> Result<Vec<Layout>, String> {
    let mut folders: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let (mut layouts, mut wrong) = (Vec::new(), Vec::new());
    for folder in folders {
        match read::<Layout>(&folder.join("layout.yaml")) {
            Ok(mut layout) => {
                layout.name = folder.file_name().unwrap().to_string_lossy().into_owned();
                layout.texts = texts_below(&folder.join("project"));
                wrong.extend(layout.wrong());
                layouts.push(layout);
            }
            Err(mistakes) => wrong.push(mistakes),
        }
    }
    if wrong.is_empty() { Ok(layouts) } else { Err(wrong.join("\n")) }
}

pub(crate) fn texts_below(folder: &Path) -> Texts {
    let mut texts = Texts::default();
    gather(&mut texts, folder, "");
    texts
}

fn gather(texts: &mut Texts, folder: &Path, within: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{within}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(texts, &entry.path(), &format!("{path}/"));
        } else {
            texts.0.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
}
