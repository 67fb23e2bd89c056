//! Runs made by hand, for the tests of every format.

mod parts;
mod rules;

use std::collections::BTreeMap;

pub(super) use rules::{begini, rules};

use parts::{at, check, environment, finding, pack, reason};

use crate::pack::{CheckId, Severity, Step, Who};
use crate::run::{
    Basis, Exchange, Gate, Grounds, HeldBack, LookedAt, Narrowed, NotCovered, Note, PlannedRequest,
    Reason, Related, Result, Run, Sent, Subject, Tally, Tool, Trace, Verdict, VerdictWord,
};

/// A folder with nothing in it.
pub(super) fn empty() -> Run {
    Run {
        schema: "golive/report/v1".to_owned(),
        tool: Tool { name: "golive".to_owned(), version: "0.1.0".to_owned() },
        rehearsal: false,
        base: None,
        gate: Gate::Launch,
        verdict: Verdict {
            word: VerdictWord::Undetermined,
            qualifier: None,
            exit: 3,
            because: vec![
                "no configuration is found".to_owned(),
                "no provider is recognised".to_owned(),
            ],
        },
        grounds: Grounds::default(),
        narrowed: Vec::new(),
        subject: Subject { name: "empty".to_owned(), ..Subject::default() },
        clock: "2026-11-23T07:42:00Z".parse().unwrap(),
        valid_until: None,
        packs: vec![pack("core", "Core", None, "always in use")],
        earlier: Vec::new(),
        inputs_digest: "00".repeat(32),
        looked_at: LookedAt::default(),
        not_covered: Vec::new(),
        sent: Sent::default(),
        tally: Tally::default(),
        findings: Vec::new(),
        checks: Vec::new(),
        as_of: None,
        ending: Vec::new(),
        next: vec!["golive check PATH/TO/PROJECT".to_owned()],
        digests: BTreeMap::new(),
    }
}

/// A project with every sort of trouble.
pub(super) fn no_go() -> Run {
    Run {
        verdict: Verdict {
            word: VerdictWord::NoGo,
            qualifier: None,
            exit: 1,
            because: vec!["3 blockers are wrong".to_owned(), "1 major is wrong".to_owned()],
        },
        subject: Subject {
            folder: None,
            name: "lender-api".to_owned(),
            commit: Some("4f2c9e1a77b0c5d2e3f4a5b6c7d8e9f001122334".to_owned()),
            dirty: Some(true),
            release: Some("1.4.0".to_owned()),
            ticket: Some("REL-88".to_owned()),
            artifact: None,
        },
        packs: vec![
            pack("begini", "Begini", Some(at("src/scoring.js", 4, 9)), "@begini/sdk"),
            pack("core", "Core", None, "always in use"),
            pack("mpesa-daraja", "M-Pesa Daraja", Some(at(".env.sandbox", 9, 1)), "MPESA_KEY"),
        ],
        looked_at: looked_at(),
        not_covered: vec![NotCovered { what: "africastalking.com".to_owned(), settings: 3 }],
        sent: sent(),
        tally: Tally {
            wrong: [("blocker", 3), ("major", 1), ("minor", 1)]
                .map(|(word, number)| (word.to_owned(), number))
                .into(),
            pending: 2,
            unknown: 5,
            due: 84,
            after_switch: 12,
            steps: BTreeMap::new(),
            basis: [(Basis::File, 50), (Basis::Live, 19), (Basis::Observed, 4)].into(),
            waived: [("blocker".to_owned(), 1)].into(),
            idle_waivers: 1,
            waivers_left_aside: 0,
        },
        ending: vec![Note {
            location: at("golive.yaml", 31, 9),
            message: "waiver of the API team (RISK-88) ends in 9 days, on 2026-12-02".to_owned(),
        }],
        findings: findings(),
        checks: checks(),
        next: vec!["golive check --live --receiver begini/webhook-url".to_owned()],
        ..empty()
    }
}

fn looked_at() -> LookedAt {
    LookedAt {
        files_listed: 412,
        files_read: 37,
        settings: 63,
        environments: vec![
            environment("sandbox", &[".env", ".env.sandbox"]),
            environment("production", &[".env", "deploy/production/render.yaml"]),
        ],
        unreadable: vec![Note {
            location: at("deploy/production/extra.yaml", 14, 3),
            message: "document 2 is not YAML: a mapping value is not allowed here".to_owned(),
        }],
        unclassified: vec!["docker-compose.yaml".to_owned()],
        assumed: vec!["environments by file name: there is no golive.yaml".to_owned()],
        passed_over: [("template".to_owned(), 3), ("documentation".to_owned(), 12)].into(),
        notes: vec![Note {
            location: at(".env.sandbox", 12, 1),
            message: "BEGINI_TIMEOUT stands twice, the last one counts".to_owned(),
        }],
    }
}

