//! Mistakes planted in whole projects: each is found at its literal, and nothing is found beside it.
//!
//! `layouts/NAME/project/` is a project without mistakes and `layout.yaml` beside it says how each
//! mistake gets in. Every cell of the table is a test of its own name; `docs/detection.md` is the
//! table, and `GOLIVE_BLESS=1 cargo test --test planted` writes it anew.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test meets the world, and says what it finds by failing"
)]

mod layout;
mod page;
mod programs;
mod stage;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use golive::run::Run;
use libtest_mimic::{Arguments, Trial};

use self::layout::{Layout, MISTAKES};
use self::stage::{Place, told};

/// How many layouts there are at least.
const LEAST: usize = 16;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let layouts = match layout::layouts(&root.join("tests/planted/layouts")) {
        Ok(layouts) => layouts,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return ExitCode::FAILURE;
        }
    };
    let page = page::of(&layouts);
    let many = layouts.len();
    let mut trials = vec![
        Trial::test("the_page_shows_the_table", move || {
            Ok(stage::is_current("docs/detection.md", &page)?)
        }),
        Trial::test("there_are_layouts_enough", move || {
            if many >= LEAST { Ok(()) } else { Err(format!("{many} of {LEAST}").into()) }
        }),
    ];
    for layout in layouts.into_iter().map(Arc::new) {
        let clean = Arc::clone(&layout);
        trials.push(Trial::test(format!("{}/clean", layout.name), move || Ok(is_silent(&clean)?)));
        for (id, _, usual) in MISTAKES {
            if layout.mistakes.contains_key(id) {
                let layout = Arc::clone(&layout);
                let name = format!("{}/{id}", layout.name);
                trials.push(Trial::test(name, move || Ok(is_found(&layout, id, usual)?)));
            }
        }
    }
    trials.extend(programs::trials(root));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Nothing is found in the project as it stands, and it is seen: both classes and a provider.
fn is_silent(layout: &Layout) -> Result<(), String> {
    let (run, _) = stage::judged(&layout.texts)?;
    let mut wrong: Vec<String> = run.findings.iter().map(told).collect();
    for class in ["sandbox", "production"] {
        let seen = |seen: &golive::run::EnvironmentSeen| seen.class.as_str() == class;
        if !run.looked_at.environments.iter().any(seen) {
            wrong.push(format!("no {class} environment is seen"));
        }
    }
    ended(&wrong, &run)
}

/// The mistake is one item at its place, and weighs what it should.
fn is_found(layout: &Layout, id: &str, usual: &str) -> Result<(), String> {
    let mistake = &layout.mistakes[id];
    let texts = layout.with(mistake)?;
    let (run, meant) = stage::judged(&texts)?;
    let mut wrong = Vec::new();
    let told_of: Vec<Place> = run.findings.iter().flat_map(stage::places).collect();
    for place in meant.iter().filter(|place| !told_of.contains(place)) {
        wrong.push(format!("not found at {place}"));
    }
    for finding in &run.findings {
        let at = finding.location.as_ref().map(Place::from);
        if !at.is_some_and(|at| meant.contains(&at)) {
            wrong.push(format!("found elsewhere: {}", told(finding)));
        }
    }
    let severity = mistake.severity.as_deref().unwrap_or(usual);
    let weighs = |finding: &golive::run::Finding| stage::weight(finding) == severity;
    if wrong.is_empty() && !matches!(run.findings.as_slice(), [one] if weighs(one)) {
        wrong.push(format!("not one item that weighs {severity}"));
    }
    ended(&wrong, &run)
}

fn ended(wrong: &[String], run: &Run) -> Result<(), String> {
    if wrong.is_empty() {
        return Ok(());
    }
    let seen: Vec<String> = run
        .looked_at
        .environments
        .iter()
        .map(|seen| {
            format!("  {}: {} of {}", seen.name, seen.class.as_str(), seen.layers.join(", "))
        })
        .collect();
    let found: Vec<String> = run.findings.iter().map(|one| format!("  {}", told(one))).collect();
    let (found, seen) = (found.join("\n"), seen.join("\n"));
    Err(format!("{}\nfound:\n{found}\nseen:\n{seen}", wrong.join("\n")))
}
