//! Facts among the settings of a project: values that are known to be there and were never seen.
//!
//! A fact adds to what files say and takes nothing of it away.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::environment::Environment;
use super::facts::{Fact, Facts, Standing, State, salt_mark};
use super::fingerprint::Salt;
use super::home::HomeOf;
use super::manifest::Manifest;
use super::placeholder::is_placeholder;
use super::read::ProjectNote;
use super::reading::describe;
use super::roles::RoleIndex;
use super::setting::{Setting, SettingValue, StandsIn};
use crate::pack::{By, Class, Home, Library, Origin};
use crate::source::{Diagnostic, Span};

/// What is known of a value that was observed where it is used, and not seen here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Its fingerprint under the salt of the manifest.
    pub fingerprint: Option<String>,
    /// Its home by its pattern or its host.
    pub home: Option<(Home, By)>,
    /// Its scheme.
    pub scheme: Option<String>,
    /// Its host.
    pub host: Option<String>,
    /// Whether it has the shape of its role.
    pub shape: Option<bool>,
    /// Whether it stands in for a value.
    pub placeholder: bool,
    /// Whether it is a published sample.
    pub sample: bool,
    /// When it was observed.
    pub at: Timestamp,
}

/// Puts facts in force in their environments, beside what files say there.
///
/// # Errors
/// Facts of an environment whose class the project calls otherwise.
pub(super) fn put_in_force(
    all: &[Facts],
    settings: &mut Vec<Setting>,
    environments: &mut Vec<Environment>,
    (library, manifest): (&Library, &Manifest),
) -> Result<Vec<ProjectNote>, Vec<Diagnostic>> {
    let index = LazyCell::new(|| RoleIndex::new(library, &manifest.roles));
    let (mut notes, mut mistakes) = (Vec::new(), Vec::new());
    for facts in all {
        if let Some(note) = held_back(facts) {
            notes.push(note);
            continue;
        }
        let at = match place_of(facts, environments) {
            Ok(at) => at,
            Err(mistake) => {
                mistakes.push(mistake);
                continue;
            }
        };
        let same_salt = is_same_salt(facts, manifest, &mut notes);
        for fact in &facts.facts {
            let mut setting = setting(facts, fact, same_salt);
            let mut name = index.read(&fact.line.name);
            name.role = Some(fact.line.role.clone());
            describe(&mut setting, &name, library);
            setting.in_force = vec![at];
            settings.push(setting);
        }
    }
    if mistakes.is_empty() { Ok(notes) } else { Err(mistakes) }
}

/// Why facts do not count, where they do not.
fn held_back(facts: &Facts) -> Option<ProjectNote> {
    let message = match facts.standing {
        Standing::Counts => return None,
        Standing::TooOld => {
            format!("observed at {}: facts count for a day, so these do not", facts.observed.value)
        }
        Standing::NotAtThisGate => "this gate judges files alone: facts do not count".to_owned(),
    };
    Some(note(facts, facts.observed.span, message))
}

fn note(facts: &Facts, span: Span, message: String) -> ProjectNote {
    let (path, source) = (facts.source.path().to_owned(), Some(facts.source.clone()));
    ProjectNote { path, source, span, message }
}

/// The index of the environment that facts are of; a new one where nothing else speaks of it.
fn place_of(facts: &Facts, environments: &mut Vec<Environment>) -> Result<usize, Diagnostic> {
    let name = &facts.environment.value;
    let Some(at) = environments.iter().position(|known| known.name == *name) else {
        environments.push(Environment {
            name: name.clone(),
            class: facts.class,
            layers: Vec::new(),
            rule: facts.source.path().to_owned(),
            supplied: Vec::new(),
            // what else there is, nothing here says
            outside: vec![format!("what {} does not tell", facts.source.path())],
            declared: false,
        });
        return Ok(environments.len() - 1);
    };
    let own = environments.get(at).map(|known| known.class);
    if own == Some(facts.class) {
        return Ok(at);
    }
    let message = format!("the project's environment of this name is not {}", facts.class.as_str());
    let help = "observe it again, or correct its class in golive.yaml";
    Err(Diagnostic::error(&facts.source, facts.environment.span, message).with_help(help))
}

/// Whether fingerprints can be compared; that they cannot is said.
fn is_same_salt(facts: &Facts, manifest: &Manifest, notes: &mut Vec<ProjectNote>) -> bool {
    let message = match &manifest.salt {
        Some(salt) if salt_mark(salt) == facts.salt.value => return true,
        Some(_) => {
            "made with another salt than golive.yaml's, so its fingerprints say nothing: observe \
             again with this golive.yaml"
        }
        None => "golive.yaml has no salt, so its fingerprints say nothing",
    };
    notes.push(note(facts, facts.salt.span, message.to_owned()));
    false
}

