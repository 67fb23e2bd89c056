//! Questions about one setting, and the words in which an answer is told.

use std::collections::BTreeSet;

use super::super::view::View;
use super::{blank, boolean, card, url};
use crate::pack::{By, Kind, Mark, Role, words};
use crate::project::{Setting, SettingValue};

impl<'a> View<'a> {
    /// Whether the answer to a question about a setting is yes.
    pub(in crate::run) fn is_so(&self, mark: Mark, setting: &Setting) -> bool {
        match mark {
            Mark::Empty => is_empty(setting),
            Mark::Exposed => setting.exposed,
            Mark::OfProvider => setting.role.is_some(),
            Mark::Signs => self.signs(setting),
            Mark::Certain => setting.home.by.is_some_and(|by| by != By::Word),
            Mark::Tracked => self.is_tracked(setting),
            Mark::Duplicate => !self.earlier(setting).is_empty(),
            Mark::Misspelt => self.is_misspelt(setting),
            Mark::OddBoolean => boolean::odd(setting).is_some(),
            Mark::CardNumber => card::is_number(setting),
            Mark::Space => blank::misplaced(setting).is_some(),
            Mark::Malformed => url::malformed(setting).is_some(),
            Mark::Placeholder => is_stand_in(self, setting),
            Mark::Sample => self.is_sample(setting),
            Mark::TestValue => self.test_value(setting).is_some(),
            Mark::Misplaced => self.is_misplaced(setting),
        }
    }

    /// What a setting does by which a question is answered with yes: the rest of a sentence that
    /// begins with its name. None where the question tells nothing by itself.
    pub(in crate::run) fn told(&self, mark: Mark, setting: &Setting) -> Option<String> {
        let plain = |text: &str| Some(text.to_owned());
        match mark {
            Mark::Empty => plain("is empty"),
            Mark::Exposed => plain("reaches browsers or phones"),
            Mark::Duplicate => plain("is set twice in one file, and the last value counts"),
            Mark::Misspelt => {
                let value = self.shown_value(setting);
                Some(format!("says {value}, which is no environment of the provider"))
            }
            Mark::OddBoolean => Some(format!(
                "says {}, {}",
                self.shown_value(setting),
                boolean::odd(setting).unwrap_or_default()
            )),
            Mark::CardNumber => plain("holds what reads as the number of a payment card"),
            Mark::Space => blank::misplaced(setting).map(str::to_owned),
            Mark::Malformed => url::malformed(setting).map(str::to_owned),
            Mark::Placeholder => plain("holds a placeholder"),
            Mark::Sample => plain("holds a published sample value"),
            Mark::TestValue => self.test_value(setting).map(|what| format!("holds {what}")),
            Mark::Misplaced => {
                Some(format!("has the shape of {}", self.shapes(setting).join(" and ")))
            }
            Mark::OfProvider | Mark::Signs | Mark::Certain | Mark::Tracked => None,
        }
    }

    /// A value that is no secret, in quotes, fit to be shown: an address without who uses it and
    /// what it asks.
    pub(in crate::run) fn shown_value(&self, setting: &Setting) -> String {
        const MOST: usize = 60;
        let secret = setting.secret
            || matches!(setting.kind, Some(Kind::Credential | Kind::PublicKey | Kind::Identifier));
        let text =
            setting.literal().filter(|_| !secret).map_or("…", |value| value.expose().trim());
        let shown = match text.split_once("://") {
            Some((scheme, rest)) => {
                let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
                let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
                let more = if host.len() < rest.len() { "/…" } else { "" };
                self.mask.shown(&format!("{scheme}://{host}{more}"))
            }
            None => self.mask.shown(text),
        };
        let cut = if shown.chars().count() > MOST { "…" } else { "" };
        let shown: String = shown.chars().take(MOST).collect();
        format!("\"{shown}{cut}\"")
    }

    /// Whether a value is a published sample of a pack in use.
    pub fn is_sample(&self, setting: &Setting) -> bool {
        if let Some(observed) = setting.observed() {
            return observed.sample;
        }
        let Some(value) = setting.literal() else { return false };
        self.in_use.iter().any(|pack| pack.publishes(value.expose().trim()))
    }

