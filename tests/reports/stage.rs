//! A folder, and commands given in it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use golive::cli::{Finished, Given, Terminal, World, run};
use golive::report::Format;
use golive::run::Run;
use golive::standin::{Variant, sample};
use serde_json::Value;

const CLOCK: &str = "2026-11-23T07:42:00Z";

pub(super) struct Stage {
    pub(super) folder: tempfile::TempDir,
    pub(super) variables: BTreeMap<String, String>,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), variables: BTreeMap::new() }
    }

    /// The demo's sample in a folder of its name.
    pub(super) fn with_sample(self, variant: Variant) -> Self {
        for (path, text) in sample(variant).unwrap() {
            self.write(&format!("lender-api/{path}"), &text);
        }
        self
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let full = self.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }

    #[expect(clippy::disallowed_methods, reason = "reads what a command wrote")]
    pub(super) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub(super) fn golive(&self, typed: &[&str]) -> Finished {
        let words = std::iter::once("golive").chain(typed.iter().copied());
        run(&World {
            arguments: words.map(Into::into).collect(),
            folder: self.path().to_owned(),
            clock: CLOCK.parse().unwrap(),
            zone: jiff::tz::TimeZone::UTC,
            variable: &|name| self.variables.get(name).cloned(),
            seed: 7,
            terminal: Terminal { color: false, color_errors: false, width: 100, plain: false },
            progress: &|_| {},
            ask: None,
            given: Given::nothing(),
        })
    }

    /// A report, written as JSON beside the project.
    pub(super) fn keep(&self, name: &str, report: &Value) {
        self.write(name, &(serde_json::to_string_pretty(report).unwrap() + "\n"));
    }

    /// The report at `name` in a format.
    pub(super) fn rendered(&self, name: &str, format: Format) -> String {
        let done = self.golive(&["render", name, "--format", format.as_str()]);
        assert_eq!(done.errors, "");
        done.output
    }
}

/// The report of the demo. How long an answer took is another number each time.
pub(super) fn demo(flags: &[&str]) -> Value {
    let done = Stage::new().golive(&[&["demo", "--format", "json"], flags].concat());
    assert_eq!(done.errors, "");
    serde_json::from_str(&steady(&done.output)).unwrap()
}

/// The same text with every duration the same.
fn steady(text: &str) -> String {
    let duration = regex::Regex::new(r#"\b\d+ ms\b|"ms": \d+"#).unwrap();
    let same = |found: &regex::Captures<'_>| {
        if found[0].starts_with('"') { "\"ms\": 40".to_owned() } else { "40 ms".to_owned() }
    };
    duration.replace_all(text, same).into_owned()
}

/// Reports of every sort, by name.
pub(super) fn reports() -> &'static [(&'static str, Value)] {
    static REPORTS: LazyLock<Vec<(&str, Value)>> = LazyLock::new(written);
    &REPORTS
}

fn written() -> Vec<(&'static str, Value)> {
    let empty = Stage::new();
    std::fs::create_dir(empty.path().join("empty")).unwrap();
    let empty = empty.golive(&["check", "empty", "--format", "json"]).output;
    let flawed = demo(&[]);
    let mut many = flawed.clone();
    let one = many["findings"][0].clone();
    let copies = (0..5_000).map(|number| {
        let mut copy = one.clone();
        copy["id"] = Value::from(format!("{number:016x}"));
        copy["location"]["line"] = Value::from(number + 1);
        copy["location"]["end_line"] = Value::from(number + 1);
        copy
    });
    many["findings"] = Value::Array(copies.collect());
    vec![
        ("no-go", flawed),
        ("go", demo(&["--ready"])),
        ("empty", serde_json::from_str(&empty).unwrap()),
        ("many", many),
        ("hostile", super::hostile::report()),
    ]
}

pub(super) fn run_of(report: &Value) -> Run {
    serde_json::from_value(report.clone()).unwrap()
}
