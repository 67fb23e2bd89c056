use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};

use super::certificate::crypto;
use super::clock::Clock;
use super::{Deployment, Flaw, HOST, Options, Server, StandIn, Variant, deployments, digest};
use crate::source::Secret;

const SESSIONS: &str = "https://api.begini.co/v1/sessions-management/tokens";
const SELF_TEST: &str = "https://api.begini.co/v1/webhooks-management/test";
const WEBHOOK: &str = "https://hooks.lender.test/begini";
const EVENT: &str = r#"{"uid":"abc123","integration_id":"sandbox-id","event":{"type":"x","details":{"score":500}}}"#;

fn noon(year: i16) -> Timestamp {
    jiff::civil::date(year, 3, 1).at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().into()
}

fn deployment(environment: &str, webhook_url: Option<&str>) -> Deployment {
    Deployment {
        environment: environment.to_owned(),
        api_key: Secret::new(format!("{environment}-key")),
        integration_id: format!("{environment}-id"),
        webhook_url: webhook_url.map(str::to_owned),
    }
}

fn options() -> Options {
    let deployments = vec![
        deployment("sandbox", Some(WEBHOOK)),
        deployment("unset", None),
        deployment("elsewhere", Some("https://elsewhere.lender.test/begini")),
    ];
    let hosts = vec!["hooks.lender.test".to_owned()];
    Options { hosts, ..Options::new(noon(2026), deployments) }
}

/// A running stand-in and a client whose clock shows `now`.
struct Lab {
    stand_in: StandIn,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
}

impl Lab {
    fn new(options: Options) -> Self {
        let now = options.clock;
        Self::seen_from(options, now)
    }

    fn seen_from(options: Options, now: Timestamp) -> Self {
        let stand_in = StandIn::start(options).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(stand_in.ca_pem().as_bytes()).unwrap()).unwrap();
        let tls = ClientConfig::builder_with_details(crypto(), Arc::new(Clock::new(now)))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .resolve(HOST, stand_in.provider_addr())
            .resolve("hooks.lender.test", stand_in.receiver_addr());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { stand_in, client: client.build().unwrap(), runtime }
    }

    /// The status and the body; an error where no answer came.
    fn post(
        &self,
        url: &str,
        header: Option<(&str, &str)>,
        body: &str,
    ) -> reqwest::Result<(u16, Value)> {
        let mut request =
            self.client.post(url).body(body.to_owned()).header("Content-Type", "application/json");
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        self.runtime.block_on(async {
            let answer = request.send().await?;
            let status = answer.status().as_u16();
            let text = answer.text().await?;
            Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
        })
    }

    fn session(&self, key: Option<&str>, uid: &str, id: &str) -> (u16, Value) {
        let body = json!({ "uid": uid, "integration_id": id }).to_string();
        self.post(SESSIONS, key.map(|key| ("api-key", key)), &body).unwrap()
    }

    fn self_test(&self, key: Option<&str>) -> (u16, Value) {
        self.post(SELF_TEST, key.map(|key| ("api-key", key)), "").unwrap()
    }

    /// The status of the receiver's answer to a delivery.
    fn deliver(&self, signature: Option<&str>, body: &str) -> u16 {
        let header = signature.map(|signature| ("X-Signature", signature));
        self.post(WEBHOOK, header, body).unwrap().0
    }

    /// Valid, unsigned, signed with SHA-256, altered after signing, signed with another key.
    fn deliveries(&self) -> [u16; 5] {
        let key = Secret::new("sandbox-key");
        let right = digest::sha512(&key, EVENT.as_bytes());
        let altered = EVENT.replace("500", "100");
        [
            self.deliver(Some(&right), EVENT),
            self.deliver(None, EVENT),
            self.deliver(Some(&digest::sha256(&key, EVENT.as_bytes())), EVENT),
            self.deliver(Some(&right), &altered),
            self.deliver(Some(&digest::sha512(&Secret::new("other"), EVENT.as_bytes())), EVENT),
        ]
    }
}

#[test]
fn sessions_answer_each_documented_status() {
    let lab = Lab::new(options());
    let key = Some("sandbox-key");
    assert_eq!(lab.session(None, "abc123", "sandbox-id").0, 401);
    assert_eq!(lab.session(Some("nobody"), "abc123", "sandbox-id").0, 401);
    assert_eq!(lab.session(key, "abc123", "unset-id").0, 403);
    assert_eq!(lab.session(key, "abc123", "no-such-id").0, 422);
    assert_eq!(lab.session(key, "abc", "sandbox-id").0, 422);
    assert_eq!(lab.post(SESSIONS, Some(("api-key", "sandbox-key")), "{}").unwrap().0, 422);
    assert_eq!(lab.session(key, "abc123", "sandbox-id").0, 200);
    let (again, body) = lab.session(key, "abc123", "sandbox-id");
    assert_eq!((again, &body["detail"]), (422, &json!("uid was used before")));
    assert_eq!(lab.session(Some("unset-key"), "abc123", "unset-id").0, 200);
}

