//! `forbid`: nothing like this exists.

use super::super::judgement::{Judgement, Raw, seen};
use super::super::outcome::{Basis, Evidence, Related, Trace};
use super::super::view::{Match, View};
use super::words;
use crate::pack::{Area, By, Check, Kind, Mark, Selector};
use crate::project::{Setting, SettingValue};

/// Judges the claim that a selector finds nothing.
pub(super) fn judge(view: &View<'_>, check: &Check, selector: &Selector) -> Judgement {
    if let Some(judgement) = view.absence(&selector.environment) {
        return judgement;
    }
    let found = view.select(check, selector);
    let listed = found.iter().take(MOST);
    let mut findings: Vec<Raw> = listed.map(|found| finding(view, selector, *found)).collect();
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
    passed(view, check, selector)
}

/// One check lists at most so many places; a project with more is wrong all over.
const MOST: usize = 500;

/// That nothing was read of what a selector is about: then finding nothing says nothing.
fn nothing_read(view: &View<'_>, selector: &Selector) -> Option<String> {
    let settings = &view.project.settings;
    if selector.area != Area::Profiles {
        return (view.project.files_read == 0).then(|| "no configuration file was read".to_owned());
    }
    let meant = view.environments(&selector.environment);
    let seen = settings.iter().any(|one| one.in_force.iter().any(|index| meant.contains(index)));
    let names: Vec<String> = selector.environment.iter().map(ToString::to_string).collect();
    let what = if names.is_empty() { "any environment".to_owned() } else { names.join(", ") };
    (!seen).then(|| format!("no setting of {what} was read"))
}

/// Nothing was found. Values that are kept elsewhere were not seen, and the evidence says so.
fn passed(view: &View<'_>, check: &Check, selector: &Selector) -> Judgement {
    let files = view.project.files_read;
    let settings = view.project.settings.len();
    let mut evidence = vec![seen(format!("none among {settings} settings of {files} files"))];
    let mut basis = Basis::File;
    if selector.wants(Mark::Misplaced) {
        let meant = view.select(check, &selector.of_any_value());
        let elsewhere: Vec<&Setting> = meant
            .iter()
            .map(|found| found.setting)
            .filter(|setting| matches!(setting.value, SettingValue::Reference { .. }))
            .collect();
        if let Some(first) = elsewhere.first() {
            let count = elsewhere.len();
            let kept = if count == 1 { "value is" } else { "values are" };
            let message = format!("{count} {kept} kept elsewhere: what was put there was not seen");
            evidence.push(Evidence { message, location: view.place_of(first) });
            if count == meant.len() {
                basis = Basis::Reference;
            }
        }
    }
    Judgement::pass(basis, evidence)
}

fn finding(view: &View<'_>, selector: &Selector, found: Match<'_>) -> Raw {
    let setting = found.setting;
    let mut raw = view.finding(found, words::message(view, selector, found));
    raw.guess = is_guess(selector, setting);
    if !selector.home.is_empty()
        && let Some(class) = setting.home.home.class()
    {
        if let Some(witness) = view.witness(setting, class)
            && Some(&witness) != raw.location.as_ref()
        {
            let message = format!("the {} value is declared here", class.as_str());
            raw.related.push(Related { location: witness, message });
        }
        raw.trail.retain(|step: &Trace| Some(&step.location) != raw.location.as_ref());
    }
    if selector.wants(Mark::Duplicate) {
        let earlier = view.earlier(setting).into_iter().filter_map(|other| view.place_of(other));
        raw.related.extend(earlier.map(|location| Related {
            location,
            message: "the same name with another value".to_owned(),
        }));
    }
    raw
}

/// Whether a finding rests on a guess: a word inside the value, or a kind told by the name alone
/// where nothing in the value proves the point.
fn is_guess(selector: &Selector, setting: &Setting) -> bool {
    let by_word =
        selector.by.contains(&By::Word) && setting.home.by.is_none_or(|by| by == By::Identity);
    let proven_home = matches!(setting.home.by, Some(By::Pattern | By::Host | By::Fingerprint));
    let proven = PROVE.iter().any(|mark| selector.wants(*mark))
        || selector.host.iter().any(|list| list != "private" && list != "reserved")
        || !selector.name.is_empty()
        || !selector.name_has.is_empty()
        || !selector.value.is_empty()
        || setting.kind == Some(Kind::WebhookUrl)
        || (proven_home && !selector.home.is_empty());
    by_word || (setting.kind_is_guess && !proven)
}

/// Questions whose answer stands in the value or the place, whatever the setting is good for.
const PROVE: [Mark; 8] = [
    Mark::Placeholder,
    Mark::Sample,
    Mark::TestValue,
    Mark::Space,
    Mark::CardNumber,
    Mark::OddBoolean,
    Mark::Misspelt,
    Mark::Duplicate,
];
