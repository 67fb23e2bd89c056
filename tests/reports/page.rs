//! `docs/reports.md` shows what is really written; `GOLIVE_BLESS=1 cargo test --test reports`
//! writes it anew.

use std::path::Path;

use golive::standin::Variant;

use super::stage::{Stage, demo};

/// The page with every block that begins with `$ golive` filled by what is printed then.
fn filled(page: &str, stage: &Stage) -> String {
    let mut filled = String::new();
    for (index, part) in page.split("```").enumerate() {
        if index > 0 {
            filled.push_str("```");
        }
        let typed = part.strip_prefix("text\n$ golive ").filter(|_| index % 2 == 1);
        let Some(typed) = typed.and_then(|rest| rest.lines().next()) else {
            filled.push_str(part);
            continue;
        };
        let done = stage.golive(&typed.split(' ').collect::<Vec<_>>());
        filled.extend(["text\n$ golive ", typed, "\n", &done.output, &done.errors]);
    }
    filled
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test meets the world")]
fn the_page_shows_what_is_written() {
    let stage = Stage::new().with_sample(Variant::Flawed);
    stage.keep("no-go.json", &demo(&[]));
    stage.keep("go.json", &demo(&["--ready"]));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reports.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let filled = filled(&page, &stage);
    if std::env::var_os("GOLIVE_BLESS").is_some() {
        std::fs::write(&path, &filled).unwrap();
    }
    assert_eq!(page, filled);
    assert!(filled.matches("$ golive ").count() >= 4);
}
