//! One subject, one file: each asks the project what its check claims.

mod confirm;
mod dependency;
mod differ;
mod forbid;
mod history;
mod library;
mod meet;
mod missing;
mod pair;
mod pairs;
mod require;
mod rules;
mod same;
mod setting;
mod source;
mod unread;
mod unset;
mod weakest;
mod words;

use std::collections::BTreeSet;

use super::earlier;
use super::judgement::Judgement;
use super::outcome::{Reason, Result};
use super::view::View;
use crate::expression::{Evaluation, Scope};
use crate::pack::{AgreeOn, Check, RulesClaim, Subject};
use crate::project::Project;

use confirm::confirmed;

pub(in crate::run) use differ::is_essential;

/// Judges a check that needs no exchange. Live subjects are judged in `live`.
pub(super) fn judge(view: &View<'_>, check: &Check) -> Judgement {
    let judgement = match &check.subject {
        Subject::Forbid(selector) => forbid::judge(view, check, selector),
        Subject::Require { selector, each } => require::judge(view, check, selector, *each),
        Subject::Differ(differ) => differ::judge(view, check, differ),
        Subject::Agree(agree) => match agree.on {
            AgreeOn::Home => pairs::agree(view, check, agree),
            AgreeOn::Value => same::judge(view, agree),
        },
        Subject::Parity(parity) => pairs::parity(view, parity),
        Subject::Setting { selector, expect } => setting::judge(view, check, selector, expect),
        Subject::Dependency { ecosystem, name, expect } => {
            dependency::judge(view, check, (*ecosystem, name), expect)
        }
        Subject::Source(search) => source::judge(view, check, search),
        Subject::History(values) => history::judge(view, check, values),
        Subject::Library(texts) => library::judge(view, check, texts),
        Subject::Confirm(confirm) => confirm::judge(view, check, confirm),
        Subject::Rules(RulesClaim::Kept) => rules::judge(view),
        Subject::Evidence(evidence) => earlier::judge(view, check, *evidence),
        Subject::Probe(_) | Subject::Delivery(_) | Subject::Look(_) => {
            Judgement::other(Result::NotAsked, "live", "asked of the provider or the receiver")
        }
    };
    let judgement = unread::regard(view, check, judgement);
    or_confirmed(view, check, judgement)
}

/// The judgement, or what a person says where it could not be told and a person may tell.
pub(super) fn or_confirmed(view: &View<'_>, check: &Check, judgement: Judgement) -> Judgement {
    match (&judgement.result, &check.or_confirm) {
        (Result::Unknown, Some(confirm)) => confirmed(view, check, confirm).unwrap_or(judgement),
        _ => judgement,
    }
}

/// The packages of a project, as `npm:stripe`, each once.
fn dependencies(project: &Project) -> BTreeSet<String> {
    let all = project.dependencies.iter();
    all.map(|one| format!("{}:{}", one.ecosystem.as_str(), one.name)).collect()
}

/// Why a check is not judged: its `when` is false, or could not be told.
pub(super) fn unapplied(view: &View<'_>, check: &Check) -> Option<Judgement> {
    let when = check.when.as_ref()?;
    let project = view.project;
    let mut roles: Vec<String> = project
        .settings
        .iter()
        .filter(|setting| !setting.in_force.is_empty())
        .filter_map(|setting| setting.role.as_ref().map(ToString::to_string))
        .collect();
    roles.sort();
    roles.dedup();
    let mut files: Vec<&str> = project.settings.iter().map(crate::project::Setting::path).collect();
    files.sort_unstable();
    files.dedup();
    let mut scope = Scope::default();
    let packs = view.in_use.iter().map(|pack| pack.id.clone());
    scope.names.insert("packs".to_owned(), packs.collect());
    scope.names.insert("roles".to_owned(), roles.into_iter().collect());
    scope.names.insert("files".to_owned(), files.into_iter().collect());
    scope.names.insert("dependencies".to_owned(), dependencies(project).into_iter().collect());
    scope.parameters = view.parameters(check.id.pack());
    match when.evaluate(&scope) {
        Evaluation::True => None,
        Evaluation::False => {
            Some(Judgement::other(Result::Skipped, "not used here", "its `when` is false"))
        }
        Evaluation::Failed(_) => {
            Some(Judgement::unknown("unexplained", "its `when` could not be told"))
        }
        Evaluation::TooCostly => {
            Some(Judgement::unknown(Reason::TOO_COSTLY, "its `when` reads too much"))
        }
    }
}
