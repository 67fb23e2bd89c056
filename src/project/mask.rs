//! The second line of defence: foreign text that is to be shown is searched for every secret of
//! the project, whole or in part, plain or encoded.
//!
//! The first line is that values of secret settings are never put into a text at all.

mod ordinary;
mod unfold;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use self::ordinary::Ordinary;
use self::unfold::readings;
use super::placeholder::is_placeholder;
use super::setting::Setting;
use super::user_info::end_of_user_info;
use crate::pack::{Library, words};
use crate::source::{Diagnostic, Foreign, SourceText, Span};

/// Shown in place of a secret.
const HIDDEN: &str = "•••";

/// How many characters of a secret in a row give it away.
const TELLING: usize = 6;

/// How many bytes of a secret are searched for: no key is longer, and all of a file would cost too
/// much.
const SEARCHED: usize = 8 << 10;

/// From this length on, words alone are a passphrase and no mere name.
const PASSPHRASE: usize = 16;

/// Hides the secrets of a project in text that is not ours.
#[derive(Debug, Default)]
pub struct Mask {
    /// Every telling part of every secret, in lower case.
    parts: BTreeSet<Vec<u8>>,
    /// Secrets that only tell as a whole, in lower case.
    wholes: Vec<Vec<u8>>,
}

impl Mask {
    /// A mask for the secret values among `settings`, and for what is secret in their addresses.
    /// Words that the packs use for things stay.
    pub fn of<'a>(settings: impl Iterator<Item = &'a Setting>, library: &Library) -> Self {
        let mut secrets: Vec<String> = Vec::new();
        for setting in settings {
            let Some(value) = setting.literal() else { continue };
            let value = value.expose().trim();
            match value.split_once("://") {
                Some((_, after)) => secrets.extend(in_address(after, setting.secret)),
                None if setting.secret => secrets.push(value.to_owned()),
                None => {}
            }
        }
        Self::hiding(secrets.into_iter(), library)
    }

    /// A mask for these values.
    pub fn hiding(secrets: impl Iterator<Item = String>, library: &Library) -> Self {
        let mut mask = Self::default();
        let secrets: BTreeSet<String> =
            secrets.filter(|secret| secret.len() >= TELLING && !is_placeholder(secret)).collect();
        if !secrets.is_empty() {
            let ordinary = Ordinary::of(library);
            for secret in &secrets {
                mask.add(secret, &ordinary);
            }
        }
        mask
    }

    /// Mistakes without secrets, in what they say and in what they show.
    pub fn over(&self, mistakes: &[Diagnostic]) -> Vec<Diagnostic> {
        let mistakes = mistakes.iter().cloned();
        mistakes
            .map(|mut mistake| {
                let (path, text) = (self.hidden(mistake.source.path()), mistake.source.text());
                mistake.masked.extend(self.spans(text));
                mistake.source = Arc::new(SourceText::new(path, text));
                mistake.message = self.hidden(&mistake.message);
                mistake.help = mistake.help.map(|help| self.hidden(&help));
                for (_, label) in &mut mistake.labels {
                    *label = self.hidden(label);
                }
                mistake
            })
            .collect()
    }

    fn add(&mut self, secret: &str, ordinary: &Ordinary) {
        let mut value = secret.to_ascii_lowercase().into_bytes();
        value.truncate(SEARCHED);
        let covered = ordinary.covers(&value);
        if covered.iter().all(|one| *one) {
            return;
        }
        if is_weak(secret) {
            self.wholes.push(value);
            return;
        }
        for (part, covered) in value.windows(TELLING).zip(covered.windows(TELLING)) {
            let different: BTreeSet<&u8> = part.iter().collect();
            let told = covered.iter().any(|one| !one) && different.len() > 2;
            if told && !ordinary.holds(part) {
                self.parts.insert(part.to_vec());
            }
        }
    }

    /// `text` without secrets and without anything that acts.
    pub fn shown(&self, text: &str) -> String {
        Foreign::new(self.hidden(text)).to_string()
    }

    /// `text` without secrets; what acts in it still does.
    pub fn hidden(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut at = 0;
        for found in self.found(text) {
            shown.push_str(text.get(at..found.start).unwrap_or_default());
            shown.push_str(HIDDEN);
            at = found.end;
        }
        shown.push_str(text.get(at..).unwrap_or_default());
        shown
    }

    /// Where secrets stand in `text`.
    pub fn spans(&self, text: &str) -> Vec<Span> {
        self.found(text).into_iter().map(|found| Span::new(found.start, found.end)).collect()
    }

    /// Where secrets stand, in order; those that touch are one.
    fn found(&self, text: &str) -> Vec<Range<usize>> {
        if self.parts.is_empty() && self.wholes.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for reading in readings(text) {
            for (at, part) in reading.bytes.windows(TELLING).enumerate() {
                if self.parts.contains(part) {
                    found.push(reading.place(at..at + TELLING));
                }
            }
            for whole in &self.wholes {
                for (at, part) in reading.bytes.windows(whole.len()).enumerate() {
                    if part == whole.as_slice() {
                        found.push(reading.place(at..at + whole.len()));
                    }
                }
            }
        }
        merged(text, found)
    }
}

