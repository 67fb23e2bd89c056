//! `setting` and `expect`: each setting found satisfies an expression.

use super::super::judgement::{Judgement, Raw, seen};
use super::super::outcome::{Basis, Reason, Result};
use super::super::view::{Match, View};
use crate::expression::{Evaluation, Expression, Fact, Scope};
use crate::pack::{Check, EnvironmentName, Selector};
use crate::project::{Setting, SettingValue};

/// Judges each setting that the selector finds.
pub(super) fn judge(
    view: &View<'_>,
    check: &Check,
    selector: &Selector,
    expect: &Expression,
) -> Judgement {
    let found = view.select(check, selector);
    if found.is_empty() {
        let skipped = || Judgement::other(Result::Skipped, "not used here", "no such setting");
        return view.absence(&selector.environment).unwrap_or_else(skipped);
    }
    let parameters = view.parameters(check.id.pack());
    let (mut findings, mut held, mut untold): (Vec<Raw>, usize, Vec<String>) = Default::default();
    let mut too_costly = false;
    for one in &found {
        if !is_visible(one.setting, expect) {
            untold.extend(open(view, *one, &found));
            continue;
        }
        let scope = Scope { names: facts(view, one.setting), parameters: parameters.clone() };
        match expect.evaluate(&scope) {
            Evaluation::True => held += 1,
            Evaluation::False => findings.push(finding(view, check, *one, expect)),
            Evaluation::Failed(_) => untold.push(view.name_of(one.setting)),
            Evaluation::TooCostly => too_costly = true,
        }
    }
    if !findings.is_empty() {
        return Judgement::fail(Basis::File, findings);
    }
    if too_costly {
        return Judgement::unknown(Reason::TOO_COSTLY, "the expression reads too much");
    }
    if let Some(first) = untold.first() {
        return Judgement::unknown("may come from", first.clone());
    }
    if held == 0 {
        return Judgement::other(Result::Skipped, "not used here", "no value to judge");
    }
    let observed = found.iter().any(|one| one.setting.observed().is_some());
    let basis = if observed { Basis::Observed } else { Basis::File };
    Judgement::pass(basis, vec![seen(format!("true of {held} settings"))])
}

/// Whether enough is known of a value for the expression to be told. Of an observed one only facts
/// are.
fn is_visible(setting: &Setting, expect: &Expression) -> bool {
    let Some(observed) = setting.observed() else {
        return setting.literal().is_some() || setting.url().is_some();
    };
    expect.reads().iter().filter_map(|chain| chain.first()).all(|name| match name.as_str() {
        "name" | "kind" | "role" | "home" => true,
        "scheme" => observed.scheme.is_some(),
        "host" | "port" => observed.host.is_some(),
        "own_shape" => observed.shape.is_some(),
        _ => false,
    })
}

/// What a value that cannot be judged leaves open; none where nothing is. What is only taken for an
/// address or a key by its name is no open question, nor is what facts answer.
fn open(view: &View<'_>, one: Match<'_>, among: &[Match<'_>]) -> Option<String> {
    if one.setting.kind_is_guess || one.is_answered(among) {
        return None;
    }
    match &one.setting.value {
        SettingValue::Reference { text, .. } => {
            let text = view.mask.shown(text);
            let environment = one.environment.and_then(|index| view.environment(index));
            Some(match environment {
                Some(environment) => {
                    let name = EnvironmentName::from(&*environment.name);
                    view.closing(&text, one.setting.role.as_ref(), &name)
                }
                None => text,
            })
        }
        SettingValue::Observed(_) => {
            Some(format!("{}, of which the facts do not tell it", view.name_of(one.setting)))
        }
        SettingValue::Literal(_) | SettingValue::Empty => None,
    }
}

fn finding(view: &View<'_>, check: &Check, found: Match<'_>, expect: &Expression) -> Raw {
    let mut raw = view.finding(found, message(view, check, found, expect));
    raw.guess = found.setting.kind_is_guess;
    raw
}

/// What is wrong, told by what the expression reads.
fn message(view: &View<'_>, check: &Check, found: Match<'_>, expect: &Expression) -> String {
    let setting = found.setting;
    let name = setting.role.as_ref().map_or_else(
        || view.name_of(setting),
        |role| format!("{} ({role})", view.name_of(setting)),
    );
    let place = found
        .environment
        .and_then(|index| view.environment(index))
        .map_or_else(String::new, |environment| {
            format!(" in {}", view.mask.shown(&environment.name))
        });
    let reads = |name: &str| {
        expect.reads().iter().any(|chain| chain.first().is_some_and(|one| one == name))
    };
    let scheme = setting.scheme();
    if reads("scheme") && scheme.as_deref() == Some("http") {
        return format!("{name}{place} uses plain http");
    }
    if reads("host")
        && let Some(host) = setting.host()
    {
        let path = setting.url().map_or_else(String::new, |url| url.path().to_owned());
        let why = view.refused(setting, &host, &path);
        let why = why.map_or_else(String::new, |why| format!(", {why}"));
        return format!("{name}{place} points at {}{why}", view.mask.shown(&host));
    }
    let others = view.shapes(setting);
    if reads("own_shape") && !others.is_empty() {
        return format!("{name}{place} has the shape of {}", others.join(" and "));
    }
    format!("{name}{place} contradicts \"{}\"", check.title)
}

/// What an expression sees of a setting.
fn facts(view: &View<'_>, setting: &Setting) -> std::collections::BTreeMap<String, Fact> {
    let text = setting.text().unwrap_or_default().trim();
    let url = setting.url();
    let part = |part: Option<String>| Fact::Text(part.unwrap_or_default());
    let others = view.shapes(setting);
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let kind = setting.kind.and_then(|kind| serde_json::to_value(kind).ok());
    let home = serde_json::to_value(setting.home.home).ok();
    let word = |value: Option<serde_json::Value>| {
        part(value.as_ref().and_then(|value| value.as_str()).map(str::to_owned))
    };
    [
        ("name", Fact::from(setting.name.clone())),
        ("value", Fact::from(text)),
        ("length", Fact::Int(length)),
        ("scheme", part(setting.scheme())),
        ("host", part(setting.host())),
        ("port", Fact::Int(url.and_then(url::Url::port).map_or(0, i64::from))),
        ("path", part(url.as_ref().map(|url| url.path().to_owned()))),
        ("home", word(home)),
        ("kind", word(kind)),
        ("role", part(setting.role.as_ref().map(|role| role.role.clone()))),
        ("own_shape", Fact::Bool(view.has_own_shape(setting))),
        ("looks_like", others.into_iter().collect()),
    ]
    .into_iter()
    .map(|(name, fact)| (name.to_owned(), fact))
    .collect()
}
