//! Events on demand: filled, signed rightly or not, delivered, and sent again where the receiver
//! does not take them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use serde_json::Value;

use super::deployment::Deployment;
use super::digest;
use super::happening::{Says, What};
use super::post::{Delivered, Post, Unreachable};
use crate::source::{Foreign, Secret};

/// More characters of a receiver's refusal are not shown.
const MOST_SHOWN: usize = 80;

/// How an event is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Signing {
    /// As Begini does.
    Valid,
    /// Not at all.
    None,
    /// With an empty header.
    Empty,
    /// With half a signature.
    Truncated,
    /// With another key.
    WrongKey,
    /// With SHA-256.
    Sha256,
    /// Rightly, and the body altered afterwards.
    Tampered,
}

impl Signing {
    /// Every way, by its name.
    pub(super) const ALL: [(&'static str, Self); 7] = [
        ("valid", Self::Valid),
        ("none", Self::None),
        ("empty", Self::Empty),
        ("truncated", Self::Truncated),
        ("wrong-key", Self::WrongKey),
        ("sha256", Self::Sha256),
        ("tampered", Self::Tampered),
    ];

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(one, _)| *one == name).map(|(_, signing)| *signing)
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, one)| *one == self).map_or("valid", |(name, _)| *name)
    }

    /// The body as it travels, and its signature.
    fn sign(self, key: &Secret, body: String) -> (String, Option<String>) {
        let right = digest::sha512(key, body.as_bytes());
        let signature = match self {
            Self::Valid | Self::Tampered => Some(right),
            Self::None => None,
            Self::Empty => Some(String::new()),
            Self::Truncated => Some(right.chars().take(right.len() / 2).collect()),
            Self::WrongKey => Some(digest::sha512(&Secret::new("another key"), body.as_bytes())),
            Self::Sha256 => Some(digest::sha256(key, body.as_bytes())),
        };
        // blanks around JSON change its bytes and not what it says
        let body = if self == Self::Tampered { format!("{body} ") } else { body };
        (body, signature)
    }
}

/// Delivers events.
pub(super) struct Courier {
    pub(super) post: Post,
    /// Bodies by type, with templates in them.
    pub(super) events: BTreeMap<String, Value>,
    /// How often an event that is not taken is sent again. Begini's own number is not published.
    pub(super) retries: u32,
    /// How long it waits before the first time; twice as long before each next one.
    pub(super) wait: Duration,
    pub(super) says: Says,
}

/// An event to be delivered.
#[derive(Clone, Copy)]
pub(super) struct Parcel<'a> {
    pub(super) own: &'a Deployment,
    pub(super) event: &'a str,
    pub(super) uid: &'a str,
    pub(super) signing: Signing,
}

impl Courier {
    /// Delivers an event and gives the status of each answer; zero is none. Nothing is sent where
    /// there is no such event or no receiver.
    pub(super) async fn send(&self, parcel: Parcel<'_>) -> Vec<u16> {
        let mut answers = Vec::new();
        let (Some(event), Some(url)) = (self.events.get(parcel.event), &parcel.own.webhook_url)
        else {
            return answers;
        };
        let body = filled(event, parcel).to_string();
        let again = if parcel.signing == Signing::Valid { self.retries } else { 0 };
        let mut wait = self.wait;
        for left in (0..=again).rev() {
            let (body, signature) = parcel.signing.sign(&parcel.own.api_key, body.clone());
            let came = self.post.deliver(url, body, signature).await;
            let is_taken = came.as_ref().is_ok_and(Delivered::is_taken);
            answers.push(came.as_ref().map_or(0, |delivered| delivered.status));
            let next = (left > 0 && !is_taken).then_some(wait);
            self.tell(parcel, &came, next);
            let Some(pause) = next else { break };
            tokio::time::sleep(pause).await;
            wait = wait.saturating_mul(2);
        }
        answers
    }

    fn tell(
        &self,
        parcel: Parcel<'_>,
        came: &Result<Delivered, Unreachable>,
        next: Option<Duration>,
    ) {
        let mut why = match came {
            Ok(delivered) if delivered.is_taken() && parcel.signing == Signing::Valid => {
                "delivered".to_owned()
            }
            Ok(delivered) if delivered.is_taken() => "taken, and it should be refused".to_owned(),
            Ok(delivered) if delivered.status == 200 => {
                "the body of the answer is no JSON, so it does not count".to_owned()
            }
            Ok(delivered) if parcel.signing == Signing::Valid => {
                format!("only 200 counts{}", said(delivered, &parcel.own.api_key))
            }
            Ok(delivered) => format!("refused{}", said(delivered, &parcel.own.api_key)),
            Err(nobody) if nobody.is_slow => "no answer in time".to_owned(),
            Err(_) => "nothing answers at this address".to_owned(),
        };
        if let Some(pause) = next {
            let _ = write!(why, "; sent again in {} s", pause.as_secs_f32());
        }
        let event = if parcel.signing == Signing::Valid {
            parcel.event.to_owned()
        } else {
            format!("{}, signature {}", parcel.event, parcel.signing.name())
        };
        self.says.say(What::Sent {
            event,
            environment: parcel.own.environment.clone(),
            status: came.as_ref().ok().map(|delivered| delivered.status),
            why,
        });
    }
}

/// The first words of a receiver's refusal, without the key.
fn said(delivered: &Delivered, key: &Secret) -> String {
    let shown = delivered.body.replace(key.expose(), "{api-key}");
    let line: String = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return String::new();
    }
    let short: String = line.chars().take(MOST_SHOWN).collect();
    let more = if short.len() < line.len() { "…" } else { "" };
    format!(": {}{more}", Foreign::new(short))
}

/// The event with what stands for the customer and the integration.
fn filled(event: &Value, parcel: Parcel<'_>) -> Value {
    match event {
        Value::String(text) => Value::String(
            text.replace("{random-uid}", parcel.uid)
                .replace("{integration-id}", &parcel.own.integration_id),
        ),
        Value::Array(all) => all.iter().map(|one| filled(one, parcel)).collect(),
        Value::Object(entries) => entries
            .iter()
            .map(|(name, value)| (name.clone(), filled(value, parcel)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Null | Value::Bool(_) | Value::Number(_) => event.clone(),
    }
}
