//! The layout for a terminal: labels at the left, checks at the right, wrapped to its columns.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};
use textwrap::core::display_width;

use super::columns::side_by_side;
use super::sheet::{Block, Columns, Grid, Item, Part, Word};
use super::spoken;
use super::style::{Style, Tone};
use super::wrap::{clean, inert, is_command, pack, wrap};

/// Columns of a label.
const LABEL: usize = 11;
/// Columns before the text of an item: a number and a mark.
const MARK: usize = 5;
/// The least room for text beside a check's id.
const BESIDE: usize = 36;

/// The least room for the last column of a table.
const REST: usize = 30;

/// Lays blocks out.
pub(super) fn render(blocks: &[Block], style: &Style) -> String {
    let mut screen = Screen { style, out: String::new() };
    for block in blocks {
        match block {
            Block::Title(facts) => screen.title(facts),
            Block::Row { label, facts } => screen.row((Tone::Label, label), facts),
            Block::Verdict { word, tone, facts, aside } => {
                screen.verdict((*tone, word), facts, aside);
            }
            Block::Section { label, notes, items } => {
                screen.row((Tone::Label, label), notes);
                for item in items {
                    screen.item(item);
                }
            }
            Block::Table(grid) => screen.table(grid),
            Block::Verbatim { label, lines } => screen.verbatim(label, lines),
            Block::Gap => screen.out.push('\n'),
        }
    }
    screen.out
}

struct Screen<'a> {
    style: &'a Style,
    out: String,
}

