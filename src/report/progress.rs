//! What changed between two runs, for people.

use super::sheet::{Block, Item, Mark, Part, Sheet, Word};
use super::{Shape, Style, json};
use crate::pack::Severity;
use crate::run::{Changed, Progress, Ran};

/// Writes what changed.
pub fn progress(progress: &Progress, shape: Shape, style: &Style) -> String {
    match shape {
        Shape::Table => sheet(progress).render(style),
        Shape::Json => json::text(progress),
    }
}

fn sheet(progress: &Progress) -> Sheet {
    let mut sheet = Sheet::default();
    let [old, new] = &progress.between;
    sheet.push(Block::Title(vec![format!("{}, then {}", ran(old), ran(new))]));
    sheet.push(Block::Title(vec![summary(progress)]));
    for (label, all) in lists(progress) {
        let items: Vec<Item> = all.iter().map(item).collect();
        if !items.is_empty() {
            sheet.gap();
        }
        sheet.section(label, Vec::new(), items);
    }
    sheet
}

fn ran(run: &Ran) -> String {
    let qualifier = run.qualifier.as_ref().map(|text| format!(" ({text})")).unwrap_or_default();
    let commit = run.commit.as_ref().and_then(|id| id.get(..7));
    let commit = commit.map(|id| format!(" @{id}")).unwrap_or_default();
    let day = run.clock.strftime("%-d %b %Y %H:%M UTC");
    format!("{}{qualifier}{commit} · {} gate · {day}", run.verdict.as_str(), run.gate.as_str())
}

fn lists(progress: &Progress) -> [(&'static str, &Vec<Changed>); 9] {
    [
        ("NEW", &progress.new),
        ("REOPENED", &progress.reopened),
        ("LAPSED", &progress.lapsed),
        ("LOOSENED", &progress.loosened),
        ("TIGHTENED", &progress.tightened),
        ("FIXED", &progress.fixed),
        ("ACCEPTED", &progress.accepted),
        ("CONFIRMED", &progress.confirmed),
        ("ANSWERED", &progress.answered),
    ]
}

/// One line that a ticket can hold.
fn summary(progress: &Progress) -> String {
    format!(
        "{} fixed, {} accepted, {} confirmed, {} answered, {} new, {} reopened, {} lapsed, {} rules \
         loosened",
        progress.fixed.len(),
        progress.accepted.len(),
        progress.confirmed.len(),
        progress.answered.len(),
        progress.new.len(),
        progress.reopened.len(),
        progress.lapsed.len(),
        progress.loosened.len()
    )
}

fn item(one: &Changed) -> Item {
    let mark = match one.severity {
        Some(Severity::Blocker) => Mark::Blocker,
        Some(Severity::Major) => Mark::Major,
        Some(Severity::Minor | Severity::Info) | None => Mark::Minor,
    };
    Item::new(mark, &one.says).line([Part::new(Word::Note, &one.id)])
}
