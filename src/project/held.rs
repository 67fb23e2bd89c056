//! Which files checks of program text may look at: one pass over a text for all that they name.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};

use super::purpose::Purpose;
use super::tree::Listed;
use crate::document::{Format, without_comments};
use crate::pack::{FileName, Library, Search, SourceArea, Subject};
use crate::source::{SourceText, Span};

/// A text that some check may look at.
#[derive(Debug)]
pub struct Program {
    /// The file.
    pub source: Arc<SourceText>,
    /// Whether browsers or phones get it.
    pub client: bool,
    format: Format,
    /// What it holds of what the packs name, in small letters.
    held: BTreeSet<Arc<str>>,
    code: OnceLock<String>,
}

impl Program {
    /// Whether a search is about it.
    pub fn is_meant(&self, search: &Search) -> bool {
        let area = match search.area {
            SourceArea::Client => self.client,
            SourceArea::Server => !self.client,
            SourceArea::Any => true,
        };
        area && search.means(self.source.path(), self.format.is_source())
            && search.holds.iter().any(|text| self.held.contains(text.as_str()))
    }

    /// Its text with blanks in the place of comments.
    pub fn code(&self) -> &str {
        self.code.get_or_init(|| without_comments(self.format, self.source.text()))
    }

    /// The lines of a place and some before and after, as a part of the code.
    pub fn around(&self, place: Span, lines: usize) -> &str {
        let code = self.code();
        let (start, end) = (place.start_offset(), place.end_offset());
        let before = code.get(..start).unwrap_or_default();
        let from = before.rmatch_indices('\n').nth(lines).map_or(0, |(at, _)| at + 1);
        let after = code.get(end..).unwrap_or_default();
        let until = after.match_indices('\n').nth(lines).map_or(code.len(), |(at, _)| end + at);
        code.get(from..until).unwrap_or_default()
    }
}

/// All that checks of program text name, found in one pass.
pub(super) struct Held {
    texts: Vec<Arc<str>>,
    scan: Option<AhoCorasick>,
    /// Files that are no programs and are looked at all the same.
    files: Vec<FileName>,
    /// Files in which something is needed, whatever they hold.
    needed: Vec<FileName>,
}

impl Held {
    /// Gathers what the checks of all packs name.
    pub(super) fn new(library: &Library) -> Self {
        let searches = || {
            library.checks.iter().filter_map(|check| {
                if let Subject::Source(search) = &check.subject { Some(search) } else { None }
            })
        };
        let texts: BTreeSet<Arc<str>> =
            searches().flat_map(|search| &search.holds).map(|text| Arc::from(&**text)).collect();
        let texts: Vec<Arc<str>> = texts.into_iter().collect();
        let scan = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(texts.iter().map(|text| &**text));
        let files = searches().flat_map(|search| &search.files).cloned().collect();
        let needed = searches().flat_map(Search::needed).cloned().collect();
        Self { scan: scan.ok().filter(|_| !texts.is_empty()), texts, files, needed }
    }

    /// The file as a text that checks may look at, if it holds something that they name.
    pub(super) fn program(
        &self,
        file: &Listed,
        format: Format,
        source: &Arc<SourceText>,
    ) -> Option<Program> {
        let called = |names: &[FileName]| names.iter().any(|name| name.fits(&file.path));
        let needed = !format.is_source() && called(&self.needed);
        if file.purpose != Purpose::Live || !(format.is_source() || needed || called(&self.files)) {
            return None;
        }
        let mut held = BTreeSet::new();
        let scan = self.scan.as_ref()?;
        // a file that is called after the provider speaks of it, too
        for text in [source.path(), source.text()] {
            for found in scan.find_overlapping_iter(text) {
                held.extend(self.texts.get(found.pattern().as_usize()).cloned());
                if held.len() == self.texts.len() {
                    break;
                }
            }
        }
        let source = Arc::clone(source);
        let code = OnceLock::new();
        (needed || !held.is_empty()).then_some(Program {
            source,
            client: false,
            format,
            held,
            code,
        })
    }
}
