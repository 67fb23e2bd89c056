//! Two profiles side by side, with the places of what stands in them.

use super::sheet::{Block, Columns, Grid, Sheet, count};
use super::{Shape, Style, json};
use crate::run::{Compared, Comparison, Profile, Relation, Stands};

/// Writes a comparison.
pub fn diff(comparison: &Comparison, shape: Shape, style: &Style) -> String {
    match shape {
        Shape::Table => sheet(comparison).render(style),
        Shape::Json => json::text(comparison),
    }
}

fn sheet(comparison: &Comparison) -> Sheet {
    let mut sheet = Sheet::default();
    let [left, right] = &comparison.between;
    sheet.push(Block::Title(vec![
        comparison.project.clone(),
        format!("{} beside {}", named(left), named(right)),
    ]));
    sheet.gap();
    if !comparison.settings.is_empty() {
        sheet.push(Block::Table(Grid {
            heads: vec![
                "setting".to_owned(),
                "is".to_owned(),
                left.name.clone(),
                right.name.clone(),
            ],
            rows: comparison.settings.iter().map(row).collect(),
            columns: Columns::Texts,
        }));
        sheet.gap();
    }
    sheet.push(Block::Title(summary(comparison)));
    sheet
}

fn named(profile: &Profile) -> String {
    let class = profile.class.as_str();
    if profile.name == class { class.to_owned() } else { format!("{} ({class})", profile.name) }
}

fn row(compared: &Compared) -> Vec<String> {
    let name = compared.role.as_ref().map_or_else(|| compared.name.clone(), ToString::to_string);
    let [left, right] = &compared.sides;
    vec![name, compared.relation.as_str().to_owned(), side(left), side(right)]
}

/// What stands on one side, each with its place below it.
fn side(side: &[Stands]) -> String {
    let mut lines = Vec::new();
    for one in side.iter().take(MOST) {
        lines.push(one.shown.clone());
        lines.extend(
            one.location.as_ref().map(|at| format!("{}:{}:{}", at.path, at.line, at.column)),
        );
    }
    if side.len() > MOST {
        lines.push(format!("and {} more", side.len() - MOST));
    }
    if lines.is_empty() { "-".to_owned() } else { lines.join("\n") }
}

/// So many settings of one side are listed.
const MOST: usize = 3;

fn summary(comparison: &Comparison) -> Vec<String> {
    let number = u64::try_from(comparison.settings.len()).unwrap_or(u64::MAX);
    let mut facts = vec![count(number, "setting", "settings")];
    let of = |relation| comparison.tally.get(&relation).copied().unwrap_or_default();
    for relation in [Relation::Same, Relation::Different, Relation::Reference] {
        if of(relation) > 0 {
            facts.push(format!("{} {}", of(relation), relation.as_str()));
        }
    }
    for (index, profile) in comparison.between.iter().enumerate() {
        let missing = |one: &&Compared| one.sides.get(index).is_some_and(Vec::is_empty);
        let number = comparison.settings.iter().filter(missing).count();
        if number > 0 {
            facts.push(format!("{number} missing in {}", profile.name));
        }
    }
    facts
}
