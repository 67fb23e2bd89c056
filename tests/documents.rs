//! What the documents tell to do is done here as it is written.

#![expect(clippy::disallowed_methods, reason = "this test reads the repository's own documents")]

use std::fs;
use std::path::{Path, PathBuf};

use golive::cli::{Exit, Finished, Given, Terminal, World, run};
use jiff::Timestamp;
use jiff::tz::TimeZone;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The fenced blocks of a document that a line with nothing but a path and a colon announces.
fn files(document: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut announced = None;
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let block: String = lines
                .by_ref()
                .take_while(|line| *line != "```")
                .flat_map(|it| [it, "\n"])
                .collect();
            files.extend(announced.take().map(|path| (path, block)));
        } else if let Some(path) = line.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:")) {
            announced = Some(PathBuf::from(path));
        } else if !line.is_empty() {
            announced = None;
        }
    }
    files
}

fn golive(arguments: &[&str], folder: &Path) -> Finished {
    run(&World {
        arguments: arguments.iter().map(Into::into).collect(),
        folder: folder.to_owned(),
        clock: Timestamp::UNIX_EPOCH,
        zone: TimeZone::UTC,
        variable: &|_| None,
        seed: 1,
        terminal: Terminal { color: false, color_errors: false, width: 100, plain: true },
        progress: &|_| {},
        ask: None,
        given: Given::nothing(),
    })
}

#[test]
fn a_check_is_added_as_contributing_tells() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let told = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let files = files(&told);
    assert_eq!(files.len(), 5, "a check, and two cases of two files each");
    for (path, text) in &files {
        let target = folder.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, text).unwrap();
    }
    let facts = "checks/begini/pack.yaml";
    fs::copy(root().join(facts), folder.join(facts)).unwrap();
    let finished = golive(&["golive", "test"], folder);
    assert_eq!(finished.exit, Exit::Ready, "{}{}", finished.output, finished.errors);

    // the proof is not optional, and what is missing is named with the check's file
    let failing = files.iter().find(|(path, _)| path.ends_with("fail-home-page/expect.yaml"));
    fs::remove_dir_all(folder.join(failing.unwrap().0.parent().unwrap())).unwrap();
    let finished = golive(&["golive", "test"], folder);
    assert_eq!(finished.exit, Exit::NotReady);
    assert!(finished.output.contains("privacy-policy-is-a-page.yaml"), "{}", finished.output);
    assert!(finished.output.contains("/fail-"), "{}", finished.output);
}

#[test]
fn the_check_that_the_readme_shows_is_the_real_one() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let real = fs::read_to_string(root().join("checks/begini/api-keys-differ.yaml")).unwrap();
    let (_, shown) = readme.split_once("```yaml\ntitle:").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let shown: Vec<&str> = shown.lines().skip(1).collect();
    let real: Vec<&str> = real.lines().skip(1).filter(|line| !line.starts_with("links:")).collect();
    assert_eq!(shown, real);
}

#[test]
fn every_check_that_the_documents_name_is_there() {
    let known = |id: &str| root().join("checks").join(format!("{id}.yaml")).is_file();
    for document in ["README.md", "docs/checks.md", "docs/design.md", "CHANGELOG.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        for word in text.split(|letter: char| !(letter.is_alphanumeric() || "/-*".contains(letter)))
        {
            let named = word.starts_with("begini/") || word.starts_with("core/");
            let role = golive::pack::builtin().iter().any(|pack| {
                let facts = pack.files.iter().filter(|(path, _)| path.ends_with("pack.yaml"));
                let role = word.strip_prefix("begini/").unwrap_or(word);
                facts.into_iter().any(|(_, text)| text.contains(&format!("\n  {role}:")))
            });
            if named && !role && !word.contains('*') {
                assert!(known(word), "{document} names {word}");
            }
        }
    }
}
