//! How a check is asked and what passes, in words.

use super::selector::{kind, settings};
use super::source;
use crate::pack::{
    Agree, AgreeOn, BodyForm, Class, Confirm, Deliveries, Delivery, Differ, Each, Kind, Look,
    Method, Parity, Probe, Request, RoleId, RulesClaim, Sight, SignatureVariant, Subject, Template,
    TemplatePart,
};
use crate::report::sheet::count;
use crate::report::wrap::prose;

/// What is looked at, sent or asked.
pub(super) fn asked(subject: &Subject) -> Vec<String> {
    match subject {
        Subject::Forbid(selector) | Subject::Setting { selector, .. } => vec![settings(selector)],
        Subject::Require { selector, each } => {
            let each = each.map(|each| format!(", for each {}", each_word(each)));
            vec![format!("{}{}", settings(selector), each.unwrap_or_default())]
        }
        Subject::Differ(Differ { roles, kinds, between: (one, other) }) => {
            vec![format!("{} in {one} and in {other}", which(roles, kinds))]
        }
        Subject::Agree(Agree { roles, kinds, .. }) => {
            vec![format!("{} of one provider in one environment", which(roles, kinds))]
        }
        Subject::Parity(parity) => vec![sides(parity)],
        Subject::Dependency { ecosystem, name, .. } => {
            vec![format!("every place that states the {} package {name}", ecosystem.as_str())]
        }
        Subject::Source(search) => source::searched(search),
        Subject::Library(texts) => source::built(texts),
        Subject::History(values) => {
            vec![format!("{} in dotenv files of every commit", which(&values.roles, &values.kinds))]
        }
        Subject::Probe(Probe { requests, .. }) => {
            requests.iter().map(|(_, request)| exchange(request)).collect()
        }
        Subject::Confirm(confirm) => statement(confirm),
        Subject::Evidence(evidence) => {
            vec![format!("an earlier run at the {} gate, by --evidence", evidence.gate.as_str())]
        }
        Subject::Rules(RulesClaim::Kept) => {
            vec!["what a change does to golive.yaml, confirmations and packs, by --base".to_owned()]
        }
        Subject::Delivery(Deliveries { named, .. }) => {
            named.iter().map(|(_, delivery)| deliveries(delivery)).collect()
        }
        Subject::Look(look) => look.roles.iter().map(|role| sight(look, role)).collect(),
    }
}

/// What makes the check pass.
pub(super) fn passes(subject: &Subject) -> String {
    match subject {
        Subject::Forbid(_) => "where there is none of these in what was read".to_owned(),
        Subject::Require { each: None, .. } => "where there is at least one of these".to_owned(),
        Subject::Require { each: Some(_), .. } => "where none of them is missing".to_owned(),
        Subject::Setting { expect, .. } | Subject::Dependency { expect, .. } => {
            format!("where for each: {}", prose(expect.source()))
        }
        Subject::Differ(_) => "where no value is the same on both sides".to_owned(),
        Subject::Agree(Agree { on: AgreeOn::Home, .. }) => {
            "where all belong to the same class of environment".to_owned()
        }
        Subject::Agree(Agree { on: AgreeOn::Value, .. }) => {
            "where all hold one value, as far as they are set".to_owned()
        }
        Subject::Parity(Parity { between: (one, other), .. }) => {
            format!("where {other} has all that {one} has")
        }
        Subject::Source(search) => source::passes(search),
        Subject::Library(_) => "where none of them holds it".to_owned(),
        Subject::History(_) => "where no commit ever held one".to_owned(),
        Subject::Probe(_) | Subject::Delivery(_) | Subject::Look(_) => {
            "by the outcomes below".to_owned()
        }
        Subject::Confirm(confirm) => {
            let days = count(u64::from(confirm.valid_days), "day", "days");
            let covers: Vec<String> = confirm
                .covers
                .iter()
                .map(|(environment, role)| format!("{environment} {role}"))
                .collect();
            let until = match covers.as_slice() {
                [] => String::new(),
                some => format!(", or until {} changes", some.join(" or ")),
            };
            format!("where a named person says so, for {days}{until}")
        }
        Subject::Rules(RulesClaim::Kept) => {
            "where nothing is judged more lightly by the change's rules than by the base's"
                .to_owned()
        }
        Subject::Evidence(evidence) => format!(
            "where it passed, is no more than {} old and judged the same files by the same packs",
            count(u64::from(evidence.fresh_days), "day", "days")
        ),
    }
}

