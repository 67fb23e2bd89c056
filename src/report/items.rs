//! What a run leaves to do, in the order and by the numbers in which every format tells it.

use std::collections::BTreeMap;

use super::wrap::prose;
use crate::pack::{Severity, Who};
use crate::run::{CheckRun, Evidence, Finding, Result, Run};
use crate::source::Location;

/// `path:line:column`.
pub(super) fn place(location: &Location) -> String {
    format!("{}:{}:{}", location.path, location.line, location.column)
}

/// Whether a finding of this severity decides.
pub(super) fn weighs(severity: Severity) -> bool {
    match severity {
        Severity::Blocker | Severity::Major => true,
        Severity::Minor | Severity::Info => false,
    }
}

/// What nobody has accepted, worst first, in the order of the run within a severity.
pub(super) fn open(run: &Run) -> Vec<&Finding> {
    let mut open: Vec<&Finding> =
        run.findings.iter().filter(|finding| finding.waived.is_none()).collect();
    open.sort_by_key(|finding| finding.severity);
    open
}

/// What is to be mended before the gate can be passed, by who can mend it: whoever has the worst
/// stands first. Each has its number.
pub(super) fn to_fix(run: &Run) -> Vec<(Who, Vec<(usize, &Finding)>)> {
    let mut groups: Vec<(Who, Vec<&Finding>)> = Vec::new();
    for finding in open(run).into_iter().filter(|finding| weighs(finding.severity)) {
        match groups.iter_mut().find(|(who, _)| *who == finding.who) {
            Some((_, group)) => group.push(finding),
            None => groups.push((finding.who, vec![finding])),
        }
    }
    let mut number = 0;
    let mut next = |finding| {
        number += 1;
        (number, finding)
    };
    groups
        .into_iter()
        .map(|(who, group)| (who, group.into_iter().map(&mut next).collect()))
        .collect()
}

/// What never decides.
pub(super) fn light(run: &Run) -> Vec<&Finding> {
    open(run).into_iter().filter(|finding| !weighs(finding.severity)).collect()
}

/// What is wrong and stays so, with who takes the risk.
pub(super) fn accepted(run: &Run) -> impl Iterator<Item = (&Finding, &str)> {
    run.findings.iter().filter_map(|finding| Some((finding, finding.waived.as_deref()?)))
}

/// The checks that are due and came to `result`, weightiest first.
pub(super) fn with_result(run: &Run, result: Result) -> Vec<&CheckRun> {
    let mut checks: Vec<&CheckRun> =
        run.checks.iter().filter(|check| check.due && check.result == result).collect();
    checks.sort_by_key(|check| check.severity);
    checks
}

/// The findings of a run by their ids.
pub(super) fn by_id(run: &Run) -> BTreeMap<&str, Vec<&Finding>> {
    let mut known: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &run.findings {
        known.entry(&finding.id).or_default().push(finding);
    }
    known
}

/// What is wrong; the claim that does not hold where the finding has no words of its own.
pub(super) fn headline(finding: &Finding) -> String {
    let message = prose(&finding.message);
    let title = prose(&finding.title);
    let guess = if finding.guess { " (a guess)" } else { "" };
    if message.is_empty() { format!("does not hold: {title}") } else { format!("{message}{guess}") }
}

/// The exchange that showed a finding.
pub(super) fn exchange(finding: &Finding) -> Option<String> {
    let exchange = finding.exchange.as_ref()?;
    let note = exchange.note.as_ref().map(|note| format!("  {note}")).unwrap_or_default();
    let answer = match &exchange.fault {
        Some(fault) => fault.clone(),
        None => exchange.status.to_string(),
    };
    Some(format!("{}{note}: {answer} in {} ms", exchange.request, exchange.ms))
}

/// What a finding may show of the value at its place: `BEGINI_API_KEY = key A`.
pub(super) fn shown(finding: &Finding) -> Option<String> {
    match (&finding.setting, &finding.shown) {
        (Some(setting), Some(value)) => Some(format!("{setting} = {value}")),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    }
}

/// What a check waits for or lacks, in words.
pub(super) fn reason(check: &CheckRun) -> String {
    let Some(reason) = &check.reason else { return String::new() };
    let (kind, detail) = (prose(&reason.kind), prose(&reason.detail));
    // what waits for somebody says so already
    let kind = if kind == check.who.as_str() { String::new() } else { kind };
    match (kind.is_empty(), detail.is_empty()) {
        (false, false) => format!("{kind}: {detail}"),
        (false, true) => kind,
        (true, _) => detail,
    }
}

/// A line of evidence with its place.
pub(super) fn evidence(line: &Evidence) -> String {
    let at = line.location.as_ref().map(|at| format!(" ({})", place(at))).unwrap_or_default();
    format!("{}{at}", prose(&line.message))
}

/// Where somebody looks first for what has no place of its own: another place of the finding, the
/// place by which its provider was recognised, the first file of an environment, the manifest.
pub(super) fn nearest_place(run: &Run, finding: Option<&Finding>, pack: &str) -> Location {
    let own = finding.and_then(|finding| {
        let related = finding.related.first().map(|related| &related.location);
        finding.location.as_ref().or(related)
    });
    let recognised = || {
        let of_pack = run.packs.iter().filter(|seen| seen.id == pack);
        of_pack.chain(&run.packs).find_map(|seen| seen.at.as_ref())
    };
    if let Some(known) = own.or_else(recognised) {
        return known.clone();
    }
    let layer = run.looked_at.environments.iter().find_map(|seen| seen.layers.first());
    let path = layer.cloned().unwrap_or_else(|| "golive.yaml".to_owned());
    Location { path, line: 1, column: 1, end_line: 1, end_column: 1 }
}

/// Tells findings of one id apart: consumers drop what bears a fingerprint that they have seen.
#[derive(Default)]
pub(super) struct Ordinals<'a>(BTreeMap<&'a str, u32>);

impl<'a> Ordinals<'a> {
    /// `ID:1`, then `ID:2`.
    pub(super) fn next(&mut self, id: &'a str) -> String {
        let number = self.0.entry(id).or_default();
        *number += 1;
        format!("{id}:{number}")
    }
}
