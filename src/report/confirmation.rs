//! What a person said, as an entry of `golive.confirmations.yaml`; and what is still to be said.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;

use super::sheet::{Block, Item, Mark, Part, Sheet, Word, count};
use super::style::Style;
use super::wrap::prose;
use super::yaml::scalar;
use crate::pack::{CheckId, Who};

/// How a new file begins.
pub const CONFIRMATIONS_HEAD: &str = "\
# What named persons vouch for, and until when. `golive confirm` adds entries; the last one of a
# check counts. A changed setting, told by its digest, makes an entry lapse.
";

/// What a person said.
#[derive(Debug)]
pub struct Said<'a> {
    /// The check whose statement is answered.
    pub check: &'a CheckId,
    /// Whether it is true.
    pub yes: bool,
    /// Who says so.
    pub by: &'a str,
    /// In which role.
    pub role: &'a str,
    /// The day.
    pub date: Date,
    /// The last day it holds.
    pub until: Date,
    /// Where the proof is kept.
    pub evidence: Option<&'a str>,
    /// Digests by `ENVIRONMENT ROLE`.
    pub settings: Vec<(String, String)>,
    /// What has none.
    pub not_watched: Vec<String>,
}

/// The entry, as lines of YAML without indentation.
pub fn confirmation(said: &Said<'_>) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: &str| {
        // writing to a String cannot fail
        let _ = writeln!(text, "{key}: {value}");
    };
    line("check", &scalar(&said.check.0));
    line("answer", if said.yes { "\"yes\"" } else { "\"no\"" });
    line("by", &scalar(said.by));
    line("role", &scalar(said.role));
    line("date", &said.date.to_string());
    line("until", &said.until.to_string());
    if let Some(evidence) = said.evidence {
        line("evidence", &scalar(evidence));
    }
    if !said.settings.is_empty() {
        text.push_str("settings:\n");
    }
    for (label, digest) in &said.settings {
        let _ = writeln!(text, "  {label}: \"{digest}\"");
    }
    if !said.not_watched.is_empty() {
        let _ = writeln!(text, "not-watched: [{}]", said.not_watched.join(", "));
    }
    text
}

/// A statement that waits for a person.
#[derive(Clone, Debug)]
pub struct OpenStatement {
    /// Its check.
    pub check: CheckId,
    /// Who may make it.
    pub who: Who,
    /// What is said.
    pub statement: String,
    /// What it says in particular.
    pub points: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// What it covers, each with its place or with why it is not watched.
    pub covers: Vec<String>,
    /// Why an earlier answer does not count.
    pub lapsed: Option<String>,
    /// The command that answers it.
    pub command: String,
}

/// The statements that wait, numbered in their order, by who may make them.
pub fn open_statements(open: &[OpenStatement], style: &Style) -> String {
    let mut sheet = Sheet::default();
    let number = u64::try_from(open.len()).unwrap_or(u64::MAX);
    sheet.push(Block::Title(vec![match number {
        0 => "no statement waits for a person".to_owned(),
        1 => "1 statement waits for a person".to_owned(),
        _ => format!("{number} statements wait for a person"),
    }]));
    let mut groups: BTreeMap<Who, Vec<Item>> = BTreeMap::new();
    for (index, statement) in open.iter().enumerate() {
        let mut item = open_item(statement);
        item.number = Some(index + 1);
        groups.entry(statement.who).or_default().push(item);
    }
    for (who, items) in groups {
        sheet.gap();
        let number =
            count(u64::try_from(items.len()).unwrap_or(u64::MAX), "statement", "statements");
        sheet.section("ASK", vec![who.as_str().to_owned(), number], items);
    }
    if !open.is_empty() {
        sheet.gap();
        let lines = open.iter().map(|one| one.command.clone()).collect();
        sheet.push(Block::Verbatim { label: "ANSWER", lines });
        let how = "each command as it is true, with --no where it is not; then commit the file";
        sheet.row("", vec![how.to_owned()]);
    }
    sheet.render(style)
}

fn open_item(open: &OpenStatement) -> Item {
    let mut item = Item::new(Mark::Open, prose(&open.statement)).id(&open.check);
    for point in &open.points {
        item = item.line([Part::new(Word::Point, prose(point))]);
    }
    item = item.line([Part::new(Word::Because, prose(&open.why))]);
    if let Some(lapsed) = &open.lapsed {
        item = item.line([Part::new(Word::Note, prose(lapsed))]);
    }
    let covers = format!("covers {}", open.covers.join(", "));
    item.line((!open.covers.is_empty()).then(|| Part::new(Word::Note, covers)))
}
