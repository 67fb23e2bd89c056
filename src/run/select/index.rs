//! Settings by what checks look them up by, each index built when it is first asked.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::document::Format;
use crate::pack::{Class, Kind, Origin, RoleId, words};
use crate::project::{Environment, Setting, SettingValue, digest};
use crate::source::Span;

/// Indexes into the settings of a project.
pub(in crate::run) struct Lookup {
    by_role: BTreeMap<RoleId, Vec<usize>>,
    by_kind: BTreeMap<Kind, Vec<usize>>,
    by_word: OnceLock<BTreeMap<String, Vec<usize>>>,
    earlier: OnceLock<BTreeMap<Place, Vec<usize>>>,
    declared: OnceLock<BTreeMap<Declared, usize>>,
}

/// Where a setting stands: its file and its literal there.
type Place = (String, Span);

/// A value that an environment of a class declares: its slot, what identifies it, and the class.
type Declared = (String, String, Class);

impl Lookup {
    /// Indexes roles and kinds, which nearly every check asks for.
    pub(in crate::run) fn new(settings: &[Setting]) -> Self {
        let (mut by_role, mut by_kind) = (BTreeMap::new(), BTreeMap::new());
        for (index, setting) in settings.iter().enumerate() {
            if let Some(role) = &setting.role {
                by_role.entry(role.clone()).or_insert_with(Vec::new).push(index);
            }
            if let Some(kind) = setting.kind {
                by_kind.entry(kind).or_insert_with(Vec::new).push(index);
            }
        }
        let (by_word, earlier, declared) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { by_role, by_kind, by_word, earlier, declared }
    }

    /// Settings of a role, in order of place.
    pub(in crate::run) fn of_role(&self, role: &RoleId) -> Vec<usize> {
        self.by_role.get(role).cloned().unwrap_or_default()
    }

    /// Settings of a kind, in order of place.
    pub(in crate::run) fn of_kind(&self, kind: Kind) -> Vec<usize> {
        self.by_kind.get(&kind).cloned().unwrap_or_default()
    }

    /// Settings by every word of their names.
    pub(super) fn words(&self, settings: &[Setting]) -> &BTreeMap<String, Vec<usize>> {
        self.by_word.get_or_init(|| {
            let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (index, setting) in settings.iter().enumerate() {
                let mut words = words(&setting.name);
                words.sort_unstable();
                words.dedup();
                for word in words {
                    by_word.entry(word).or_default().push(index);
                }
            }
            by_word
        })
    }

    /// Settings of the same name and another value that stand further up in the file of `setting`
    /// and that it overrides.
    pub(in crate::run) fn earlier<'s>(
        &self,
        settings: &'s [Setting],
        setting: &Setting,
    ) -> Vec<&'s Setting> {
        let earlier = self.earlier.get_or_init(|| earlier(settings));
        let known = earlier.get(&(setting.path().to_owned(), setting.span));
        let listed = known.into_iter().flatten().filter_map(|index| settings.get(*index));
        listed.filter(|other| !other.same_value(setting)).collect()
    }

    /// The first setting by which an environment of `class` declares the value of `setting`.
    pub(in crate::run) fn declaring<'s>(
        &self,
        settings: &'s [Setting],
        environments: &[Environment],
        setting: &Setting,
        class: Class,
    ) -> Option<&'s Setting> {
        let declared = self.declared.get_or_init(|| declared(settings, environments));
        let index = declared.get(&(setting.slot(), identity(setting), class))?;
        settings.get(*index)
    }
}

/// What makes the value of one setting that of another.
fn identity(setting: &Setting) -> String {
    match &setting.value {
        SettingValue::Literal(_) => setting.compared().as_ref().map_or_else(String::new, digest),
        SettingValue::Reference { text, .. } => format!("reference {text}"),
        SettingValue::Observed(observed) => {
            format!("observed {}", observed.fingerprint.as_deref().unwrap_or_default())
        }
        SettingValue::Empty => String::new(),
    }
}

fn declared(settings: &[Setting], environments: &[Environment]) -> BTreeMap<Declared, usize> {
    let mut declared = BTreeMap::new();
    for (index, setting) in settings.iter().enumerate() {
        let known = setting.in_force.iter().filter_map(|index| environments.get(*index));
        for class in known.map(|environment| environment.class) {
            declared.entry((setting.slot(), identity(setting), class)).or_insert(index);
        }
    }
    declared
}

/// Whether a name has one value in a file of this format. A script sets one as often as it likes,
/// and some files of pairs have sections that look like none.
fn names_are_unique(path: &str) -> bool {
    match Format::of_path(path) {
        Some(
            Format::Dotenv
            | Format::Yaml
            | Format::Json
            | Format::Toml
            | Format::Properties
            | Format::Ini,
        ) => true,
        Some(_) | None => false,
    }
}

/// What stands twice in one file: the places that win, with those that they override. What a merge
/// key brings in is meant to be overridden.
fn earlier(settings: &[Setting]) -> BTreeMap<Place, Vec<usize>> {
    let mut open: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    let mut earlier = BTreeMap::new();
    for (index, setting) in settings.iter().enumerate().filter(|(_, one)| one.source.is_some()) {
        let name = (setting.path(), setting.name.as_str());
        if setting.overridden {
            if setting.origin != Origin::Merged && names_are_unique(setting.path()) {
                open.entry(name).or_default().push(index);
            }
        } else if let Some(before) = open.remove(&name) {
            earlier.insert((setting.path().to_owned(), setting.span), before);
        }
    }
    earlier
}
