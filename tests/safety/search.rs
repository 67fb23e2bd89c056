//! Finds a secret in a text: whole in every encoding, and any six characters of it.

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// How many characters of a secret give it away.
const PART: usize = 6;

/// A secret that is planted, and searched for.
#[derive(Clone, Debug)]
pub(super) struct Canary {
    /// What it looks like.
    pub(super) shape: &'static str,
    /// What is public of it: `sk_live_`.
    pub(super) prefix: String,
    /// What is secret of it.
    pub(super) secret: String,
}

impl Canary {
    /// One of each shape.
    pub(super) fn all() -> Vec<Self> {
        let one = |shape, prefix: &[&str], secret: &[&str]| Self {
            shape,
            prefix: prefix.concat(),
            secret: secret.concat(),
        };
        vec![
            one("uuid", &[], &["d3b07384-", "d9a1-4e2f-", "b6c5-4f0a1e8c7d29"]),
            one("hex", &[], &["9e107d9d372b", "b6826bd81d35", "42a419d6"]),
            one("words", &[], &["walrus7-", "orbit4-", "quincex-", "meadow2"]),
            one("base64", &[], &["Zt9+Kq/4Wv", "8xLr2Bn0Yd", "6sGh1Jp3Qc5M=="]),
            one("prefixed", &["sk", "_live_"], &["Hq8Zn2Rw", "6Tb4Yc9D", "m1Kx7Vf3"]),
        ]
    }

    /// The whole value.
    pub(super) fn value(&self) -> String {
        format!("{}{}", self.prefix, self.secret)
    }

    /// Everything by which `text` gives the secret away.
    pub(super) fn given_away(&self, text: &str) -> Vec<String> {
        let needles = self.needles();
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&needles).unwrap();
        let mut found: Vec<_> =
            finder.find_overlapping_iter(text).map(|one| one.pattern().as_usize()).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| needles[at].clone()).collect()
    }

    /// How many strings are searched for.
    pub(super) fn pieces(&self) -> usize {
        self.needles().len()
    }

    /// Case does not count: what only differs by case is as good as the secret.
    fn needles(&self) -> Vec<String> {
        let mut needles = encodings(&self.secret);
        let characters: Vec<char> = self.secret.chars().collect();
        for window in characters.windows(PART) {
            let part: String = window.iter().collect();
            needles.extend([percent(&part), hex::encode(&part), unicode(&part)]);
            needles.push(part);
        }
        // eight digits of base64 hold six bytes
        for aligned in base64(&self.secret) {
            let digits: Vec<char> = aligned.chars().collect();
            needles.extend(digits.windows(8).map(|window| window.iter().collect::<String>()));
        }
        needles.sort();
        needles.dedup();
        needles
    }
}

/// `secret` in every encoding that a program may have put it in.
pub(super) fn encodings(secret: &str) -> Vec<String> {
    let mut all = base64(secret);
    all.extend([
        secret.to_owned(),
        hex::encode(secret),
        hex::encode_upper(secret),
        percent(secret),
        percent(secret).to_uppercase(),
        unicode(secret),
        partly(secret),
        joined(secret.chars(), |one| format!("\\u{{{:x}}}", u32::from(one))),
    ]);
    all
}

fn joined<T>(all: impl Iterator<Item = T>, one: impl Fn(T) -> String) -> String {
    all.map(one).collect::<Vec<_>>().concat()
}

fn percent(text: &str) -> String {
    joined(text.bytes(), |byte| format!("%{byte:02x}"))
}

fn unicode(text: &str) -> String {
    joined(text.chars(), |one| format!("\\u{:04x}", u32::from(one)))
}

/// Percent-encoded where it has to be, as a form or a query does.
fn partly(text: &str) -> String {
    let encoded = percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
    encoded.to_string()
}

/// The digits of base64 that only the secret decides, for each of three places to begin at.
fn base64(secret: &str) -> Vec<String> {
    let mut all = Vec::new();
    for skip in 0..3_usize {
        let bytes = [vec![0; skip], secret.as_bytes().to_vec()].concat();
        let whole = bytes.len() / 3 * 4;
        let first = if skip == 0 { 0 } else { 4 };
        for engine in [&STANDARD, &URL_SAFE] {
            all.push(engine.encode(&bytes)[first..whole].to_owned());
        }
    }
    all
}

#[test]
fn every_encoding_and_six_characters_are_found() {
    for canary in Canary::all() {
        for text in encodings(&canary.secret) {
            let given = canary.given_away(&format!("see config/{text}.env"));
            assert!(!given.is_empty(), "{}: {text}", canary.shape);
        }
        for before in ["", "a", "ab"] {
            let echoed = STANDARD.encode(format!("{before}{}:x", canary.value()));
            assert!(!canary.given_away(&echoed).is_empty(), "{}: {echoed}", canary.shape);
        }
        let part = &canary.secret[3..9];
        assert!(!canary.given_away(&format!("…{}…", part.to_uppercase())).is_empty(), "{part}");
        assert!(canary.given_away(&canary.secret[3..8]).is_empty());
    }
}
