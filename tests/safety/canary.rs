//! A secret in every input, and none in any output.

use super::scene::{Done, Scene, production_id, sandbox_id};
use super::search::{Canary, encodings};
use super::server::{Server, answer};

const HOSTS: [&str; 2] = ["api.begini.co", "hooks.lender.co.ke"];

/// Asserts that nothing of any canary stands in `text`, nor in it without the breaks that a narrow
/// terminal puts in.
fn assert_clean(canaries: &[Canary], text: &str, what: &str) {
    let unbroken: String =
        text.chars().filter(|one| !one.is_whitespace() && !"│┆|·╎".contains(*one)).collect();
    for canary in canaries {
        for text in [text, &unbroken] {
            let given = canary.given_away(text);
            let around = given.first().map_or_else(String::new, |given| around(text, given));
            assert!(given.is_empty(), "{what}: {} {given:?}\n{around}", canary.shape);
        }
    }
}

/// The line of `text` that holds `needle`, and those around it.
fn around(text: &str, needle: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let holds = |line: &&str| line.to_lowercase().contains(&needle.to_lowercase());
    let at = lines.iter().position(holds).unwrap_or_default();
    lines[at.saturating_sub(2)..(at + 3).min(lines.len())].join("\n")
}

/// `text` as part of a file name.
fn as_name(text: &str) -> String {
    text.replace(['/', '\\'], "_")
}

/// `text` in double quotes of YAML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A project that holds each canary as a secret, and repeats the first wherever a file can. Of its
/// two keys of Begini one stands in a file, the other only in the process.
fn scene(canaries: &[Canary]) -> Scene {
    let [key, other, password, signing, outside] =
        [0, 1, 2, 3, 4].map(|index| canaries[index].value());
    let mut files = vec![
        (
            ".env.sandbox".to_owned(),
            format!(
                "BEGINI_API_KEY={key}\nBEGINI_INTEGRATION_ID={}\n\
                 BEGINI_WEBHOOK_URL=https://hooks.lender.co.ke/begini\n\
                 BEGINI_BASE_URL=https://me:{key}@api.begini.co/{key}?key={key}#{key}\n\
                 BEGINI_COMPLETION_URL=http://me:{key}@lender.ngrok.io/{key}?key={key}\n\
                 DB_PASSWORD={password}\nJWT_SIGNING_SECRET={signing}\nNOTE={key}\n",
                sandbox_id()
            ),
        ),
        (
            ".env.production".to_owned(),
            format!(
                "BEGINI_API_KEY={other}\nBEGINI_INTEGRATION_ID={}\n\
                 BEGINI_WEBHOOK_URL=http://127.0.0.1/{other}\n\
                 BEGINI_COMPLETION_URL=https://user:{other}@lender.ngrok.io/{other}?token={other}\n\
                 BEGINI_EXPIRY_URL=${{PAGE:-https://app-sbx.lender.co.ke/{other}}}\n\
                 DB_PASSWORD={password}\nJWT_SIGNING_SECRET={signing}\n\
                 BEGINI_CANCELLATION_URL=vault:kv/{key}#{other}\n\
                 BEGINI_PRIVACY_POLICY_URL=CHANGE_ME\n",
                production_id()
            ),
        ),
        ("golive.confirmations.yaml".to_owned(), confirmations(&key)),
    ];
    for repeated in [&key, &outside] {
        let name = as_name(repeated);
        files.extend([
            (format!("config/{name}.yaml"), format!("token: {}\n", quoted(repeated))),
            (format!("{name}/.env.production"), format!("API_KEY={repeated}\nA_{name}_TOKEN=x\n")),
            (format!("{name}/.env.sandbox"), format!("API_KEY={repeated}\nA_{name}_TOKEN=y\n")),
            (format!("{name}/broken.yaml"), format!("a: [\n{}: {{\n", quoted(repeated))),
            (
                format!("config/production-{name}.yaml"),
                format!(
                    "{0}: {{ {0}: {{ api_key: changeme, password: {0} }} }}\n",
                    quoted(repeated)
                ),
            ),
            (
                format!("config/production-{name}.json"),
                format!("{{ {0}: {{ \"secret_key\": \"\" }}, {0}: 1 }}\n", quoted(repeated)),
            ),
            (
                format!("deploy/{name}.toml"),
                format!("[production.{0}]\nsecret_token = \"changeme\"\n", quoted(repeated)),
            ),
        ]);
        for (index, encoded) in encodings(&canaries[0].secret).iter().enumerate() {
            files.push((
                format!("config/e{index}/{}.production.yaml", as_name(encoded)),
                format!("{}: {{ api_token: changeme }}\n", quoted(encoded)),
            ));
        }
    }
    let files: Vec<(&str, String)> =
        files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    Scene::new(&files).with_variable("BEGINI_SANDBOX_API_KEY", &outside)
}

