//! A report for people before it is laid out: what is said, in order. [`super::screen`] lays it out
//! in columns, [`super::spoken`] as one fact a line.

use super::style::{Style, Tone};
use super::{screen, spoken};

/// What a report says, in order.
#[derive(Debug, Default)]
pub(super) struct Sheet(Vec<Block>);

/// A part of a report. All text in it is as it was found; the layout makes it harmless.
#[derive(Debug)]
pub(super) enum Block {
    /// What the report is about.
    Title(Vec<String>),
    /// A few facts under one label.
    Row { label: &'static str, facts: Vec<String> },
    /// The word that decides, what decides it, and a remark.
    Verdict { word: String, tone: Tone, facts: Vec<String>, aside: String },
    /// A list.
    Section { label: &'static str, notes: Vec<String>, items: Vec<Item> },
    /// Rows and columns.
    Table(Grid),
    /// Lines to be copied: never wrapped.
    Verbatim { label: &'static str, lines: Vec<String> },
    /// Some air.
    Gap,
}

/// One thing of a list.
#[derive(Debug)]
pub(super) struct Item {
    /// Its number, where something refers to it.
    pub(super) number: Option<usize>,
    /// What sort of thing it is.
    pub(super) mark: Mark,
    /// What it says.
    pub(super) text: String,
    /// The check that says it, or another name to look up.
    pub(super) id: String,
    /// Whether its text is no headline.
    pub(super) quiet: bool,
    /// More about it, line by line.
    pub(super) lines: Vec<Vec<Part>>,
}

/// A particular of an item.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) word: Word,
    pub(super) text: String,
}

/// Rows and columns.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) columns: Columns,
}

/// What the columns of a table hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Columns {
    /// Words, and a text in the last one.
    Words,
    /// Numbers in all but the first and the last: set to the right, and spoken as `17 fine`.
    Numbers,
    /// Texts in all: each is broken into lines where they do not fit side by side. A cell may hold
    /// several lines of its own.
    Texts,
}

/// What sort of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Blocker,
    Major,
    Minor,
    Open,
    Dot,
}

/// What a part says about its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Place,
    Exchange,
    Setting,
    Value,
    BelongsTo,
    With,
    By,
    Also,
    Fix,
    Note,
    Asks,
    In,
    Carries,
    Headers,
    Creates,
    Because,
    When,
    Point,
}

impl Mark {
    pub(super) fn glyph(self, unicode: bool) -> &'static str {
        match (self, unicode) {
            (Self::Blocker, true) => "✗",
            (Self::Blocker, false) => "x",
            (Self::Major, _) => "!",
            (Self::Open, _) => "?",
            (Self::Minor | Self::Dot, true) => "·",
            (Self::Minor | Self::Dot, false) => "-",
        }
    }

    pub(super) fn tone(self) -> Tone {
        match self {
            Self::Blocker => Tone::Bad,
            Self::Major | Self::Open => Tone::Doubt,
            Self::Minor | Self::Dot => Tone::Dim,
        }
    }

    pub(super) fn spoken(self) -> &'static str {
        match self {
            Self::Blocker => "Blocker: ",
            Self::Major => "Major: ",
            Self::Minor => "Minor: ",
            Self::Open | Self::Dot => "",
        }
    }
}

impl Word {
    /// What stands before the text in a line.
    pub(super) fn lead(self, unicode: bool) -> String {
        match self {
            Self::Place
            | Self::Exchange
            | Self::Setting
            | Self::Note
            | Self::Asks
            | Self::Headers => String::new(),
            Self::Value => "= ".to_owned(),
            Self::BelongsTo => "belongs to ".to_owned(),
            Self::With => "with ".to_owned(),
            Self::By => "by way of ".to_owned(),
            Self::Also => "also ".to_owned(),
            Self::In => "in ".to_owned(),
            Self::Carries => "carries ".to_owned(),
            Self::Creates => "may create ".to_owned(),
            Self::Because => "because ".to_owned(),
            Self::When => "when ".to_owned(),
            Self::Point => if unicode { "· " } else { "- " }.to_owned(),
            Self::Fix => if unicode { "→ " } else { "-> " }.to_owned(),
        }
    }

    /// What stands before the text where it is read aloud.
    pub(super) fn spoken(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Exchange => "exchange",
            Self::Setting => "setting",
            Self::Value => "value",
            Self::BelongsTo => "belongs to",
            Self::With => "together with",
            Self::By => "by way of",
            Self::Also => "also",
            Self::Fix => "to do",
            Self::Note => "note",
            Self::Asks => "asks whether",
            Self::In => "environment",
            Self::Carries => "carries",
            Self::Headers => "headers",
            Self::Creates => "may create",
            Self::Because => "because",
            Self::When => "when",
            Self::Point => "point",
        }
    }
}

impl Item {
    pub(super) fn new(mark: Mark, text: impl Into<String>) -> Self {
        Self {
            number: None,
            mark,
            text: text.into(),
            id: String::new(),
            quiet: false,
            lines: Vec::new(),
        }
    }

    #[must_use]
    pub(super) fn id(mut self, id: &impl ToString) -> Self {
        self.id = id.to_string();
        self
    }

    #[must_use]
    pub(super) fn line(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        let parts: Vec<Part> = parts.into_iter().collect();
        if !parts.is_empty() {
            self.lines.push(parts);
        }
        self
    }
}

impl Part {
    pub(super) fn new(word: Word, text: impl Into<String>) -> Self {
        Self { word, text: text.into() }
    }
}

impl Sheet {
    pub(super) fn push(&mut self, block: Block) {
        self.0.push(block);
    }

    /// Adds some air, unless there is some already.
    pub(super) fn gap(&mut self) {
        if !matches!(self.0.last(), None | Some(Block::Gap)) {
            self.push(Block::Gap);
        }
    }

    /// Adds facts under a label, unless there are none.
    pub(super) fn row(&mut self, label: &'static str, facts: Vec<String>) {
        if !facts.is_empty() {
            self.push(Block::Row { label, facts });
        }
    }

    /// Adds a list, unless it is empty.
    pub(super) fn section(&mut self, label: &'static str, notes: Vec<String>, items: Vec<Item>) {
        if !items.is_empty() {
            self.push(Block::Section { label, notes, items });
        }
    }

    /// Lays the report out.
    pub(super) fn render(&self, style: &Style) -> String {
        if style.plain { spoken::render(&self.0) } else { screen::render(&self.0, style) }
    }
}

/// The first `most` of `items`, and how many more there are.
pub(super) fn first(most: usize, items: &[String]) -> String {
    let (shown, more) = items.split_at(most.min(items.len()));
    let shown = shown.join(", ");
    if more.is_empty() { shown } else { format!("{shown} and {} more", more.len()) }
}

/// `1 file`, `2 files`.
pub(super) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
