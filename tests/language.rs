//! The language of packs: what is accepted, and how every mistake is said.
//!
//! `tests/language/bad/CASE/` holds a pack with mistakes and, in `expected.txt`, what its author is
//! told. `GOLIVE_BLESS=1 cargo test --test language` writes the latter anew; read the difference.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test meets the world, and says what it finds by failing"
)]

use std::fs;
use std::path::{Path, PathBuf};

use golive::pack::{
    Library, PackOrigin, PackSource, Subject, check_schema, codes_schema, pack_schema,
};
use golive::source::{DiagnosticStyle, render};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|_| panic!("{}", folder.display()));
    let mut paths: Vec<PathBuf> = read.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The packs in a folder, their files named from it.
fn packs(folder: &Path) -> Vec<PackSource> {
    let folders = entries(folder).into_iter().filter(|path| path.is_dir());
    let pack = |path: PathBuf| {
        let id = name(&path);
        let file =
            |file: &PathBuf| (format!("{id}/{}", name(file)), fs::read_to_string(file).unwrap());
        let files = entries(&path).iter().map(file).collect();
        PackSource { id, origin: PackOrigin::Given, files }
    };
    folders.map(pack).collect()
}

fn good() -> Library {
    let style = DiagnosticStyle { color: false, width: 100, plain: false };
    Library::load(packs(&root().join("good")))
        .unwrap_or_else(|all| panic!("{}", render(&all, &style)))
}

#[test]
fn every_example_of_the_language_is_accepted() {
    let library = good();
    assert_eq!(library.packs.len(), 2);
    let subjects: Vec<(&str, &str)> =
        library.checks.iter().map(|check| (&*check.id.0, word(&check.subject))).collect();
    assert_eq!(
        subjects,
        [
            ("begini/api-keys-differ", "differ"),
            ("begini/credentials-from-production-tab", "confirm"),
            ("begini/key-not-in-client", "forbid"),
            ("begini/known-host", "setting"),
            ("begini/production-key-is-accepted", "probe"),
            ("begini/production-refuses-sandbox-events", "delivery"),
            ("begini/raw-body-is-kept", "source"),
            ("begini/receiver-accepts-repeats", "delivery"),
            ("begini/receiver-answers-in-time", "delivery"),
            ("begini/receiver-has-a-certificate", "certificate"),
            ("begini/repeats-have-one-effect", "confirm"),
            ("begini/runs-are-on-file", "evidence"),
            ("begini/sdk-pinned-to-a-tag", "dependency"),
            ("begini/session-is-created", "probe"),
            ("begini/session-opens", "probe"),
            ("core/default-is-a-sandbox-value", "forbid"),
            ("core/mode-is-explicit", "require"),
            ("core/names-and-values", "forbid"),
            ("core/names-are-alike", "parity"),
            ("core/odd-values", "forbid"),
            ("core/production-has-every-setting", "parity"),
            ("core/production-secret-in-tree", "forbid"),
            ("core/public-and-secret-key-agree", "agree"),
            ("core/right-thing-in-the-slot", "setting"),
            ("core/sandbox-value-in-production", "forbid"),
            ("core/secret-shared", "differ"),
        ]
    );
}

fn word(subject: &Subject) -> &'static str {
    match subject {
        Subject::Forbid(_) => "forbid",
        Subject::Require { .. } => "require",
        Subject::Differ(_) => "differ",
        Subject::Agree(_) => "agree",
        Subject::Parity(_) => "parity",
        Subject::Setting { .. } => "setting",
        Subject::Dependency { .. } => "dependency",
        Subject::Source(_) => "source",
        Subject::History(_) => "history",
        Subject::Library(_) => "library",
        Subject::Probe(_) => "probe",
        Subject::Delivery(_) => "delivery",
        Subject::Look(look) => look.sight.as_str(),
        Subject::Confirm(_) => "confirm",
        Subject::Evidence(_) => "evidence",
        Subject::Rules(_) => "rules",
    }
}

#[test]
fn the_shipped_packs_are_accepted() {
    let style = DiagnosticStyle { color: false, width: 100, plain: false };
    let loaded = Library::load(golive::pack::builtin());
    let library = loaded.unwrap_or_else(|all| panic!("{}", render(&all, &style)));
    assert_eq!(library.packs.len(), entries_of_checks());
}

/// How many packs `checks/` holds.
fn entries_of_checks() -> usize {
    let checks = Path::new(env!("CARGO_MANIFEST_DIR")).join("checks");
    if checks.is_dir() { entries(&checks).iter().filter(|path| path.is_dir()).count() } else { 0 }
}

#[test]
fn every_mistake_is_said_as_expected() {
    let style = DiagnosticStyle { color: false, width: 100, plain: false };
    let bless = std::env::var_os("GOLIVE_BLESS").is_some();
    let cases = entries(&root().join("bad"));
    assert!(cases.len() > 3, "the cases are gone");
    let mut wrong = String::new();
    for case in cases {
        let found = Library::load(packs(&case)).expect_err("a bad pack is accepted");
        let shown = render(&found, &style);
        let expected = case.join("expected.txt");
        if bless {
            fs::write(&expected, &shown).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != shown {
            wrong = format!("{wrong}{}:\n{shown}\n", case.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_digest_of_a_pack_follows_its_files_and_not_their_place() {
    let digest = |path: &str, text: &str| {
        let files = vec![(path.to_owned(), text.to_owned())];
        let source = PackSource { id: "pay".to_owned(), origin: PackOrigin::Given, files };
        Library::load(vec![source]).unwrap().packs[0].digest.clone()
    };
    let one = digest("a/pay/pack.yaml", "title: Pay\n");
    assert_eq!(one.len(), 64);
    assert_eq!(one, digest("b/pack.yaml", "title: Pay\n"));
    assert_ne!(one, digest("a/pay/pack.yaml", "title: Pay \n"));
}

#[test]
fn the_schemas_accept_every_example_and_refuse_an_unknown_key() {
    let yaml = |path: &Path| -> serde_json::Value {
        let source = std::sync::Arc::new(golive::source::SourceText::new(
            "x",
            fs::read_to_string(path).unwrap(),
        ));
        let (root, _) = golive::document::single(golive::document::Format::Yaml, &source);
        golive::document::decode(&root.unwrap(), &source).0.unwrap()
    };
    let pack = jsonschema::validator_for(&pack_schema()).unwrap();
    let check = jsonschema::validator_for(&check_schema()).unwrap();
    let codes = jsonschema::validator_for(&codes_schema()).unwrap();
    for folder in entries(&root().join("good")) {
        for file in entries(&folder) {
            let schema = match name(&file).as_str() {
                "pack.yaml" => &pack,
                "codes.yaml" => &codes,
                _ => &check,
            };
            let mut value = yaml(&file);
            let first = schema.iter_errors(&value).next().map(|error| error.to_string());
            assert!(first.is_none(), "{}: {first:?}", file.display());
            value["titel"] = "x".into();
            assert!(!schema.is_valid(&value), "{}", file.display());
        }
    }
    assert!(!check.is_valid(&yaml(&root().join("good/core/pack.yaml"))));
}

/// Patterns of the tool's own packs are compiled when they are first asked, so here is where a wrong
/// one shows.
#[test]
fn the_packs_of_the_tool_have_no_mistake_that_an_author_would_be_told() {
    let mut sources = golive::pack::builtin();
    for source in &mut sources {
        source.origin = PackOrigin::Given;
    }
    let style = DiagnosticStyle { color: false, width: 100, plain: false };
    let told = Library::load(sources).err().map(|all| render(&all, &style));
    assert_eq!(told, None);
}
