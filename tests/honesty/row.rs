//! The rows as they are written.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use golive::document::{Format, decode, single};
use golive::source::{DiagnosticStyle, SourceText, expand, render};
use serde::Deserialize;

/// Rows of one kind: one file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheet {
    /// The file's name without number and ending.
    #[serde(skip)]
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What the rows have in common.
    pub about: String,
    /// The rows.
    pub rows: Vec<Row>,
}

/// What is given, what is asked, and what must come out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// What is given, in words.
    pub input: String,
    /// What is typed after `golive`; the folder of the project is called `project`.
    pub run: String,
    /// The project of the demo to begin with.
    #[serde(default)]
    pub sample: Option<Sample>,
    /// Files that are written, over those of the sample, by path.
    #[serde(default)]
    pub files: BTreeMap<String, Content>,
    /// Servers on this machine, each behind the name of a real one.
    #[serde(default)]
    pub serve: Vec<Serve>,
    /// How long it may take, in seconds.
    #[serde(default = "patience")]
    pub seconds: u64,
    /// The exit code.
    pub exit: u8,
    /// The word of the verdict and its limits, where there is one.
    #[serde(default)]
    pub verdict: Option<String>,
    /// Parts of the reasons of the verdict.
    #[serde(default)]
    pub because: Vec<String>,
    /// What single checks must come to.
    #[serde(default)]
    pub checks: BTreeMap<String, Expected>,
    /// Parts of what is printed: the checklist, or the errors where nothing is judged.
    #[serde(default)]
    pub says: Vec<String>,
    /// How many requests must have been sent.
    #[serde(default)]
    pub sent: u64,
}

/// The project of the demo, in its two states.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sample {
    /// Mended.
    Ready,
    /// With the classic mistakes.
    Flawed,
}

/// A file: its text alone, or how it is made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Content {
    /// Its text.
    Text(String),
    /// How it is made.
    Made(Made),
}

/// A file, or something in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Made {
    /// Its text, or what stands before what is repeated; `{today}` in it is the day of the run.
    pub text: String,
    /// What is repeated, where anything is; `{n}` in it counts.
    pub repeat: String,
    /// How often.
    pub times: u64,
    /// What stands behind it.
    pub then: String,
    /// Bytes in hex, in place of a text.
    pub hex: Option<String>,
    /// Where it leads, if it is a link.
    pub link: Option<String>,
    /// Whether it is a folder.
    pub folder: bool,
    /// Whether nobody may read it.
    pub locked: bool,
    /// How many there are; `{n}` in the path counts.
    pub copies: Option<u64>,
}

/// A server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Serve {
    /// The name that it answers to.
    pub host: String,
    /// What it does.
    pub does: Does,
    /// What it shows of itself.
    #[serde(default)]
    pub certificate: Certificate,
}

/// What a server does with a request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Does {
    /// Nothing listens.
    Refuse,
    /// It takes the request and says nothing.
    Hang,
    /// It closes after the request.
    Drop,
    /// It answers byte by byte and never ends.
    Drip,
    /// It answers.
    Answer {
        /// The status.
        status: u16,
        /// Lines of the head.
        #[serde(default)]
        head: Vec<String>,
        /// The body.
        #[serde(default)]
        body: Option<Content>,
    },
}

/// What a server shows of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Certificate {
    /// A certificate of the authority that the run trusts.
    #[default]
    Right,
    /// One of another authority.
    Untrusted,
    /// One for another name.
    OtherName,
    /// One of the past.
    Expired,
}

/// What a check must come to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    /// Its result.
    pub result: String,
    /// The kind of its reason.
    #[serde(default)]
    pub reason: Option<String>,
    /// A part of the reason's particulars, or of a finding.
    #[serde(default)]
    pub says: Option<String>,
}

fn patience() -> u64 {
    30
}

impl Row {
    /// What is given as the name of a test.
    pub(crate) fn name(&self) -> String {
        let kept = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
        let name: String = self.input.to_lowercase().chars().map(kept).collect();
        name.split('_').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
    }

    /// Whether nothing may be judged.
    pub(crate) fn cannot_work(&self) -> bool {
        self.exit == 2
    }

    /// Why the row says too little, where it does.
    fn wrong(&self) -> Option<&'static str> {
        if !matches!(self.exit, 1..=3) {
            Some("a row ends with 1, 2 or 3")
        } else if self.cannot_work() != self.verdict.is_none() {
            Some("a row has a verdict, unless it ends with 2")
        } else if self.cannot_work() && self.says.is_empty() {
            Some("a row that ends with 2 tells what is said")
        } else if !self.cannot_work() && self.checks.is_empty() && self.because.is_empty() {
            Some("a row tells what decides it")
        } else {
            None
        }
    }
}

impl Content {
    /// How it is made.
    pub(crate) fn made(&self) -> Made {
        match self {
            Self::Text(text) => Made { text: text.clone(), ..Made::default() },
            Self::Made(made) => made.clone(),
        }
    }
}

impl Made {
    /// The text, put together.
    pub(crate) fn text(&self, number: u64) -> String {
        let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut text = expand(&self.text).unwrap().replace("{n}", &number.to_string());
        text = text.replace("{today}", &today.to_string());
        for number in 0..self.times {
            text.push_str(&self.repeat.replace("{n}", &number.to_string()));
        }
        text.push_str(&self.then);
        text
    }
}

/// All sheets in order of their files.
pub(crate) fn sheets(folder: &Path) -> Result<Vec<Sheet>, String> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut sheets = Vec::new();
    let mut mistakes = String::new();
    for path in paths {
        let shown = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = Arc::new(SourceText::new(shown.clone(), fs::read_to_string(&path).unwrap()));
        let (root, mut found) = single(Format::Yaml, &source);
        let sheet = root.and_then(|root| {
            let (sheet, more) = decode::<Sheet>(&root, &source);
            found.extend(more);
            sheet
        });
        if !found.is_empty() {
            mistakes.push_str(&render(
                &found,
                &DiagnosticStyle { color: false, width: 100, plain: true },
            ));
        }
        let Some(mut sheet) = sheet else { continue };
        let name = shown.trim_end_matches(".yaml").split_once('-').map_or("", |(_, name)| name);
        name.clone_into(&mut sheet.name);
        for row in &sheet.rows {
            if let Some(why) = row.wrong() {
                let _ = writeln!(mistakes, "{shown}: {}: {why}", row.input);
            }
        }
        sheets.push(sheet);
    }
    if mistakes.is_empty() { Ok(sheets) } else { Err(mistakes) }
}
