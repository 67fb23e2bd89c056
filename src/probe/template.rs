//! Templates and JSON bodies, filled from bindings. A value can neither leave its place in a URL nor
//! end a line of a header.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::bindings::{Bindings, fabricate, random_uid};
use super::filled::{Filled, Piece};
use crate::expression::Fact;
use crate::pack::{CheckId, RoleId, Template, TemplatePart, TemplateUse};
use crate::source::Secret;

/// What may stand unescaped in the path or the query of a URL.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a text could not be filled. It names holes, never values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// A role has no value in that environment.
    #[error("{0} has no value here")]
    NoValue(RoleId),
    /// A parameter of the pack is unknown, or no text or number.
    #[error("parameter {0} has no usable value")]
    NoParameter(String),
    /// An earlier check did not capture it.
    #[error("no check before this one captured {0}")]
    NoCapture(String),
    /// It is not known which role a false value stands for, or its value has no shape.
    #[error("nothing tells which shape a fabricated value has")]
    NoShape,
    /// A string of a JSON body is no template.
    #[error("{0}")]
    Hole(String),
    /// The hole belongs to a signature only, or is unknown.
    #[error("{{{0}}} cannot be filled here")]
    Misplaced(String),
    /// A value holds what must not stand there.
    #[error("{what} holds {character}")]
    Unsafe {
        /// `the URL`, `a header`.
        what: &'static str,
        /// `a control character`, ...
        character: &'static str,
    },
}

/// Fills what one exchange of one check sends.
#[derive(Clone, Copy, Debug)]
pub struct Filler<'a> {
    /// The values.
    pub bindings: &'a Bindings,
    /// The check that sends.
    pub check: &'a CheckId,
    /// The pack whose roles a JSON body may write without it.
    pub pack: &'a str,
    /// The exchange within the check, which decides its `{random-uid}`.
    pub occurrence: &'a str,
    /// Whether nothing will be sent, so that captures may still be missing.
    pub planning: bool,
}

