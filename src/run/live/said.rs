//! Exchanges in a few words: statuses, faults and kinds only, nothing of a body.

use crate::pack::{BodyForm, Check, Delivery, SignatureVariant, Subject};
use crate::probe::{ANSWER, Facts, Recorded};

/// How many answers of one name are said one by one.
const SINGLY: usize = 3;

/// What was special about a delivery; `event` is its event, where several bear its name.
pub(super) fn note(check: &Check, name: &str, event: Option<&str>) -> Option<String> {
    let delivery = delivery(check, name)?;
    let mut words: Vec<String> = event.iter().map(|event| (*event).to_owned()).collect();
    words.push(signature(delivery.signature).to_owned());
    words.extend(body(delivery));
    Some(words.join(", "))
}

/// What will be delivered: its event, and what is special about it.
pub(super) fn planned(check: &Check, name: &str, event: Option<&str>) -> Option<String> {
    let delivery = delivery(check, name)?;
    let note = note(check, name, event)?;
    Some(match (event, delivery.events.as_slice()) {
        (None, [only]) => format!("{only}, {note}"),
        (Some(_) | None, _) => note,
    })
}

fn delivery<'c>(check: &'c Check, name: &str) -> Option<&'c Delivery> {
    let Subject::Delivery(deliveries) = &check.subject else { return None };
    deliveries.named.iter().find(|(known, _)| known == name).map(|(_, delivery)| delivery)
}

fn signature(variant: SignatureVariant) -> &'static str {
    match variant {
        SignatureVariant::Valid => "rightly signed",
        SignatureVariant::None => "without a signature",
        SignatureVariant::Empty => "with an empty signature",
        SignatureVariant::Truncated => "with half of the signature",
        SignatureVariant::Tampered => "body altered after signing",
        SignatureVariant::WrongKey => "signed with a false key",
        SignatureVariant::Sha256 => "signed with SHA-256",
    }
}

/// What is unusual about the body of a delivery.
fn body(delivery: &Delivery) -> Vec<String> {
    let form = match delivery.body {
        BodyForm::AsIs => None,
        BodyForm::Spaced => Some("with blanks in the body"),
        BodyForm::Reordered => Some("with the keys in another order"),
        BodyForm::Escaped => Some("with every character escaped"),
        BodyForm::Malformed => Some("with half of the body"),
    };
    let without = delivery.without.iter().map(|path| format!("without {path}"));
    let with = delivery.with.iter().map(|(path, value)| {
        let shown = value.to_string();
        if shown.len() > 40 { format!("with another {path}") } else { format!("{path} {shown}") }
    });
    let kind = delivery.content_type.iter().map(|kind| format!("as {kind}"));
    form.map(str::to_owned).into_iter().chain(without).chain(with).chain(kind).collect()
}

/// The answers, those of one name together.
pub(super) fn said(exchanges: &[Recorded]) -> String {
    let mut words = Vec::new();
    let mut rest = exchanges;
    while let Some(first) = rest.first() {
        let same = rest
            .iter()
            .take_while(|one| one.name == first.name && one.scope == first.scope)
            .count();
        let (group, others) = rest.split_at(same);
        let answers = together(group);
        words.push(match &first.scope {
            Some(scope) => format!("{scope}: {answers}"),
            None if first.name == ANSWER => answers,
            None => format!("{}: {answers}", first.name),
        });
        rest = others;
    }
    words.join(", ")
}

fn together(group: &[Recorded]) -> String {
    let statuses = group.iter().all(|one| one.facts.fault.is_none());
    let same = group.windows(2).all(|pair| match pair {
        [one, other] => one.facts.status == other.facts.status,
        _ => true,
    });
    if let ([first, ..], true, true) = (group, statuses && same, group.len() > SINGLY) {
        let longest = group.iter().map(|one| one.facts.ms).max().unwrap_or(0);
        return format!("{} times {}, in {longest} ms at most", group.len(), first.facts.status);
    }
    group.iter().map(|one| answer(&one.facts)).collect::<Vec<_>>().join(", ")
}

fn answer(facts: &Facts) -> String {
    let said = match facts.fault {
        Some(fault) => facts.detail.clone().unwrap_or_else(|| fault.as_str().to_owned()),
        None if facts.status == 0 => facts.detail.clone().unwrap_or_default(),
        None => format!("{} in {} ms", facts.status, facts.ms),
    };
    match &facts.event {
        Some(event) => format!("{event} {said}"),
        None => said,
    }
}
