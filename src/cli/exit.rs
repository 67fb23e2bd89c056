//! What a command leaves behind.

use super::world::World;

/// The exit codes, for every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// `GO` or `PASS`; a command that shows something has shown it.
    Ready = 0,
    /// `NO-GO` or `FAIL`.
    NotReady = 1,
    /// The tool could not work: usage, a bad manifest, a bad pack.
    CannotWork = 2,
    /// `UNDETERMINED` or `UNDECIDED`.
    NotTold = 3,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Ready => 0,
            Self::NotReady => 1,
            Self::CannotWork => 2,
            Self::NotTold => 3,
        }
    }

    /// The exit of a verdict.
    pub fn of_verdict(code: u8) -> Self {
        match code {
            0 => Self::Ready,
            1 => Self::NotReady,
            2 => Self::CannotWork,
            _ => Self::NotTold,
        }
    }
}

/// What a command wants printed, and how it ended.
#[derive(Clone, Debug)]
pub struct Finished {
    /// For standard output.
    pub output: String,
    /// For standard error.
    pub errors: String,
    /// The exit.
    pub exit: Exit,
}

impl Finished {
    /// It showed something.
    pub fn shown(output: String) -> Self {
        Self { output, errors: String::new(), exit: Exit::Ready }
    }

    /// It could not work.
    pub fn cannot(errors: impl Into<String>) -> Self {
        let mut errors = errors.into();
        if !errors.ends_with('\n') {
            errors.push('\n');
        }
        Self { output: String::new(), errors, exit: Exit::CannotWork }
    }

    /// What clap says: help and version are shown, anything else is a mistake in usage.
    pub fn of_arguments(fault: &clap::Error, world: &World<'_>) -> Self {
        let rendered = fault.render();
        let text = |color: bool| {
            if color { rendered.ansi().to_string() } else { rendered.to_string() }
        };
        if fault.use_stderr() {
            Self::cannot(text(world.terminal.color_errors))
        } else {
            Self::shown(text(world.terminal.color))
        }
    }
}