impl Filler<'_> {
    /// Fills `template` as it is.
    pub fn fill(&self, template: &Template) -> Result<Filled, TemplateFault> {
        template.0.iter().map(|part| self.part(part)).collect::<Result<_, _>>().map(Filled)
    }

    /// Fills the value of a header, which is one line of visible ASCII.
    pub fn header(&self, template: &Template) -> Result<Filled, TemplateFault> {
        let filled = self.fill(template)?;
        match trouble(filled.expose().expose(), &['\t', ' ', '\\']) {
            Some(character) => Err(TemplateFault::Unsafe { what: "a header", character }),
            None => Ok(filled),
        }
    }

    /// Fills a URL. A hole at the very start is taken as it is (a base URL); every other one is
    /// percent-encoded, so that it cannot leave its place.
    pub fn url(&self, template: &Template) -> Result<Filled, TemplateFault> {
        let mut pieces = Vec::new();
        for (index, part) in template.0.iter().enumerate() {
            let piece = self.part(part)?;
            let is_hole = !matches!(part, TemplatePart::Text(_));
            pieces.push(if index > 0 && is_hole { encode(piece)? } else { piece });
        }
        let filled = Filled(pieces);
        match trouble(filled.expose().expose(), &[]) {
            Some(character) => Err(TemplateFault::Unsafe { what: "the URL", character }),
            None => Ok(filled),
        }
    }

    /// Fills the strings of a JSON body, whose holes are written as in templates and whose roles
    /// are those of the pack. A string that is nothing but `{now}` or a number's `{param.}`
    /// becomes a number. The roles that were used are added to `used`.
    pub fn json(&self, body: &Value, used: &mut Vec<RoleId>) -> Result<Value, TemplateFault> {
        Ok(match body {
            Value::String(text) => return self.json_text(text, used),
            Value::Array(items) => Value::Array(
                items.iter().map(|item| self.json(item, used)).collect::<Result<_, _>>()?,
            ),
            Value::Object(entries) => {
                let mut filled = serde_json::Map::new();
                for (key, value) in entries {
                    filled.insert(key.clone(), self.json(value, used)?);
                }
                Value::Object(filled)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => body.clone(),
        })
    }

    fn json_text(&self, text: &str, used: &mut Vec<RoleId>) -> Result<Value, TemplateFault> {
        let template = Template::parse(text, self.pack, TemplateUse::Sending)
            .map_err(|fault| TemplateFault::Hole(fault.message))?;
        if let [part] = template.0.as_slice() {
            let number = match part {
                TemplatePart::Now => Some(Value::from(self.bindings.now.as_second())),
                TemplatePart::Parameter(name) => self.parameter_value(name),
                TemplatePart::Text(_)
                | TemplatePart::Role(_)
                | TemplatePart::RoleOf(..)
                | TemplatePart::RandomUid
                | TemplatePart::Fabricated
                | TemplatePart::Capture(_)
                | TemplatePart::Delivery(_) => None,
            };
            if let Some(number) = number {
                return Ok(number);
            }
        }
        let filled = self.fill(&template)?;
        used.extend(filled.roles());
        Ok(Value::String(filled.expose().expose().to_owned()))
    }

    fn part(&self, part: &TemplatePart) -> Result<Piece, TemplateFault> {
        let bindings = self.bindings;
        Ok(match part {
            TemplatePart::Text(text) => Piece::Open(text.clone()),
            TemplatePart::Role(role) => self.role(role)?,
            TemplatePart::RoleOf(class, role) => {
                let value = bindings.other(*class, role);
                Piece::Hidden {
                    label: format!("{}.{role}", class.as_str()),
                    role: Some(role.clone()),
                    value: value.ok_or_else(|| TemplateFault::NoValue(role.clone()))?.clone(),
                }
            }
            TemplatePart::RandomUid => {
                Piece::Open(random_uid(bindings.seed, self.check, self.occurrence))
            }
            TemplatePart::Fabricated => self.fabricated()?,
            TemplatePart::Now => Piece::Open(bindings.now.as_second().to_string()),
            TemplatePart::Parameter(name) => Piece::Open(self.parameter(name)?),
            TemplatePart::Capture(name) => {
                let value = match bindings.captures.get(name) {
                    Some(value) => value.clone(),
                    None if self.planning => Secret::new("captured"),
                    None => return Err(TemplateFault::NoCapture(name.clone())),
                };
                Piece::Hidden { label: format!("capture.{name}"), role: None, value }
            }
            TemplatePart::Delivery(name) => return Err(TemplateFault::Misplaced(name.clone())),
        })
    }

    fn role(&self, role: &RoleId) -> Result<Piece, TemplateFault> {
        let value = self.bindings.role(role);
        let value = value.ok_or_else(|| TemplateFault::NoValue(role.clone()))?;
        Ok(if self.bindings.open.contains(role) {
            Piece::Open(value.expose().to_owned())
        } else {
            Piece::Hidden {
                label: role.to_string(),
                role: Some(role.clone()),
                value: value.clone(),
            }
        })
    }

    fn fabricated(&self) -> Result<Piece, TemplateFault> {
        let role = self.bindings.imitates.as_ref().ok_or(TemplateFault::NoShape)?;
        let real = self.bindings.role(role);
        let real = real.ok_or_else(|| TemplateFault::NoValue(role.clone()))?;
        let value = fabricate(real, self.bindings.seed, &self.check.0);
        let value = value.ok_or(TemplateFault::NoShape)?;
        Ok(Piece::Hidden { label: "fabricated".to_owned(), role: None, value })
    }

    fn parameter(&self, name: &str) -> Result<String, TemplateFault> {
        match self.bindings.parameters.get(name) {
            Some(Fact::Text(text)) => Ok(text.clone()),
            Some(Fact::Int(number)) => Ok(number.to_string()),
            Some(Fact::Float(number)) => Ok(number.to_string()),
            Some(Fact::Bool(flag)) => Ok(flag.to_string()),
            Some(Fact::Null | Fact::List(_) | Fact::Map(_)) | None => {
                Err(TemplateFault::NoParameter(name.to_owned()))
            }
        }
    }

    fn parameter_value(&self, name: &str) -> Option<Value> {
        match self.bindings.parameters.get(name)? {
            Fact::Int(number) => Some(Value::from(*number)),
            Fact::Float(number) => Some(Value::from(*number)),
            Fact::Bool(flag) => Some(Value::from(*flag)),
            Fact::Text(_) | Fact::Null | Fact::List(_) | Fact::Map(_) => None,
        }
    }
}

fn encode(piece: Piece) -> Result<Piece, TemplateFault> {
    let encoded = |text: &str| {
        if matches!(text, "." | "..") {
            let character = "a path that leads elsewhere";
            return Err(TemplateFault::Unsafe { what: "the URL", character });
        }
        Ok(utf8_percent_encode(text, UNRESERVED).to_string())
    };
    Ok(match piece {
        Piece::Open(text) => Piece::Open(encoded(&text)?),
        Piece::Hidden { label, role, value } => {
            Piece::Hidden { label, role, value: Secret::new(encoded(value.expose())?) }
        }
    })
}

/// The first sort of character that may stand neither in a URL nor, but for `allowed`, in a header.
fn trouble(text: &str, allowed: &[char]) -> Option<&'static str> {
    text.chars().filter(|character| !allowed.contains(character)).find_map(|character| {
        if character.is_control() {
            Some("a control character")
        } else if character.is_whitespace() {
            Some("a space")
        } else if character == '\\' {
            Some("a backslash")
        } else if !character.is_ascii() {
            Some("a character outside ASCII")
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests;
