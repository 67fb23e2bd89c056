//! What is wrong: one item a mistake, by who can mend it, worst first.

use crate::pack::Severity;
use crate::report::items::{accepted, exchange, headline, light, place, to_fix};
use crate::report::sheet::{Item, Mark, Part, Sheet, Word};
use crate::report::wrap::prose;
use crate::run::{Finding, LOOSENED, Run};

/// How many light findings are listed.
const LIGHT: usize = 10;
/// How many other places are listed for a finding.
const RELATED: usize = 4;

/// Adds what is wrong, what to decide and what was accepted.
pub(super) fn add(run: &Run, sheet: &mut Sheet) {
    let groups = to_fix(run);
    for (who, findings) in &groups {
        let items = findings
            .iter()
            .map(|(number, finding)| Item { number: Some(*number), ..heavy_item(finding) })
            .collect();
        sheet.gap();
        sheet.section("FIX", vec![who.as_str().to_owned()], items);
    }
    let heavy: Vec<(usize, &Finding)> = groups.into_iter().flat_map(|(_, group)| group).collect();
    add_light(&light(run), heavy.len(), sheet);
    add_decide(&heavy, sheet);
    add_accepted(run, sheet);
}

/// How many findings are to be mended before the gate can be passed.
pub(super) fn number_to_fix(run: &Run) -> usize {
    to_fix(run).iter().map(|(_, group)| group.len()).sum()
}

fn mark(severity: Severity) -> Mark {
    match severity {
        Severity::Blocker => Mark::Blocker,
        Severity::Major => Mark::Major,
        Severity::Minor | Severity::Info => Mark::Minor,
    }
}

fn heavy_item(finding: &Finding) -> Item {
    let mut item = Item::new(mark(finding.severity), headline(finding)).id(&finding.check);
    item = item
        .line(where_it_is(finding))
        .line(exchange(finding).map(|text| Part::new(Word::Exchange, text)));
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

/// How many ids stand in one command; of more, the first.
const WAIVED: usize = 3;

/// What may be accepted instead of mended.
fn add_decide(heavy: &[(usize, &Finding)], sheet: &mut Sheet) {
    let may = |one: &Finding| one.severity == Severity::Major && *one.check.0 != *LOOSENED;
    let majors = heavy.iter().filter(|(_, one)| may(one));
    let majors: Vec<&(usize, &Finding)> = majors.collect();
    let numbers: Vec<String> = majors.iter().map(|(number, _)| number.to_string()).collect();
    if let Some((_, first)) = majors.first() {
        let ids: Vec<&str> = majors.iter().take(WAIVED).map(|(_, one)| one.id.as_str()).collect();
        let ids = if majors.len() > WAIVED { &first.id } else { &ids.join(" ") };
        let text = format!("mend, or accept until a day: golive waive {ids}");
        sheet.row("DECIDE", vec![format!("{}: {text}", numbers.join(", "))]);
    }
}

/// What is wrong and stays so, with who takes the risk.
fn add_accepted(run: &Run, sheet: &mut Sheet) {
    let items: Vec<Item> = accepted(run)
        .map(|(finding, waiver)| {
            Item::new(Mark::Dot, headline(finding))
                .id(&finding.check)
                .line([Part::new(Word::Note, waiver)])
        })
        .collect();
    sheet.section("ACCEPTED", Vec::new(), items);
}
