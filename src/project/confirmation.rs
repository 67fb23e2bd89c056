//! `golive.confirmations.yaml`: what named persons vouch for, and until when.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::manifest::{decode_yaml, told};
use crate::document::Located;
use crate::pack::{CheckId, Library};
use crate::source::{Diagnostic, SourceText, Span, nearest};

/// The file as it is written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenConfirmations {
    /// One entry a statement; the last one of a check counts.
    confirmations: Vec<WrittenConfirmation>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenConfirmation {
    /// The check whose statement is answered.
    check: Located<String>,
    /// Whether the statement is true.
    answer: Answer,
    /// Who says so.
    by: String,
    /// In which role.
    role: String,
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
    /// The file.
    pub source: Arc<SourceText>,
    /// Where the entry is written.
    pub span: Span,
}

/// Reads the file.
///
/// # Errors
/// Every mistake in it, with its place.
pub(super) fn read(
    source: &Arc<SourceText>,
    library: &Library,
) -> Result<Vec<Confirmation>, Vec<Diagnostic>> {
    let (written, mut mistakes) = decode_yaml::<WrittenConfirmations>(source);
    let mut confirmations = Vec::new();
    for entry in written.map_or_else(Vec::new, |written| written.confirmations) {
        if entry.check.absent || entry.date.absent || entry.until.absent {
            continue;
        }
        if !library.checks.iter().any(|check| *check.id.0 == *entry.check.value) {
            let known = library.checks.iter().map(|check| &*check.id.0);
            let help = nearest(&entry.check.value, known).map_or_else(
                || "`golive list` shows the checks".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("there is no check `{}`", entry.check.value);
            mistakes.push(Diagnostic::error(source, entry.check.span, &message).with_help(&help));
            continue;
        }
        let dates = (day(source, &entry.date), day(source, &entry.until));
        match dates {
            (Ok(date), Ok(until)) => confirmations.push(Confirmation {
                check: CheckId(entry.check.value.into()),
                answer: entry.answer,
                by: entry.by,
                role: entry.role,
                date,
                until,
                evidence: entry.evidence,
                settings: entry.settings,
                source: Arc::clone(source),
                span: entry.check.span,
            }),
            (date, until) => mistakes.extend([date.err(), until.err()].into_iter().flatten()),
        }
    }
    told(confirmations, mistakes)
}

fn day(source: &Arc<SourceText>, written: &Located<String>) -> Result<Date, Diagnostic> {
    written.value.parse::<Date>().map_err(|fault| {
        let message = format!("not a date: {fault}");
        Diagnostic::error(source, written.span, &message).with_help("write it as 2026-12-31")
    })
}
