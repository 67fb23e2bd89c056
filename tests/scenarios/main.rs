//! The matrix of formats and scenarios, and what must raise nothing: every cell is a test.
//!
//! `formats.yaml` tells how each format writes settings, `providers.yaml` and `mistakes.yaml` what is
//! written; `spellings.yaml` and `silence.yaml` are projects of their own. `docs/scenarios.md` is the
//! table, and `GOLIVE_BLESS=1 cargo test --test scenarios` writes it anew.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test meets the world, and says what it finds by failing"
)]

mod format;
mod page;
mod sheet;
#[path = "../planted/stage.rs"]
mod stage;

use std::path::Path;
use std::process::ExitCode;

use base64::prelude::{BASE64_STANDARD, Engine};
use golive::pack::Class;
use golive::run::Finding;
use libtest_mimic::{Arguments, Trial};

use self::sheet::{Cell, Expected, Sheets};
use self::stage::{Place, told};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let sheets = match Sheets::below(&folder) {
        Ok(sheets) => sheets,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return ExitCode::FAILURE;
        }
    };
    let page = page::of(&sheets);
    let mut trials = vec![Trial::test("the_page_shows_the_table", move || {
        Ok(stage::is_current("docs/scenarios.md", &page)?)
    })];
    let mut add =
        |name: String, cell: Cell| trials.push(Trial::test(name, move || Ok(holds(&cell)?)));
    for row in sheets.rows {
        for (format, cell) in row.cells {
            if let Ok(cell) = cell {
                add(format!("{}/{format}", row.name), cell);
            }
        }
    }
    for (name, (_, cell)) in sheets.spellings {
        add(format!("spelling/{name}"), cell);
    }
    for (name, (_, cell)) in sheets.silence {
        add(format!("silence/{name}"), cell);
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Words of names whose values are never shown.
const SECRET: [&str; 6] = ["secret", "token", "api_key", "apikey", "server_key", "password"];

/// The secrets of a project, as its program would see them and as they are written.
fn secrets(cell: &Cell) -> Vec<String> {
    let mut secrets = Vec::new();
    let lines = cell.texts.0.values().flat_map(|text| text.lines());
    for line in lines {
        let name = line.to_lowercase().replace('-', "_");
        if !SECRET.iter().any(|word| name.contains(word)) || name.contains("public") {
            continue;
        }
        for (fence, encoded) in [("@@join(", false), ("@@base64(", true)] {
            for part in line.split(fence).skip(1) {
                let plain = part.split(")@@").next().unwrap_or_default().replace(',', "");
                // words of stand-ins are printed where they are explained
                if plain.len() < 16 || !plain.contains(|one: char| one.is_ascii_digit()) {
                    continue;
                }
                if encoded {
                    secrets.push(BASE64_STANDARD.encode(&plain));
                }
                secrets.push(plain);
            }
        }
    }
    secrets
}

/// The project comes to what is expected, and no part of a key is printed.
fn holds(cell: &Cell) -> Result<(), String> {
    let (run, meant) = stage::judged(&cell.texts)?;
    let printed = serde_json::to_string(&run).unwrap();
    let mut wrong = Vec::new();
    let expected = &cell.expected;
    if expected.silent != meant.is_empty() {
        wrong.push("a place is marked, or nothing may be found".to_owned());
    }
    let covered: Vec<Place> = run.findings.iter().flat_map(stage::places).collect();
    for place in meant.iter().filter(|place| !covered.contains(place)) {
        wrong.push(format!("not found at {place}"));
    }
    for finding in &run.findings {
        let at = finding.location.as_ref().map(Place::from);
        if !at.is_some_and(|at| meant.contains(&at)) {
            wrong.push(format!("found elsewhere: {}", told(finding)));
        } else if let Some(why) = differs(finding, expected) {
            wrong.push(format!("{why}: {}", told(finding)));
        }
    }
    let items = expected.items.unwrap_or(meant.len());
    if wrong.is_empty() && run.findings.len() != items {
        wrong.push(format!("{} items, not {items}", run.findings.len()));
    }
    let known = run.looked_at.environments.iter().filter(|seen| seen.class == Class::Production);
    let references: u64 = known.map(|seen| seen.references).sum();
    if references < expected.references {
        wrong.push(format!("{references} references, not {}", expected.references));
    }
    if run.looked_at.files_read == 0 {
        wrong.push("no file was read".to_owned());
    }
    if secrets(cell).iter().any(|secret| printed.contains(secret.as_str())) {
        wrong.push("a secret is printed".to_owned());
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

fn differs(finding: &Finding, expected: &Expected) -> Option<String> {
    let named: Vec<&str> =
        [&expected.check, &expected.also].into_iter().flatten().map(String::as_str).collect();
    let checks = std::iter::once(&finding.check).chain(&finding.also);
    if !checks.into_iter().any(|check| named.contains(&&*check.0)) {
        return Some(format!("not {}", named.join(" or ")));
    }
    let severity = expected.severity.as_ref()?;
    (stage::weight(finding) != *severity).then(|| format!("not {severity}"))
}
