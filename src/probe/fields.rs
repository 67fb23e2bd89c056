//! Fields of an event by their paths: dots lead into it, numbers count list items from zero.

use serde_json::{Map, Value};

/// The text of the scalar that `path` leads to.
pub(super) fn text(event: &Value, path: &str) -> Option<String> {
    let found = path.split('.').try_fold(event, |at, step| match at {
        Value::Object(entries) => entries.get(step),
        Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })?;
    match found {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What `path` leads to, to be changed.
pub(super) fn place<'a>(event: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    path.split('.').try_fold(event, |at, step| match at {
        Value::Object(entries) => entries.get_mut(step),
        Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get_mut(index)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// Puts a text where `path` leads, with the maps on the way; none where something else stands in
/// the way.
pub(super) fn put(event: &mut Value, path: &str, text: &str) -> Option<()> {
    let (way, last) = path.rsplit_once('.').map_or((None, path), |(way, last)| (Some(way), last));
    let steps = way.into_iter().flat_map(|way| way.split('.'));
    let at = steps.into_iter().try_fold(event, |at, step| match at {
        Value::Object(entries) => {
            Some(entries.entry(step).or_insert_with(|| Value::Object(Map::new())))
        }
        Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get_mut(index)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })?;
    at.as_object_mut()?.insert(last.to_owned(), Value::from(text));
    Some(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_field_is_read_and_changed_and_put_by_its_path() {
        let mut event = json!({ "items": [{ "n": 5, "deep": {} }], "ok": true });
        assert_eq!(text(&event, "items.0.n").as_deref(), Some("5"));
        assert_eq!(text(&event, "ok").as_deref(), Some("true"));
        assert_eq!(text(&event, "items.0.deep"), None);
        assert_eq!(text(&event, "items.1.n"), None);
        *place(&mut event, "items.0.n").unwrap() = json!(6);
        put(&mut event, "items.0.extra.signature", "s").unwrap();
        put(&mut event, "ok", "yes").unwrap();
        let expected = json!({
            "items": [{ "n": 6, "deep": {}, "extra": { "signature": "s" } }], "ok": "yes"
        });
        assert_eq!(event, expected);
        for path in ["items.1.s", "items.x", "ok.s", "items.0.n.s"] {
            assert_eq!(put(&mut event, path, "s"), None, "{path}");
        }
        assert_eq!(event, expected);
    }
}
