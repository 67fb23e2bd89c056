//! What an event must hold before a receiver acts on it.
//! <https://begini.helpjuice.com/webhooks-and-real-time-results/webhook-payload-structure>

use serde_json::Value;

/// An event that holds what Begini documents.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Event {
    /// Whose it is.
    pub(super) integration_id: String,
}

/// Reads an event; none where a field is missing or of another type. An event of a type that is
/// not documented needs its envelope alone: Begini's own test event may be one.
pub(super) fn read(body: &Value) -> Option<Event> {
    let event = body.get("event")?;
    let details = event.get("details")?.as_object()?;
    let times = details.iter().filter(|(name, _)| name.ends_with("_at"));
    let right = text(body, "uid").is_some()
        && times.clone().all(|(_, value)| value.is_u64())
        && event.get("reasons").is_none_or(is_texts);
    let known = match text(event, "type")? {
        "psychometric_score.complete" => {
            let calculated = details.get("calculated")?;
            is_score(calculated)
                && text(calculated, "score_confidence").is_some()
                && calculated.get("traits")?.as_array()?.iter().all(is_trait)
        }
        "android_score.complete" | "ios_score.complete" => is_score(details.get("calculated")?),
        "application.complete"
        | "application.expired"
        | "application.incomplete"
        | "application.cancelled" => details.contains_key("application_started_at"),
        _ => true,
    };
    let integration_id = text(body, "integration_id")?.to_owned();
    (right && known).then_some(Event { integration_id })
}

/// A text that says something.
fn text<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    of.get(name)?.as_str().filter(|text| !text.is_empty())
}

fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|all| all.iter().all(Value::is_string))
}

fn is_score(calculated: &Value) -> bool {
    calculated.get("score").is_some_and(Value::is_i64) && text(calculated, "risk_band").is_some()
}

fn is_trait(one: &Value) -> bool {
    ["key", "value", "risk_band"].iter().all(|name| text(one, name).is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pack::{Library, builtin};

    fn score() -> Value {
        let trait_ = json!({ "key": "a", "value": "50.00", "risk_band": "b" });
        json!({
            "uid": "QA0001", "integration_id": "id",
            "event": { "type": "psychometric_score.complete", "details": {
                "application_started_at": 1, "scored_at": 2,
                "calculated": { "score": 5, "risk_band": "a", "score_confidence": "b",
                                "traits": [trait_] },
            } },
        })
    }

    #[test]
    fn every_event_of_the_pack_is_one() {
        let library = Library::load(builtin()).unwrap();
        let pack = library.pack("begini").unwrap();
        assert_eq!(pack.events.len(), 7);
        for (name, body) in &pack.events {
            assert!(read(body).is_some(), "{name}");
        }
    }

    #[test]
    fn a_missing_field_or_another_type_is_none() {
        assert_eq!(read(&score()).unwrap().integration_id, "id");
        for (pointer, value) in [
            ("/uid", json!(7)),
            ("/uid", json!("")),
            ("/integration_id", Value::Null),
            ("/event", json!("a text")),
            ("/event/type", json!(1)),
            ("/event/details", json!([])),
            ("/event/details/scored_at", json!("2026-01-01")),
            ("/event/details/calculated", Value::Null),
            ("/event/details/calculated/score", json!("5")),
            ("/event/details/calculated/traits", Value::Null),
            ("/event/details/calculated/traits/0/value", json!(50.0)),
        ] {
            let mut altered = score();
            *altered.pointer_mut(pointer).unwrap() = value;
            assert_eq!(read(&altered), None, "{pointer}");
        }
    }

    #[test]
    fn an_unknown_type_needs_its_envelope_alone() {
        let unknown = |details: Value| json!({ "uid": "u", "integration_id": "i", "event": { "type": "x", "details": details } });
        assert!(read(&unknown(json!({ "anything": null }))).is_some());
        assert_eq!(read(&unknown(json!("text"))), None);
    }
}
