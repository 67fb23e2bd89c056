//! A filled text. What was filled in secretly stays known as secret, so that the text can be shown
//! without it.

use crate::pack::RoleId;
use crate::source::{Foreign, Secret};

/// A text with its holes filled.
#[derive(Clone, Debug, Default)]
pub struct Filled(pub(crate) Vec<Piece>);

/// A piece of a filled text.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// May be shown.
    Open(String),
    /// Is only shown as `{label}`.
    Hidden {
        /// What it is: `begini/api-key`, `capture.token`, `fabricated`.
        label: String,
        /// The role, where it is the value of one.
        role: Option<RoleId>,
        /// The value as it is sent.
        value: Secret,
    },
}

impl Filled {
    /// A text that is shown under `label` only.
    pub fn hidden(label: &str, value: Secret) -> Self {
        Self(vec![Piece::Hidden { label: label.to_owned(), role: None, value }])
    }

    /// A text that may be shown.
    pub fn open(text: impl Into<String>) -> Self {
        Self(vec![Piece::Open(text.into())])
    }

    /// The whole text: to be sent, never to be shown.
    pub fn expose(&self) -> Secret {
        let mut text = String::new();
        for piece in &self.0 {
            text.push_str(match piece {
                Piece::Open(open) => open,
                Piece::Hidden { value, .. } => value.expose(),
            });
        }
        Secret::new(text)
    }

    /// The text as it may be shown: `{begini/api-key}` stands for that value.
    pub fn masked(&self) -> Foreign {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Open(open) => open.clone(),
            Piece::Hidden { label, .. } => format!("{{{label}}}"),
        });
        Foreign::new(pieces.collect::<String>())
    }

    /// The roles whose hidden values it holds.
    pub fn roles(&self) -> Vec<RoleId> {
        let role = |piece: &Piece| match piece {
            Piece::Open(_) => None,
            Piece::Hidden { role, .. } => role.clone(),
        };
        self.0.iter().filter_map(role).collect()
    }

    /// Its hidden values as they are sent, each with its label.
    pub fn secrets(&self) -> Vec<(String, Secret)> {
        let hidden = |piece: &Piece| match piece {
            Piece::Open(_) => None,
            Piece::Hidden { label, value, .. } => Some((label.clone(), value.clone())),
        };
        self.0.iter().filter_map(hidden).collect()
    }
}