/// Ranges in order, widened to whole characters; those that touch are one.
fn merged(text: &str, mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|one| one.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for mut one in found {
        while !text.is_char_boundary(one.start) {
            one.start -= 1;
        }
        while !text.is_char_boundary(one.end) {
            one.end += 1;
        }
        match merged.last_mut() {
            Some(last) if one.start <= last.end => last.end = last.end.max(one.end),
            _ => merged.push(one),
        }
    }
    merged
}

/// Whether a secret is a word or two that any name may hold by chance: only all of it tells.
fn is_weak(secret: &str) -> bool {
    let wordy = |byte: u8| byte.is_ascii_lowercase() || b"-_. ".contains(&byte);
    secret.len() < PASSPHRASE
        && (secret.bytes().all(wordy) || secret.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// What is secret in an address, after its scheme: the password in it, what a parameter says that
/// is called like a secret, and where all of it is secret, whatever a stranger could not guess.
pub(super) fn in_address(after: &str, all: bool) -> Vec<String> {
    let (user, rest) = match end_of_user_info(after).and_then(|at| after.split_at_checked(at)) {
        Some(split) => split,
        None => ("", after),
    };
    let rest = rest.get(rest.find(['/', '?', '#']).unwrap_or(rest.len())..).unwrap_or_default();
    let mut secrets: Vec<&str> = match user.split_once(':') {
        Some((name, password)) if !password.is_empty() => {
            if password.len() < name.len() {
                vec![name, password]
            } else {
                vec![password]
            }
        }
        _ => vec![user.trim_end_matches(':')],
    };
    for parameter in rest.split(['?', '&', '#']) {
        if let Some((name, value)) = parameter.split_once('=')
            && words(name).last().is_some_and(|word| SECRET_WORDS.contains(&&**word))
        {
            secrets.push(value);
        }
    }
    if all {
        let telling =
            |part: &&str| part.len() >= 16 || part.bytes().any(|one| one.is_ascii_digit());
        secrets.extend(rest.split(['/', '?', '&', '=', '#']).filter(telling));
    }
    let decoded =
        |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into();
    secrets.into_iter().map(decoded).collect()
}

/// Last words of names of parameters that hold a secret.
const SECRET_WORDS: [&str; 10] =
    ["key", "apikey", "token", "secret", "password", "passwd", "pwd", "signature", "sig", "code"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::builtin;

    fn library() -> Library {
        Library::load(builtin()).unwrap()
    }

    fn mask(secrets: &[&str]) -> Mask {
        Mask::hiding(secrets.iter().map(|one| (*one).to_owned()), &library())
    }

    #[test]
    fn a_secret_is_hidden_whole_and_in_part_however_it_is_written() {
        let mask = mask(&["k9Zt-walrus-4Qw7x2"]);
        for text in [
            "k9Zt-walrus-4Qw7x2",
            "K9ZT-WALRUS-4QW7X2",
            "6b395a742d77616c7275732d345177377832",
            "k9Zt%2dwalrus%2D4Qw7x2",
            "azladC13YWxydXMtNFF3N3gy",
            "walrus",
            "t-walr",
            "4Qw7x2",
        ] {
            let shown = mask.hidden(&format!("config/{text}.env"));
            assert_eq!(shown, format!("config/{HIDDEN}.env"), "{text}");
        }
        assert_eq!(mask.hidden("a/k9Zt-/4Qw7x/b"), "a/k9Zt-/4Qw7x/b");
    }

    #[test]
    fn a_secret_as_long_as_a_file_costs_no_more_than_its_head() {
        let secret = (0..400_000).map(|number| number.to_string()).collect::<Vec<_>>().join("k");
        let start = std::time::Instant::now();
        let mask = mask(&[&secret]);
        assert_eq!(mask.hidden("k12k13k14k15"), HIDDEN);
        assert!(start.elapsed().as_secs() < 10, "all of the secret was prepared");
    }

    #[test]
    fn ordinary_words_stay() {
        let mask = mask(&[
            "begini-production-secret-8f3a",
            "production-key-word",
            "sandbox",
            "abc",
            "changeme",
            "postgres",
            "000000000000",
        ]);
        for text in [
            "config/production.env abc",
            "BEGINI_API_KEY",
            "deploy/begini/production-secret.yaml",
            "postgres/changeme/sandbox/000000",
        ] {
            assert_eq!(mask.hidden(text), text);
        }
        assert_eq!(mask.hidden("a/secret-8f3a"), "a/se•••");
        assert_eq!(Mask::default().hidden("x"), "x");
    }

    #[test]
    fn a_word_of_a_project_tells_only_as_a_whole() {
        let mask = mask(&["lender-api"]);
        assert_eq!(mask.hidden("services/lender/.env"), "services/lender/.env");
        assert_eq!(mask.hidden("services/lender-api/.env"), "services/•••/.env");
    }

    #[test]
    fn addresses_hold_secrets_of_their_own() {
        let found = in_address("me:hun%40ter22@db.x:5432/loans?sslmode=on&api_key=q7Zr1m", false);
        assert_eq!(found, ["hun@ter22", "q7Zr1m"]);
        assert_eq!(in_address("q7Zr1mVx93@sentry.x/12345", false), ["q7Zr1mVx93"]);
        assert_eq!(in_address("hooks.x/begini/9f3k2j1h", true), ["", "9f3k2j1h"]);
    }
}
