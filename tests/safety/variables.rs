//! Which process variables a role gets, whatever the tree says.

use super::scene::{Scene, production_key, sandbox_id, sandbox_key};
use super::server::{Server, answer};

/// A secret of the process that is none of the provider's.
fn unrelated() -> String {
    ["wJalrXUtnFEMI", "7MDENGbPxRfiCY", "9K2q"].concat()
}

/// A project whose sandbox key comes from `variable`, as its manifest says; what was sent.
fn sent(variable: &str, more: &[&str]) -> (String, String) {
    let server = Server::tls(&["api.begini.co"], |_| answer("401 no", "", ""));
    let scene = Scene::new(&[
        (".env.sandbox", format!("BEGINI_INTEGRATION_ID={}\n", sandbox_id())),
        (".env.production", format!("BEGINI_API_KEY={}\n", production_key())),
        (
            "golive.yaml",
            format!(
                "environments:\n  sandbox: {{ layers: [.env.sandbox], \
                 variables: {{ begini/api-key: {variable} }} }}\n  \
                 production: {{ layers: [.env.production] }}\n"
            ),
        ),
    ])
    .with_variable(variable, &unrelated())
    .with_variable("BEGINI_API_KEY", &sandbox_key());
    let connected = scene.connected(&server, &["api.begini.co"]);
    let mut typed: Vec<&str> = connected.iter().map(String::as_str).collect();
    typed.extend(["--live", "--format", "json"]);
    typed.extend(more);
    let done = scene.check(&typed);
    assert_eq!(done.errors, "");
    assert!(!done.output.contains(&unrelated()));
    (server.requests().concat(), done.result("begini/session-is-created"))
}

#[test]
fn an_unrelated_variable_is_not_sent_unless_the_command_line_names_it() {
    for variable in [
        "AWS_SECRET_ACCESS_KEY",
        "GITHUB_TOKEN",
        "API_KEY",
        "STRIPE_API_KEY",
        "NOT_BEGINIS_API_KEY",
        "HTTPS_PROXY",
    ] {
        let (requests, result) = sent(variable, &[]);
        assert_eq!(requests, "", "{variable}");
        assert!(result.starts_with("unknown: may come from: "), "{variable}: {result}");
        assert!(result.contains(&format!("--variable {variable}")), "{variable}: {result}");
        let (requests, _) = sent(variable, &["--variable", "ANOTHER"]);
        assert_eq!(requests, "", "{variable}");
        let (requests, _) = sent(variable, &["--variable", variable]);
        assert!(requests.contains(&unrelated()), "{variable}");
    }
}

#[test]
fn a_variable_that_is_called_after_the_provider_is_read() {
    for variable in ["BEGINI_SANDBOX_API_KEY", "LENDER_BEGINI_API_KEY", "BEGINI_TOKEN"] {
        let (requests, result) = sent(variable, &[]);
        assert!(requests.contains(&unrelated()), "{variable}: {result}");
    }
}

#[test]
fn nothing_of_the_process_is_read_unasked() {
    let server = Server::tls(&["api.begini.co"], |_| answer("401 no", "", ""));
    let scene = Scene::begini("https://hooks.lender.co.ke/begini")
        .with_variable("BEGINI_API_KEY", &unrelated())
        .with_variable("AWS_SECRET_ACCESS_KEY", &unrelated())
        .with_variable("LENDER_BEGINI_API_KEY", &unrelated())
        .with_variable("BEGINI_BASE_URL", "https://collect.evil.example");
    let connected = scene.connected(&server, &["api.begini.co"]);
    let mut typed: Vec<&str> = connected.iter().map(String::as_str).collect();
    typed.push("--live");
    scene.check(&typed);
    let requests = server.requests().concat();
    assert!(requests.contains(&sandbox_key()) && !requests.contains(&unrelated()), "{requests}");
}

#[test]
fn what_is_said_of_a_value_kept_outside_is_not_sent_for_it() {
    let server = Server::tls(&["api.begini.co"], |_| answer("401 no", "", ""));
    for outside in [
        "envVars: [{ key: BEGINI_API_KEY, sync: false }]",
        "env: [{ name: BEGINI_API_KEY, valueFrom: { secretKeyRef: { name: begini, key: k } } }]",
        "env: { BEGINI_API_KEY: \"{{ .Values.key }}\" }",
        "env: { BEGINI_API_KEY: \"vault:kv/begini#key\" }",
        "env: { BEGINI_API_KEY: \"${BEGINI_API_KEY}\" }",
        "env: { BEGINI_API_KEY: \"%BEGINI_API_KEY%\" }",
    ] {
        let scene = Scene::new(&[
            (
                "deploy/sandbox.yaml",
                format!("{outside}\nBEGINI_INTEGRATION_ID: {}\n", sandbox_id()),
            ),
            ("deploy/production.yaml", format!("BEGINI_API_KEY: {}\n", production_key())),
        ]);
        let connected = scene.connected(&server, &["api.begini.co"]);
        let mut typed: Vec<&str> = connected.iter().map(String::as_str).collect();
        typed.extend(["--live", "--format", "json"]);
        let result = scene.check(&typed).result("begini/session-is-created");
        assert!(result.starts_with("unknown: may come from: "), "{outside}: {result}");
    }
    assert_eq!(server.connections(), 0, "{:?}", server.requests());
}
