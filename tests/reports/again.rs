//! The same again: a format made later from the report, and a second run.

use std::path::Path;
use std::process::Command;

use golive::cli::Exit;
use golive::report::Format;
use golive::standin::{HOST, StandIn, Variant};

use super::stage::Stage;

#[test]
fn a_format_made_later_is_what_the_run_wrote() {
    let stage = Stage::new().with_sample(Variant::Flawed);
    let files = Format::ALL.map(|format| format!("{0}=run.{0}", format.as_str()));
    let outputs: Vec<&str> = files.iter().flat_map(|file| ["--output", file]).collect();
    for source in ["run.json", "run.html"] {
        for format in Format::ALL.map(Format::as_str) {
            let typed = [&["check", "lender-api", "--format", format], &*outputs].concat();
            let run = stage.golive(&typed);
            assert_eq!((run.exit, run.errors.as_str()), (Exit::NotReady, ""));
            assert_eq!(stage.read(&format!("run.{format}")), run.output, "{format}");
            let again = stage.golive(&["render", source, "--format", format]);
            assert_eq!(again.exit, Exit::Ready, "{}", again.errors);
            assert_eq!(again.output, run.output, "{format} from {source}");
        }
    }
}

#[test]
fn render_writes_files_and_says_what_is_no_report() {
    let stage = Stage::new().with_sample(Variant::Flawed);
    stage.golive(&["check", "lender-api", "--output", "json=run.json"]);
    let done = stage.golive(&["render", "run.json", "--output", "junit=a.xml", "--format", "json"]);
    assert_eq!((done.exit, done.output), (Exit::Ready, stage.read("run.json")));
    assert!(stage.read("a.xml").contains("<testsuite "));
    stage.write("other.json", "{\"schema\": \"golive/diff/v1\"}");
    stage.write("half.json", &stage.read("run.json")[..200]);
    for (typed, said) in [
        (vec!["render", "nowhere.json"], "error: nowhere.json: not read (entity not found)"),
        (vec!["render", "other.json"], "error: other.json: its schema is `golive/diff/v1`"),
        (vec!["render", "half.json"], "error: half.json: line "),
        (vec!["render", "lender-api/.env"], "error: lender-api/.env: not a report: write one"),
        (
            vec!["render", "run.json", "--output", "pdf=x"],
            "error: --output pdf=x: write FORMAT=PATH",
        ),
    ] {
        let done = stage.golive(&typed);
        assert_eq!((done.exit, done.output.as_str()), (Exit::CannotWork, ""));
        assert!(done.errors.starts_with(said), "{}", done.errors);
    }
}

#[test]
fn a_job_that_names_a_summary_gets_the_ticket_appended() {
    let mut stage = Stage::new().with_sample(Variant::Flawed);
    let summary = stage.path().join("summary.md").to_string_lossy().into_owned();
    stage.write("summary.md", "before\n");
    stage.variables.insert("GITHUB_STEP_SUMMARY".to_owned(), summary);
    let ticket = stage.golive(&["check", "lender-api", "--plan", "--format", "markdown"]).output;
    assert_eq!(stage.read("summary.md"), "before\n", "a plan is no run");
    for _ in 0..2 {
        let done = stage.golive(&["check", "lender-api", "--gate", "change"]);
        assert_eq!((done.exit, done.errors.as_str()), (Exit::NotReady, ""));
    }
    let told = stage.read("summary.md");
    assert!(told.starts_with("before\n**FAIL: lender-api**"), "{told}");
    assert_eq!(told.matches("**FAIL: lender-api**").count(), 2);
    assert!(!ticket.is_empty());
    stage.variables.insert("GITHUB_STEP_SUMMARY".to_owned(), "no/such/folder.md".to_owned());
    let done = stage.golive(&["check", "lender-api"]);
    assert_eq!(done.exit, Exit::NotReady, "a summary changes no verdict");
    assert!(done.errors.starts_with("warning: no/such/folder.md: the summary is not written"));
}

/// The recording of a run of the sample beside a stand-in.
fn recorded(stage: &Stage) {
    let clock = "2026-11-23T07:42:00Z".parse().unwrap();
    let stand_in = StandIn::start(Variant::Flawed.options(clock).unwrap()).unwrap();
    stage.write("ca.pem", stand_in.ca_pem());
    let mut typed: Vec<String> = [
        "check",
        "lender-api",
        "--live",
        "--receiver",
        "begini/webhook-url",
        "--trust-ca",
        "ca.pem",
    ]
    .map(str::to_owned)
    .to_vec();
    typed.extend(["--connect".to_owned(), format!("{HOST}={}", stand_in.provider_addr())]);
    for host in stand_in.receiver_hosts() {
        typed.extend(["--connect".to_owned(), format!("{host}={}", stand_in.receiver_addr())]);
    }
    typed.extend(["--record", "run.rec"].map(str::to_owned));
    let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
    assert_eq!(stage.golive(&typed).errors, "");
}

/// What the program itself writes, on so many processors; nothing where that cannot be chosen.
fn on(processors: &str, folder: &Path) -> Option<Vec<String>> {
    let mut command = Command::new("taskset");
    command.args(["-c", processors, env!("CARGO_BIN_EXE_golive")]);
    command.args(["check", "lender-api", "--replay", "run.rec"]).current_dir(folder);
    for format in Format::ALL.map(Format::as_str) {
        command.args(["--output", &format!("{format}={processors}.{format}")]);
    }
    command.env_clear().env("PATH", "/usr/bin:/bin").env("TZ", "UTC");
    let Ok(done) = command.output() else {
        eprintln!("skipped: taskset is not installed");
        return None;
    };
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    #[expect(clippy::disallowed_methods, reason = "reads what the program wrote")]
    let read = |format| std::fs::read_to_string(folder.join(format!("{processors}.{format}")));
    Some(Format::ALL.map(|format| read(format.as_str()).unwrap()).to_vec())
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let stage = Stage::new().with_sample(Variant::Flawed);
    for number in 0..80 {
        let keys: Vec<String> = (0..4)
            .map(|key| format!("SERVICE_{number}_{key}_URL=http://a{key}.example\n"))
            .collect();
        stage.write(&format!("lender-api/services/s{number}/.env.production"), &keys.concat());
    }
    recorded(&stage);
    let (Some(one), Some(all)) = (on("0", stage.path()), on("0-1", stage.path())) else { return };
    for ((one, all), format) in one.iter().zip(&all).zip(Format::ALL) {
        assert!(one == all, "{} differs", format.as_str());
        assert!(!one.is_empty());
    }
}
