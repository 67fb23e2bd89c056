//! Blanks, quotes and invisible characters where a value has none.

use base64::prelude::{BASE64_STANDARD, Engine};

use crate::pack::Origin;
use crate::project::Setting;

/// What is wrong at the ends of a value or inside it, as the rest of a sentence; none where
/// nothing is. Keys of several lines (PEM, JSON) hold blanks by right, and so may a value that is
/// only taken for a password by its name.
pub(super) fn misplaced(setting: &Setting) -> Option<&'static str> {
    let value = setting.literal()?.expose();
    if value.contains("-----BEGIN") || value.trim_start().starts_with(['{', '[']) {
        return None;
    }
    if ends_encoded(setting) {
        return Some("holds a line break at the end of what base64 hides");
    }
    at_the_ends(value).or_else(|| inside(value.trim(), setting.kind_is_guess))
}

fn at_the_ends(value: &str) -> Option<&'static str> {
    let (first, last) = (value.chars().next()?, value.chars().next_back()?);
    if matches!(last, '\n' | '\r') {
        Some("ends with a line break")
    } else if last.is_whitespace() {
        Some("ends with a blank")
    } else if first.is_whitespace() {
        Some("begins with a blank")
    } else if is_quote(first) {
        Some("begins with a quote")
    } else if is_quote(last) {
        Some("ends with a quote")
    } else {
        None
    }
}

fn inside(value: &str, may_have_blanks: bool) -> Option<&'static str> {
    for one in value.chars() {
        match one {
            // zero-width characters, a soft hyphen, a byte order mark, a blank that looks like one
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{a0}' => {
                return Some("holds a character that cannot be seen");
            }
            '\u{2018}'..='\u{201f}' | '«' | '»' => return Some("holds a typographic quote"),
            '\n' | '\r' => return Some("holds a line break"),
            ' ' | '\t' if !may_have_blanks => return Some("holds a blank"),
            _ => {}
        }
    }
    None
}

fn is_quote(one: char) -> bool {
    matches!(one, '"' | '\'' | '`')
}

/// Whether what base64 hides ends with a line break, as `echo KEY | base64` makes it: whoever
/// mounts the secret gets it with the value.
fn ends_encoded(setting: &Setting) -> bool {
    if setting.origin != Origin::Decoded {
        return false;
    }
    let text = setting.source.as_ref().map_or("", |source| setting.span.of(source.text()));
    let bytes = BASE64_STANDARD.decode(text.trim()).unwrap_or_default();
    bytes.last().is_some_and(|last| matches!(last, b'\n' | b'\r'))
}
