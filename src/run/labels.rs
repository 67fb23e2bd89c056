//! Showing that secret values are equal, and nothing else about them.

use std::collections::BTreeMap;

use crate::pack::Kind;
use crate::project::{Mask, Project, Setting, digest};

/// A letter for every secret value of the project, in order of place.
pub struct Labels {
    letters: BTreeMap<String, String>,
}

impl Labels {
    /// Gives the letters.
    pub fn new(project: &Project) -> Self {
        let mut letters: BTreeMap<String, String> = BTreeMap::new();
        for setting in project.settings.iter().filter(|setting| is_hidden(setting)) {
            let Some(value) = setting.literal() else { continue };
            let next = letter(letters.len());
            letters.entry(digest(value)).or_insert(next);
        }
        Self { letters }
    }

    /// What may be shown of a setting's value.
    pub fn shown(&self, setting: &Setting, mask: &Mask) -> Option<String> {
        if let Some(value) = setting.literal().filter(|_| is_hidden(setting)) {
            let letter = self.letters.get(&digest(value))?;
            let what = if setting.kind == Some(Kind::Identifier) { "id" } else { "key" };
            return Some(format!("{what} {letter}"));
        }
        let text = setting.text()?;
        if setting.literal().is_none() {
            return Some(clipped(&mask.shown(text)));
        }
        let Some(url) = setting.url() else {
            return matches!(setting.kind, Some(Kind::Mode | Kind::Host | Kind::Number))
                .then(|| clipped(&mask.shown(text)));
        };
        let host = url.host_str().unwrap_or_default();
        let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
        let rest = if url.path().len() > 1 || url.query().is_some() { "/…" } else { "" };
        Some(mask.shown(&format!("{}://{host}{port}{rest}", url.scheme())))
    }
}

/// Whether a value is shown by its letter only.
fn is_hidden(setting: &Setting) -> bool {
    setting.secret
        || matches!(setting.kind, Some(Kind::Credential | Kind::PublicKey | Kind::Identifier))
}

fn clipped(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

/// A, B, ... Z, A2, B2, ...
fn letter(index: usize) -> String {
    let letter = u8::try_from(index % 26).map_or('?', |offset| char::from(b'A' + offset));
    match index / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{}", round + 1),
    }
}
