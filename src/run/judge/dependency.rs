//! `dependency` and `expect`: each place that states a package satisfies an expression.

use super::super::judgement::{Judgement, Key, Raw};
use super::super::outcome::{Basis, Evidence, Reason, Result};
use super::super::view::View;
use crate::expression::{Evaluation, Expression, Fact, Scope};
use crate::pack::{Check, Ecosystem};
use crate::project::{Dependency, Pin, lists};

/// Judges each place that states the package.
pub(super) fn judge(
    view: &View<'_>,
    check: &Check,
    (ecosystem, name): (Ecosystem, &str),
    expect: &Expression,
) -> Judgement {
    let all = view.project.dependencies.iter().filter(|one| one.is(ecosystem, name));
    let parameters = view.parameters(check.id.pack());
    let (mut findings, mut evidence, mut untold) = (Vec::new(), Vec::new(), None);
    for one in all {
        let elsewhere = one.pin == Pin::Elsewhere
            && expect.reads().iter().any(|chain| {
                chain.first().is_some_and(|name| matches!(name.as_str(), "pin" | "text"))
            });
        if elsewhere {
            untold.get_or_insert(Judgement::unknown("not found", said(view, one)));
            continue;
        }
        let scope = Scope { names: facts(one), parameters: parameters.clone() };
        match expect.evaluate(&scope) {
            Evaluation::True => evidence.push(Evidence {
                message: said(view, one),
                location: Some(view.masked(one.source.location(one.span))),
            }),
            Evaluation::False => findings.push(finding(view, one)),
            Evaluation::Failed(_) => {
                untold.get_or_insert(Judgement::unknown("unexplained", said(view, one)));
            }
            Evaluation::TooCostly => {
                let why = "the expression reads too much";
                untold.get_or_insert(Judgement::unknown(Reason::TOO_COSTLY, why));
            }
        }
    }
    let unread = view.project.unreadable.iter().find(|note| lists(&note.path, ecosystem));
    if let Some(note) = unread {
        let told = format!("{}: {}", view.mask.shown(&note.path), note.message);
        untold.get_or_insert(Judgement::unknown("unreadable", told));
    }
    match untold {
        _ if !findings.is_empty() => Judgement::fail(Basis::File, findings),
        Some(untold) => untold,
        None if evidence.is_empty() => {
            let why = format!("nothing states the {} package {name}", ecosystem.as_str());
            Judgement::other(Result::Skipped, "not used here", why)
        }
        None => Judgement::pass(Basis::File, evidence),
    }
}

/// What an expression sees of a package.
fn facts(one: &Dependency) -> std::collections::BTreeMap<String, Fact> {
    let facts = [
        ("pin", one.pin.as_str()),
        ("text", &one.text),
        ("name", &one.name),
        ("ecosystem", one.ecosystem.as_str()),
    ];
    facts.into_iter().map(|(name, fact)| (name.to_owned(), Fact::from(fact))).collect()
}

/// How a package is pinned, in words.
fn said(view: &View<'_>, one: &Dependency) -> String {
    let name = view.mask.shown(&one.name);
    let text = view.mask.shown(&one.text);
    let how = match one.pin {
        Pin::Tag => "is pinned to the tag",
        Pin::Branch => "follows the branch",
        Pin::Commit => "is pinned to the commit",
        Pin::Path => "is taken from the folder",
        Pin::Version => "is pinned to the version",
        Pin::Range => "may be any version of",
        Pin::Nothing => return format!("{name} is not pinned{}", held(view, one)),
        Pin::Elsewhere => return format!("{name} is pinned in another file"),
    };
    let text = if text.is_empty() { text } else { format!(" {text}") };
    format!("{name} {how}{text}{}", held(view, one))
}

/// Where a lock file holds it, unless it is pinned to that anyhow.
fn held(view: &View<'_>, one: &Dependency) -> String {
    match &one.locked {
        Some(locked) if matches!(one.pin, Pin::Range | Pin::Nothing) => {
            format!(", locked at {}", view.mask.shown(locked))
        }
        Some(_) | None => String::new(),
    }
}

fn finding(view: &View<'_>, one: &Dependency) -> Raw {
    let location = one.source.location(one.span);
    Raw {
        identity: format!("{} {} {}", one.name, one.pin.as_str(), one.text),
        location: Some(view.masked(location.clone())),
        ..Raw::about(Key::Place(location), said(view, one))
    }
}
