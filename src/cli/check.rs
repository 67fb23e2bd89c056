//! `golive check`: the one way from a folder to a verdict; the demo takes it, too.

mod arguments;

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::base::{Rules, base_mistaken};
use super::confirm::{day, wrong};
use super::evidence::earlier;
use super::exit::{Exit, Finished};
use super::opened::folder;
use super::packs::{Judging, left_out, load, mistaken};
use super::resolve::{Resolved, resolve};
use super::show::{shown, style};
use super::start::start;
use super::summary;
use super::world::World;
use crate::pack::{Library, RoleId};
use crate::probe::{LiveOptions, Recording};
use crate::project::{Facts, Mask, Project, Question, Setting, Standing, Stated, Tree, read_named};
use crate::report::{Format, Style, plan, render};
use crate::run::{self, Asked, Gate, Live, Mode, Run, View};
use crate::source::{Foreign, Secret, SourceText, Span};

pub(super) use arguments::{CheckArguments, GateName};

/// `golive check`.
pub(super) fn run(world: &World<'_>, arguments: &CheckArguments) -> Finished {
    match judged(world, arguments, false) {
        Ok(judged) => finish(world, arguments, judged),
        Err(finished) => finished,
    }
}

/// A run, and what there is to write beside it.
pub(super) struct Judged {
    /// The run.
    pub(super) run: Run,
    /// What was sent and came back.
    pub(super) recording: Option<Recording>,
    /// What was asked for beside the printed report.
    resolved: Resolved,
}

/// Reads and judges the folder that `arguments` name.
///
/// # Errors
/// What to print where the tool cannot work.
pub(super) fn judged(
    world: &World<'_>,
    arguments: &CheckArguments,
    rehearsal: bool,
) -> Result<Judged, Finished> {
    let path = world.folder.join(&arguments.path);
    let tree = folder(world, &arguments.path)?;
    let judging = Judging { tree: &tree, trusts: arguments.trust_packs };
    let library = load(world, &arguments.packs, Some(judging))?;
    let replay = arguments.replay.as_ref().map(|path| recording(world, path, &tree)).transpose()?;
    let mut resolved = resolve(arguments, &library, (world.clock, &world.folder), replay)
        .map_err(|why| Finished::cannot(format!("error: {why}")))?;
    if !arguments.packs.is_empty() {
        resolved.asked.narrowed.extend(left_out(&library));
    }
    resolved.asked.rehearsal = rehearsal;
    resolved.asked.earlier = earlier(world, &arguments.evidence)?;
    resolved.asked.as_of = as_of(world, arguments, resolved.asked.clock)?;
    let reads_variables = matches!(resolved.asked.gate, Gate::Sandbox | Gate::Launch);
    let variable = |name: &str| if reads_variables { (world.variable)(name) } else { None };
    let facts = facts(world, arguments, (&library, &resolved.asked, &tree))?;
    let rules = Rules::read(world, arguments, &tree)?;
    resolved.asked.base = rules.as_ref().map(Rules::seen);
    let rules = rules.filter(|rules| !rules.unchanged(&tree));
    let by_base = rules.as_ref().map(|rules| rules.library(world, arguments, judging));
    let by_base = by_base.transpose()?;
    let environment = resolved.asked.environment.as_deref();
    let known = Known { variable: &variable, environment, facts: &facts };
    let question = known.question(arguments, &library, Stated::InTree);
    (world.progress)("reading");
    let again = || Tree::open(&path).ok();
    let project = Project::read(tree, &question)
        .map_err(|found| mistaken(world, &found, again().as_ref()))?;
    let mask = Mask::of(project.settings.iter(), &library);
    known_environment(&project, &resolved.asked, &mask)?;
    let library = locked(library, &project);
    let started = start(&arguments.start, &path, resolved.local.clone(), &|text| mask.hidden(text))
        .map_err(|fault| Finished::cannot(format!("error: {fault}")))?;
    let own = (&library, &project, &mask, &resolved);
    let (run, recording) = match rules.zip(by_base) {
        None => live(world, arguments, own),
        Some((rules, packs)) => {
            let tree = folder(world, &arguments.path)?;
            let manifest = Stated::At(Arc::clone(&rules.base));
            let question = known.question(arguments, &packs, manifest);
            let base = Project::read(tree, &question)
                .map_err(|found| base_mistaken(world, &rules.base, &found, again().as_ref()))?;
            let packs = locked(packs.clone(), &base);
            by_both(world, arguments, own, (&rules, &packs, &base))
        }
    };
    drop(started);
    Ok(Judged { run, recording, resolved })
}

