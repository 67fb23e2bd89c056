//! From a value to its role: shapes that packs call telling, whatever the setting is called.

use std::collections::BTreeMap;

use regex_syntax::hir::literal::Extractor;

use crate::pack::{Class, Kind, Library, Pattern, Role, RoleId, ValuePatterns};

/// The telling shapes of every pack.
pub(super) struct Shapes<'a> {
    /// By the first byte of what the values of a shape begin with: all of it, and the role.
    beginnings: BTreeMap<u8, Vec<(Vec<u8>, &'a Role)>>,
    /// Roles with a shape that may begin with anything.
    others: Vec<&'a Role>,
    /// Shapes of whole packs.
    packs: Vec<&'a ValuePatterns>,
}

impl<'a> Shapes<'a> {
    /// Indexes the packs.
    pub(super) fn new(library: &'a Library) -> Self {
        let packs = library.packs.iter().map(|pack| &pack.values);
        let packs = packs.filter(|one| !(one.sandbox.is_empty() && one.production.is_empty()));
        let mut shapes =
            Self { beginnings: BTreeMap::new(), others: Vec::new(), packs: packs.collect() };
        for role in library.packs.iter().flat_map(|pack| pack.roles.values()) {
            let patterns = [&role.values.sandbox, &role.values.production, &role.recognise];
            let patterns = patterns.into_iter().flatten().map(Pattern::as_str);
            if role.kind == Kind::Mode {
                continue;
            }
            for pattern in patterns {
                shapes.add(pattern, role);
            }
        }
        shapes
    }

    fn add(&mut self, pattern: &str, role: &'a Role) {
        let Some(beginnings) = beginnings(pattern) else {
            self.others.push(role);
            return;
        };
        for beginning in beginnings {
            if let Some(first) = beginning.first() {
                self.beginnings.entry(*first).or_default().push((beginning, role));
            }
        }
    }

    /// The class that every shape which a value fits gives it.
    pub(super) fn class_of(&self, value: &str) -> Option<Class> {
        let roles = self.fitting(value).into_iter().map(|role| &role.values);
        let mut classes = roles
            .chain(self.packs.iter().copied())
            .filter_map(|patterns| patterns.class_of(value.trim()));
        let first = classes.next()?;
        classes.all(|class| class == first).then_some(first)
    }

    /// The roles that a value can be of by its shape alone, one of each pack, in order of packs.
    pub(super) fn of(&self, value: &str) -> Vec<&'a RoleId> {
        self.fitting(value).into_iter().map(|role| &role.id).collect()
    }

    /// What the values of every shape begin with, where that is more than a letter or two.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = &[u8]> {
        let all = self.beginnings.values().flatten().map(|(beginning, _)| beginning.as_slice());
        all.filter(|beginning| beginning.len() > 2)
    }

    fn fitting(&self, value: &str) -> Vec<&'a Role> {
        let value = value.trim();
        let listed = value.as_bytes().first().and_then(|first| self.beginnings.get(first));
        let begun = listed
            .into_iter()
            .flatten()
            .filter(|(beginning, _)| value.as_bytes().starts_with(beginning))
            .map(|(_, role)| *role);
        let mut roles: Vec<&Role> = Vec::new();
        for role in begun.chain(self.others.iter().copied()) {
            let known = roles.iter().any(|known| known.id.pack == role.id.pack);
            if !known && role.recognises(value) {
                roles.push(role);
            }
        }
        roles.sort_by(|one, other| one.id.cmp(&other.id));
        roles
    }
}

/// What every text that a pattern matches begins with; none where that could be anything.
fn beginnings(pattern: &str) -> Option<Vec<Vec<u8>>> {
    let hir = regex_syntax::parse(pattern).ok()?;
    if !hir.properties().look_set_prefix().contains(regex_syntax::hir::Look::Start) {
        return None;
    }
    let found = Extractor::new().extract(&hir);
    let literals = found.literals()?;
    let beginnings: Vec<Vec<u8>> =
        literals.iter().map(|literal| literal.as_bytes().to_vec()).collect();
    (!beginnings.is_empty() && beginnings.iter().all(|one| !one.is_empty())).then_some(beginnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchored_patterns_have_beginnings() {
        let of = |pattern: &str| {
            let all = beginnings(pattern)?;
            Some(all.iter().map(|one| String::from_utf8_lossy(one).into_owned()).collect())
        };
        let texts = |all: &[&str]| Some(all.iter().map(|&one| one.to_owned()).collect());
        let found: Option<Vec<String>> = of("^(sk|rk)_test_[A-Za-z0-9]{10,}$");
        assert_eq!(found, texts(&["sk_test_", "rk_test_"]));
        assert_eq!(of("^whsec_"), texts(&["whsec_"]));
        assert_eq!(of("sk_test_"), None);
        assert_eq!(of("^[a-z0-9]{64}$"), None);
    }
}
