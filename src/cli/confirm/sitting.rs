//! `golive confirm --open`: everything that waits for a person, in one sitting.

use std::cell::RefCell;
use std::fmt::Write;
use std::sync::LazyLock;

use super::dates::Days;
use super::entry::{Answered, Entries};
use super::{ConfirmArguments, address, confirmable};
use crate::cli::exit::{Exit, Finished};
use crate::cli::opened::Opened;
use crate::cli::resolve::gate;
use crate::cli::show::style;
use crate::cli::world::{Line, World};
use crate::pack::{Check, Confirm};
use crate::project::{CONFIRMATIONS, Salt};
use crate::report::{OpenStatement, open_statements};
use crate::run::{self, Asked, CheckRun, Live, Mode, Result as Outcome, View, Watch};
use crate::source::Foreign;

/// How often a question is asked before it is passed over.
const PATIENCE: usize = 3;

/// A salt of digests that nobody keeps: only their places are shown.
static NO_SALT: LazyLock<Result<Salt, String>> = LazyLock::new(|| Salt::new("places, not digests"));

/// Lists what waits, or asks for it where somebody can answer.
pub(super) fn run(world: &World<'_>, arguments: &ConfirmArguments) -> Result<Finished, Finished> {
    let opened = Opened::new(world, &arguments.project, &arguments.packs)?;
    let open = open(world, arguments, &opened);
    match world.given.line {
        Some(line) if !open.is_empty() => ask(world, arguments, (&opened, &open), line),
        _ => Ok(Finished::shown(open_statements(&open, &style(world, arguments.plain)))),
    }
}

/// What waits for a person at a gate, by who may say it.
fn open(world: &World<'_>, arguments: &ConfirmArguments, opened: &Opened) -> Vec<OpenStatement> {
    let asked = Asked::of(gate(arguments.gate), world.clock);
    let view = View::new(&opened.library, &opened.project, &asked, &opened.mask);
    let recording = RefCell::new(None);
    let run = run::run(&view, Live { mode: Mode::Off, ask: None, recording: &recording });
    let waits = |check: &&CheckRun| match check.result {
        Outcome::Pending => check.due,
        Outcome::Unknown => check.due && check.statement.is_some(),
        Outcome::Pass | Outcome::Fail | Outcome::Waived | Outcome::Skipped | Outcome::NotAsked => {
            false
        }
    };
    let mut open: Vec<OpenStatement> = run
        .checks
        .iter()
        .filter(waits)
        .filter_map(|told| {
            let (check, confirm) = confirmable(&opened.library, &told.id.0).ok()?;
            Some(statement(&view, arguments, (check, confirm, told)))
        })
        .filter(|one| arguments.who.is_none_or(|who| who.who() == one.who))
        .collect();
    open.sort_by_key(|one| (one.who, one.check.clone()));
    open
}

fn statement(
    view: &View<'_>,
    arguments: &ConfirmArguments,
    (check, confirm, told): (&Check, &Confirm, &CheckRun),
) -> OpenStatement {
    let covers = confirm.covers.iter().map(|(environment, role)| {
        let covered = (environment, role);
        let watch = NO_SALT.as_ref().map(|salt| view.watch_under(salt, covered));
        let about = match watch {
            Ok(Watch::Digest { at, .. }) => at,
            Ok(Watch::Not(why)) => format!("not watched: {why}"),
            Err(why) => why.clone(),
        };
        format!("{environment} {role} ({about})")
    });
    let reason = told.reason.as_ref().map(|reason| reason.detail.clone());
    let lapsed = reason.filter(|why| why.starts_with("lapsed:") || told.result == Outcome::Unknown);
    OpenStatement {
        check: check.id.clone(),
        who: confirm.who,
        statement: confirm.statement.clone(),
        points: confirm.points.clone(),
        why: check.why.clone(),
        covers: covers.collect(),
        lapsed,
        command: command(arguments, check, confirm),
    }
}

/// The command that answers one statement.
fn command(arguments: &ConfirmArguments, check: &Check, confirm: &Confirm) -> String {
    let by = arguments.by.as_deref().map_or("NAME".to_owned(), quoted);
    let role = quoted(arguments.role.as_deref().unwrap_or(confirm.who.as_str()));
    format!("golive confirm {} --by {by} --role {role} --evidence URL", check.id)
}

