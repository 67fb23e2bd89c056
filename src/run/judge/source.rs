//! `source`: what programs and their descriptions say, comments aside.

use super::super::judgement::{Judgement, Key, Raw, seen};
use super::super::outcome::{Basis, Evidence, Related, Result};
use super::super::view::View;
use crate::document::Format;
use crate::pack::{Check, FileName, Near, Pattern, Search, SourceArea, SourceExpect};
use crate::project::{Program, Purpose};
use crate::source::Span;

/// One check lists at most so many places.
const MOST: usize = 100;

/// How many places of what is right are shown.
const SHOWN: usize = 3;

/// Judges the text of the files that a search means.
pub(super) fn judge(view: &View<'_>, check: &Check, search: &Search) -> Judgement {
    let meant: Vec<&Program> =
        view.project.programs.iter().filter(|program| program.is_meant(search)).collect();
    let judgement = if search.pairs.is_empty() {
        searched(view, check, search, &meant)
    } else {
        paired(view, check, search, &meant)
    };
    let is_open = match judgement.result {
        Result::Pass | Result::Skipped => search.expect == SourceExpect::None,
        // what is needed may stand in a file that could not be read
        Result::Fail => !search.pairs.is_empty(),
        Result::Waived | Result::Pending | Result::Unknown | Result::NotAsked => false,
    };
    is_open.then(|| unread(view, search)).flatten().unwrap_or(judgement)
}

/// What patterns find.
fn searched(view: &View<'_>, check: &Check, search: &Search, meant: &[&Program]) -> Judgement {
    if meant.is_empty() {
        return unused(search);
    }
    let found: Vec<(&Program, Span)> = meant
        .iter()
        .flat_map(|program| places(program, search).into_iter().map(|place| (*program, place)))
        .collect();
    match (search.expect, found.as_slice()) {
        (SourceExpect::None, []) => {
            Judgement::pass(Basis::File, vec![seen(nothing(search, meant))])
        }
        (SourceExpect::None, _) => listed(found.iter().map(|(program, place)| {
            finding(view, check, (program, *place), &search.says, search.hint)
        })),
        (SourceExpect::Some, []) if search.hint => {
            Judgement::unknown("not found", nothing(search, meant))
        }
        (SourceExpect::Some, []) => missing(view, check, search, meant),
        (SourceExpect::Some, some) => {
            let shown = some.iter().take(SHOWN).map(|(program, place)| Evidence {
                message: if search.hint { "a hint is here" } else { "it is here" }.to_owned(),
                location: Some(view.masked(program.source.location(*place))),
            });
            Judgement::pass(Basis::File, shown.collect())
        }
    }
}

/// Where one of the patterns is found, with what stands near.
fn places(program: &Program, search: &Search) -> Vec<Span> {
    let near = |place: Span, one: &Near| {
        let around = program.around(place, one.within);
        one.matches.iter().any(|pattern| pattern.is_match(around))
    };
    let mut found: Vec<Span> = search
        .matches
        .iter()
        .flat_map(|pattern| pattern.find_all(program.code()))
        .map(|range| Span::new(range.start, range.end))
        .filter(|place| search.near.iter().all(|one| near(*place, one)))
        .filter(|place| !search.not_near.iter().any(|one| near(*place, one)))
        .collect();
    found.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    // what several patterns find is one place
    let mut kept: Vec<Span> = Vec::new();
    for place in found {
        if kept.last().is_none_or(|last| last.end <= place.start) {
            kept.push(place);
        }
    }
    kept
}

/// What needs something, and does not have it.
fn paired(view: &View<'_>, check: &Check, search: &Search, meant: &[&Program]) -> Judgement {
    let mut findings = Vec::new();
    let mut whole = 0;
    for pair in &search.pairs {
        let needing = meant.iter().filter_map(|program| {
            let place = pair.this.find_all(program.code()).next()?;
            Some((*program, Span::new(place.start, place.end)))
        });
        let needing: Vec<(&Program, Span)> = needing.collect();
        if needing.is_empty() {
            continue;
        }
        if has(view, &pair.files, &pair.needs) {
            whole += 1;
            continue;
        }
        let says = |one: &(&Program, Span)| finding(view, check, *one, &pair.says, search.hint);
        findings.extend(needing.iter().map(says));
    }
    match whole {
        _ if !findings.is_empty() => listed(findings.into_iter()),
        0 => unused(search),
        some => {
            let message = format!("{some} of {} have what they need", search.pairs.len());
            Judgement::pass(Basis::File, vec![seen(message)])
        }
    }
}

