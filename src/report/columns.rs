//! Tables whose columns all hold texts: widths are shared out, and a text that does not fit is
//! broken where paths and addresses may be.

use comfy_table::{ContentArrangement, Table, presets};
use textwrap::core::display_width;

use super::sheet::Grid;
use super::wrap::{clean, wrap};

/// Columns between two texts.
const GAP: usize = 2;

/// The lines of a table that fills at most `width` columns; the first is its head.
pub(super) fn side_by_side(grid: &Grid, width: usize) -> Vec<String> {
    let widths = widths(grid, width);
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(broken(&grid.heads, &widths));
    for row in &grid.rows {
        table.add_row(broken(row, &widths));
    }
    let last = grid.heads.len().saturating_sub(1);
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if index == last { 0 } else { 2 }));
    }
    table.lines().collect()
}

/// Cells with the breaks that their columns ask for.
fn broken(row: &[String], widths: &[usize]) -> Vec<String> {
    let cells = row.iter().zip(widths);
    cells
        .map(|(cell, width)| {
            let lines = cell.lines().flat_map(|line| wrap(&clean(line), *width));
            lines.collect::<Vec<_>>().join("\n")
        })
        .collect()
}

/// What each column gets: all that it needs where it needs little, and the others equal parts of
/// the rest.
fn widths(grid: &Grid, width: usize) -> Vec<usize> {
    let needs: Vec<usize> = (0..grid.heads.len()).map(|index| need(grid, index)).collect();
    let mut left = width.saturating_sub(GAP * needs.len().saturating_sub(1));
    let mut order: Vec<(usize, usize)> = needs.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, need)| *need);
    let mut widths = needs;
    let mut columns = order.len();
    for (index, need) in order {
        let part = left.checked_div(columns).unwrap_or_default().max(1);
        if let Some(width) = widths.get_mut(index) {
            *width = need.min(part);
            left = left.saturating_sub(*width);
        }
        columns -= 1;
    }
    widths
}

fn need(grid: &Grid, index: usize) -> usize {
    let cells = grid.rows.iter().filter_map(|row| row.get(index));
    let lines = cells.chain(grid.heads.get(index)).flat_map(|cell| cell.lines());
    lines.map(|line| display_width(&clean(line))).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Columns;
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let texts = |row: &[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        Grid {
            heads: texts(&["setting", "sandbox", "production"]),
            rows: rows.iter().map(|row| texts(row)).collect(),
            columns: Columns::Texts,
        }
    }

    #[test]
    fn what_fits_stands_on_one_line_and_the_rest_is_broken_without_loss() {
        let address = "https://hooks-sbx.lender.co.ke/…";
        let grid = grid(&[&["a/b", address, "key B\nconfig/production/begini.yaml:12:9"]]);
        let wide = side_by_side(&grid, 120);
        assert!(wide.iter().any(|line| line.contains(address)), "{wide:#?}");
        let narrow = side_by_side(&grid, 60);
        assert!(narrow.iter().all(|line| display_width(line) <= 60), "{narrow:#?}");
        let second: String =
            narrow.iter().skip(1).filter_map(|line| line.get(9..)?.split("  ").next()).collect();
        assert!(second.replace(' ', "").contains("https://hooks-sbx.lender.co.ke/…"), "{second}");
    }

    #[test]
    fn foreign_text_in_a_cell_does_not_act() {
        let lines = side_by_side(&grid(&[&["a\u{1b}[31m", "b", "c"]]), 80).concat();
        assert!(!lines.contains('\u{1b}'), "{lines}");
    }
}
