//! Requests, and what answers mean.

use std::collections::BTreeSet;

use super::Author;
use super::url::url;
use crate::document::{Located, Ordered};
use crate::pack::written::{WrittenHostOf, WrittenOutcome, WrittenRequest};
use crate::pack::{
    Class, Kind, Look, Outcome, Probe, Request, RoleId, Sight, Template, TemplatePart, TemplateUse,
};
use crate::source::suggest;

/// What outcomes of one exchange see; `claims` only where a request says where they stand.
const EXCHANGE: [&str; 8] = ["status", "headers", "body", "ms", "fault", "now", "sent", "claims"];

/// The clock of the run, in seconds since 1970.
const NOW: &str = "now";

/// The name of a single exchange.
pub(super) const ONLY: &str = "answer";

/// One exchange.
pub(super) fn request(
    written: &Located<WrittenRequest>,
    outcomes: &[WrittenOutcome],
    author: &mut Author<'_>,
) -> Option<Probe> {
    let without = EXCHANGE.len() - usize::from(written.value.claims.is_none());
    let names = EXCHANGE.get(..without).unwrap_or(&EXCHANGE);
    let outcomes = all_outcomes(outcomes, names, author);
    let request = one_request(&written.value, author)?;
    Some(Probe { requests: vec![(ONLY.to_owned(), request)], outcomes })
}

/// Several exchanges, whose names the outcomes see.
pub(super) fn requests(
    written: &Located<Ordered<WrittenRequest>>,
    outcomes: &[WrittenOutcome],
    author: &mut Author<'_>,
) -> Option<Probe> {
    let requests = &written.value.0;
    if requests.is_empty() && !written.absent {
        author.say(written.place(), "one request at least is named");
    }
    let mut names = names(requests, "request", author);
    names.push(NOW);
    let outcomes = all_outcomes(outcomes, &names, author);
    let requests = requests.iter().map(|(name, written)| {
        one_request(written, author).map(|request| (name.value.clone(), request))
    });
    let requests = requests.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>()?;
    Some(Probe { requests, outcomes })
}

/// The names of `all`, which outcomes can read.
pub(super) fn names<'w, T>(
    all: &'w [(Located<String>, T)],
    what: &str,
    author: &mut Author<'_>,
) -> Vec<&'w str> {
    for (name, _) in all {
        let letters = name.value.starts_with(|one: char| one.is_ascii_alphabetic());
        let plain = |one: char| one.is_ascii_alphanumeric() || one == '_';
        if !letters || !name.value.chars().all(plain) {
            author.say(name.span, format!("a {what}'s name is of letters, digits and underscores"));
        } else if name.value == NOW {
            author.say(name.span, format!("`now` is the clock of the run, and no {what}"));
        }
    }
    all.iter().map(|(name, _)| name.value.as_str()).collect()
}

fn one_request(written: &WrittenRequest, author: &mut Author<'_>) -> Option<Request> {
    let headers = fields(&written.headers, author);
    let form = fields(&written.form, author);
    let mut others = BTreeSet::new();
    for (_, template) in headers.iter().chain(&form) {
        others.extend(template.0.iter().filter_map(of_class));
    }
    if let Some(json) = &written.json {
        for (text, span) in json.texts() {
            let parts = author.parts(text, span, TemplateUse::Sending).unwrap_or_default();
            others.extend(parts.iter().filter_map(|(part, _)| of_class(part)));
        }
        if let Some((name, _)) = written.form.0.first() {
            author.say(name.span, "a request has one body, `json` or `form`");
        }
    }
    let mut classes = vec![written.environment];
    classes.extend(others.iter().map(|(class, _)| *class));
    classes.dedup();
    let url = url(&written.url, &classes, author);
    let url = url.inspect(|url| others.extend(url.0.iter().filter_map(of_class)));
    if let Some(path) = &written.claims {
        captured(path, &["headers", "body"], author);
    }
    Some(Request {
        environment: written.environment,
        method: written.method,
        url: url?,
        headers,
        json: written.json.as_ref().map(crate::pack::written::Body::to_json),
        form,
        creates: written.creates.clone(),
        repeatable: written.repeatable,
        signed: signed(written, author),
        claims: written.claims.as_ref().map(|path| path.value.clone()),
        others,
    })
}

/// Whether a request is signed, which needs a body and a pack that says how.
fn signed(written: &WrittenRequest, author: &mut Author<'_>) -> bool {
    let Some(signed) = written.signed.as_ref().filter(|signed| signed.value) else { return false };
    if author.own().is_some_and(|own| !own.signs) {
        author.say(signed.place(), "the pack does not say how its deliveries are signed");
    }
    if written.json.is_none() && written.form.0.is_empty() {
        author.say(signed.place(), "a request without a body has nothing to sign");
    }
    true
}

/// The class and the role of a hole that names both.
fn of_class(part: &TemplatePart) -> Option<(Class, RoleId)> {
    if let TemplatePart::RoleOf(class, role) = part { Some((*class, role.clone())) } else { None }
}

fn fields(written: &Ordered<Located<String>>, author: &mut Author<'_>) -> Vec<(String, Template)> {
    let field = |(name, text): &(Located<String>, Located<String>)| {
        let template = author.template(text, TemplateUse::Sending)?;
        Some((name.value.clone(), template))
    };
    written.0.iter().filter_map(field).collect()
}

/// A look at hosts.
pub(super) fn look(
    sight: Sight,
    written: &Located<WrittenHostOf>,
    outcomes: &[WrittenOutcome],
    author: &mut Author<'_>,
) -> Option<Look> {
    let outcomes = all_outcomes(outcomes, sight.names(), author);
    let one = &written.value;
    if one.role.0.is_empty() && !written.absent {
        author.say(written.place(), "one role at least is named");
    }
    let mut roles = Vec::new();
    for name in &one.role.0 {
        let role = author.role(name)?;
        let kind = author.own().and_then(|own| own.roles.get(&role.role).copied().flatten());
        let names_a_host = |kind| matches!(kind, Kind::Url | Kind::WebhookUrl | Kind::Host);
        if role.pack != author.pack {
            author.say(name.span, "a pack looks at the hosts of its own roles only");
        } else if kind.is_some_and(|kind| !names_a_host(kind)) {
            author.say(name.span, "a role that names a host is of kind url, webhook-url or host");
        }
        roles.push(role);
    }
    Some(Look { sight, roles, environment: one.environment, outcomes })
}

/// The outcomes, which see `names`.
pub(super) fn all_outcomes(
    written: &[WrittenOutcome],
    names: &[&str],
    author: &mut Author<'_>,
) -> Vec<Outcome> {
    let mut all = Vec::new();
    for one in written {
        for (_, path) in &one.capture.0 {
            captured(path, names, author);
        }
        let captures = one.capture.0.iter();
        let capture = captures.map(|(name, path)| (name.value.clone(), path.value.clone()));
        if let Some(when) = author.expression(&one.when, names) {
            all.push(Outcome {
                when,
                result: one.result,
                message: one.message.clone(),
                severity: one.severity,
                capture: capture.collect(),
            });
        }
    }
    all
}

/// A path such as `body.access_token`, which starts at a name that outcomes see.
fn captured(path: &Located<String>, names: &[&str], author: &mut Author<'_>) {
    let mut steps = path.value.split('.');
    let root = steps.next().unwrap_or_default();
    if path.absent {
        return;
    }
    if !names.contains(&root) {
        author.say_with(path.span, format!("unknown name `{root}`"), suggest(root, names));
    } else if path.value.split('.').any(str::is_empty) {
        author.say(path.span, "a path is written as in `body.access_token`");
    }
}
