//! A first manifest: what was found of a project, with the reason of each guess. Told, not judged.

use std::collections::{BTreeMap, BTreeSet};

use super::view::View;
use crate::pack::{Class, HostPattern, Kind, RoleId};
use crate::project::{Environment, Mask, Setting, SettingValue, is_placeholder, unreachable};

/// What a first manifest says. What is written stands as it is; reasons are masked.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The environments.
    pub environments: Vec<DraftEnvironment>,
    /// Services, by name with their folder.
    pub services: Vec<Guess<(String, String)>>,
    /// Roles by the project's own names.
    pub roles: Vec<Guess<(RoleId, String)>>,
    /// Settings that may be what an essential role is missing.
    pub perhaps: Vec<(RoleId, String)>,
    /// Hosts of the project.
    pub hosts: Vec<Guess<(Class, String)>>,
    /// Hosts of the project that tell no class, each with why.
    pub unsettled: Vec<(String, String)>,
    /// Packs in use.
    pub packs: Vec<Guess<String>>,
}

/// A guess with its reason.
#[derive(Clone, Debug)]
pub struct Guess<T> {
    /// What is guessed.
    pub what: T,
    /// Why.
    pub why: String,
}

/// An environment of a first manifest.
#[derive(Clone, Debug)]
pub struct DraftEnvironment {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// How it is known.
    pub why: String,
    /// Its files, lowest first.
    pub layers: Vec<Guess<String>>,
    /// Roles whose values stand elsewhere.
    pub supplied: Vec<Guess<RoleId>>,
    /// Essential roles that nothing holds.
    pub missing: Vec<RoleId>,
}

/// Drafts the manifest of a project.
pub fn draft(view: &View<'_>) -> Draft {
    let indexes = 0..view.project.environments.len();
    let (hosts, unsettled) = hosts(view);
    Draft {
        environments: indexes.filter_map(|index| environment(view, index)).collect(),
        services: services(view),
        roles: roles(view),
        perhaps: perhaps(view),
        hosts,
        unsettled,
        packs: packs(view),
    }
}

/// Whether a text may be written: nothing in it is hidden where it is shown.
fn is_open(mask: &Mask, text: &str) -> bool {
    mask.hidden(text) == text
}

fn environment(view: &View<'_>, index: usize) -> Option<DraftEnvironment> {
    let known = view.environment(index)?;
    if !is_open(view.mask, &known.name) {
        return None;
    }
    let in_force: Vec<&Setting> =
        view.seen().filter(|setting| setting.in_force.contains(&index)).collect();
    let held: BTreeSet<&RoleId> = in_force.iter().filter_map(|one| one.role.as_ref()).collect();
    let essential = view.in_use.iter().flat_map(|pack| &pack.essential);
    Some(DraftEnvironment {
        name: known.name.clone(),
        class: known.class,
        why: view.mask.shown(&known.rule),
        layers: layers(view, known),
        supplied: supplied(view, &in_force),
        missing: essential.filter(|role| !held.contains(role)).cloned().collect(),
    })
}

/// The files of an environment; none where one of them cannot be written.
fn layers(view: &View<'_>, known: &Environment) -> Vec<Guess<String>> {
    let mut paths: Vec<&String> =
        known.layers.iter().filter(|path| view.project.tree.has(path)).collect();
    paths.dedup();
    if !paths.iter().all(|path| is_open(view.mask, path)) {
        return Vec::new();
    }
    let guess = |path: &&String| Guess {
        what: (*path).clone(),
        why: view.mask.shown(&view.project.rule_of_layer(known, path)),
    };
    paths.iter().map(guess).collect()
}

fn supplied(view: &View<'_>, in_force: &[&Setting]) -> Vec<Guess<RoleId>> {
    let mut supplied: BTreeMap<&RoleId, String> = BTreeMap::new();
    for setting in in_force {
        let Some(role) = &setting.role else { continue };
        if let SettingValue::Reference { text, .. } = &setting.value {
            let place = view.place_of(setting);
            let place = place.map_or_else(String::new, |at| format!(" at {}:{}", at.path, at.line));
            let text = view.mask.shown(text);
            supplied.entry(role).or_insert_with(|| format!("{text}{place}"));
        }
    }
    supplied.retain(|role, _| {
        let mut own = in_force.iter().filter(|one| one.role.as_ref() == Some(*role));
        own.all(|one| one.literal().is_none())
    });
    supplied.into_iter().map(|(role, why)| Guess { what: role.clone(), why }).collect()
}

/// Folders that each have layers of their own: two and more are services.
fn services(view: &View<'_>) -> Vec<Guess<(String, String)>> {
    let mut roots: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for environment in &view.project.environments {
        for path in &environment.layers {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            roots.entry(folder.to_owned()).or_default().insert(&environment.name);
        }
    }
    let whole = |folder: &str, owners: &BTreeSet<&str>| {
        !folder.is_empty() && owners.len() > 1 && is_open(view.mask, folder)
    };
    let apart = roots.iter().all(|(folder, owners)| whole(folder, owners));
    if roots.len() < 2 || !apart {
        return Vec::new();
    }
    let last = |folder: &str| folder.rsplit('/').next().unwrap_or(folder).to_owned();
    let different: BTreeSet<String> = roots.keys().map(|folder| last(folder)).collect();
    let called = |folder: &str| {
        if different.len() == roots.len() { last(folder) } else { folder.to_owned() }
    };
    roots
        .iter()
        .map(|(folder, owners)| {
            let owners: Vec<&str> = owners.iter().copied().collect();
            let why = view.mask.shown(&format!("has files of {}", owners.join(", ")));
            Guess { what: (called(folder), folder.clone()), why }
        })
        .collect()
}

