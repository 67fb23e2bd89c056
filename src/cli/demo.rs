//! `golive demo`: the same way as `golive check --live`, against a provider and a receiver that run
//! on this machine behind their real names.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::arguments::{Arguments, Command, DemoArguments};
use super::check::CheckArguments;
use super::check::judged;
use super::confirm::watched;
use super::exit::{Exit, Finished};
use super::packs::load;
use super::show::{shown, style};
use super::world::World;
use crate::document::append;
use crate::pack::{Check, Confirm, Library, Severity, Step, Subject};
use crate::project::{CONFIRMATIONS, Mask, Project, Question, Tree};
use crate::report::{Format, Said, confirmation, plan_in_short, render};
use crate::run::{Asked, Gate, Run, View, Watch};
use crate::standin::{HOST, StandIn, Variant, sample};

/// The folder of the sample project.
const NAME: &str = "lender-api";

/// Whom the demo's confirmations name.
const NOBODY: &str = "golive demo (not a person)";

/// `golive demo`.
pub(super) fn run(world: &World<'_>, arguments: &DemoArguments) -> Finished {
    match demo(world, arguments) {
        Ok(finished) | Err(finished) => finished,
    }
}

fn demo(world: &World<'_>, arguments: &DemoArguments) -> Result<Finished, Finished> {
    let variant = if arguments.ready { Variant::Ready } else { Variant::Flawed };
    let cannot = |why: String| Finished::cannot(format!("error: the demo cannot start: {why}"));
    (world.progress)("starting a provider and a receiver on this machine");
    let folder = tempfile::tempdir().map_err(|fault| cannot(fault.to_string()))?;
    let project = match &arguments.keep {
        Some(keep) => world.folder.join(keep),
        None => folder.path().join(NAME),
    };
    copy(variant, &project).map_err(cannot)?;
    confirm(world, &project, variant)?;
    let options = variant.options(world.clock).map_err(|fault| cannot(fault.to_string()))?;
    let stand_in = StandIn::start(options).map_err(|fault| cannot(fault.to_string()))?;
    let authority = folder.path().join("stand-in.pem");
    std::fs::write(&authority, stand_in.ca_pem()).map_err(|fault| cannot(fault.to_string()))?;
    let check = check_arguments(&project, &authority, &stand_in).map_err(cannot)?;
    let planned = judged(world, &CheckArguments { plan: true, ..*check.clone() }, true)?.run;
    let run = judged(world, &check, true)?.run;
    let kept = arguments.keep.as_ref().map(|keep| shown(keep).to_string());
    let output = if arguments.format == Format::Checklist {
        told(world, arguments, (&planned, &run), kept.as_deref())
    } else {
        render(&run, arguments.format, &style(world, false))
    };
    let exit = Exit::of_verdict(run.verdict.exit);
    Ok(Finished { output, errors: String::new(), exit })
}

/// Writes the sample project into a new folder.
fn copy(variant: Variant, project: &Path) -> Result<(), String> {
    std::fs::create_dir(project).map_err(|fault| format!("{}: {fault}", shown(project)))?;
    for (path, text) in sample(variant).map_err(|fault| fault.to_string())? {
        let full = project.join(path);
        let parent = full.parent().unwrap_or(project);
        std::fs::create_dir_all(parent).map_err(|fault| fault.to_string())?;
        std::fs::write(&full, text).map_err(|fault| fault.to_string())?;
    }
    Ok(())
}

/// The arguments of `golive check --live` as a person would type them for this stand-in.
fn check_arguments(
    project: &Path,
    authority: &Path,
    stand_in: &StandIn,
) -> Result<Box<CheckArguments>, String> {
    let mut typed: Vec<String> = ["golive", "check"].map(str::to_owned).to_vec();
    typed.push(project.to_string_lossy().into_owned());
    typed.extend(["--live", "--receiver", "begini/webhook-url"].map(str::to_owned));
    typed.extend(["--trust-ca".to_owned(), authority.to_string_lossy().into_owned()]);
    let mut connect = |host: &str, address: std::net::SocketAddr| {
        typed.extend(["--connect".to_owned(), format!("{host}={address}")]);
    };
    connect(HOST, stand_in.provider_addr());
    for host in stand_in.receiver_hosts() {
        connect(host, stand_in.receiver_addr());
    }
    let parsed = <Arguments as clap::Parser>::try_parse_from(typed);
    let Command::Check(check) = parsed.map_err(|fault| fault.to_string())?.command else {
        return Err("not a check".to_owned());
    };
    Ok(check)
}

