//! Secrets and foreign text in every input of these commands, and in none of their outputs.

use super::stage::{Done, SALT, Stage};

/// A secret whose parts are words of nothing else.
fn canary() -> String {
    ["Zt9q-Kw4v8x", "Lr2Bn0Yd", "6sGh1Jp3Qc5M"].concat()
}

/// Asserts that no six characters of the canary stand in a text, plain or encoded.
fn assert_clean(what: &str, text: &str) {
    let canary = canary();
    let lower: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    let lower = lower.to_lowercase();
    let characters: Vec<char> = canary.chars().collect();
    for window in characters.windows(6) {
        let part: String = window.iter().collect::<String>().to_lowercase();
        let hex = hex::encode(&part);
        let digits: Vec<String> = hex.chars().map(String::from).collect();
        let percent =
            digits.chunks(2).map(|byte| format!("%{}", byte.concat())).collect::<Vec<_>>();
        let percent = percent.concat();
        for needle in [part, hex, percent] {
            assert!(!lower.contains(&needle), "{what}: {needle} in {text}");
        }
    }
    for skip in 0..3_usize {
        use base64::prelude::{BASE64_STANDARD, Engine};
        let bytes = [vec![0; skip], canary.as_bytes().to_vec()].concat();
        let digits = BASE64_STANDARD.encode(bytes)[4..20].to_lowercase();
        assert!(!lower.contains(&digits), "{what}: base64 in {text}");
    }
    let acts = |one: char| one != '\n' && (one.is_control() || "\u{202e}\u{200b}".contains(one));
    assert!(!text.chars().any(acts), "{what}: {text:?}");
}

/// The canary where a secret stands, and in names, paths, sections and addresses.
fn stage() -> Stage {
    let key = canary();
    let odd = "a\u{1b}[31m\u{202e}##[error]::set-output";
    Stage::new(&[
        (
            ".env.sandbox",
            &format!(
                "BEGINI_API_KEY={key}\nBEGINI_WEBHOOK_URL=https://me:{key}@hooks.lender.co.ke/{key}?k={key}\n\
                 BEGINI_COMPLETION_URL=vault:{key}\nA_{key}_TOKEN=${{{key}}}\n{odd}_SECRET=x\n"
            ),
        ),
        (
            ".env.production",
            &format!(
                "BEGINI_API_KEY={key}\nBEGINI_INTEGRATION_ID=vault:kv/{odd}/{key}\n\
                 BEGINI_BASE_URL=https://{key}.lender.co.ke\nDB_PASSWORD={key}\n"
            ),
        ),
        (&format!("config/{key}.production.yaml"), &format!("{key}: {{ api_token: {key} }}\n")),
        (&format!("jobs/{key}.env"), &format!("API_KEY={key}\n")),
        (
            "golive.yaml",
            &format!(
                "environments:\n  \"sandbox-{key}\": {{ layers: [.env.sandbox] }}\n  production: {{ layers: \
                 [.env.production], variables: {{ begini/api-key: \"{key}\" }} }}\n\
                 fingerprints: {{ salt: {SALT} }}\n"
            ),
        ),
    ])
}

fn check(what: &str, done: &Done) {
    assert_clean(what, &done.output);
    assert_clean(what, &done.errors);
}

#[test]
fn what_is_told_of_files_gives_nothing_away() {
    let mut stage = stage();
    for width in [40, 80, 200] {
        stage.width = width;
        for typed in [
            vec!["environments"],
            vec!["environments", "--format", "json"],
            vec!["environments", "--plain"],
            vec!["diff"],
            vec!["diff", "--format", "json"],
            vec!["diff", "--plain"],
            vec!["diff", "nowhere", "production"],
            vec!["init", "--print"],
            vec!["init"],
            vec!["observe", "--environment", "nowhere"],
        ] {
            check(&typed.join(" "), &stage.golive(&typed));
        }
    }
    stage.remove("golive.yaml");
    for typed in [vec!["environments"], vec!["diff"], vec!["init", "--print"], vec!["init"]] {
        check(&typed.join(" "), &stage.golive(&typed));
    }
    assert_clean("golive.yaml", &stage.read("golive.yaml"));
    check("check", &stage.golive(&["check"]));
}