fn confirmations(key: &str) -> String {
    let text = quoted(key);
    format!(
        "confirmations:\n  - {{ check: begini/credentials-from-production-tab, answer: \"no\", \
         by: {text}, role: {text}, date: 2026-11-01, until: 2027-01-01, evidence: {text} }}\n  \
         - {{ check: begini/launch-is-signed-off, answer: \"yes\", by: {text}, role: {text}, \
         date: 2026-11-01, until: 2027-01-01, evidence: {text}, settings: {{ {text}: {text} }} }}\n"
    )
}

/// A manifest with the key in every text that it may hold.
fn manifest(key: &str) -> String {
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
fn rotations() -> impl Iterator<Item = Vec<Canary>> {
    (0..Canary::all().len()).map(|first| {
        let mut canaries = Canary::all();
        canaries.rotate_left(first);
        canaries
    })
}

/// Every way to look at one run.
fn looks(scene: &Scene, typed: &[&str]) -> Vec<(String, Done)> {
    let mut looks = Vec::new();
    for width in [40, 80, 200] {
        looks.push((format!("checklist {width}"), scene.check_at(width, typed)));
    }
    for more in [
        vec!["--plain"],
        vec!["--format", "json"],
        vec!["--plan"],
        vec!["--plan", "--format", "json"],
        vec!["--plan", "--plain"],
        vec!["--gate", "change"],
        vec!["--environment", "production"],
        vec!["--environment", "nowhere"],
    ] {
        looks.push((more.join(" "), scene.check(&[typed, &more].concat())));
    }
    looks
}

fn assert_all_clean(canaries: &[Canary], scene: &Scene, typed: &[&str]) {
    for (look, done) in looks(scene, typed) {
        for (stream, text) in
            [("output", &done.output), ("errors", &done.errors), ("progress", &done.progress)]
        {
            assert_clean(canaries, text, &format!("{look} {stream}"));
        }
        let spoke = !done.output.is_empty() || look.contains("nowhere");
        assert!(spoke, "{look} shows nothing: {}", done.errors);
    }
}

#[test]
fn files_give_nothing_away() {
    for canaries in rotations() {
        let scene = scene(&canaries);
        assert_all_clean(&canaries, &scene, &[]);
        let report = scene.check(&[]).output;
        assert!(report.contains("/•••"), "{report}");
        scene.write("project/golive.yaml", &manifest(&canaries[0].value()));
        assert_all_clean(&canaries, &scene, &[]);
        let file = ["--output", "json=report.json", "--output", "checklist=report.txt"];
        scene.check(&file);
        assert_clean(&canaries, &scene.read("report.json"), "json file");
        assert_clean(&canaries, &scene.read("report.txt"), "checklist file");
    }
}

#[test]
fn the_judged_folder_may_be_called_like_a_secret() {
    for canaries in rotations() {
        let scene = Scene::new(&[]);
        let name = as_name(&canaries[0].value());
        let key = canaries[0].value();
        scene.write(&format!("{name}/.env.sandbox"), &format!("BEGINI_API_KEY={key}\n"));
        for format in ["checklist", "json"] {
            let done = scene.golive(80, &["check", &name, "--format", format]);
            assert_clean(&canaries, &done.output, format);
            assert!(done.output.contains("begini"), "{}", done.output);
        }
    }
}

/// What a server says that knows every secret: `echoed`, in each of its answers' parts.
fn answers(echoed: &str) -> Vec<String> {
    let json = |value: serde_json::Value| value.to_string();
    let headers = format!(
        "content-type: application/json\r\nset-cookie: session={echoed}\r\nx-echo: {echoed}\r\n\
         www-authenticate: Bearer {echoed}\r\nlocation: https://x.example/{echoed}\r\n"
    );
    let everywhere = serde_json::json!({
        "access_token": echoed, "url": format!("https://x.example/?t={echoed}"), "detail": echoed,
        echoed: echoed, "webhook_receiver_status_code": echoed, "token": [echoed, { echoed: 1 }],
    });
    let nested = serde_json::json!({
        "detail": { "webhook_receiver_status_code": echoed, "detail": echoed, echoed: echoed },
    });
    let cannot = serde_json::json!({ "detail": format!("Cannot connect to host {echoed}") });
    let mut answers = Vec::new();
    let says = |status: &str| format!("{status} {echoed}");
    for status in ["200", "422", "503"] {
        for body in [json(everywhere.clone()), json(nested.clone()), json(cannot.clone())] {
            answers.push(answer(&says(status), &headers, &body));
        }
        let html = format!("<html><title>{echoed}</title>{echoed}</html>");
        answers.push(answer(&says(status), "content-type: text/html\r\n", &html));
    }
    for status in ["302", "400", "401", "403", "418", "424", "429", "500"] {
        answers.push(answer(&says(status), &headers, &json(everywhere.clone())));
    }
    answers.push(format!("HTTP/1.1 {echoed}\r\n\r\n"));
    answers.push(echoed.to_owned());
    answers
}

/// A scene whose probes are all sent, and a server that answers with `echoed`.
fn echoing(key: &str, answer: String) -> (Scene, Vec<String>, Server) {
    let server = Server::tls(&HOSTS, move |_| answer.clone());
    let scene = Scene::new(&[
        (
            ".env.sandbox",
            format!(
                "BEGINI_API_KEY={key}\nBEGINI_INTEGRATION_ID={}\n\
                 BEGINI_WEBHOOK_URL=https://hooks.lender.co.ke/{key}\n",
                sandbox_id()
            ),
        ),
        (".env.production", format!("BEGINI_API_KEY=other-{}\n", production_id())),
    ]);
    let mut typed = scene.connected(&server, &HOSTS);
    typed.extend(["--receiver", "begini/webhook-url"].map(str::to_owned));
    (scene, typed, server)
}

#[test]
fn no_answer_gives_away_what_it_echoes() {
    for canary in Canary::all() {
        let canaries = [canary.clone()];
        let mut asked = 0;
        for (index, answer) in answers(&canary.value()).into_iter().enumerate() {
            let (scene, typed, server) = echoing(&canary.value(), answer);
            let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
            let format = if index % 2 == 0 { "json" } else { "checklist" };
            let live = ["--live", "--record", "run.json", "--format", format];
            let done = scene.check(&[&typed[..], &live].concat());
            let what = format!("answer {index}");
            assert_clean(&canaries, &done.output, &what);
            assert_clean(&canaries, &done.errors, &what);
            assert_clean(&canaries, &done.progress, &what);
            assert_clean(&canaries, &scene.read("run.json"), &format!("{what} recorded"));
            let replay = ["--replay", "run.json", "--format", format];
            assert_clean(&canaries, &scene.check(&[&typed[..], &replay].concat()).output, &what);
            asked += server.requests().len();
        }
        assert!(asked > 60, "{asked}");
    }
}

#[test]
fn no_answer_gives_away_what_only_the_server_knows() {
    let canary = Canary::all().remove(0);
    let canaries = [canary.clone()];
    for (index, answer) in answers(&canary.value()).into_iter().enumerate() {
        let (scene, typed, _server) = echoing("k3y-of-the-project-55", answer);
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        let live = ["--live", "--record", "run.json", "--format", "json"];
        let done = scene.check(&[&typed[..], &live].concat());
        assert_clean(&canaries, &done.output, &format!("answer {index}"));
        assert_clean(&canaries, &scene.read("run.json"), &format!("answer {index} recorded"));
    }
}

#[test]
fn mistakes_are_shown_without_secrets() {
    for canaries in rotations() {
        let key = canaries[0].value();
        let text = quoted(&key);
        let name = as_name(&key);
        let scene = scene(&canaries);
        let mistakes = [
            ("golive.yaml", format!("environments: {{ {text}: {{ class: {text} }} }}\n")),
            ("golive.yaml", format!("{text}: {text}\nroles: {{ {text}: {text} }}\n")),
            (
                "golive.yaml",
                format!("roles: {{ begini/api-key: {text}, begini/api-kye: {text} }}\n"),
            ),
            ("golive.yaml", format!("packs: [{text}]\nparameters: {{ {text}: {text} }}\n")),
            ("golive.yaml", format!("parameters: {{ begini/api-host: {text} }}\n")),
            (
                "golive.yaml",
                format!("fingerprints: {{ salt: x, production: {{ a/b: {text} }} }}\n"),
            ),
            ("golive.yaml", format!("# {text}\nhosts: [{text}\n{text}: {{\n")),
            (
                "golive.yaml",
                format!("waivers:\n  - {{ findings: [{text}], owner: {text}, until: {text} }}\n"),
            ),
            (
                "golive.confirmations.yaml",
                format!("confirmations:\n  - {{ check: {text}, by: {text}, date: {text} }}\n"),
            ),
            (
                "golive.confirmations.yaml",
                confirmations(&key).replace("2027-01-01", &name).replace("begini/", &name),
            ),
        ];
        for (file, mistake) in mistakes {
            let before = (file == "golive.confirmations.yaml").then(|| confirmations(&key));
            scene.write(&format!("project/{file}"), &mistake);
            for more in [vec![], vec!["--plain"], vec!["--format", "json"]] {
                for width in [40, 120] {
                    let done = scene.check_at(width, &more);
                    assert_clean(&canaries, &done.errors, &mistake);
                    assert_clean(&canaries, &done.output, &mistake);
                    assert_eq!(done.exit, golive::cli::Exit::CannotWork, "{mistake}");
                    assert!(done.errors.contains(file), "{}", done.errors);
                }
            }
            let rest = before.unwrap_or_else(|| "{}\n".to_owned());
            scene.write(&format!("project/{file}"), &rest);
        }
    }
}

#[test]
fn mistakes_of_packs_and_recordings_are_shown_without_secrets() {
    for canaries in rotations() {
        let key = canaries[0].value();
        let text = quoted(&key);
        let scene = scene(&canaries);
        scene.write(
            "run.json",
            &format!("{{ \"schema\": {text}, {text}: [{text}], \"clock\": {text} }}"),
        );
        let pack =
            format!("title: {text}\n{text}: {text}\nessential: [{text}]\nroles: {{ x: {text} }}\n");
        scene.write("project/checks/mine/pack.yaml", &pack);
        scene.write(
            &format!("project/checks/mine/{}.yaml", as_name(&key)),
            &format!("title: {text}\n{text}: 1\nforbid: {{ role: {text} }}\nwhen: {text}\n"),
        );
        for typed in [["--replay", "run.json"], ["--packs", "project/checks"]] {
            for more in [vec![], vec!["--plain"]] {
                let done = scene.check(&[&typed[..], &more].concat());
                assert_eq!(done.exit, golive::cli::Exit::CannotWork);
                assert_clean(&canaries, &done.errors, typed[0]);
                assert!(done.errors.len() > 100, "{}", done.errors);
            }
        }
    }
}

#[test]
fn the_demo_shows_none_of_its_keys() {
    let keys = golive::standin::deployments().unwrap().into_iter();
    let canaries: Vec<Canary> = keys
        .map(|one| Canary {
            shape: "demo",
            prefix: String::new(),
            secret: one.api_key.expose().to_owned(),
        })
        .collect();
    let scene = Scene::new(&[]);
    for typed in [vec!["demo"], vec!["demo", "--ready"], vec!["demo", "--format", "json"]] {
        for width in [40, 120] {
            let done = scene.golive(width, &typed);
            assert_clean(&canaries, &done.output, &typed.join(" "));
            assert_clean(&canaries, &done.errors, &typed.join(" "));
            assert_clean(&canaries, &done.progress, &typed.join(" "));
            assert!(done.output.contains("begini"), "{}", done.output);
        }
    }
}
