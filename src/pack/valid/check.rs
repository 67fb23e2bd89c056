//! A check: what all have in common, and its one subject.

use std::sync::Arc;

use super::codes;
use super::confirm::{confirm, days};
use super::selector::{agree, differ, parity, selector};
use super::source::{library, search};
use super::{Author, delivery, live};
use crate::document::Located;
use crate::pack::written::{
    OptIn, SUBJECTS, WrittenCheck, WrittenEvidence, WrittenHistory, WrittenOutcome,
};
use crate::pack::{Check, CheckId, Class, Evidence, Look, PastValues, Sight, Subject};
use crate::source::{Span, nearest, suggest};

/// What a condition of a check sees.
const PROJECT: [&str; 4] = ["packs", "roles", "dependencies", "files"];

/// What an expectation of a setting sees.
const SETTING: [&str; 12] = [
    "name",
    "value",
    "scheme",
    "host",
    "path",
    "home",
    "own_shape",
    "port",
    "looks_like",
    "kind",
    "role",
    "length",
];

/// What an expectation of a package sees.
const DEPENDENCY: [&str; 4] = ["pin", "text", "name", "ecosystem"];

/// A check, and the places of what it says about other checks.
pub(crate) struct ValidCheck {
    /// The check.
    pub(crate) check: Check,
    /// Where it names what it needs.
    pub(crate) needs: Vec<(CheckId, Span)>,
    /// Captures that its templates name.
    pub(crate) captures: Vec<(String, Span)>,
}

/// Validates a check; none where nothing of its subject is right.
pub(crate) fn check(
    written: &WrittenCheck,
    id: CheckId,
    author: &mut Author<'_>,
) -> Option<ValidCheck> {
    common(written, author);
    let when = written.when.as_ref().and_then(|when| author.expression(when, &PROJECT));
    let needs: Vec<(CheckId, Span)> =
        written.needs.0.iter().filter_map(|name| other(name, Some(&id), author)).collect();
    let refines = written.refines.as_ref().and_then(|name| refined(name, &id, author));
    let or_confirm = written.or_confirm.as_ref().and_then(|one| confirm(one, author));
    let subject = subject(written, author)?;
    opt_in(written, &subject, author);
    let check = Check {
        id,
        title: written.title.clone(),
        step: written.step,
        severity: written.severity,
        why: written.why.clone(),
        fix: written.fix.clone(),
        links: written.links.iter().map(|link| link.value.clone()).collect(),
        who: written.who,
        answers: codes::answers(&written.answers, author),
        when,
        needs: needs.iter().map(|(id, _)| id.clone()).collect(),
        refines,
        opt_in_production: written.opt_in.is_some(),
        only_warns: false,
        or_confirm,
        subject,
        source: Arc::clone(&author.source),
    };
    Some(ValidCheck { check, needs, captures: std::mem::take(&mut author.captures) })
}

fn common(written: &WrittenCheck, author: &mut Author<'_>) {
    for link in &written.links {
        if !link.absent && !link.value.starts_with("https://") {
            author.say(link.span, "a link starts with `https://`");
        }
    }
}

/// Another check, which must exist.
pub(super) fn other(
    name: &Located<String>,
    own: Option<&CheckId>,
    author: &mut Author<'_>,
) -> Option<(CheckId, Span)> {
    if name.absent {
        return None;
    }
    let full = if name.value.contains('/') {
        name.value.clone()
    } else {
        format!("{}/{}", author.pack, name.value)
    };
    if own.is_some_and(|own| full == *own.0) {
        author.say(name.span, "a check does not name itself");
        return None;
    }
    if !author.index.checks.contains(&full) {
        let pack = full.split('/').next().unwrap_or_default();
        let same = author.index.checks.iter().map(String::as_str);
        let known: Vec<&str> = same.filter(|id| id.split('/').next() == Some(pack)).collect();
        author.say_with(name.span, format!("there is no check `{full}`"), suggest(&full, &known));
        return None;
    }
    Some((CheckId(full.into()), name.span))
}

fn refined(name: &Located<String>, own: &CheckId, author: &mut Author<'_>) -> Option<CheckId> {
    let (id, span) = other(name, Some(own), author)?;
    if id.pack() == own.pack() {
        author.say(span, "a check refines one of another pack");
        return None;
    }
    Some(id)
}

