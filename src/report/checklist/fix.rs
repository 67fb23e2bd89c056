//! What is wrong: one item a mistake, by who can mend it, worst first.

use super::head::{place, weighs};
use crate::pack::{Severity, Who};
use crate::report::sheet::{Item, Mark, Part, Sheet, Word};
use crate::report::wrap::prose;
use crate::run::{Finding, Run};

/// How many light findings are listed.
const LIGHT: usize = 10;
/// How many other places are listed for a finding.
const RELATED: usize = 4;

/// Adds what is wrong, what to decide and what was accepted.
pub(super) fn add(run: &Run, sheet: &mut Sheet) {
    let (heavy, light): (Vec<&Finding>, Vec<&Finding>) =
        open(run).into_iter().partition(|finding| weighs(finding.severity));
    let mut number = 0;
    for (who, findings) in by_who(&heavy) {
        let mut items = Vec::new();
        for finding in findings {
            number += 1;
            items.push(Item { number: Some(number), ..heavy_item(finding) });
        }
        sheet.gap();
        sheet.section("FIX", vec![who.as_str().to_owned()], items);
    }
    add_light(&light, number, sheet);
    add_decide(&heavy, sheet);
    add_accepted(run, sheet);
}

/// What nobody has accepted, in the order of the run within a severity.
fn open(run: &Run) -> Vec<&Finding> {
    let mut open: Vec<&Finding> =
        run.findings.iter().filter(|finding| finding.waived.is_none()).collect();
    open.sort_by_key(|finding| finding.severity);
    open
}

/// How many findings are to be mended before the gate can be passed.
pub(super) fn to_fix(run: &Run) -> usize {
    open(run).into_iter().filter(|finding| weighs(finding.severity)).count()
}

/// Findings by who can mend them; whoever has the worst stands first.
fn by_who<'a>(findings: &[&'a Finding]) -> Vec<(Who, Vec<&'a Finding>)> {
    let mut groups: Vec<(Who, Vec<&'a Finding>)> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|(who, _)| *who == finding.who) {
            Some((_, group)) => group.push(finding),
            None => groups.push((finding.who, vec![finding])),
        }
    }
    groups
}

fn mark(severity: Severity) -> Mark {
    match severity {
        Severity::Blocker => Mark::Blocker,
        Severity::Major => Mark::Major,
        Severity::Minor | Severity::Info => Mark::Minor,
    }
}

/// What is wrong; the claim that does not hold where the finding has no words of its own.
fn headline(finding: &Finding) -> String {
    let message = prose(&finding.message);
    let title = prose(&finding.title);
    let guess = if finding.guess { " (a guess)" } else { "" };
    if message.is_empty() { format!("does not hold: {title}") } else { format!("{message}{guess}") }
}

fn heavy_item(finding: &Finding) -> Item {
    let mut item = Item::new(mark(finding.severity), headline(finding)).id(&finding.check);
    item = item.line(where_it_is(finding)).line(exchange(finding));
    for other in finding.related.iter().take(RELATED) {
        let text = format!("{}  {}", place(&other.location), prose(&other.message));
        item = item.line([Part::new(Word::With, text.trim_end())]);
    }
    let more = finding.related.len().saturating_sub(RELATED);
    if more > 0 {
        item = item.line([Part::new(Word::With, format!("{more} more places"))]);
    }
    item = item.line(way(finding));
    let fix = prose(&finding.fix);
    item.line((!fix.is_empty()).then(|| Part::new(Word::Fix, fix)))
}

fn where_it_is(finding: &Finding) -> Vec<Part> {
    let text = |word, text: &Option<String>| text.as_ref().map(|text| Part::new(word, text));
    let parts = [
        finding.location.as_ref().map(|at| Part::new(Word::Place, place(at))),
        text(Word::Setting, &finding.setting),
        text(Word::Value, &finding.shown),
        text(Word::BelongsTo, &finding.belongs_to),
        also(finding),
    ];
    parts.into_iter().flatten().collect()
}

fn exchange(finding: &Finding) -> Option<Part> {
    let exchange = finding.exchange.as_ref()?;
    let note = exchange.note.as_ref().map(|note| format!("  {note}")).unwrap_or_default();
    let answer = match &exchange.fault {
        Some(fault) => fault.clone(),
        None => exchange.status.to_string(),
    };
    let text = format!("{}{note}: {answer} in {} ms", exchange.request, exchange.ms);
    Some(Part::new(Word::Exchange, text))
}

/// How the value came to its place.
fn way(finding: &Finding) -> Option<Part> {
    let steps: Vec<String> = finding
        .trail
        .iter()
        .map(|step| format!("{} {}", step.what, place(&step.location)))
        .collect();
    (!steps.is_empty()).then(|| Part::new(Word::By, steps.join(", ")))
}

fn also(finding: &Finding) -> Option<Part> {
    let ids: Vec<String> = finding.also.iter().map(ToString::to_string).collect();
    (!ids.is_empty()).then(|| Part::new(Word::Also, ids.join(", ")))
}

/// Minor findings and remarks, a line each: they never decide.
fn add_light(light: &[&Finding], before: usize, sheet: &mut Sheet) {
    let mut items: Vec<Item> = Vec::new();
    for (index, finding) in light.iter().take(LIGHT).enumerate() {
        let at = finding.location.as_ref().map(|at| format!("{}  ", place(at))).unwrap_or_default();
        let item = Item::new(Mark::Minor, format!("{at}{}", headline(finding))).id(&finding.check);
        items.push(Item { number: Some(before + index + 1), ..item });
    }
    let more = light.len().saturating_sub(LIGHT);
    if more > 0 {
        items.push(Item::new(Mark::Minor, format!("{more} more, in --format json")));
    }
    sheet.section("MINOR", vec!["never decides".to_owned()], items);
}

/// What may be accepted instead of mended.
fn add_decide(heavy: &[&Finding], sheet: &mut Sheet) {
    let majors = heavy.iter().zip(1..).filter(|(one, _)| one.severity == Severity::Major);
    let numbers: Vec<String> = majors.map(|(_, number): (_, usize)| number.to_string()).collect();
    if !numbers.is_empty() {
        let text = "mend, or accept with owner, reason and date (golive.yaml, waivers)";
        sheet.row("DECIDE", vec![format!("{}: {text}", numbers.join(", "))]);
    }
}

/// What is wrong and stays so, with who takes the risk.
fn add_accepted(run: &Run, sheet: &mut Sheet) {
    let items: Vec<Item> = run
        .findings
        .iter()
        .filter_map(|finding| Some((finding, finding.waived.as_ref()?)))
        .map(|(finding, waiver)| {
            Item::new(Mark::Dot, headline(finding))
                .id(&finding.check)
                .line([Part::new(Word::Note, waiver)])
        })
        .collect();
    sheet.section("ACCEPTED", Vec::new(), items);
}
