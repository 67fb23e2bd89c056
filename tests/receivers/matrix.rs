//! The matrix of receivers and checks as a text.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use golive::pack::{Class, Library, Severity, Subject, builtin};
use golive::run::Result as Outcome;

/// What came of one check.
pub(crate) struct Cell {
    pub(crate) check: String,
    pub(crate) result: Outcome,
    pub(crate) severity: Option<Severity>,
    pub(crate) said: Option<String>,
    pub(crate) reason: Option<String>,
}

/// What came of one receiver.
pub(crate) struct Row {
    pub(crate) receiver: String,
    pub(crate) cells: Vec<Cell>,
}

/// Begini's checks that deliver to a sandbox receiver, in order.
pub(crate) fn checks() -> Vec<String> {
    let library = Library::load(builtin()).unwrap();
    let delivers = |subject: &Subject| matches!(subject, Subject::Delivery(all) if !all.touch(Class::Production));
    let own = library.checks.iter().filter(|check| check.id.pack() == "begini");
    own.filter(|check| delivers(&check.subject)).map(|check| check.id.to_string()).collect()
}

impl Cell {
    fn letter(&self) -> &'static str {
        match (self.result, self.severity) {
            (Outcome::Pass, _) => ".",
            (Outcome::Fail, Some(Severity::Blocker)) => "B",
            (Outcome::Fail, Some(Severity::Major)) => "M",
            (Outcome::Fail, _) => "m",
            (Outcome::Unknown, _) if self.reason.as_deref() == Some("needs") => "-",
            _ => "?",
        }
    }

    fn short(&self) -> &str {
        self.check.trim_start_matches("begini/receiver-")
    }
}

/// The lines of the rows, each beginning with its receiver.
fn lines(rows: &[Row]) -> Vec<String> {
    let width = rows.iter().map(|row| row.receiver.len()).max().unwrap_or(0);
    let letters = rows.iter().map(|row| {
        let letters: Vec<String> =
            row.cells.iter().map(|cell| format!("{:>2}", cell.letter())).collect();
        format!("{:<width$}  {}", row.receiver, letters.join(" "))
    });
    let said = rows.iter().flat_map(|row| {
        row.cells.iter().filter_map(move |cell| {
            let said = cell.said.as_ref()?;
            Some(format!("{:<width$}  {}: {said}", row.receiver, cell.short()))
        })
    });
    letters.chain([String::new()]).chain(said).collect()
}

fn text(rows: &[Row]) -> String {
    let mut text = String::from(
        ". passes   B M m fails as a blocker, a major or a minor finding   ? could not be told\n\
         - not sent, since the receiver does not accept a right event\n\n",
    );
    for (cell, number) in rows.iter().flat_map(|row| &row.cells).take(checks().len()).zip(1..) {
        writeln!(text, "{number:>2} {}", cell.check).unwrap();
    }
    let width = rows.iter().map(|row| row.receiver.len()).max().unwrap_or(0);
    let numbers: Vec<String> = (1..=checks().len()).map(|number| format!("{number:>2}")).collect();
    writeln!(text, "\n{:<width$}  {}", "", numbers.join(" ")).unwrap();
    for line in lines(rows) {
        writeln!(text, "{line}").unwrap();
    }
    text
}

fn committed() -> PathBuf {
    super::program::here("matrix.txt")
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/receivers.md")
}

const START: &str = "<!-- the matrix, written by tests/receivers -->\n```text\n";
const END: &str = "```\n<!-- end of the matrix -->";

/// The page with the matrix in its place.
fn with(page: &str, matrix: &str) -> String {
    let (before, rest) = page.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    format!("{before}{START}{matrix}{END}{after}")
}

/// Compares with what is committed, but for the receivers whose names begin with one of `absent`.
pub(crate) fn compare(rows: &[Row], absent: &[&str]) {
    let found = text(rows);
    let written = std::fs::read_to_string(page()).unwrap();
    if std::env::var_os("GOLIVE_BLESS").is_some() && absent.is_empty() {
        std::fs::write(committed(), &found).unwrap();
        std::fs::write(page(), with(&written, &found)).unwrap();
    }
    let expected = std::fs::read_to_string(committed()).unwrap();
    let written = std::fs::read_to_string(page()).unwrap();
    assert_eq!(with(&written, &expected), written, "docs/receivers.md shows another matrix");
    let here = |line: &&str| !absent.iter().any(|runtime| line.starts_with(runtime));
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = |text: &str| text.lines().filter(here).map(words).collect::<Vec<_>>().join("\n");
    assert_eq!(plain(&found), plain(&expected), "GOLIVE_BLESS=1 rewrites it; found:\n{found}");
}
