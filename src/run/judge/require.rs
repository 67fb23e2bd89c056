//! `require`: something like this exists.

use super::super::judgement::{Judgement, Key, Raw};
use super::super::outcome::{Basis, Evidence, Related, Result};
use super::super::select::is_empty;
use super::super::view::{Match, View};
use super::differ::{is_essential, not_found};
use super::unset::Unset;
use super::weakest::Weakest;
use crate::pack::{Check, Class, Each, EnvironmentName, Mark, Pack, Role, RoleId, Selector};
use crate::project::{Setting, SettingValue};

/// Judges the claim that a selector finds something, once or for each of what.
pub(super) fn judge(
    view: &View<'_>,
    check: &Check,
    selector: &Selector,
    each: Option<Each>,
) -> Judgement {
    let mut wanted = wanted(view, check, selector, each);
    let mut excuse = None;
    wanted.retain(|one| {
        let excused = view.excused(&one.environment);
        let asked = excused.is_none();
        excuse = excused.or(excuse.take());
        asked
    });
    if let Some(excuse) = excuse.filter(|_| wanted.is_empty()) {
        return excuse;
    }
    if wanted.is_empty()
        && let Some(judgement) = view.absence(&selector.environment)
    {
        return judgement;
    }
    if wanted.is_empty() {
        return Judgement::other(Result::Skipped, "not used here", "nothing asks for it");
    }
    let mut told = Told::default();
    for one in &wanted {
        let found: Vec<Match<'_>> =
            view.select(check, one).into_iter().filter(|found| !is_empty(found.setting)).collect();
        if let Some(first) = found.first().filter(|_| !is_passed_on(view, one, &found)) {
            told.basis.and(seen(&found));
            told.evidence.push(present(view, *first));
        } else {
            told.add(missing(view, check, one, each));
        }
    }
    told.into_judgement()
}

/// What several selectors came to together.
#[derive(Default)]
struct Told {
    findings: Vec<Raw>,
    evidence: Vec<Evidence>,
    untold: Option<Judgement>,
    unused: Option<String>,
    basis: Weakest,
}

impl Told {
    fn add(&mut self, missing: Missing) {
        match missing {
            Missing::Untold(judgement) => {
                self.untold.get_or_insert(judgement);
            }
            Missing::Unused(role) => self.unused = self.unused.take().or(Some(role)),
            Missing::Fingerprint(line) => {
                self.basis.and(Weakest::Referred);
                self.evidence.push(line);
            }
            Missing::Needless(line) => self.evidence.push(line),
            Missing::Finding(finding) => self.findings.push(*finding),
        }
    }

    /// A finding beats what could not be told, that beats a pass.
    fn into_judgement(self) -> Judgement {
        if !self.findings.is_empty() {
            return Judgement::fail(Basis::File, self.findings);
        }
        if let Some(first) = self.untold {
            return first;
        }
        if let Some(role) = self.unused.filter(|_| self.evidence.is_empty()) {
            let why = format!("no setting is {role}");
            return Judgement::other(Result::Skipped, "not used here", why);
        }
        Judgement::pass(self.basis.basis(), self.evidence)
    }
}

/// The selectors that must each find something.
fn wanted(
    view: &View<'_>,
    check: &Check,
    selector: &Selector,
    each: Option<Each>,
) -> Vec<Selector> {
    match each {
        None => vec![selector.clone()],
        Some(Each::Environment) => view
            .environments(&selector.environment)
            .into_iter()
            .filter_map(|index| view.environment(index))
            .map(|environment| Selector {
                environment: vec![EnvironmentName::Named(environment.name.clone())],
                ..selector.clone()
            })
            .collect(),
        Some(Each::Provider) => view
            .in_use
            .iter()
            .filter(|pack| check.id.pack() == "core" || pack.id == check.id.pack())
            .filter_map(|pack| {
                let roles = pack.roles.values().filter(|role| is_meant(pack, selector, role));
                let role: Vec<RoleId> = roles.map(|role| role.id.clone()).collect();
                (!role.is_empty()).then(|| Selector { role, ..selector.clone() })
            })
            .collect(),
        Some(Each::Role) => {
            let environments: Vec<Vec<EnvironmentName>> = if selector.environment.is_empty() {
                vec![
                    vec![EnvironmentName::Class(Class::Sandbox)],
                    vec![EnvironmentName::Class(Class::Production)],
                ]
            } else {
                selector.environment.iter().map(|name| vec![name.clone()]).collect()
            };
            let pairs = selector.role.iter().flat_map(|role| {
                environments.iter().map(move |environment| (role.clone(), environment.clone()))
            });
            pairs
                .map(|(role, environment)| Selector {
                    role: vec![role],
                    environment,
                    ..selector.clone()
                })
                .collect()
        }
    }
}

