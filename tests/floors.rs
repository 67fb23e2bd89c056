//! The stairs go one way: a room imports only from lower floors, and only the rooms that speak to
//! the network wait.

#![expect(clippy::disallowed_methods, reason = "this test reads the crate's own sources")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The rooms from the lowest floor up; two rooms of one floor do not see each other.
const FLOORS: [&[&str]; 10] = [
    &["source"],
    &["document"],
    &["expression"],
    &["pack"],
    &["project"],
    &["probe"],
    &["run"],
    &["report"],
    &["fixture", "standin"],
    &["cli"],
];

/// The rooms that may wait.
const ASYNC: [&str; 2] = ["probe", "standin"];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The text with comments and the insides of strings blanked, so that places stay.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = length_of_dead(rest);
        let (dead, live) = rest.split_at(length.unwrap_or(first.len_utf8()));
        if length.is_some() {
            code.extend(dead.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        } else {
            code.push(first);
        }
        rest = live;
    }
    code
}

/// How many bytes of a comment or a string begin here.
fn length_of_dead(text: &str) -> Option<usize> {
    let until = |from: usize, end: &str| {
        let found = text.get(from..).and_then(|rest| rest.find(end));
        found.map_or(text.len(), |at| from + at + end.len())
    };
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(until(2, "*/"));
    }
    if text.starts_with("'\"'") || text.starts_with("b'\"'") {
        return Some(until(0, "\"'"));
    }
    let hashes =
        text.strip_prefix('r').map_or(0, |rest| rest.len() - rest.trim_start_matches('#').len());
    if text.starts_with(&format!("r{}\"", "#".repeat(hashes))) {
        return Some(until(hashes + 2, &format!("\"{}", "#".repeat(hashes))));
    }
    let mut letters = text.strip_prefix('"')?.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some(at + 2),
            '\\' => drop(letters.next()),
            _ => {}
        }
    }
    Some(text.len())
}

/// The first names of the paths that follow `crate::`, each with the byte where it stands:
/// `crate::a::b` gives `a`, `crate::{a, b::{c, d}}` gives `a` and `b`.
fn first_names(code: &str, at: usize) -> Vec<(usize, &str)> {
    let name_at = |from: usize| {
        let rest = code.get(from..).unwrap_or_default();
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        (from, rest.get(..end.unwrap_or(rest.len())).unwrap_or_default())
    };
    if !code.get(at..).unwrap_or_default().starts_with('{') {
        return vec![name_at(at)];
    }
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut expected = false;
    for (offset, letter) in code.get(at..).unwrap_or_default().char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        match letter {
            '{' | ',' => expected = depth == 1,
            '}' if depth == 0 => break,
            _ if expected && !letter.is_whitespace() => {
                names.push(name_at(at + offset));
                expected = false;
            }
            _ => {}
        }
    }
    names
}

/// What is wrong in a file of `room`, each as `path:line: why`.
fn faults(path: &str, room: &str, text: &str) -> Vec<String> {
    let code = code_of(text);
    let mut found = Vec::new();
    let mut tell = |offset: usize, why: String| {
        let before = code.get(..offset).unwrap_or_default();
        found.push(format!("{path}:{}: {why}", before.matches('\n').count() + 1));
    };
    let Some(own) = floor(room) else {
        tell(0, format!("room `{room}` has no floor: give it one in tests/floors.rs"));
        return found;
    };
    for (start, _) in code.match_indices("crate::") {
        for (at, name) in first_names(&code, start + "crate::".len()) {
            match floor(name) {
                None => tell(at, format!("`crate::{name}` is no room")),
                Some(other) if other > own || (other == own && name != room) => {
                    tell(at, format!("`{room}` imports from `{name}`, which lies no lower"));
                }
                Some(_) => {}
            }
        }
    }
    if !ASYNC.contains(&room) {
        for word in ["async", "await"] {
            for (at, _) in code.match_indices(word) {
                let alone = |letter: char| !letter.is_alphanumeric() && letter != '_';
                let before = code.get(..at).and_then(|text| text.chars().next_back());
                let after = code.get(at + word.len()..).and_then(|text| text.chars().next());
                if before.is_none_or(alone) && after.is_none_or(alone) {
                    tell(at, format!("`{word}` outside {}", ASYNC.join(" and ")));
                }
            }
        }
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(())
}

#[test]
fn rooms_import_from_lower_floors_only() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&base.join("src"), &mut files).unwrap();
    assert!(files.len() > 10, "the sources were not found");
    let mut all = Vec::new();
    for file in files {
        let shown = file.strip_prefix(base).unwrap().to_string_lossy().replace('\\', "/");
        let room = shown.strip_prefix("src/").unwrap().split('/').next().unwrap();
        // The roots of the library and of the program stand beside the rooms.
        if room == "lib.rs" || room == "main.rs" {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        all.extend(faults(&shown, room.trim_end_matches(".rs"), &text));
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

#[test]
fn an_upward_import_is_named_with_file_and_line() {
    let text =
        "//! crate::cli in words\nuse crate::source::Span;\nuse crate::{\n    run::Run,\n};\n";
    let told = faults("src/pack/bad.rs", "pack", text);
    assert_eq!(told, ["src/pack/bad.rs:4: `pack` imports from `run`, which lies no lower"]);
    let inline = faults("src/probe/a.rs", "probe", "fn f() { crate::report::go(\"crate::cli\") }");
    assert_eq!(inline, ["src/probe/a.rs:1: `probe` imports from `report`, which lies no lower"]);
    assert!(faults("src/run/a.rs", "run", "use crate::{pack::{Check, Kind}, run};").is_empty());
}

#[test]
fn neighbours_unknown_rooms_and_waiting_are_named() {
    assert_eq!(faults("a.rs", "fixture", "use crate::standin::StandIn;").len(), 1);
    assert_eq!(
        faults("a.rs", "pack", "use crate::utils::join;"),
        ["a.rs:1: `crate::utils` is no room"]
    );
    assert_eq!(faults("src/utils/a.rs", "utils", "").len(), 1);
    assert_eq!(faults("a.rs", "run", "\nasync fn f() {\n  g().await }\n").len(), 2);
    assert!(faults("a.rs", "probe", "async fn f() { g().await }").is_empty());
    assert!(
        faults("a.rs", "run", "let awaited = r#\"async \"#; let c = '\"'; // await").is_empty()
    );
}
