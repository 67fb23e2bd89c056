//! Begini as it documents itself: sessions, and the webhook self-test.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::{Method, StatusCode};
use serde_json::json;
use subtle::ConstantTimeEq;

use super::clock::Clock;
use super::deployment::{Deployment, of_key};
use super::digest;
use super::log::{Log, Received, Server};
use super::post::{Delivered, Post, SIGNATURE};
use super::server::{Answer, Answers, Asked};
use super::session;
use crate::source::Secret;

/// The one host of both environments.
/// <https://begini.helpjuice.com/Psychometric-Integration/creating-a-session>
pub const HOST: &str = "api.begini.co";

/// Where sessions are created.
pub(super) const SESSIONS: &str = "/v1/sessions-management/tokens";
/// Where a test event is asked for.
pub(super) const SELF_TEST: &str = "/v1/webhooks-management/test";

/// The provider.
pub(super) struct Begini {
    pub(super) deployments: Arc<[Deployment]>,
    pub(super) post: Post,
    pub(super) token_key: Secret,
    pub(super) clock: Clock,
    pub(super) log: Log,
    pub(super) used: Mutex<BTreeSet<String>>,
    /// Whether calls bear a signature in place of the key.
    /// <https://begini.helpjuice.com/psychometric_integration/hmac-authentication>
    pub(super) calls_are_signed: bool,
    /// Where customers are sent.
    pub(super) assessment: String,
}

/// An answer, and the deployment that it is about.
pub(super) type About<'a> = (Answer, Option<&'a Deployment>);

impl Answers for Begini {
    async fn answer(&self, asked: Asked) -> Answer {
        let what = match (&asked.method, &*asked.path) {
            (&Method::POST, SESSIONS) => "POST /v1/sessions-management/tokens",
            (&Method::POST, SELF_TEST) => "POST /v1/webhooks-management/test",
            (_, SESSIONS | SELF_TEST) => "a method that is not offered",
            _ => "a path that is not offered",
        };
        let (answer, about) = self.told(&asked).await;
        self.log.push(Received {
            by: Server::Provider,
            what,
            environment: about.map(|deployment| deployment.environment.clone()),
            status: answer.status.as_u16(),
        });
        answer
    }
}

impl Begini {
    /// Answers one request.
    pub(super) async fn told(&self, asked: &Asked) -> About<'_> {
        match (&asked.method, &*asked.path) {
            (&Method::POST, SESSIONS) => self.session(asked),
            (&Method::POST, SELF_TEST) => self.self_test(asked).await,
            (_, SESSIONS | SELF_TEST) => {
                (Answer::detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed"), None)
            }
            _ => (Answer::detail(StatusCode::NOT_FOUND, "Not Found"), None),
        }
    }

    /// Whose call it is.
    fn caller(&self, asked: &Asked) -> Option<&Deployment> {
        if !self.calls_are_signed {
            return of_key(&self.deployments, key(asked)?);
        }
        let given = asked.headers.get(SIGNATURE)?.as_bytes();
        self.deployments.iter().find(|one| {
            let right = digest::sha512(&one.api_key, &asked.body);
            !right.is_empty() && bool::from(given.ct_eq(right.as_bytes()))
        })
    }

    /// 401 for the key, 403 for an id of somebody else, 422 for the rest.
    /// <https://begini.helpjuice.com/implementation-management/operations-troubleshooting>
    fn session(&self, asked: &Asked) -> About<'_> {
        let Some(own) = self.caller(asked) else {
            let what = if self.calls_are_signed { SIGNATURE } else { "Api-key" };
            let detail = format!("Missing or invalid {what}");
            return (Answer::detail(StatusCode::UNAUTHORIZED, &detail), None);
        };
        let refused = |detail| Answer::detail(StatusCode::UNPROCESSABLE_ENTITY, detail);
        let Some(wanted) = session::wanted(&asked.body) else {
            return (refused("uid and integration_id are required"), Some(own));
        };
        let known = |one: &Deployment| one.integration_id == wanted.integration_id;
        if !known(own) {
            let answer = if self.deployments.iter().any(known) {
                let detail = "Api-key is not for this integration_id or environment";
                Answer::detail(StatusCode::FORBIDDEN, detail)
            } else {
                refused("Invalid integration_id")
            };
            return (answer, Some(own));
        }
        if !session::is_uid(&wanted.uid) {
            return (refused("Invalid uid"), Some(own));
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if !used.insert(format!("{}/{}", own.integration_id, wanted.uid)) {
            return (refused("uid was used before"), Some(own));
        }
        let whom = (&*wanted.uid, &*self.assessment);
        let token = session::token(own, whom, &self.token_key, self.clock.seconds());
        let body = json!({ "access_token": token, "url": self.assessment });
        (Answer::json(StatusCode::OK, &body), Some(own))
    }

    /// The table of <https://begini.helpjuice.com/webhooks-and-real-time-results/testing-webhooks>.
    async fn self_test(&self, asked: &Asked) -> About<'_> {
        let Some(key) = key(asked) else {
            return (Answer::detail(StatusCode::BAD_REQUEST, "No Api-key supplied"), None);
        };
        let Some(own) = of_key(&self.deployments, key) else {
            return (Answer::detail(StatusCode::FORBIDDEN, "Invalid Api-key"), None);
        };
        let Some(url) = &own.webhook_url else {
            let detail = format!("Webhooks not set for {}", own.integration_id);
            return (Answer::detail(StatusCode::FAILED_DEPENDENCY, &detail), Some(own));
        };
        let answer = match self.post.test_event(own, url, self.clock.seconds()).await {
            Ok(delivered) => verdict(&delivered),
            Err(unreachable) => {
                let detail = format!("Cannot connect to host {}", unreachable.host);
                Answer::detail(StatusCode::SERVICE_UNAVAILABLE, &detail)
            }
        };
        (answer, Some(own))
    }
}

fn verdict(delivered: &Delivered) -> Answer {
    let Delivered { status, body } = delivered;
    if delivered.is_taken() {
        let body = json!({ "webhook_receiver_status_code": status, "detail": "Webhook delivered" });
        return Answer::json(StatusCode::OK, &body);
    }
    let detail =
        json!({ "webhook_receiver_status_code": status, "webhook_receiver_body_content": body });
    Answer::json(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "detail": detail }))
}

fn key(asked: &Asked) -> Option<&str> {
    asked.headers.get("api-key")?.to_str().ok().map(str::trim).filter(|key| !key.is_empty())
}
