//! A mistake that somebody wrote, with its places, and how it is shown.
//!
//! What is shown never acts and never gives a secret away: control characters and masked bytes are
//! replaced in the text before the renderer sees it, byte for byte, so that every place stays
//! right.

use std::fmt::{self, Debug, Formatter, Write};
use std::sync::Arc;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic};

use super::diagnostic_view::{Scrub, View};
use super::{Foreign, SourceText, Span};

/// How many diagnostics of one file are shown.
const SHOWN_PER_FILE: usize = 20;

/// Whether a mistake stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiagnosticSeverity {
    /// The file cannot be used.
    Error,
    /// The file can be used, and something in it is doubtful.
    Warning,
}

/// A mistake in a file that somebody wrote: a pack, a manifest, a waiver, a confirmation.
#[derive(Clone)]
pub struct Diagnostic {
    /// Whether it stops the work.
    pub severity: DiagnosticSeverity,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The file.
    pub source: Arc<SourceText>,
    /// Places and what to say there, which may be nothing; the first is the main one.
    pub labels: Vec<(Span, String)>,
    /// Places whose text is never shown.
    pub masked: Vec<Span>,
}

/// How diagnostics are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiagnosticStyle {
    /// Whether terminal colours are used.
    pub color: bool,
    /// The width of the terminal in columns.
    pub width: usize,
    /// One line a diagnostic, without drawing: for screen readers and logs.
    pub plain: bool,
}

impl Debug for Diagnostic {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let mut line = String::new();
        render_plain(self, &mut line);
        out.write_str(line.trim_end())
    }
}

impl Diagnostic {
    /// An error at `span` of `source`.
    pub fn error(source: &Arc<SourceText>, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: DiagnosticSeverity::Error,
            message: message.into(),
            help: None,
            source: Arc::clone(source),
            labels: vec![(span, String::new())],
            masked: Vec::new(),
        }
    }

    /// The same, with what to write instead.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with a further place.
    #[must_use]
    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    /// The same, as a warning.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = DiagnosticSeverity::Warning;
        self
    }

    /// Where the first label lies.
    pub fn place(&self) -> Span {
        self.labels.first().map(|(span, _)| *span).unwrap_or_default()
    }
}

/// Shows diagnostics in the order of their files and places; at most twenty a file, and how many
/// more there are.
pub fn render(diagnostics: &[Diagnostic], style: &DiagnosticStyle) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|one| (one.source.path(), one.place(), one.message.as_str()));
    let mut out = String::new();
    for file in sorted.chunk_by(|left, right| left.source.path() == right.source.path()) {
        for diagnostic in file.iter().take(SHOWN_PER_FILE) {
            if style.plain {
                render_plain(diagnostic, &mut out);
            } else {
                if !out.is_empty() {
                    out.push('\n');
                }
                render_drawn(diagnostic, style, &mut out);
            }
        }
        let more = file.len().saturating_sub(SHOWN_PER_FILE);
        if let Some(first) = file.first().filter(|_| more > 0) {
            let _ = writeln!(out, "{}: and {more} more", Foreign::new(first.source.path()));
        }
    }
    out
}

/// `path:line:col: error: message (help: ...)`.
fn render_plain(diagnostic: &Diagnostic, out: &mut String) {
    let scrub = Scrub::new(diagnostic);
    let place = diagnostic.source.location(diagnostic.place());
    let word = match diagnostic.severity {
        DiagnosticSeverity::Error => "error",
        DiagnosticSeverity::Warning => "warning",
    };
    let path = Foreign::new(place.path);
    let _ = write!(out, "{path}:{}:{}: {word}: ", place.line, place.column);
    out.push_str(&scrub.text(&diagnostic.message));
    for (span, text) in diagnostic.labels.iter().skip(1) {
        let at = diagnostic.source.location(*span);
        let _ = write!(out, "; {} at {}:{}", scrub.text(text), at.line, at.column);
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(out, " (help: {})", scrub.text(help));
    }
    out.push('\n');
}

