//! What a run looked at, left out and took for granted.

use std::collections::{BTreeMap, BTreeSet};

use super::outcome::{EnvironmentSeen, LookedAt, NotCovered, Note, PackSeen};
use super::view::View;
use crate::pack::{self, Kind, Origin};
use crate::project::{ProjectNote, Purpose, SettingValue, StandsIn};
use crate::source::Location;

/// The packs in use, each with what it was recognised by.
pub(super) fn packs(view: &View<'_>) -> Vec<PackSeen> {
    view.in_use
        .iter()
        .map(|pack| {
            let seen = view.project.recognised.iter().find(|seen| seen.pack == pack.id);
            let at = seen.and_then(|seen| seen.at.as_ref());
            PackSeen {
                id: pack.id.clone(),
                title: pack.title.clone(),
                digest: pack.digest.clone(),
                at: at.map(|(source, span)| view.masked(source.location(*span))),
                by: seen.map_or_else(|| "always".to_owned(), |seen| view.mask.shown(&seen.by)),
            }
        })
        .collect()
}

/// Files, settings and environments; `more` are notes beside those of the project.
pub(super) fn looked_at(view: &View<'_>, more: Vec<Note>) -> LookedAt {
    let project = view.project;
    let note = |note: &ProjectNote| Note {
        location: match &note.source {
            Some(source) => view.masked(source.location(note.span)),
            None => Location {
                path: view.mask.hidden(&note.path),
                line: 1,
                column: 1,
                end_line: 1,
                end_column: 1,
            },
        },
        message: view.mask.shown(&note.message),
    };
    let mut unclassified: BTreeSet<String> = BTreeSet::new();
    for setting in &project.settings {
        let speaks = setting.role.is_some() || setting.kind == Some(Kind::Credential);
        if setting.stands_in == StandsIn::Unclassified
            && setting.purpose == Purpose::Live
            && setting.source.is_some()
            && speaks
        {
            unclassified.insert(view.mask.hidden(setting.path()));
        }
    }
    let mut passed_over = project.passed_over.clone();
    for path in project
        .settings
        .iter()
        .filter(|one| one.purpose != Purpose::Live)
        .map(|setting| (setting.purpose.as_str(), setting.path()))
        .collect::<BTreeSet<_>>()
    {
        *passed_over.entry(path.0.to_owned()).or_default() += 1;
    }
    LookedAt {
        files_listed: project.files_listed,
        files_read: project.files_read,
        settings: count(project.settings.len()),
        environments: (0..project.environments.len())
            .filter_map(|index| environment(view, index))
            .collect(),
        unreadable: project.unreadable.iter().map(note).collect(),
        unclassified: unclassified.into_iter().collect(),
        assumed: assumed(view),
        passed_over,
        notes: project.notes.iter().map(note).chain(since_lock(view)).chain(more).collect(),
    }
}

/// Packs that are not as they were locked.
fn since_lock(view: &View<'_>) -> Vec<Note> {
    let Some(lock) = &view.project.lock else { return Vec::new() };
    let changed = lock.packs.iter().filter_map(|locked| {
        let pack = view.library.pack(&locked.id)?;
        let of = view.library.checks.iter().filter(|check| check.id.pack() == pack.id);
        let what = match of.filter(|check| check.only_warns).count() {
            0 if pack.digest == locked.digest => return None,
            0 => "none of its checks is new".to_owned(),
            1 => "1 new check only warns".to_owned(),
            new => format!("{new} new checks only warn"),
        };
        Some(Note {
            location: view.masked(lock.source.location(locked.span)),
            message: format!(
                "{} has changed since it was locked: {what}; golive lock takes it over",
                pack.id
            ),
        })
    });
    changed.collect()
}

fn environment(view: &View<'_>, index: usize) -> Option<EnvironmentSeen> {
    let environment = view.environment(index)?;
    let mut layers: Vec<String> = environment
        .layers
        .iter()
        .filter(|path| view.project.tree.has(path))
        .map(|path| view.mask.hidden(path))
        .collect();
    layers.dedup();
    let in_force =
        || view.project.settings.iter().filter(move |setting| setting.in_force.contains(&index));
    let references =
        in_force().filter(|one| matches!(one.value, SettingValue::Reference { .. })).count();
    Some(EnvironmentSeen {
        name: view.mask.shown(&environment.name),
        class: environment.class,
        service: None,
        layers,
        settings: count(in_force().count()),
        references: count(references),
        observed: count(in_force().filter(|one| one.origin == Origin::Observed).count()),
        rule: view.mask.shown(&environment.rule),
    })
}

fn assumed(view: &View<'_>) -> Vec<String> {
    if view.project.manifest.source.is_some() {
        return Vec::new();
    }
    let mut assumed = vec!["there is no golive.yaml: environments follow from names".to_owned()];
    for index in 0..view.project.environments.len() {
        if let Some(environment) = view.environment(index) {
            let name = view.mask.shown(&environment.name);
            let rule = view.mask.shown(&environment.rule);
            assumed.push(format!("{name} is {} (by {rule})", environment.class.as_str()));
        }
    }
    assumed
}

/// Credentials of no pack, by the first word of their names.
pub(super) fn not_covered(view: &View<'_>) -> Vec<NotCovered> {
    let mut names: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for setting in &view.project.settings {
        let speaks = setting.kind == Some(Kind::Credential)
            && setting.role.is_none()
            && !setting.in_force.is_empty();
        let last = setting.name.rsplit('.').next().unwrap_or(&setting.name);
        let first = pack::words(last).into_iter().next();
        if let Some(first) = first.filter(|_| speaks) {
            names.entry(first).or_default().insert(last);
        }
    }
    names
        .into_iter()
        .map(|(first, settings)| NotCovered {
            what: view.mask.shown(&first.to_uppercase()),
            settings: count(settings.len()),
        })
        .collect()
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
