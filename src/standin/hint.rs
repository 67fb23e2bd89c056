//! What helps a developer whose request was refused.

use hyper::{Method, StatusCode};
use serde_json::Value;

use super::begini::{SELF_TEST, SESSIONS};
use super::server::{Answer, Asked};

/// What an answer says, in a line, and what helps.
pub(super) fn why(asked: &Asked, answer: &Answer) -> String {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let detail = body.get("detail");
    let inner = detail.and_then(|detail| detail.get("webhook_receiver_status_code"));
    let said = match (&*asked.path, detail.and_then(Value::as_str)) {
        _ if answer.status == StatusCode::FAILED_DEPENDENCY => {
            "no receiver is known; start with --receiver URL"
        }
        (SESSIONS, None) => "a session",
        (SELF_TEST, None) if inner.is_none() => "the receiver took the test event",
        (_, Some(said)) => said,
        (_, None) => "",
    };
    let said = match inner {
        Some(status) => format!("the receiver answered the test event with {status}"),
        None => said.to_owned(),
    };
    match help(asked, answer.status) {
        Some(help) => format!("{said} ({help})"),
        None => said,
    }
}

/// What often is wrong, as pages of Begini contradict each other.
fn help(asked: &Asked, status: StatusCode) -> Option<&'static str> {
    let has = |name: &str| asked.headers.contains_key(name);
    let field = |name: &str| {
        serde_json::from_slice::<Value>(&asked.body).is_ok_and(|body| body.get(name).is_some())
    };
    match status {
        StatusCode::NOT_FOUND if asked.path.ends_with("/create-session") => {
            Some("an outdated page's path: POST /v1/sessions-management/tokens")
        }
        StatusCode::NOT_FOUND => {
            Some("sessions: POST /v1/sessions-management/tokens; control: GET /_golive/")
        }
        StatusCode::METHOD_NOT_ALLOWED if asked.method != Method::POST => Some("it takes POST"),
        StatusCode::UNAUTHORIZED if !has("api-key") && has("authorization") => {
            Some("the key travels in the header api-key")
        }
        StatusCode::UNAUTHORIZED if !has("api-key") && !has("x-signature") => {
            Some("there is no header api-key")
        }
        StatusCode::UNPROCESSABLE_ENTITY if asked.path == SESSIONS && field("unique_id") => {
            Some("the field is called uid")
        }
        _ => None,
    }
}
