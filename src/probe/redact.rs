//! Takes known secrets out of text that is kept: whole, in part (six characters suffice), and in the
//! encodings a server might echo them in.

use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD, Engine};
use regex::Regex;

use crate::expression::Fact;
use crate::source::Secret;

/// How many characters of a secret already count as the secret.
const PART: usize = 6;

/// From this length on, a secret that stands in a text does not do so by chance.
const WHOLE: usize = 8;

/// How many bytes of a secret are searched for: no key is longer, and all of a file would cost too
/// much.
const SEARCHED: usize = 8 << 10;

/// A JSON web token, which is a credential whoever made it.
/// <https://www.rfc-editor.org/rfc/rfc7519>
static TOKEN: OnceLock<Option<Regex>> = OnceLock::new();

/// Knows secrets by the name that is shown in their place. One may stand on another, so that the
/// secrets of a whole project are only prepared once.
#[derive(Default)]
pub struct Redactor {
    secrets: Vec<(String, Secret)>,
    search: OnceLock<Option<Search>>,
    base: Option<Arc<Redactor>>,
    /// Beginnings of texts that anybody knows: the provider's own addresses.
    open: Vec<String>,
}

struct Search {
    automaton: AhoCorasick,
    /// The place in `secrets` that each pattern belongs to.
    owners: Vec<usize>,
}

impl Debug for Redactor {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "Redactor({} secrets)", self.secrets.len())
    }
}

impl Redactor {
    /// Takes secrets on, each with its label; the first label of a value is the one shown.
    pub fn new(secrets: Vec<(String, Secret)>) -> Self {
        let secrets = secrets.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        Self { secrets, search: OnceLock::new(), base: None, open: Vec::new() }
    }

    /// One that knows `more` besides what `base` knows, and shows those first.
    pub fn on(base: &Arc<Self>, more: Vec<(String, Secret)>) -> Self {
        Self { base: Some(Arc::clone(base)), ..Self::new(more) }
    }

    /// Whether one of its secrets stands in `text` as it is, whole.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        let long = |value: &Secret| value.expose().len() >= WHOLE && text.contains(value.expose());
        self.secrets.iter().any(|(_, value)| long(value))
            || self.base.as_ref().is_some_and(|base| base.stands_in(text))
    }

    /// The same, and a server's text keeps a beginning that is one of `open`: only what follows may
    /// be secret.
    #[must_use]
    pub fn with_open(self, open: Vec<String>) -> Self {
        Self { open, ..self }
    }

    fn open_part(&self, text: &str) -> usize {
        let own = self.open.iter().find(|open| text.starts_with(open.as_str()));
        let base = || self.base.as_ref().map_or(0, |base| base.open_part(text));
        own.map_or_else(base, String::len)
    }

    /// `text` with `{label}` in place of every secret and every part of one.
    pub fn text(&self, text: &str) -> String {
        self.replaced(text, Vec::new())
    }

    /// The same for a server's text, in which whatever looks like a key may be one that only the
    /// server knows.
    fn answered(&self, text: &str) -> String {
        let (open, rest) = text.split_at(self.open_part(text));
        format!("{open}{}", self.replaced(rest, opaque(rest)))
    }

    fn replaced<'a>(&'a self, text: &str, mut hits: Vec<(usize, usize, &'a str)>) -> String {
        if let Some(label) = self.label_of(text) {
            return format!("{{{label}}}");
        }
        self.find(text, &mut hits);
        let token = TOKEN.get_or_init(|| Regex::new(r"eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_.-]+").ok());
        if let Some(token) = token {
            hits.extend(token.find_iter(text).map(|hit| (hit.start(), hit.end(), UNKNOWN)));
        }
        replace(text, hits)
    }

    /// The label of the secret that `text` is.
    fn label_of(&self, text: &str) -> Option<&str> {
        let own = self.secrets.iter().find(|(_, value)| value.expose() == text);
        let own = own.map(|(label, _)| label.as_str());
        own.or_else(|| self.base.as_ref().and_then(|base| base.label_of(text)))
    }

    /// Where secrets stand in `text`: from, to, label.
    fn find<'a>(&'a self, text: &str, hits: &mut Vec<(usize, usize, &'a str)>) {
        let search = self.search.get_or_init(|| Search::new(&self.secrets));
        if let Some(Search { automaton, owners }) = search {
            for hit in automaton.find_overlapping_iter(text) {
                let owner = owners.get(hit.pattern().as_usize());
                let label = owner.and_then(|owner| self.secrets.get(*owner));
                let label = label.map_or("secret", |(label, _)| label.as_str());
                hits.push((hit.start(), hit.end(), label));
            }
        }
        if let Some(base) = &self.base {
            base.find(text, hits);
        }
    }

    /// Redacts every key, text and number of `fact` that `is_ours` does not know.
    pub fn fact(&self, fact: &mut Fact, is_ours: &dyn Fn(Word<'_>) -> bool) {
        match fact {
            Fact::Text(text) if is_ours(Word::Text(text)) => {}
            Fact::Text(text) => *text = self.answered(text),
            Fact::Int(number) => {
                let shown = number.to_string();
                let redacted = self.text(&shown);
                if redacted != shown {
                    *fact = Fact::Text(redacted);
                }
            }
            Fact::List(items) => items.iter_mut().for_each(|item| self.fact(item, is_ours)),
            Fact::Map(entries) => {
                let all = std::mem::take(entries).into_iter();
                *entries = all
                    .map(|(key, mut value)| {
                        self.fact(&mut value, is_ours);
                        (if is_ours(Word::Key(&key)) { key } else { self.answered(&key) }, value)
                    })
                    .collect();
            }
            Fact::Null | Fact::Bool(_) | Fact::Float(_) => {}
        }
    }
}

