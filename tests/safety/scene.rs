//! A project in a temporary folder, and the command line beside it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use golive::cli::{Exit, Given, Terminal, World, run};
use golive::run::Run;

use super::server::Server;

pub(super) const CLOCK: &str = "2026-11-23T08:00:00Z";

/// Two keys of Begini's shape, joined so that no scanner takes them for real ones.
pub(super) fn sandbox_key() -> String {
    ["7b1e4c90-5d2f-", "4a3b-9c8d-", "0e1f2a3b4c5d"].concat()
}
pub(super) fn production_key() -> String {
    ["c4d5e6f7-1a2b-", "4c3d-8e9f-", "a0b1c2d3e4f5"].concat()
}
pub(super) fn sandbox_id() -> String {
    ["5f0e1d2c3b4a", "59687786950a"].concat()
}
pub(super) fn production_id() -> String {
    ["a1b2c3d4e5f6", "071829304a5b"].concat()
}

/// The folder `project` that is judged, and what lies beside it.
pub(super) struct Scene {
    folder: tempfile::TempDir,
    variables: BTreeMap<String, String>,
}

/// What a command left behind.
pub(super) struct Done {
    pub(super) output: String,
    pub(super) errors: String,
    pub(super) exit: Exit,
    pub(super) progress: String,
}

impl Scene {
    pub(super) fn new(files: &[(&str, String)]) -> Self {
        let scene = Self { folder: tempfile::tempdir().unwrap(), variables: BTreeMap::default() };
        std::fs::create_dir(scene.folder.path().join("project")).unwrap();
        for (path, text) in files {
            scene.write(&format!("project/{path}"), text);
        }
        scene
    }

    /// A Begini project whose two environments hold keys of their own.
    pub(super) fn begini(webhook: &str) -> Self {
        Self::new(&[
            (
                ".env.sandbox",
                format!(
                    "BEGINI_API_KEY={}\nBEGINI_INTEGRATION_ID={}\nBEGINI_WEBHOOK_URL={webhook}\n",
                    sandbox_key(),
                    sandbox_id()
                ),
            ),
            (
                ".env.production",
                format!(
                    "BEGINI_API_KEY={}\nBEGINI_INTEGRATION_ID={}\n\
                     BEGINI_WEBHOOK_URL=https://api.lender.co.ke/begini\n",
                    production_key(),
                    production_id()
                ),
            ),
        ])
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let full = self.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }

    #[expect(clippy::disallowed_methods, reason = "reads what the command wrote")]
    pub(super) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub(super) fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// What reaches `server` under each of `hosts`, whose certificate it shows.
    pub(super) fn connected(&self, server: &Server, hosts: &[&str]) -> Vec<String> {
        self.write("ca.pem", &server.authority);
        let mut typed = vec!["--trust-ca".to_owned(), "ca.pem".to_owned()];
        for host in hosts {
            typed.extend(["--connect".to_owned(), format!("{host}={}", server.address)]);
        }
        typed
    }

    /// `golive check project ...`.
    pub(super) fn check(&self, more: &[&str]) -> Done {
        self.check_at(100, more)
    }

    pub(super) fn check_at(&self, width: u16, more: &[&str]) -> Done {
        let typed: Vec<&str> = ["check", "project"].iter().chain(more).copied().collect();
        self.golive(width, &typed)
    }

    pub(super) fn golive(&self, width: u16, typed: &[&str]) -> Done {
        let progress = Mutex::new(String::new());
        let finished = run(&World {
            arguments: std::iter::once("golive")
                .chain(typed.iter().copied())
                .map(Into::into)
                .collect(),
            folder: self.path().to_owned(),
            clock: CLOCK.parse().unwrap(),
            zone: jiff::tz::TimeZone::UTC,
            variable: &|name| self.variables.get(name).cloned(),
            seed: 7,
            terminal: Terminal { color: false, color_errors: false, width, plain: false },
            progress: &|message| {
                let mut said = progress.lock().unwrap();
                said.push_str(message);
                said.push('\n');
            },
            ask: None,
            given: Given { random: &|| Some([0x5c; 32]), ..Given::nothing() },
        });
        let progress = progress.lock().unwrap().clone();
        Done { output: finished.output, errors: finished.errors, exit: finished.exit, progress }
    }
}

impl Done {
    /// The JSON report.
    pub(super) fn report(&self) -> Run {
        serde_json::from_str(&self.output)
            .unwrap_or_else(|fault| panic!("{fault}: {}{}", self.output, self.errors))
    }

    /// The result of a check in the JSON report, and the reason.
    pub(super) fn result(&self, id: &str) -> String {
        let report = self.report();
        let check = report.checks.iter().find(|check| &*check.id.0 == id).unwrap();
        let reason = check.reason.as_ref();
        let reason =
            reason.map_or_else(String::new, |one| format!(": {}: {}", one.kind, one.detail));
        format!("{}{reason}", check.result.as_str())
    }
}
