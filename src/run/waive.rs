//! Accepting what is wrong: a waiver names findings, and holds until its last day.

use jiff::civil::Date;

use super::outcome::{Finding, Note};
use super::view::View;
use crate::pack::Severity;
use crate::project::{Author, Committed, Waiver};
use crate::source::Span;

/// What the waivers of a manifest came to.
#[derive(Default)]
pub(super) struct Accepted {
    /// Waivers that accept nothing, each with why.
    pub notes: Vec<Note>,
    /// Waivers that accept something and end soon, each with when.
    pub ending: Vec<Note>,
    /// The last day of the first of those that accept something.
    pub until: Option<Date>,
}

/// Marks the findings that are accepted.
pub(super) fn waive(view: &View<'_>, findings: &mut [Finding]) -> Accepted {
    let mut accepted = Accepted::default();
    if view.asked.no_waivers {
        return accepted;
    }
    for waiver in &view.project.manifest.waivers {
        let waiving = Waiving { view, waiver };
        if let Some(why) = waiving.refused() {
            accepted.notes.extend(waiving.note(waiver.span, &why));
            continue;
        }
        let mut lapse = None;
        for (id, span) in &waiver.findings {
            let meant = findings.iter_mut().filter(|finding| finding.id == *id);
            if let Some(why) = waiving.accept(meant, id, &mut lapse) {
                accepted.notes.extend(waiving.note(*span, &why));
            }
        }
        if let Some(ends) = lapse.and_then(|until| view.ends_soon(until)) {
            let (owner, ticket) = (waiving.shown(&waiver.owner), waiving.shown(&waiver.ticket));
            accepted
                .ending
                .extend(waiving.note(waiver.span, &format!("of {owner} ({ticket}) {ends}")));
        }
        accepted.until = accepted.until.into_iter().chain(lapse).min();
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
        if !is_id(id) {
            let why = "is no id of a finding: findings are accepted one by one";
            return Some(format!("{} {why}", self.shown(id)));
        }
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
            if finding.waived.is_none() {
                finding.waived = Some(format!("{owner} until {until}: {ticket}"));
                finding.waived_until = Some(*until);
            }
            *lapse = Some(lapse.map_or(*until, |known| known.min(*until)));
        }
        refused
    }

    /// Why the waiver may not accept a blocker.
    fn not_approved(&self) -> Option<String> {
        let approver = self.waiver.approved_by.as_deref().map(str::trim).unwrap_or_default();
        if approver.is_empty() {
            return Some("it needs approved-by".to_owned());
        }
        if Author::named(&self.waiver.owner).is(approver) {
            return Some("its owner may not approve it".to_owned());
        }
        let approvers = &self.view.project.manifest.approvers;
        let Some(known) = approvers
            .iter()
            .map(|(known, _)| known)
            .find(|known| Author::named(known).is(approver))
        else {
            return Some(format!("{} is not among policy.approvers", self.shown(approver)));
        };
        match &self.waiver.committed {
            Committed::Outside => None,
            Committed::No => Some("it is not committed, so its author cannot be told".to_owned()),
            Committed::CutOff => {
                Some("its author is not in this clone: fetch the whole history".to_owned())
            }
            Committed::By(authors) => {
                let own = authors.iter().any(|author| author.is(approver) || author.is(known));
                own.then(|| format!("{} committed it and may not approve it", self.shown(approver)))
            }
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

/// Whether a text is written like the id of a finding.
fn is_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// How many days before its end a word that the verdict rests on is said to end.
const SOON: i64 = 14;

impl View<'_> {
    /// When something that holds until a day ends, if that is soon: `ends in 9 days, on 2026-01-24`.
    pub(super) fn ends_soon(&self, until: Date) -> Option<String> {
        let left = self.today().until(until).ok()?.get_days();
        match i64::from(left) {
            0 => Some(format!("ends today, {until} in UTC")),
            1 => Some(format!("ends tomorrow, {until} in UTC")),
            left if (0..=SOON).contains(&left) => Some(format!("ends in {left} days, on {until}")),
            _ => None,
        }
    }
}
