//! Every provider in every format: a project of its usual settings is silent, a value of the other
//! environment is one item at its place, and what only works in the sandbox is found in production.
//!
//! `PROVIDER.yaml` beside this file says what a project of the provider holds; [`layout`] writes it
//! as the world does. All providers together in one project must come to the same, or their names
//! and patterns would be in each other's way. A provider whose pack is shipped and that has no such file fails the suite.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test meets the world, and says what it finds by failing"
)]

mod judge;
mod layout;
mod planted;
mod sheet;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use golive::pack::builtin;
use libtest_mimic::{Arguments, Trial};

use self::layout::FORMATS;
use self::sheet::Sheet;

/// Packs of no provider, and the one whose checks have cases of their own.
const OTHERS: [&str; 2] = ["begini", "core"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/providers");
    let (sheets, mistakes) = sheet::sheets(&folder);
    let gaps = gaps(&sheets);
    let mut trials = vec![
        Trial::test("every_sheet_is_right", move || told(&mistakes)),
        Trial::test("every_provider_has_a_sheet", move || told(&gaps)),
    ];
    let all = Arc::new(sheets.clone());
    for format in FORMATS {
        let all = Arc::clone(&all);
        let name = format!("together/{}", format.name());
        trials.push(Trial::test(name, move || told(&planted::wrong_together(&all, format))));
    }
    for sheet in sheets {
        for format in FORMATS {
            let sheet = sheet.clone();
            let name = format!("{}/{}", sheet.provider, format.name());
            trials.push(Trial::test(name, move || told(&planted::wrong(&sheet, format))));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Providers without a sheet, and sheets without a provider.
fn gaps(sheets: &[Sheet]) -> Vec<String> {
    let packs: Vec<String> =
        builtin().into_iter().map(|pack| pack.id).filter(|id| !OTHERS.contains(&&**id)).collect();
    let without = packs
        .iter()
        .filter(|id| !sheets.iter().any(|sheet| sheet.provider == **id))
        .map(|id| format!("tests/providers/{id}.yaml is missing: checks/{id} is not proved"));
    let unknown = sheets
        .iter()
        .filter(|sheet| !packs.contains(&sheet.provider))
        .map(|sheet| format!("tests/providers/{0}.yaml: there is no checks/{0}", sheet.provider));
    without.chain(unknown).collect()
}

fn told(wrong: &[String]) -> Result<(), libtest_mimic::Failed> {
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}
