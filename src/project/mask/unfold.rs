//! A text as it reads once its escapes, its hex and its base64 are taken off: secrets are searched
//! for in every one of these readings, so that no encoding hides one.

use std::ops::Range;

/// One reading of a text: bytes, each with the part of the text that it stands for.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The bytes, letters in lower case.
    pub(super) bytes: Vec<u8>,
    /// Where in the text each byte stands.
    places: Vec<Range<usize>>,
}

impl Reading {
    fn push(&mut self, byte: u8, place: Range<usize>) {
        self.bytes.push(byte.to_ascii_lowercase());
        self.places.push(place);
    }

    /// The part of the text that `found` stands for.
    pub(super) fn place(&self, found: Range<usize>) -> Range<usize> {
        let start = self.places.get(found.start).map_or(0, |place| place.start);
        let last = self.places.get(found.end.saturating_sub(1));
        start..last.map_or(start, |place| place.end)
    }
}

/// The readings of `text`: without escapes first.
pub(super) fn readings(text: &str) -> Vec<Reading> {
    let mut plain = unescaped(text);
    // what was unescaped may itself be encoded; there case still counts
    let mut all = hex_runs(&plain);
    all.extend(base64_runs(&plain));
    plain.bytes.make_ascii_lowercase();
    all.insert(0, plain);
    all
}

/// `%41`, `\u0041`, `\u{41}`, `\x41` and `&#x41;` become what they stand for; case stays.
fn unescaped(text: &str) -> Reading {
    let bytes = text.as_bytes();
    let mut reading = Reading::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        if let Some((character, length)) = escape(rest) {
            let mut buffer = [0; 4];
            for byte in character.bytes(&mut buffer) {
                reading.bytes.push(*byte);
                reading.places.push(at..at + length);
            }
            at += length;
        } else {
            reading.bytes.push(*byte);
            reading.places.push(at..at + 1);
            at += 1;
        }
    }
    reading
}

/// What an escape stands for.
enum Escaped {
    Byte(u8),
    Character(char),
}

impl Escaped {
    fn bytes<'b>(&self, buffer: &'b mut [u8; 4]) -> &'b [u8] {
        match self {
            Self::Byte(byte) => {
                *buffer = [*byte, 0, 0, 0];
                buffer.get(..1).unwrap_or_default()
            }
            Self::Character(character) => character.encode_utf8(buffer).as_bytes(),
        }
    }
}

/// The escape that `rest` begins with, and its length.
fn escape(rest: &str) -> Option<(Escaped, usize)> {
    let character = |digits: &str, length: usize| {
        let code = u32::from_str_radix(digits, 16).ok()?;
        Some((Escaped::Character(char::from_u32(code)?), length))
    };
    let byte = |digits: &str, length: usize| {
        Some((Escaped::Byte(u8::from_str_radix(digits, 16).ok()?), length))
    };
    if let Some(digits) = rest.strip_prefix('%') {
        return byte(digits.get(..2)?, 3);
    }
    if let Some(digits) = rest.strip_prefix("\\x") {
        return byte(digits.get(..2)?, 4);
    }
    if let Some(digits) = rest.strip_prefix("\\u{") {
        let (digits, _) = digits.get(..digits.len().min(9))?.split_once('}')?;
        return character(digits, digits.len() + 4);
    }
    if let Some(digits) = rest.strip_prefix("\\u") {
        return character(digits.get(..4)?, 6);
    }
    let digits = rest.strip_prefix("&#x")?;
    let (digits, _) = digits.split_once(';').filter(|(digits, _)| digits.len() <= 6)?;
    character(digits, digits.len() + 4)
}

/// Maximal runs of at least `least` bytes that `fits`, as indexes.
fn runs(bytes: &[u8], least: usize, fits: impl Fn(u8) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for at in 0..=bytes.len() {
        if bytes.get(at).is_some_and(|byte| fits(*byte)) {
            continue;
        }
        if at - start >= least {
            runs.push(start..at);
        }
        start = at + 1;
    }
    runs
}

/// Every run of hex digits, read from its first and from its second digit.
fn hex_runs(plain: &Reading) -> Vec<Reading> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    decoded(plain, (12, 2), digit, &|group, out| {
        if let [high, low] = group {
            out.push(high << 4 | low);
        }
    })
}

/// Every run of digits of base64, of either alphabet, read from each of its first four digits.
fn base64_runs(plain: &Reading) -> Vec<Reading> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    decoded(plain, (8, 4), digit, &|group, out| {
        if let [first, second, third, fourth] = group {
            out.extend([first << 2 | second >> 4, second << 4 | third >> 2, third << 6 | fourth]);
        }
    })
}

/// The runs of digits in `plain`, decoded group by group from each digit of the first group.
fn decoded(
    plain: &Reading,
    (least, group): (usize, usize),
    digit: impl Fn(u8) -> Option<u8>,
    decode: &dyn Fn(&[u8], &mut Vec<u8>),
) -> Vec<Reading> {
    let mut all = Vec::new();
    for run in runs(&plain.bytes, least, |byte| digit(byte).is_some()) {
        for start in (run.start..run.end).take(group) {
            let mut reading = Reading::default();
            let mut at = start;
            while at + group <= run.end {
                let digits: Vec<u8> = plain
                    .bytes
                    .get(at..at + group)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|byte| digit(*byte))
                    .collect();
                let mut bytes = Vec::new();
                decode(&digits, &mut bytes);
                let place = plain.place(at..at + group);
                for byte in bytes {
                    reading.push(byte, place.clone());
                }
                at += group;
            }
            all.push(reading);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

    use super::*;

    /// The text that a reading finds `needle` in.
    fn found<'t>(text: &'t str, needle: &str) -> Option<&'t str> {
        readings(text).iter().find_map(|reading| {
            let needle = needle.to_ascii_lowercase();
            let at = reading.bytes.windows(needle.len()).position(|w| w == needle.as_bytes())?;
            text.get(reading.place(at..at + needle.len()))
        })
    }

    #[test]
    fn every_encoding_is_taken_off() {
        assert_eq!(found("a/sEcret/b", "secret"), Some("sEcret"));
        assert_eq!(found("a/s%65cr%45t/b", "secret"), Some("s%65cr%45t"));
        let escaped = r"s\u0065\u{63}r\x65&#x74;";
        assert_eq!(found(&format!("é{escaped}/b"), "secret"), Some(escaped));
        assert_eq!(found("x.736543726574.y", "secret"), Some("736543726574"));
        assert_eq!(found("a736543726574", "secret"), Some("736543726574"));
        for before in ["", "a", "ab"] {
            for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
                let text = engine.encode(format!("{before}secret?>z"));
                assert!(found(&text, "secret").is_some(), "{text}");
            }
        }
    }

    #[test]
    fn texts_that_only_begin_like_an_escape_stay() {
        for text in ["100%", "%zz", "\\u", "\\u{", "\\u{110000}", "&#x;", "%é", "\\ué", ""] {
            assert_eq!(readings(text)[0].bytes, text.as_bytes().to_ascii_lowercase(), "{text}");
        }
    }
}
