//! A setting: one configuration value, where it stands and how it got there.

use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, OnceLock};

use super::home::HomeOf;
use super::observed::Observed;
use super::placeholder::is_placeholder;
use super::purpose::Purpose;
use super::section::Scope;
use super::user_info::is_misread;
use crate::pack::{Class, Kind, Origin, RoleId};
use crate::source::{Location, Secret, SourceText, Span};

/// One configuration value.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts about one value")]
pub struct Setting {
    /// The name as it is written, keys joined by `.`: foreign text.
    pub name: String,
    /// The words of the name without environment words.
    pub words: Vec<String>,
    /// Its value.
    pub value: SettingValue,
    /// The file, or none for a process variable.
    pub source: Option<Arc<SourceText>>,
    /// The literal to edit.
    pub span: Span,
    /// How the value came to its place, nearest to the literal first.
    pub trail: Vec<Step>,
    /// How it came to its value.
    pub origin: Origin,
    /// What its file is there for.
    pub purpose: Purpose,
    /// What the structure around it says of its environment.
    pub(super) scope: Scope,
    /// The words of what it is called in its own environment, whatever it was found under.
    pub(super) key: String,
    /// The environment that the place itself speaks of.
    pub stands_in: StandsIn,
    /// Whether the same key stands again further down and wins.
    pub overridden: bool,
    /// Environments in whose profile it is in force, as indexes.
    pub in_force: Vec<usize>,
    /// What it is to a provider.
    pub role: Option<RoleId>,
    /// What it could be to several providers by the shape of its value, where nothing settles it.
    pub candidates: Vec<RoleId>,
    /// What it is good for.
    pub kind: Option<Kind>,
    /// Whether the kind was guessed from the name.
    pub kind_is_guess: bool,
    /// Whether the value reaches a client.
    pub exposed: bool,
    /// Whether the value is never shown.
    pub secret: bool,
    /// The class the value belongs to.
    pub home: HomeOf,
    /// The text of the reference that its value was, before it was resolved.
    pub(super) referred: Option<Box<str>>,
    /// The address in the value, once it was asked for.
    pub(super) address: Address,
}

/// An address that is read once, and printed nowhere: it may hold a password.
#[derive(Clone, Default)]
pub(super) struct Address(OnceLock<Option<url::Url>>);

impl Debug for Address {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("Address(…)")
    }
}

/// The URL that a text is, where it is one with a host.
fn address(text: &str) -> Option<url::Url> {
    let text = text.trim();
    let (_, after) = text.split_once("://")?;
    if is_misread(after) {
        return None;
    }
    let url = url::Url::parse(text).ok()?;
    (url.has_host() && matches!(url.scheme(), "http" | "https" | "ws" | "wss")).then_some(url)
}

/// What a setting holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingValue {
    /// A value, as the program would see it.
    Literal(Secret),
    /// A value that stands elsewhere.
    Reference {
        /// The text of the reference.
        text: String,
        /// Whether two readers of this text get the same value (a vault path does, a process
        /// variable does not).
        identity: bool,
    },
    /// A value that was observed where it is used, and is not seen here.
    Observed(Box<Observed>),
    /// Nothing.
    Empty,
}

/// A step on a value's way.
#[derive(Clone, Debug)]
pub struct Step {
    /// `alias`, `merge`, `interpolation`, `default`, `layer`.
    pub what: &'static str,
    /// Where.
    pub source: Arc<SourceText>,
    /// Where in it.
    pub span: Span,
}

/// What a place says of its environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandsIn {
    /// It is of this environment.
    Environment {
        /// The name.
        name: String,
        /// The class.
        class: Class,
        /// Whether a word of the setting's own name says so.
        by_name: bool,
        /// By what else it is known, in a few words.
        rule: String,
    },
    /// It is a layer of all environments of its family.
    Shared,
    /// Nothing tells.
    Unclassified,
}

impl Setting {
    /// A setting of a file of which no more is known than what stands there.
    pub(super) fn new(
        name: String,
        value: SettingValue,
        source: &Arc<SourceText>,
        span: Span,
    ) -> Self {
        Self { source: Some(Arc::clone(source)), span, ..Self::of_process(name, value) }
    }

    /// A process variable.
    pub(super) fn of_process(name: String, value: SettingValue) -> Self {
        Self {
            key: crate::pack::words(&name).join(" "),
            name,
            words: Vec::new(),
            value,
            source: None,
            span: Span::default(),
            trail: Vec::new(),
            origin: Origin::Written,
            purpose: Purpose::Live,
            scope: Scope::File,
            stands_in: StandsIn::Unclassified,
            overridden: false,
            in_force: Vec::new(),
            role: None,
            candidates: Vec::new(),
            kind: None,
            kind_is_guess: false,
            exposed: false,
            secret: false,
            home: HomeOf::default(),
            referred: None,
            address: Address::default(),
        }
    }

