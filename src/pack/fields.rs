//! Fields of an event by their paths: dots lead into it, numbers count list items from zero.

use serde_json::{Map, Value};

/// The text of the scalar that `path` leads to.
pub(crate) fn text(event: &Value, path: &str) -> Option<String> {
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
pub(crate) fn place<'a>(event: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    path.split('.').try_fold(event, |at, step| match at {
        Value::Object(entries) => entries.get_mut(step),
        Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get_mut(index)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// Puts a value where `path` leads, with the maps on the way; none where something else stands in
/// the way.
pub(crate) fn put(event: &mut Value, path: &str, value: Value) -> Option<()> {
    let (way, last) = path.rsplit_once('.').map_or((None, path), |(way, last)| (Some(way), last));
    let steps = way.into_iter().flat_map(|way| way.split('.'));
    let at = steps.into_iter().try_fold(event, |at, step| match at {
        Value::Object(entries) => {
            Some(entries.entry(step).or_insert_with(|| Value::Object(Map::new())))
        }
        Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get_mut(index)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })?;
    match at {
        Value::Object(entries) => drop(entries.insert(last.to_owned(), value)),
        Value::Array(items) => *items.get_mut(last.parse::<usize>().ok()?)? = value,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    }
    Some(())
}

/// Takes out what `path` leads to; none where there is nothing.
pub(crate) fn remove(event: &mut Value, path: &str) -> Option<()> {
    let (way, last) = path.rsplit_once('.').map_or((None, path), |(way, last)| (Some(way), last));
    let at = match way {
        Some(way) => place(event, way)?,
        None => event,
    };
    match at {
        Value::Object(entries) => entries.shift_remove(last).map(drop),
        Value::Array(items) => {
            let index = last.parse().ok().filter(|index: &usize| *index < items.len())?;
            items.remove(index);
            Some(())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
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
        put(&mut event, "items.0.extra.signature", json!("s")).unwrap();
        put(&mut event, "ok", json!("yes")).unwrap();
        let expected = json!({
            "items": [{ "n": 6, "deep": {}, "extra": { "signature": "s" } }], "ok": "yes"
        });
        assert_eq!(event, expected);
        for path in ["items.1.s", "items.x", "ok.s", "items.0.n.s"] {
            assert_eq!(put(&mut event, path, json!("s")), None, "{path}");
        }
        assert_eq!(event, expected);
        for path in ["items.1", "items.x", "ok.s", "none"] {
            assert_eq!(remove(&mut event, path), None, "{path}");
        }
        put(&mut event, "items.0", json!(null)).unwrap();
        assert_eq!(event, json!({ "items": [null], "ok": "yes" }));
        remove(&mut event, "items.0").unwrap();
        remove(&mut event, "ok").unwrap();
        assert_eq!(event, json!({ "items": [] }));
    }
}