#[test]
fn a_session_is_a_token_with_the_published_claims() {
    let lab = Lab::new(options());
    let (_, body) = lab.session(Some("sandbox-key"), "abc123", "sandbox-id");
    assert_eq!(body["url"], "https://api.begini.co/master/psychometrics");
    let token = body["access_token"].as_str().unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let claims = BASE64_URL_SAFE_NO_PAD.decode(parts[1]).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(parts.len(), 3);
    assert_eq!(
        (&claims["uid"], &claims["integration_id"]),
        (&json!("abc123"), &json!("sandbox-id"))
    );
    assert_eq!(claims["url"], body["url"]);
    assert!(claims["company_id"].is_string());
    let life = claims["exp"].as_i64().unwrap() - noon(2026).as_second();
    assert!((900..930).contains(&life), "{life}");
}

#[test]
fn the_self_test_answers_each_documented_status() {
    let lab = Lab::new(options());
    assert_eq!(lab.self_test(None), (400, json!({ "detail": "No Api-key supplied" })));
    assert_eq!(lab.self_test(Some("nobody")), (403, json!({ "detail": "Invalid Api-key" })));
    let unset = json!({ "detail": "Webhooks not set for unset-id" });
    assert_eq!(lab.self_test(Some("unset-key")), (424, unset));
    let elsewhere = json!({ "detail": "Cannot connect to host elsewhere.lender.test" });
    assert_eq!(lab.self_test(Some("elsewhere-key")), (503, elsewhere));
    let (status, body) = lab.self_test(Some("sandbox-key"));
    assert_eq!((status, &body["webhook_receiver_status_code"]), (200, &json!(200)));
    let by_receiver: Vec<_> =
        lab.stand_in.log().into_iter().filter(|one| one.by == Server::Receiver).collect();
    assert_eq!(by_receiver.len(), 1, "exactly one webhook is posted");
    assert_eq!(by_receiver[0].environment.as_deref(), Some("sandbox"));
}

