//! A repository in which one commit is the base and the next the change.

use std::path::Path;
use std::process::{Command, Stdio};

use golive::cli::{Exit, Finished, Given, Terminal, World, run};
use golive::run::Run;

pub(super) const BEFORE: &str = "fingerprints: { salt: tests-only-2f6b0c91d4 }\n\
    environments:\n  production: { layers: [.env.production] }\n\
    policy: { approvers: [Release Board, Team Lead] }\n";
/// A major finding and a blocker.
pub(super) const PRODUCTION: &str =
    "APP_DEBUG=true\nBEGINI_WEBHOOK_URL=https://lender.ngrok.app/begini\n";
pub(super) const FINE: &str =
    "APP_DEBUG=false\nBEGINI_WEBHOOK_URL=https://hooks.lender.co.ke/begini\n";
/// A repository in which one commit is the base and the next the change.
pub(super) struct Stage(tempfile::TempDir);

impl Stage {
    /// With the rules and the production file of the base.
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let stage = Self(tempfile::tempdir().unwrap());
        stage.git(&["init", "-q", "-b", "main"]);
        for (path, text) in files {
            stage.write(path, text);
        }
        stage.commit("Team Lead");
        stage.git(&["tag", "base"]);
        stage
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(super) fn git(&self, typed: &[&str]) {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.path()).args(typed).stdout(Stdio::null());
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        assert!(git.status().unwrap().success(), "{typed:?}");
    }

    pub(super) fn commit(&self, name: &str) {
        self.git(&["add", "-A"]);
        let (name, mail) = (format!("user.name={name}"), "user.email=dev@lender.co.ke");
        self.git(&["-c", &name, "-c", mail, "commit", "-q", "--allow-empty", "-m", "a change"]);
    }

    pub(super) fn check(&self, more: &[&str]) -> (Result<Run, String>, Exit) {
        let typed = ["check", "--gate", "change", "--format", "json"];
        let finished = self.golive(&[&typed, more].concat());
        let read = serde_json::from_str(&finished.output).map_err(|_| finished.errors);
        (read, finished.exit)
    }

    pub(super) fn golive(&self, typed: &[&str]) -> Finished {
        let typed = std::iter::once(&"golive").chain(typed);
        run(&World {
            arguments: typed.map(Into::into).collect(),
            folder: self.path().to_owned(),
            clock: "2026-01-15T23:59:00Z".parse().unwrap(),
            zone: jiff::tz::TimeZone::UTC,
            variable: &|_| None,
            seed: 7,
            terminal: Terminal { color: false, color_errors: false, width: 120, plain: true },
            progress: &|_| {},
            ask: None,
            given: Given::nothing(),
        })
    }

    pub(super) fn id_of(&self, check: &str) -> String {
        let run = self.check(&[]).0.unwrap();
        run.findings.iter().find(|one| &*one.check.0 == check).unwrap().id.clone()
    }
}
