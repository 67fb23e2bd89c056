//! One look at a text for everything by which a provider can be named in it: beginnings of its keys,
//! its hosts, the first words of its settings' names.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use super::recognise::Shapes;
use crate::pack::{HostPattern, Library, Pack, RoleId, words};

/// The literals of all packs, found in one pass.
pub(super) struct Scan(Option<AhoCorasick>);

impl Scan {
    /// Gathers the literals; `declared` are the manifest's own names of roles.
    pub(super) fn new(
        library: &Library,
        shapes: &Shapes<'_>,
        declared: &[(RoleId, String)],
    ) -> Self {
        let mut literals: BTreeSet<Vec<u8>> =
            shapes.beginnings().map(<[u8]>::to_ascii_lowercase).collect();
        for pack in library.packs.iter().filter(|pack| pack.id != "core") {
            literals.extend(hosts(pack).map(|host| host.host.clone().into_bytes()));
            let names = pack.roles.values().flat_map(|role| &role.names);
            literals.extend(names.flat_map(|name| spellings(&words(name))));
        }
        literals.extend(declared.iter().flat_map(|(_, name)| spellings(&words(name))));
        literals.retain(|literal| literal.len() > 2);
        let scan = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&literals);
        Self(scan.ok())
    }

    /// Whether a text holds any of them.
    pub(super) fn finds(&self, text: &str) -> bool {
        self.0.as_ref().is_none_or(|scan| scan.is_match(text))
    }
}

fn hosts(pack: &Pack) -> impl Iterator<Item = &HostPattern> {
    let own = pack.hosts.sandbox.iter().chain(&pack.hosts.production).chain(&pack.hosts.shared);
    own.chain(pack.hosts.refused.iter().map(|(host, _)| host))
}

/// How a name begins, however it is spelt: its first word, or the first two where that is so short
/// that it stands in half of all texts.
fn spellings(words: &[String]) -> Vec<Vec<u8>> {
    const SHORT: usize = 4;
    match words {
        [] => Vec::new(),
        [first, ..] if first.len() > SHORT => vec![first.clone().into_bytes()],
        [only] => vec![only.clone().into_bytes()],
        [first, second, ..] => ["", "_", "-", ".", " "]
            .iter()
            .map(|between| format!("{first}{between}{second}").into_bytes())
            .collect(),
    }
}
