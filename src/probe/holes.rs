//! The roles that a JSON body names, before anything is filled.

use crate::pack::{RoleId, Template, TemplatePart, TemplateUse};

/// The roles that the strings of a JSON body name; `pack` is whose roles may be written without it.
pub fn roles_in_json(body: &serde_json::Value, pack: &str) -> Vec<RoleId> {
    match body {
        serde_json::Value::String(text) => roles_in_text(text, pack),
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

fn roles_in_text(text: &str, pack: &str) -> Vec<RoleId> {
    let Ok(template) = Template::parse(text, pack, TemplateUse::Sending) else {
        return Vec::new();
    };
    let role = |part| if let TemplatePart::Role(role) = part { Some(role) } else { None };
    template.0.into_iter().filter_map(role).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_found_wherever_a_body_names_them() {
        let body = serde_json::json!({"a": ["x{api-key}", 1], "b": {"c": "{acme/token}{now}"}});
        let roles: Vec<String> =
            roles_in_json(&body, "begini").iter().map(ToString::to_string).collect();
        assert_eq!(roles, ["begini/api-key", "acme/token"]);
    }
}
