//! How a report looks, and how its words are coloured.

use anstyle::{AnsiColor, Style as Ansi};
use jiff::tz::TimeZone;

/// How a report for people is laid out.
#[derive(Clone, Debug)]
pub struct Style {
    /// Whether to colour.
    pub color: bool,
    /// Columns of the terminal.
    pub width: u16,
    /// For screen readers: no columns, no marks, words instead, one fact a line, never wrapped.
    pub plain: bool,
    /// Whether marks beyond ASCII may be used.
    pub unicode: bool,
    /// The reader's time zone, shown before UTC; UTC alone without one.
    pub zone: Option<TimeZone>,
}

impl Default for Style {
    /// What suits a file or a pipe: no colour, 100 columns, UTC.
    fn default() -> Self {
        Self { color: false, width: 100, plain: false, unicode: true, zone: None }
    }
}

/// What a piece of text is, for its colour. Nothing is said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Label,
    Dim,
    Strong,
    Good,
    Bad,
    Doubt,
}

impl Tone {
    fn ansi(self) -> Ansi {
        match self {
            Self::Plain => Ansi::new(),
            Self::Label | Self::Strong => Ansi::new().bold(),
            Self::Dim => Ansi::new().dimmed(),
            Self::Good => AnsiColor::Green.on_default().bold(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Doubt => AnsiColor::Yellow.on_default().bold(),
        }
    }
}

impl Style {
    /// The columns to fill: a line longer than 120 is hard to read, one under 20 cannot be laid out.
    pub(super) fn columns(&self) -> usize {
        usize::from(self.width.clamp(20, 120))
    }

    /// Whether there is room for columns side by side.
    pub(super) fn is_narrow(&self) -> bool {
        self.columns() < 60
    }

    /// `text` in its colour.
    pub(super) fn paint(&self, tone: Tone, text: &str) -> String {
        if !self.color || tone == Tone::Plain || text.is_empty() {
            return text.to_owned();
        }
        let ansi = tone.ansi();
        format!("{ansi}{text}{ansi:#}")
    }
}
