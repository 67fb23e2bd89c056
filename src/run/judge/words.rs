//! What a finding says: the setting and its environment, and what is wrong in the words of what
//! was asked.

use super::super::view::{Match, View};
use crate::pack::{By, Home, Kind, Mark, Origin, Selector};
use crate::project::{Setting, unreachable};

/// One line about what a selector of `forbid` found.
pub(super) fn message(view: &View<'_>, selector: &Selector, found: Match<'_>) -> String {
    let setting = found.setting;
    let wrong = says(view, selector, setting)
        .or_else(|| home(selector, setting))
        .or_else(|| mark(view, selector, setting))
        .or_else(|| address(view, selector, setting))
        .unwrap_or_else(|| "is there".to_owned());
    format!("{} {wrong}", subject(view, found))
}

/// A setting with its role and environment, as a sentence begins with it.
pub(super) fn subject(view: &View<'_>, found: Match<'_>) -> String {
    let name = view.name_of(found.setting);
    let mut roles: Vec<String> = found.setting.role.iter().map(ToString::to_string).collect();
    if roles.is_empty() {
        roles.extend(found.setting.candidates.iter().map(ToString::to_string));
    }
    let role = if roles.is_empty() { String::new() } else { format!(" ({})", roles.join(" or ")) };
    let environment = found.environment.and_then(|index| view.environment(index));
    let place = environment.map_or_else(String::new, |environment| {
        format!(" in {}", view.mask.shown(&environment.name))
    });
    format!("{name}{role}{place}")
}

/// What the check itself says.
fn says(view: &View<'_>, selector: &Selector, setting: &Setting) -> Option<String> {
    let says = selector.says.as_ref()?;
    Some(says.replace("{value}", &view.shown_value(setting)))
}

/// That a value is away from home.
fn home(selector: &Selector, setting: &Setting) -> Option<String> {
    if selector.home.is_empty() {
        return None;
    }
    let class = home_word(setting);
    Some(if selector.by == [By::Word] {
        let hint = setting.home.hint.as_ref()?;
        match &hint.word {
            Some(word) => format!("holds the word \"{word}\""),
            None => format!("has the shape of a {} value", hint.class.as_str()),
        }
    } else if selector.origin == [Origin::Default] {
        format!("falls back to a {class} value")
    } else if setting.kind == Some(Kind::Mode) {
        format!("chooses the {class} environment")
    } else {
        format!("holds a {class} value")
    })
}

/// The first of the questions that are answered with yes and tell something.
fn mark(view: &View<'_>, selector: &Selector, setting: &Setting) -> Option<String> {
    let asked = selector.marks.iter().filter(|(_, meant)| **meant).map(|(mark, _)| *mark);
    let last = asked.clone().filter(|mark| *mark == Mark::Exposed);
    let first = asked.filter(|mark| *mark != Mark::Exposed);
    first.chain(last).find_map(|mark| view.told(mark, setting))
}

/// What is wrong with an address, or with any value.
fn address(view: &View<'_>, selector: &Selector, setting: &Setting) -> Option<String> {
    if !selector.host.is_empty() {
        let host = setting.host().unwrap_or_default();
        let path = setting.url().map_or_else(String::new, |url| url.path().to_owned());
        let why = unreachable(&host).or_else(|| view.refused(setting, &host, &path));
        let why = why.map_or_else(String::new, |why| format!(", {why}"));
        return Some(format!("points at {}{why}", view.mask.shown(&host)));
    }
    if !selector.scheme.is_empty() {
        return Some(format!("uses plain {}", selector.scheme.join(" or ")));
    }
    (!selector.value.is_empty()).then(|| format!("is {}", view.shown_value(setting)))
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
