//! Reports read back: as evidence, verified, and compared.

use golive::cli::Exit;
use serde_json::Value;

use super::stage::{Stage, fits};

const FRESH: &str = "begini/sandbox-run-is-fresh";

/// Writes the report of the project as it is.
fn written(stage: &Stage, path: &str, more: &[&str]) {
    let output = format!("json={path}");
    stage.golive(&[&["check", "--output", &output], more].concat());
}

/// The report at `path`, altered and written to `altered.json`.
fn altered(stage: &Stage, path: &str, alter: impl FnOnce(&mut Value)) {
    let mut report: Value = serde_json::from_str(&stage.read(path)).unwrap();
    alter(&mut report);
    stage.write("altered.json", &report.to_string());
}

/// The first thing that is wrong with the altered report.
fn first_wrong(stage: &Stage) -> String {
    let done = stage.golive(&["verify", "altered.json", "--plain"]);
    assert_eq!(done.exit, Exit::NotReady, "{}", done.output);
    let first = done.output.lines().nth(1).unwrap();
    first.to_owned()
}

#[test]
fn an_untouched_report_verifies_with_and_without_its_files() {
    let stage = Stage::vaulted();
    written(&stage, "golive.json", &[]);
    let output = stage.golive(&["verify", "golive.json"]).shown();
    assert!(output.starts_with("VERIFIED"), "{output}");
    let output = stage.golive(&["verify", "golive.json", "."]).shown();
    assert!(output.contains("the files judged again"), "{output}");
}

#[test]
fn an_altered_report_names_what_was_altered() {
    let stage = Stage::vaulted();
    stage.write(".env.production", "BEGINI_API_KEY=changeme\nLOG_LEVEL=debug\n");
    written(&stage, "golive.json", &[]);
    altered(&stage, "golive.json", |report| {
        report["verdict"]["word"] = Value::from("GO");
        report["verdict"]["exit"] = Value::from(0);
    });
    assert!(first_wrong(&stage).contains("it says GO, and its results come to NO-GO"));
    altered(&stage, "golive.json", |report| {
        report["findings"].as_array_mut().unwrap().remove(0);
    });
    assert!(first_wrong(&stage).contains("is not there"));
    altered(&stage, "golive.json", |report| {
        report["packs"][0]["digest"] = Value::from("0".repeat(64));
    });
    let wrong = first_wrong(&stage);
    assert!(wrong.starts_with("packs: begini is another than this tool's"), "{wrong}");
    altered(&stage, "golive.json", |report| {
        report["clock"] = Value::from("2026-11-30T08:00:00Z");
    });
    assert!(first_wrong(&stage).contains("clock: edited since it was written"));
    altered(&stage, "golive.json", |report| {
        report["checks"].as_array_mut().unwrap().remove(0);
    });
    assert!(first_wrong(&stage).contains("checks: "));
}

#[test]
fn the_files_of_another_day_differ() {
    let stage = Stage::vaulted();
    written(&stage, "golive.json", &[]);
    stage.write(".env.sandbox", "BEGINI_API_KEY=changeme\n");
    let done = stage.golive(&["verify", "golive.json", ".", "--plain"]);
    assert_eq!(done.exit, Exit::NotReady);
    assert!(done.output.contains("inputs_digest: it judged other files"), "{}", done.output);
    assert!(done.output.contains("begini/"), "{}", done.output);
}

#[test]
fn a_report_lapses() {
    let mut stage = Stage::vaulted();
    written(&stage, "golive.json", &[]);
    altered(&stage, "golive.json", |_| {});
    let mut report: golive::run::Run = serde_json::from_str(&stage.read("golive.json")).unwrap();
    report.valid_until = Some("2026-11-24T08:00:00Z".parse().unwrap());
    let report = golive::run::sealed(report);
    stage.write("golive.json", &serde_json::to_string(&report).unwrap());
    assert_eq!(stage.golive(&["verify", "golive.json"]).exit, Exit::Ready);
    stage.clock = "2026-11-24T08:00:00Z".to_owned();
    let done = stage.golive(&["verify", "golive.json"]);
    assert_eq!(done.exit, Exit::NotTold);
    assert!(done.output.starts_with("LAPSED"), "{}", done.output);
}

#[test]
fn the_tools_of_a_repository_get_places_from_its_top() {
    let stage = Stage::new(&[]);
    stage.git(&["init", "-q"]);
    stage.write("services/scoring/.env.production", "BEGINI_WEBHOOK_URL=https://l.ngrok.app/b\n");
    let said = |format| {
        let typed = ["check", "services/scoring", "--gate", "change", "--format", format];
        stage.golive(&typed).output
    };
    for format in ["github", "gitlab", "sarif", "sarif-open", "junit"] {
        let text = said(format);
        assert!(text.contains("services/scoring/.env.production"), "{format}: {text}");
    }
    // a reader who judged that folder sees it as it was judged
    let own = said("checklist");
    assert!(own.contains(" .env.production:1") && !own.contains("scoring/.env"), "{own}");
    let report = stage.report(&["services/scoring"]);
    assert_eq!(report.subject.folder.as_deref(), Some("services/scoring"));
    assert_eq!(stage.report(&[]).subject.folder, None);
}