/// Whether a role of a pack is one that a selector asks each provider for.
fn is_meant(pack: &Pack, selector: &Selector, role: &Role) -> bool {
    let signs =
        pack.signature.as_ref().is_some_and(|signature| signature.key.as_ref() == Some(&role.id));
    (selector.kind.is_empty() || selector.kind.contains(&role.kind))
        && (!selector.wants(Mark::Signs) || signs)
}

/// How it is known that something is there.
fn seen(found: &[Match<'_>]) -> Weakest {
    if found.iter().any(|found| found.setting.literal().is_some()) {
        Weakest::Seen
    } else if found.iter().any(|found| found.setting.observed().is_some()) {
        Weakest::Observed
    } else {
        Weakest::Referred
    }
}

fn present(view: &View<'_>, found: Match<'_>) -> Evidence {
    let environment = found
        .environment
        .and_then(|index| view.environment(index))
        .map_or_else(String::new, |environment| {
            format!(" in {}", view.mask.shown(&environment.name))
        });
    Evidence {
        message: format!("{} is set{environment}", view.name_of(found.setting)),
        location: view.place_of(found.setting),
    }
}

/// What it means that something is not there.
enum Missing {
    /// It may be somewhere.
    Untold(Judgement),
    /// Nothing in the project is of this role, and nothing says that it must be.
    Unused(String),
    /// It is known by its fingerprint.
    Fingerprint(Evidence),
    /// Something else says the same.
    Needless(Evidence),
    /// It is missing.
    Finding(Box<Raw>),
}

fn missing(view: &View<'_>, check: &Check, selector: &Selector, each: Option<Each>) -> Missing {
    let roles = &selector.role;
    let environments = view.environments(&selector.environment);
    let place = selector.environment.first().map(|name| view.mask.shown(&name.to_string()));
    let place = place.unwrap_or_default();
    if let Some(judgement) = view.absence(&selector.environment) {
        return Missing::Untold(judgement);
    }
    if let Some(line) = fingerprint(view, selector) {
        return Missing::Fingerprint(line);
    }
    if roles.iter().any(|role| view.is_supplied(&environments, &role.to_string())) {
        let outside = format!("outside {place} (golive.yaml supplied)");
        let detail = match selector.environment.first() {
            Some(environment) => view.closing(&outside, roles.first(), environment),
            None => outside,
        };
        return Missing::Untold(Judgement::unknown("may come from", detail));
    }
    let mut used = roles.iter().flat_map(|role| view.of_role(role));
    if let Some(setting) = used.find_map(|one| view.namesake(one, &environments)) {
        let found = Match { setting, environment: environments.first().copied() };
        return Missing::Needless(present(view, found));
    }
    let unset = Unset::of(view, roles, &environments);
    if let Some(line) = unset.as_ref().and_then(|unset| unset.said_by_a_host(view)) {
        return Missing::Needless(line);
    }
    let used = roles.iter().any(|role| is_used(view, role));
    if !used && roles.iter().any(|role| is_essential(view, role)) {
        return Missing::Untold(not_found(view, roles));
    }
    match (used, unset) {
        (false, Some(unset)) if unset.nobody_reads_it() => Missing::Unused(first(roles)),
        (false, Some(unset)) => match unset.harmless() {
            Some(line) => Missing::Needless(line),
            None => Missing::Untold(Judgement::unknown("not found", unset.nowhere())),
        },
        (false, None) if each == Some(Each::Provider) => Missing::Unused(first(roles)),
        (_, unset) => {
            let empty = roles.iter().any(|role| view.empty(role, &environments).is_some());
            if let Some(outside) = view.outside(&environments).filter(|_| !empty) {
                return Missing::Untold(Judgement::unknown("may come from", outside));
            }
            let mut finding = finding(view, check, selector, &environments);
            if let Some(unset) = unset {
                unset.add_to(&mut finding);
            }
            Missing::Finding(Box::new(finding))
        }
    }
}

fn first(roles: &[RoleId]) -> String {
    roles.first().map(ToString::to_string).unwrap_or_default()
}

/// A fingerprint in the manifest says that the value exists outside.
fn fingerprint(view: &View<'_>, selector: &Selector) -> Option<Evidence> {
    let manifest = &view.project.manifest;
    let class = match selector.environment.first()? {
        EnvironmentName::Class(class) => *class,
        EnvironmentName::Named(_) => return None,
    };
    let known = manifest
        .fingerprints
        .iter()
        .find(|known| known.0 == class && selector.role.contains(&known.1))?;
    let location = manifest.source.as_ref().map(|source| source.location(known.3));
    Some(Evidence { message: format!("{} is known by its fingerprint", known.1), location })
}

/// Of roles any of which would do, the one that is there without a value, else the first that the
/// project uses somewhere.
fn most_telling<'r>(
    view: &View<'_>,
    roles: &'r [RoleId],
    environments: &[usize],
) -> Option<&'r RoleId> {
    let empty = roles.iter().find(|role| view.empty(role, environments).is_some());
    empty.or_else(|| roles.iter().find(|role| is_used(view, role))).or(roles.first())
}

