//! The layout for screen readers: no columns, no marks, one fact a line, nothing wrapped.

use std::fmt::Write;

use super::sheet::{Block, Columns, Grid, Item};
use super::wrap::{clean, inert};

/// Lays blocks out.
pub(super) fn render(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Title(facts) => all(&mut out, "", facts),
            Block::Row { label, facts } => all(&mut out, &format!("{label}: "), facts),
            Block::Verdict { word, tone: _, facts, aside } => {
                line(&mut out, &format!("Verdict: {word}"));
                all(&mut out, "", facts);
                line(&mut out, aside);
            }
            Block::Section { label, notes, items } => {
                line(
                    &mut out,
                    &format!("{}:", [&[(*label).to_owned()], &**notes].concat().join(", ")),
                );
                for one in items {
                    item(&mut out, one);
                }
            }
            Block::Table(grid) => out.push_str(&table(grid)),
            Block::Verbatim { label, lines } => {
                if !label.is_empty() {
                    line(&mut out, &format!("{label}:"));
                }
                all(&mut out, "", lines);
            }
            Block::Gap => out.push('\n'),
        }
    }
    out
}

fn all(out: &mut String, before: &str, facts: &[String]) {
    for fact in facts {
        line(out, &format!("{before}{fact}"));
    }
}

fn line(out: &mut String, text: &str) {
    if !text.is_empty() {
        out.push_str(inert(&clean(text)).trim_end());
        out.push('\n');
    }
}

fn item(out: &mut String, item: &Item) {
    let number = item.number.map(|number| format!("{number}. ")).unwrap_or_default();
    line(out, &format!("{number}{}{}", item.mark.spoken(), item.text));
    if !item.id.is_empty() {
        line(out, &format!("  check: {}", item.id));
    }
    for part in item.lines.iter().flatten() {
        line(out, &format!("  {}: {}", part.word.spoken(), part.text));
    }
}

/// Each row of a table as a line.
pub(super) fn table(grid: &Grid) -> String {
    let mut out = String::new();
    for row in &grid.rows {
        let row = row.iter().map(|cell| cell.lines().collect::<Vec<_>>().join(" at "));
        let mut cells = row.zip(&grid.heads).filter(|(cell, _)| !cell.is_empty());
        let mut text = cells.next().map(|(cell, _)| cell).unwrap_or_default();
        let mut gap = ": ";
        for (cell, head) in cells {
            // writing to a String cannot fail
            let _ = match (grid.columns == Columns::Numbers, head.is_empty()) {
                (_, true) => write!(text, "{gap}{cell}"),
                (true, false) if cell == "-" => continue,
                (true, false) => write!(text, "{gap}{cell} {head}"),
                (false, false) => write!(text, "{gap}{head} {cell}"),
            };
            gap = ", ";
        }
        line(&mut out, &text);
    }
    out
}
