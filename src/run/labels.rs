//! Showing that secret values are equal, and nothing else about them.

use std::collections::{BTreeMap, BTreeSet};

use crate::pack::Kind;
use crate::project::{Mask, Observed, Project, Setting, digest};

/// A letter for every secret value of the project, in order of place.
pub struct Labels {
    letters: BTreeMap<String, String>,
}

impl Labels {
    /// Gives the letters.
    pub fn new(project: &Project) -> Self {
        let mut letters: BTreeMap<String, String> = BTreeMap::new();
        let prints = observed(project);
        let salt = project.manifest.salt.as_ref().filter(|_| !prints.is_empty());
        let mut number = 0;
        for setting in project.settings.iter().filter(|setting| is_hidden(setting)) {
            let print = match setting.literal() {
                Some(value) => salt.map(|salt| salt.fingerprint(value)),
                None => setting.observed().and_then(|observed| observed.fingerprint.clone()),
            };
            let print = print.filter(|print| prints.contains(print));
            let keys = [setting.literal().map(digest), print];
            let known = keys.iter().flatten().find_map(|key| letters.get(key)).cloned();
            if keys.iter().all(Option::is_none) {
                continue;
            }
            let label = known.unwrap_or_else(|| {
                number += 1;
                letter(number - 1)
            });
            letters.extend(keys.into_iter().flatten().map(|key| (key, label.clone())));
        }
        Self { letters }
    }

    /// What may be shown of a setting's value.
    pub fn shown(&self, setting: &Setting, mask: &Mask) -> Option<String> {
        if let Some(observed) = setting.observed() {
            return Some(self.shown_observed(setting, observed, mask));
        }
        if let Some(value) = setting.literal().filter(|_| is_hidden(setting)) {
            let letter = self.letters.get(&digest(value))?;
            return Some(format!("{} {letter}", word(setting)));
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

impl Labels {
    /// The letter of an observed value that has one; else its address, as far as it is known.
    fn shown_observed(&self, setting: &Setting, observed: &Observed, mask: &Mask) -> String {
        let print = observed.fingerprint.as_ref().filter(|_| is_hidden(setting));
        if let Some(letter) = print.and_then(|print| self.letters.get(print)) {
            return format!("{} {letter}, observed", word(setting));
        }
        match (&observed.scheme, &observed.host) {
            (Some(scheme), Some(host)) => mask.shown(&format!("{scheme}://{host}/…, observed")),
            (None, Some(host)) => mask.shown(&format!("{host}, observed")),
            (_, None) => "observed".to_owned(),
        }
    }
}

/// The fingerprints of hidden values that were observed.
fn observed(project: &Project) -> BTreeSet<String> {
    let hidden = project.settings.iter().filter(|setting| is_hidden(setting));
    hidden.filter_map(|setting| setting.observed()?.fingerprint.clone()).collect()
}

/// What a letter stands for.
fn word(setting: &Setting) -> &'static str {
    if setting.kind == Some(Kind::Identifier) { "id" } else { "key" }
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
