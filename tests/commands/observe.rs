//! `golive observe`.

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::Value;

use super::stage::{Stage, fits, production_key};

fn page(text: &str) -> Value {
    fits("facts", text);
    serde_json::from_str(text).unwrap()
}

/// `role name state host fingerprinted`, a line a fact.
fn lines(page: &Value) -> Vec<String> {
    let facts = page["facts"].as_array().unwrap().iter();
    facts
        .map(|fact| {
            let text = |key: &str| fact[key].as_str().unwrap_or("-").to_owned();
            let print = if fact["fingerprint"].is_string() { "print" } else { "-" };
            format!("{} {} {} {} {print}", text("role"), text("name"), text("state"), text("host"))
        })
        .collect()
}

#[test]
fn variables_of_the_process_become_facts() {
    let mut stage = Stage::vaulted();
    stage.write(".env.example", "LENDER_BEGINI_BASE_URL=\n");
    for (name, value) in [
        ("BEGINI_API_KEY", &*production_key()),
        ("BEGINI_SANDBOX_API_KEY", "of another environment"),
        ("BEGINI_INTEGRATION_ID", ""),
        ("BEGINI_WEBHOOK_URL", "https://me:secret@hooks.lender.co.ke/begini/9f3k2j1h"),
        ("BEGINI_PRIVACY_POLICY_URL", "vault:kv/url"),
        ("LENDER_BEGINI_BASE_URL", "https://api.begini.co"),
        ("STRIPE_SECRET_KEY", "not in use, not looked at"),
        ("AWS_SECRET_ACCESS_KEY", "never looked at"),
    ] {
        stage.variables.insert(name.to_owned(), value.to_owned());
    }
    let done = stage.golive(&["observe", "--environment", "production"]);
    let page = page(&done.output);
    assert_eq!(
        lines(&page),
        [
            "begini/api-key BEGINI_API_KEY present - print",
            "begini/base-url LENDER_BEGINI_BASE_URL present api.begini.co print",
            "begini/integration-id BEGINI_INTEGRATION_ID empty - -",
            "begini/privacy-policy-url BEGINI_PRIVACY_POLICY_URL reference - -",
            "begini/webhook-url BEGINI_WEBHOOK_URL present hooks.lender.co.ke -",
        ]
    );
    assert_eq!(
        (&page["class"], &page["observed"]),
        (&"production".into(), &"2026-11-23T08:00:00Z".into())
    );
    assert_eq!(page["facts"][0]["shape"], true);
    assert_eq!(page["facts"][0]["length"], "32-63");
    assert!(done.errors.contains("not found: begini/integration-id"), "{}", done.errors);
    assert!(done.errors.contains("5 facts, no value"), "{}", done.errors);
}

#[test]
fn values_of_a_vault_become_facts_however_they_are_nested() {
    let key = production_key();
    let encoded = BASE64_STANDARD.encode(&key);
    for (input, name) in [
        (format!(r#"{{"BEGINI_API_KEY": "{key}"}}"#), "BEGINI_API_KEY"),
        (format!(r#"{{"data": {{"data": {{"BEGINI_API_KEY": "{key}"}}}}}}"#), "BEGINI_API_KEY"),
        (format!(r#"{{"lender": {{"begini": {{"apiKey": "{key}"}}}}}}"#), "begini.apiKey"),
        (format!(r#"[{{"name": "BEGINI_API_KEY", "value": "{key}"}}]"#), "BEGINI_API_KEY"),
        (
            format!(r#"{{"kind": "Secret", "data": {{"BEGINI_API_KEY": "{encoded}"}}}}"#),
            "BEGINI_API_KEY",
        ),
        (
            format!(
                r#"{{"sandbox": {{"BEGINI_API_KEY": "of another"}}, "production": {{"BEGINI_API_KEY": "{key}"}}}}"#
            ),
            "BEGINI_API_KEY",
        ),
    ] {
        let mut stage = Stage::vaulted();
        stage.input = input.clone();
        let done = stage.golive(&["observe", "--environment", "production", "--values", "-"]);
        let page = page(&done.output);
        assert_eq!(lines(&page), [format!("begini/api-key {name} present - print")], "{input}");
        stage.variables.insert("BEGINI_API_KEY".to_owned(), key.clone());
        let of_process = stage.golive(&["observe", "--environment", "production"]);
        let of_process: Value = serde_json::from_str(&of_process.output).unwrap();
        assert_eq!(of_process["facts"][0]["fingerprint"], page["facts"][0]["fingerprint"]);
    }
}

#[test]
fn a_file_of_values_is_read_in_its_own_format_and_facts_go_to_a_file() {
    let stage = Stage::vaulted();
    stage.write("../vault.env", &format!("BEGINI_API_KEY={}\n", production_key()));
    let typed = [
        "observe",
        "--environment",
        "production",
        "--values",
        "../vault.env",
        "--output",
        "facts.json",
    ];
    let done = stage.golive(&typed);
    assert_eq!(done.output, "");
    assert_eq!(lines(&page(&stage.read("facts.json"))).len(), 1);
}

#[test]
fn what_cannot_be_observed_is_said_without_the_text() {
    let mut stage = Stage::vaulted();
    let typed = ["observe", "--environment", "production", "--values", "-"];
    stage.input = format!("{{\"BEGINI_API_KEY\": \"{}\", oops", production_key());
    let refused = stage.golive(&typed).refused();
    assert!(refused.starts_with("error: --values -: cannot be read at line 1"), "{refused}");
    assert!(!refused.contains(&production_key()));
    let refused = stage.golive(&["observe", "--environment", "moon"]).refused();
    assert!(refused.contains("its name does not tell its class"), "{refused}");
    stage.write("golive.yaml", "packs: [begini]\n");
    let refused = stage.golive(&typed).refused();
    assert!(refused.contains("has no salt"), "{refused}");
    let stage = Stage::new(&[("golive.yaml", "fingerprints: { salt: 0123456789abcdef }\n")]);
    let refused = stage.golive(&["observe", "--environment", "production"]).refused();
    assert!(refused.contains("no provider was recognised"), "{refused}");
}