#[test]
fn facts_give_nothing_away() {
    let (mut stage, key) = (stage(), canary());
    let observe = ["observe", "--environment", "production"];
    for value in [
        key.clone(),
        format!("https://me:{key}@hooks.lender.co.ke/{key}?key={key}#{key}"),
        format!("https://{key}.lender.co.ke/x"),
        format!("vault:{key}"),
        format!("{key}.lender.co.ke"),
    ] {
        for name in ["API_KEY", "INTEGRATION_ID", "WEBHOOK_URL", "BASE_URL", "DEPLOYMENT"] {
            stage.variables.insert(format!("BEGINI_{name}"), value.clone());
        }
        stage.variables.insert(key.clone(), key.clone());
        stage.variables.insert("BEGINI_API_KEY".to_owned(), key.clone());
        let done = stage.golive(&observe);
        check(&value, &done);
        assert!(done.output.contains("\"fingerprint\": \"v1:"), "{}", done.output);
        stage.input = format!(
            "{{\"{key}\": {{\"BEGINI_API_KEY\": \"{key}\", \"{key}\": 1, \"BEGINI_BASE_URL\": \
             \"{value}\"}}, \"begini\": {{\"{key}\": {{\"api_key\": \"{key}\"}}}}}}"
        );
        let by_values = [&observe[..], &["--values", "-"]].concat();
        let given = stage.golive(&by_values);
        check(&value, &given);
        assert!(given.output.contains("BEGINI_API_KEY"), "{}", given.output);
        stage.input.push_str("oops");
        check(&value, &stage.golive(&by_values));
        stage.write("../facts.json", &done.output);
        for format in ["checklist", "json"] {
            let typed = ["check", "--facts", "../facts.json", "--format", format];
            check(&value, &stage.golive(&typed));
        }
    }
}

#[test]
fn a_name_of_the_tree_makes_no_host_of_another_secret() {
    let key = canary();
    let mut stage = Stage::vaulted();
    let odd = "PAGERDUTY_TOKEN";
    stage.write(
        "golive.yaml",
        &format!("roles: {{ begini/base-url: {odd} }}\nfingerprints: {{ salt: {SALT} }}\n"),
    );
    stage.variables.insert(odd.to_owned(), format!("https://{key}.example.com"));
    check("roles", &stage.golive(&["observe", "--environment", "production"]));
}

#[test]
fn a_fingerprint_gives_nothing_away() {
    let mut stage = stage();
    stage.input = canary();
    let done = stage.golive(&["fingerprint", "begini/api-key", "--environment", "production"]);
    assert!(done.output.contains("begini/api-key: \"v1:"), "{done:?}");
    check("fingerprint", &done);
    check("argument", &stage.golive(&["fingerprint", "begini/api-key", &canary()]));
}

#[test]
fn odd_names_cannot_break_a_first_manifest() {
    let stage = Stage::new(&[
        ("a: b/#c.production.env", "BEGINI_API_KEY=changeme\nBEGINI_WEBHOOK_URL=https://x.co/a\n"),
        ("a: b/#c.sandbox.env", "BEGINI_API_KEY=changeme\n"),
        ("'quoted\"/\u{1b}[31m\u{202e}.production.yaml", "begini: { api_key: \"vault:a #b\" }\n"),
        ("yes.production.json", "{\"begini\": {\"x: [\": {\"api_key\": \"y\"}}}"),
    ]);
    let before = stage.report(&[]).findings.len();
    stage.golive(&["init"]).shown();
    assert_eq!(stage.report(&[]).findings.len(), before, "{}", stage.read("golive.yaml"));
    assert_clean("golive.yaml", &stage.read("golive.yaml"));
}
