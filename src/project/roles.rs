//! From a setting's name to its role, by words.

use std::collections::BTreeMap;

use super::client::is_public_name;
use super::words::class_of_word;
use crate::pack::{Kind, Library, Pack, RoleId, words};

/// Every usual name of every role, and the kinds that last words hint at.
pub(super) struct RoleIndex {
    /// By the last word of a name: its words and its role.
    roles: BTreeMap<String, Vec<(Vec<String>, RoleId)>>,
    /// By the last word: names whose environment words say nothing of the place, with those words:
    /// of modes, and of what only one class has (`BEGINI_TEST_UID`).
    modes: BTreeMap<String, Vec<(Vec<String>, RoleId)>>,
    /// Names of the manifest: all words, as they are.
    declared: BTreeMap<Vec<String>, RoleId>,
    /// By the last word: all words of a suffix and the kind.
    kinds: BTreeMap<String, Vec<(Vec<String>, Kind)>>,
}

/// What a name says.
pub(super) struct NameSays {
    /// Its words without environment words.
    pub words: Vec<String>,
    /// Its environment words.
    pub environment_words: Vec<String>,
    /// Its role.
    pub role: Option<RoleId>,
    /// Its kind, where no role tells it.
    pub kind: Option<Kind>,
    /// Whether it is spelt for clients.
    pub exposed: bool,
    /// Whether a setting beside it is called the same but for the environment word.
    pub has_twin: bool,
    /// Whether the role was told by the value, not by the name.
    pub by_value: bool,
}

