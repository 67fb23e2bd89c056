//! The table for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::sheet::{Cell, Expected, Sheets};

const OPENING: &str = "# Formats and what comes of them

<!-- Written by `GOLIVE_BLESS=1 cargo test --test scenarios` from tests/scenarios: change it there. -->

Every cell is a tiny project in that format and a test of its own name: the word is what the item at the marked
literal weighs, `silent` means that nothing is found, and a dash is told below the table. In no cell does anything else come out,
and in none is a secret printed.
";

/// The page.
pub(crate) fn of(sheets: &Sheets) -> String {
    let mut page = OPENING.to_owned();
    let cells: usize = sheets.rows.iter().map(|row| row.cells.values().flatten().count()).sum();
    let _ = writeln!(
        page,
        "\n{} scenarios in {} formats: {cells} cells.\n",
        sheets.rows.len(),
        sheets.formats.len()
    );
    page.push_str("| scenario |");
    for format in sheets.formats.values() {
        let _ = write!(page, " {} |", format.title);
    }
    let _ = writeln!(page, "\n{}|", "|---".repeat(sheets.formats.len() + 1));
    for row in &sheets.rows {
        let _ = write!(page, "| {} |", row.title);
        for cell in row.cells.values() {
            let _ = write!(page, " {} |", cell.as_ref().map_or("-", |cell| word(&cell.expected)));
        }
        page.push('\n');
    }
    let odd: Vec<String> = sheets
        .rows
        .iter()
        .flat_map(|row| {
            row.cells.iter().filter_map(|(format, cell)| {
                let why = cell.as_ref().err()?;
                Some(format!("| {} | {} | {why} |\n", row.title, sheets.formats[format].title))
            })
        })
        .collect();
    if !odd.is_empty() {
        page.push_str("\n| scenario | format | why it cannot be |\n|---|---|---|\n");
        page.extend(odd);
    }
    cases(&mut page, "Spellings, and ways to a place", &sheets.spellings);
    cases(&mut page, "Silence", &sheets.silence);
    page
}

fn cases(page: &mut String, heading: &str, cases: &BTreeMap<String, (String, Cell)>) {
    let _ = writeln!(page, "\n## {heading}\n\n| case | comes to |\n|---|---|");
    for (title, cell) in cases.values() {
        let check = cell.expected.check.as_deref().unwrap_or("nothing");
        let _ = writeln!(page, "| {title} | {check} |");
    }
}

fn word(expected: &Expected) -> &str {
    if expected.silent { "silent" } else { expected.severity.as_deref().unwrap_or("found") }
}
