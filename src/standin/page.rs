//! The page that customers are sent to, with a button for each way in which a journey can go.

use std::fmt::Write;

use hyper::StatusCode;

use super::server::Answer;

/// The page for `uid`, which holds letters, digits, hyphens and underscores alone.
pub(super) fn shown<'a>(events: impl Iterator<Item = &'a String>, uid: &str) -> Answer {
    let mut body = "<!doctype html><meta charset=\"utf-8\"><title>Assessment</title>\
        <style>body{font:16px system-ui;max-width:34rem;margin:3rem auto;padding:0 1rem}\
        button{display:block;width:100%;margin:.4rem 0;padding:.6rem;font:inherit;text-align:left}\
        </style><h1>Here a customer takes the assessment</h1>\
        <p>This is a stand-in: each button sends its event to your receiver.</p>"
        .to_owned();
    for event in events.filter(|event| is_plain(event)) {
        let _ = write!(
            body,
            "<form method=\"post\" action=\"/_golive/events/{event}?uid={uid}\">\
             <button>{event}</button></form>"
        );
    }
    Answer {
        status: StatusCode::OK,
        body: body.into_bytes(),
        kind: "text/html; charset=utf-8",
        location: None,
    }
}

fn is_plain(event: &str) -> bool {
    event.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}
