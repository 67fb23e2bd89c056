//! `golive/facts/v1`: what was observed inside an environment, of values that never leave it.
//!
//! A fact says that something is there and how it looks from far away. A value is only told by its
//! fingerprint under the salt of the manifest, and one that could be guessed by none.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fingerprint::{Salt, is_fingerprint};
use super::manifest::{decode_text, told};
use crate::document::{Format, Located};
use crate::pack::{By, Class, Home, Kind, Library, RoleId};
use crate::source::{Diagnostic, SourceText, Span, nearest};

/// The version of the format.
pub(super) const FACTS: &str = "golive/facts/v1";

/// How long facts count.
pub const FACTS_COUNT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// How far the clock of an environment may be ahead.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// What the salt is known by: its digest of this text.
const SALT_MARK: &[u8] = b"golive/facts/v1 salt";

/// What was observed in one environment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FactsPage {
    /// Always `golive/facts/v1`.
    pub schema: String,
    /// The tool and its version.
    pub tool: String,
    /// The environment.
    pub environment: String,
    /// Its class.
    pub class: Class,
    /// When, UTC.
    #[schemars(with = "String")]
    pub observed: Timestamp,
    /// The commit of the project, where it is known.
    pub commit: Option<String>,
    /// Which salt the fingerprints are under: 32 hex digits that tell salts apart.
    pub salt: String,
    /// The facts.
    pub facts: Vec<FactLine>,
}

/// What was observed of one name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FactLine {
    /// What it is to a provider.
    pub role: RoleId,
    /// What it is called there.
    pub name: String,
    /// Whether there is a value.
    pub state: State,
    /// What it is good for.
    pub kind: Kind,
    /// The class that its pattern or its host belongs to.
    pub home: Option<HomeLine>,
    /// Its scheme, where it is an address.
    pub scheme: Option<String>,
    /// Its host, where it is an address and no secret.
    pub host: Option<String>,
    /// Whether it has the shape of its role, where the pack knows one.
    pub shape: Option<bool>,
    /// Whether it stands in for a value (`changeme`).
    pub placeholder: bool,
    /// Whether it is a published sample.
    pub sample: bool,
    /// How many characters it has, roughly.
    pub length: Length,
    /// Its fingerprint; none where it could be guessed.
    pub fingerprint: Option<String>,
}

/// Whether there is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// There is one.
    Present,
    /// The name is set to nothing.
    Empty,
    /// What stands there only names a place (`vault:...`): the program sees no value.
    Reference,
}

/// A home as the packs tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HomeLine {
    /// The home.
    pub home: Home,
    /// How it is known: by its pattern or by its host.
    pub by: By,
}

/// How many characters a value has, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Length {
    /// None.
    #[serde(rename = "0")]
    None,
    /// Up to 11.
    #[serde(rename = "1-11")]
    Short,
    /// 12 to 31.
    #[serde(rename = "12-31")]
    Medium,
    /// 32 to 63.
    #[serde(rename = "32-63")]
    Long,
    /// 64 and more.
    #[serde(rename = "64+")]
    Longer,
}

impl Length {
    /// The length of a text.
    pub fn of(text: &str) -> Self {
        match text.chars().count() {
            0 => Self::None,
            1..=11 => Self::Short,
            12..=31 => Self::Medium,
            32..=63 => Self::Long,
            _ => Self::Longer,
        }
    }
}

/// Which salt fingerprints are under.
pub(super) fn salt_mark(salt: &Salt) -> String {
    salt.digest(SALT_MARK)
}

/// The JSON Schema of facts.
pub fn facts_schema() -> serde_json::Value {
    schemars::schema_for!(FactsPage).to_value()
}

/// Facts, read and valid.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The file.
    pub source: Arc<SourceText>,
    /// The environment, with its place.
    pub environment: Located<String>,
    /// Its class.
    pub class: Class,
    /// When they were observed, with the place that says so.
    pub observed: Located<Timestamp>,
    /// Which salt they are under, with its place.
    pub salt: Located<String>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// Whether they count in this run.
    pub standing: Standing,
}

/// One fact with the place of its name.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it says.
    pub line: FactLine,
    /// Where its name stands, inside the quotes.
    pub span: Span,
}