    /// The text that is written there, whatever a reference in it came to.
    pub fn written(&self) -> Option<&str> {
        self.referred.as_deref().or_else(|| self.text())
    }

    /// The literal value, where there is one.
    pub fn literal(&self) -> Option<&Secret> {
        match &self.value {
            SettingValue::Literal(value) => Some(value),
            SettingValue::Reference { .. } | SettingValue::Observed(_) | SettingValue::Empty => {
                None
            }
        }
    }

    /// What was observed of its value, where that is all that is known of it.
    pub fn observed(&self) -> Option<&Observed> {
        match &self.value {
            SettingValue::Observed(observed) => Some(observed),
            SettingValue::Literal(_) | SettingValue::Reference { .. } | SettingValue::Empty => None,
        }
    }

    /// Whether its value can be told from another: it is seen, or known by its fingerprint.
    pub fn is_told_apart(&self) -> bool {
        self.literal().is_some() || self.observed().is_some_and(|one| one.fingerprint.is_some())
    }

    /// Whether its value only stands in for one.
    pub fn is_placeholder(&self) -> bool {
        match self.observed() {
            Some(observed) => observed.placeholder,
            None => self.literal().is_some_and(|value| is_placeholder(value.expose())),
        }
    }

    /// Whether anything stands there: a value, a reference, or what was observed.
    pub fn is_there(&self) -> bool {
        self.value != SettingValue::Empty
    }

    /// Where it stands; none for a process variable.
    pub fn location(&self) -> Option<Location> {
        self.source.as_ref().map(|source| source.location(self.span))
    }

    /// The path of its file; empty for a process variable.
    pub fn path(&self) -> &str {
        self.source.as_ref().map_or("", |source| source.path())
    }

    /// What settings are compared by across layers: the role, else the words of the name.
    pub fn slot(&self) -> String {
        self.role.as_ref().map_or_else(|| self.words.join(" "), ToString::to_string)
    }

    /// The text that stands there, resolved where it could be.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            SettingValue::Literal(value) => Some(value.expose()),
            SettingValue::Reference { text, .. } => Some(text),
            SettingValue::Observed(_) | SettingValue::Empty => None,
        }
    }

    /// The literal as it is compared with others: without blanks around it, and a URL in one
    /// spelling (`https://HOST:443/x` is `https://host/x`).
    pub fn compared(&self) -> Option<Secret> {
        let text = self.literal()?.expose().trim();
        Some(self.url().map_or_else(|| Secret::new(text), |url| Secret::new(url.as_str())))
    }

    /// Whether two settings hold one value, or refer to one text.
    pub fn same_value(&self, other: &Self) -> bool {
        match (self.compared(), other.compared()) {
            (Some(one), Some(other)) => one == other,
            _ => match (self.observed(), other.observed()) {
                (Some(one), Some(other)) => {
                    one.fingerprint.is_some() && one.fingerprint == other.fingerprint
                }
                _ => self.value == other.value,
            },
        }
    }

    /// The URL in the value, where it is one with a host; `https://host/${ID}` counts too.
    pub fn url(&self) -> Option<&url::Url> {
        self.address.0.get_or_init(|| self.text().and_then(address)).as_ref()
    }

    /// Replaces the value, as what it stood for is now known.
    pub(super) fn come_to(&mut self, value: SettingValue) {
        self.value = value;
        self.address = Address::default();
    }

    /// The scheme of the URL in the value.
    pub fn scheme(&self) -> Option<String> {
        match self.observed() {
            Some(observed) => observed.scheme.clone(),
            None => self.url().map(|url| url.scheme().to_owned()),
        }
    }

    /// The host in the value: of a URL, or the value itself where its kind is a host.
    pub fn host(&self) -> Option<String> {
        if let Some(observed) = self.observed() {
            return observed.host.clone();
        }
        if let Some(url) = self.url() {
            return url.host_str().map(|host| host.trim_end_matches('.').to_ascii_lowercase());
        }
        if self.kind != Some(Kind::Host) {
            return None;
        }
        let text = self.literal()?.expose().trim();
        let host = text.split(['/', ':']).next().unwrap_or_default();
        (!host.is_empty()).then(|| host.trim_end_matches('.').to_ascii_lowercase())
    }
}