/// Roles that the project calls by one longer name of its own.
fn roles(view: &View<'_>) -> Vec<Guess<(RoleId, String)>> {
    let mut own: BTreeMap<&RoleId, BTreeMap<String, &Setting>> = BTreeMap::new();
    for setting in view.seen() {
        let Some(role) = setting.role.as_ref().and_then(|id| view.role(id)) else { continue };
        if let Some(name) = setting.own_name(&role.names) {
            own.entry(&role.id).or_default().entry(name).or_insert(setting);
        }
    }
    own.into_iter()
        .filter_map(|(role, names)| {
            let mut names = names.into_iter();
            let (name, setting) = names.next().filter(|(name, _)| is_open(view.mask, name))?;
            let at = view.place_of(setting)?;
            let why = format!("{} at {}:{}", view.name_of(setting), at.path, at.line);
            names.next().is_none().then_some(Guess { what: (role.clone(), name), why })
        })
        .collect()
}

fn perhaps(view: &View<'_>) -> Vec<(RoleId, String)> {
    let essential = view.in_use.iter().flat_map(|pack| &pack.essential);
    let unseen = essential.filter(|role| view.of_role(role).all(|one| one.in_force.is_empty()));
    unseen
        .filter_map(|role| {
            let candidates = view.candidates(std::slice::from_ref(role));
            (!candidates.is_empty()).then(|| (role.clone(), candidates.join(" or ")))
        })
        .collect()
}

/// What hosts of the project tell: the class whose environments alone name them.
type Hosts = (Vec<Guess<(Class, String)>>, Vec<(String, String)>);

fn hosts(view: &View<'_>) -> Hosts {
    let mut found: BTreeMap<String, (BTreeSet<Class>, &Setting)> = BTreeMap::new();
    for setting in view.seen() {
        let Some(host) = setting.host().filter(|host| is_own(view, setting, host)) else {
            continue;
        };
        let classes = setting.in_force.iter().filter_map(|index| view.environment(*index));
        let classes: Vec<Class> = classes.map(|known| known.class).collect();
        found.entry(host).or_insert_with(|| (BTreeSet::new(), setting)).0.extend(classes);
    }
    let (mut hosts, mut unsettled) = (Vec::new(), Vec::new());
    for (host, (classes, setting)) in found {
        let place = view.place_of(setting);
        let place = place.map_or_else(String::new, |at| format!(" at {}:{}", at.path, at.line));
        let why = format!("{}{place}", view.name_of(setting));
        let hint =
            setting.home.hint.as_ref().and_then(|hint| Some((hint.class, hint.word.as_deref()?)));
        let classes: Vec<Class> = classes.into_iter().collect();
        match (classes.as_slice(), hint) {
            ([class], Some((hinted, word))) if hinted != *class => {
                let why = format!("{why} stands in {}, and says \"{word}\"", class.as_str());
                unsettled.push((host, why));
            }
            ([class], _) => hosts.push(Guess { what: (*class, host), why }),
            _ => unsettled.push((host, format!("{why} stands in both classes"))),
        }
    }
    (hosts, unsettled)
}

/// Whether a host is the project's own and may be written: no provider's, and one that the outside
/// can reach.
fn is_own(view: &View<'_>, setting: &Setting, host: &str) -> bool {
    let kind = matches!(setting.kind, Some(Kind::WebhookUrl | Kind::Url | Kind::Host));
    let listed = |patterns: &[HostPattern]| patterns.iter().any(|one| one.matches(host, ""));
    let known = view.library.packs.iter().any(|pack| {
        pack.knows_host(host)
            || pack.hosts.refused.iter().any(|(pattern, _)| pattern.matches(host, ""))
            || pack.hosts.lists.values().any(|list| listed(list))
    });
    kind && host.contains('.')
        && !known
        && unreachable(host).is_none()
        && !is_placeholder(host)
        && !setting.text().is_some_and(is_placeholder)
        && is_open(view.mask, host)
}

/// The packs in use; none where only the one of every project is.
fn packs(view: &View<'_>) -> Vec<Guess<String>> {
    let why = |id: &str| {
        let seen = view.project.recognised.iter().find(|seen| seen.pack == id);
        seen.map_or_else(|| "always".to_owned(), |seen| view.mask.shown(&seen.by))
    };
    let mut ids: Vec<&str> = view.in_use.iter().map(|pack| &*pack.id).collect();
    ids.sort_by_key(|id| (*id != "core", *id));
    ids.into_iter().map(|id| Guess { what: id.to_owned(), why: why(id) }).collect()
}
