//! What a live run would send, before anything is sent.

use std::collections::BTreeSet;

use url::Url;

use super::Style;
use super::checklist::{project, settings_from};
use super::sheet::{Block, Item, Mark, Part, Sheet, Word, count};
use super::wrap::prose;
use crate::pack::{CheckId, Class};
use crate::run::{PlannedRequest, Run};

/// Writes every request of a plan with what it carries and may create, what is held back and why,
/// and the total. Nothing of it was sent.
pub fn plan(run: &Run, style: &Style) -> String {
    written(run, style, false)
}

/// The same with a line a check, for who looks on.
pub fn plan_in_short(run: &Run, style: &Style) -> String {
    written(run, style, true)
}

fn written(run: &Run, style: &Style, short: bool) -> String {
    let (held, sent): (Vec<&PlannedRequest>, Vec<&PlannedRequest>) =
        run.sent.planned.iter().partition(|request| request.held_back.is_some());
    let mut sheet = Sheet::default();
    sheet.push(Block::Title(vec![project(run), format!("{} gate", run.gate.as_str())]));
    sheet.row("Read", settings_from(run));
    sheet.gap();
    let items = alike(&sent).into_iter().zip(1..).map(|(requests, number)| {
        let item = request_item(run, &requests);
        let lines = if short { Vec::new() } else { item.lines };
        Item { number: Some(number), lines, ..item }
    });
    sheet.section("WOULD SEND", vec![size(&sent)], items.collect());
    sheet.section("HELD BACK", vec!["would not be sent".to_owned()], held_back(run, &held));
    sheet.gap();
    sheet.row("Total", total(run, &sent));
    sheet.render(style)
}

fn size(sent: &[&PlannedRequest]) -> String {
    count(times(sent), "request", "requests")
}

fn times(sent: &[&PlannedRequest]) -> u64 {
    sent.iter().map(|request| u64::from(request.times)).sum()
}

fn line_of(request: &PlannedRequest) -> String {
    format!("{} {}", request.method, request.url)
}

/// Requests of one check to one address that carry the same, together.
fn alike<'r>(sent: &[&'r PlannedRequest]) -> Vec<Vec<&'r PlannedRequest>> {
    let mut groups: Vec<Vec<&PlannedRequest>> = Vec::new();
    let same = |one: &PlannedRequest, other: &PlannedRequest| {
        (&one.check, line_of(one), &one.environment, &one.headers)
            == (&other.check, line_of(other), &other.environment, &other.headers)
            && (&one.credential, &one.creates) == (&other.credential, &other.creates)
    };
    for request in sent {
        let known =
            groups.iter_mut().find(|group| group.first().is_some_and(|one| same(one, request)));
        match known {
            Some(group) => group.push(request),
            None => groups.push(vec![request]),
        }
    }
    groups
}

/// What is delivered.
fn delivered(requests: &[&PlannedRequest]) -> Option<String> {
    let notes: Vec<String> = requests.iter().filter_map(|one| one.note.clone()).collect();
    (!notes.is_empty()).then(|| prose(&format!("delivers {}", notes.join("; "))))
}

fn request_item(run: &Run, requests: &[&PlannedRequest]) -> Item {
    let Some(request) = requests.first() else { return Item::new(Mark::Dot, "") };
    let often = match times(requests) {
        1 => String::new(),
        times => format!("  {times} times"),
    };
    let mark = if in_production(run, request) { Mark::Major } else { Mark::Dot };
    let mut item = Item::new(mark, format!("{}{often}", line_of(request))).id(&request.check);
    item = item.line([Part::new(Word::Asks, prose(&request.title))]);
    let headers: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    item = item.line(delivered(requests).map(|text| Part::new(Word::Note, text)));
    let credential = request.credential.as_deref().unwrap_or("no credential");
    item = item.line([
        Part::new(Word::In, request.environment.as_str()),
        Part::new(Word::Carries, credential),
    ]);
    if !headers.is_empty() {
        item = item.line([Part::new(Word::Headers, headers.join(", "))]);
    }
    item.line(request.creates.as_ref().map(|what| Part::new(Word::Creates, prose(what))))
}

/// Whether production's values are used.
fn in_production(run: &Run, request: &PlannedRequest) -> bool {
    let mut seen = run.looked_at.environments.iter();
    let class = seen.find(|seen| seen.name == request.environment).map(|seen| seen.class);
    class.map_or(request.environment == "production", |class| class == Class::Production)
}

/// What would not be sent: requests with their address, other checks by their name.
fn held_back(run: &Run, held: &[&PlannedRequest]) -> Vec<Item> {
    let requests = held.iter().map(|request| {
        let why = request.held_back.as_deref().unwrap_or_default();
        let item = Item::new(Mark::Open, line_of(request)).id(&request.check);
        item.line([Part::new(Word::Because, prose(why))])
    });
    let named = |check: &CheckId| held.iter().any(|request| request.check == *check);
    let others = run.sent.held_back.iter().filter(|one| !named(&one.check));
    let others = others.map(|one| Item::new(Mark::Open, prose(&one.why)).id(&one.check));
    requests.chain(others).collect()
}

fn total(run: &Run, sent: &[&PlannedRequest]) -> Vec<String> {
    let hosts: BTreeSet<String> = sent
        .iter()
        .filter_map(|request| Url::parse(&request.url).ok()?.host_str().map(str::to_owned))
        .collect();
    let production: Vec<&PlannedRequest> =
        sent.iter().copied().filter(|request| in_production(run, request)).collect();
    if sent.is_empty() {
        return vec!["no request would be sent".to_owned(), "nothing was sent".to_owned()];
    }
    let mut facts = vec![size(sent)];
    if !hosts.is_empty() {
        facts.push(format!("to {}", hosts.into_iter().collect::<Vec<_>>().join(", ")));
    }
    facts.push(match times(&production) {
        0 => "none with values of production".to_owned(),
        number => format!("{number} with values of production (marked !)"),
    });
    facts.push("nothing was sent".to_owned());
    facts
}