    /// What a value is, where a pack in use says that it only works in the sandbox.
    fn test_value(&self, setting: &Setting) -> Option<&'a str> {
        let value = setting.literal()?.expose();
        let name = words(&setting.name);
        let mut known = self.in_use.iter().flat_map(|pack| &pack.test_values);
        known.find(|one| one.include(&name, value)).map(|one| one.what.as_str())
    }

    /// What stands further up in the same file under the same name with another value.
    pub(in crate::run) fn earlier(&self, setting: &Setting) -> Vec<&'a Setting> {
        self.lookup.earlier(&self.project.settings, setting)
    }

    fn signs(&self, setting: &Setting) -> bool {
        let Some(role) = &setting.role else { return false };
        let signature = self.library.pack(&role.pack).and_then(|pack| pack.signature.as_ref());
        signature.is_some_and(|signature| signature.key.as_ref() == Some(role))
    }

    /// Whether git tracks a file; outside a work tree every file counts as tracked.
    pub(in crate::run) fn tracks(&self, path: &str) -> bool {
        self.tracked_paths().is_none_or(|paths| paths.contains(path))
    }

    fn is_tracked(&self, setting: &Setting) -> bool {
        // a reference is no value: what is tracked then is only where the value is kept
        setting.source.is_some() && setting.literal().is_some() && self.tracks(setting.path())
    }

    /// The paths that git tracks; none outside git, where every file counts as tracked.
    pub(in crate::run) fn tracked_paths(&self) -> Option<&BTreeSet<String>> {
        let root = self.project.tree.root();
        self.tracked.get_or_init(|| crate::project::tracked(root)).as_ref()
    }

    /// Whether a mode says what is no word of its vocabulary.
    fn is_misspelt(&self, setting: &Setting) -> bool {
        let role = setting.role.as_ref().and_then(|role| self.role(role));
        let Some((role, value)) = role.zip(setting.literal()) else { return false };
        role.kind == Kind::Mode && role.values.is_word(value.expose().trim()) == Some(false)
    }

    fn is_misplaced(&self, setting: &Setting) -> bool {
        setting.literal().is_some()
            && !self.has_own_shape(setting)
            && !self.shapes(setting).is_empty()
    }

    /// Whether a value has the shape of its own role.
    pub(in crate::run) fn has_own_shape(&self, setting: &Setting) -> bool {
        if let Some(observed) = setting.observed() {
            return observed.shape == Some(true);
        }
        let own = setting.role.as_ref().and_then(|role| self.role(role));
        own.is_some_and(|role| has_shape(role, setting))
    }

    /// Other roles of the same provider whose shape a value has.
    pub(in crate::run) fn shapes(&self, setting: &Setting) -> Vec<String> {
        let pack = setting.role.as_ref().and_then(|role| self.library.pack(&role.pack));
        pack.into_iter()
            .flat_map(|pack| pack.roles.values())
            .filter(|other| Some(&other.id) != setting.role.as_ref())
            .filter(|other| has_shape(other, setting))
            .map(|other| other.id.role.clone())
            .collect()
    }
}

/// Whether a setting holds nothing, or a word by which files say so where a provider asks for a
/// value: that a cache has no password is no slip (`REDIS_PASSWORD=null`).
pub(in crate::run) fn is_empty(setting: &Setting) -> bool {
    setting.value == SettingValue::Empty || (setting.role.is_some() && says_nothing(setting))
}

/// Whether a value is a word by which files say that there is none.
fn says_nothing(setting: &Setting) -> bool {
    const NOTHING: [&str; 4] = ["null", "nil", "none", "~"];
    let text = setting.literal().map_or("", |value| value.expose()).trim();
    NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

impl Setting {
    /// Whether it is a secret that reaches browsers or phones.
    pub(in crate::run) fn is_leaked(&self) -> bool {
        self.exposed && self.kind == Some(Kind::Credential)
    }
}

/// Whether a value has the shape of a role, by a pattern that says so or by one so telling that it
/// is of no other.
fn has_shape(role: &Role, setting: &Setting) -> bool {
    let text = setting.text().unwrap_or_default().trim();
    role.looks_like.as_ref().is_some_and(|shape| shape.is_match(text)) || role.recognises(text)
}

/// Whether a value stands in for one. A mode may well be called `test`, and what a provider lists
/// as a test value may be called `fake`: those are values.
fn is_stand_in(view: &View<'_>, setting: &Setting) -> bool {
    let is_word = setting.kind == Some(Kind::Mode) && setting.home.by == Some(By::Pattern);
    setting.is_placeholder()
        && !(is_word || says_nothing(setting))
        && view.test_value(setting).is_none()
}
