//! Begini as it documents itself: sessions, and the webhook self-test.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::clock::Clock;
use super::deployment::{Deployment, of_key};
use super::log::{Log, Received, Server};
use super::post::{Delivered, Post};
use super::server::{Answer, Answers, Asked};
use super::session;
use crate::source::Secret;

/// The one host of both environments.
/// <https://begini.helpjuice.com/Psychometric-Integration/creating-a-session>
pub const HOST: &str = "api.begini.co";

const SESSIONS: &str = "/v1/sessions-management/tokens";
const SELF_TEST: &str = "/v1/webhooks-management/test";

/// The provider.
pub(super) struct Begini {
    pub(super) deployments: Arc<[Deployment]>,
    pub(super) post: Post,
    pub(super) token_key: Secret,
    pub(super) clock: Clock,
    pub(super) log: Log,
    pub(super) used: Mutex<BTreeSet<String>>,
}

/// An answer, and the deployment that it is about.
type About<'a> = (Answer, Option<&'a Deployment>);

impl Answers for Begini {
    async fn answer(&self, asked: Asked) -> Answer {
        let (what, (answer, about)) = match (&asked.method, &*asked.path) {
            (&Method::POST, SESSIONS) => {
                ("POST /v1/sessions-management/tokens", self.session(&asked))
            }
            (&Method::POST, SELF_TEST) => {
                ("POST /v1/webhooks-management/test", self.self_test(&asked).await)
            }
            (_, SESSIONS | SELF_TEST) => {
                let no = Answer::detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed");
                ("a method that is not offered", (no, None))
            }
            _ => {
                let no = Answer::detail(StatusCode::NOT_FOUND, "Not Found");
                ("a path that is not offered", (no, None))
            }
        };
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
    /// 401 for the key, 403 for an id of somebody else, 422 for the rest.
    /// <https://begini.helpjuice.com/implementation-management/operations-troubleshooting>
    fn session(&self, asked: &Asked) -> About<'_> {
        let Some(own) = key(asked).and_then(|key| of_key(&self.deployments, key)) else {
            let no = Answer::detail(StatusCode::UNAUTHORIZED, "Missing or invalid Api-key");
            return (no, None);
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
        let token = session::token(own, &wanted.uid, &self.token_key, self.clock.seconds());
        let body = json!({ "access_token": token, "url": session::ASSESSMENT });
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
                let detail = format!("Cannot connect to host {}", unreachable.0);
                Answer::detail(StatusCode::SERVICE_UNAVAILABLE, &detail)
            }
        };
        (answer, Some(own))
    }
}

/// Delivered is exactly 200 with any JSON.
fn verdict(delivered: &Delivered) -> Answer {
    let Delivered { status, body } = delivered;
    if *status == 200 && serde_json::from_str::<Value>(body).is_ok() {
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