impl Screen<'_> {
    /// One line of pieces, each in its tone.
    fn line(&mut self, pieces: &[(Tone, &str)]) {
        let whole: String = pieces.iter().map(|(_, text)| *text).collect();
        if is_command(&whole) {
            self.out.push_str(inert(&whole).trim_end());
        } else {
            let mut left = whole.trim_end().len();
            for (tone, text) in pieces {
                let shown = text.get(..left.min(text.len())).unwrap_or_default();
                left -= shown.len();
                self.out.push_str(&self.style.paint(*tone, shown));
            }
        }
        self.out.push('\n');
    }

    fn gap(&self) -> &'static str {
        if self.style.unicode { " · " } else { " | " }
    }

    fn title(&mut self, facts: &[String]) {
        let facts: Vec<String> = facts.iter().map(|fact| clean(fact)).collect();
        for line in pack(&facts, self.gap(), self.style.columns()) {
            self.line(&[(Tone::Strong, &line)]);
        }
    }

    /// A label and facts beside it; under it where the terminal is narrow.
    fn row(&mut self, (tone, label): (Tone, &str), facts: &[String]) {
        let facts: Vec<String> = facts.iter().map(|fact| clean(fact)).collect();
        let label_width = display_width(label);
        if self.style.is_narrow() && !facts.is_empty() && label_width > 0 {
            self.line(&[(tone, label)]);
            for line in pack(&facts, self.gap(), self.style.columns() - 2) {
                self.line(&[(Tone::Plain, "  "), (Tone::Plain, &line)]);
            }
            return;
        }
        let indent = if self.style.is_narrow() { 0 } else { LABEL.max(label_width + 2) };
        let lines = pack(&facts, self.gap(), self.style.columns() - indent);
        let padding = " ".repeat(indent.saturating_sub(label_width));
        let first = lines.first().map_or("", String::as_str);
        self.line(&[(tone, label), (Tone::Plain, &padding), (Tone::Plain, first)]);
        for line in lines.iter().skip(1) {
            self.line(&[(Tone::Plain, &" ".repeat(LABEL.min(indent))), (Tone::Plain, line)]);
        }
    }

    /// The verdict; the remark at the right end of its line, or under it.
    fn verdict(&mut self, (tone, word): (Tone, &str), facts: &[String], aside: &str) {
        let (word, aside) = (clean(word), clean(aside));
        let facts: Vec<String> = facts.iter().map(|fact| clean(fact)).collect();
        let head = format!("{word:<width$}", width = LABEL - 2) + "  ";
        let text = facts.join(self.gap());
        let used = display_width(&head) + display_width(&text) + 2 + display_width(&aside);
        if used > self.style.columns() {
            self.row((tone, &word), &facts);
            if !aside.is_empty() {
                self.row((Tone::Dim, ""), &[aside]);
            }
            return;
        }
        let room = " ".repeat(self.style.columns() - used + 2);
        self.line(&[
            (tone, &head),
            (Tone::Strong, &text),
            (Tone::Plain, &room),
            (Tone::Dim, &aside),
        ]);
    }

    fn item(&mut self, item: &Item) {
        let number = item.number.map(|number| number.to_string()).unwrap_or_default();
        let lead = format!("{number:>2} ");
        let mark = format!("{} ", item.mark.glyph(self.style.unicode));
        let (text, id) = (clean(&item.text), clean(&item.id));
        let room = self.style.columns().saturating_sub(MARK);
        let beside = room.saturating_sub(display_width(&id) + 2);
        let side_by_side = !id.is_empty() && (beside >= BESIDE || display_width(&text) <= beside);
        let tone = if item.lines.is_empty() || item.quiet { Tone::Plain } else { Tone::Strong };
        let lines = wrap(&text, if side_by_side { beside } else { room });
        for (index, line) in lines.iter().enumerate() {
            let before = if index == 0 { (lead.as_str(), mark.as_str()) } else { ("     ", "") };
            let mut pieces =
                vec![(Tone::Plain, before.0), (item.mark.tone(), before.1), (tone, line.as_str())];
            let padding = " ".repeat((beside + 2).saturating_sub(display_width(line)));
            if side_by_side && index == 0 {
                pieces.extend([(Tone::Plain, padding.as_str()), (Tone::Dim, id.as_str())]);
            }
            self.line(&pieces);
        }
        if !side_by_side && !id.is_empty() {
            self.hang(Tone::Dim, &wrap(&id, room));
        }
        for parts in &item.lines {
            self.parts(parts, room);
        }
    }

    fn hang(&mut self, tone: Tone, lines: &[String]) {
        for line in lines {
            self.line(&[(Tone::Plain, "     "), (tone, line)]);
        }
    }

    /// The particulars of one line of an item; what to do hangs under its arrow, a point under its mark.
    fn parts(&mut self, parts: &[Part], room: usize) {
        if let [Part { word: word @ (Word::Fix | Word::Point), text }] = parts {
            let lead = word.lead(self.style.unicode);
            let tone = if *word == Word::Fix { Tone::Good } else { Tone::Dim };
            let indent = " ".repeat(display_width(&lead));
            let lines = wrap(&clean(text), room.saturating_sub(indent.len()));
            for (index, line) in lines.iter().enumerate() {
                let before = if index == 0 { &lead } else { &indent };
                self.line(&[(Tone::Plain, "     "), (tone, before), (Tone::Plain, line)]);
            }
            return;
        }
        let mut texts: Vec<String> = Vec::new();
        for part in parts {
            let text = format!("{}{}", part.word.lead(self.style.unicode), clean(&part.text));
            match texts.last_mut() {
                Some(setting) if part.word == Word::Value => {
                    setting.push(' ');
                    setting.push_str(&text);
                }
                Some(_) | None => texts.push(text),
            }
        }
        self.hang(Tone::Plain, &pack(&texts, "  ", room));
    }

    fn table(&mut self, grid: &Grid) {
        if grid.columns == Columns::Texts && !self.style.is_narrow() {
            for (index, line) in side_by_side(grid, self.style.columns()).iter().enumerate() {
                self.line(&[(if index == 0 { Tone::Dim } else { Tone::Plain }, line)]);
            }
            return;
        }
        if !self.has_room(grid) {
            self.stack(grid);
            return;
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.style.columns()).unwrap_or(u16::MAX));
        table.set_header(grid.heads.iter().map(|head| clean(head)).collect::<Vec<_>>());
        for row in &grid.rows {
            table.add_row(row.iter().map(|cell| clean(cell)).collect::<Vec<_>>());
        }
        let last = grid.heads.len().saturating_sub(1);
        for (index, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, if index == last { 0 } else { 2 }));
            if index < last {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
            if grid.columns == Columns::Numbers && index > 0 && index < last {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for (index, line) in table.lines().enumerate() {
            self.line(&[(if index == 0 { Tone::Dim } else { Tone::Plain }, &line)]);
        }
    }

    /// Whether the columns fit side by side, with a readable rest for the last one.
    fn has_room(&self, grid: &Grid) -> bool {
        let width = |index: usize| {
            let cells = grid.rows.iter().filter_map(|row| row.get(index));
            let head = grid.heads.get(index).map_or(0, |head| display_width(head));
            cells.map(|cell| display_width(&clean(cell))).fold(head, usize::max)
        };
        let last = grid.heads.len().saturating_sub(1);
        let before: usize = (0..last).map(|index| width(index) + 2).sum();
        before + width(last).min(REST) <= self.style.columns()
    }

    /// Rows one under the other: numbers as words, texts under their first cell.
    fn stack(&mut self, grid: &Grid) {
        if grid.columns == Columns::Numbers {
            for line in
                spoken::table(grid).lines().flat_map(|line| wrap(line, self.style.columns()))
            {
                self.line(&[(Tone::Plain, &line)]);
            }
            return;
        }
        for row in &grid.rows {
            let cells: Vec<String> = row.iter().flat_map(|cell| cell.lines().map(clean)).collect();
            let Some((first, rest)) = cells.split_first() else { continue };
            for line in wrap(first, self.style.columns()) {
                self.line(&[(Tone::Strong, &line)]);
            }
            for line in pack(rest, "  ", self.style.columns().saturating_sub(4)) {
                self.line(&[(Tone::Plain, "    "), (Tone::Plain, &line)]);
            }
        }
    }

    /// Lines that are to be copied, so they are never wrapped.
    fn verbatim(&mut self, label: &str, lines: &[String]) {
        let beside = !self.style.is_narrow() && !label.is_empty();
        let indent = " ".repeat(if beside { LABEL } else { 2 });
        if !beside && !label.is_empty() {
            self.line(&[(Tone::Label, label)]);
        }
        for (index, line) in lines.iter().enumerate() {
            let padded = format!("{label:<LABEL$}");
            let first = beside && index == 0;
            let before = if first { (Tone::Label, &padded) } else { (Tone::Plain, &indent) };
            self.line(&[(before.0, before.1), (Tone::Plain, &clean(line))]);
        }
    }
}
