//! Deliveries to the project's own receiver.

use super::live::{ONLY, all_outcomes, names};
use super::{Author, Known};
use crate::document::{Located, Ordered};
use crate::pack::written::{WrittenOutcome, WrittenWebhook};
use crate::pack::{
    BodyForm, Class, Deliveries, Delivery, Kind, Method, RoleId, SignatureVariant, TemplateUse,
};
use crate::source::{Span, suggest};

/// What outcomes of deliveries see.
const DELIVERIES: [&str; 9] =
    ["status", "headers", "body", "ms", "fault", "now", "responses", "leaks", "length"];

/// The most deliveries of one check.
const MOST: u32 = 100;

/// What stands for every event of the pack.
const ALL: &str = "all";

/// Deliveries without a name.
pub(super) fn webhook(
    written: &Located<WrittenWebhook>,
    outcomes: &[WrittenOutcome],
    author: &mut Author<'_>,
) -> Option<Deliveries> {
    let outcomes = all_outcomes(outcomes, &DELIVERIES, author);
    let delivery = delivery(written, author)?;
    Some(Deliveries { named: vec![(ONLY.to_owned(), delivery)], outcomes })
}

/// Several deliveries, whose names the outcomes see.
pub(super) fn webhooks(
    written: &Located<Ordered<Located<WrittenWebhook>>>,
    outcomes: &[WrittenOutcome],
    author: &mut Author<'_>,
) -> Option<Deliveries> {
    let all = &written.value.0;
    if all.is_empty() && !written.absent {
        author.say(written.place(), "one delivery at least is named");
    }
    let roots = names(all, "delivery", author);
    let outcomes = all_outcomes(outcomes, &roots, author);
    let made: Vec<_> = all
        .iter()
        .map(|(name, one)| delivery(one, author).map(|made| (name.value.clone(), made)))
        .collect();
    let named: Vec<(String, Delivery)> = made.into_iter().collect::<Option<_>>()?;
    number(&named, written.place(), author);
    Some(Deliveries { named, outcomes })
}

fn delivery(written: &Located<WrittenWebhook>, author: &mut Author<'_>) -> Option<Delivery> {
    let (one, place) = (&written.value, written.place());
    let (events, apart) = events(one, place, author);
    signed(one, place, author);
    let times = one.deliveries.times.as_ref();
    let usual = |times: u32| (1..=MOST).contains(&times);
    if let Some(times) = times.filter(|times| !usual(times.value) && !times.absent) {
        author.say(times.span, format!("an event is delivered 1 to {MOST} times"));
    }
    let made = Delivery {
        to: one.to,
        signed_as: one.signed_as,
        receiver: receiver(one, place, author)?,
        events,
        apart,
        method: one.method.unwrap_or(Method::Post),
        content_type: content_type(one, author),
        body: body(one, author),
        without: one.without.0.iter().map(|path| path.value.clone()).collect(),
        with: one.with.0.iter().map(|(path, body)| (path.value.clone(), body.to_json())).collect(),
        signature: one.signature,
        times: times.map_or(1, |times| times.value),
        parallel: one.deliveries.parallel,
    };
    if times.is_none_or(|times| usual(times.value)) {
        number(&[(String::new(), made.clone())], place, author);
    }
    fields(one, &made, author);
    Some(made)
}

/// Whether what is sent can be signed, and may be sent.
fn signed(one: &WrittenWebhook, place: Span, author: &mut Author<'_>) {
    let signed = one.signature != SignatureVariant::None;
    if signed && author.own().is_some_and(|own| !own.signs) {
        author.say(place, "the pack does not say how its deliveries are signed");
    }
    let acceptable = one.signature == SignatureVariant::Valid && one.signed_as == Class::Production;
    if one.to == Class::Production && acceptable {
        author.say(place, "production is only sent what it must refuse");
    }
}

/// No check sends more than it may.
fn number(named: &[(String, Delivery)], place: Span, author: &mut Author<'_>) {
    let of = |delivery: &Delivery| {
        let events = u32::try_from(delivery.events.len()).unwrap_or(u32::MAX);
        delivery.times.saturating_mul(events)
    };
    let all = named.iter().fold(0, |sum: u32, (_, one)| sum.saturating_add(of(one)));
    if all > MOST {
        author.say(place, format!("a check makes {MOST} deliveries at most, and these are {all}"));
    }
}

/// The events, and whether each is about somebody else.
fn events(one: &WrittenWebhook, place: Span, author: &mut Author<'_>) -> (Vec<String>, bool) {
    let names = &one.event.0;
    if names.is_empty() {
        author.say(place, "`event` names an event of the pack, several, or `all`");
    }
    let Some(own) = author.own() else { return (Vec::new(), false) };
    if let [name] = names.as_slice()
        && name.value == ALL
    {
        return (own.events.keys().cloned().collect(), true);
    }
    for name in names.iter().filter(|name| !name.absent) {
        if !own.events.contains_key(&name.value) {
            let known = own.events.keys().map(String::as_str).chain([ALL]).collect::<Vec<_>>();
            let help = suggest(&name.value, &known);
            author.say_with(name.span, format!("unknown event `{}`", name.value), help);
        }
    }
    (names.iter().map(|name| name.value.clone()).collect(), false)
}

fn content_type(one: &WrittenWebhook, author: &mut Author<'_>) -> Option<String> {
    let written = one.content_type.as_ref().filter(|written| !written.absent)?;
    let visible = |letter: char| letter.is_ascii_graphic() || letter == ' ';
    if !written.value.contains('/') || !written.value.chars().all(visible) {
        author.say(written.span, "a content type is written as in `text/plain`");
    }
    Some(written.value.clone())
}

fn body(one: &WrittenWebhook, author: &mut Author<'_>) -> BodyForm {
    let Some(written) = &one.body else { return BodyForm::AsIs };
    let form = author.own().is_some_and(|own| own.sends_forms);
    if form && !matches!(written.value, BodyForm::AsIs | BodyForm::Reordered) && !written.absent {
        author.say(written.place(), "the pack's deliveries are forms, and this is about JSON");
    }
    if matches!(one.method, Some(Method::Get | Method::Head)) && !written.absent {
        author.say(written.place(), "`GET` and `HEAD` go without a body");
    }
    written.value
}

/// Every path leads somewhere in every event.
fn fields(one: &WrittenWebhook, made: &Delivery, author: &mut Author<'_>) {
    for (_, body) in &one.with.0 {
        for (text, span) in body.texts() {
            author.parts(text, span, TemplateUse::Sending);
        }
    }
    let Some(own) = author.own() else { return };
    for path in &one.without.0 {
        let alone =
            Delivery { without: vec![path.value.clone()], with: Vec::new(), ..made.clone() };
        leads(&alone, path, own, author);
    }
    for (path, body) in &one.with.0 {
        let with = vec![(path.value.clone(), body.to_json())];
        leads(&Delivery { without: Vec::new(), with, ..made.clone() }, path, own, author);
    }
}

fn leads(made: &Delivery, path: &Located<String>, own: &Known, author: &mut Author<'_>) {
    if path.absent {
        return;
    }
    if path.value.split('.').any(str::is_empty) {
        author.say(path.span, "a path is written as in `event.details.0`");
        return;
    }
    let body = |name: &String| own.events.get(name).and_then(Option::as_ref);
    let without = made
        .events
        .iter()
        .find(|name| body(name).is_some_and(|event| made.changed(event).is_err()));
    if let Some(name) = without {
        author.say(path.span, format!("`{}` leads nowhere in the event `{name}`", path.value));
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