/// What is known of a project beside its files.
struct Known<'a> {
    variable: &'a dyn Fn(&str) -> Option<String>,
    environment: Option<&'a str>,
    facts: &'a [Facts],
}

impl<'a> Known<'a> {
    fn question(
        &self,
        arguments: &'a CheckArguments,
        library: &'a Library,
        manifest: Stated,
    ) -> Question<'a> {
        let Self { variable, environment, facts } = *self;
        Question { library, variable, granted: &arguments.variable, environment, manifest, facts }
    }
}

/// The packs, in which what came after they were locked only warns.
fn locked(library: Library, project: &Project) -> Library {
    match &project.lock {
        None => library,
        Some(lock) => library.warning(|check| lock.is_new(check)),
    }
}

/// Judges a change by its own rules and by those of its base.
fn by_both(
    world: &World<'_>,
    arguments: &CheckArguments,
    own: Side<'_>,
    (rules, packs, base): (&Rules, &Library, &Project),
) -> (Run, Option<Recording>) {
    let mask = Mask::of(base.settings.iter(), packs);
    let of_base = (packs, base, &mask, own.3);
    let vouched = rules.vouched(arguments, (base, &mask));
    let changes = rules.changes((own.1, own.2), (base, &mask));
    // live checks are asked once, by the rules that are in force
    let ((by_change, now), (by_base, then)) = match vouched {
        Some(Ok(_)) => (live(world, arguments, own), (of_files(of_base), None)),
        Some(Err(_)) | None => ((of_files(own), None), live(world, arguments, of_base)),
    };
    let judged = run::Judged { by_base, by_change, changes, vouched };
    (run::stricter(judged), now.or(then))
}

/// Judges a project by its files alone.
fn of_files((library, project, mask, resolved): Side<'_>) -> Run {
    let view = View::new(library, project, &resolved.asked, mask);
    let recording = RefCell::new(None);
    run::run(&view, Live { mode: Mode::Off, ask: None, recording: &recording })
}

/// What is judged by one set of rules.
type Side<'a> = (&'a Library, &'a Project, &'a Mask, &'a Resolved);

/// The day that `--as-of` names. An earlier one would bring back what has lapsed.
fn as_of(
    world: &World<'_>,
    arguments: &CheckArguments,
    clock: Timestamp,
) -> Result<Option<Date>, Finished> {
    let Some(text) = &arguments.as_of else { return Ok(None) };
    let named = day(world, "--as-of", text)?;
    let today = clock.to_zoned(TimeZone::UTC).date();
    if named < today {
        let why = format!("it is past: today is {today} in UTC, and what has lapsed stays so");
        let whole = Span::new(0, text.len());
        return Err(wrong(world, ("--as-of", text), whole, (&why, "name the day of the launch")));
    }
    Ok((named > today).then_some(named))
}

/// When facts are judged: at the start of the day as on which is judged, or now.
fn judged_at(asked: &Asked) -> Timestamp {
    let start = asked.as_of.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    start.map_or(asked.clock, |start| start.timestamp().max(asked.clock))
}

/// Reads what `--facts` names. At the gate of a change files alone are judged.
fn facts(
    world: &World<'_>,
    arguments: &CheckArguments,
    (library, asked, tree): (&Library, &Asked, &Tree),
) -> Result<Vec<Facts>, Finished> {
    let mut all = Vec::new();
    for path in &arguments.facts {
        let shown = Foreign::new(path.to_string_lossy()).to_string();
        let text = read_named(&world.folder.join(path))
            .map_err(|fault| Finished::cannot(format!("error: --facts {shown}: {fault}")))?;
        let source = Arc::new(SourceText::new(shown, text));
        let mut facts = Facts::read(&source, library, judged_at(asked))
            .map_err(|found| mistaken(world, &found, Some(tree)))?;
        if asked.gate == Gate::Change {
            facts.standing = Standing::NotAtThisGate;
        }
        all.push(facts);
    }
    Ok(all)
}

