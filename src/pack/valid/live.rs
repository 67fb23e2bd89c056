//! Requests, deliveries and what their answers mean.

use super::Author;
use super::url::url;
use crate::document::{Located, Ordered};
use crate::pack::written::{WrittenOutcome, WrittenRequest, WrittenWebhook};
use crate::pack::{
    Class, Delivery, Kind, Outcome, Probe, Request, RoleId, SignatureVariant, Template, TemplateUse,
};
use crate::source::{Span, suggest};

/// What outcomes of one exchange see.
const EXCHANGE: [&str; 5] = ["status", "headers", "body", "ms", "fault"];

/// What outcomes of deliveries see.
const DELIVERIES: [&str; 6] = ["status", "headers", "body", "ms", "fault", "responses"];

/// The name of a single exchange.
pub(super) const ONLY: &str = "answer";

/// The most deliveries of one check.
const MOST: u32 = 100;

/// One exchange.
pub(super) fn request(
    written: &Located<WrittenRequest>,
    outcomes: &[WrittenOutcome],
    author: &mut Author<'_>,
) -> Option<Probe> {
    let outcomes = all_outcomes(outcomes, &EXCHANGE, author);
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
    for (name, _) in requests {
        let letters = name.value.starts_with(|one: char| one.is_ascii_alphabetic());
        let plain = |one: char| one.is_ascii_alphanumeric() || one == '_';
        if !letters || !name.value.chars().all(plain) {
            author.say(name.span, "a request's name is of letters, digits and underscores");
        }
    }
    let names: Vec<&str> = requests.iter().map(|(name, _)| name.value.as_str()).collect();
    let outcomes = all_outcomes(outcomes, &names, author);
    let requests = requests.iter().map(|(name, written)| {
        one_request(written, author).map(|request| (name.value.clone(), request))
    });
    let requests = requests.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>()?;
    Some(Probe { requests, outcomes })
}

fn one_request(written: &WrittenRequest, author: &mut Author<'_>) -> Option<Request> {
    let url = url(&written.url, written.environment, author);
    let headers = fields(&written.headers, author);
    let form = fields(&written.form, author);
    if let Some(json) = &written.json {
        for (text, span) in json.texts() {
            author.parts(text, span, TemplateUse::Sending);
        }
        if let Some((name, _)) = written.form.0.first() {
            author.say(name.span, "a request has one body, `json` or `form`");
        }
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
    })
}

fn fields(written: &Ordered<Located<String>>, author: &mut Author<'_>) -> Vec<(String, Template)> {
    let field = |(name, text): &(Located<String>, Located<String>)| {
        let template = author.template(text, TemplateUse::Sending)?;
        Some((name.value.clone(), template))
    };
    written.0.iter().filter_map(field).collect()
}

/// Deliveries.
pub(super) fn webhook(
    written: &Located<WrittenWebhook>,
    outcomes: &[WrittenOutcome],
    author: &mut Author<'_>,
) -> Option<Delivery> {
    let outcomes = all_outcomes(outcomes, &DELIVERIES, author);
    let one = &written.value;
    event(&one.event, author);
    let place = written.place();
    let signed = one.signature != SignatureVariant::None;
    if signed && author.own().is_some_and(|own| !own.signs) {
        author.say(place, "the pack does not say how its deliveries are signed");
    }
    let acceptable = one.signature == SignatureVariant::Valid && one.signed_as == Class::Production;
    if one.to == Class::Production && acceptable {
        author.say(place, "production is only sent what it must refuse");
    }
    let times = one.deliveries.times.as_ref();
    if let Some(times) = times.filter(|times| !(1..=MOST).contains(&times.value) && !times.absent) {
        author.say(times.span, format!("an event is delivered 1 to {MOST} times"));
    }
    Some(Delivery {
        to: one.to,
        signed_as: one.signed_as,
        receiver: receiver(one, place, author)?,
        event: one.event.value.clone(),
        signature: one.signature,
        times: times.map_or(1, |times| times.value),
        parallel: one.deliveries.parallel,
        outcomes,
    })
}

fn event(name: &Located<String>, author: &mut Author<'_>) {
    let Some(own) = author.own().filter(|_| !name.absent) else { return };
    if !own.events.contains(&name.value) {
        let known: Vec<&str> = own.events.iter().map(String::as_str).collect();
        let help = suggest(&name.value, &known);
        author.say_with(name.span, format!("unknown event `{}`", name.value), help);
    }
}

/// The role that is named, or the only webhook URL of the pack.
fn receiver(one: &WrittenWebhook, place: Span, author: &mut Author<'_>) -> Option<RoleId> {
    if let Some(name) = &one.receiver {
        return author.role(name);
    }
    let own = author.own()?;
    let urls = own.roles.iter().filter(|(_, kind)| **kind == Some(Kind::WebhookUrl));
    let urls: Vec<&String> = urls.map(|(name, _)| name).collect();
    if let [role] = urls.as_slice() {
        return Some(RoleId { pack: author.pack.to_owned(), role: (*role).clone() });
    }
    let count = urls.len();
    author
        .say(place, format!("the pack has {count} roles of kind webhook-url; name the `receiver`"));
    None
}

fn all_outcomes(
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
