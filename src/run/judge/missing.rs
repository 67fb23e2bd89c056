//! What it means that nothing is there that `require` asks for.

use super::super::judgement::{Judgement, Key, Raw};
use super::super::outcome::{Evidence, Related};
use super::super::view::{Match, View};
use super::differ::{is_essential, not_found};
use super::require::present;
use super::unset::Unset;
use crate::pack::{Check, Each, EnvironmentName, RoleId, Selector};

/// What it comes to.
pub(super) enum Missing {
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

/// What is to be said where a selector finds nothing with a value.
pub(super) fn missing(
    view: &View<'_>,
    check: &Check,
    selector: &Selector,
    each: Option<Each>,
) -> Missing {
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
    let key = Key::Missing {
        environment: environment
            .map_or_else(|| "the project".to_owned(), |known| known.name.clone()),
        slot: role.map_or_else(|| check.id.to_string(), ToString::to_string),
    };
    Raw {
        environment: environment.map(|known| view.mask.shown(&known.name)),
        role: role.cloned(),
        location: view.top_of(environments),
        related: related.into_iter().collect(),
        identity: "missing".to_owned(),
        ..Raw::about(key, format!("{place} has no {what}"))
    }
}
