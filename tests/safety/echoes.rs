//! Servers that know a secret and say it in every part of their answers.

use super::canary::assert_clean;
use super::scene::{Scene, production_id, sandbox_id};
use super::search::Canary;
use super::server::{Server, answer};

pub(super) const HOSTS: [&str; 2] = ["api.begini.co", "hooks.lender.co.ke"];

/// What a server says that knows every secret: `echoed`, in each of its answers' parts.
pub(super) fn answers(echoed: &str) -> Vec<String> {
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
        let (mut asked, mut told) = (0, 0);
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
            told += 1;
        }
        // what has the shape of some provider's live key is held back, whoever's it is said to be
        let held_back = canary.shape == "prefixed";
        assert!(if held_back { asked == 0 } else { asked > 2 * told }, "{asked}");
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
