//! One mistake, one item: findings of one place become one, under the most specific check.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::judgement::{Judgement, Key, Raw};
use super::outcome::{Finding, Related};
use super::view::View;
use crate::pack::{Area, Check, CheckId, Differ, Severity, Subject};
use crate::source::Location;

/// The items of a run, worst first; and for every check the ids of the items that it has part in.
pub(super) fn items(
    view: &View<'_>,
    judged: &[(&Check, Judgement)],
) -> (Vec<Finding>, BTreeMap<CheckId, Vec<String>>) {
    let mut places: BTreeMap<Key, Vec<(&Check, &Raw)>> = BTreeMap::new();
    for (check, judgement) in judged {
        let literals: BTreeSet<&Location> =
            judgement.findings.iter().filter_map(|raw| raw.location.as_ref()).collect();
        for raw in judgement.findings.iter().filter(|raw| !repeats(raw, &literals)) {
            places.entry(raw.key.clone()).or_default().push((check, raw));
        }
    }
    let mut findings = Vec::new();
    let mut parts: BTreeMap<CheckId, Vec<String>> = BTreeMap::new();
    for (_, mut same) in places {
        // what is known speaks before what is guessed
        same.sort_by_key(|(check, raw)| (raw.guess, rank(check)));
        let Some(((check, raw), others)) = same.split_first() else { continue };
        let finding = item(view, check, raw, others);
        for (check, _) in &same {
            parts.entry(check.id.clone()).or_default().push(finding.id.clone());
        }
        findings.push(finding);
    }
    findings.sort_by(worst_first);
    (findings, parts)
}

/// The order of findings: the worst first, then by place.
pub(super) fn worst_first(one: &Finding, other: &Finding) -> Ordering {
    let key = |finding: &Finding| {
        (
            finding.severity,
            finding.location.is_none(),
            finding.location.clone(),
            finding.check.clone(),
            finding.id.clone(),
        )
    };
    key(one).cmp(&key(other))
}

/// The id of a finding that is known by its check and its words alone.
pub(super) fn plain_id(check: &CheckId, message: &str) -> String {
    let mut hash = Sha256::new();
    for part in [&*check.0, message] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize().get(..8).unwrap_or_default())
}

/// Whether a finding only repeats what the same check finds at one of the literals: its value is
/// that of another setting, as in `VITE_KEY=${KEY}`, and mended there.
fn repeats(raw: &Raw, literals: &BTreeSet<&Location>) -> bool {
    raw.trail.iter().any(|step| step.what == "interpolation" && literals.contains(&step.location))
}

/// What can stop a launch first, then the most specific check: one that refines, then a pack's before core's, then one about an
/// environment before one about the whole tree, then the one with more conditions, then by id.
fn rank(check: &Check) -> (bool, bool, bool, bool, std::cmp::Reverse<usize>, CheckId) {
    let conditions = match &check.subject {
        Subject::Forbid(selector)
        | Subject::Require { selector, .. }
        | Subject::Setting { selector, .. } => selector.specificity(),
        Subject::Differ(Differ { .. }) => 2,
        Subject::Agree(_)
        | Subject::Dependency { .. }
        | Subject::Source(_)
        | Subject::History(_)
        | Subject::Library(_)
        | Subject::Parity(_)
        | Subject::Probe(_)
        | Subject::Delivery(_)
        | Subject::Look(_)
        | Subject::Confirm(_)
        | Subject::Evidence(_)
        | Subject::Rules(_) => 1,
    };
    (
        check.severity > Severity::Major,
        check.refines.is_none(),
        check.id.pack() == "core",
        matches!(&check.subject, Subject::Forbid(selector) if selector.area != Area::Profiles),
        std::cmp::Reverse(conditions),
        check.id.clone(),
    )
}

fn item(view: &View<'_>, check: &Check, raw: &Raw, others: &[(&Check, &Raw)]) -> Finding {
    let weight = |check: &Check, raw: &Raw| {
        let severity = raw.severity.unwrap_or(check.severity);
        let light = raw.guess || check.only_warns;
        if light { severity.max(Severity::Minor) } else { severity }
    };
    let severity = others
        .iter()
        .map(|(check, raw)| weight(check, raw))
        .fold(weight(check, raw), Severity::min);
    let mut also: Vec<CheckId> = others.iter().map(|(check, _)| check.id.clone()).collect();
    also.sort();
    also.dedup();
    also.retain(|id| *id != check.id);
    let provider = match check.id.pack() {
        "core" => raw.role.as_ref().map(|role| role.pack.clone()),
        pack => Some(pack.to_owned()),
    };
    Finding {
        id: id(view, check, raw),
        check: check.id.clone(),
        also,
        title: check.title.clone(),
        severity,
        step: check.step,
        message: raw.message.clone(),
        why: check.why.clone(),
        fix: check.fix.clone(),
        links: check.links.clone(),
        who: check.who,
        environment: raw.environment.clone(),
        service: raw.location.as_ref().and_then(|at| view.service_of(&at.path)),
        provider,
        role: raw.role.clone(),
        setting: raw.setting.clone(),
        shown: raw.shown.clone(),
        belongs_to: raw.belongs_to.clone(),
        location: raw.location.clone(),
        related: related(raw, others),
        trail: raw.trail.clone(),
        exchange: raw.exchange.clone(),
        guess: raw.guess && others.iter().all(|(_, raw)| raw.guess),
        waived: None,
        waived_until: None,
    }
}

/// The other places of all findings of one place, each once.
fn related(raw: &Raw, others: &[(&Check, &Raw)]) -> Vec<Related> {
    let mut related = raw.related.clone();
    for other in others.iter().flat_map(|(_, raw)| &raw.related) {
        if !related.iter().any(|known| known.location == other.location) {
            related.push(other.clone());
        }
    }
    related.retain(|other| Some(&other.location) != raw.location.as_ref());
    related
}

/// The id of a finding: no line and no path goes into it. Without a salt the value stays out of
/// it, too.
fn id(view: &View<'_>, check: &Check, raw: &Raw) -> String {
    let value = view.project.manifest.salt.as_ref().map_or_else(String::new, |salt| {
        if raw.identity.is_empty() { String::new() } else { salt.digest(raw.identity.as_bytes()) }
    });
    let subject = raw
        .role
        .as_ref()
        .map_or_else(|| raw.setting.clone().unwrap_or_default(), ToString::to_string);
    let mut hash = Sha256::new();
    let service = raw.location.as_ref().and_then(|at| view.service_of(&at.path));
    let service = service.as_deref().unwrap_or_default();
    let environment = raw.environment.as_deref().unwrap_or_default();
    for part in [&*check.id.0, service, environment, &subject, &value] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize().get(..8).unwrap_or_default())
}

impl View<'_> {
    /// The service whose folder holds a path as it is shown, where the manifest names services.
    pub fn service_of(&self, path: &str) -> Option<String> {
        self.project
            .manifest
            .services
            .iter()
            .map(|(name, root)| (name, self.mask.hidden(root)))
            .filter(|(_, root)| {
                path.strip_prefix(root.as_str()).is_some_and(|rest| rest.starts_with('/'))
            })
            .max_by_key(|(_, root)| root.len())
            .map(|(name, _)| self.mask.shown(name))
    }
}
