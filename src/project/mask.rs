//! The second line of defence: foreign text that is to be shown is searched for every secret of
//! the project, whole or in part, plain or encoded.
//!
//! The first line is that values of secret settings are never put into a text at all.

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use super::setting::Setting;
use crate::source::Foreign;

/// Shown in place of a secret.
const HIDDEN: &str = "•••";

/// How many characters of a secret in a row give it away.
const TELLING: usize = 6;

/// How many bytes of a secret are searched for: no key is longer, and all of a file would cost too
/// much.
const SEARCHED: usize = 8 << 10;

/// Hides the secrets of a project in text that is not ours.
#[derive(Debug, Default)]
pub struct Mask {
    whole: Option<AhoCorasick>,
}

impl Mask {
    /// A mask for the secret values among `settings`.
    pub fn of<'a>(settings: impl Iterator<Item = &'a Setting>) -> Self {
        let secrets = settings
            .filter(|setting| setting.secret)
            .filter_map(|setting| setting.literal())
            .map(|secret| secret.expose().trim().to_owned());
        Self::hiding(secrets)
    }

    /// A mask for these values.
    pub fn hiding(secrets: impl Iterator<Item = String>) -> Self {
        let mut needles: Vec<String> = Vec::new();
        for secret in secrets {
            // a value of a few characters is in half of all words
            if secret.chars().count() >= TELLING {
                let end = secret.len().min(SEARCHED);
                let secret = (0..=end).rev().find_map(|end| secret.get(..end)).unwrap_or_default();
                needles.extend(spellings(secret));
                needles.extend(windows(secret));
            }
        }
        needles.sort();
        needles.dedup();
        if needles.is_empty() {
            return Self::default();
        }
        let whole = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&needles)
            .ok();
        Self { whole }
    }

    /// `text` without secrets and without anything that acts.
    pub fn shown(&self, text: &str) -> String {
        Foreign::new(self.hidden(text)).to_string()
    }

    /// `text` without secrets; what acts in it still does.
    pub fn hidden(&self, text: &str) -> String {
        let Some(whole) = &self.whole else { return text.to_owned() };
        let mut shown = String::with_capacity(text.len());
        let mut at = 0;
        for found in whole.find_iter(text) {
            let between = text.get(at..found.start()).unwrap_or_default();
            shown.push_str(between);
            // overlapping pieces of one secret become one mark
            if at == 0 || !between.is_empty() {
                shown.push_str(HIDDEN);
            }
            at = found.end();
        }
        shown.push_str(text.get(at..).unwrap_or_default());
        shown
    }
}

/// A secret as it could be written by a program that means no harm.
fn spellings(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let mut spellings = vec![
        secret.to_owned(),
        hex::encode(bytes),
        bytes.iter().flat_map(|byte| format!("%{byte:02x}").into_bytes()).map(char::from).collect(),
        secret
            .chars()
            .flat_map(|one| format!("\\u{:04x}", u32::from(one)).into_bytes())
            .map(char::from)
            .collect(),
        percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC)
            .to_string(),
    ];
    // inside a longer text base64 begins at one of three offsets; the first and last characters
    // then depend on the neighbours and are left out
    for skip in 0..3_usize {
        let padded: Vec<u8> = std::iter::repeat_n(0, skip).chain(bytes.iter().copied()).collect();
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            let text = engine.encode(&padded);
            let from = if skip == 0 { 0 } else { skip + 1 };
            let until = text.len() - usize::from(!padded.len().is_multiple_of(3));
            if let Some(core) = text.get(from..until).filter(|core| core.len() >= TELLING) {
                spellings.push(core.to_owned());
            }
        }
    }
    spellings
}

/// Every run of six characters that is no mere word: it holds a digit.
fn windows(secret: &str) -> Vec<String> {
    let characters: Vec<char> = secret.chars().collect();
    characters
        .windows(TELLING)
        .filter(|window| window.iter().filter(|one| one.is_ascii_digit()).count() >= 2)
        .filter(|window| window.iter().any(char::is_ascii_alphabetic))
        .map(|window| window.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_however_it_is_written() {
        let secret = "k9Zt-canary-4Qw7x2";
        let mask = Mask::hiding(std::iter::once(secret.to_owned()));
        let mut texts = spellings(secret);
        texts.push(STANDARD_NO_PAD.encode(format!("a {secret} b")));
        texts.push(STANDARD_NO_PAD.encode(format!("ab {secret} b")));
        texts.push(hex::encode(secret).to_uppercase());
        texts.push("part 4Qw7x2 of it".to_owned());
        for text in texts {
            let shown = mask.hidden(&format!("config/{text}.env"));
            assert!(shown.contains(HIDDEN), "{text} -> {shown}");
            assert!(!shown.contains("4Qw7x2"), "{shown}");
        }
    }

    #[test]
    fn a_secret_as_long_as_a_file_costs_no_more_than_its_head() {
        let secret = (0..400_000).map(|number| number.to_string()).collect::<Vec<_>>().join("k");
        let start = std::time::Instant::now();
        let mask = Mask::hiding(std::iter::once(secret));
        assert_eq!(mask.hidden("k12k13k14k15"), HIDDEN);
        assert!(start.elapsed().as_secs() < 10, "all of the secret was prepared");
    }

    #[test]
    fn other_text_is_left_alone() {
        let mask = Mask::hiding(["production-key-word".to_owned(), "abc".to_owned()].into_iter());
        assert_eq!(mask.hidden("config/production.env abc"), "config/production.env abc");
        assert_eq!(Mask::default().hidden("x"), "x");
    }
}
