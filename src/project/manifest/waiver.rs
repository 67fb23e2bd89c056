//! Accepted risks.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::reader::Reader;
use crate::document::Located;
use crate::project::authors::Committed;
use crate::project::confirmation::day;
use crate::source::Span;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct WrittenWaiver {
    /// Ids of the findings that are accepted.
    pub(super) findings: Vec<Located<String>>,
    /// Who carries the risk.
    pub(super) owner: String,
    /// Why it is carried.
    pub(super) reason: String,
    /// Where it is tracked.
    pub(super) ticket: String,
    /// The last day it holds.
    pub(super) until: Located<String>,
    /// Who agreed.
    #[serde(default)]
    pub(super) approved_by: Option<String>,
}

/// An accepted risk.
#[derive(Debug)]
pub struct Waiver {
    /// The findings, each with its place.
    pub findings: Vec<(String, Span)>,
    /// Who carries it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// Where it is tracked.
    pub ticket: String,
    /// The last day.
    pub until: Date,
    /// Who agreed.
    pub approved_by: Option<String>,
    /// Who committed its lines.
    pub committed: Committed,
    /// Where its last day is written.
    pub span: Span,
    /// The whole entry.
    pub entry: Span,
}

impl Reader<'_> {
    pub(super) fn waiver(&mut self, written: Located<WrittenWaiver>) -> Option<Waiver> {
        let (entry, written) = (written.span, written.value);
        if written.until.absent {
            return None;
        }
        let until = day(self.source, &written.until);
        let until = until.map_err(|mistake| self.mistakes.push(mistake)).ok()?;
        Some(Waiver {
            findings: written.findings.into_iter().map(|id| (id.value, id.span)).collect(),
            owner: written.owner,
            reason: written.reason,
            ticket: written.ticket,
            until,
            approved_by: written.approved_by,
            committed: Committed::Outside,
            span: written.until.span,
            entry,
        })
    }
}
