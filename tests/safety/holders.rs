//! The kinds of place that a secret stands in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::planted::quoted;

/// A kind of place, and a project that holds five secrets so.
pub(super) struct Holder {
    pub(super) name: &'static str,
    /// The files with these five values, the first as the sandbox's key where a key stands so.
    pub(super) files: fn(&[String]) -> Vec<(String, String)>,
    /// One value as it is written there.
    pub(super) form: fn(&str) -> String,
    /// What of Begini's settings the files hold themselves: `key`, `url`.
    pub(super) holds: &'static [&'static str],
    /// Texts of the outputs which show that the places were read.
    pub(super) shows: &'static [&'static str],
    /// Whether the server says the secrets.
    pub(super) echoes: bool,
}

/// The columns.
pub(super) const HOLDERS: [Holder; 7] = [
    Holder {
        name: "dotenv",
        files: dotenv,
        form: str::to_owned,
        holds: &["key"],
        shows: &["DB_PASSWORD", "JWT_SIGNING_SECRET"],
        echoes: false,
    },
    Holder {
        name: "YAML",
        files: yaml,
        form: quoted,
        holds: &["key"],
        shows: &["config/sandbox.yaml", "config/production.yaml"],
        echoes: false,
    },
    Holder {
        name: "JSON",
        files: json,
        form: |value| serde_json::json!({ "password": value }).to_string(),
        holds: &["key"],
        shows: &["config/sandbox.json", "config/production.json"],
        echoes: false,
    },
    Holder {
        name: "base64 Secret",
        files: kubernetes,
        form: |value| STANDARD.encode(value),
        holds: &["key"],
        shows: &["deploy/sandbox/secret.yaml", "deploy/production/secret.yaml"],
        echoes: false,
    },
    Holder {
        name: "URL user-info",
        files: addresses,
        form: |value| format!("https://app:{value}@db.lender.co.ke/app"),
        holds: &["url"],
        shows: &["DATABASE_URL", "BEGINI_COMPLETION_URL"],
        echoes: false,
    },
    Holder {
        name: "header",
        files: headers,
        form: |value| format!("Authorization: Bearer {value}"),
        holds: &[],
        shows: &["config/sandbox.yaml", "config/production.yaml"],
        echoes: false,
    },
    Holder {
        name: "echoed answer",
        files: |values| {
            vec![(".env.sandbox".to_owned(), format!("BEGINI_API_KEY={}\n", values[0]))]
        },
        form: str::to_owned,
        holds: &[],
        shows: &["begini/session-is-created"],
        echoes: true,
    },
];

/// The settings of one environment: a key of its own, and three secrets that both share.
fn settings<'a>(values: &'a [String], class: &str) -> [(&'static str, &'a str); 4] {
    let own = usize::from(class == "production");
    [
        ("BEGINI_API_KEY", &values[own]),
        ("DB_PASSWORD", &values[2]),
        ("JWT_SIGNING_SECRET", &values[3]),
        ("STRIPE_SECRET_KEY", &values[4]),
    ]
}

/// A file of each class.
fn both(path: &str, text: impl Fn(&str) -> String) -> Vec<(String, String)> {
    ["sandbox", "production"].map(|class| (path.replace("CLASS", class), text(class))).to_vec()
}

fn dotenv(values: &[String]) -> Vec<(String, String)> {
    both(".env.CLASS", |class| {
        settings(values, class).map(|(name, value)| format!("{name}={value}\n")).concat()
    })
}

fn yaml(values: &[String]) -> Vec<(String, String)> {
    both("config/CLASS.yaml", |class| {
        settings(values, class).map(|(name, value)| format!("{name}: {}\n", quoted(value))).concat()
    })
}

fn json(values: &[String]) -> Vec<(String, String)> {
    both("config/CLASS.json", |class| {
        let all: serde_json::Map<String, serde_json::Value> = settings(values, class)
            .map(|(name, value)| (name.to_owned(), value.into()))
            .into_iter()
            .collect();
        serde_json::to_string_pretty(&all).unwrap()
    })
}

fn kubernetes(values: &[String]) -> Vec<(String, String)> {
    both("deploy/CLASS/secret.yaml", |class| {
        let data = settings(values, class)
            .map(|(name, value)| format!("  {name}: {}\n", STANDARD.encode(value)))
            .concat();
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata: {{ name: lender, namespace: {class} }}\n\
             type: Opaque\ndata:\n{data}"
        )
    })
}

fn addresses(values: &[String]) -> Vec<(String, String)> {
    let [first, second, third, fourth, fifth] = [0, 1, 2, 3, 4].map(|at| &values[at]);
    both(".env.CLASS", |class| {
        let host = if class == "sandbox" { "hooks" } else { "api" };
        format!(
            "BEGINI_WEBHOOK_URL=https://me:{first}@{host}.lender.co.ke/begini\n\
             DATABASE_URL=postgres://app:{second}@db.lender.co.ke/app\n\
             REDIS_URL=redis://:{third}@cache.lender.co.ke:6379/0\n\
             BEGINI_COMPLETION_URL=http://{fourth}:x@lender.ngrok.io/done\n\
             BEGINI_CANCELLATION_URL=https://me:{fifth}@www.lender.co.ke/no?key={fifth}#{fifth}\n"
        )
    })
}

fn headers(values: &[String]) -> Vec<(String, String)> {
    let [first, second, third, fourth, fifth] = [0, 1, 2, 3, 4].map(|at| &values[at]);
    let mut files = both("config/CLASS.yaml", |_| {
        format!(
            "scoring:\n  headers:\n    api-key: {}\n    Authorization: {}\n    Cookie: {}\n",
            quoted(first),
            quoted(&format!("Bearer {second}")),
            quoted(&format!("session={third}")),
        )
    });
    files.extend(both("deploy/CLASS.sh", |_| {
        format!(
            "#!/bin/sh\ncurl -H 'Authorization: Bearer {fourth}' -H \"X-Api-Key: {fifth}\" \
             https://api.lender.co.ke/health\n"
        )
    }));
    files
}
