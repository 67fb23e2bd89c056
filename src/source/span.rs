//! Byte ranges, and the one function that turns an offset into a line and a column.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A range of bytes in the original text. Texts are at most 8 MiB, so 32 bits are enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; an offset beyond 4 GiB is clamped.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end.max(start)).unwrap_or(u32::MAX),
        }
    }

    /// The same range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start_offset()..self.end_offset()
    }

    /// The first byte as an index.
    pub fn start_offset(self) -> usize {
        usize::try_from(self.start).unwrap_or(usize::MAX)
    }

    /// One past the last byte as an index.
    pub fn end_offset(self) -> usize {
        usize::try_from(self.end).unwrap_or(usize::MAX)
    }

    /// Whether no byte is covered.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The part of `text` that this span covers; empty where it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// A place that a person can go to: line and column from one, the column in characters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Position {
    /// Line, from one.
    pub line: u32,
    /// Column in characters, from one.
    pub column: u32,
}

/// Where each line of a text starts, and how many characters lie before each of its pieces: a place
/// is found in the same time wherever it lies, in a file of one line too.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// The characters before each [`PIECE`] of bytes.
    before: Vec<usize>,
}

/// How many bytes are counted at once.
const PIECE: usize = 1024;

impl LineIndex {
    /// Finds the lines of `text`; `\n`, `\r\n` and a lone `\r` end one.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (offset, byte) in bytes.iter().enumerate() {
            let lone_return = *byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n');
            if *byte == b'\n' || lone_return {
                starts.push(offset + 1);
            }
        }
        let mut before = vec![0];
        let mut counted = 0;
        for at in (0..bytes.len()).step_by(PIECE) {
            counted += characters(bytes, at, at + PIECE);
            before.push(counted);
        }
        Self { starts, before }
    }

    /// The position of the byte at `offset` of `text`. A byte-order mark takes no column; an
    /// offset inside a character counts as the character's own.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.until(text, offset).saturating_sub(self.until(text, start)) + 1;
        Position { line: clamp(line), column: clamp(column) }
    }

    /// How many characters of `text` begin before the byte at `offset`.
    fn until(&self, text: &str, offset: usize) -> usize {
        let piece = offset / PIECE;
        let known = self.before.get(piece).copied().unwrap_or_default();
        known + characters(text.as_bytes(), piece * PIECE, offset)
    }
}

/// How many characters begin between two bytes of a UTF-8 text; a byte-order mark is none.
fn characters(bytes: &[u8], from: usize, until: usize) -> usize {
    let begins = |(offset, byte): &(usize, &u8)| {
        let continues = **byte & 0b1100_0000 == 0b1000_0000;
        let is_mark =
            **byte == 0xef && bytes.get(*offset..*offset + 3) == Some("\u{feff}".as_bytes());
        !continues && !is_mark
    };
    bytes.iter().enumerate().take(until).skip(from).filter(begins).count()
}

fn clamp(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_one_past_accents_and_bom() {
        let text = "\u{feff}é=ü\r\nab\rc";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.position(text, text.find(needle).unwrap());
        assert_eq!(at("é"), Position { line: 1, column: 1 });
        assert_eq!(at("ü"), Position { line: 1, column: 3 });
        assert_eq!(at("b"), Position { line: 2, column: 2 });
        assert_eq!(at("c"), Position { line: 3, column: 1 });
        assert_eq!(index.position(text, 4), Position { line: 1, column: 1 });
        assert_eq!(index.position(text, 999), Position { line: 3, column: 2 });
    }

    #[test]
    fn columns_are_right_far_along_a_line() {
        let line = "é\u{feff}=1 ".repeat(1_000);
        let text = format!("{line}\n{line}x");
        let index = LineIndex::new(&text);
        let at = text.len() - 1;
        assert_eq!(index.position(&text, at), Position { line: 2, column: 4_001 });
        assert_eq!(index.position(&text, line.len()), Position { line: 1, column: 4_001 });
    }
}
