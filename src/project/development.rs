//! The environment that nobody names: what a project runs with where none of its environments is
//! chosen, told by what production overrides.

use std::collections::{BTreeMap, BTreeSet};

use super::environment::{Environment, FilePlace};
use super::purpose::Purpose;
use super::setting::{Setting, StandsIn};
use crate::pack::Class;

/// What it is called.
pub(super) const NAME: &str = "development";

/// Puts in force what stands in bases that only production builds on and is overridden there: it
/// can be for no other than development. What production takes over from its base is for both, and
/// says nothing.
pub(super) fn implied(
    settings: &mut [Setting],
    files: &BTreeMap<String, FilePlace>,
    index: usize,
) -> Option<Environment> {
    let family = |setting: &Setting| files.get(setting.path()).map(|file| &*file.says.family);
    let mut classes: BTreeMap<&str, BTreeSet<Class>> = BTreeMap::new();
    for setting in settings.iter().filter(|setting| setting.purpose == Purpose::Live) {
        if let (StandsIn::Environment { class, .. }, Some(family)) =
            (&setting.stands_in, family(setting))
        {
            classes.entry(family).or_default().insert(*class);
        }
    }
    let only_production = BTreeSet::from([Class::Production]);
    let mut layers: BTreeSet<String> = BTreeSet::new();
    let mut found: Vec<usize> = Vec::new();
    for (at, setting) in settings.iter().enumerate() {
        let is_base = setting.purpose == Purpose::Live
            && setting.stands_in == StandsIn::Shared
            && family(setting).and_then(|family| classes.get(family)) == Some(&only_production);
        if is_base && !setting.overridden && setting.in_force.is_empty() {
            layers.insert(setting.path().to_owned());
            found.push(at);
        }
    }
    for at in &found {
        if let Some(setting) = settings.get_mut(*at) {
            setting.in_force.push(index);
        }
    }
    (!found.is_empty()).then(|| Environment {
        name: NAME.to_owned(),
        class: Class::Sandbox,
        layers: layers.into_iter().collect(),
        rule: "what production overrides".to_owned(),
        supplied: Vec::new(),
        declared: false,
        outside: Vec::new(),
    })
}
