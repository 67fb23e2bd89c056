//! Who may change the rules that a project is judged by: waivers, the base of a change, its packs and
//! the lock. Each row says its own line, and `docs/rules.md` is that table.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "all of this file is a test"
)]

mod changes;
mod locks;
mod row;
mod stage;
mod waivers;

use std::path::Path;

use changes::{manifests, packs, vouched};
use golive::cli::Exit;
use locks::locks;
use row::Row;
use waivers::waivers;

#[test]
fn the_page_says_what_every_row_comes_to() {
    let exit = |exit: Exit| match exit {
        Exit::Ready => 0,
        Exit::NotReady => 1,
        Exit::CannotWork => 2,
        Exit::NotTold => 3,
    };
    let table = |rows: Vec<Row>| {
        let escaped = |text: &str| text.replace('|', "\\|").replace('<', "\\<");
        let line =
            |row: Row| format!("| {} | {} | {} |\n", row.what, escaped(&row.line), exit(row.exit));
        let lines: String = rows.into_iter().map(line).collect();
        format!("| what | its line | exit |\n|---|---|---|\n{lines}")
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let mut filled = page.clone();
    for (name, rows) in [
        ("waivers", waivers()),
        ("changes", [manifests(), packs(), vouched()].concat()),
        ("locks", locks()),
    ] {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
        let from = filled.find(&start).unwrap() + start.len();
        let until = filled.find(&end).unwrap();
        filled.replace_range(from..until, &table(rows));
    }
    if std::env::var_os("GOLIVE_BLESS").is_some() {
        std::fs::write(&path, &filled).unwrap();
    }
    assert_eq!(page, filled);
}
