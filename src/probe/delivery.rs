//! Makes the body and the signature of a delivery, rightly or wrongly as the check says.

use serde_json::Value;
use url::form_urlencoded;

use super::job::Delivered;
use super::signature::{Material, SignatureFault, sign};
use super::template::{Filler, TemplateFault};
use crate::pack::{
    BodyForm, Carrier, Class, Method, SignatureScheme, SignatureVariant, TemplatePart, fields,
};
use crate::source::Secret;

mod write;

/// A delivery as it is sent.
pub(crate) struct Made {
    /// The content type, where there is a body.
    pub(crate) content_type: Option<String>,
    /// The raw body, where there is one.
    pub(crate) body: Option<Vec<u8>>,
    /// The header that carries the signature, where one does.
    pub(crate) signature: Option<(String, Secret)>,
    /// The right signature of what is sent, where it is not sent and can be made here: it must not
    /// come back.
    pub(crate) guarded: Option<Secret>,
}

/// Why a delivery could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeliveryFault {
    /// The event could not be filled.
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// It could not be signed.
    #[error(transparent)]
    Signature(#[from] SignatureFault),
    /// A receiver in production would act on it.
    #[error(
        "production would accept this event, and only events that it must refuse are sent there"
    )]
    Accepted,
    /// There is nothing in the event that could be altered.
    #[error("the event holds nothing that could be altered")]
    Unalterable,
    /// Something else stands where the signature would.
    #[error("the event has no place for its signature at {0}")]
    NoPlace(String),
}

/// Fills and signs the event.
pub(crate) fn make(delivered: &Delivered, filler: &Filler<'_>) -> Result<Made, DeliveryFault> {
    let delivery = &delivered.delivery;
    let is_right = delivery.signature == SignatureVariant::Valid;
    if is_right && (delivery.to, delivery.signed_as) == (Class::Production, Class::Production) {
        return Err(DeliveryFault::Accepted);
    }
    let mut event = filler.json(&delivered.event, &mut Vec::new())?;
    let scheme = &delivered.scheme;
    let signature = signed(delivered, delivery.signature, &event)?;
    if delivery.signature == SignatureVariant::Tampered {
        tamper(&mut event, scheme).ok_or(DeliveryFault::Unalterable)?;
    }
    let right = signed(delivered, SignatureVariant::Valid, &event).ok().flatten();
    let guarded = right.filter(|_| !is_right);
    let signature = match (&scheme.carrier, signature) {
        (Carrier::Header(header), Some(signature)) => Some((header.clone(), signature)),
        (Carrier::Field(field), Some(signature)) => {
            fields::put(&mut event, field, Value::from(signature.expose()))
                .ok_or_else(|| DeliveryFault::NoPlace(field.clone()))?;
            None
        }
        (Carrier::Header(_) | Carrier::Field(_), None) => None,
    };
    let body = has_body(delivered).then(|| encode(&event, scheme.is_form, delivery.body));
    let usual =
        if scheme.is_form { "application/x-www-form-urlencoded" } else { "application/json" };
    let content_type = delivery.content_type.clone().unwrap_or_else(|| usual.to_owned());
    let content_type = body.is_some().then_some(content_type);
    Ok(Made { content_type, body, signature, guarded })
}

fn has_body(delivered: &Delivered) -> bool {
    !matches!(delivered.delivery.method, Method::Get | Method::Head)
}

/// What carries the signature of the bytes that are sent for `event`.
fn signed(
    delivered: &Delivered,
    variant: SignatureVariant,
    event: &Value,
) -> Result<Option<Secret>, SignatureFault> {
    let scheme = &delivered.scheme;
    let has_body = has_body(delivered);
    let body =
        if has_body { encode(event, scheme.is_form, delivered.delivery.body) } else { Vec::new() };
    let params = if scheme.is_form && has_body { form(event) } else { Vec::new() };
    let material = Material {
        body: &body,
        url: delivered.grant.url.expose(),
        timestamp: delivered.bindings.now.as_second(),
        params: &params,
        event,
        bindings: &delivered.bindings,
    };
    sign(scheme, variant, &material)
}