/// Whether an environment holds a role. A secret that reaches clients is a mistake where it stands,
/// and nothing that others should have.
fn is_used(view: &View<'_>, role: &RoleId) -> bool {
    view.of_role(role).any(|setting| !setting.in_force.is_empty() && !setting.is_leaked())
}

/// Whether all that was found only passes on what stands elsewhere in the same environment, and is
/// empty there.
fn is_passed_on(view: &View<'_>, selector: &Selector, found: &[Match<'_>]) -> bool {
    let passes = |found: &Match<'_>| {
        matches!(found.setting.value, SettingValue::Reference { identity: false, .. })
            && found.setting.observed().is_none()
    };
    let environments = view.environments(&selector.environment);
    let roles = found.iter().filter_map(|found| found.setting.role.as_ref());
    found.iter().all(passes)
        && roles.into_iter().any(|role| view.empty(role, &environments).is_some())
}

fn finding(view: &View<'_>, check: &Check, selector: &Selector, environments: &[usize]) -> Raw {
    let role = most_telling(view, &selector.role, environments);
    let environment = environments.first().and_then(|index| view.environment(*index));
    let place =
        environment.map_or_else(|| "the project".to_owned(), |known| view.mask.shown(&known.name));
    let what = role.and_then(|role| view.role(role)).map_or_else(
        || check.title.clone(),
        |role| {
            let name = role.names.first().map_or_else(String::new, |name| format!(" ({name})"));
            format!("{}{name}", role.id)
        },
    );
    if let Some(setting) = role.and_then(|role| view.empty(role, environments)) {
        let found = Match { setting, environment: environments.first().copied() };
        let name = view.name_of(setting);
        return view.finding(found, format!("{name} in {place} is empty"));
    }
    let elsewhere = role.and_then(|role| {
        view.of_role(role).find(|setting| !setting.in_force.is_empty() && !setting.is_leaked())
    });
    let related = elsewhere.and_then(|setting| view.place_of(setting)).map(|location| Related {
        location,
        message: "set here for another environment".to_owned(),
    });
    Raw {
        key: Key::Missing {
            environment: environment
                .map_or_else(|| "the project".to_owned(), |known| known.name.clone()),
            slot: role.map_or_else(|| check.id.to_string(), ToString::to_string),
        },
        message: format!("{place} has no {what}"),
        severity: None,
        environment: environment.map(|known| view.mask.shown(&known.name)),
        role: role.cloned(),
        setting: None,
        shown: None,
        belongs_to: None,
        location: view.top_of(environments),
        related: related.into_iter().collect(),
        trail: Vec::new(),
        exchange: None,
        guess: false,
        identity: "missing".to_owned(),
    }
}

impl<'a> View<'a> {
    /// A setting of a role that is empty in one of these environments.
    fn empty(&self, role: &RoleId, environments: &[usize]) -> Option<&'a Setting> {
        self.of_role(role).find(|setting| {
            is_empty(setting) && setting.in_force.iter().any(|index| environments.contains(index))
        })
    }

    /// What one of these environments gets more settings from, where its files say so.
    pub fn outside(&self, environments: &[usize]) -> Option<String> {
        let known = environments.iter().filter_map(|index| self.environment(*index));
        known.flat_map(|environment| &environment.outside).next().map(|from| self.mask.shown(from))
    }

    /// Whether the manifest says that a role comes from outside in one of these environments.
    pub fn is_supplied(&self, environments: &[usize], slot: &str) -> bool {
        environments
            .iter()
            .filter_map(|index| self.environment(*index))
            .any(|environment| environment.supplied.iter().any(|role| role.to_string() == slot))
    }

    /// The start of the highest layer of the first of these environments: where a missing setting
    /// would be written.
    pub fn top_of(&self, environments: &[usize]) -> Option<crate::source::Location> {
        let environment = self.environment(*environments.first()?)?;
        let path = environment.layers.last()?.clone();
        Some(self.masked(crate::source::Location {
            path,
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
        }))
    }
}
