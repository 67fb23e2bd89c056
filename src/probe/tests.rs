//! The room as a whole, against servers on loopback.

mod claims;
mod faults;
mod flow;
mod look;
mod receiver;
mod reduced;
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::*;
use crate::expression::Fact;
use crate::pack::{CheckId, Class, HostPattern, Method, Request, RoleId, Template, TemplatePart};
use crate::source::Secret;

const HOST: &str = "api.begini.test";
const KEY: &str = "k3y-9f8e7d6c5b4a";

fn id(check: &str) -> JobId {
    JobId { check: CheckId(format!("begini/{check}").into()), scope: None }
}

fn role(name: &str) -> RoleId {
    RoleId { pack: "begini".to_owned(), role: name.to_owned() }
}

fn text(text: &str) -> TemplatePart {
    TemplatePart::Text(text.to_owned())
}

fn bindings() -> Bindings {
    let mut bindings = Bindings { seed: 7, imitates: Some(role("api-key")), ..Bindings::default() };
    bindings.now = server::clock();
    bindings.roles.insert(role("api-key"), Secret::new(KEY));
    bindings.roles.insert(role("integration-id"), Secret::new("int-77aa88bb"));
    bindings
}

fn asked(name: &str, path: &str) -> Asked {
    Asked {
        name: name.to_owned(),
        request: Request {
            environment: Class::Sandbox,
            method: Method::Post,
            url: Template(vec![text(&format!("https://{HOST}{path}"))]),
            headers: vec![(
                "api-key".to_owned(),
                Template(vec![TemplatePart::Role(role("api-key"))]),
            )],
            json: Some(serde_json::json!({ "uid": "{random-uid}", "id": "{integration-id}" })),
            form: Vec::new(),
            creates: Some("a sandbox session".to_owned()),
            repeatable: false,
            signed: false,
            claims: None,
            others: BTreeSet::new(),
        },
        bindings: bindings(),
        hosts: vec![HostPattern::new(HOST)],
        scheme: None,
    }
}

fn job(check: &str, path: &str, reads: &[&str]) -> Job {
    Job {
        id: id(check),
        work: Work::Exchanges(vec![asked(ANSWER, path)]),
        reads: reads.iter().map(|read| read.split('.').map(str::to_owned).collect()).collect(),
        captures: Vec::new(),
        needs: Vec::new(),
    }
}

fn options(server: &server::Server) -> LiveOptions {
    LiveOptions {
        clock: server::clock(),
        seed: 7,
        connects: vec![Connect { host: HOST.to_owned(), address: server.address }],
        trust: vec![TrustedCa::from_pem(server.ca.as_bytes()).unwrap()],
        patience: patience(10_000),
        ..LiveOptions::default()
    }
}

fn patience(read_ms: u64) -> Patience {
    let long = Duration::from_secs(20);
    Patience { connect: long, read: Duration::from_millis(read_ms), total: long }
}

/// Passes what answered 200, and hands on every capture it is told.
struct Passes(BTreeMap<String, String>);

impl Judge for Passes {
    fn judge(&self, _: &JobId, names: &BTreeMap<String, Fact>) -> Judged {
        let passed = names.get("status") == Some(&Fact::Int(200));
        Judged { passed, captures: self.0.clone() }
    }
}

fn run(jobs: Vec<Job>, options: &LiveOptions) -> Performed {
    perform(jobs, options, &Passes(BTreeMap::new()), &|_| {})
}

fn facts(performed: &Performed, check: &str) -> Facts {
    match performed.jobs.get(&id(check)) {
        Some(Done::Answered { exchanges, .. }) => exchanges[0].facts.clone(),
        other => panic!("{check}: {other:?}"),
    }
}

fn not_sent(performed: &Performed, check: &str) -> NotSent {
    match performed.jobs.get(&id(check)) {
        Some(Done::NotSent(why)) => why.clone(),
        other => panic!("{check}: {other:?}"),
    }
}
