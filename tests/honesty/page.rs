//! The table for people.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use libtest_mimic::Failed;

use super::row::{Expected, Row, Sheet};

const OPENING: &str = "# When something cannot be known

<!-- Written by `GOLIVE_BLESS=1 cargo test --test honesty` from tests/honesty/rows: change it there. -->

`golive` says `GO` only for what it saw. This table shows what it says instead when it could not look, could not
ask, or was asked in part. Every row is a test that runs the program on that input; none may end with `GO` or
`PASS`, none may crash, and each says which check is concerned, what came of it, and why.

Exit codes: 1 not ready, 2 the tool could not work, 3 could not be told.
";

/// The page.
pub(crate) fn of(sheets: &[Sheet]) -> String {
    let mut page = OPENING.to_owned();
    for sheet in sheets {
        let _ = write!(page, "\n## {}\n\n{}\n\n", sheet.title, sheet.about.trim());
        page.push_str(
            "| input | asked | check | result | why | exit |\n|---|---|---|---|---|---|\n",
        );
        for row in &sheet.rows {
            add(&mut page, row);
        }
    }
    page
}

fn add(page: &mut String, row: &Row) {
    let asked = format!("`{}`", row.run);
    let mut ends = row.exit.to_string();
    if let Some(verdict) = &row.verdict {
        ends = format!("{ends} {verdict}");
    }
    let mut first = vec![row.input.clone(), asked];
    let mut lines: Vec<[String; 3]> = row.checks.iter().map(line).collect();
    let whole = if row.cannot_work() { &row.says } else { &row.because };
    if !whole.is_empty() {
        lines.insert(0, [String::new(), String::new(), whole.join("; ")]);
    }
    for [check, result, why] in lines {
        let given = std::mem::replace(&mut first, vec![String::new(), String::new()]);
        let end = std::mem::take(&mut ends);
        let cells = given.into_iter().chain([check, result, why, end]);
        let cells: Vec<String> = cells.map(|cell| escaped(&cell)).collect();
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
}

fn line((id, expected): (&String, &Expected)) -> [String; 3] {
    let Expected { result, reason, says } = expected;
    let why: Vec<&str> = [reason, says].into_iter().flatten().map(String::as_str).collect();
    [id.clone(), result.clone(), why.join(": ")]
}

fn escaped(cell: &str) -> String {
    cell.replace('|', "\\|").replace('<', "&lt;").replace('\n', " ")
}

/// Whether the repository holds this page; `GOLIVE_BLESS` writes it.
pub(crate) fn is_current(root: &Path, page: &str) -> Result<(), Failed> {
    let path = root.join("docs/honesty.md");
    if std::env::var_os("GOLIVE_BLESS").is_some() {
        fs::write(&path, page).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    if there == page {
        return Ok(());
    }
    let differing = there.lines().zip(page.lines()).position(|(one, other)| one != other);
    let line = differing.unwrap_or_else(|| there.lines().count().min(page.lines().count())) + 1;
    Err(format!("docs/honesty.md:{line} is not the table: GOLIVE_BLESS=1 writes it anew").into())
}