impl RoleIndex {
    /// Indexes the packs, and the names that the manifest gives to roles.
    pub(super) fn new(library: &Library, declared: &[(RoleId, String)]) -> Self {
        let mut roles: BTreeMap<String, Vec<(Vec<String>, RoleId)>> = BTreeMap::new();
        let mut kinds: BTreeMap<String, Vec<(Vec<String>, Kind)>> = BTreeMap::new();
        let mut modes: BTreeMap<String, Vec<(Vec<String>, RoleId)>> = BTreeMap::new();
        // what another pack calls its own is not for a pack of the judged tree to take
        let (own, outside): (Vec<&Pack>, Vec<&Pack>) =
            library.packs.iter().partition(|pack| pack.origin.is_of_tree());
        for pack in outside.into_iter().chain(own) {
            for role in pack.roles.values() {
                let whole = role.kind == Kind::Mode || role.only.is_some();
                let listed = if whole { &mut modes } else { &mut roles };
                for name in &role.names {
                    let all = words(name);
                    let plain = if whole { all } else { split(all).0 };
                    let taken =
                        longest(listed, &plain).is_some_and(|(_, known)| known.pack != pack.id);
                    if !(taken && pack.origin.is_of_tree()) {
                        file(listed, plain, role.id.clone());
                    }
                }
            }
            for (suffix, kind) in &pack.kinds {
                file(&mut kinds, suffix.clone(), *kind);
            }
        }
        for listed in roles.values_mut().chain(modes.values_mut()) {
            listed.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            listed.dedup();
        }
        for listed in kinds.values_mut() {
            listed.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let declared = declared.iter().map(|(role, name)| (words(name), role.clone())).collect();
        Self { roles, modes, declared, kinds }
    }

    /// Whether a name, of whatever length, is another provider's: it holds that provider's own name
    /// and ends as its settings do.
    pub(super) fn owner_beside(&self, name: &str, role: &RoleId) -> Option<RoleId> {
        let owner = self.read(name).role?;
        let names_owner = contains(&words(name), &words(&owner.pack));
        (owner.pack != role.pack && names_owner).then_some(owner)
    }

    /// Whether a process variable is so plainly of `role` that nobody has to say so: it is called
    /// as the setting usually is, or after the provider.
    pub(super) fn is_plainly_of(&self, variable: &str, role: &RoleId) -> bool {
        let (plain, _) = split(words(variable));
        let all = words(variable);
        let usual = self.roles.values().flatten().any(|(name, of)| of == role && *name == plain)
            || self.modes.values().flatten().any(|(name, of)| of == role && *name == all);
        let after = contains(&words(variable), &words(&role.pack));
        usual || (after && self.owner_beside(variable, role).is_none())
    }

    /// What `name` says.
    pub(super) fn read(&self, name: &str) -> NameSays {
        let all = words(name);
        let (plain, environment_words) = split(all.clone());
        let usual = longest(&self.roles, &plain);
        let declared = (0..all.len()).find_map(|start| {
            let end = all.get(start..)?;
            Some((end.len(), self.declared.get(end)?))
        });
        // the end of a name says less than all of it: `API_KEY` is not `BEGINI_API_KEY`
        let said = declared.filter(|(length, _)| usual.is_none_or(|(known, _)| known <= *length));
        if let Some(mode) = self.mode(&all, said.or(usual).map_or(0, |(length, _)| length)) {
            return NameSays { exposed: is_public_name(name), ..mode };
        }
        let role = said.map(|(_, role)| role).or(usual.map(|(_, role)| role)).cloned();
        let kind = if role.is_some() { None } else { longest(&self.kinds, &plain) };
        let kind = kind.map(|(_, kind)| *kind);
        NameSays {
            exposed: is_public_name(name),
            words: plain,
            environment_words,
            role,
            kind,
            has_twin: false,
            by_value: false,
        }
    }

    /// Whether a role has a name that ends with these words and is longer: what stands before them
    /// may make them its.
    pub(super) fn reaches_beyond(&self, words: &[String]) -> bool {
        let Some(last) = words.last() else { return false };
        let longer = |(name, _): &(Vec<String>, RoleId)| name.len() > words.len();
        [&self.roles, &self.modes]
            .into_iter()
            .filter_map(|listed| listed.get(last))
            .any(|listed| listed.iter().any(longer))
            || self.declared.keys().any(|name| name.len() > words.len())
    }

    /// What a name says that is a mode's or one class's, unless a longer one is known. Its own
    /// environment words say what it is about, nothing of the place; those before it do.
    fn mode(&self, all: &[String], longer: usize) -> Option<NameSays> {
        let (length, role) = longest(&self.modes, all).filter(|(length, _)| *length > longer)?;
        let (before, own) = all.split_at_checked(all.len().checked_sub(length)?)?;
        let (named, plain): (Vec<String>, Vec<String>) =
            before.iter().cloned().partition(|word| class_of_word(word).is_some());
        let words = plain.into_iter().chain(own.iter().cloned()).collect();
        let role = Some(role.clone());
        Some(NameSays {
            words,
            environment_words: named,
            role,
            kind: None,
            exposed: false,
            has_twin: false,
            by_value: false,
        })
    }
}

/// Whether `part` stands in `words` in one run.
fn contains(words: &[String], part: &[String]) -> bool {
    !part.is_empty() && words.windows(part.len()).any(|run| run == part)
}

fn file<T: PartialEq>(
    index: &mut BTreeMap<String, Vec<(Vec<String>, T)>>,
    words: Vec<String>,
    value: T,
) {
    if let Some(last) = words.last() {
        index.entry(last.clone()).or_default().push((words, value));
    }
}

/// The length and the value of the longest listed name that `words` end with.
fn longest<'i, T>(
    index: &'i BTreeMap<String, Vec<(Vec<String>, T)>>,
    words: &[String],
) -> Option<(usize, &'i T)> {
    let listed = index.get(words.last()?)?.iter();
    let fitting = listed.filter(|(suffix, _)| words.ends_with(suffix));
    // of equals the first
    fitting
        .rev()
        .max_by_key(|(suffix, _)| suffix.len())
        .map(|(suffix, value)| (suffix.len(), value))
}

/// Words without those that name an environment, and those.
fn split(words: Vec<String>) -> (Vec<String>, Vec<String>) {
    if !words.iter().any(|word| class_of_word(word).is_some()) {
        return (words, Vec::new());
    }
    let whole = words.clone();
    let (named, plain): (Vec<String>, Vec<String>) =
        words.into_iter().partition(|word| class_of_word(word).is_some());
    if plain.is_empty() { (whole, Vec::new()) } else { (plain, named) }
}