/// What a person is asked to say: the statement, and each of its points.
pub(super) fn statement(confirm: &Confirm) -> Vec<String> {
    let said = format!("{} says: {}", confirm.who.as_str(), prose(&confirm.statement));
    let points = confirm.points.iter().map(|point| format!("- {}", prose(point)));
    std::iter::once(said).chain(points).collect()
}

fn each_word(each: Each) -> &'static str {
    match each {
        Each::Provider => "provider",
        Each::Environment => "environment",
        Each::Role => "role in each environment",
    }
}

fn which(roles: &[RoleId], kinds: &[Kind]) -> String {
    let roles = roles.iter().map(RoleId::to_string);
    let kinds = kinds.iter().map(|one| format!("every {}", kind(*one)));
    roles.chain(kinds).collect::<Vec<_>>().join(" and ")
}

fn sides(parity: &Parity) -> String {
    let (one, other) = &parity.between;
    let of = if parity.of_roles { "roles" } else { "names" };
    let except = match parity.except.as_slice() {
        [] => String::new(),
        some => format!(", except {}", some.join(", ")),
    };
    format!("the {of} of {one} and of {other}{except}")
}

fn exchange(request: &Request) -> String {
    let creates = request.creates.as_ref();
    let creates = creates.map(|what| format!(", which may create {}", prose(what)));
    format!(
        "{} {} with values of {}{}",
        request.method.as_str(),
        template(&request.url),
        request.environment.as_str(),
        creates.unwrap_or_default()
    )
}

fn deliveries(delivery: &Delivery) -> String {
    let number = count(u64::from(delivery.times), "delivery", "deliveries");
    let parallel = if delivery.parallel { ", all at once," } else { "" };
    let method = if delivery.method == Method::Post {
        String::new()
    } else {
        format!(" by {}", delivery.method.as_str())
    };
    format!(
        "{number}{parallel} of {}{} to the receiver of {} ({}){method}, {}",
        delivery.events.join(", "),
        body(delivery),
        delivery.to.as_str(),
        delivery.receiver,
        signed(delivery.signature, delivery.signed_as)
    )
}

/// What is unusual about a body.
fn body(delivery: &Delivery) -> String {
    let mut words = Vec::new();
    words.extend(delivery.without.iter().map(|path| format!("without {path}")));
    words.extend(delivery.with.iter().map(|(path, value)| format!("with {path} {value}")));
    words.extend(match delivery.body {
        BodyForm::AsIs => None,
        BodyForm::Spaced => Some("written with blanks".to_owned()),
        BodyForm::Reordered => Some("written in another order".to_owned()),
        BodyForm::Escaped => Some("written with every character escaped".to_owned()),
        BodyForm::Malformed => Some("cut off in the middle".to_owned()),
    });
    words.extend(delivery.content_type.iter().map(|kind| format!("called {kind}")));
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

fn signed(variant: SignatureVariant, class: Class) -> String {
    let key = class.as_str();
    match variant {
        SignatureVariant::Valid => format!("signed with the key of {key}"),
        SignatureVariant::None => "not signed".to_owned(),
        SignatureVariant::Empty => "with an empty signature".to_owned(),
        SignatureVariant::Truncated => format!("with half of the signature of {key}"),
        SignatureVariant::Tampered => format!("signed with the key of {key}, then altered"),
        SignatureVariant::WrongKey => "signed with a false key".to_owned(),
        SignatureVariant::Sha256 => format!("signed by HMAC-SHA-256 with the key of {key}"),
    }
}

/// What is looked at.
fn sight(look: &Look, role: &RoleId) -> String {
    let environment = look.environment.as_str();
    let what = match look.sight {
        Sight::Certificate => "the certificate of the host of",
        Sight::Dns => "the addresses and the port of the host of",
        Sight::Page => "the answer to GET",
    };
    format!("{what} {role} in {environment}; nothing of the project is sent")
}

/// A template as its author writes it.
fn template(template: &Template) -> String {
    let parts = template.0.iter().map(|part| match part {
        TemplatePart::Text(text) => text.clone(),
        TemplatePart::Role(role) => format!("{{{role}}}"),
        TemplatePart::RoleOf(class, role) => format!("{{{}.{role}}}", class.as_str()),
        TemplatePart::RandomUid => "{random-uid}".to_owned(),
        TemplatePart::Fabricated => "{fabricated}".to_owned(),
        TemplatePart::Now => "{now}".to_owned(),
        TemplatePart::Parameter(name) => format!("{{param.{name}}}"),
        TemplatePart::Capture(name) => format!("{{capture.{name}}}"),
        TemplatePart::Delivery(name) => format!("{{{name}}}"),
    });
    parts.collect()
}
