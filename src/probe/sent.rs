//! Tells that a text of an answer is one that was sent, without saying which: both become the same
//! `{sent.NAME}`. They are compared whole, before anything is redacted, so that a part of a value
//! never passes for the value.

use crate::expression::Fact;

/// The sent texts that outcomes read, each with its mark.
#[derive(Debug, Default)]
pub(super) struct Sent(Vec<(String, String)>);

impl Sent {
    /// Takes the texts of `sent` out, and puts their marks in their places. Equal ones have one.
    pub(super) fn of(sent: &mut Fact) -> Self {
        let mut known = Self::default();
        known.take(sent, "sent");
        known
    }

    fn take(&mut self, at: &mut Fact, path: &str) {
        match at {
            Fact::Text(text) if !text.is_empty() => {
                let known = self.0.iter().find(|(value, _)| value == text);
                let mark = known.map_or_else(|| format!("{{{path}}}"), |(_, mark)| mark.clone());
                let value = std::mem::replace(text, mark.clone());
                self.0.push((value, mark));
            }
            Fact::Map(entries) => {
                for (name, below) in entries {
                    self.take(below, &format!("{path}.{name}"));
                }
            }
            Fact::List(items) => {
                for (index, below) in items.iter_mut().enumerate() {
                    self.take(below, &format!("{path}.{index}"));
                }
            }
            Fact::Text(_) | Fact::Null | Fact::Bool(_) | Fact::Int(_) | Fact::Float(_) => {}
        }
    }

    /// Puts marks in place of texts of an answer that were sent. A text that only looks like a mark
    /// becomes none.
    pub(super) fn mark(&self, answer: &mut Fact) {
        match answer {
            Fact::Text(text) => {
                if let Some((_, mark)) = self.0.iter().find(|(value, _)| value == text) {
                    mark.clone_into(text);
                } else if self.is_mark(text) {
                    text.insert(1, ' ');
                }
            }
            Fact::Map(entries) => entries.values_mut().for_each(|below| self.mark(below)),
            Fact::List(items) => items.iter_mut().for_each(|below| self.mark(below)),
            Fact::Null | Fact::Bool(_) | Fact::Int(_) | Fact::Float(_) => {}
        }
    }

    /// Whether a text is a mark.
    pub(super) fn is_mark(&self, text: &str) -> bool {
        self.0.iter().any(|(_, mark)| mark == text)
    }
}
