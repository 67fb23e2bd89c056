//! What Begini asks, and what is planted against it.
//!
//! `docs/begini.md` is the page of all that Begini publishes, with the checks that answer it;
//! `GOLIVE_BLESS=1 cargo test --test begini` writes it anew. `mistakes.yaml` holds projects with one
//! mistake each, which must come out as one item at the marked literal.
#![expect(
    clippy::disallowed_methods,
    clippy::wildcard_enum_match_arm,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test meets the world, and says what it finds by failing"
)]

mod page;
#[path = "../planted/stage.rs"]
mod stage;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use golive::pack::{Library, builtin};
use libtest_mimic::{Arguments, Trial};
use serde::Deserialize;

use self::stage::{MARK, Place, Texts, told};

/// A project, and what must come of it: one item, or nothing where no literal is marked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Planted {
    /// Its texts.
    files: BTreeMap<String, String>,
    /// The check that finds it.
    #[serde(default)]
    check: Option<String>,
    /// What the item weighs.
    #[serde(default)]
    severity: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/begini/mistakes.yaml");
    let planted = match stage::read::<BTreeMap<String, Planted>>(&file) {
        Ok(planted) => planted,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return ExitCode::FAILURE;
        }
    };
    let mut trials = vec![Trial::test("every_line_is_answered_and_the_page_says_by_what", || {
        let library = Library::load(builtin()).unwrap();
        Ok(stage::is_current("docs/begini.md", &page::of(&library)?)?)
    })];
    trials.extend(planted.into_iter().map(|(name, planted)| {
        Trial::test(format!("planted/{name}"), move || Ok(is_one_item(&planted)?))
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn is_one_item(planted: &Planted) -> Result<(), String> {
    let (run, meant) = stage::judged(&Texts(planted.files.clone()))?;
    let all: Vec<String> = run.findings.iter().map(told).collect();
    let all = all.join("\n");
    let covered: Vec<Place> = run.findings.iter().flat_map(stage::places).collect();
    if let Some(place) = meant.iter().find(|place| !covered.contains(place)) {
        return Err(format!("not found at {place}:\n{all}"));
    }
    match (run.findings.as_slice(), &planted.check, &planted.severity) {
        ([], None, None) if meant.is_empty() => Ok(()),
        ([one], Some(check), Some(severity)) => {
            let at = one.location.as_ref().map(Place::from);
            let right = at.is_some_and(|at| meant.contains(&at))
                && *one.check.0 == **check
                && stage::weight(one) == *severity;
            if right { Ok(()) } else { Err(format!("not {check}, {severity}, at {MARK}:\n{all}")) }
        }
        _ => Err(format!("not one item:\n{all}")),
    }
}
