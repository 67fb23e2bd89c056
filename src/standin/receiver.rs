//! A lender's webhook receiver, right or wrong in one way.

use hyper::header::CONTENT_TYPE;
use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use url::Url;

use super::deployment::Deployment;
use super::digest;
use super::event::{self, Event};
use super::log::{Log, Received, Server};
use super::server::{Answer, Answers, Asked};
use crate::source::Secret;

/// What is wrong with a receiver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// Nothing: HMAC-SHA-512 over the raw bytes, compared in constant time, before anything of the
    /// body is read; then its JSON, its fields and whose it is. The same event again is answered
    /// as the first time.
    #[default]
    None,
    /// It computes the right signature and then ignores the outcome of the comparison, which
    /// fails by itself for texts of different lengths only (`crypto.timingSafeEqual` of Node
    /// throws on those, and returns false otherwise). So it refuses an unsigned event and one
    /// signed with SHA-256, and accepts any 128 characters, also on a body that was altered. Nor
    /// does it ask whose the event is.
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
    integration_id: String,
    environment: String,
}

/// The receiver, and the lender's pages beside it.
pub(super) struct Receiver {
    mailboxes: Vec<Mailbox>,
    pages: Vec<(String, String)>,
    flaw: Flaw,
    log: Log,
}

/// The hosts that the deployments' webhooks go to, and those of `pages`.
pub(super) fn hosts(deployments: &[Deployment], pages: &[String]) -> Vec<String> {
    let mut hosts: Vec<String> = deployments
        .iter()
        .filter_map(mailbox)
        .map(|mailbox| mailbox.host)
        .chain(pages.iter().filter_map(|page| place(page)).map(|(host, _)| host))
        .collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

/// Host and path.
fn place(url: &str) -> Option<(String, String)> {
    let url = Url::parse(url).ok()?;
    Some((url.host_str()?.to_owned(), url.path().to_owned()))
}

fn mailbox(deployment: &Deployment) -> Option<Mailbox> {
    let (host, path) = place(deployment.webhook_url.as_deref()?)?;
    Some(Mailbox {
        host,
        path,
        key: deployment.api_key.clone(),
        integration_id: deployment.integration_id.clone(),
        environment: deployment.environment.clone(),
    })
}

impl Receiver {
    /// A receiver for the webhooks of `deployments`, each verified with its own key, and `pages`.
    pub(super) fn new(deployments: &[Deployment], pages: &[String], flaw: Flaw, log: Log) -> Self {
        Self {
            mailboxes: deployments.iter().filter_map(mailbox).collect(),
            pages: pages.iter().filter_map(|page| place(page)).collect(),
            flaw,
            log,
        }
    }

    fn mailbox(&self, asked: &Asked) -> Option<&Mailbox> {
        self.mailboxes.iter().find(|one| one.host == asked.host && one.path == asked.path)
    }

    fn is_page(&self, asked: &Asked) -> bool {
        matches!(asked.method, Method::GET | Method::HEAD)
            && self.pages.iter().any(|(host, path)| *host == asked.host && *path == asked.path)
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
        if !is_json(asked) {
            return Answer::detail(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type");
        }
        if !self.accepts(mailbox, asked) {
            return self.refusal();
        }
        match of_signed(&asked.body) {
            Err(refused) => refused,
            Ok(event) if self.is_foreign(mailbox, &event) => {
                Answer::detail(StatusCode::FORBIDDEN, "Another integration's event")
            }
            Ok(_) => Answer::json(success, &json!({ "received": true })),
        }
    }

    fn is_foreign(&self, mailbox: &Mailbox, event: &Event) -> bool {
        self.flaw != Flaw::AcceptsTampered && event.integration_id != mailbox.integration_id
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

/// Whether the caller says that the body is JSON.
fn is_json(asked: &Asked) -> bool {
    let said = asked.headers.get(CONTENT_TYPE).and_then(|said| said.to_str().ok());
    let kind = said.unwrap_or_default().split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

/// The event in a rightly signed body, or what a receiver says instead, in few words.
fn of_signed(body: &[u8]) -> Result<Event, Answer> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|_| Answer::detail(StatusCode::BAD_REQUEST, "Not JSON"))?;
    event::read(&body)
        .ok_or_else(|| Answer::detail(StatusCode::UNPROCESSABLE_ENTITY, "Not an event"))
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

fn page() -> Answer {
    Answer {
        status: StatusCode::OK,
        body: b"<!doctype html><title>Loans</title><p>Thank you.</p>".to_vec(),
        kind: "text/html; charset=utf-8",
        location: None,
    }
}

impl Answers for Receiver {
    async fn answer(&self, asked: Asked) -> Answer {
        let mailbox = self.mailbox(&asked);
        let (what, answer) = match mailbox {
            Some(mailbox) => ("a webhook", self.deliver(mailbox, &asked).await),
            None if self.is_page(&asked) => ("a page", page()),
            None => {
                let no = Answer::detail(StatusCode::NOT_FOUND, "Not Found");
                ("a path that is not offered", no)
            }
        };
        self.log.push(Received {
            by: Server::Receiver,
            what,
            environment: mailbox.map(|mailbox| mailbox.environment.clone()),
            status: answer.status.as_u16(),
        });
        answer
    }
}
