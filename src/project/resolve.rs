//! What references inside a profile come to: `${NAME}` of the same profile, and defaults.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reference;
use super::setting::{Setting, SettingValue, StandsIn, Step};
use crate::document::{Form, Reference, references as found_in};
use crate::pack::{Origin, words};
use crate::source::{Secret, Span};

/// How many steps of `${A}` to `${B}` are followed.
const MOST_STEPS: usize = 8;

/// Resolves what the profiles themselves answer. What only a process can answer stays a reference.
pub(super) fn references(settings: &mut [Setting]) {
    let is_open = |setting: &Setting| matches!(setting.value, SettingValue::Reference { .. });
    for _ in 0..MOST_STEPS {
        if !settings.iter().any(is_open) {
            return;
        }
        let names = Names::of(settings);
        let resolved: Vec<(usize, Resolved)> = settings
            .iter()
            .enumerate()
            .filter_map(|(index, setting)| Some((index, resolve(setting, &names)?)))
            .collect();
        if resolved.is_empty() {
            return;
        }
        for (index, resolved) in resolved {
            if let Some(setting) = settings.get_mut(index) {
                if let SettingValue::Reference { text, .. } = &setting.value {
                    let text = text.as_str().into();
                    setting.referred.get_or_insert(text);
                }
                setting.come_to(SettingValue::Literal(resolved.value));
                setting.origin = resolved.origin;
                setting.span = resolved.span;
                setting.trail.extend(resolved.trail);
            }
        }
    }
}

/// What a reference came to.
struct Resolved {
    value: Secret,
    origin: Origin,
    span: Span,
    trail: Vec<Step>,
}

/// Whether a value asks for another name. Without braces only a shouted name does: `s3cr$tKey` is
/// a password.
pub(super) fn asks(text: &str) -> bool {
    found_in(text).iter().any(is_asking)
}

/// The names that a value asks for.
pub(super) fn names_asked(text: &str) -> Vec<String> {
    let asking = found_in(text);
    asking.iter().filter(|one| is_asking(one)).map(|one| one.name.to_owned()).collect()
}

fn is_asking(reference: &Reference<'_>) -> bool {
    let shouted = reference.name.len() > 1 && !reference.name.chars().any(char::is_lowercase);
    reference.form != Form::Bare || shouted
}

fn resolve(setting: &Setting, names: &Names<'_>) -> Option<Resolved> {
    let SettingValue::Reference { text, .. } = &setting.value else { return None };
    // what is said of a value that is kept outside is no value
    if reference::of(text).is_some() || !asks(text) {
        return None;
    }
    let mut resolving = Resolving {
        setting,
        names,
        value: String::new(),
        origin: setting.origin,
        span: setting.span,
        trail: Vec::new(),
    };
    // the name of a place elsewhere (`secretKeyRef`, `sync: false`) asks for nothing here
    if !asks(text) {
        return None;
    }
    let mut at = 0;
    for reference in found_in(text).iter().filter(|reference| is_asking(reference)) {
        resolving.value.push_str(text.get(at..reference.span.start_offset())?);
        resolving.add(text, reference)?;
        at = reference.span.end_offset();
    }
    resolving.value.push_str(text.get(at..)?);
    if resolving.value.trim().is_empty() {
        return None;
    }
    Some(Resolved {
        value: Secret::new(resolving.value),
        origin: resolving.origin,
        span: resolving.span,
        trail: resolving.trail,
    })
}

/// A value while its references are filled in.
struct Resolving<'a> {
    setting: &'a Setting,
    names: &'a Names<'a>,
    value: String,
    origin: Origin,
    span: Span,
    trail: Vec<Step>,
}

impl Resolving<'_> {
    /// Fills in one reference; none where only a process could tell.
    fn add(&mut self, text: &str, reference: &Reference<'_>) -> Option<()> {
        match reference.form {
            Form::Alternative | Form::Unknown => return None,
            Form::Bare
            | Form::Braced
            | Form::DefaultIfEmpty
            | Form::DefaultIfUnset
            | Form::Property
            | Form::Required => {}
        }
        if let Some(other) = self.names.find(self.setting, reference.name) {
            self.value.push_str(other.literal()?.expose());
            if let Some(from) = &other.source {
                let source = Arc::clone(from);
                self.trail.push(Step { what: "interpolation", source, span: other.span });
            }
            return Some(());
        }
        let default = reference.default?.of(text);
        // what a base falls back to is no claim of any one environment
        if self.setting.stands_in == StandsIn::Shared || asks(default) {
            return None;
        }
        self.value.push_str(default);
        self.origin = Origin::Default;
        let at = self.setting.span.start_offset() + reference.default?.start_offset();
        let literal = Span::new(at, at + default.len());
        if literal.of(self.setting.source.as_ref()?.text()) == default {
            self.span = literal;
        }
        Some(())
    }
}

/// Literals by the words of their names and the environment that they are in force in: the first,
/// and whether all others agree with it.
struct Names<'a>(BTreeMap<(Vec<String>, usize), (usize, &'a Setting, bool)>);

impl<'a> Names<'a> {
    fn of(settings: &'a [Setting]) -> Self {
        let mut names: BTreeMap<(Vec<String>, usize), (usize, &Setting, bool)> = BTreeMap::new();
        for (at, setting) in settings.iter().enumerate() {
            if setting.literal().is_none() || setting.in_force.is_empty() {
                continue;
            }
            let name = words(&setting.name);
            for environment in &setting.in_force {
                names
                    .entry((name.clone(), *environment))
                    .and_modify(|(_, first, agree)| *agree &= first.value == setting.value)
                    .or_insert((at, setting, true));
            }
        }
        Self(names)
    }

    /// The literal of the setting called `name` in a profile that `setting` is in force in.
    fn find(&self, setting: &Setting, name: &str) -> Option<&'a Setting> {
        let mut key = (words(name), 0);
        let mut found: Option<(usize, &Setting)> = None;
        for environment in &setting.in_force {
            key.1 = *environment;
            let Some((at, first, agree)) = self.0.get(&key) else { continue };
            if !agree || found.is_some_and(|(_, other)| other.value != first.value) {
                return None;
            }
            found = found.filter(|(known, _)| known <= at).or(Some((*at, first)));
        }
        found.map(|(_, first)| first)
    }
}
