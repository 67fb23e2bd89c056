//! `golive.confirmations.yaml`: what named persons vouch for, and until when.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::authors::Committed;
use super::day::{DAY_HELP, day_of};
use super::fingerprint::Salt;
use super::manifest::{decode_yaml, told};
use crate::document::Located;
use crate::pack::{CheckId, Library};
use crate::source::{Diagnostic, SourceText, Span, nearest};

/// The file as it is written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenConfirmations {
    /// What its digests are under, where golive.yaml has no salt: at least 16 random characters.
    #[serde(default)]
    salt: Option<Located<String>>,
    /// One entry a statement; the last one of a check counts.
    confirmations: Option<Vec<Located<WrittenConfirmation>>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenConfirmation {
    /// The check whose statement is answered.
    check: Located<String>,
    /// Whether the statement is true.
    answer: Answer,
    /// Who says so.
    by: Located<String>,
    /// In which role.
    role: Located<String>,
    /// The day it was said.
    date: Located<String>,
    /// The last day it holds.
    until: Located<String>,
    /// Where the proof is kept.
    #[serde(default)]
    evidence: Option<String>,
    /// One salted digest per covered setting: when it differs, the statement lapses.
    #[serde(default)]
    settings: BTreeMap<String, String>,
    /// Covered settings without a digest: a change of theirs goes unseen.
    #[serde(default)]
    not_watched: Vec<String>,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The statement is true.
    Yes,
    /// It is not.
    No,
}

/// What a person said.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// The check.
    pub check: CheckId,
    /// The answer.
    pub answer: Answer,
    /// Who: foreign text.
    pub by: String,
    /// In which role.
    pub role: String,
    /// The day.
    pub date: Date,
    /// The last day it holds.
    pub until: Date,
    /// Where the proof is kept.
    pub evidence: Option<String>,
    /// Digests by `ENVIRONMENT ROLE`.
    pub settings: BTreeMap<String, String>,
    /// What has no digest, as `ENVIRONMENT ROLE`.
    pub not_watched: Vec<String>,
    /// Who committed the lines of the entry.
    pub committed: Committed,
    /// The file.
    pub source: Arc<SourceText>,
    /// Where the check is named.
    pub span: Span,
    /// The whole entry.
    pub entry: Span,
}

impl Confirmation {
    /// Whether another entry says the same under the same name.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let of = |one: &Self| {
            (one.check.clone(), one.answer, one.by.clone(), one.role.clone(), one.date, one.until)
        };
        of(self) == of(other) && self.settings == other.settings
    }
}

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct Confirmations {
    /// Its own salt.
    pub salt: Option<Salt>,
    /// Its entries.
    pub all: Vec<Confirmation>,
}

/// Reads the file.
///
/// # Errors
/// Every mistake in it, with its place.
pub(super) fn read(
    source: &Arc<SourceText>,
    library: &Library,
) -> Result<Confirmations, Vec<Diagnostic>> {
    let (written, mistakes) = decode_yaml::<WrittenConfirmations>(source);
    let mut reader = Reader { source, library, mistakes };
    let mut read = Confirmations::default();
    if let Some(written) = written {
        read.salt = written.salt.and_then(|salt| reader.salt(&salt));
        let entries = written.confirmations.unwrap_or_default();
        read.all = entries.into_iter().filter_map(|entry| reader.entry(entry)).collect();
    }
    told(read, reader.mistakes)
}

struct Reader<'a> {
    source: &'a Arc<SourceText>,
    library: &'a Library,
    mistakes: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn salt(&mut self, written: &Located<String>) -> Option<Salt> {
        let salt = Salt::new(&written.value);
        if let Err(why) = &salt
            && !written.absent
        {
            self.mistakes.push(Diagnostic::error(self.source, written.span, why));
        }
        salt.ok()
    }

    fn entry(&mut self, entry: Located<WrittenConfirmation>) -> Option<Confirmation> {
        let (whole, entry) = (entry.span, entry.value);
        if entry.check.absent || entry.date.absent || entry.until.absent {
            return None;
        }
        let known = self.knows(&entry.check);
        self.says(&entry.by, "a person is named here");
        self.says(&entry.role, "a role is named here");
        let dates = (self.day(&entry.date), self.day(&entry.until));
        let (Some(date), Some(until)) = dates else { return None };
        known.then(|| Confirmation {
            check: CheckId(entry.check.value.into()),
            answer: entry.answer,
            by: entry.by.value,
            role: entry.role.value,
            date,
            until,
            evidence: entry.evidence,
            settings: entry.settings,
            not_watched: entry.not_watched,
            committed: Committed::Outside,
            source: Arc::clone(self.source),
            span: entry.check.span,
            entry: whole,
        })
    }

    fn knows(&mut self, check: &Located<String>) -> bool {
        let known = || self.library.checks.iter().map(|check| &*check.id.0);
        if known().any(|id| *id == *check.value) {
            return true;
        }
        let help = nearest(&check.value, known()).map_or_else(
            || "`golive list` shows the checks".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("there is no check `{}`", check.value);
        let mistake = Diagnostic::error(self.source, check.span, message).with_help(help);
        self.mistakes.push(mistake);
        false
    }

    fn says(&mut self, text: &Located<String>, what: &str) {
        if text.value.trim().is_empty() && !text.absent {
            self.mistakes.push(Diagnostic::error(self.source, text.span, what));
        }
    }

    fn day(&mut self, written: &Located<String>) -> Option<Date> {
        day(self.source, written).map_err(|mistake| self.mistakes.push(mistake)).ok()
    }
}

/// A day of a file.
///
/// # Errors
/// That it is none, at the part that is wrong.
pub(super) fn day(source: &Arc<SourceText>, written: &Located<String>) -> Result<Date, Diagnostic> {
    day_of(&written.value).map_err(|wrong| {
        let literal = written.span.of(source.text());
        let start = written.span.start_offset();
        let at = literal.find(&written.value).map_or(written.span, |before| {
            Span::new(start + before + wrong.at.start, start + before + wrong.at.end)
        });
        Diagnostic::error(source, at, wrong.message).with_help(DAY_HELP)
    })
}