/// With carets, by miette.
fn render_drawn(diagnostic: &Diagnostic, style: &DiagnosticStyle, out: &mut String) {
    let scrub = Scrub::new(diagnostic);
    let view = View::new(diagnostic);
    let mut report = MietteDiagnostic::new(scrub.text(&diagnostic.message));
    report.severity = Some(match diagnostic.severity {
        DiagnosticSeverity::Error => miette::Severity::Error,
        DiagnosticSeverity::Warning => miette::Severity::Warning,
    });
    report.help = diagnostic.help.as_deref().map(|help| scrub.text(help));
    let labels = diagnostic.labels.iter().enumerate().filter_map(|(index, (span, text))| {
        let range = view.inside(*span)?;
        let text = Some(scrub.text(text)).filter(|text| !text.is_empty());
        Some(match index {
            0 => LabeledSpan::new_primary_with_span(text, range),
            _ => LabeledSpan::new_with_span(text, range),
        })
    });
    report.labels = Some(labels.collect());
    let theme =
        if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width.clamp(40, 200))
        .with_links(false);
    let mut drawn = String::new();
    let report = miette::Report::new(report).with_source_code(view);
    if handler.render_report(&mut drawn, report.as_ref()).is_err() {
        return render_plain(diagnostic, out);
    }
    for line in drawn.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: DiagnosticStyle = DiagnosticStyle { color: false, width: 80, plain: false };
    const PLAIN: DiagnosticStyle = DiagnosticStyle { color: false, width: 80, plain: true };

    fn at(text: &str, needle: &str, message: &str) -> Diagnostic {
        let source = Arc::new(SourceText::new("packs/é.yaml", text));
        let start = text.find(needle).unwrap();
        Diagnostic::error(&source, Span::new(start, start + needle.len()), message)
    }

    #[test]
    fn columns_count_characters_and_carets_stand_under_the_place() {
        let shown = render(&[at("a: 1\nclé: bad\n", "bad", "no such word")], &DRAWN);
        assert!(shown.contains("packs/é.yaml:2:6"), "{shown}");
        assert!(shown.contains("2 │ clé: bad"), "{shown}");
        let plain = render(&[at("clé: bad", "bad", "no such word").with_help("good")], &PLAIN);
        assert_eq!(plain, "packs/é.yaml:1:6: error: no such word (help: good)\n");
    }

    #[test]
    fn a_very_long_line_is_shown_in_part_and_does_not_panic() {
        for length in [300, 70_000] {
            let text = format!("first: 1\n{}bad{}", "é".repeat(length), "x".repeat(length));
            let shown = render(&[at(&text, "bad", "here")], &DRAWN);
            assert!(shown.contains(&format!("2:{}", length + 1)), "{shown}");
            assert!(shown.len() < 2_000, "{}", shown.len());
            assert!(shown.contains("bad"), "{shown}");
        }
    }

    #[test]
    fn nothing_shown_acts_on_a_terminal() {
        let text = "k: \u{1b}[31mred\u{202e} bad\n";
        let shown = render(&[at(text, "bad", "esc \u{1b}[2J here")], &DRAWN);
        assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown}");
        assert!(shown.contains("bad"));
    }

    #[test]
    fn masked_places_are_shown_nowhere() {
        let text = "key: correct-horse-battery\nother: bad\n";
        let mut diagnostic = at(text, "bad", "not `correct-horse-battery`, nor `horse-ba`");
        diagnostic.masked = vec![Span::new(5, 26)];
        for style in [DRAWN, PLAIN] {
            let shown = render(std::slice::from_ref(&diagnostic), &style);
            for window in "correct-horse-battery".as_bytes().windows(6) {
                let part = std::str::from_utf8(window).unwrap();
                assert!(!shown.contains(part), "{part} in {shown}");
            }
        }
    }

    #[test]
    fn debug_shows_no_text_of_the_file() {
        let debug = format!("{:?}", at("key: hunter2 bad", "bad", "wrong"));
        assert_eq!(debug, "packs/é.yaml:1:14: error: wrong");
    }

    #[test]
    fn a_long_run_of_letters_and_digits_is_never_shown() {
        let token = ["c4nary", "T0ken", "9f8e7d6c5b4a"].join("");
        let text = format!("salt: {token}\nsatl: x\n");
        let shown = render(&[at(&text, "satl", "unknown key")], &DRAWN);
        assert!(!shown.contains("c4nary") && shown.contains("satl: x"), "{shown}");
    }

    #[test]
    fn a_file_shows_twenty_and_counts_the_rest() {
        let many: Vec<Diagnostic> = (0..23).map(|_| at("a: bad", "bad", "wrong")).collect();
        let shown = render(&many, &PLAIN);
        assert_eq!(shown.lines().count(), 21);
        assert!(shown.ends_with("packs/é.yaml: and 3 more\n"));
    }

    #[test]
    fn places_outside_the_text_are_survived() {
        let source = Arc::new(SourceText::new("f", "é"));
        for (start, end) in [(0, 0), (1, 1), (1, 9), (50, 60)] {
            let one = Diagnostic::error(&source, Span::new(start, end), "odd");
            assert!(render(&[one], &DRAWN).contains("odd"));
        }
    }
}
