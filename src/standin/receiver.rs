//! A lender's webhook receiver, right or wrong in one way.

use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use url::Url;

use super::deployment::Deployment;
use super::digest;
use super::log::{Log, Received, Server};
use super::server::{Answer, Answers, Asked};
use crate::source::Secret;

/// What is wrong with a receiver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// Nothing: HMAC-SHA-512 over the raw bytes, compared in constant time; 200 or 403.
    #[default]
    None,
    /// It computes the right signature and then ignores the outcome of the comparison, which
    /// fails by itself for texts of different lengths only (`crypto.timingSafeEqual` of Node
    /// throws on those, and returns false otherwise). So it refuses an unsigned event and one
    /// signed with SHA-256, and accepts any 128 characters, also on a body that was altered.
    AcceptsTampered,
    /// It accepts whatever comes.
    VerifiesNothing,
    /// It computes HMAC-SHA-256, as an outdated sample shows.
    Sha256,
    /// It answers 201, which Begini counts as a failure.
    Answers201,
    /// It never answers.
    Hangs,
    /// It sends the caller to another page.
    Redirects,
    /// It answers a refusal with 500 and a stack trace.
    LeaksTrace,
}

/// Where one deployment's webhooks arrive.
struct Mailbox {
    host: String,
    path: String,
    key: Secret,
    environment: String,
}

/// The receiver.
pub(super) struct Receiver {
    mailboxes: Vec<Mailbox>,
    flaw: Flaw,
    log: Log,
}

/// The hosts that the deployments' webhooks go to.
pub(super) fn hosts(deployments: &[Deployment]) -> Vec<String> {
    let mut hosts: Vec<String> =
        deployments.iter().filter_map(mailbox).map(|mailbox| mailbox.host).collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

fn mailbox(deployment: &Deployment) -> Option<Mailbox> {
    let url = Url::parse(deployment.webhook_url.as_deref()?).ok()?;
    Some(Mailbox {
        host: url.host_str()?.to_owned(),
        path: url.path().to_owned(),
        key: deployment.api_key.clone(),
        environment: deployment.environment.clone(),
    })
}

impl Receiver {
    /// A receiver for the webhooks of `deployments`, each verified with its own key.
    pub(super) fn new(deployments: &[Deployment], flaw: Flaw, log: Log) -> Self {
        Self { mailboxes: deployments.iter().filter_map(mailbox).collect(), flaw, log }
    }

    fn mailbox(&self, asked: &Asked) -> Option<&Mailbox> {
        self.mailboxes.iter().find(|one| one.host == asked.host && one.path == asked.path)
    }

    async fn deliver(&self, mailbox: &Mailbox, asked: &Asked) -> Answer {
        if asked.method != Method::POST {
            return Answer::detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed");
        }
        let success = match self.flaw {
            Flaw::Hangs => return std::future::pending().await,
            Flaw::Redirects => return redirect(&mailbox.host),
            Flaw::Answers201 => StatusCode::CREATED,
            Flaw::None
            | Flaw::AcceptsTampered
            | Flaw::VerifiesNothing
            | Flaw::Sha256
            | Flaw::LeaksTrace => StatusCode::OK,
        };
        if !self.accepts(mailbox, asked) {
            return self.refusal();
        }
        if serde_json::from_slice::<Value>(&asked.body).is_err() {
            return Answer::detail(StatusCode::BAD_REQUEST, "Not JSON");
        }
        Answer::json(success, &json!({ "received": true }))
    }

    fn accepts(&self, mailbox: &Mailbox, asked: &Asked) -> bool {
        let given = asked.headers.get("X-Signature").map_or(&[][..], |value| value.as_bytes());
        let right = digest::sha512(&mailbox.key, &asked.body);
        match self.flaw {
            Flaw::VerifiesNothing => true,
            Flaw::AcceptsTampered => given.len() == right.len(),
            Flaw::Sha256 => same(given, &digest::sha256(&mailbox.key, &asked.body)),
            Flaw::None | Flaw::Answers201 | Flaw::Hangs | Flaw::Redirects | Flaw::LeaksTrace => {
                same(given, &right)
            }
        }
    }

    fn refusal(&self) -> Answer {
        if self.flaw == Flaw::LeaksTrace {
            let body = "Error: signature mismatch\n    at verify (/app/src/webhook.js:21:11)\n    \
                        at Server.receive (/app/src/webhook.js:34:5)\n";
            return Answer {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                body: body.as_bytes().to_vec(),
                kind: "text/plain",
                location: None,
            };
        }
        Answer::detail(StatusCode::FORBIDDEN, "Validation Failure")
    }
}

fn same(given: &[u8], right: &str) -> bool {
    !right.is_empty() && bool::from(given.ct_eq(right.as_bytes()))
}

fn redirect(host: &str) -> Answer {
    Answer {
        status: StatusCode::TEMPORARY_REDIRECT,
        body: Vec::new(),
        kind: "text/plain",
        location: Some(format!("https://{host}/login")),
    }
}

impl Answers for Receiver {
    async fn answer(&self, asked: Asked) -> Answer {
        let mailbox = self.mailbox(&asked);
        let answer = match mailbox {
            Some(mailbox) => self.deliver(mailbox, &asked).await,
            None => Answer::detail(StatusCode::NOT_FOUND, "Not Found"),
        };
        self.log.push(Received {
            by: Server::Receiver,
            what: if mailbox.is_some() { "a webhook" } else { "a path that is not offered" },
            environment: mailbox.map(|mailbox| mailbox.environment.clone()),
            status: answer.status.as_u16(),
        });
        answer
    }
}
