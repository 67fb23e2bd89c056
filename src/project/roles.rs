//! From a setting's name to its role, by words.

use std::collections::BTreeMap;

use super::words::class_of_word;
use crate::pack::{Kind, Library, RoleId, words};

/// Every usual name of every role, and the kinds that last words hint at.
pub(super) struct RoleIndex {
    /// By the last word of a name: its words and its role.
    roles: BTreeMap<String, Vec<(Vec<String>, RoleId)>>,
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
}

impl RoleIndex {
    /// Indexes the packs, and the names that the manifest gives to roles.
    pub(super) fn new(library: &Library, declared: &[(RoleId, String)]) -> Self {
        let mut roles: BTreeMap<String, Vec<(Vec<String>, RoleId)>> = BTreeMap::new();
        let mut kinds: BTreeMap<String, Vec<(Vec<String>, Kind)>> = BTreeMap::new();
        for pack in &library.packs {
            for role in pack.roles.values() {
                for name in &role.names {
                    let (plain, _) = split(words(name));
                    file(&mut roles, plain, role.id.clone());
                }
            }
            for (suffix, kind) in &pack.kinds {
                file(&mut kinds, suffix.clone(), *kind);
            }
        }
        for listed in roles.values_mut() {
            listed.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            listed.dedup();
        }
        for listed in kinds.values_mut() {
            listed.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let declared = declared.iter().map(|(role, name)| (words(name), role.clone())).collect();
        Self { roles, declared, kinds }
    }

    /// What `name` says.
    pub(super) fn read(&self, name: &str) -> NameSays {
        let all = words(name);
        let (plain, environment_words) = split(all.clone());
        let declared = (0..all.len())
            .find_map(|start| self.declared.get(all.get(start..).unwrap_or_default()));
        let role = declared.cloned().or_else(|| longest(&self.roles, &plain));
        let kind = if role.is_some() { None } else { longest(&self.kinds, &plain) };
        NameSays { exposed: is_exposed(name), words: plain, environment_words, role, kind }
    }
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

/// The value of the longest listed name that `words` end with.
fn longest<T: Clone>(
    index: &BTreeMap<String, Vec<(Vec<String>, T)>>,
    words: &[String],
) -> Option<T> {
    let listed = index.get(words.last()?)?;
    listed.iter().find(|(suffix, _)| words.ends_with(suffix)).map(|(_, value)| value.clone())
}

/// Words without those that name an environment, and those.
fn split(words: Vec<String>) -> (Vec<String>, Vec<String>) {
    let whole = words.clone();
    let (named, plain): (Vec<String>, Vec<String>) =
        words.into_iter().partition(|word| class_of_word(word).is_some());
    if plain.is_empty() { (whole, Vec::new()) } else { (plain, named) }
}

/// Prefixes by which bundlers copy a value into what browsers and phones get.
/// Sources: nextjs.org/docs/app/guides/environment-variables, vite.dev/guide/env-and-mode,
/// create-react-app.dev/docs/adding-custom-environment-variables,
/// docs.expo.dev/guides/environment-variables, nuxt.com/docs/guide/going-further/runtime-config.
const CLIENT_PREFIXES: [&str; 6] =
    ["NEXT_PUBLIC_", "VITE_", "REACT_APP_", "EXPO_PUBLIC_", "NUXT_PUBLIC_", "GATSBY_"];

fn is_exposed(name: &str) -> bool {
    let own = name.rsplit('.').next().unwrap_or(name);
    CLIENT_PREFIXES.iter().any(|prefix| own.starts_with(prefix))
}
