//! Everything from outside that a run depends on, met once.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::source::Secret;

/// The world as a run sees it.
#[derive(Clone)]
pub struct World<'a> {
    /// The command line, the program's name first.
    pub arguments: Vec<OsString>,
    /// The folder that the command was given in.
    pub folder: PathBuf,
    /// The clock.
    pub clock: Timestamp,
    /// The zone in which times are shown beside UTC.
    pub zone: TimeZone,
    /// Reads a process variable.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// Draws from outside what must not repeat: the seed of a run.
    pub seed: u64,
    /// What is known of the terminal.
    pub terminal: Terminal,
    /// Says what is being done, where somebody watches.
    pub progress: &'a dyn Fn(&str),
    /// Asks a question that is answered by yes or no; `None` where nobody can answer.
    pub ask: Option<&'a dyn Fn(&str) -> bool>,
    /// What is given to a command besides its arguments.
    pub given: Given<'a>,
}

/// Asks at the terminal for a line of text.
pub type Line<'a> = dyn Fn(&str) -> io::Result<String> + 'a;

/// Asks a question and shows nothing of the answer.
pub type Hidden<'a> = dyn Fn(&str) -> io::Result<Secret> + 'a;

/// What is given to a command besides its arguments.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// Draws bytes that nobody can guess; none where the system has none.
    pub random: &'a dyn Fn() -> Option<[u8; 32]>,
    /// Reads standard input to its end.
    pub input: &'a dyn Fn() -> io::Result<Secret>,
    /// Asks at the terminal without showing the answer; `None` where nobody can answer.
    pub hidden: Option<&'a Hidden<'a>>,
    /// Prints a line at once, for a command that goes on until it is ended.
    pub say: &'a dyn Fn(&str),
    /// Asks at the terminal for a line; `None` where nobody can answer.
    pub line: Option<&'a Line<'a>>,
}

impl Given<'static> {
    /// Nothing at all: for worlds in which no command needs it.
    pub fn nothing() -> Self {
        Self {
            random: &|| None,
            input: &|| Err(io::ErrorKind::UnexpectedEof.into()),
            hidden: None,
            say: &|_| {},
            line: None,
        }
    }
}

/// What is known of the terminal.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether standard output takes colour.
    pub color: bool,
    /// Whether standard error takes colour.
    pub color_errors: bool,
    /// Columns.
    pub width: u16,
    /// Whether text should be plain: for screen readers, `TERM=dumb`, `--plain`.
    pub plain: bool,
}
