//! What a stand-in for development answers beyond Begini: events, journeys and the end, under
//! `/_golive/`, and the page that customers are sent to.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::header::{HOST, ORIGIN};
use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::sync::Notify;
use url::form_urlencoded;

use super::begini::{Begini, SESSIONS};
use super::courier::{Courier, Parcel, Signing};
use super::deployment::Deployment;
use super::happening::{Says, What};
use super::hint::why;
use super::local::PAGE;
use super::page;
use super::server::{Answer, Answers, Asked};
use super::session;
use crate::source::Foreign;

const CONTROL: &str = "/_golive/";
const EVENTS: &str = "/_golive/events/";

/// The uid of events before any session was created.
const NOBODY: &str = "golivestandin";

/// The parts of a stand-in for development.
pub(super) struct Inner {
    pub(super) begini: Begini,
    pub(super) courier: Courier,
    pub(super) journey: Vec<String>,
    /// The uid of the last session.
    pub(super) last: Mutex<Option<String>>,
    pub(super) stop: Notify,
    pub(super) says: Says,
}

/// What the query of a control request asks for.
struct Wish<'a> {
    own: &'a Deployment,
    uid: String,
    signing: Signing,
}

impl Answers for Arc<Inner> {
    async fn answer(&self, asked: Asked) -> Answer {
        if asked.path.starts_with(CONTROL) {
            return self.control(&asked).await;
        }
        if asked.method == Method::GET && asked.path == PAGE {
            return page::shown(self.courier.events.keys(), &self.uid());
        }
        let (answer, about) = self.begini.told(&asked).await;
        let environment = about.map(|deployment| deployment.environment.clone());
        self.says.say(What::Received {
            asked: self.shown(&asked),
            environment,
            status: answer.status.as_u16(),
            why: why(&asked, &answer),
        });
        if let Some(own) = about.filter(|_| asked.path == SESSIONS && answer.status.is_success()) {
            self.began(own, &asked);
        }
        answer
    }
}

impl Inner {
    /// Method and path; a path that holds a key is not shown.
    fn shown(&self, asked: &Asked) -> Foreign {
        let holds = |one: &Deployment| asked.path.contains(one.api_key.expose());
        let path = if self.begini.deployments.iter().any(holds) { "…" } else { &*asked.path };
        Foreign::new(format!("{} {}", asked.method, path.chars().take(80).collect::<String>()))
    }

    fn uid(&self) -> String {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.clone().unwrap_or_else(|| NOBODY.to_owned())
    }

    /// Remembers whose session began, and lets the journey follow.
    fn began(self: &Arc<Self>, own: &Deployment, asked: &Asked) {
        let Some(wanted) = session::wanted(&asked.body) else { return };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(wanted.uid.clone());
        if self.journey.is_empty() || own.webhook_url.is_none() {
            return;
        }
        let (inner, own) = (Arc::clone(self), own.clone());
        tokio::spawn(async move {
            let wish = Wish { own: &own, uid: wanted.uid, signing: Signing::Valid };
            inner.travel(&wish).await;
        });
    }

    /// Delivers the events of a journey, one after the other.
    async fn travel(&self, wish: &Wish<'_>) -> Vec<Value> {
        let all: Vec<String> = self.courier.events.keys().cloned().collect();
        let events = if self.journey.is_empty() { &all } else { &self.journey };
        let mut told = Vec::new();
        for event in events {
            told.push(self.one(event, wish).await.1);
        }
        told
    }

    /// Delivers one event; whether the receiver took it, and what is said of it.
    async fn one(&self, event: &str, wish: &Wish<'_>) -> (bool, Value) {
        let parcel = Parcel { own: wish.own, event, uid: &wish.uid, signing: wish.signing };
        let answers = self.courier.send(parcel).await;
        let taken = answers.last() == Some(&200);
        (taken, json!({ "event": event, "uid": wish.uid, "taken": taken, "answers": answers }))
    }