fn setting(facts: &Facts, fact: &Fact, same_salt: bool) -> Setting {
    let line = &fact.line;
    let observed = Observed {
        fingerprint: line.fingerprint.clone().filter(|_| same_salt),
        home: line.home.map(|told| (told.home, told.by)),
        scheme: line.scheme.clone(),
        host: line.host.clone(),
        shape: line.shape,
        placeholder: line.placeholder,
        sample: line.sample,
        at: facts.observed.value,
    };
    let value = match line.state {
        State::Present => SettingValue::Observed(Box::new(observed)),
        State::Empty => SettingValue::Empty,
        State::Reference => {
            let text = format!("what {} names where it was observed", line.name);
            SettingValue::Reference { text, identity: false }
        }
    };
    let mut setting = Setting::new(line.name.clone(), value, &facts.source, fact.span);
    setting.origin = Origin::Observed;
    setting.stands_in = StandsIn::Environment {
        name: facts.environment.value.clone(),
        class: facts.class,
        by_name: false,
        rule: facts.source.path().to_owned(),
    };
    setting
}

/// Finds the homes of observed values, and of values that turn out to be the same.
pub(super) fn settle(settings: &mut [Setting], environments: &[Environment], manifest: &Manifest) {
    for setting in settings.iter_mut() {
        if let SettingValue::Observed(observed) = &setting.value {
            setting.home = home(setting, observed, manifest);
        }
    }
    let Some(salt) = &manifest.salt else { return };
    let claims = claims(settings, environments, salt);
    for setting in settings.iter_mut() {
        let open = matches!(setting.home.by, None | Some(By::Identity));
        let Some(key) = identity(setting, salt, &claims).filter(|_| open) else { continue };
        let Some(classes) = claims.get(&key) else { continue };
        setting.home.by = Some(By::Identity);
        setting.home.home = match classes.iter().collect::<Vec<_>>().as_slice() {
            [only] => (**only).into(),
            [] => continue,
            [..] => Home::Contested,
        };
    }
}

/// The home of an observed value by itself: its pattern, then hosts, then fingerprints.
fn home(setting: &Setting, observed: &Observed, manifest: &Manifest) -> HomeOf {
    let hint = setting.home.hint.clone();
    let told = |(home, by)| HomeOf { home, by: Some(by), told_at: None, hint: hint.clone() };
    match observed.home {
        Some((home, By::Pattern)) => return told((home, By::Pattern)),
        Some(_) if setting.home.by == Some(By::Host) => return setting.home.clone(),
        Some((home, By::Host)) => return told((home, By::Host)),
        // what rests on other settings is found here anew
        Some((_, By::Fingerprint | By::Identity | By::Word)) | None => {}
    }
    if setting.home.by.is_some() {
        return setting.home.clone();
    }
    let print = observed.fingerprint.as_ref();
    let known = manifest
        .fingerprints
        .iter()
        .find(|known| Some(&known.1) == setting.role.as_ref() && Some(&known.2) == print);
    match known {
        Some((class, _, _, span)) => {
            let (home, by, told_at) = ((*class).into(), Some(By::Fingerprint), Some(*span));
            HomeOf { home, by, told_at, hint }
        }
        None => setting.home.clone(),
    }
}

/// The slot and the fingerprint of a value.
type Identity = (String, String);

/// The classes that claim each observed value: by facts, and by files that hold it.
fn claims(
    settings: &[Setting],
    environments: &[Environment],
    salt: &Salt,
) -> BTreeMap<Identity, BTreeSet<Class>> {
    let mut claims: BTreeMap<Identity, BTreeSet<Class>> = BTreeMap::new();
    for setting in settings {
        if let SettingValue::Observed(observed) = &setting.value
            && let Some(print) = observed.fingerprint.as_ref().filter(|_| !observed.placeholder)
        {
            claims.entry((setting.slot(), print.clone())).or_default();
        }
    }
    if claims.is_empty() {
        return claims;
    }
    for setting in settings.iter().filter(|one| matches!(one.home.by, None | Some(By::Identity))) {
        let Some(key) = identity(setting, salt, &claims) else { continue };
        let classes = setting.in_force.iter().filter_map(|index| environments.get(*index));
        let classes: Vec<Class> = classes.map(|environment| environment.class).collect();
        if let Some(claim) = claims.get_mut(&key) {
            claim.extend(classes);
        }
    }
    claims
}

/// What makes a setting hold an observed value; only slots in which something was observed are
/// looked at.
fn identity(
    setting: &Setting,
    salt: &Salt,
    claims: &BTreeMap<Identity, BTreeSet<Class>>,
) -> Option<Identity> {
    let slot = setting.slot();
    let from = (slot.clone(), String::new());
    let (first, _) = claims.range(from..).next()?;
    if first.0 != slot {
        return None;
    }
    match &setting.value {
        SettingValue::Literal(value) if !is_placeholder(value.expose()) => {
            Some((slot, salt.fingerprint(value)))
        }
        SettingValue::Observed(observed) => Some((slot, observed.fingerprint.clone()?)),
        SettingValue::Literal(_) | SettingValue::Reference { .. } | SettingValue::Empty => None,
    }
}