/// Writes the confirmations of the project, dated by the run's clock and named as nobody's.
fn confirm(world: &World<'_>, project: &Path, variant: Variant) -> Result<(), Finished> {
    let library = load(world, &[], None)?;
    let text = confirmations(world, project, (&library, variant)).map_err(Finished::cannot)?;
    let Some(text) = text else { return Ok(()) };
    let path: PathBuf = project.join(CONFIRMATIONS);
    std::fs::write(&path, text).map_err(|fault| Finished::cannot(fault.to_string()))
}

/// The text of the file; none where nobody has said anything.
fn confirmations(
    world: &World<'_>,
    folder: &Path,
    (library, variant): (&Library, Variant),
) -> Result<Option<String>, String> {
    let tree = Tree::open(folder)?;
    let question = Question::of_files(library);
    let project = Project::read(tree, &question)
        .map_err(|_| "the sample project has a mistake in its manifest".to_owned())?;
    let asked = Asked::of(Gate::Launch, world.clock);
    let mask = Mask::default();
    let view = View::new(library, &project, &asked, &mask);
    let today = world.clock.to_zoned(TimeZone::UTC).date();
    let mut text = "# written by golive demo for its own rehearsal\n".to_owned();
    let mut said = false;
    let answered = library.checks.iter().filter(|check| is_answered(check, variant));
    for (check, confirm) in answered.filter_map(|check| Some((check, statement(check)?))) {
        let item = entry((check, confirm), today, &view);
        text = append(&text, "confirmations", &item).map_err(|fault| fault.to_string())?;
        said = true;
    }
    Ok(said.then_some(text))
}

/// Whether somebody has answered by now: nobody can say yet what is seen after the switch, and on
/// the eve of the flawed launch its own decisions are open.
fn is_answered(check: &Check, variant: Variant) -> bool {
    match check.step {
        Step::MonitorLive => false,
        Step::SwitchToProduction if check.severity == Severity::Blocker => {
            variant == Variant::Ready
        }
        Step::BuildInSandbox
        | Step::ValidateWebhooks
        | Step::ConfirmDataFlow
        | Step::SwitchToProduction => true,
    }
}

/// What a person may say of a check.
fn statement(check: &Check) -> Option<&Confirm> {
    if let Subject::Confirm(confirm) = &check.subject {
        return Some(confirm);
    }
    check.or_confirm.as_ref()
}

/// An entry that says yes for as long as the check allows.
fn entry((check, confirm): (&Check, &Confirm), today: Date, view: &View<'_>) -> String {
    let days = jiff::Span::new().days(i64::from(confirm.valid_days));
    let salt = view.project.confirmations_salt.as_ref();
    let (settings, told) = salt.map(|salt| watched(view, salt, confirm)).unwrap_or_default();
    let open = told.into_iter().filter(|(_, watch)| matches!(watch, Watch::Not(_)));
    confirmation(&Said {
        check: &check.id,
        yes: true,
        by: NOBODY,
        role: confirm.who.as_str(),
        date: today,
        until: today.checked_add(days).unwrap_or(today),
        evidence: None,
        settings,
        not_watched: open.map(|(label, _)| label).collect(),
    })
}

/// What the demo prints: what it is, what is sent, the checklist, and what to do next.
fn told(
    world: &World<'_>,
    arguments: &DemoArguments,
    (planned, run): (&Run, &Run),
    kept: Option<&str>,
) -> String {
    let look = style(world, false);
    let state = if arguments.ready { "mended" } else { "on the eve of its launch" };
    let mut text = format!(
        "A lender's project, {state}; Begini and the lender's receiver stand in on this machine.\n\
         Nothing leaves it. This is what `golive check --live` prints:\n\n"
    );
    text.push_str(&plan_in_short(planned, &look));
    text.push('\n');
    text.push_str(&render(run, Format::Checklist, &look));
    text.push('\n');
    text.push_str(if arguments.ready {
        "Your own project:  golive check          its files; nothing is sent\n"
    } else {
        "The mended project:  golive demo --ready\n\
         Your own project:    golive check          its files; nothing is sent\n"
    });
    if let Some(kept) = kept {
        let _ = writeln!(text, "The sample is kept in {kept}: try golive check there");
    }
    text
}
