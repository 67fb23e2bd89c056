//! `golive waive`: accepts findings until a day.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::confirm::{day, wrong};
use super::exit::{Exit, Finished};
use super::fingerprint::salt;
use super::opened::Opened;
use super::world::World;
use crate::document::append;
use crate::pack::Severity;
use crate::project::{Author, MANIFEST, Stated};
use crate::report::{Accepting, waiver};
use crate::run::{self, Asked, Finding, Gate, Live, Mode, View};
use crate::source::{Foreign, SourceText, Span};

/// `golive waive`.
#[derive(Debug, Args)]
#[command(
    after_help = "Adds a waiver to golive.yaml; comments and order stay. It names findings by their \
    ids, which the checklist and --format json show, and holds for the value that was found: another \
    one is a finding again. A blocker needs an approver who is among policy.approvers, and neither the \
    owner nor whoever commits the waiver.\n\nExit codes: 0 written · 2 the tool could not \
    work.\n\nExample:\n  golive waive 0123456789abcdef --owner \"the API team\" --reason \"retired in \
    June\" --ticket RISK-88 --until 2026-06-30"
)]
pub struct WaiveArguments {
    /// Ids of findings.
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// Who carries the risk.
    #[arg(long, value_name = "NAME")]
    pub owner: String,
    /// Why it is carried.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Where it is tracked.
    #[arg(long, value_name = "TEXT")]
    pub ticket: String,
    /// The last day it holds, in UTC.
    #[arg(long, value_name = "DATE")]
    pub until: String,
    /// Who agreed; a blocker needs one of policy.approvers.
    #[arg(long, value_name = "NAME")]
    pub approved_by: Option<String>,
    /// The folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

/// `golive waive`.
pub(super) fn run(world: &World<'_>, arguments: &WaiveArguments) -> Finished {
    written(world, arguments).unwrap_or_else(|finished| finished)
}

fn written(world: &World<'_>, arguments: &WaiveArguments) -> Result<Finished, Finished> {
    for (flag, text) in [
        ("--owner", &arguments.owner),
        ("--reason", &arguments.reason),
        ("--ticket", &arguments.ticket),
    ] {
        if text.trim().is_empty() {
            return Err(Finished::cannot(format!("error: {flag} is empty")));
        }
    }
    let until = until(world, arguments)?;
    let opened = Opened::new(world, &arguments.project, &arguments.packs)?;
    salt(&opened)?;
    let found = findings(world, &opened);
    let mut errors = String::new();
    let mut output = String::new();
    for id in &arguments.ids {
        let told = one(&opened, arguments, (id, &found)).map_err(Finished::cannot)?;
        if found.iter().any(|finding| finding.id == *id) {
            output.push_str(&told);
        } else {
            errors.push_str(&told);
        }
    }
    write(world, &opened, (arguments, until))?;
    let head = format!("{MANIFEST} is written: accepted until {until} in UTC\n");
    errors.push_str("Commit it: a blocker is accepted once somebody else than its approver has\n");
    Ok(Finished { output: head + &output, errors, exit: Exit::Ready })
}

fn until(world: &World<'_>, arguments: &WaiveArguments) -> Result<Date, Finished> {
    let text = &arguments.until;
    let until = day(world, "--until", text)?;
    let today = world.clock.to_zoned(TimeZone::UTC).date();
    if until < today {
        let why = format!("it is past: today is {today} in UTC");
        return Err(wrong(world, ("--until", text), Span::new(0, text.len()), (&why, "")));
    }
    Ok(until)
}

/// What the files of a project are found to have wrong at the launch gate.
fn findings(world: &World<'_>, opened: &Opened) -> Vec<Finding> {
    let asked = Asked::of(Gate::Launch, world.clock);
    let view = View::new(&opened.library, &opened.project, &asked, &opened.mask);
    let recording = RefCell::new(None);
    run::run(&view, Live { mode: Mode::Off, ask: None, recording: &recording }).findings
}

/// What there is to say of one id.
///
/// # Errors
/// Why it cannot be accepted.
fn one(
    opened: &Opened,
    arguments: &WaiveArguments,
    (id, found): (&str, &[Finding]),
) -> Result<String, String> {
    let shown = Foreign::new(id);
    if id.len() != 16 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(format!(
            "error: `{shown}` is no id of a finding: findings are accepted one by one, by the 16 \
             digits that `golive check` shows under DECIDE and in --format json"
        ));
    }
    let Some(finding) = found.iter().find(|finding| finding.id == *id) else {
        return Ok(format!("{shown} is nothing that files show now: it may be a live finding\n"));
    };
    if finding.severity == Severity::Blocker {
        approved(opened, arguments)
            .map_err(|why| format!("error: {shown} is a blocker ({}): {why}", finding.check))?;
    }
    let at = finding.location.as_ref().map(|at| format!("  {}:{}", at.path, at.line));
    Ok(format!("{shown}  {}{}\n", finding.check, at.unwrap_or_default()))
}

fn approved(opened: &Opened, arguments: &WaiveArguments) -> Result<(), String> {
    let approvers = &opened.project.manifest.approvers;
    let approvers: Vec<&str> = approvers.iter().map(|(name, _)| name.as_str()).collect();
    let known = if approvers.is_empty() {
        "golive.yaml names none".to_owned()
    } else {
        format!("known are {}", opened.mask.shown(&approvers.join(", ")))
    };
    let Some(approver) = &arguments.approved_by else {
        return Err(format!("it needs --approved-by, one of policy.approvers: {known}"));
    };
    if Author::named(&arguments.owner).is(approver) {
        return Err("its owner may not approve it".to_owned());
    }
    if !approvers.iter().any(|one| Author::named(one).is(approver)) {
        let approver = Foreign::new(approver.as_str());
        return Err(format!("{approver} is not among policy.approvers: {known}"));
    }
    Ok(())
}

/// Writes the manifest, once it is sure that it can be read back.
fn write(
    world: &World<'_>,
    opened: &Opened,
    (arguments, until): (&WaiveArguments, Date),
) -> Result<(), Finished> {
    let cannot = |why: String| Finished::cannot(format!("error: {MANIFEST}: {why}"));
    let source = opened.project.manifest.source.as_ref();
    let text = source.map(|source| source.text()).unwrap_or_default();
    let item = waiver(&Accepting {
        findings: &arguments.ids,
        owner: arguments.owner.trim(),
        reason: arguments.reason.trim(),
        ticket: arguments.ticket.trim(),
        until,
        approved_by: arguments.approved_by.as_deref().map(str::trim),
    });
    let text = append(text, "waivers", &item)
        .map_err(|fault| cannot(format!("{fault}: write it so, and try again")))?;
    let again = Arc::new(SourceText::new(MANIFEST, &*text));
    if opened.again(world, Stated::Instead(again)).is_err() {
        return Err(cannot("not written, for it could not be read back".to_owned()));
    }
    let path = opened.project.tree.root().join(MANIFEST);
    std::fs::write(path, text).map_err(|fault| cannot(format!("not written ({})", fault.kind())))
}