/// Whether a pattern is found in one of the files that are so called.
fn has(view: &View<'_>, files: &[FileName], pattern: &Pattern) -> bool {
    let called = |program: &&Program| files.iter().any(|name| name.fits(program.source.path()));
    view.project.programs.iter().filter(called).any(|program| pattern.is_match(program.code()))
}

fn listed(findings: impl Iterator<Item = Raw>) -> Judgement {
    let mut findings: Vec<Raw> = findings.collect();
    let more = findings.len().saturating_sub(MOST);
    findings.truncate(MOST);
    if let Some(last) = findings.last_mut().filter(|_| more > 0) {
        last.message = format!("{}; so do {more} more places", last.message);
        last.identity = format!("{} and {more} more", last.identity);
    }
    Judgement::fail(Basis::File, findings)
}

/// What must be there and is not: said of the first file that speaks of the thing.
fn missing(view: &View<'_>, check: &Check, search: &Search, meant: &[&Program]) -> Judgement {
    let places = meant.iter().filter_map(|program| {
        let text = program.source.text().to_ascii_lowercase();
        let (at, length) = search
            .holds
            .iter()
            .filter_map(|held| Some((text.find(held.as_str())?, held.len())))
            .min()?;
        Some((*program, Span::new(at, at + length)))
    });
    let places: Vec<(&Program, Span)> = places.collect();
    let Some((first, others)) = places.split_first() else { return unused(search) };
    let mut raw = finding(view, check, *first, &search.says, false);
    raw.related = others
        .iter()
        .take(SHOWN)
        .map(|(program, place)| Related {
            location: view.masked(program.source.location(*place)),
            message: "nor is it here".to_owned(),
        })
        .collect();
    Judgement::fail(Basis::File, vec![raw])
}

fn finding(
    view: &View<'_>,
    check: &Check,
    (program, place): (&Program, Span),
    says: &str,
    hint: bool,
) -> Raw {
    let location = program.source.location(place);
    let line = program.around(place, 0).trim();
    let message = if hint { format!("a hint: {says}") } else { says.to_owned() };
    Raw {
        identity: format!("{} {} {line}", check.id, location.path),
        location: Some(view.masked(location.clone())),
        guess: hint,
        ..Raw::about(Key::Place(location), message)
    }
}

/// That the project has nothing that the search is about.
fn unused(search: &Search) -> Judgement {
    Judgement::other(
        Result::Skipped,
        "not used here",
        format!("no {} holds {}", files(search), held(search)),
    )
}

fn nothing(search: &Search, meant: &[&Program]) -> String {
    let count = meant.len();
    let (files, holds) = if count == 1 { ("file", "holds") } else { ("files", "hold") };
    format!("nothing of it in {count} {files} that {holds} {}", held(search))
}

fn held(search: &Search) -> String {
    search.holds.join(" or ")
}

fn files(search: &Search) -> String {
    let what = match search.files.as_slice() {
        [] => "program".to_owned(),
        some => {
            let names: Vec<&str> = some.iter().map(|file| file.0.as_str()).collect();
            format!("{} file", names.join(" or "))
        }
    };
    match search.area {
        SourceArea::Client => format!("{what} of a browser or a phone"),
        SourceArea::Server => format!("{what} of a server"),
        SourceArea::Any => what,
    }
}

/// A file that could not be read may hold what must not be there.
fn unread(view: &View<'_>, search: &Search) -> Option<Judgement> {
    let note = view.project.unreadable.iter().find(|note| {
        let format = Format::of_path(&note.path);
        note.source.is_none()
            && Purpose::of(&note.path) == Purpose::Live
            && (format.is_some_and(|format| search.means(&note.path, format.is_source()))
                || search.needed().any(|name| name.fits(&note.path)))
    })?;
    let told = format!("{}: {}", view.mask.shown(&note.path), note.message);
    Some(Judgement::unknown("unreadable", told))
}
