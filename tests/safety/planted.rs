//! A project with a secret in every place that a file has.

use super::scene::{Scene, production_id, sandbox_id};
use super::search::{Canary, encodings};

/// `text` as part of a file name.
pub(super) fn as_name(text: &str) -> String {
    text.replace(['/', '\\'], "_")
}

/// `text` in double quotes of YAML.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A project that holds each canary as a secret, and repeats two of them wherever a file can: one of
/// its keys stands in a file, the other only in the process.
pub(super) fn scene(canaries: &[Canary]) -> Scene {
    let values: Vec<String> = canaries.iter().map(Canary::value).collect();
    let mut files = environments(&values);
    files.push(("golive.confirmations.yaml".to_owned(), confirmations(&values[0])));
    let outside = &values[4];
    for repeated in [&values[0], outside] {
        files.extend(repeating(repeated));
    }
    for (index, encoded) in encodings(&canaries[0].secret).iter().enumerate() {
        files.push((
            format!("config/e{index}/{}.production.yaml", as_name(encoded)),
            format!("{}: {{ api_token: changeme }}\n", quoted(encoded)),
        ));
    }
    let files: Vec<(&str, String)> =
        files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    Scene::new(&files).with_variable("BEGINI_SANDBOX_API_KEY", outside)
}

/// The two environments, each secret where a secret belongs and in every address.
fn environments(values: &[String]) -> Vec<(String, String)> {
    let [key, other, password, signing] = [0, 1, 2, 3].map(|index| &values[index]);
    let sandbox = format!(
        "BEGINI_API_KEY={key}\nBEGINI_INTEGRATION_ID={}\n\
         BEGINI_WEBHOOK_URL=https://hooks.lender.co.ke/begini\n\
         BEGINI_BASE_URL=https://me:{key}@api.begini.co/{key}?key={key}#{key}\n\
         BEGINI_COMPLETION_URL=http://me:{key}@lender.ngrok.io/{key}?key={key}\n\
         DB_PASSWORD={password}\nJWT_SIGNING_SECRET={signing}\nNOTE={key}\n",
        sandbox_id()
    );
    let production = format!(
        "BEGINI_API_KEY={other}\nBEGINI_INTEGRATION_ID={}\n\
         BEGINI_WEBHOOK_URL=http://127.0.0.1/{other}\n\
         BEGINI_COMPLETION_URL=https://user:{other}@lender.ngrok.io/{other}?token={other}\n\
         BEGINI_EXPIRY_URL=${{PAGE:-https://app-sbx.lender.co.ke/{other}}}\n\
         DB_PASSWORD={password}\nJWT_SIGNING_SECRET={signing}\n\
         BEGINI_CANCELLATION_URL=vault:kv/{key}#{other}\n\
         BEGINI_PRIVACY_POLICY_URL=CHANGE_ME\n",
        production_id()
    );
    vec![(".env.sandbox".to_owned(), sandbox), (".env.production".to_owned(), production)]
}

/// Files whose names, folders, keys and settings are called like a secret.
fn repeating(secret: &str) -> Vec<(String, String)> {
    let (name, text) = (as_name(secret), quoted(secret));
    vec![
        (format!("config/{name}.yaml"), format!("token: {text}\n")),
        (format!("{name}/.env.production"), format!("API_KEY={secret}\nA_{name}_TOKEN=x\n")),
        (format!("{name}/.env.sandbox"), format!("API_KEY={secret}\nA_{name}_TOKEN=y\n")),
        (format!("{name}/broken.yaml"), format!("a: [\n{text}: {{\n")),
        (
            format!("config/production-{name}.yaml"),
            format!("{text}: {{ {text}: {{ api_key: changeme, password: {text} }} }}\n"),
        ),
        (
            format!("config/production-{name}.json"),
            format!("{{ {text}: {{ \"secret_key\": \"\" }}, {text}: 1 }}\n"),
        ),
        (
            format!("deploy/{name}.toml"),
            format!("[production.{text}]\nsecret_token = \"changeme\"\n"),
        ),
    ]
}

pub(super) fn confirmations(key: &str) -> String {
    let text = quoted(key);
    format!(
        "confirmations:\n  - {{ check: begini/credentials-from-production-tab, answer: \"no\", \
         by: {text}, role: {text}, date: 2026-11-01, until: 2027-01-01, evidence: {text} }}\n  \
         - {{ check: begini/launch-is-signed-off, answer: \"yes\", by: {text}, role: {text}, \
         date: 2026-11-01, until: 2027-01-01, evidence: {text}, settings: {{ {text}: {text} }} }}\n"
    )
}

/// A manifest with the key in every text that it may hold.
pub(super) fn manifest(key: &str) -> String {
    let (text, name) = (quoted(key), quoted(&format!("sandbox-{key}")));
    format!(
        "environments:\n  {name}: {{ class: sandbox, layers: [.env.sandbox, {text}], \
         variables: {{ begini/api-key: BEGINI_SANDBOX_API_KEY }} }}\n  \
         {text}: {{ class: production, layers: [.env.production], supplied: [begini/base-url] }}\n\
         services: {{ {text}: {{ root: {text} }} }}\n\
         roles: {{ begini/deployment-label: {text} }}\n\
         hosts: {{ production: [{text}, {name}] }}\n\
         waivers:\n  - {{ findings: [{text}], owner: {text}, reason: {text}, ticket: {text}, \
         until: 2027-01-01, approved-by: {text} }}\n\
         policy: {{ approvers: [{text}] }}\n"
    )
}

/// The canaries, each in turn at the head.
pub(super) fn rotations() -> impl Iterator<Item = Vec<Canary>> {
    (0..Canary::all().len()).map(|first| {
        let mut canaries = Canary::all();
        canaries.rotate_left(first);
        canaries
    })
}