    async fn control(self: &Arc<Self>, asked: &Asked) -> Answer {
        if is_from_elsewhere(asked) {
            return Answer::detail(StatusCode::FORBIDDEN, "another page may not ask this");
        }
        match (&asked.method, &*asked.path) {
            (&Method::GET, CONTROL) => Answer::json(StatusCode::OK, &self.offered()),
            (&Method::POST, "/_golive/stop") => {
                let inner = Arc::clone(self);
                tokio::spawn(async move {
                    // the answer goes out first
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    inner.stop.notify_one();
                });
                Answer::json(StatusCode::OK, &json!({ "detail": "it ends" }))
            }
            (&Method::POST, "/_golive/journey") => match self.wish(asked) {
                Ok(wish) => {
                    let told = self.travel(&wish).await;
                    let taken = told.iter().all(|one| one["taken"] == true);
                    Answer::json(status(taken), &Value::Array(told))
                }
                Err(refused) => refused,
            },
            (&Method::POST, path) if path.starts_with(EVENTS) => {
                self.event(asked, path.trim_start_matches(EVENTS)).await
            }
            _ => Answer::json(StatusCode::NOT_FOUND, &self.offered()),
        }
    }

    async fn event(&self, asked: &Asked, event: &str) -> Answer {
        if !self.courier.events.contains_key(event) {
            return Answer::json(StatusCode::NOT_FOUND, &self.offered());
        }
        let wish = match self.wish(asked) {
            Ok(wish) => wish,
            Err(refused) => return refused,
        };
        let (taken, told) = self.one(event, &wish).await;
        Answer::json(status(taken), &told)
    }

    /// Reads the query of a control request.
    fn wish(&self, asked: &Asked) -> Result<Wish<'_>, Answer> {
        let wrong = |detail: &str| Err(Answer::detail(StatusCode::BAD_REQUEST, detail));
        let Some(first) = self.begini.deployments.first() else {
            return wrong("there is no pair of key and id");
        };
        let mut wish = Wish { own: first, uid: self.uid(), signing: Signing::Valid };
        for (name, value) in form_urlencoded::parse(asked.query.as_bytes()) {
            match &*name {
                "uid" if session::is_uid(&value) => wish.uid = value.into_owned(),
                "uid" => return wrong("a uid has 5 to 60 letters and digits"),
                "environment" => {
                    let mut all = self.begini.deployments.iter();
                    let Some(own) = all.find(|one| *one.environment == *value) else {
                        return wrong("environment is sandbox or production");
                    };
                    wish.own = own;
                }
                "signature" => {
                    let Some(signing) = Signing::named(&value) else {
                        let all = Signing::ALL.map(|(name, _)| name).join(", ");
                        return wrong(&format!("signature is one of {all}"));
                    };
                    wish.signing = signing;
                }
                _ => return wrong("known are uid, environment and signature"),
            }
        }
        if wish.own.webhook_url.is_none() {
            let detail = "no receiver is known; start with --receiver URL";
            return Err(Answer::detail(StatusCode::FAILED_DEPENDENCY, detail));
        }
        Ok(wish)
    }

    fn offered(&self) -> Value {
        let events: Vec<&String> = self.courier.events.keys().collect();
        json!({
            "POST /_golive/events/TYPE": events,
            "POST /_golive/journey": "the events of a journey, one after the other",
            "POST /_golive/stop": "ends the stand-in",
            "?uid=": "of the last session, unless it is said",
            "?environment=": ["sandbox", "production"],
            "?signature=": Signing::ALL.map(|(name, _)| name),
        })
    }
}

fn status(taken: bool) -> StatusCode {
    if taken { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// Whether a page of another origin asks, in somebody's browser.
fn is_from_elsewhere(asked: &Asked) -> bool {
    let text = |name| asked.headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(ORIGIN) else { return false };
    let own = text(HOST).unwrap_or_default();
    origin.split_once("://").is_none_or(|(_, host)| host != own)
}