fn encode(event: &Value, is_form: bool, body: BodyForm) -> Vec<u8> {
    if is_form {
        let event = if body == BodyForm::Reordered { &write::reversed(event) } else { event };
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        encoded.extend_pairs(form(event));
        encoded.finish().into_bytes()
    } else {
        write::json(event, body)
    }
}

/// The fields of a form: the scalars at the top of the event.
fn form(event: &Value) -> Vec<(String, String)> {
    let entries = event.as_object().into_iter().flatten();
    entries
        .filter_map(|(name, value)| match value {
            Value::String(text) => Some((name.clone(), text.clone())),
            Value::Number(number) => Some((name.clone(), number.to_string())),
            Value::Bool(flag) => Some((name.clone(), flag.to_string())),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        })
        .collect()
}

/// Alters what is signed: a field, where fields are, or else the event as a whole.
fn tamper(event: &mut Value, scheme: &SignatureScheme) -> Option<()> {
    let mut covered = Vec::new();
    for part in &scheme.over.0 {
        if let TemplatePart::Delivery(name) = part {
            covered.extend(name.strip_prefix("field."));
        }
    }
    if covered.is_empty() {
        return alter(event);
    }
    covered.iter().rev().find_map(|path| alter(fields::place(event, path)?))
}

/// Alters the last number of the event (a score, an amount, a time), or else its last text.
fn alter(event: &mut Value) -> Option<()> {
    if let Some(number) = last(event, &Value::is_number) {
        *number = match number.as_i64() {
            Some(whole) => Value::from(whole.wrapping_add(1)),
            None => Value::from(0),
        };
        return Some(());
    }
    let text = last(event, &|value| value.as_str().is_some_and(|text| !text.is_empty()))?;
    let altered = text.as_str().map(|text| {
        let kept = text.char_indices().next_back().and_then(|(at, _)| text.get(..at));
        let end = if text.ends_with('0') { '1' } else { '0' };
        format!("{}{end}", kept.unwrap_or_default())
    });
    *text = Value::from(altered?);
    Some(())
}

fn last<'a>(value: &'a mut Value, fits: &dyn Fn(&Value) -> bool) -> Option<&'a mut Value> {
    if fits(value) {
        return Some(value);
    }
    match value {
        Value::Array(items) => items.iter_mut().rev().find_map(|item| last(item, fits)),
        Value::Object(entries) => {
            let mut found = None;
            for (_, entry) in entries.iter_mut() {
                found = last(entry, fits).or(found);
            }
            found
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_last_number_is_altered_and_nothing_else() {
        let mut event = json!({ "uid": "u1", "a": [1, { "score": 41 }], "type": "complete" });
        alter(&mut event).unwrap();
        assert_eq!(event.to_string(), r#"{"uid":"u1","a":[1,{"score":42}],"type":"complete"}"#);
        let mut event = json!({ "uid": "u1", "type": "x0", "empty": "" });
        alter(&mut event).unwrap();
        assert_eq!(event.to_string(), r#"{"uid":"u1","type":"x1","empty":""}"#);
        assert!(alter(&mut json!({ "a": null })).is_none());
    }

    #[test]
    fn a_form_carries_its_top_fields() {
        let event = json!({ "From": "+1 5", "n": 2, "deep": {} });
        assert_eq!(encode(&event, true, BodyForm::AsIs), b"From=%2B1+5&n=2");
        assert_eq!(encode(&event, true, BodyForm::Reordered), b"n=2&From=%2B1+5");
        let written = br#"{"From":"+1 5","n":2,"deep":{}}"#;
        assert_eq!(encode(&event, false, BodyForm::AsIs), written);
    }
}