/// The subjects that are written, with their places.
fn subjects(written: &WrittenCheck) -> Vec<(&'static str, Span)> {
    fn place<T>(word: &'static str, one: Option<&Located<T>>) -> Option<(&'static str, Span)> {
        one.map(|one| (word, one.place()))
    }
    [
        place("forbid", written.forbid.as_ref()),
        place("require", written.require.as_ref()),
        place("differ", written.differ.as_ref()),
        place("agree", written.agree.as_ref()),
        place("parity", written.parity.as_ref()),
        place("setting", written.setting.as_ref()),
        place("source", written.source.as_ref()),
        place("history", written.history.as_ref()),
        place("library", written.library.as_ref()),
        place("dependency", written.dependency.as_ref()),
        place("request", written.request.as_ref()),
        place("requests", written.requests.as_ref()),
        place("webhook", written.webhook.as_ref()),
        place("webhooks", written.webhooks.as_ref()),
        place("certificate", written.certificate.as_ref()),
        place("dns", written.dns.as_ref()),
        place("page", written.page.as_ref()),
        place("evidence", written.evidence.as_ref()),
        place("rules", written.rules.as_ref()),
        place("confirm", written.confirm.as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The one subject. All that are written are validated, so that every mistake is said.
fn subject(written: &WrittenCheck, author: &mut Author<'_>) -> Option<Subject> {
    let subjects = subjects(written);
    match subjects.as_slice() {
        // a subject with a mistake, or a slip of its word, has been said
        [] if author.keys.iter().any(|key| is_subject(key)) => {}
        [] => {
            let help = "write one of forbid, require, differ, agree, parity, setting, source, \
                        dependency, history, library, request, requests, webhook, webhooks, \
                        certificate, dns, page, evidence, rules, confirm";
            let message = "the check asks nothing: it has no subject";
            author.say_with(Span::default(), message, Some(help.to_owned()));
        }
        [_] => {}
        [(first, place), rest @ ..] => {
            for (word, span) in rest {
                let message = format!("a check has one subject: `{word}` stands beside `{first}`");
                author.say(*span, message);
                if let Some(last) = author.found.pop() {
                    author.found.push(last.with_label(*place, "the first subject"));
                }
            }
        }
    }
    let word = subjects.first().map(|(word, _)| *word).unwrap_or_default();
    belongings(written, word, author);
    let asked = asked(written, author);
    let sent = sent(written, author);
    asked.or(sent)
}

fn is_subject(key: &str) -> bool {
    SUBJECTS.contains(&key) || nearest(key, SUBJECTS).is_some()
}

/// `expect`, `outcomes` and `each` stand where their subject is, and only there.
fn belongings(written: &WrittenCheck, word: &str, author: &mut Author<'_>) {
    let sends = matches!(
        word,
        "request" | "requests" | "webhook" | "webhooks" | "certificate" | "dns" | "page"
    );
    let expects = matches!(word, "setting" | "dependency");
    let place = subjects(written).first().map(|(_, place)| *place).unwrap_or_default();
    match &written.outcomes {
        Some(outcomes) if !sends && !word.is_empty() => {
            author.say(outcomes.place(), format!("`outcomes` does not belong to `{word}`"));
        }
        Some(outcomes) if outcomes.value.is_empty() && !outcomes.absent => {
            author.say(outcomes.place(), "one outcome at least is written");
        }
        None if sends => author.say(place, format!("`{word}` is judged by `outcomes`")),
        Some(_) | None => {}
    }
    match &written.expect {
        Some(expect) if !expects && !word.is_empty() => {
            author.say(expect.place(), format!("`expect` does not belong to `{word}`"));
        }
        None if expects => author.say(place, format!("`{word}` is judged by `expect`")),
        Some(_) | None => {}
    }
    for one in [&written.forbid, &written.setting].into_iter().flatten() {
        if let Some(each) = &one.value.each {
            author.say(each.place(), "`each` belongs to `require` only");
        }
    }
    for one in [&written.require, &written.setting].into_iter().flatten() {
        if let Some(says) = &one.value.says {
            author.say(says.place(), "`says` belongs to `forbid` only");
        }
    }
}

/// A subject that files or people answer.
fn asked(written: &WrittenCheck, author: &mut Author<'_>) -> Option<Subject> {
    let expect = written.setting.as_ref().and(written.expect.as_ref());
    let expect = expect.and_then(|expect| author.expression(expect, &SETTING));
    let forbid = written.forbid.as_ref().map(|one| Subject::Forbid(selector(one, author)));
    let require = written.require.as_ref().map(|one| Subject::Require {
        selector: selector(one, author),
        each: one.value.each.as_ref().map(|each| each.value),
    });
    let setting = written.setting.as_ref().map(|one| selector(one, author));
    let setting =
        setting.zip(expect).map(|(selector, expect)| Subject::Setting { selector, expect });
    let dependency = dependency(written, author);
    let built = written.library.as_ref().map(|one| Subject::Library(library(one, author)));
    let history = written.history.as_ref().map(|one| Subject::History(past(one, author)));
    let source = written.source.as_ref().map(|one| Subject::Source(search(one, author)));
    let differ = written.differ.as_ref().and_then(|one| differ(one, author)).map(Subject::Differ);
    let agree = written.agree.as_ref().map(|one| Subject::Agree(agree(one, author)));
    let parity = written.parity.as_ref().and_then(|one| parity(one, author)).map(Subject::Parity);
    let confirm = written.confirm.as_ref().and_then(|one| confirm(&one.value, author));
    let confirm = confirm.map(Subject::Confirm);
    let evidence = written.evidence.as_ref().and_then(|one| evidence(&one.value, author));
    let rules = written.rules.as_ref().map(|one| Subject::Rules(one.value));
    [
        forbid, require, setting, dependency, source, history, built, differ, agree, parity,
        confirm, evidence, rules,
    ]
    .into_iter()
    .flatten()
    .next()
}

/// What no commit may have brought.
fn past(one: &Located<WrittenHistory>, author: &mut Author<'_>) -> PastValues {
    let roles = one.value.role.0.iter().filter_map(|role| author.role(role)).collect();
    if one.value.role.0.is_empty() && one.value.kind.0.is_empty() {
        author.say(one.place(), "`role` or `kind` says which values are meant");
    }
    PastValues { roles, kinds: one.value.kind.0.clone() }
}

/// How a package is pinned.
fn dependency(written: &WrittenCheck, author: &mut Author<'_>) -> Option<Subject> {
    let one = &written.dependency.as_ref()?.value;
    if one.name.value.trim().is_empty() && !one.name.absent {
        author.say(one.name.span, "a package has a name");
    }
    let expect = author.expression(written.expect.as_ref()?, &DEPENDENCY)?;
    let (ecosystem, name) = (one.ecosystem, one.name.value.clone());
    Some(Subject::Dependency { ecosystem, name, expect })
}

/// An earlier run.
fn evidence(written: &WrittenEvidence, author: &mut Author<'_>) -> Option<Subject> {
    let fresh_days = days(&written.fresh, author)?;
    Some(Subject::Evidence(Evidence { gate: written.gate, fresh_days }))
}

/// A subject that answers on the wire tell.
fn sent(written: &WrittenCheck, author: &mut Author<'_>) -> Option<Subject> {
    let none: &[WrittenOutcome] = &[];
    let outcomes = written.outcomes.as_ref().map_or(none, |all| &all.value);
    let request = written.request.as_ref().and_then(|one| live::request(one, outcomes, author));
    let requests = written.requests.as_ref().and_then(|one| live::requests(one, outcomes, author));
    let webhook = written.webhook.as_ref().and_then(|one| delivery::webhook(one, outcomes, author));
    let webhooks = written.webhooks.as_ref();
    let webhooks = webhooks.and_then(|all| delivery::webhooks(all, outcomes, author));
    let delivery = webhook.or(webhooks).map(Subject::Delivery);
    let looked = looked(written, outcomes, author).map(Subject::Look);
    request.or(requests).map(Subject::Probe).or(delivery).or(looked)
}

/// A look at hosts.
fn looked(
    written: &WrittenCheck,
    outcomes: &[WrittenOutcome],
    author: &mut Author<'_>,
) -> Option<Look> {
    let sights = [
        (Sight::Certificate, &written.certificate),
        (Sight::Dns, &written.dns),
        (Sight::Page, &written.page),
    ];
    let looks = sights.into_iter().filter_map(|(sight, one)| Some((sight, one.as_ref()?)));
    let looks = looks.filter_map(|(sight, one)| live::look(sight, one, outcomes, author));
    looks.collect::<Vec<_>>().into_iter().next()
}

/// What touches production says so.
fn opt_in(written: &WrittenCheck, subject: &Subject, author: &mut Author<'_>) {
    let production = match subject {
        Subject::Probe(probe) => {
            probe.requests.iter().any(|(_, request)| request.touches(Class::Production))
        }
        Subject::Delivery(deliveries) => deliveries.touch(Class::Production),
        Subject::Look(look) => look.environment == Class::Production,
        Subject::Forbid(_)
        | Subject::Require { .. }
        | Subject::Differ(_)
        | Subject::Agree(_)
        | Subject::Parity(_)
        | Subject::Setting { .. }
        | Subject::Dependency { .. }
        | Subject::Source(_)
        | Subject::History(_)
        | Subject::Library(_)
        | Subject::Confirm(_)
        | Subject::Evidence(_)
        | Subject::Rules(_) => false,
    };
    match &written.opt_in {
        None if production => {
            let place = subjects(written).first().map(|(_, place)| *place).unwrap_or_default();
            author.say(place, "it touches production, and so says `opt-in: production`");
        }
        Some(Located { value: OptIn::Production, key, span, .. }) if !production => {
            author.say(key.unwrap_or(*span), "it does not touch production, and needs no `opt-in`");
        }
        Some(_) | None => {}
    }
}