/// A word of a server's answer that may be ours.
#[derive(Clone, Copy, Debug)]
pub enum Word<'a> {
    /// The name of a field.
    Key(&'a str),
    /// A text.
    Text(&'a str),
}

/// Shown for a key that is nobody's that we know.
const UNKNOWN: &str = "token";

/// From this length on, letters and digits in one run are no word.
const OPAQUE: usize = 16;

/// Where `text` holds what looks like a key, in whatever alphabet keys are written in.
fn opaque(text: &str) -> Vec<(usize, usize, &'static str)> {
    let digit = |one: char| one.is_ascii_alphanumeric() || "+/=_-".contains(one);
    let has = |part: &str, test: fn(&u8) -> bool| part.as_bytes().iter().any(test);
    let telling = |part: &str| {
        let mixed = has(part, u8::is_ascii_digit) && has(part, u8::is_ascii_alphabetic);
        part.len() >= OPAQUE && mixed
    };
    let mut hits = Vec::new();
    let mut start = 0;
    for run in text.split(|one| !digit(one)) {
        if run.split(['/', '=']).any(telling) {
            hits.push((start, start + run.len(), UNKNOWN));
        }
        start += run.len();
        start += text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    hits
}

/// Puts labels in place of hits; hits that touch become one, under the label of the first that is
/// known.
fn replace(text: &str, mut hits: Vec<(usize, usize, &str)>) -> String {
    hits.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut merged: Vec<(usize, usize, &str)> = Vec::new();
    for (start, end, label) in hits {
        match merged.last_mut() {
            Some(last) if start <= last.1 => {
                last.1 = last.1.max(end);
                last.2 = if last.2 == UNKNOWN { label } else { last.2 };
            }
            _ => merged.push((start, end, label)),
        }
    }
    let mut shown = String::new();
    let mut from = 0;
    for (start, end, label) in merged {
        shown.push_str(text.get(from..start).unwrap_or_default());
        shown.push('{');
        shown.push_str(label);
        shown.push('}');
        from = end;
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

impl Search {
    fn new(secrets: &[(String, Secret)]) -> Option<Self> {
        let mut patterns: Vec<String> = Vec::new();
        let mut owners = Vec::new();
        for (owner, (_, value)) in secrets.iter().enumerate() {
            for part in secret_parts(value.expose()) {
                let before = patterns.len();
                patterns.extend(forms(part));
                owners.extend(std::iter::repeat_n(owner, patterns.len() - before));
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .ok()?;
        Some(Self { automaton, owners })
    }
}

/// What is secret in a value: all of it, but of a URL only what a stranger could not guess.
fn secret_parts(value: &str) -> Vec<&str> {
    let end = value.len().min(SEARCHED);
    let value = (0..=end).rev().find_map(|end| value.get(..end)).unwrap_or_default();
    let Some((_, after)) = value.split_once("://") else { return vec![value] };
    let mut parts = Vec::new();
    let (authority, path) = after.split_once('/').unwrap_or((after, ""));
    if let Some((user, _)) = authority.rsplit_once('@') {
        parts.extend(user.split(':'));
    }
    parts.extend(path.split(['/', '?', '&', '=', '#']).filter(|part| is_opaque(part)));
    if path.len() >= PART {
        parts.push(path);
    }
    parts
}

fn is_opaque(part: &str) -> bool {
    part.len() >= 16
        || (part.len() >= PART && part.chars().any(|character| character.is_ascii_digit()))
}

/// Every window of `part`, as it is and encoded. A part of fewer than four characters is only
/// known as a whole field.
fn forms(part: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if part.chars().count() < 4 {
        return forms;
    }
    let characters: Vec<char> = part.chars().collect();
    for window in characters.windows(PART.min(characters.len())) {
        let raw: String = window.iter().collect();
        let (mut percent, mut unicode) = (String::new(), String::new());
        for byte in raw.bytes() {
            percent.push('%');
            percent.push_str(&hex::encode([byte]));
        }
        for character in window {
            unicode.push_str("\\u");
            let code = u32::from(*character).to_be_bytes();
            unicode.push_str(&hex::encode(code).split_off(4));
        }
        forms.extend([hex::encode(&raw), percent, unicode, raw]);
    }
    for skipped in 0..3 {
        // Two bytes at either end may share a base64 digit with what stands beside them.
        let padded = [vec![0; skipped], part.as_bytes().to_vec()].concat();
        for encoded in
            [BASE64_STANDARD_NO_PAD.encode(&padded), BASE64_URL_SAFE_NO_PAD.encode(&padded)]
        {
            let start = if skipped == 0 { 0 } else { skipped + 1 };
            let end = encoded.len().saturating_sub(usize::from(padded.len() % 3 != 0));
            let inner: Vec<char> = encoded.chars().take(end).skip(start).collect();
            forms.extend(inner.windows(8).map(|window| window.iter().collect::<String>()));
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests;
