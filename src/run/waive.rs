//! Accepting what is wrong: a waiver names findings, and holds until its last day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::outcome::{Finding, Note};
use super::view::View;
use crate::pack::Severity;
use crate::project::Waiver;
use crate::source::Span;

/// What the waivers of a manifest came to.
#[derive(Default)]
pub(super) struct Accepted {
    /// Waivers that accept nothing, each with why.
    pub notes: Vec<Note>,
    /// The last day of the first of those that accept something.
    pub until: Option<Date>,
}

/// Marks the findings that are accepted.
pub(super) fn waive(view: &View<'_>, findings: &mut [Finding]) -> Accepted {
    let mut accepted = Accepted::default();
    for waiver in &view.project.manifest.waivers {
        let waiving = Waiving { view, waiver };
        if let Some(why) = waiving.refused() {
            accepted.notes.extend(waiving.note(waiver.span, &why));
            continue;
        }
        for (id, span) in &waiver.findings {
            let meant = findings.iter_mut().filter(|finding| finding.id == *id);
            if let Some(why) = waiving.accept(meant, id, &mut accepted.until) {
                accepted.notes.extend(waiving.note(*span, &why));
            }
        }
    }
    accepted
}

struct Waiving<'v, 'a> {
    view: &'v View<'a>,
    waiver: &'v Waiver,
}

impl Waiving<'_, '_> {
    /// Why the waiver accepts nothing at all, whatever it names.
    fn refused(&self) -> Option<String> {
        let waiver = self.waiver;
        if self.view.project.manifest.salt.is_none() {
            // without it an id says nothing of the value, and would accept the next one, too
            return Some("accepts nothing without a salt: fingerprints.salt".to_owned());
        }
        let told =
            [("owner", &waiver.owner), ("reason", &waiver.reason), ("ticket", &waiver.ticket)];
        if let Some((what, _)) = told.iter().find(|(_, text)| text.trim().is_empty()) {
            return Some(format!("accepts nothing without a named {what}"));
        }
        (self.view.today() > waiver.until)
            .then(|| format!("is expired: it held until {}", waiver.until))
    }

    /// Accepts the findings of one id; why not, where none is.
    fn accept<'f>(
        &self,
        meant: impl Iterator<Item = &'f mut Finding>,
        id: &str,
        lapse: &mut Option<Date>,
    ) -> Option<String> {
        let mut meant = meant.peekable();
        if meant.peek().is_none() {
            return Some(format!("{} matches nothing that this run found", self.shown(id)));
        }
        let mut refused = None;
        for finding in meant {
            if finding.severity == Severity::Blocker
                && let Some(why) = self.not_approved()
            {
                refused = Some(format!("{} is a blocker: {why}", self.shown(id)));
                continue;
            }
            let Waiver { owner, until, ticket, .. } = self.waiver;
            let (owner, ticket) = (self.shown(owner), self.shown(ticket));
            finding.waived.get_or_insert_with(|| format!("{owner} until {until}: {ticket}"));
            *lapse = Some(lapse.map_or(*until, |known| known.min(*until)));
        }
        refused
    }

    /// Why the waiver may not accept a blocker.
    fn not_approved(&self) -> Option<String> {
        let known: BTreeSet<&str> =
            self.view.project.manifest.approvers.iter().map(|name| name.trim()).collect();
        let approver = self.waiver.approved_by.as_deref().map(str::trim).unwrap_or_default();
        if approver.is_empty() {
            Some("it needs approved-by".to_owned())
        } else if approver.to_lowercase() == self.waiver.owner.trim().to_lowercase() {
            Some("its owner may not approve it".to_owned())
        } else if known.contains(approver) {
            None
        } else {
            Some(format!("{} is not among policy.approvers", self.shown(approver)))
        }
    }

    fn shown(&self, text: &str) -> String {
        self.view.mask.shown(text)
    }

    fn note(&self, span: Span, why: &str) -> Option<Note> {
        let source = self.view.project.manifest.source.as_ref()?;
        let location = self.view.masked(source.location(span));
        Some(Note { location, message: format!("waiver {why}") })
    }
}
