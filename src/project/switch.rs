//! Settings that stand once for each environment side by side, told apart by a word of their names:
//! `payPublicIdSandbox` and `payPublicIdLive`.

use std::collections::{BTreeMap, BTreeSet};

use super::roles::NameSays;
use super::section::Scope;
use super::setting::Setting;
use super::words::class_of_word;
use crate::pack::Class;

/// Marks the settings of one file whose name has a twin for the other class: their environment word
/// says where they belong, whoever's they are.
pub(super) fn tell(settings: &mut [(Setting, NameSays)]) {
    let mut twins: BTreeMap<(String, Scope), BTreeSet<Class>> = BTreeMap::new();
    for (setting, name) in settings.iter() {
        if let Some((key, class)) = slot(setting, name) {
            twins.entry(key).or_default().insert(class);
        }
    }
    twins.retain(|_, classes| classes.len() > 1);
    if twins.is_empty() {
        return;
    }
    for (setting, name) in settings.iter_mut() {
        name.has_twin = slot(setting, name).is_some_and(|(key, _)| twins.contains_key(&key));
    }
}

/// What a setting is called apart from its one environment word, and that word's class.
fn slot(setting: &Setting, name: &NameSays) -> Option<((String, Scope), Class)> {
    let [word] = name.environment_words.as_slice() else { return None };
    let class = class_of_word(word)?;
    let plain = setting.key.split(' ').filter(|one| one != word).collect::<Vec<_>>().join(" ");
    (!plain.is_empty()).then(|| ((plain, setting.scope.clone()), class))
}
