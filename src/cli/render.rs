//! `golive render`: a report that was written before, in another format.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use super::check::write;
use super::exit::Finished;
use super::resolve::output;
use super::show::{shown, style};
use super::world::World;
use crate::report::{Format, Style, read, render};

/// More than any report has.
const MOST: u64 = 256 << 20;

/// `golive render`.
#[derive(Debug, Args)]
#[command(
    after_help = "Nothing is judged again and nothing is sent: every format is a view of the \
    report, so this prints what the run itself would have printed. Exit codes: 0 shown, whatever \
    the verdict · 2 the tool could not work.\n\nExamples:\n  golive check --output \
    json=report.json\n  golive render report.json --format markdown\n  golive render report.html \
    --output sarif-open=golive.sarif --output junit=golive.xml --format json"
)]
pub struct RenderArguments {
    /// A report, as JSON or as the page that holds it.
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Checklist)]
    pub format: Format,
    /// Write a format to a file, besides printing; may be given several times.
    #[arg(long, value_name = "FORMAT=PATH")]
    pub output: Vec<String>,
    /// Plain lines, for screen readers.
    #[arg(long)]
    pub plain: bool,
}

/// Reads the report and writes it.
pub(super) fn run(world: &World<'_>, arguments: &RenderArguments) -> Finished {
    match rendered(world, arguments) {
        Ok(finished) => finished,
        Err(why) => Finished::cannot(format!("error: {why}")),
    }
}

fn rendered(world: &World<'_>, arguments: &RenderArguments) -> Result<Finished, String> {
    let outputs: Vec<(Format, PathBuf)> = arguments
        .output
        .iter()
        .map(|written| output(written, &world.folder))
        .collect::<Result<_, String>>()?;
    let named = shown(&arguments.report);
    let text = text(&world.folder.join(&arguments.report))
        .map_err(|fault| format!("{named}: not read ({})", fault.kind()))?;
    let run = read(&text).map_err(|why| format!("{named}: {why}"))?.run;
    let mut errors = String::new();
    for (format, path) in &outputs {
        errors.extend(write(path, &render(&run, *format, &Style::default())));
    }
    if !errors.is_empty() {
        return Ok(Finished::cannot(errors));
    }
    Ok(Finished::shown(render(&run, arguments.format, &style(world, arguments.plain))))
}

fn text(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MOST).read_to_string(&mut text)?;
    Ok(text)
}
