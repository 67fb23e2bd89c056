//! A project in the making: texts by path, a mark at every place that is meant, and the run.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use base64::prelude::{BASE64_STANDARD, Engine};
use golive::document::{Format, decode, single};
use golive::pack::{Library, builtin};
use golive::project::{Mask, Project, Question, Tree};
use golive::run::{Asked, Finding, Gate, Live, Mode, Run, View, run};
use golive::source::{DiagnosticStyle, Location, SourceText, expand, render};
use serde::de::DeserializeOwned;

/// Stands before a literal that is meant, and in no file that is written.
pub(crate) const MARK: char = '»';

/// A place, as it is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The path.
    pub path: String,
    /// The line, from one.
    pub line: u32,
    /// The column in characters, from one.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}", self.path, self.line, self.column)
    }
}

impl From<&Location> for Place {
    fn from(at: &Location) -> Self {
        Self { path: at.path.clone(), line: at.line, column: at.column }
    }
}

/// The texts of a project.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts(pub BTreeMap<String, String>);

impl Texts {
    /// Writes them below `folder` without their marks, and tells where those stood.
    pub(crate) fn set_down(&self, folder: &Path) -> Result<Vec<Place>, String> {
        let mut places = Vec::new();
        for (path, text) in &self.0 {
            let text = expand(&encoded(text)).map_err(|why| format!("{path}: {why}"))?;
            places.extend(marks(path, &text));
            let target = folder.join(path);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, text.replace(MARK, "")).unwrap();
        }
        Ok(places)
    }
}

/// Puts `@@base64(a,b)@@` into base64: the parts are joined before, `\n` is a line end and `\c` a
/// comma.
fn encoded(text: &str) -> String {
    let mut parts = text.split("@@base64(");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (inside, rest) = part.split_once(")@@").unwrap();
        let plain = inside.replace(',', "").replace("\\n", "\n").replace("\\c", ",");
        whole.push_str(&BASE64_STANDARD.encode(plain));
        whole.push_str(rest);
    }
    whole
}

fn marks(path: &str, text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let mut column = 1;
        for letter in line.trim_start_matches('\u{feff}').chars() {
            if letter == MARK {
                places.push(Place { path: path.to_owned(), line: number, column });
            } else {
                column += 1;
            }
        }
    }
    places
}

/// The built-in packs, read once for all projects.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::load(builtin()).unwrap());

/// Judges a folder for a launch, by its files alone, as `golive check` does.
fn judge(project: &Path) -> Result<Run, String> {
    let question = Question::of_files(&LIBRARY);
    let read = Project::read(Tree::open(project)?, &question);
    let style = DiagnosticStyle { color: false, width: 100, plain: true };
    let project = read.map_err(|mistakes| render(&mistakes, &style))?;
    let mask = Mask::of(project.settings.iter(), &LIBRARY);
    let asked = Asked::of(Gate::Launch, "2026-11-23T08:00:00Z".parse().unwrap());
    let view = View::new(&LIBRARY, &project, &asked, &mask);
    Ok(run(&view, Live { mode: Mode::Off, ask: None, recording: &RefCell::new(None) }))
}

/// Writes the texts to a folder of their own and judges it.
pub(crate) fn judged(texts: &Texts) -> Result<(Run, Vec<Place>), String> {
    let place = tempfile::tempdir().unwrap();
    let project = place.path().join("project");
    let meant = texts.set_down(&project)?;
    Ok((judge(&project)?, meant))
}

/// Where a finding stands and what takes part in it.
pub(crate) fn places(finding: &Finding) -> Vec<Place> {
    let related = finding.related.iter().map(|one| Place::from(&one.location));
    finding.location.iter().map(Place::from).chain(related).collect()
}

/// How much a finding weighs, in a word.
pub(crate) fn weight(finding: &Finding) -> String {
    let word = serde_json::to_value(finding.severity).unwrap();
    word.as_str().unwrap().to_owned()
}

/// A finding in one line: place, check, severity, related places.
pub(crate) fn told(finding: &Finding) -> String {
    let at =
        finding.location.as_ref().map_or("nowhere".to_owned(), |at| Place::from(at).to_string());
    let severity = weight(finding);
    let related: Vec<String> =
        finding.related.iter().map(|one| Place::from(&one.location).to_string()).collect();
    let related =
        if related.is_empty() { String::new() } else { format!(" with {}", related.join(", ")) };
    format!("{at} {} {severity}: {}{related}", finding.check, finding.message)
}

/// Decodes a YAML file of the tests; mistakes are told with their places.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let shown = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|fault| format!("{shown}: {fault}"))?;
    let source = Arc::new(SourceText::new(shown.clone(), text));
    let (root, mut found) = single(Format::Yaml, &source);
    let decoded = root.and_then(|root| {
        let (decoded, more) = decode::<T>(&root, &source);
        found.extend(more);
        decoded
    });
    if found.is_empty() {
        return decoded.ok_or(format!("{shown}: nothing in it"));
    }
    Err(render(&found, &DiagnosticStyle { color: false, width: 100, plain: true }))
}

/// Whether the repository holds this page; `GOLIVE_BLESS` writes it.
pub(crate) fn is_current(path: &str, page: &str) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("GOLIVE_BLESS").is_some() {
        fs::write(&file, page).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    if there == page {
        return Ok(());
    }
    let differing = there.lines().zip(page.lines()).position(|(one, other)| one != other);
    let line = differing.unwrap_or_else(|| there.lines().count().min(page.lines().count())) + 1;
    Err(format!("{path}:{line} is not the table: GOLIVE_BLESS=1 writes it anew"))
}
