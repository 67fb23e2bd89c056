//! The part of a file that a diagnostic shows, made safe.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::credentials::credentials;
use super::{Diagnostic, Foreign, Span};

/// Longer lines are shown in part.
const LINE_LIMIT: usize = 240;

/// How much of a long line is shown on each side of the place, in bytes.
const WINDOW: usize = 60;

/// Shorter runs of letters and digits are no tokens.
const TOKEN: usize = 20;

/// Some whole lines of a file, or a part of one long line, with nothing in it that acts or is
/// masked. Bytes are replaced one for one.
#[derive(Debug)]
pub(super) struct View {
    name: String,
    text: String,
    /// Where `text` starts in the file.
    start: usize,
    /// Lines of the file before it.
    line: usize,
    /// Characters of its first line before it.
    column: usize,
}

impl View {
    /// The lines of all labels of `diagnostic` and one around them.
    pub(super) fn new(diagnostic: &Diagnostic) -> Self {
        let text = diagnostic.source.text();
        let first = diagnostic.labels.iter().map(|(span, _)| span.start_offset()).min();
        let last = diagnostic.labels.iter().map(|(span, _)| span.start_offset()).max();
        let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
        let mut start = line_start(text, line_start(text, first).saturating_sub(1));
        let mut end = line_end(text, line_end(text, last).saturating_add(1));
        let shown = text.get(start..end).unwrap_or_default();
        if shown.split(['\n', '\r']).any(|line| line.len() > LINE_LIMIT) {
            let at = diagnostic.place().start_offset();
            start = boundary(text, at.saturating_sub(WINDOW).max(line_start(text, at)));
            end = boundary(text, at.saturating_add(WINDOW).min(line_end(text, at))).max(start);
        }
        let place = diagnostic.source.location(Span::new(start, start));
        Self {
            name: Foreign::new(diagnostic.source.path()).to_string(),
            text: neutral(text.get(start..end).unwrap_or_default(), start, &diagnostic.masked),
            start,
            line: usize::try_from(place.line).unwrap_or(1).saturating_sub(1),
            column: usize::try_from(place.column).unwrap_or(1).saturating_sub(1),
        }
    }

    /// The part of `span` that lies on its first line, inside the view.
    pub(super) fn inside(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let start =
            span.start_offset().min(self.start + self.text.len()).checked_sub(self.start)?;
        let start = boundary(&self.text, start);
        let end = span.end_offset().saturating_sub(self.start).min(line_end(&self.text, start));
        Some(start..boundary(&self.text, end).max(start))
    }
}

impl SourceCode for View {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.text.as_str();
        let read = text.read_span(span, before, after)?;
        let mut line = self.line + read.line();
        let mut column = read.column();
        if before == 0 && after == 0 {
            let head = text.get(..boundary(text, span.offset())).unwrap_or_default();
            let own = head.rsplit('\n').next().unwrap_or_default();
            line = self.line + head.matches('\n').count();
            column = own.chars().filter(|character| *character != '\u{feff}').count();
            column += if head.contains('\n') { 0 } else { self.column };
        }
        let (data, covered, lines) = (read.data(), *read.span(), read.line_count());
        let name = self.name.clone();
        Ok(Box::new(MietteSpanContents::new_named(name, data, covered, line, column, lines)))
    }
}

/// Masked texts, which are taken out of every message.
pub(super) struct Scrub<'a>(Vec<&'a str>);

impl<'a> Scrub<'a> {
    /// The masked texts of `diagnostic`.
    pub(super) fn new(diagnostic: &'a Diagnostic) -> Self {
        let text = diagnostic.source.text();
        let stand_so = credentials(text);
        let values = diagnostic.masked.iter().chain(&stand_so).map(|span| span.of(text).trim());
        Self(values.filter(|value| !value.is_empty()).collect())
    }

    /// `text` with every masked text, and any six characters of one, replaced, and with nothing in
    /// it that acts.
    pub(super) fn text(&self, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let mut hidden = vec![false; characters.len()];
        for value in &self.0 {
            let width = value.chars().count().min(6);
            for (at, window) in characters.windows(width).enumerate() {
                if value.contains(&window.iter().collect::<String>()) {
                    hidden.iter_mut().skip(at).take(width).for_each(|one| *one = true);
                }
            }
        }
        let shown = characters.iter().zip(hidden).map(|(one, hide)| if hide { '*' } else { *one });
        Foreign::new(shown.collect::<String>()).to_string()
    }
}

/// `text` with masked places, tokens and characters that act replaced byte for byte.
fn neutral(text: &str, start: usize, masked: &[Span]) -> String {
    let mut tokens = tokens(text);
    tokens.extend(credentials(text).iter().map(|span| span.range()));
    let mut out = String::with_capacity(text.len());
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let place = start + at;
        let mask = masked.iter().any(|span| span.range().contains(&place))
            || tokens.iter().any(|token| token.contains(&at));
        let next = characters.peek().map(|(_, next)| *next);
        match character {
            '\n' | '\t' => out.push(character),
            '\r' => out.push(if next == Some('\n') { '\r' } else { '\n' }),
            _ if mask => out.extend(std::iter::repeat_n('*', character.len_utf8())),
            '\u{feff}' if place == 0 => out.push(character),
            _ if Foreign::acts(character) => {
                out.extend(std::iter::repeat_n('?', character.len_utf8()));
            }
            _ => out.push(character),
        }
    }
    out
}

/// Runs that look like a key: long, and of letters and digits together.
fn tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(|one: char| !one.is_ascii_alphanumeric() && one != '_') {
        let run = part.trim_end_matches(|one: char| !one.is_ascii_alphanumeric() && one != '_');
        let has = |test: fn(&u8) -> bool| run.as_bytes().iter().any(test);
        if run.len() >= TOKEN && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) {
            tokens.push(start..start + run.len());
        }
        start += part.len();
    }
    tokens
}

fn line_start(text: &str, at: usize) -> usize {
    let at = boundary(text, at);
    text.get(..at).and_then(|head| head.rfind(['\n', '\r'])).map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let at = boundary(text, at);
    text.get(at..).and_then(|tail| tail.find(['\n', '\r'])).map_or(text.len(), |end| at + end)
}

/// The start of the character at `at`, or the end of the text.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
