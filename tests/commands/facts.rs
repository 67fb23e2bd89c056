//! `golive check --facts`.

use golive::pack::Severity;
use golive::run::{Basis, Finding};
use serde_json::{Value, json};

use super::stage::{SALT, Stage, production_key, sandbox_key};

/// What `golive observe` says of a production with these variables, in `facts.json`.
fn observed(stage: &mut Stage, variables: &[(&str, &str)]) {
    let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    stage.variables = variables.collect();
    let done = stage.golive(&["observe", "--environment", "production"]);
    stage.write("../facts.json", &done.output);
    stage.variables.clear();
}

const FACTS: [&str; 2] = ["--facts", "../facts.json"];

type Alter = fn(&mut Value);

/// The facts with one member altered.
fn altered(stage: &Stage, alter: impl FnOnce(&mut Value)) {
    let mut page: Value = serde_json::from_str(&stage.read("../facts.json")).unwrap();
    alter(&mut page);
    stage.write("../facts.json", &page.to_string());
}

#[test]
fn a_fact_closes_what_a_reference_leaves_open() {
    let mut stage = Stage::vaulted();
    observed(&mut stage, &[("BEGINI_API_KEY", &production_key())]);
    assert!(stage.result("begini/api-keys-differ", &[]).starts_with("unknown may come from"));
    assert_eq!(stage.result("begini/api-keys-differ", &FACTS), "pass by observed");
    let report = stage.report(&FACTS);
    assert!(report.tally.basis[&Basis::Observed] >= 1);
    let production = report.looked_at.environments.iter().find(|one| one.name == "production");
    assert_eq!(production.unwrap().observed, 1);
    assert_eq!(report.valid_until.unwrap().to_string(), "2026-11-24T08:00:00Z");
    assert_eq!(report.inputs_digest, stage.report(&[]).inputs_digest);
}

#[test]
fn one_key_for_both_is_found_at_the_fact() {
    let mut stage = Stage::vaulted();
    observed(&mut stage, &[("BEGINI_API_KEY", &sandbox_key())]);
    let report = stage.report(&FACTS);
    let found = report.findings.iter().find(|one| &*one.check.0 == "begini/api-keys-differ");
    let found = found.unwrap();
    let at = found.location.as_ref().unwrap();
    assert_eq!((at.path.as_str(), at.line), ("../facts.json", 12));
    let shown = found.shown.as_deref().unwrap();
    assert!(shown.starts_with("key ") && shown.ends_with(", observed"), "{shown}");
    assert_eq!(found.related[0].location.path, ".env.sandbox");
    assert_eq!(found.severity, Severity::Blocker);
}

#[test]
fn a_sandbox_value_in_production_is_found_at_the_fact() {
    let mut stage = Stage::vaulted();
    let manifest =
        format!("hosts: {{ sandbox: [uat.lender.co.ke] }}\nfingerprints: {{ salt: {SALT} }}\n");
    stage.write("golive.yaml", &manifest);
    observed(
        &mut stage,
        &[
            ("BEGINI_API_KEY", &production_key()),
            ("BEGINI_COMPLETION_URL", "https://uat.lender.co.ke/done"),
            ("BEGINI_EXPIRY_URL", "http://changeme"),
            ("BEGINI_CANCELLATION_URL", "http://lender.co.ke/bye-bye"),
            ("BEGINI_INTEGRATION_ID", ""),
        ],
    );
    let report = stage.report(&FACTS);
    let at_facts: Vec<String> = report
        .findings
        .iter()
        .filter(|one| one.location.as_ref().is_some_and(|at| at.path == "../facts.json"))
        .map(|one| format!("{} {}", one.setting.as_deref().unwrap_or("-"), one.check))
        .collect();
    for expected in [
        "BEGINI_COMPLETION_URL core/sandbox-value-in-production",
        "BEGINI_EXPIRY_URL core/placeholder-value",
        "BEGINI_CANCELLATION_URL begini/addresses-are-https",
        "BEGINI_INTEGRATION_ID core/empty-value",
    ] {
        assert!(at_facts.contains(&expected.to_owned()), "{expected} in {at_facts:?}");
    }
}

#[test]
fn an_environment_that_only_facts_know_counts_as_seen() {
    let mut stage = Stage::vaulted();
    stage.remove(".env.production");
    let missing = stage.report(&[]).verdict.because.join("\n");
    assert!(missing.contains("no production environment was found"), "{missing}");
    observed(
        &mut stage,
        &[
            ("BEGINI_API_KEY", &production_key()),
            ("BEGINI_INTEGRATION_ID", "a1b2c3d4e5f6071829304a5b"),
            ("BEGINI_WEBHOOK_URL", "https://hooks.lender.co.ke/begini"),
        ],
    );
    let report = stage.report(&FACTS);
    let because = report.verdict.because.join("\n");
    assert!(!because.contains("was found") && !because.contains("was not found"), "{because}");
    for check in ["api-keys-differ", "integration-ids-differ", "webhook-urls-differ"] {
        let told = stage.result(&format!("begini/{check}"), &FACTS);
        assert_eq!(told, "pass by observed", "{check}");
    }
    assert_eq!(stage.result("begini/has-essential-settings", &FACTS), "pass by observed");
    assert_eq!(stage.result("begini/webhook-url-is-https", &FACTS), "pass by observed");
}

