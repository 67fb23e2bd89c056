//! `forbid`: nothing like this exists.

use super::super::judgement::{Judgement, Raw, seen};
use super::super::outcome::{Basis, Related, Trace};
use super::super::view::{Match, View};
use crate::pack::{Area, By, Check, Home, Kind, Origin, Selector};
use crate::project::Setting;

/// Judges the claim that a selector finds nothing.
pub(super) fn judge(view: &View<'_>, check: &Check, selector: &Selector) -> Judgement {
    if let Some(judgement) = view.absence(&selector.environment) {
        return judgement;
    }
    let found = view.select(check, selector);
    let listed = found.iter().take(MOST);
    let mut findings: Vec<Raw> =
        listed.map(|found| finding(view, check, selector, *found)).collect();
    let more = found.len().saturating_sub(MOST);
    if let Some(last) = findings.last_mut().filter(|_| more > 0) {
        last.message = format!("{}; so do {more} more places", last.message);
        // whoever accepts it accepts that many
        last.identity = format!("{} and {more} more", last.identity);
    }
    if !findings.is_empty() {
        return Judgement::fail(Basis::File, findings);
    }
    if view.project.unreadable.is_empty()
        && let Some(nothing) = nothing_read(view, selector)
    {
        return Judgement::unknown("not found", nothing);
    }
    let files = view.project.files_read;
    let settings = view.project.settings.len();
    Judgement::pass(
        Basis::File,
        vec![seen(format!("none among {settings} settings of {files} files"))],
    )
}

/// One check lists at most so many places; a project with more is wrong all over.
const MOST: usize = 500;

/// That nothing was read of what a selector is about: then finding nothing says nothing.
fn nothing_read(view: &View<'_>, selector: &Selector) -> Option<String> {
    let settings = &view.project.settings;
    if selector.area == Area::Tree {
        return (view.project.files_read == 0).then(|| "no configuration file was read".to_owned());
    }
    let meant = view.environments(&selector.environment);
    let seen = settings.iter().any(|one| one.in_force.iter().any(|index| meant.contains(index)));
    let names: Vec<String> = selector.environment.iter().map(ToString::to_string).collect();
    let what = if names.is_empty() { "any environment".to_owned() } else { names.join(", ") };
    (!seen).then(|| format!("no setting of {what} was read"))
}

fn finding(view: &View<'_>, check: &Check, selector: &Selector, found: Match<'_>) -> Raw {
    let mut raw = view.finding(found, message(view, check, selector, found));
    raw.guess = is_guess(selector, found.setting);
    if !selector.home.is_empty()
        && let Some(class) = found.setting.home.home.class()
    {
        if let Some(witness) = view.witness(found.setting, class)
            && Some(&witness) != raw.location.as_ref()
        {
            let message = format!("the {} value is declared here", class.as_str());
            raw.related.push(Related { location: witness, message });
        }
        raw.trail.retain(|step: &Trace| Some(&step.location) != raw.location.as_ref());
    }
    raw
}

/// What is wrong with what was found, in the words of what was asked.
fn message(view: &View<'_>, check: &Check, selector: &Selector, found: Match<'_>) -> String {
    let setting = found.setting;
    let what = setting.role.as_ref().map_or_else(
        || view.name_of(setting),
        |role| format!("{} ({role})", view.name_of(setting)),
    );
    let place = match found.environment.and_then(|index| view.environment(index)) {
        Some(environment) => format!(" in {}", view.mask.shown(&environment.name)),
        None => String::new(),
    };
    let host = || setting.host().map(|host| view.mask.shown(&host)).unwrap_or_default();
    let homed = !selector.home.is_empty();
    if homed && selector.by == [By::Word] {
        let Some(hint) = &setting.home.hint else { return format!("{what}{place} is there") };
        return match &hint.word {
            Some(word) => format!("{what}{place} holds the word \"{word}\""),
            None => format!("{what}{place} has the shape of a {} value", hint.class.as_str()),
        };
    }
    if homed && selector.origin == [Origin::Default] {
        return format!("{what}{place} falls back to a {} value", home_word(setting));
    }
    if homed {
        return format!("{what}{place} holds a {} value", home_word(setting));
    }
    if selector.placeholder == Some(true) {
        return format!("{what}{place} holds a placeholder");
    }
    if selector.sample == Some(true) {
        return format!("{what}{place} holds a published sample value");
    }
    if selector.empty == Some(true) {
        return format!("{what}{place} is empty");
    }
    if !selector.scheme.is_empty() {
        return format!("{what}{place} uses plain {}", selector.scheme.join(" or "));
    }
    if !selector.host.is_empty() {
        let why = setting
            .host()
            .and_then(|host| crate::project::unreachable(&host))
            .or_else(|| {
                let path = setting.url().map_or_else(String::new, |url| url.path().to_owned());
                view.refused(setting, &setting.host()?, &path)
            })
            .map_or_else(String::new, |why| format!(", {why}"));
        return format!("{what}{place} points at {}{why}", host());
    }
    if selector.exposed == Some(true) {
        return format!("{what}{place} reaches clients");
    }
    let _ = check;
    format!("{what}{place} is there")
}

fn home_word(setting: &Setting) -> &'static str {
    match setting.home.home {
        Home::Sandbox => "sandbox",
        Home::Production => "production",
        Home::Shared => "shared",
        Home::Contested => "contested",
        Home::Undeclared => match &setting.home.hint {
            Some(hint) => hint.class.as_str(),
            None => "undeclared",
        },
    }
}

/// Whether a finding rests on a guess: a word inside the value, or a kind told by the name alone
/// where nothing in the value proves the point.
fn is_guess(selector: &Selector, setting: &Setting) -> bool {
    let by_word =
        selector.by.contains(&By::Word) && setting.home.by.is_none_or(|by| by == By::Identity);
    let proven_home = matches!(setting.home.by, Some(By::Pattern | By::Host | By::Fingerprint));
    let proven = selector.placeholder == Some(true)
        || selector.sample == Some(true)
        || selector.host.iter().any(|list| list != "private" && list != "reserved")
        || setting.kind == Some(Kind::WebhookUrl)
        || (proven_home && !selector.home.is_empty());
    by_word || (setting.kind_is_guess && !proven)
}
