//! The demo as a person runs it: what it finds, where, and how it ends.

#![expect(clippy::unwrap_used, reason = "all of this file is a test")]

use golive::cli::{Exit, Finished, Given, Terminal, World, run};
use golive::run::{Run, VerdictWord};
use golive::source::Foreign;

/// Today, and three years ahead: certificates and confirmations follow the clock.
const CLOCKS: [&str; 2] = ["2026-11-23T08:00:00Z", "2029-11-23T08:00:00Z"];

fn demo(arguments: &[&str], clock: &str) -> Finished {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["golive", "demo"].iter().chain(arguments).map(Into::into).collect();
    run(&World {
        arguments,
        folder: folder.path().to_owned(),
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

fn report(arguments: &[&str], clock: &str) -> (Run, Exit) {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
    let finished = demo(&arguments, clock);
    assert_eq!(finished.errors, "");
    (serde_json::from_str(&finished.output).unwrap(), finished.exit)
}

#[test]
fn each_mistake_of_the_sample_is_one_item_at_its_place() {
    let (run, exit) = report(&[], CLOCKS[0]);
    assert_eq!((run.verdict.word, exit), (VerdictWord::NoGo, Exit::NotReady));
    let items: Vec<String> = run
        .findings
        .iter()
        .map(|finding| match &finding.location {
            Some(at) => format!("{}:{}:{} {}", at.path, at.line, at.column, finding.check),
            None => format!("{} {}", finding.exchange.as_ref().unwrap().status, finding.check),
        })
        .collect();
    assert_eq!(
        items,
        [
            ".env.ci:3:16 begini/api-keys-differ",
            ".env.production:4:23 begini/integration-ids-differ",
            ".env.production:5:20 begini/webhook-urls-differ",
            ".env.production:6:23 begini/addresses-are-https",
            ".env.production:7:25 core/tunnel-host",
            ".env.production:9:27 core/placeholder-value",
            "200 begini/receiver-refuses-tampered-event",
            ".env.production:8:41 begini/redirects-differ",
            "200 begini/receiver-refuses-foreign-integration",
        ]
    );
    let held: Vec<String> = run.sent.held_back.iter().map(|one| one.check.to_string()).collect();
    assert_eq!(held, ["begini/false-key-is-refused", "begini/session-is-created"]);
    assert!(run.sent.held_back[1].why.contains("see begini/integration-ids-differ"));
}

#[test]
fn the_mended_project_is_ready_on_any_day() {
    for clock in CLOCKS {
        let (run, exit) = report(&["--ready"], clock);
        assert_eq!((run.verdict.word, exit), (VerdictWord::Go, Exit::Ready), "{clock}");
        assert_eq!(run.verdict.qualifier.as_deref(), Some("against a stand-in"));
        assert_eq!(run.findings.len(), 0);
        assert!(run.rehearsal);
        let answers = run.clock.checked_add(jiff::Span::new().hours(24)).unwrap();
        assert_eq!(run.valid_until, Some(answers), "answers hold for a day");
        assert_eq!(run.sent.requests, 67, "the requests really travel");
        assert_eq!(run.sent.to_production, 0);
    }
}

#[test]
fn the_flawed_project_is_not_ready_three_years_ahead_either() {
    let (run, exit) = report(&[], CLOCKS[1]);
    assert_eq!(exit, Exit::NotReady);
    assert_eq!(run.findings.len(), 9);
    assert_eq!(run.sent.requests, 62);
}

#[test]
fn it_prints_the_plan_then_the_checklist_then_what_to_do() {
    let text = demo(&[], CLOCKS[0]).output;
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is not in\n{text}"));
    assert!(at("WOULD SEND") < at("NO-GO"));
    assert!(at("NO-GO") < at("golive demo --ready"));
    assert_eq!(Foreign::new(text.replace('\n', "")).to_string(), text.replace('\n', ""));
}

#[test]
fn the_sample_can_be_kept_and_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("sample");
    let shown = kept.to_string_lossy().into_owned();
    assert_eq!(demo(&["--keep", &shown], CLOCKS[0]).exit, Exit::NotReady);
    assert!(kept.join(".env.production").is_file());
    assert_eq!(demo(&["--keep", &shown], CLOCKS[0]).exit, Exit::CannotWork);
}
