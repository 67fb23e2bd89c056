//! The packages that packs speak of, all found in one pass over a text.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::pack::{Ecosystem, Library};
use crate::source::Span;

/// What packs and checks name.
pub(super) struct Wanted {
    names: BTreeSet<(Ecosystem, String)>,
    scan: Option<AhoCorasick>,
}

impl Wanted {
    /// Gathers the names.
    pub(super) fn new(library: &Library) -> Self {
        let of_packs = library.packs.iter().flat_map(|pack| &pack.dependencies);
        let of_packs = of_packs
            .flat_map(|(ecosystem, names)| names.iter().map(|name| (*ecosystem, name.as_str())));
        let of_checks = library.checks.iter().filter_map(|check| check.subject.package());
        let all: BTreeSet<(Ecosystem, &str)> = of_packs.chain(of_checks).collect();
        let mut literals: BTreeSet<String> = BTreeSet::new();
        for (ecosystem, name) in &all {
            literals.extend([ecosystem.plain(name), (*name).to_owned()]);
            literals.insert(ecosystem.plain(name).replace('-', "_"));
            literals.insert(ecosystem.plain(name).replace('_', "-"));
        }
        literals.retain(|literal| !literal.is_empty());
        let scan = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&literals);
        let names = all.into_iter().map(|(ecosystem, name)| (ecosystem, ecosystem.plain(name)));
        Self { names: names.collect(), scan: scan.ok() }
    }

    /// Whether a name is one of them.
    pub(super) fn has(&self, ecosystem: Ecosystem, name: &str) -> bool {
        self.names.contains(&(ecosystem, ecosystem.plain(name)))
    }

    /// Where any of them may stand in a text, in order.
    pub(super) fn places(&self, text: &str) -> Vec<Span> {
        let Some(scan) = &self.scan else { return Vec::new() };
        let found = scan.find_overlapping_iter(text);
        let mut places: Vec<Span> =
            found.take(MOST).map(|one| Span::new(one.start(), one.end())).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// No file names packages more often than this.
const MOST: usize = 100_000;
