//! What a manifest may set of a pack.

use super::{HostPattern, Pack};
use crate::expression::Fact;

impl Pack {
    /// Whether a manifest may set a parameter to a value: it must be one of the pack's, of the same
    /// sort, and where it names a host, one that the pack lists already.
    ///
    /// # Errors
    /// Why not, for a person.
    pub fn accepts_parameter(&self, name: &str, value: &Fact) -> Result<(), String> {
        let Some(default) = self.parameters.get(name) else {
            let known: Vec<&str> = self.parameters.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(format!("{} has no parameter `{name}`; known: {known}", self.id));
        };
        if sort(default) != sort(value) {
            return Err(format!("`{name}` is {}", sort(default)));
        }
        if let Some(choices) = self.choices.get(name)
            && !choices.contains(value)
        {
            let known: Vec<String> = choices.iter().map(shown).collect();
            return Err(format!("`{name}` is one of: {}", known.join(", ")));
        }
        match (default, value) {
            (Fact::Text(default), Fact::Text(value)) if self.knows_host(default) => {
                if self.serves(value) {
                    Ok(())
                } else {
                    Err(format!("`{name}` may only name one of the hosts of {}", self.id))
                }
            }
            _ => Ok(()),
        }
    }

    /// Whether a host is one that the pack lists as the provider's, refused ones included.
    pub fn knows_host(&self, host: &str) -> bool {
        self.serves(host) || self.hosts.refused.iter().any(|(pattern, _)| fits(pattern, host))
    }

    /// Whether a host is one that the provider serves.
    fn serves(&self, host: &str) -> bool {
        let listed = [&self.hosts.sandbox, &self.hosts.production, &self.hosts.shared];
        listed.into_iter().flatten().any(|pattern| fits(pattern, host))
    }
}

/// Whether a pattern means a host, whatever the path.
fn fits(pattern: &HostPattern, host: &str) -> bool {
    HostPattern { path: String::new(), ..pattern.clone() }.matches(host, "/")
}

/// A scalar as an author writes it.
fn shown(fact: &Fact) -> String {
    match fact {
        Fact::Text(text) if text.is_empty() || text.trim() != text => format!("{text:?}"),
        Fact::Text(text) => text.clone(),
        Fact::Bool(value) => value.to_string(),
        Fact::Int(value) => value.to_string(),
        Fact::Float(value) => value.to_string(),
        Fact::Null | Fact::List(_) | Fact::Map(_) => sort(fact).to_owned(),
    }
}

fn sort(fact: &Fact) -> &'static str {
    match fact {
        Fact::Null => "nothing",
        Fact::Bool(_) => "true or false",
        Fact::Int(_) | Fact::Float(_) => "a number",
        Fact::Text(_) => "a text",
        Fact::List(_) => "a list",
        Fact::Map(_) => "a map",
    }
}
