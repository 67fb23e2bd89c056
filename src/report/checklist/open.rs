//! What is not known yet: who must say it, what to ask again, what could not be told.

use std::collections::BTreeMap;

use crate::pack::{Severity, Who};
use crate::report::items::{place, weighs, with_result};
use crate::report::sheet::{Item, Mark, Part, Sheet, Word, count, first};
use crate::report::wrap::prose;
use crate::run::{CheckRun, Reason, Result, Run};

/// How many lines a list has at most; the rest is counted.
const MOST: usize = 12;
/// How many checks are named in a line.
const NAMED: usize = 3;

/// Adds what waits for a person, for a provider, or for something else.
pub(super) fn add(run: &Run, sheet: &mut Sheet) {
    sheet.gap();
    add_ask(run, sheet);
    let unknown = with_result(run, Result::Unknown);
    let is = |kind: &'static str| move |check: &&CheckRun| kind_of(check) == kind;
    let (retry, other): (Vec<_>, Vec<_>) = unknown.into_iter().partition(is(Reason::UNAVAILABLE));
    let (held, other): (Vec<_>, Vec<_>) = other.into_iter().partition(is(Reason::HELD_BACK));
    add_grouped("RETRY", "the provider's side, not yours", &retry, sheet);
    add_held(run, &held, sheet);
    add_grouped("NOT TOLD", "", &other, sheet);
    add_unread(run, sheet);
}

fn kind_of(check: &CheckRun) -> &str {
    check.reason.as_ref().map_or("", |reason| reason.kind.as_str())
}

fn detail_of(check: &CheckRun) -> String {
    check.reason.as_ref().map(|reason| prose(&reason.detail)).unwrap_or_default()
}

/// What people are asked to say, by who may say it, with what closes it.
fn add_ask(run: &Run, sheet: &mut Sheet) {
    let pending = with_result(run, Result::Pending);
    let mut groups: BTreeMap<Who, Vec<&CheckRun>> = BTreeMap::new();
    for check in pending {
        groups.entry(check.who).or_default().push(check);
    }
    for (who, checks) in groups {
        let details: Vec<String> = checks.iter().map(|check| detail_of(check)).collect();
        let shared = details.first().filter(|one| details.iter().all(|other| other == *one));
        let mut items: Vec<Item> = match shared {
            Some(_) => checks.iter().map(|check| ask(check)).collect(),
            None => checks.iter().map(|check| to_do(ask(check), detail_of(check))).collect(),
        };
        cut(&mut items, "more to confirm");
        if let Some(fix) = shared
            && let Some(last) = items.pop()
        {
            items.push(to_do(last, fix.clone()));
        }
        sheet.section("ASK", vec![who.as_str().to_owned(), weights(&checks)], items);
    }
}

fn ask(check: &CheckRun) -> Item {
    let statement = check.statement.as_ref().unwrap_or(&check.title);
    let points = check.points.iter().map(|point| Part::new(Word::Point, prose(point)));
    points
        .fold(Item::new(Mark::Open, prose(statement)).id(&check.id), |item, part| item.line([part]))
}

fn to_do(item: Item, fix: String) -> Item {
    item.line((!fix.is_empty()).then(|| Part::new(Word::Fix, fix)))
}

fn cut(items: &mut Vec<Item>, more: &str) {
    let rest = items.len().saturating_sub(MOST);
    if rest > 0 {
        items.truncate(MOST);
        items.push(Item::new(Mark::Dot, format!("{rest} {more}, in --format json")));
    }
}

/// `2 blockers, 4 majors`.
fn weights(checks: &[&CheckRun]) -> String {
    let number = |severity: Severity| {
        let same = checks.iter().filter(|check| check.severity == severity).count();
        u64::try_from(same).unwrap_or(u64::MAX)
    };
    let light = checks.iter().filter(|check| !weighs(check.severity)).count();
    let light = u64::try_from(light).unwrap_or(u64::MAX);
    let words = [
        (number(Severity::Blocker), "blocker", "blockers"),
        (number(Severity::Major), "major", "majors"),
        (light, "minor", "minor"),
    ];
    let words = words.into_iter().filter(|(number, _, _)| *number > 0);
    words.map(|(number, one, many)| count(number, one, many)).collect::<Vec<_>>().join(", ")
}

/// Checks that could not be told, one line for each reason with what closes it.
fn add_grouped(label: &'static str, note: &str, checks: &[&CheckRun], sheet: &mut Sheet) {
    let mut groups: Vec<((&str, String), Vec<&CheckRun>)> = Vec::new();
    for check in checks {
        let key = (kind_of(check), detail_of(check));
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(check),
            None => groups.push((key, vec![check])),
        }
    }
    let mut items: Vec<Item> =
        groups.iter().map(|(reason, group)| not_told(reason, group)).collect();
    cut(&mut items, "more reasons");
    let notes = [weights(checks), note.to_owned()];
    sheet.section(label, notes.into_iter().filter(|note| !note.is_empty()).collect(), items);
}

fn not_told((kind, detail): &(&str, String), group: &[&CheckRun]) -> Item {
    let text = match (kind.is_empty() || *kind == Reason::UNAVAILABLE, detail.is_empty()) {
        (true, false) => detail.clone(),
        (false, true) => (*kind).to_owned(),
        (false, false) => format!("{kind}: {detail}"),
        (true, true) => "no reason is given".to_owned(),
    };
    name_checks(Item::new(Mark::Open, text), group.iter().map(|check| check.id.to_string()))
}

/// One check at the right, several under the text.
fn name_checks(item: Item, ids: impl Iterator<Item = String>) -> Item {
    let ids: Vec<String> = ids.collect();
    match ids.as_slice() {
        [id] => item.id(id),
        ids => {
            let number = u64::try_from(ids.len()).unwrap_or(u64::MAX);
            let text = format!("{}: {}", count(number, "check", "checks"), first(NAMED, ids));
            item.line([Part::new(Word::Note, text)])
        }
    }
}

/// Live checks that were not sent because that would not have been safe, by reason.
fn add_held(run: &Run, unknown: &[&CheckRun], sheet: &mut Sheet) {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for held in &run.sent.held_back {
        groups.entry(prose(&held.why)).or_default().push(held.check.to_string());
    }
    let named = |check: &CheckRun| run.sent.held_back.iter().any(|held| held.check == check.id);
    for check in unknown.iter().filter(|check| !named(check)) {
        groups.entry(detail_of(check)).or_default().push(check.id.to_string());
    }
    let mut items: Vec<Item> = groups
        .into_iter()
        .map(|(why, ids)| name_checks(Item::new(Mark::Open, why), ids.into_iter()))
        .collect();
    cut(&mut items, "more reasons");
    sheet.section("HELD BACK", vec!["not sent, because it would not be safe".to_owned()], items);
}

/// Files that matter and could not be read: whatever stands in them was not judged.
fn add_unread(run: &Run, sheet: &mut Sheet) {
    let unread = run.looked_at.unreadable.iter();
    let mut items: Vec<Item> = unread
        .map(|note| {
            let text = format!("{}  {}", place(&note.location), prose(&note.message));
            Item::new(Mark::Open, text)
        })
        .collect();
    cut(&mut items, "more places");
    sheet.section("NOT READ", vec!["what stands there was not judged".to_owned()], items);
}
