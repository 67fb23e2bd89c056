//! What was recorded is judged again to the byte; a replay alone is never a go.

#![expect(clippy::unwrap_used, reason = "all of this file is a test")]

use std::path::Path;

use golive::cli::{Exit, Finished, Given, Terminal, World, run};
use golive::report::Format;
use golive::run::{Run, VerdictWord};
use golive::standin::{HOST, StandIn, Variant, sample};

const CLOCK: &str = "2026-11-23T08:00:00Z";

fn golive(folder: &Path, arguments: &[String], clock: &str) -> Finished {
    run(&World {
        arguments: std::iter::once("golive".into())
            .chain(arguments.iter().map(Into::into))
            .collect(),
        folder: folder.to_owned(),
        clock: clock.parse().unwrap(),
        zone: jiff::tz::TimeZone::UTC,
        variable: &|_| None,
        seed: 7,
        terminal: Terminal { color: false, color_errors: false, width: 100, plain: false },
        progress: &|_| {},
        ask: None,
        given: Given::nothing(),
    })
}

/// A sample project beside a stand-in, and the arguments that reach it.
struct Scene {
    folder: tempfile::TempDir,
    stand_in: StandIn,
}

impl Scene {
    fn new(variant: Variant) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in sample(variant).unwrap() {
            let full = folder.path().join("lender-api").join(path);
            std::fs::create_dir_all(full.parent().unwrap()).unwrap();
            std::fs::write(full, text).unwrap();
        }
        let clock = CLOCK.parse().unwrap();
        let stand_in = StandIn::start(variant.options(clock).unwrap()).unwrap();
        std::fs::write(folder.path().join("ca.pem"), stand_in.ca_pem()).unwrap();
        Self { folder, stand_in }
    }

    fn live(&self, more: &[&str]) -> Vec<String> {
        let mut typed = ["check", "lender-api", "--live", "--receiver", "begini/webhook-url"]
            .map(str::to_owned)
            .to_vec();
        typed.extend(["--trust-ca".to_owned(), "ca.pem".to_owned()]);
        typed.extend(["--connect".to_owned(), format!("{HOST}={}", self.stand_in.provider_addr())]);
        for host in self.stand_in.receiver_hosts() {
            let address = self.stand_in.receiver_addr();
            typed.extend(["--connect".to_owned(), format!("{host}={address}")]);
        }
        typed.extend(more.iter().map(|one| (*one).to_owned()));
        typed
    }
}

#[test]
fn a_replay_gives_the_bytes_of_the_recorded_run() {
    for format in Format::ALL.map(Format::as_str) {
        let scene = Scene::new(Variant::Flawed);
        let record = scene.live(&["--record", "run.json", "--format", format]);
        let live = golive(scene.folder.path(), &record, CLOCK);
        assert_eq!((live.exit, live.errors.as_str()), (Exit::NotReady, ""), "{}", live.output);
        let sent = scene.stand_in.log().len();
        let replay = ["check", "lender-api", "--replay", "run.json", "--format", format];
        let replay = replay.map(str::to_owned);
        let again = golive(scene.folder.path(), &replay, "2027-05-01T00:00:00Z");
        assert_eq!(again.output, live.output, "{format}");
        assert_eq!(again.exit, live.exit);
        assert_eq!(scene.stand_in.log().len(), sent, "a replay sends nothing");
    }
}

#[test]
fn a_replay_that_finds_nothing_wrong_is_partial() {
    let scene = Scene::new(Variant::Ready);
    let only = ["--only", "begini/session-is-created", "--record", "run.json"];
    golive(scene.folder.path(), &scene.live(&only), CLOCK);
    let typed =
        ["check", "lender-api", "--only", "begini/session-is-created", "--replay", "run.json"]
            .map(str::to_owned);
    let typed: Vec<String> =
        typed.into_iter().chain(["--format", "json"].map(str::to_owned)).collect();
    let replayed = golive(scene.folder.path(), &typed, CLOCK);
    let read: Run = serde_json::from_str(&replayed.output).unwrap();
    assert_eq!((read.verdict.word, replayed.exit), (VerdictWord::Undetermined, Exit::NotTold));
    let qualifier = read.verdict.qualifier.unwrap();
    assert!(qualifier.contains("--replay") && qualifier.contains("--only"), "{qualifier}");
}

#[test]
fn two_runs_of_one_recording_are_equal_and_so_are_offline_runs() {
    let scene = Scene::new(Variant::Flawed);
    let typed = ["check", "lender-api", "--format", "json"].map(str::to_owned);
    let once = golive(scene.folder.path(), &typed, CLOCK);
    assert_eq!(once.output, golive(scene.folder.path(), &typed, CLOCK).output);
    let offline: Run = serde_json::from_str(&once.output).unwrap();
    assert_eq!(offline.sent.requests, 0);
    assert!(offline.sent.not_asked >= 20, "{}", offline.sent.not_asked);
    assert!(scene.stand_in.log().is_empty(), "nothing is sent without --live");
}
