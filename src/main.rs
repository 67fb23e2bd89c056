//! The command line: meets the world once and hands it down.

use std::io::{BufRead, IsTerminal, Read, Write};
use std::process::ExitCode;

use golive::cli::{Given, Terminal, World, run};
use golive::source::Secret;
use jiff::Timestamp;
use jiff::tz::TimeZone;

fn main() -> ExitCode {
    let variable = |name: &str| read_variable(name);
    let watched = std::io::stderr().is_terminal() && variable("CI").is_none();
    let bar = watched.then(indicatif::ProgressBar::new_spinner);
    let progress = |message: &str| {
        if let Some(bar) = &bar {
            bar.set_message(message.to_owned());
            bar.tick();
        }
    };
    let ask = |question: &str| bar.as_ref().is_some_and(|bar| bar.suspend(|| ask(question)));
    let answerable = watched && std::io::stdin().is_terminal();
    let hidden = |question: &str| match &bar {
        Some(bar) => bar.suspend(|| ask_hidden(question)),
        None => ask_hidden(question),
    };
    let line = |question: &str| match &bar {
        Some(bar) => bar.suspend(|| ask_line(question)),
        None => ask_line(question),
    };
    let seen = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let clock = now();
    let finished = run(&World {
        arguments: arguments(),
        folder: folder(),
        clock,
        zone: TimeZone::system(),
        variable: &variable,
        seed: seed(clock),
        terminal: terminal(&variable),
        progress: &progress,
        ask: if answerable { Some(&ask) } else { None },
        given: Given {
            random: &random,
            input: &input,
            hidden: if seen { Some(&hidden) } else { None },
            say: &say,
            line: if seen { Some(&line) } else { None },
        },
    });
    if let Some(bar) = &bar {
        bar.finish_and_clear();
    }
    // a reader that has gone away is no fault of the run
    let _ = std::io::stderr().write_all(finished.errors.as_bytes());
    let _ = std::io::stdout().write_all(finished.output.as_bytes());
    let _ = std::io::stdout().flush();
    ExitCode::from(finished.exit.code())
}

fn terminal(variable: &dyn Fn(&str) -> Option<String>) -> Terminal {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let dumb = variable("TERM").is_some_and(|value| value == "dumb");
    let wanted = !set("NO_COLOR") && !dumb;
    let forced = set("CLICOLOR_FORCE") && wanted;
    let columns = variable("COLUMNS").and_then(|columns| columns.parse().ok());
    let width = columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0));
    Terminal {
        color: forced || (wanted && std::io::stdout().is_terminal()),
        color_errors: forced || (wanted && std::io::stderr().is_terminal()),
        width: width.unwrap_or(100),
        plain: dumb,
    }
}

/// Asks at the terminal; only a clear yes is one.
fn ask(question: &str) -> bool {
    let mut answer = String::new();
    let _ = write!(std::io::stderr(), "{question} [y/N] ");
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// Asks at the terminal and shows nothing of the answer.
fn ask_hidden(question: &str) -> std::io::Result<Secret> {
    write!(std::io::stderr(), "{question}: ")?;
    console::Term::stderr().read_secure_line().map(Secret::new)
}

/// Asks at the terminal for a line; its end is no answer.
fn ask_line(question: &str) -> std::io::Result<String> {
    let mut answer = String::new();
    write!(std::io::stderr(), "{question}: ")?;
    match std::io::stdin().lock().read_line(&mut answer)? {
        0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(answer),
    }
}

/// Reads standard input to its end; more than any file of the tool may hold is refused.
fn input() -> std::io::Result<Secret> {
    const MOST: u64 = 8 << 20;
    let mut text = String::new();
    std::io::stdin().lock().take(MOST + 1).read_to_string(&mut text)?;
    let text = Secret::new(text);
    if u64::try_from(text.expose().len()).is_ok_and(|length| length <= MOST) {
        return Ok(text);
    }
    Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "larger than 8 MiB"))
}

/// Prints a line at once.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    // a reader that has gone away is no fault of the run
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Bytes that nobody can guess.
fn random() -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let provider = rustls::crypto::ring::default_provider();
    provider.secure_random.fill(&mut bytes).ok()?;
    Some(bytes)
}

/// A number that differs from run to run; nothing secret depends on it.
fn seed(clock: Timestamp) -> u64 {
    let nanoseconds = u64::try_from(clock.as_nanosecond()).unwrap_or_default();
    // 53 bits: what JSON readers keep
    (nanoseconds ^ (u64::from(std::process::id()) << 32)) & ((1 << 53) - 1)
}

#[expect(clippy::disallowed_methods, reason = "the world is met here and nowhere else")]
fn read_variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[expect(clippy::disallowed_methods, reason = "the world is met here and nowhere else")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn arguments() -> Vec<std::ffi::OsString> {
    std::env::args_os().collect()
}

#[expect(clippy::disallowed_methods, reason = "the world is met here and nowhere else")]
fn folder() -> std::path::PathBuf {
    std::env::current_dir().unwrap_or_else(|_| ".".into())
}
