//! The holes of a string inside a JSON body, which a pack keeps as it was written.

use crate::pack::{RoleId, Template, TemplatePart};

/// Reads a string of a JSON body; `pack` is whose roles may be written without it. What does not
/// look like a hole stays text.
pub(crate) fn parse(text: &str, pack: &str) -> Template {
    let mut parts = Vec::new();
    let mut open = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        open.push_str(before);
        let inside = from.get(1..).unwrap_or_default();
        match inside.find('}').and_then(|end| inside.split_at_checked(end)) {
            Some((name, after)) if is_name(name) => {
                if !open.is_empty() {
                    parts.push(TemplatePart::Text(std::mem::take(&mut open)));
                }
                parts.push(hole(name, pack));
                rest = after.get(1..).unwrap_or_default();
            }
            _ => {
                open.push('{');
                rest = inside;
            }
        }
    }
    open.push_str(rest);
    if !open.is_empty() || parts.is_empty() {
        parts.push(TemplatePart::Text(open));
    }
    Template(parts)
}

/// The roles that the strings of a JSON body name; `pack` is whose roles may be written without it.
pub fn roles_in_json(body: &serde_json::Value, pack: &str) -> Vec<RoleId> {
    match body {
        serde_json::Value::String(text) => {
            let roles = parse(text, pack).0.into_iter();
            let role = |part| if let TemplatePart::Role(role) = part { Some(role) } else { None };
            roles.filter_map(role).collect()
        }
        serde_json::Value::Array(items) => {
            items.iter().flat_map(|item| roles_in_json(item, pack)).collect()
        }
        serde_json::Value::Object(entries) => {
            entries.values().flat_map(|value| roles_in_json(value, pack)).collect()
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {
            Vec::new()
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|each| each.is_ascii_alphanumeric() || "-_./".contains(each))
}

fn hole(name: &str, pack: &str) -> TemplatePart {
    match name {
        "random-uid" => TemplatePart::RandomUid,
        "fabricated" => TemplatePart::Fabricated,
        "now" => TemplatePart::Now,
        _ => {
            if let Some(parameter) = name.strip_prefix("param.") {
                TemplatePart::Parameter(parameter.to_owned())
            } else if let Some(capture) = name.strip_prefix("capture.") {
                TemplatePart::Capture(capture.to_owned())
            } else {
                let own = RoleId { pack: pack.to_owned(), role: name.to_owned() };
                TemplatePart::Role(name.parse().unwrap_or(own))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_found_and_other_braces_stay() {
        let role = RoleId { pack: "begini".to_owned(), role: "api-key".to_owned() };
        let other = RoleId { pack: "core".to_owned(), role: "token".to_owned() };
        assert_eq!(
            parse("{api-key}:{core/token}{param.host}{capture.token}", "begini").0,
            [
                TemplatePart::Role(role),
                TemplatePart::Text(":".to_owned()),
                TemplatePart::Role(other),
                TemplatePart::Parameter("host".to_owned()),
                TemplatePart::Capture("token".to_owned()),
            ]
        );
        for text in ["{\"a\": 1}", "{ now }", "{", "}{", ""] {
            assert_eq!(parse(text, "begini").0, [TemplatePart::Text(text.to_owned())], "{text}");
        }
    }
}
