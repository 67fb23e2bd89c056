//! `golive init`.

use std::collections::BTreeSet;

use golive::run::Run;

use super::stage::{SALT, Stage, projects};

/// What a run says, the ids of findings apart: with a salt they tell the value.
fn told(run: &Run) -> (String, Vec<String>, BTreeSet<String>) {
    let checks = run.checks.iter().map(|check| {
        let reason = check.reason.as_ref().map(|reason| reason.kind.clone());
        format!("{} {} {reason:?}", check.id, check.result.as_str())
    });
    let findings = run.findings.iter().map(|finding| {
        let at = finding.location.as_ref();
        let at = at.map(|at| format!("{}:{}:{}", at.path, at.line, at.column));
        format!("{at:?} {} {:?} {:?}", finding.check, finding.severity, finding.also)
    });
    (format!("{:?}", run.verdict.word), checks.collect(), findings.collect())
}

#[test]
fn what_is_written_reads_back_and_judges_as_before() {
    // clean and flawed ones in turn
    for project in projects().into_iter().step_by(3) {
        let stage = Stage::of(&project);
        if project.join("golive.yaml").exists() {
            stage.remove("golive.yaml");
        }
        let before = told(&stage.report(&[]));
        let shown = stage.golive(&["init"]).shown();
        assert!(shown.starts_with("./golive.yaml is written: "), "{shown}");
        let after = told(&stage.report(&[]));
        assert_eq!(before, after, "{}\n{}", project.display(), stage.read("golive.yaml"));
        let written = stage.read("golive.yaml");
        assert!(written.contains("\nfingerprints:\n  salt: "), "{written}");
        assert!(written.contains("\npacks:\n  - core  # always\n  - begini  # "), "{written}");
    }
}

#[test]
fn each_guess_has_its_reason() {
    let stage = Stage::vaulted();
    stage.remove("golive.yaml");
    stage.write("services.env", "LENDER_BEGINI_API_KEY=x\n");
    stage.write(".env.sandbox.local", "LENDER_BEGINI_BASE_URL=https://api.begini.co\n");
    let written = stage.golive(&["init", "--print"]).shown();
    for line in [
        "  production:  # by file name",
        "      - .env.production  # file name",
        "      - begini/api-key  # vault:kv/begini#key at .env.production:1",
        "  begini/base-url: LENDER_BEGINI_BASE_URL  # LENDER_BEGINI_BASE_URL at .env.sandbox.local:1",
        "    - hooks.sandbox.lender.co.ke  # BEGINI_WEBHOOK_URL at .env.sandbox:3",
        "    - hooks.lender.co.ke  # BEGINI_WEBHOOK_URL at .env.production:3",
        "  - begini  # ",
    ] {
        assert!(written.contains(line), "{line} in\n{written}");
    }
    assert!(!written.contains(SALT));
}

#[test]
fn a_host_whose_word_contradicts_its_place_is_no_guess() {
    let stage = Stage::new(&[
        (".env.production", "BEGINI_WEBHOOK_URL=https://hooks-sbx.lender.co.ke/x\n"),
        (".env.sandbox", "BEGINI_WEBHOOK_URL=https://a.lender.co.ke/x\nBEGINI_API_KEY=changeme\n"),
    ]);
    let written = stage.golive(&["init", "--print"]).shown();
    let line = "# hooks-sbx.lender.co.ke: BEGINI_WEBHOOK_URL at .env.production:1 stands in \
                production, and says \"sbx\"";
    assert!(written.contains(line), "{written}");
}

#[test]
fn nothing_is_overwritten_without_being_told_to() {
    let stage = Stage::vaulted();
    let refused = stage.golive(&["init"]).refused();
    assert!(refused.contains("there is a golive.yaml already"), "{refused}");
    assert!(stage.read("golive.yaml").contains(SALT));
    stage.golive(&["init", "--print"]).shown();
    assert!(stage.read("golive.yaml").contains(SALT));
    stage.write("golive.yaml", "broken: [");
    stage.golive(&["init", "--force"]).shown();
    assert!(stage.read("golive.yaml").contains("layers:"));
}

#[test]
fn an_empty_folder_gets_examples() {
    let stage = Stage::new(&[]);
    let shown = stage.golive(&["init"]).shown();
    assert!(shown.contains("0 environments"), "{shown}");
    assert_eq!(stage.report(&[]).findings.len(), 0);
    assert!(stage.read("golive.yaml").contains("# None was found"));
}
