//! The published list: every code is there once, and something answers it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Author;
use super::check::other;
use crate::document::Located;
use crate::pack::written::WrittenCodes;
use crate::pack::{Check, Code, CodeGroup, Codes};
use crate::source::{Diagnostic, suggest};

/// Validates a list; what is right of it is kept.
pub(crate) fn codes(written: &WrittenCodes, author: &mut Author<'_>) -> Codes {
    let mut seen = BTreeSet::new();
    let mut groups = Vec::new();
    for group in &written.groups {
        if let Some(link) = group.link.as_ref().filter(|link| !link.value.starts_with("https://"))
            && !link.absent
        {
            author.say(link.span, "a link starts with `https://`");
        }
        let mut codes = Vec::new();
        for (id, code) in &group.codes.0 {
            if !seen.insert(&id.value) {
                author.say(id.span, format!("the code `{}` stands twice", id.value));
            }
            let by = code.by.0.iter().filter_map(|name| other(name, None, author));
            codes.push(Code {
                id: id.value.clone(),
                asks: code.asks.clone(),
                by: by.map(|(id, _)| id).collect(),
                instead: code.instead.clone(),
                planned: code.planned,
                span: id.span,
            });
        }
        let link = group.link.as_ref().map(|link| link.value.clone());
        groups.push(CodeGroup { title: group.title.clone(), link, codes });
    }
    let unread = written.unread.0.iter();
    Codes {
        groups,
        unread: unread.map(|(page, instead)| (page.value.clone(), instead.clone())).collect(),
        source: Arc::clone(&author.source),
    }
}

/// Says it where a check answers a code that its pack does not list.
pub(super) fn answers(written: &[Located<String>], author: &mut Author<'_>) -> Vec<String> {
    if let Some(known) = author.index.packs.get(author.pack).and_then(|own| own.codes.as_ref()) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for code in written.iter().filter(|code| !code.absent) {
            if !known.contains(&code.value.as_str()) {
                let message = format!("codes.yaml has no code `{}`", code.value);
                author.say_with(code.span, message, suggest(&code.value, &known));
            }
        }
    }
    written.iter().map(|code| code.value.clone()).collect()
}

/// Says the codes of a pack that nothing answers.
pub(crate) fn unanswered(pack: &str, codes: &Codes, checks: &[&Check]) -> Vec<Diagnostic> {
    let own = checks.iter().filter(|check| check.id.pack() == pack);
    let answered: BTreeSet<&str> =
        own.flat_map(|check| &check.answers).map(String::as_str).collect();
    let open = codes.all().filter(|code| {
        let told = !code.by.is_empty() || code.instead.is_some() || code.planned;
        !told && !answered.contains(code.id.as_str())
    });
    let say = |code: &Code| {
        let message = format!("no check answers `{}`", code.id);
        let help = "name the code under `answers` of a check, or say `by`, `instead` or `planned`";
        Diagnostic::error(&codes.source, code.span, message).with_help(help)
    };
    open.map(say).collect()
}
