//! Text with holes, as authors write it.

use std::ops::Range;

use super::{Class, RoleId, Template, TemplatePart};

/// Why a text is no template, with bytes of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TemplateFault {
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// The bytes that are meant.
    pub range: Range<usize>,
}

/// Which holes a template may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateUse {
    /// In requests and in the bodies of events.
    Sending,
    /// In a signature scheme, which also knows the parts of the delivery.
    Signing,
}

/// Holes that are no roles.
pub(super) const SENDING: [&str; 5] =
    ["random-uid", "fabricated", "now", "param.NAME", "capture.NAME"];

/// Holes of a signature scheme.
const SIGNING: [&str; 6] = ["body", "url", "timestamp", "params", "key", "signature"];

impl Template {
    /// Reads a template of the pack `pack`, whose roles are written without its name. A brace is
    /// written twice to mean itself. Whether roles, parameters and captures exist is not asked.
    ///
    /// # Errors
    /// Where a brace is left open or a hole has no name.
    pub fn parse(text: &str, pack: &str, of: TemplateUse) -> Result<Self, TemplateFault> {
        scan(text, pack, of).map(|parts| Self(parts.into_iter().map(|(part, _)| part).collect()))
    }
}

/// The parts of a template, each with its bytes.
pub(super) fn scan(
    text: &str,
    pack: &str,
    of: TemplateUse,
) -> Result<Vec<(TemplatePart, Range<usize>)>, TemplateFault> {
    let mut parts: Vec<(TemplatePart, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (part, length) = if rest.starts_with("{{") || rest.starts_with("}}") {
            (TemplatePart::Text(rest.chars().take(1).collect()), 2)
        } else if let Some(inside) = rest.strip_prefix('{') {
            let end = inside.find(['{', '}', '\n']);
            match end.filter(|end| inside.as_bytes().get(*end) == Some(&b'}')) {
                Some(end) => {
                    let name = inside.get(..end).unwrap_or_default();
                    (hole(name, pack, of, at..at + end + 2)?, end + 2)
                }
                None => return Err(fault("the brace is never closed", at..at + 1)),
            }
        } else if rest.starts_with('}') {
            return Err(fault("the brace was never opened", at..at + 1));
        } else {
            let end = rest.find(['{', '}']).unwrap_or(rest.len());
            (TemplatePart::Text(rest.get(..end).unwrap_or_default().to_owned()), end)
        };
        match (parts.last_mut(), part) {
            (Some((TemplatePart::Text(before), range)), TemplatePart::Text(more)) => {
                before.push_str(&more);
                range.end = at + length;
            }
            (_, part) => parts.push((part, at..at + length)),
        }
        at += length;
    }
    Ok(parts)
}

/// What is said of a hole that holds something else.
const NO_ROLE: &str = "a hole holds the name of a role; a brace that means itself is doubled";

fn hole(
    name: &str,
    pack: &str,
    of: TemplateUse,
    range: Range<usize>,
) -> Result<TemplatePart, TemplateFault> {
    let signing = of == TemplateUse::Signing;
    if signing && (SIGNING.contains(&name) || name.starts_with("field.")) {
        return Ok(TemplatePart::Delivery(name.to_owned()));
    }
    let part = match name.split_once('.') {
        Some(("param", name)) if is_name(name) => TemplatePart::Parameter(name.to_owned()),
        Some(("capture", name)) if is_name(name) => TemplatePart::Capture(name.to_owned()),
        Some((class @ ("sandbox" | "production"), name)) if !signing => {
            let class = if class == "sandbox" { Class::Sandbox } else { Class::Production };
            let role = role(name, pack).ok_or_else(|| fault(NO_ROLE, range))?;
            TemplatePart::RoleOf(class, role)
        }
        Some(_) => {
            let message = "a hole is `{role}`, `{sandbox.ROLE}`, `{production.ROLE}`, \
                           `{param.NAME}` or `{capture.NAME}`";
            return Err(fault(message, range));
        }
        None => match name {
            "random-uid" => TemplatePart::RandomUid,
            "fabricated" => TemplatePart::Fabricated,
            "now" => TemplatePart::Now,
            _ => TemplatePart::Role(role(name, pack).ok_or_else(|| fault(NO_ROLE, range))?),
        },
    };
    Ok(part)
}

fn role(name: &str, pack: &str) -> Option<RoleId> {
    if name.contains('/') {
        let role: RoleId = name.parse().ok()?;
        return (is_name(&role.pack) && is_name(&role.role)).then_some(role);
    }
    is_name(name).then(|| RoleId { pack: pack.to_owned(), role: name.to_owned() })
}

fn is_name(name: &str) -> bool {
    let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_');
    !name.is_empty() && name.chars().all(plain)
}

fn fault(message: &str, range: Range<usize>) -> TemplateFault {
    TemplateFault { message: message.to_owned(), range }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Template, TemplateFault> {
        Template::parse(text, "begini", TemplateUse::Sending)
    }

    #[test]
    fn holes_are_roles_parameters_captures_and_fresh_values() {
        let role = |name: &str| TemplatePart::Role(format!("begini/{name}").parse().unwrap());
        let text = |text: &str| TemplatePart::Text(text.to_owned());
        assert_eq!(
            parse("https://{param.api-host}/{api-key}/{begini/id}{now}").unwrap().0,
            [
                text("https://"),
                TemplatePart::Parameter("api-host".to_owned()),
                text("/"),
                role("api-key"),
                text("/"),
                role("id"),
                TemplatePart::Now,
            ]
        );
        assert_eq!(parse("{{\"a\": 1}}").unwrap().0, [text("{\"a\": 1}")]);
        let signed = Template::parse("{timestamp}.{body}", "p", TemplateUse::Signing).unwrap();
        assert_eq!(signed.0.len(), 3);
        assert_eq!(parse("{body}").unwrap().0, [role("body")]);
        let of_production = TemplatePart::RoleOf(Class::Production, "begini/id".parse().unwrap());
        assert_eq!(parse("{production.id}").unwrap().0, [of_production]);
    }

    #[test]
    fn broken_holes_are_refused_at_their_place() {
        for (text, place) in [
            ("é {api-key", "{"),
            ("a } b", "}"),
            ("x {} y", "{}"),
            ("{a b}", "{a b}"),
            ("{parm.x}", "{parm.x}"),
            ("{a{b}}", "{"),
            ("{/x}", "{/x}"),
        ] {
            assert_eq!(&text[parse(text).unwrap_err().range], place, "{text}");
        }
    }
}