#[test]
fn the_self_test_tells_what_a_flawed_receiver_answered() {
    let told = |flaw| {
        let patience = Duration::from_millis(if flaw == Flaw::Hangs { 300 } else { 20_000 });
        let lab = Lab::new(Options { flaw, patience, ..options() });
        let (status, body) = lab.self_test(Some("sandbox-key"));
        (status, body["detail"]["webhook_receiver_status_code"].as_u64().unwrap_or(0))
    };
    assert_eq!(told(Flaw::Sha256), (422, 403));
    assert_eq!(told(Flaw::Answers201), (422, 201));
    assert_eq!(told(Flaw::Redirects), (422, 307));
    assert_eq!(told(Flaw::Hangs), (503, 0));
    let lab = Lab::new(options().with_flaw(Flaw::Sha256));
    let (_, body) = lab.self_test(Some("sandbox-key"));
    let kept = &body["detail"]["webhook_receiver_body_content"];
    assert_eq!(kept, r#"{"detail":"Validation Failure"}"#);
}

#[test]
fn each_flaw_shows_and_nothing_else_does() {
    for (flaw, expected) in [
        (Flaw::None, [200, 403, 403, 403, 403]),
        (Flaw::AcceptsTampered, [200, 403, 403, 200, 200]),
        (Flaw::VerifiesNothing, [200, 200, 200, 200, 200]),
        (Flaw::Sha256, [403, 403, 200, 403, 403]),
        (Flaw::Answers201, [201, 403, 403, 403, 403]),
        (Flaw::Redirects, [307, 307, 307, 307, 307]),
        (Flaw::LeaksTrace, [200, 500, 500, 500, 500]),
    ] {
        assert_eq!(Lab::new(options().with_flaw(flaw)).deliveries(), expected, "{flaw:?}");
    }
    let lab = Lab::new(options().with_flaw(Flaw::Hangs));
    let waited = lab.runtime.block_on(async {
        lab.client.post(WEBHOOK).timeout(Duration::from_millis(300)).send().await
    });
    assert!(waited.unwrap_err().is_timeout());
}

#[test]
fn the_receiver_takes_signed_json_at_its_address_only() {
    let lab = Lab::new(options());
    let key = Secret::new("sandbox-key");
    assert_eq!(lab.deliver(Some(&digest::sha512(&key, b"not json")), "not json"), 400);
    let spaced = EVENT.replace(':', " : ").replace(',', " ,\n ");
    assert_eq!(lab.deliver(Some(&digest::sha512(&key, spaced.as_bytes())), &spaced), 200);
    let deliver = |body: &str| lab.deliver(Some(&digest::sha512(&key, body.as_bytes())), body);
    assert_eq!([deliver(EVENT), deliver(EVENT)], [200, 200], "a repeated event");
    assert_eq!(deliver(r#"{"uid":"abc123"}"#), 422);
    assert_eq!(deliver(&EVENT.replace("sandbox-id", "unset-id")), 403);
    assert_eq!(lab.post("https://hooks.lender.test/other", None, "{}").unwrap().0, 404);
    let get = lab.runtime.block_on(async { lab.client.get(WEBHOOK).send().await }).unwrap();
    assert_eq!(get.status().as_u16(), 405);
    assert_eq!(lab.deliver(None, &"x".repeat(70_000)), 413);
    let form = lab.runtime.block_on(async {
        let signature = digest::sha512(&key, EVENT.as_bytes());
        lab.client.post(WEBHOOK).header("X-Signature", signature).body(EVENT).send().await
    });
    assert_eq!(form.unwrap().status().as_u16(), 415);
}

#[test]
fn pages_are_shown_at_their_addresses() {
    let lab = Lab::new(options().with_pages(vec!["https://hooks.lender.test/scored".into()]));
    let get = |url: &str| {
        let answer = lab.runtime.block_on(async { lab.client.get(url).send().await });
        answer.unwrap().status().as_u16()
    };
    assert_eq!(get("https://hooks.lender.test/scored"), 200);
    assert_eq!(get("https://hooks.lender.test/other"), 404);
}

#[test]
fn a_clock_three_years_ahead_works_and_one_that_disagrees_does_not() {
    let ahead = || Options { clock: noon(2029), ..options() };
    let lab = Lab::new(ahead());
    assert_eq!(lab.session(Some("sandbox-key"), "abc123", "sandbox-id").0, 200);
    assert_eq!(lab.self_test(Some("sandbox-key")).0, 200);
    for elsewhen in [noon(2026), noon(2030)] {
        let lab = Lab::seen_from(ahead(), elsewhen);
        assert!(lab.post(SELF_TEST, None, "").is_err());
    }
}

#[test]
fn nothing_listens_after_the_stand_in_is_dropped() {
    let stand_in = StandIn::start(options().with_flaw(Flaw::Hangs)).unwrap();
    let addresses = [stand_in.provider_addr(), stand_in.receiver_addr()];
    for address in addresses {
        assert!(std::net::TcpStream::connect(address).is_ok());
    }
    drop(stand_in);
    for address in addresses {
        assert!(std::net::TcpStream::connect(address).is_err());
    }
}

#[test]
fn the_log_tells_environment_and_status_and_no_text_of_the_caller() {
    let lab = Lab::new(options());
    lab.session(Some("sandbox-key"), "abc123", "sandbox-id");
    lab.post("https://api.begini.co/sandbox-key", Some(("api-key", "sandbox-key")), "").unwrap();
    let log = lab.stand_in.log();
    assert_eq!(log[0].what, "POST /v1/sessions-management/tokens");
    assert_eq!((log[0].environment.as_deref(), log[0].status), (Some("sandbox"), 200));
    assert_eq!((log[1].what, log[1].status), ("a path that is not offered", 404));
    let shown = format!("{log:?} {:?} {:?}", lab.stand_in, options());
    for secret in ["sandbox-key", "abc123"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn the_sample_lender_can_be_rehearsed_in_every_environment() {
    const HOSTS: [&str; 4] =
        ["api.lender.co.ke", "app-sbx.lender.co.ke", "hooks-sbx.lender.co.ke", "www.lender.co.ke"];
    let lab = Lab::new(Variant::Ready.options(noon(2029)).unwrap());
    for Deployment { api_key, integration_id, environment, .. } in deployments().unwrap() {
        let key = Some(api_key.expose());
        assert_eq!(lab.session(key, "abc123", &integration_id).0, 200, "{environment}");
        assert_eq!(lab.self_test(key).0, 200, "{environment}");
    }
    assert_eq!(lab.stand_in.receiver_hosts(), HOSTS);
}