fn sent() -> Sent {
    let held = |check: &str| HeldBack {
        check: CheckId(check.into()),
        why: "the integration id is contested, see begini/integration-ids-differ".to_owned(),
    };
    Sent {
        requests: 21,
        hosts: vec!["api.begini.co".to_owned(), "hooks-sbx.lender.co.ke".to_owned()],
        to_production: 0,
        created: vec!["a sandbox session".to_owned()],
        held_back: vec![held("begini/session-is-created"), held("begini/webhook-self-test")],
        not_asked: 0,
        planned: Vec::new(),
    }
}

fn findings() -> Vec<crate::run::Finding> {
    let mut url = finding("begini/webhook-urls-differ", Severity::Blocker);
    url.message = "production gets Begini events at the sandbox URL".to_owned();
    url.setting = Some("BEGINI_WEBHOOK_URL".to_owned());
    url.shown = Some("https://hooks-sbx.lender.co.ke/…".to_owned());
    url.belongs_to = Some("sandbox (golive.yaml:6 hosts)".to_owned());
    url.location = Some(at("deploy/production/render.yaml", 31, 14));
    url.also = vec![CheckId("core/sandbox-value-in-production".into())];
    url.fix = "set the live URL here and in Beacon › Deployments › Production tab › Webservice \
               Endpoint URL\n"
        .to_owned();
    let mut key = finding("begini/api-keys-differ", Severity::Blocker);
    key.message = "sandbox and production use one Begini key".to_owned();
    key.setting = Some("BEGINI_API_KEY".to_owned());
    key.shown = Some("key A".to_owned());
    key.location = Some(at(".env.sandbox", 5, 16));
    key.related = vec![Related {
        location: at("deploy/production/render.yaml", 12, 14),
        message: "the same value, key A".to_owned(),
    }];
    key.trail = vec![Trace { what: "alias".to_owned(), location: at("render.yaml", 3, 5) }];
    key.fix = "copy it again from the Production tab (the page opens on Test)".to_owned();
    let mut forged = finding("begini/receiver-refuses-tampered-event", Severity::Blocker);
    forged.message = "the receiver accepts a forged event".to_owned();
    forged.exchange = Some(Exchange {
        request: "POST https://hooks-sbx.lender.co.ke/…".to_owned(),
        note: Some("body altered after signing".to_owned()),
        status: 200,
        ms: 84,
        fault: None,
    });
    forged.fix = "check X-Signature (HMAC-SHA-512, raw bytes) before JSON.parse".to_owned();
    let mut slow = finding("begini/receiver-answers-in-time", Severity::Major);
    slow.message = "the receiver answers too slowly: p95 is 3400 ms, the limit 3000".to_owned();
    slow.who = Who::Operations;
    slow.fix = "answer 200 first, then work".to_owned();
    let mut word = finding("core/url-word", Severity::Minor);
    word.message = "the host has the word \"uat\"".to_owned();
    word.guess = true;
    word.location = Some(at("deploy/production/config.yaml", 9, 16));
    let mut waived = finding("core/plain-http", Severity::Major);
    waived.message = "a redirect goes over plain http".to_owned();
    waived.waived = Some("the API team, until 2026-12-15, RISK-88: retired in December".to_owned());
    vec![url, key, forged, slow, word, waived]
}

