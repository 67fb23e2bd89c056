//! What is said when something cannot be known: a table of inputs that must never end well.
//!
//! `rows/*.yaml` is the table, and every row is a test of its own name that runs the built program.
//! `docs/honesty.md` is the same table for people; `GOLIVE_BLESS=1 cargo test --test honesty` writes
//! it anew.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test meets the world, and says what it finds by failing"
)]

mod page;
mod row;
mod server;
mod stage;
mod told;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use self::row::{Row, Sheet};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let sheets = match row::sheets(&root().join("tests/honesty/rows")) {
        Ok(sheets) => sheets,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return ExitCode::FAILURE;
        }
    };
    let page = page::of(&sheets);
    let mut trials =
        vec![Trial::test("the_page_shows_the_table", move || page::is_current(&root(), &page))];
    for Sheet { name, rows, .. } in sheets {
        let trial = |row: Row| Trial::test(format!("{name}/{}", row.name()), move || shown(&row));
        trials.extend(rows.into_iter().map(trial));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Runs one row and holds what comes out against it.
fn shown(row: &Row) -> Result<(), Failed> {
    match stage::run(row)? {
        stage::Came::Ended(ended) => told::against(row, &ended).map_err(Failed::from),
        stage::Came::Skipped(why) => {
            eprintln!("skipped: {}: {why}", row.input);
            Ok(())
        }
    }
}