/// Whether facts count in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They do.
    Counts,
    /// They are older than a day.
    TooOld,
    /// The gate judges files alone.
    NotAtThisGate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenFacts {
    schema: Located<String>,
    #[serde(rename = "tool")]
    _tool: String,
    environment: Located<String>,
    class: Class,
    observed: Located<String>,
    #[serde(rename = "commit")]
    _commit: Option<String>,
    salt: Located<String>,
    facts: Vec<WrittenFact>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenFact {
    role: Located<String>,
    name: Located<String>,
    state: State,
    kind: Kind,
    home: Option<HomeLine>,
    scheme: Option<String>,
    host: Option<String>,
    shape: Option<bool>,
    placeholder: bool,
    sample: bool,
    length: Length,
    fingerprint: Option<Located<String>>,
}

impl Facts {
    /// Reads facts as of a clock.
    ///
    /// # Errors
    /// Every mistake in them, with its place.
    pub fn read(
        source: &Arc<SourceText>,
        library: &Library,
        clock: Timestamp,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (written, mistakes) = decode_text::<WrittenFacts>(source, Format::Json);
        let mut reader = Reader { source, library, mistakes };
        let Some(written) = written else {
            if reader.mistakes.is_empty() {
                reader.mistake(Span::default(), "there are no facts in it", "");
            }
            return Err(reader.mistakes);
        };
        let facts = reader.facts(written, clock);
        let unsaid = || vec![Diagnostic::error(source, Span::default(), "not facts")];
        told(facts, reader.mistakes)?.ok_or_else(unsaid)
    }

    /// When they stop counting.
    pub fn until(&self) -> Timestamp {
        self.observed.value.checked_add(FACTS_COUNT_FOR).unwrap_or(self.observed.value)
    }
}

struct Reader<'a> {
    source: &'a Arc<SourceText>,
    library: &'a Library,
    mistakes: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn facts(&mut self, written: WrittenFacts, clock: Timestamp) -> Option<Facts> {
        if written.schema.value != FACTS && !written.schema.absent {
            self.mistake(written.schema.span, "not the format of facts", &format!("it is {FACTS}"));
        }
        let hex = |text: &str| text.len() == 32 && text.bytes().all(|one| one.is_ascii_hexdigit());
        if !hex(&written.salt.value) && !written.salt.absent {
            self.mistake(written.salt.span, "not the mark of a salt", "it is 32 hex digits");
        }
        let observed = self.observed(&written.observed, clock);
        let facts = written.facts.into_iter().filter_map(|fact| self.fact(fact)).collect();
        let observed = observed?;
        let old = clock.duration_since(observed) > FACTS_COUNT_FOR;
        Some(Facts {
            source: Arc::clone(self.source),
            class: written.class,
            observed: written.observed.with(observed),
            environment: written.environment,
            salt: written.salt,
            facts,
            standing: if old { Standing::TooOld } else { Standing::Counts },
        })
    }

    fn observed(&mut self, written: &Located<String>, clock: Timestamp) -> Option<Timestamp> {
        if written.absent {
            return None;
        }
        let Ok(observed) = written.value.parse::<Timestamp>() else {
            self.mistake(written.span, "not a time", "it is written as 2026-12-31T08:00:00Z");
            return None;
        };
        if observed.duration_since(clock) > AHEAD {
            self.mistake(written.span, "observed in the future", "one of two clocks is wrong");
            return None;
        }
        Some(observed)
    }

    fn fact(&mut self, written: WrittenFact) -> Option<Fact> {
        if let Some(print) = written.fingerprint.as_ref().filter(|one| !is_fingerprint(&one.value))
        {
            self.mistake(print.span, "not a fingerprint", "it is `v1:` and 32 hex digits");
        }
        let role = self.role(&written.role)?;
        let inner = Span::new(
            written.name.span.start_offset() + 1,
            written.name.span.end_offset().saturating_sub(1),
        );
        let quoted = inner.of(self.source.text()) == written.name.value;
        Some(Fact {
            span: if quoted { inner } else { written.name.span },
            line: FactLine {
                role,
                name: written.name.value,
                state: written.state,
                kind: written.kind,
                home: written.home,
                scheme: written.scheme,
                host: written.host,
                shape: written.shape,
                placeholder: written.placeholder,
                sample: written.sample,
                length: written.length,
                fingerprint: written.fingerprint.map(|print| print.value),
            },
        })
    }

    fn role(&mut self, written: &Located<String>) -> Option<RoleId> {
        if written.absent {
            return None;
        }
        let text = &written.value;
        let role: Option<RoleId> = text.parse().ok();
        if let Some(role) = role.filter(|role| self.library.role(role).is_some()) {
            return Some(role);
        }
        let roles = self.library.packs.iter().flat_map(|pack| pack.roles.values());
        let known: Vec<String> = roles.map(|role| role.id.to_string()).collect();
        let help = nearest(text, known.iter().map(String::as_str)).map_or_else(
            || "load the pack that it was observed with: --packs".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.mistake(written.span, "no pack has this role", &help);
        None
    }

    fn mistake(&mut self, span: Span, message: &str, help: &str) {
        let mistake = Diagnostic::error(self.source, span, message);
        self.mistakes.push(if help.is_empty() { mistake } else { mistake.with_help(help) });
    }
}
