//! `require`: something like this exists.

use super::super::judgement::{Judgement, Raw};
use super::super::outcome::{Basis, Evidence, Result};
use super::super::select::is_empty;
use super::super::view::{Match, View};
use super::missing::{Missing, missing};
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

/// That a setting is there.
pub(super) fn present(view: &View<'_>, found: Match<'_>) -> Evidence {
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

impl<'a> View<'a> {
    /// A setting of a role that is empty in one of these environments.
    pub(super) fn empty(&self, role: &RoleId, environments: &[usize]) -> Option<&'a Setting> {
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
