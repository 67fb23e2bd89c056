//! A project in a temporary folder, and a world around it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use golive::cli::{Exit, Given, Terminal, World, run};
use golive::run::Run;
use golive::source::{Secret, expand};
use serde_json::Value;

pub(super) const CLOCK: &str = "2026-11-23T08:00:00Z";

/// Keys of Begini's shape, joined so that no scanner takes them for real ones.
pub(super) fn sandbox_key() -> String {
    ["7b1e4c90-5d2f-", "4a3b-9c8d-", "0e1f2a3b4c5d"].concat()
}
pub(super) fn production_key() -> String {
    ["c4d5e6f7-1a2b-", "4c3d-8e9f-", "a0b1c2d3e4f5"].concat()
}

pub(super) const SALT: &str = "vK3nQ8tZ1xW5yB7m";

/// A project, and what surrounds a command that is given in it.
pub(super) struct Stage {
    folder: tempfile::TempDir,
    pub(super) clock: String,
    pub(super) variables: BTreeMap<String, String>,
    pub(super) input: String,
    pub(super) typed: Option<String>,
    /// What somebody types, line by line.
    pub(super) answers: Option<Vec<String>>,
    pub(super) width: u16,
}

/// What a command left behind.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) output: String,
    pub(super) errors: String,
    pub(super) exit: Exit,
}

impl Stage {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let stage = Self {
            folder: tempfile::tempdir().unwrap(),
            clock: CLOCK.to_owned(),
            variables: BTreeMap::new(),
            input: String::new(),
            typed: None,
            answers: None,
            width: 100,
        };
        std::fs::create_dir(stage.project()).unwrap();
        for (path, text) in files {
            stage.write(path, text);
        }
        stage
    }

    /// A sandbox in a file, and a production of which only a vault knows the key.
    pub(super) fn vaulted() -> Self {
        let sandbox = format!(
            "BEGINI_API_KEY={}\nBEGINI_INTEGRATION_ID=5f0e1d2c3b4a59687786950a\n\
             BEGINI_WEBHOOK_URL=https://hooks.sandbox.lender.co.ke/begini\nLOG_LEVEL=debug\n",
            sandbox_key()
        );
        let production = "BEGINI_API_KEY=vault:kv/begini#key\n\
             BEGINI_INTEGRATION_ID=a1b2c3d4e5f6071829304a5b\n\
             BEGINI_WEBHOOK_URL=https://hooks.lender.co.ke/begini\nLOG_LEVEL=debug\n";
        Self::new(&[
            (".env.sandbox", &sandbox),
            (".env.production", production),
            ("golive.yaml", &format!("fingerprints: {{ salt: {SALT} }}\n")),
        ])
    }

    /// A project of `tests/projects`.
    pub(super) fn of(project: &Path) -> Self {
        let stage = Self::new(&[]);
        for file in files(project) {
            let text = read(&project.join(&file));
            stage.write(&file.to_string_lossy(), &expand(&text).unwrap());
        }
        stage
    }

    /// The folder that commands are given in; what is beside it is no part of the project.
    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let full = self.project().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }

    pub(super) fn remove(&self, path: &str) {
        std::fs::remove_file(self.project().join(path)).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        read(&self.project().join(path))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.project().join(path).exists()
    }

    pub(super) fn path(&self, path: &str) -> String {
        self.project().join(path).to_string_lossy().into_owned()
    }

    /// Runs git in the project.
    pub(super) fn git(&self, typed: &[&str]) {
        let mut git = std::process::Command::new("git");
        git.arg("-C").arg(self.project()).args(["-c", "commit.gpgsign=false"]).args(typed);
        let done = git.env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
        assert!(done.status.success(), "{typed:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// Commits all there is as somebody.
    pub(super) fn commit(&self, name: &str) {
        let (name, mail) = (format!("user.name={name}"), "user.email=dev@lender.co.ke");
        self.git(&["add", "-A"]);
        self.git(&["-c", &name, "-c", mail, "commit", "-q", "-m", "change"]);
    }

    pub(super) fn golive(&self, typed: &[&str]) -> Done {
        let words = std::iter::once("golive").chain(typed.iter().copied());
        let hidden = |_: &str| Ok(Secret::new(self.typed.clone().unwrap_or_default()));
        let left = RefCell::new(self.answers.clone().unwrap_or_default());
        let line = |_: &str| match left.borrow_mut() {
            mut left if !left.is_empty() => Ok(left.remove(0)),
            _ => Err(std::io::ErrorKind::UnexpectedEof.into()),
        };
        let finished = run(&World {
            arguments: words.map(Into::into).collect(),
            folder: self.project(),
            clock: self.clock.parse().unwrap(),
            zone: jiff::tz::TimeZone::UTC,
            variable: &|name| self.variables.get(name).cloned(),
            seed: 7,
            terminal: Terminal {
                color: false,
                color_errors: false,
                width: self.width,
                plain: false,
            },
            progress: &|_| {},
            ask: None,
            given: Given {
                random: &|| Some([0x5c; 32]),
                input: &|| Ok(Secret::new(self.input.clone())),
                hidden: if self.typed.is_some() { Some(&hidden) } else { None },
                say: &|_| {},
                line: if self.answers.is_some() { Some(&line) } else { None },
            },
        });
        Done { output: finished.output, errors: finished.errors, exit: finished.exit }
    }

    /// The report of `golive check ... --format json`.
    pub(super) fn report(&self, more: &[&str]) -> Run {
        let typed = [&["check", "--format", "json"], more].concat();
        let done = self.golive(&typed);
        serde_json::from_str(&done.output).unwrap_or_else(|_| panic!("{}", done.errors))
    }

    /// The result of a check, its reason and its basis.
    pub(super) fn result(&self, id: &str, more: &[&str]) -> String {
        let report = self.report(more);
        let check = report.checks.iter().find(|check| &*check.id.0 == id).unwrap();
        let reason = check.reason.as_ref().map(|one| format!(" {}: {}", one.kind, one.detail));
        let basis = check.basis.map(|basis| format!(" by {}", basis.as_str()));
        let (reason, basis) = (reason.unwrap_or_default(), basis.unwrap_or_default());
        format!("{}{basis}{reason}", check.result.as_str())
    }
}

impl Done {
    /// What was told, where the command could work.
    pub(super) fn shown(self) -> String {
        assert_eq!(self.exit, Exit::Ready, "{}", self.errors);
        self.output
    }

    /// Why it could not work.
    pub(super) fn refused(self) -> String {
        assert_eq!(self.exit, Exit::CannotWork, "{}", self.output);
        assert_eq!(self.output, "");
        self.errors
    }
}

/// Asserts that a page is what its schema says.
pub(super) fn fits(of: &str, page: &str) {
    let schema = Stage::new(&[]).golive(&["schema", of]).shown();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let page: Value = serde_json::from_str(page).unwrap();
    let mistakes: Vec<String> = validator.iter_errors(&page).map(|one| one.to_string()).collect();
    assert!(mistakes.is_empty(), "{mistakes:?}");
}

/// The folders of `tests/projects`, clean and flawed.
pub(super) fn projects() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let folder = entry.unwrap().path();
        all.extend(["clean", "flawed"].map(|twin| folder.join(twin).join("project")));
    }
    all.retain(|path| path.is_dir());
    all.sort();
    assert!(all.len() >= 20, "{all:?}");
    all
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_owned());
            }
        }
    }
    found
}

#[expect(clippy::disallowed_methods, reason = "reads a project of the tests")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
