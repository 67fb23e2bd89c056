//! Two profiles side by side: what is the same, what differs, what one of them lacks. Told, not
//! judged; values of secrets are shown by their letters alone.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::view::View;
use crate::pack::{Class, RoleId};
use crate::project::{Setting, SettingValue};
use crate::source::Location;

/// Two profiles side by side. All text in it is masked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Always `golive/diff/v1`.
    pub schema: String,
    /// The name of the project's folder.
    pub project: String,
    /// The two environments.
    pub between: [Profile; 2],
    /// Every setting in force in one of them: those with a role first, then by name.
    pub settings: Vec<Compared>,
    /// How many settings there are of each relation.
    pub tally: BTreeMap<Relation, u64>,
}

/// One of the two.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
}

/// A setting on both sides.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Compared {
    /// What it is to a provider.
    pub role: Option<RoleId>,
    /// Its name: as it is written, or the words that both sides have in common.
    pub name: String,
    /// How the two sides stand to each other.
    pub relation: Relation,
    /// What stands on each side, nothing where it is missing.
    pub sides: [Vec<Stands>; 2],
}

/// A setting on one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stands {
    /// What may be shown of its value: `key A`, `https://api.lender.co.ke/…`, `set`.
    pub shown: String,
    /// Where it stands.
    pub location: Option<Location>,
}

/// How the two sides stand to each other.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// One value stands on both sides, or one reference that names one value.
    Same,
    /// No value stands on both sides.
    Different,
    /// Only one side has it.
    Missing,
    /// A value stands elsewhere, so that nothing can be said.
    Reference,
}

impl Relation {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Missing => "missing",
            Self::Reference => "reference",
        }
    }
}

/// Compares the profiles of two environments, by their indexes.
pub fn compare(view: &View<'_>, between: (usize, usize)) -> Option<Comparison> {
    let profile = |index: usize| {
        let environment = view.environment(index)?;
        Some(Profile { name: view.mask.shown(&environment.name), class: environment.class })
    };
    let (left, right) = (by_slot(view, between.0), by_slot(view, between.1));
    let slots: BTreeSet<&Slot> = left.keys().chain(right.keys()).collect();
    let none = Vec::new();
    let settings: Vec<Compared> = slots
        .into_iter()
        .map(|slot| {
            let sides = [left.get(slot).unwrap_or(&none), right.get(slot).unwrap_or(&none)];
            compared(view, sides)
        })
        .collect();
    let mut tally = BTreeMap::new();
    for setting in &settings {
        *tally.entry(setting.relation).or_default() += 1;
    }
    Some(Comparison {
        schema: "golive/diff/v1".to_owned(),
        project: view.mask.shown(&view.project.tree.name()),
        between: [profile(between.0)?, profile(between.1)?],
        settings,
        tally,
    })
}

/// What settings are put side by side by: roles before names.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    has_no_role: bool,
    slot: String,
}

fn by_slot<'a>(view: &View<'a>, index: usize) -> BTreeMap<Slot, Vec<&'a Setting>> {
    let mut slots: BTreeMap<Slot, Vec<&Setting>> = BTreeMap::new();
    let settings = view.project.settings.iter();
    for setting in settings.filter(|setting| setting.in_force.contains(&index)) {
        let slot = Slot { has_no_role: setting.role.is_none(), slot: setting.slot() };
        slots.entry(slot).or_default().push(setting);
    }
    slots
}

fn compared(view: &View<'_>, sides: [&Vec<&Setting>; 2]) -> Compared {
    let names: BTreeSet<&str> = sides.iter().copied().flatten().map(|one| &*one.name).collect();
    let first = sides.iter().copied().flatten().next();
    let name = match names.len() {
        0 | 1 => names.first().map_or("", |name| name).to_owned(),
        _ => first.map(|setting| setting.words.join(" ")).unwrap_or_default(),
    };
    Compared {
        role: first.and_then(|setting| setting.role.clone()),
        name: view.mask.shown(&name),
        relation: relation(sides[0], sides[1]),
        sides: sides.map(|side| {
            let mut stands: Vec<Stands> = side.iter().map(|one| stands(view, one)).collect();
            stands.dedup();
            stands
        }),
    }
}

fn relation(left: &[&Setting], right: &[&Setting]) -> Relation {
    if left.is_empty() || right.is_empty() {
        return Relation::Missing;
    }
    let equal = left.iter().any(|one| right.iter().any(|other| is_same(one, other)));
    let open = |one: &&Setting| matches!(one.value, SettingValue::Reference { .. });
    if equal {
        Relation::Same
    } else if left.iter().chain(right).any(open) {
        Relation::Reference
    } else {
        Relation::Different
    }
}

/// Whether two settings surely come to one value.
fn is_same(one: &Setting, other: &Setting) -> bool {
    match &one.value {
        SettingValue::Reference { identity: false, .. } => false,
        SettingValue::Reference { identity: true, .. }
        | SettingValue::Literal(_)
        | SettingValue::Observed(_)
        | SettingValue::Empty => one.same_value(other),
    }
}

fn stands(view: &View<'_>, setting: &Setting) -> Stands {
    let shown = match &setting.value {
        SettingValue::Empty => "empty".to_owned(),
        SettingValue::Literal(_) | SettingValue::Reference { .. } | SettingValue::Observed(_) => {
            view.labels.shown(setting, view.mask).unwrap_or_else(|| "set".to_owned())
        }
    };
    Stands { shown, location: view.place_of(setting) }
}
