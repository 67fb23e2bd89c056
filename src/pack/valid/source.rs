//! What is searched in the text of programs.

use super::Author;
use crate::document::{Located, OneOrMany};
use crate::pack::written::{WrittenLibrary, WrittenNear, WrittenPair, WrittenSource};
use crate::pack::{BuiltTexts, FileName, Near, Pair, Pattern, Search, SourceExpect};
use crate::source::Span;

/// A shorter text stands in half of all files.
const SHORTEST: usize = 4;

/// What stands further away is not near.
const FURTHEST: u32 = 200;

/// A search.
pub(super) fn search(written: &Located<WrittenSource>, author: &mut Author<'_>) -> Search {
    let one = &written.value;
    let expect = one.expect.as_ref().map(|expect| expect.value).unwrap_or_default();
    asks_something(written, expect, author);
    Search {
        area: one.area,
        files: files(&one.r#in, author),
        holds: holds(&one.holds, written.place(), author),
        matches: patterns(&one.matches, author),
        near: near(&one.near, author),
        not_near: near(&one.not_near, author),
        pairs: one.pairs.0.iter().filter_map(|pair| paired(&pair.value, author)).collect(),
        expect,
        hint: one.hint,
        says: one.says.as_ref().map(|says| says.value.trim().to_owned()).unwrap_or_default(),
    }
}

/// Either patterns or pairs, and words for what is wrong.
fn asks_something(written: &Located<WrittenSource>, expect: SourceExpect, author: &mut Author<'_>) {
    let (one, place) = (&written.value, written.place());
    match (one.matches.0.is_empty(), one.pairs.0.is_empty()) {
        (true, true) => author.say(place, "`matches` says what is searched"),
        (false, false) => author.say(place, "`matches` and `pairs` are two checks"),
        (true, false) if !one.near.0.is_empty() || !one.not_near.0.is_empty() => {
            author.say(place, "`near` and `not-near` belong to `matches`");
        }
        (true, false) if expect == SourceExpect::Some => {
            let span = one.expect.as_ref().map_or(place, Located::place);
            author.say(span, "`expect` belongs to `matches`");
        }
        _ => {}
    }
    let tells = one.pairs.0.is_empty() && !(expect == SourceExpect::Some && one.hint);
    match &one.says {
        None if tells => author.say(place, "`says` tells what is wrong where this fails"),
        Some(says) if !tells => {
            author.say(says.place(), "nothing is ever found here, so `says` is never said");
        }
        Some(_) | None => {}
    }
}

fn holds(texts: &OneOrMany<Located<String>>, place: Span, author: &mut Author<'_>) -> Vec<String> {
    if texts.0.is_empty() {
        author.say(place, "`holds` names a text that a file must hold to be looked at");
    }
    let mut kept = Vec::new();
    for text in texts.0.iter().filter(|text| !text.absent) {
        if text.value.len() < SHORTEST {
            let message =
                format!("a text has {SHORTEST} letters at least: shorter ones are everywhere");
            author.say(text.span, message);
        } else if !text.value.is_ascii() {
            author.say(text.span, "a text is written in ASCII");
        } else {
            kept.push(text.value.to_ascii_lowercase());
        }
    }
    kept
}

fn files(names: &OneOrMany<Located<String>>, author: &mut Author<'_>) -> Vec<FileName> {
    let mut kept = Vec::new();
    for name in names.0.iter().filter(|name| !name.absent) {
        if name.value.is_empty() || name.value.contains(['/', '*']) || name.value.starts_with('.') {
            let message = "a file is named by its ending (`swift`) or whole (`Info.plist`)";
            author.say(name.span, message);
        } else {
            kept.push(FileName(name.value.clone()));
        }
    }
    kept
}

fn patterns(written: &OneOrMany<Located<String>>, author: &mut Author<'_>) -> Vec<Pattern> {
    written.0.iter().filter_map(|text| author.pattern(text)).collect()
}

fn near(written: &OneOrMany<Located<WrittenNear>>, author: &mut Author<'_>) -> Vec<Near> {
    let mut kept = Vec::new();
    for one in &written.0 {
        let within = &one.value.within;
        if within.value > FURTHEST {
            author.say(within.span, format!("near is {FURTHEST} lines at most"));
        }
        let matches = patterns(&one.value.matches, author);
        if one.value.matches.0.is_empty() {
            author.say(one.place(), "`matches` says what stands near");
        }
        kept.push(Near { within: usize::try_from(within.value).unwrap_or(usize::MAX), matches });
    }
    kept
}

fn paired(written: &WrittenPair, author: &mut Author<'_>) -> Option<Pair> {
    let this = author.pattern(&written.this);
    let needs = author.pattern(&written.needs);
    let files = files(&written.r#in, author);
    let says = written.says.value.trim().to_owned();
    Some(Pair { this: this?, needs: needs?, files, says })
}

/// What is searched in built libraries.
pub(super) fn library(written: &Located<WrittenLibrary>, author: &mut Author<'_>) -> BuiltTexts {
    let one = &written.value;
    let endings = files(&one.within, author);
    if one.within.0.is_empty() || one.matches.0.is_empty() {
        author.say(written.place(), "`within` says where is searched, and `matches` what");
    }
    BuiltTexts {
        within: endings.into_iter().map(|ending| ending.0).collect(),
        holds: holds(&one.holds, written.place(), author),
        matches: patterns(&one.matches, author),
        says: one.says.value.trim().to_owned(),
    }
}
