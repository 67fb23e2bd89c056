//! The table, and its page.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use super::search::{Canary, encodings};

const BEGIN: &str = "<!-- written by `GOLIVE_BLESS=1 cargo test --test safety leaks` -->\n\n";
const END: &str = "\n<!-- end of what is written -->\n";

/// Of how many secrets something comes out.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub(super) given: usize,
    pub(super) of: usize,
}

/// The row that shows what goes in.
const PLANTED: &str = "what is read";

/// What comes out, by who tells and by where the secret stands.
pub(super) struct Table {
    columns: Vec<&'static str>,
    rows: Vec<(String, Vec<Option<Cell>>)>,
}

impl Table {
    pub(super) fn new(columns: impl IntoIterator<Item = &'static str>) -> Self {
        Self { columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    pub(super) fn set(&mut self, column: usize, row: &str, cell: Cell) {
        let at = self.rows.iter().position(|(name, _)| name == row).unwrap_or_else(|| {
            self.rows.push((row.to_owned(), vec![None; self.columns.len()]));
            self.rows.len() - 1
        });
        self.rows[at].1[column] = Some(cell);
    }

    /// The cells by which something comes out.
    pub(super) fn leaking(&self) -> BTreeSet<String> {
        let outputs = self.rows.iter().filter(|(name, _)| name != PLANTED);
        outputs
            .flat_map(|(name, cells)| {
                let cells = self.columns.iter().zip(cells);
                cells.filter_map(move |(column, cell)| {
                    let Cell { given, of } = cell.filter(|cell| cell.given > 0)?;
                    Some(format!("{name}, {column}: {given} of {of}"))
                })
            })
            .collect()
    }

    /// The table in Markdown.
    pub(super) fn rows(&self) -> String {
        let line = "|---".repeat(self.columns.len());
        let mut text = format!("| | {} |\n|---{line}|\n", self.columns.join(" | "));
        for (name, cells) in &self.rows {
            let told = |cell: &Option<Cell>| match cell {
                None => "-".to_owned(),
                Some(Cell { given, of }) if *given == 0 || name == PLANTED => {
                    format!("{given} of {of}")
                }
                Some(Cell { given, of }) => format!("**{given} of {of}**"),
            };
            let cells: Vec<String> = cells.iter().map(told).collect();
            let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
        }
        text
    }
}

/// What was searched for, in words.
fn searched() -> String {
    let all = Canary::all();
    let shapes: Vec<&str> = all.iter().map(|one| one.shape).collect();
    let pieces: usize = all.iter().map(Canary::pieces).sum();
    let spellings = encodings(&all[0].secret).len();
    format!(
        "Five secrets of different shapes ({}), each searched for in {spellings} spellings and by every six characters in a row: \
         {pieces} strings a cell.\n\n",
        shapes.join(", ")
    )
}

/// Asserts that the page holds the table, or writes it there.
#[expect(clippy::disallowed_methods, reason = "reads and writes the repository's own page")]
pub(super) fn is_current(table: &Table, root: &Path) {
    let path = root.join("docs/leaks.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    let measured = searched() + &table.rows();
    if std::env::var_os("GOLIVE_BLESS").is_some() {
        std::fs::write(&path, [before, BEGIN, &measured, END, after].concat()).unwrap();
    } else {
        assert_eq!(found, measured, "GOLIVE_BLESS=1 rewrites docs/leaks.md");
    }
}