/// A word as a shell takes it.
fn quoted(text: &str) -> String {
    let plain = |one: char| one.is_ascii_alphanumeric() || "._-@/".contains(one);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Asks for each answer, and writes it at once.
fn ask(
    world: &World<'_>,
    arguments: &ConfirmArguments,
    (opened, open): (&Opened, &[OpenStatement]),
    line: &Line<'_>,
) -> Result<Finished, Finished> {
    let who = |flag: &Option<String>, question: &str| match flag {
        Some(text) => Ok(text.trim().to_owned()),
        None => typed(line, question),
    };
    let by = who(&arguments.by, "Your name")?;
    let role = who(&arguments.role, "Your role")?;
    if by.is_empty() || role.is_empty() {
        return Err(Finished::cannot("error: a name and a role are said, or nothing is written"));
    }
    let mut entries = Entries::open(world, opened)?;
    let mut output = String::new();
    for (index, one) in open.iter().enumerate() {
        let question = question(one, (index + 1, open.len()));
        let yes = match answer(line, &question)? {
            Said::Yes => true,
            Said::No => false,
            Said::Skip => continue,
            Said::Quit => break,
        };
        let evidence = if yes { proof(line)? } else { None };
        if yes && evidence.is_none() {
            let _ = writeln!(output, "{}: passed over, for there is no proof", one.check);
            continue;
        }
        let (check, confirm) = confirmable(&opened.library, &one.check.0)?;
        let days = Days::from_today(world, confirm);
        let evidence = evidence.as_deref();
        let answered = Answered { check, confirm, yes, by: &by, role: &role, evidence, days };
        entries.add(&answered)?;
        entries.write()?;
        // writing to a String cannot fail
        let _ = writeln!(output, "{}", answered.line());
    }
    let left = open.len() - output.lines().filter(|line| !line.contains(": passed over")).count();
    let _ = writeln!(output, "{left} of {} still open: golive confirm --open", open.len());
    let errors = format!("Commit {CONFIRMATIONS}: reports show who did\n");
    Ok(Finished { output, errors, exit: Exit::Ready })
}

/// What a person says to a statement.
enum Said {
    Yes,
    No,
    Skip,
    Quit,
}

fn answer(line: &Line<'_>, question: &str) -> Result<Said, Finished> {
    let mut question = question.to_owned();
    for _ in 0..PATIENCE {
        match &*typed(line, &question)?.to_lowercase() {
            "y" | "yes" => return Ok(Said::Yes),
            "n" | "no" => return Ok(Said::No),
            "s" | "skip" | "" => return Ok(Said::Skip),
            "q" | "quit" => return Ok(Said::Quit),
            _ => "y (it is true), n (it is not), s (not now) or q (stop)".clone_into(&mut question),
        }
    }
    Ok(Said::Skip)
}

fn proof(line: &Line<'_>) -> Result<Option<String>, Finished> {
    let mut question = "Where the proof is kept (https://..., empty to pass over)".to_owned();
    for _ in 0..PATIENCE {
        let text = typed(line, &question)?;
        if text.is_empty() {
            return Ok(None);
        }
        match address(&text) {
            Ok(url) => return Ok(Some(url.to_owned())),
            Err(why) => question = why,
        }
    }
    Ok(None)
}

fn typed(line: &Line<'_>, question: &str) -> Result<String, Finished> {
    let read = line(question);
    let text = read.map_err(|fault| {
        Finished::cannot(format!("error: no answer could be read ({})", fault.kind()))
    })?;
    Ok(text.trim().to_owned())
}

/// A statement as it is asked for.
fn question(one: &OpenStatement, (number, all): (usize, usize)) -> String {
    let mut text = format!("\n{number} of {all}  {}  {}\n", one.who.as_str(), one.check);
    let _ = writeln!(text, "{}", one.statement.trim());
    for point in &one.points {
        let _ = writeln!(text, "  - {point}");
    }
    let _ = writeln!(text, "because {}", one.why.trim());
    let covers = format!("covers {}", one.covers.join(", "));
    let covers = (!one.covers.is_empty()).then_some(covers);
    for line in covers.into_iter().chain(one.lapsed.clone()) {
        let _ = writeln!(text, "{}", Foreign::new(line));
    }
    text + "Is it true? y, n, s(kip), q(uit)"
}