/// Reads what `--replay` names.
fn recording(world: &World<'_>, path: &Path, tree: &Tree) -> Result<Recording, Finished> {
    let shown = Foreign::new(path.to_string_lossy()).to_string();
    let text = read_named(&world.folder.join(path))
        .map_err(|fault| Finished::cannot(format!("error: --replay {shown}: {fault}")))?;
    let source = Arc::new(SourceText::new(shown, text));
    Recording::read(&source).map_err(|found| mistaken(world, &found, Some(tree)))
}

/// `--environment` names one of the project's.
fn known_environment(project: &Project, asked: &Asked, mask: &Mask) -> Result<(), Finished> {
    let Some(name) = &asked.environment else { return Ok(()) };
    if project.environments.iter().any(|environment| environment.name == *name) {
        return Ok(());
    }
    let known: Vec<&str> =
        project.environments.iter().map(|environment| environment.name.as_str()).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(Finished::cannot(format!(
        "error: there is no environment `{}`; found: {}",
        mask.shown(name),
        mask.shown(&known)
    )))
}

/// Judges a project that was read, live checks included where they are asked.
fn live(
    world: &World<'_>,
    arguments: &CheckArguments,
    (library, project, mask, resolved): Side<'_>,
) -> (Run, Option<Recording>) {
    let asked = &resolved.asked;
    let view = View::new(library, project, asked, mask);
    let recording = RefCell::new(None);
    let ask = |role: &RoleId| {
        world.ask.is_some_and(|ask| {
            ask(&format!(
                "Production's value of {role} is not known. Is the sandbox's surely not the same?"
            ))
        })
    };
    let mode = if arguments.plan {
        Mode::Plan { connects: &resolved.connects }
    } else if asked.live {
        Mode::Send {
            options: Box::new(options(world, project, resolved)),
            progress: world.progress,
        }
    } else {
        Mode::Off
    };
    let live = Live { mode, ask: world.ask.is_some().then_some(&ask), recording: &recording };
    let run = run::run(&view, live);
    (run, recording.into_inner())
}

fn options(world: &World<'_>, project: &Project, resolved: &Resolved) -> LiveOptions {
    let hidden = |setting: &Setting| {
        let name = setting.role.as_ref().map_or_else(|| "secret".to_owned(), ToString::to_string);
        let value = setting.literal().filter(|_| setting.secret)?;
        Some((format!("{{{name}}}"), Secret::clone(value)))
    };
    LiveOptions {
        replay: resolved.replay.clone(),
        clock: resolved.asked.clock,
        as_at: Some(resolved.asked.now()),
        seed: world.seed,
        connects: resolved.connects.clone(),
        trust: resolved.trust.clone(),
        proxy: resolved.proxy.clone(),
        hidden: project.settings.iter().filter_map(hidden).collect(),
        ..LiveOptions::default()
    }
}

/// Writes what was asked for and says how it ended.
fn finish(world: &World<'_>, arguments: &CheckArguments, judged: Judged) -> Finished {
    let Judged { run, recording, resolved } = judged;
    let look = style(world, arguments.plain);
    let mut errors = String::new();
    for (format, path) in &resolved.outputs {
        let text = render(&run, *format, &Style::default());
        errors.extend(write(path, &text));
    }
    if let (Some(path), Some(mut recording)) = (&arguments.record, recording) {
        let narrowed = resolved.asked.narrowed.into_iter();
        recording.narrowed = narrowed.map(|one| (one.flag, one.effect)).collect();
        errors.extend(write(&world.folder.join(path), &recording.to_json()));
    }
    let output = if arguments.plan && arguments.format == Format::Checklist {
        plan(&run, &look)
    } else {
        render(&run, arguments.format, &look)
    };
    let exit =
        if errors.is_empty() { Exit::of_verdict(run.verdict.exit) } else { Exit::CannotWork };
    if !arguments.plan {
        errors.extend(summary::append(world, &run));
    }
    Finished { output, errors, exit }
}

/// Writes a file; what to print where that fails.
pub(super) fn write(path: &Path, text: &str) -> Option<String> {
    let fault = std::fs::write(path, text).err()?;
    Some(format!("error: {}: not written ({})\n", shown(path), fault.kind()))
}
