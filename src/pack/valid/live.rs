//! Requests, and what answers mean.

use super::Author;
use super::url::url;
use crate::document::{Located, Ordered};
use crate::pack::written::{WrittenOutcome, WrittenRequest};
use crate::pack::{Outcome, Probe, Request, Template, TemplateUse};
use crate::source::suggest;

/// What outcomes of one exchange see.
const EXCHANGE: [&str; 5] = ["status", "headers", "body", "ms", "fault"];

/// The name of a single exchange.
pub(super) const ONLY: &str = "answer";

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
    let names = names(requests, "request", author);
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
        }
    }
    all.iter().map(|(name, _)| name.value.as_str()).collect()
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
