//! Writes an event as JSON in one of several ways, all of which but the malformed one mean the same.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::pack::BodyForm;

/// The bytes of `event`.
pub(super) fn json(event: &Value, form: BodyForm) -> Vec<u8> {
    match form {
        BodyForm::AsIs => with(event, CompactFormatter),
        BodyForm::Spaced => {
            let mut spaced = with(event, PrettyFormatter::with_indent(b" \t "));
            spaced.extend(b" \r\n");
            spaced
        }
        BodyForm::Reordered => with(&reversed(event), CompactFormatter),
        BodyForm::Escaped => with(event, Escaping),
        BodyForm::Malformed => {
            let mut cut = with(event, CompactFormatter);
            cut.truncate(cut.len() / 2);
            cut
        }
    }
}

fn with<F: Formatter>(event: &Value, formatter: F) -> Vec<u8> {
    let mut bytes = Vec::new();
    // writing JSON into memory does not fail
    let _ = event.serialize(&mut Serializer::with_formatter(&mut bytes, formatter));
    bytes
}

/// The same with the keys of every map in reverse.
pub(super) fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.iter().rev();
            Value::Object(entries.map(|(key, value)| (key.clone(), reversed(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(reversed).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Writes every character of a text as its code.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        fragment.encode_utf16().try_for_each(|unit| write!(writer, "\\u{unit:04x}"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_form_but_the_malformed_one_is_the_same_event() {
        let event = json!({ "uid": "é\"1", "event": { "n": [1, { "a": "x", "b": null }] } });
        for form in [BodyForm::AsIs, BodyForm::Spaced, BodyForm::Reordered, BodyForm::Escaped] {
            let read: Value = serde_json::from_slice(&json(&event, form)).unwrap();
            assert_eq!(read, event, "{form:?}");
        }
        assert!(serde_json::from_slice::<Value>(&json(&event, BodyForm::Malformed)).is_err());
    }

    #[test]
    fn every_form_has_bytes_of_its_own() {
        let event = json!({ "b": "e", "a": 1 });
        let text = |form| String::from_utf8(json(&event, form)).unwrap();
        assert_eq!(text(BodyForm::AsIs), r#"{"b":"e","a":1}"#);
        assert_eq!(text(BodyForm::Spaced), "{\n \t \"b\": \"e\",\n \t \"a\": 1\n} \r\n");
        assert_eq!(text(BodyForm::Reordered), r#"{"a":1,"b":"e"}"#);
        assert_eq!(text(BodyForm::Escaped), r#"{"\u0062":"\u0065","\u0061":1}"#);
        assert_eq!(text(BodyForm::Malformed), r#"{"b":"e"#);
    }
}