fn checks() -> Vec<crate::run::CheckRun> {
    use Result::{Fail, NotAsked, Pass, Pending, Skipped, Unknown, Waived};
    use Step::{BuildInSandbox, MonitorLive, SwitchToProduction, ValidateWebhooks};
    let held = reason(Reason::HELD_BACK, "see begini/integration-ids-differ");
    let file = "record it in golive.confirmations.yaml";
    let from = "CI secret BEGINI_API_KEY; run golive observe there";
    let mut asked = check("begini/credentials-from-production-tab", SwitchToProduction, Pending);
    asked.who = Who::ProviderAdmin;
    asked.statement = Some("The production key was copied from the Production tab".to_owned());
    asked.points = vec!["the tab was open".to_owned(), "the key is in the store".to_owned()];
    asked.reason = Some(reason("not confirmed", file));
    let mut effect = check("begini/repeats-have-one-effect", ValidateWebhooks, Pending);
    effect.severity = Severity::Major;
    effect.reason = Some(reason("lapsed on 2026-11-01", file));
    let mut all = vec![
        check("begini/webhook-urls-differ", SwitchToProduction, Fail),
        check("begini/api-keys-differ", SwitchToProduction, Fail),
        check("begini/receiver-refuses-tampered-event", ValidateWebhooks, Fail),
        check("begini/receiver-answers-in-time", ValidateWebhooks, Fail),
        check("core/plain-http", SwitchToProduction, Waived),
        check("core/tunnel-in-production", SwitchToProduction, Pass),
        check("core/not-here", SwitchToProduction, Skipped),
        asked,
        effect,
    ];
    let unknown = [
        ("begini/session-is-created", held.clone()),
        ("begini/webhook-self-test", held),
        ("mpesa-daraja/login", reason(Reason::UNAVAILABLE, "503 HTML, 3 tries")),
        ("begini/integration-ids-differ", reason("may come from", from)),
        ("begini/key-has-the-shape", reason("may come from", from)),
    ];
    for (id, why) in unknown {
        let mut one = check(id, BuildInSandbox, Unknown);
        one.reason = Some(why);
        all.push(one);
    }
    let mut refused = check("begini/production-refuses-sandbox-events", ValidateWebhooks, NotAsked);
    refused.reason = Some(reason(Reason::NOT_ALLOWED, "--allow-production"));
    let mut later = check("begini/first-live-score", MonitorLive, NotAsked);
    later.due = false;
    later.reason = Some(reason(Reason::NOT_DUE, "gate live"));
    all.extend([refused, later]);
    all
}

/// A ready project.
pub(super) fn go() -> Run {
    let mut run = no_go();
    run.verdict = Verdict { word: VerdictWord::Go, qualifier: None, exit: 0, because: Vec::new() };
    run.subject.dirty = Some(false);
    run.valid_until = Some("2026-11-29T07:15:00Z".parse().unwrap());
    run.looked_at = LookedAt {
        unreadable: Vec::new(),
        unclassified: Vec::new(),
        assumed: Vec::new(),
        passed_over: BTreeMap::new(),
        notes: Vec::new(),
        ..looked_at()
    };
    run.sent.held_back.clear();
    run.sent.requests = 26;
    run.sent.to_production = 5;
    run.tally.wrong.clear();
    run.tally.pending = 0;
    run.tally.unknown = 0;
    run.tally.basis.insert(Basis::Person, 9);
    run.findings.retain(|finding| finding.waived.is_some());
    for check in &mut run.checks {
        if check.due && check.result != Result::Waived {
            check.result = Result::Pass;
            check.reason = None;
        }
    }
    run.next = vec!["golive check --gate live".to_owned()];
    run
}

/// The rehearsal of a ready project.
pub(super) fn stand_in() -> Run {
    let mut run = go();
    run.rehearsal = true;
    run.verdict.qualifier = Some("against a stand-in".to_owned());
    run.narrowed = vec![Narrowed {
        flag: "--connect".to_owned(),
        effect: "api.begini.co is a stand-in on 127.0.0.1".to_owned(),
    }];
    run
}

/// What would be sent.
pub(super) fn plan() -> Run {
    let mut run = no_go();
    let request = PlannedRequest {
        check: CheckId("begini/session-is-created".into()),
        title: "Begini creates a session with the sandbox key".to_owned(),
        environment: "sandbox".to_owned(),
        method: "POST".to_owned(),
        url: "https://api.begini.co/v1/sessions-management/tokens".to_owned(),
        headers: vec![("api-key".to_owned(), "(begini/api-key)".to_owned())],
        credential: Some("begini/api-key from .env.sandbox:5:16".to_owned()),
        creates: Some("a sandbox session".to_owned()),
        note: None,
        times: 1,
        held_back: None,
    };
    let forged = PlannedRequest {
        check: CheckId("begini/receiver-answers-in-time".into()),
        title: "The receiver answers within the limit".to_owned(),
        url: "https://hooks-sbx.lender.co.ke/…".to_owned(),
        headers: vec![("x-signature".to_owned(), "(signed by begini/api-key)".to_owned())],
        credential: None,
        creates: None,
        note: Some("application.complete, rightly signed".to_owned()),
        times: 20,
        ..request.clone()
    };
    let held = PlannedRequest {
        held_back: Some("the integration id is contested".to_owned()),
        check: CheckId("begini/webhook-self-test".into()),
        ..request.clone()
    };
    run.sent = Sent { planned: vec![request, forged, held], not_asked: 3, ..Sent::default() };
    run
}