#[test]
fn facts_count_for_a_day_and_never_at_the_gate_of_a_change() {
    let mut stage = Stage::vaulted();
    observed(&mut stage, &[("BEGINI_API_KEY", &sandbox_key())]);
    let notes = |stage: &Stage, more: &[&str]| {
        let report = stage.report(&[&FACTS, more].concat());
        let notes = report.looked_at.notes.iter().map(|note| note.message.clone());
        let keys = |one: &&Finding| &*one.check.0 == "begini/api-keys-differ";
        (report.findings.iter().filter(keys).count(), notes.collect::<Vec<_>>().join("\n"))
    };
    assert_eq!(notes(&stage, &[]).0, 1);
    let (findings, said) = notes(&stage, &["--gate", "change"]);
    assert!(findings == 0 && said.contains("this gate judges files alone"), "{said}");
    stage.clock = "2026-11-24T07:59:59Z".to_owned();
    assert_eq!(notes(&stage, &[]).0, 1);
    stage.clock = "2026-11-24T08:00:01Z".to_owned();
    let (findings, said) = notes(&stage, &[]);
    assert!(findings == 0 && said.contains("facts count for a day"), "{said}");
    stage.clock = "2026-11-23T07:56:00Z".to_owned();
    assert_eq!(notes(&stage, &[]).0, 1, "clocks differ a little");
    stage.clock = "2026-11-23T07:50:00Z".to_owned();
    let refused = stage.golive(&["check", FACTS[0], FACTS[1], "--plain"]).refused();
    assert!(refused.contains("observed in the future"), "{refused}");
}

#[test]
fn fingerprints_of_another_salt_say_nothing_and_that_is_said() {
    let mut stage = Stage::vaulted();
    observed(&mut stage, &[("BEGINI_API_KEY", &sandbox_key())]);
    stage.write("golive.yaml", "fingerprints: { salt: another-salt-0123456 }\n");
    let told = stage.result("begini/api-keys-differ", &FACTS);
    assert!(told.starts_with("unknown may come from: BEGINI_API_KEY, observed without"), "{told}");
    let report = stage.report(&FACTS);
    let note = &report.looked_at.notes[0];
    assert!(note.message.contains("made with another salt than golive.yaml's"), "{note:?}");
    assert_eq!(note.location.path, "../facts.json");
}

#[test]
fn a_fact_takes_nothing_of_a_file_away() {
    let mut stage = Stage::vaulted();
    stage.write(".env.production", &format!("BEGINI_API_KEY={}\n", sandbox_key()));
    assert!(stage.result("begini/api-keys-differ", &[]).starts_with("fail"));
    observed(&mut stage, &[("BEGINI_API_KEY", &production_key())]);
    let report = stage.report(&FACTS);
    let found = report.findings.iter().find(|one| &*one.check.0 == "begini/api-keys-differ");
    assert_eq!(found.unwrap().location.as_ref().unwrap().path, ".env.production");
}

#[test]
fn one_reference_for_both_stays_a_finding() {
    let mut stage = Stage::vaulted();
    stage.write(".env.sandbox", "BEGINI_API_KEY=vault:kv/begini#key\n");
    assert!(stage.result("begini/api-keys-differ", &[]).starts_with("fail"));
    observed(&mut stage, &[("BEGINI_API_KEY", &production_key())]);
    assert!(stage.result("begini/api-keys-differ", &FACTS).starts_with("fail"));
}

#[test]
fn a_sandbox_key_that_production_uses_is_never_sent() {
    let mut stage = Stage::vaulted();
    observed(&mut stage, &[("BEGINI_API_KEY", &sandbox_key())]);
    let held = stage.report(&[&FACTS[..], &["--plan"]].concat()).sent;
    let about = |why: &str| held.held_back.iter().any(|one| one.why.contains(why));
    assert!(about("claimed by sandbox and production alike"), "{:?}", held.held_back);
}

#[test]
fn mistakes_have_their_places() {
    let mut stage = Stage::vaulted();
    observed(&mut stage, &[("BEGINI_API_KEY", &production_key())]);
    let original = stage.read("../facts.json");
    let alterations: [(&str, Alter); 9] = [
        ("not the format of facts", |page| page["schema"] = json!("golive/facts/v2")),
        ("not a time", |page| page["observed"] = json!("yesterday")),
        ("not the mark of a salt", |page| page["salt"] = json!("x")),
        ("no pack has this role", |page| page["facts"][0]["role"] = json!("begini/key")),
        ("not a fingerprint", |page| page["facts"][0]["fingerprint"] = json!("v2:x")),
        ("is not sandbox", |page| page["class"] = json!("sandbox")),
        ("class", |page| drop(page.as_object_mut().unwrap().remove("class"))),
        ("state", |page| page["facts"][0]["state"] = json!("perhaps")),
        ("values", |page| page["values"] = json!({})),
    ];
    for (message, alter) in alterations {
        stage.write("../facts.json", &original);
        altered(&stage, alter);
        let refused = stage.golive(&["check", FACTS[0], FACTS[1]]).refused();
        assert!(refused.contains("[../facts.json:1:"), "{refused}");
        assert!(refused.contains(message), "{message}: {refused}");
    }
    for text in ["", "{", "[]", "null", "\u{0}"] {
        stage.write("../facts.json", text);
        stage.golive(&["check", FACTS[0], FACTS[1]]).refused();
    }
    let refused = stage.golive(&["check", "--facts", "gone.json"]).refused();
    assert_eq!(refused, "error: --facts gone.json: cannot be read (no such file or folder)\n");
}
