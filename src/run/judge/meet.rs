//! Which pairs of the two sides of a comparison can tell anything: their number grows with the
//! settings, not with one side times the other.

use std::collections::BTreeMap;

use super::super::view::Match;
use crate::project::{SettingValue, digest};

/// How many places of one side are named beside each place of the other that holds the same.
const NAMED: usize = 4;

/// A pair, and whether facts answer what a reference in it comes to.
pub(super) type Pairing<'m, 'a> = (&'m Match<'a>, &'m Match<'a>, bool);

/// Pairs that hold the same; each observed value with everything; each value with one reference that
/// nothing answers; and two references that differ. Two values that differ say nothing.
pub(super) fn pairs<'m, 'a>(left: &'m [Match<'a>], right: &'m [Match<'a>]) -> Vec<Pairing<'m, 'a>> {
    let sides = (Side::new(left), Side::new(right));
    let mut pairs = Vec::new();
    for (held, same) in &sides.0.by_held {
        let Some(others) = sides.1.by_held.get(held) else { continue };
        for (at, one) in same.iter().enumerate() {
            let named = if at < NAMED { others.len() } else { NAMED.min(others.len()) };
            let pair = |other: &&'m Match<'a>| {
                let answered = (sides.0.facts && one.is_answered(left))
                    || (sides.1.facts && other.is_answered(right));
                (*one, *other, answered)
            };
            pairs.extend(others.iter().take(named).map(pair));
        }
    }
    for one in &sides.0.observed {
        pairs.extend(right.iter().map(|other| (*one, other, other.is_answered(right))));
    }
    for other in &sides.1.observed {
        pairs.extend(left.iter().map(|one| (one, *other, one.is_answered(left))));
    }
    let open = (sides.0.open.first(), sides.1.open.first());
    if let Some(other) = open.1 {
        pairs.extend(sides.0.literals.iter().map(|one| (*one, *other, false)));
    }
    if let Some(one) = open.0 {
        pairs.extend(sides.1.literals.iter().map(|other| (*one, *other, false)));
    }
    if let (Some(one), Some(_)) = open {
        let differs = |other: &&&'m Match<'a>| other.setting.value != one.setting.value;
        let other = sides.1.open.iter().find(differs);
        pairs.extend(other.map(|other| (*one, *other, false)));
    }
    pairs
}

/// One side by what its settings hold.
struct Side<'m, 'a> {
    /// By the digest of the value as it is compared, or the text of a reference.
    by_held: BTreeMap<(bool, String), Vec<&'m Match<'a>>>,
    literals: Vec<&'m Match<'a>>,
    observed: Vec<&'m Match<'a>>,
    /// References that no fact answers.
    open: Vec<&'m Match<'a>>,
    /// Whether any fact could answer one.
    facts: bool,
}

impl<'m, 'a> Side<'m, 'a> {
    fn new(all: &'m [Match<'a>]) -> Self {
        let mut side = Self {
            by_held: BTreeMap::new(),
            literals: Vec::new(),
            observed: Vec::new(),
            open: Vec::new(),
            facts: all.iter().any(|found| found.setting.observed().is_some()),
        };
        for found in all {
            let held = match &found.setting.value {
                SettingValue::Literal(_) => {
                    side.literals.push(found);
                    found.setting.compared().map(|value| (true, digest(&value)))
                }
                SettingValue::Reference { text, .. } => {
                    if !(side.facts && found.is_answered(all)) {
                        side.open.push(found);
                    }
                    Some((false, text.clone()))
                }
                SettingValue::Observed(_) => {
                    side.observed.push(found);
                    None
                }
                SettingValue::Empty => None,
            };
            if let Some(held) = held {
                side.by_held.entry(held).or_default().push(found);
            }
        }
        side
    }
}
