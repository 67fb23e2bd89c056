//! `history`: no dotenv file of any commit ever held such a value.

use super::super::judgement::{Judgement, Key, Raw, seen};
use super::super::outcome::{Basis, Result};
use super::super::view::{Match, View};
use crate::pack::{Check, Mark, PastValues, Severity};
use crate::project::{Cut, History, Past, Setting};

/// Judges the commits of the project.
pub(super) fn judge(view: &View<'_>, check: &Check, values: &PastValues) -> Judgement {
    let project = view.project;
    let Some(history) = History::of(project.tree.root(), view.library, &project.manifest.roles)
    else {
        return Judgement::other(Result::Skipped, "not used here", "no git repository is here");
    };
    let is_meant = |setting: &Setting| {
        let role = setting.role.as_ref().is_some_and(|role| values.roles.contains(role));
        let kind = setting.kind.is_some_and(|kind| values.kinds.contains(&kind));
        (role || kind) && is_value(view, setting)
    };
    let past: Vec<&Past> = history.past.iter().filter(|one| is_meant(&one.setting)).collect();
    let mut findings: Vec<Raw> = past.iter().map(|one| committed(view, check, one)).collect();
    let loose = project
        .settings
        .iter()
        .filter(|one| one.source.is_some() && history.loose.contains(one.path()) && is_meant(one));
    findings.extend(loose.map(|setting| unprotected(view, setting)));
    match history.cut {
        _ if !findings.is_empty() => Judgement::fail(Basis::File, findings),
        Some(Cut::Shallow) => Judgement::unknown(
            "not found",
            "the clone is shallow, earlier commits are not here: git fetch --unshallow",
        ),
        Some(Cut::TooLong) => {
            Judgement::unknown("too costly", "the history is longer than what is read of it")
        }
        None => {
            let count = history.past.len();
            let message = format!("none among {count} values that commits brought in dotenv files");
            Judgement::pass(Basis::File, vec![seen(message)])
        }
    }
}

/// Whether it is a value of somebody's, and no stand-in or published sample.
fn is_value(view: &View<'_>, setting: &Setting) -> bool {
    let no_value = [Mark::Empty, Mark::Placeholder, Mark::Sample];
    setting.literal().is_some() && !no_value.iter().any(|mark| view.is_so(*mark, setting))
}

/// A value that a commit brought: where it still stands, there; else in no place.
fn committed(view: &View<'_>, check: &Check, one: &Past) -> Raw {
    let now = view.project.settings.iter().find(|setting| {
        setting.source.is_some()
            && setting.path() == one.setting.path()
            && setting.name == one.setting.name
            && setting.literal() == one.setting.literal()
    });
    let commit = &one.commit;
    if let Some(setting) = now {
        let found = Match { setting, environment: setting.in_force.first().copied() };
        let name = view.name_of(setting);
        let tracked = view.is_so(Mark::Tracked, setting);
        let now = if tracked { "and is tracked since" } else { "and stays in the history" };
        return view.finding(found, format!("{name} was committed in {commit}, {now}"));
    }
    let (name, path) = (view.name_of(&one.setting), view.mask.shown(one.setting.path()));
    let mut raw = view.finding(
        Match { setting: &one.setting, environment: None },
        format!("{name} was committed in {path}, in {commit}, and stays in the history"),
    );
    // the place is no place of today's files
    raw.location = None;
    raw.environment = None;
    raw.belongs_to = None;
    raw.trail.clear();
    raw.key = Key::Missing {
        environment: String::new(),
        slot: format!("{} {path} {name} {}", check.id, raw.identity),
    };
    raw
}

/// A value in a file that the next commit may take along.
fn unprotected(view: &View<'_>, setting: &Setting) -> Raw {
    let found = Match { setting, environment: setting.in_force.first().copied() };
    let (name, path) = (view.name_of(setting), view.mask.shown(setting.path()));
    let mut raw =
        view.finding(found, format!("{name} stands in {path}, which git does not ignore"));
    raw.severity = Some(Severity::Minor);
    raw
}
