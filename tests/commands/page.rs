//! `docs/commands.md` shows what the commands really print; `GOLIVE_BLESS=1 cargo test --test
//! commands` writes it anew.

use std::path::Path;

use super::stage::{Stage, production_key};

/// The page with every block that begins with `$ golive` filled by what is printed then.
fn filled(page: &str, stage: &mut Stage) -> String {
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
        if typed.starts_with("observe") {
            stage.write("facts.json", &done.output);
            stage.variables.clear();
        }
        filled.extend(["text\n$ golive ", typed, "\n", &done.output, &done.errors]);
    }
    filled
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test meets the world")]
fn the_page_shows_what_is_printed() {
    let mut stage = Stage::vaulted();
    stage.width = 80;
    stage.input = production_key();
    stage.variables.insert("BEGINI_API_KEY".to_owned(), production_key());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let filled = filled(&page, &mut stage);
    if std::env::var_os("GOLIVE_BLESS").is_some() {
        std::fs::write(&path, &filled).unwrap();
    }
    assert_eq!(page, filled);
    assert!(filled.matches("$ golive ").count() >= 5);
}