#[test]
fn every_answer_that_has_lapsed_is_named() {
    let mut stage = Stage::vaulted();
    let signed = ["--by", "A. Lead", "--role", "operations", "--evidence", "https://l.co.ke/1"];
    stage.golive(&[&["confirm", "begini/launch-is-signed-off"], &signed[..]].concat());
    written(&stage, "golive.json", &[]);
    assert_eq!(stage.golive(&["verify", "golive.json"]).exit, Exit::Ready);
    stage.clock = "2027-06-01T08:00:00Z".to_owned();
    let done = stage.golive(&["verify", "golive.json", "--plain"]);
    assert_eq!(done.exit, Exit::NotTold);
    let line = "begini/launch-is-signed-off: the word of A. Lead held until 2026-12-23";
    assert!(done.output.contains(line), "{}", done.output);
}

#[test]
fn what_is_no_report_is_refused_with_a_place() {
    let stage = Stage::vaulted();
    for (text, why) in [
        ("{", "line 1, column 1"),
        ("{}", "not a report"),
        ("{\"schema\": \"golive/report/v2\"}", "its schema is `golive/report/v2`"),
        ("{\"schema\": \"golive/report/v1\"}", "missing field"),
    ] {
        stage.write("odd.json", text);
        for typed in [
            &["verify", "odd.json"][..],
            &["compare", "odd.json", "odd.json"],
            &["check", "--evidence", "odd.json"],
        ] {
            let errors = stage.golive(typed).refused();
            assert!(errors.contains("odd.json") && errors.contains(why), "{errors}");
        }
    }
    assert!(stage.golive(&["verify", "gone.json"]).refused().contains("gone.json"));
}

#[test]
fn two_reports_are_compared_by_their_findings() {
    let stage = Stage::vaulted();
    let right = stage.read(".env.production");
    stage.write(".env.production", &right.replace("https://hooks.lender", "http://hooks.lender"));
    written(&stage, "monday.json", &[]);
    stage.write(".env.production", &right.replace("LOG_LEVEL=debug", "DEBUG=true"));
    written(&stage, "friday.json", &[]);
    let text = stage.golive(&["compare", "monday.json", "friday.json", "--format", "json"]).shown();
    fits("compare", &text);
    let told: Value = serde_json::from_str(&text).unwrap();
    let says = |list: &str| told[list].to_string();
    assert!(says("fixed").contains("http"), "{text}");
    assert!(says("new").contains("DEBUG"), "{text}");
    assert_eq!(says("loosened"), "[]");
    let table = stage.golive(&["compare", "monday.json", "friday.json"]).shown();
    assert!(table.contains("FIXED") && table.contains("NEW"), "{table}");
    let narrower = ["--only", "core"];
    written(&stage, "narrow.json", &narrower);
    let text = stage.golive(&["compare", "monday.json", "narrow.json", "--format", "json"]).shown();
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["loosened"][0]["id"], "--only");
}

#[test]
fn evidence_counts_only_for_the_same_files_and_unedited() {
    let stage = Stage::vaulted();
    assert!(stage.result(FRESH, &[]).starts_with("unknown no fresh run: golive check --gate"));
    written(&stage, "sandbox.json", &["--gate", "sandbox"]);
    // nothing was sent, so the sandbox gate could not pass
    let told = stage.result(FRESH, &["--evidence", "sandbox.json"]);
    assert!(told.starts_with("unknown no fresh run: sandbox gate: UNDECIDED"), "{told}");
    let passed = |report: &mut Value| {
        report["verdict"]["word"] = Value::from("PASS");
        report["verdict"]["exit"] = Value::from(0);
    };
    altered(&stage, "sandbox.json", passed);
    let told = stage.result(FRESH, &["--evidence", "altered.json"]);
    assert!(told.contains("its report was edited: verdict"), "{told}");
    let report = stage.report(&["--evidence", "altered.json"]);
    assert_eq!(report.earlier[0].refused.as_deref(), Some("its report was edited: verdict"));
    let mut sealed: golive::run::Run = serde_json::from_str(&stage.read("sandbox.json")).unwrap();
    sealed.verdict.word = golive::run::VerdictWord::Pass;
    let sealed = golive::run::sealed(sealed);
    stage.write("passed.json", &serde_json::to_string(&sealed).unwrap());
    assert_eq!(stage.result(FRESH, &["--evidence", "passed.json"]), "pass by earlier");
    stage.write(".env.sandbox", &stage.read(".env.sandbox").replace("debug", "info"));
    let told = stage.result(FRESH, &["--evidence", "passed.json"]);
    assert!(told.contains("it judged other files or other packs"), "{told}");
}
