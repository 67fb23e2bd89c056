//! What a selector finds. Roles, kinds and words of names are looked up; only a selector that asks
//! for none of them walks over all settings.

mod blank;
mod boolean;
mod card;
mod index;
mod marks;
mod url;

use std::collections::BTreeSet;

pub(super) use index::Lookup;
pub(super) use marks::is_empty;

use super::view::{Match, View};
use crate::document::Format;
use crate::pack::{Area, By, Check, Home, HostPattern, Mark, Selector, words};
use crate::project::{Purpose, Setting, StandsIn, unreachable};

/// The longest part of a literal that a pattern sees, in bytes: no mode, number or address is
/// longer.
const LONGEST: usize = 4096;

impl<'a> View<'a> {
    /// Everything that a selector of `check` finds, in order of place.
    pub fn select(&self, check: &Check, selector: &Selector) -> Vec<Match<'a>> {
        let settings = &self.project.settings;
        let meant = |setting: &&'a Setting| self.is_ours(check, setting);
        let found = |setting: &'a Setting| {
            self.place(selector, setting).filter(|_| self.fits(selector, setting))
        };
        match self.candidates_of(selector) {
            Some(indexes) => {
                let listed = indexes.into_iter().filter_map(|index| settings.get(index));
                listed.filter(meant).filter_map(found).collect()
            }
            None => settings.iter().filter(meant).filter_map(found).collect(),
        }
    }

    /// Where the settings stand that a selector can mean at all; none where that is everywhere.
    fn candidates_of(&self, selector: &Selector) -> Option<BTreeSet<usize>> {
        let lookup = &self.lookup;
        if !selector.role.is_empty() {
            return Some(selector.role.iter().flat_map(|role| lookup.of_role(role)).collect());
        }
        let names = if selector.name.is_empty() { &selector.name_has } else { &selector.name };
        if !names.is_empty() {
            let words = lookup.words(&self.project.settings);
            let last = names.iter().filter_map(|name| words.get(name.last()?));
            return Some(last.flatten().copied().collect());
        }
        if selector.kind.is_empty() {
            return None;
        }
        Some(selector.kind.iter().flat_map(|kind| lookup.of_kind(*kind)).collect())
    }

    /// A setting in force in one of `environments` that is called as `setting` is, below whatever
    /// keys, and of which no pack knows more: one that is kept elsewhere shows no shape that would
    /// tell its role.
    pub(super) fn namesake(
        &self,
        setting: &Setting,
        environments: &[usize],
    ) -> Option<&'a Setting> {
        let settings = &self.project.settings;
        let name = called(setting);
        let same = self.lookup.words(settings).get(name.last()?)?;
        same.iter().filter_map(|index| settings.get(*index)).find(|other| {
            other.role.is_none()
                && !is_empty(other)
                && other.in_force.iter().any(|index| environments.contains(index))
                && called(other) == name
        })
    }

    /// A check of a pack is about its own roles; a core check leaves roles to what refines it.
    fn is_ours(&self, check: &Check, setting: &Setting) -> bool {
        let Some(role) = &setting.role else { return check.id.pack() == "core" };
        if check.id.pack() != "core" {
            return role.pack == check.id.pack();
        }
        !self.refined.get(&check.id).is_some_and(|packs| packs.contains(&role.pack))
    }

    /// Where a selector looks at a setting, if it does.
    fn place(&self, selector: &Selector, setting: &'a Setting) -> Option<Match<'a>> {
        let names = &selector.environment;
        let wanted = match selector.area {
            Area::Profiles => {
                let environment =
                    setting.in_force.iter().copied().find(|index| self.is_meant(*index, names))?;
                return Some(Match { setting, environment: Some(environment) });
            }
            Area::Live => {
                setting.purpose == Purpose::Live
                    && (asks_where(selector) || is_configuration(setting))
            }
            Area::Tree => setting.purpose != Purpose::Own,
        };
        let environment = setting.in_force.first().copied();
        let meant =
            names.is_empty() || environment.is_some_and(|index| self.is_meant(index, names));
        (meant && wanted).then_some(Match { setting, environment })
    }

    /// Whether a setting is what a selector means, wherever it stands.
    fn fits(&self, selector: &Selector, setting: &Setting) -> bool {
        let role = |roles: &[_]| setting.role.as_ref().is_some_and(|role| roles.contains(role));
        let kind = |kinds: &[_]| setting.kind.is_some_and(|kind| kinds.contains(&kind));
        (selector.role.is_empty() || role(&selector.role))
            && (selector.kind.is_empty() || kind(&selector.kind))
            && (selector.origin.is_empty() || selector.origin.contains(&setting.origin))
            && fits_name(selector, setting)
            && fits_home(selector, setting)
            && (selector.scheme.is_empty() || has_scheme(setting, &selector.scheme))
            && (selector.host.is_empty() || self.has_host(setting, &selector.host))
            && fits_value(selector, setting)
            && selector.marks.iter().all(|(mark, asked)| self.is_so(*mark, setting) == *asked)
            && !selector.not.iter().any(|other| self.fits(other, setting))
    }

    /// Whether the host of a value is on one of the lists, or fits one of the patterns.
    fn has_host(&self, setting: &Setting, wanted: &[String]) -> bool {
        let Some(host) = setting.host() else { return false };
        let path = setting.url().map_or_else(String::new, |url| url.path().to_owned());
        wanted.iter().any(|name| match &**name {
            "private" => unreachable(&host).is_some(),
            "refused" => self.refused(setting, &host, &path).is_some(),
            list => {
                let listed = self.library.packs.iter().find_map(|pack| pack.hosts.lists.get(list));
                match listed {
                    Some(listed) => listed.iter().any(|pattern| pattern.matches(&host, &path)),
                    None => HostPattern::new(list).matches(&host, &path),
                }
            }
        })
    }

    /// Why a host is wrong everywhere, as the packs say.
    pub fn refused(&self, setting: &Setting, host: &str, path: &str) -> Option<&'a str> {
        let packs = self
            .in_use
            .iter()
            .filter(|pack| setting.role.as_ref().is_none_or(|role| role.pack == pack.id));
        packs
            .flat_map(|pack| &pack.hosts.refused)
            .find(|(pattern, _)| pattern.matches(host, path))
            .map(|(_, why)| why.as_str())
    }
}

/// The words of what a setting itself is called, without those that name an environment.
pub(super) fn called(setting: &Setting) -> Vec<String> {
    let own = setting.name.rsplit('.').next().unwrap_or(&setting.name);
    words(own).into_iter().filter(|word| setting.words.contains(word)).collect()
}

/// Whether a selector is about where a value leads, or whom it reaches: that is wrong in any file.
fn asks_where(selector: &Selector) -> bool {
    !selector.host.is_empty() || selector.wants(Mark::Exposed)
}

/// Whether a setting configures something, and is not one of the thousand values of a script or a
/// list: it is of an environment or of the base of some, of a provider, or in a dotenv file.
fn is_configuration(setting: &Setting) -> bool {
    setting.stands_in != StandsIn::Unclassified
        || setting.role.is_some()
        || !setting.candidates.is_empty()
        || Format::of_path(setting.path()) == Some(Format::Dotenv)
}

/// Whether the name of a setting ends with, and holds, what a selector asks.
fn fits_name(selector: &Selector, setting: &Setting) -> bool {
    if selector.name.is_empty() && selector.name_has.is_empty() {
        return true;
    }
    let name = words(&setting.name);
    let holds = |run: &Vec<String>| name.windows(run.len()).any(|part| part == run.as_slice());
    (selector.name.is_empty() || selector.name.iter().any(|ending| name.ends_with(ending)))
        && (selector.name_has.is_empty() || selector.name_has.iter().any(holds))
}

fn fits_value(selector: &Selector, setting: &Setting) -> bool {
    if selector.value.is_empty() {
        return true;
    }
    let Some(value) = setting.literal() else { return false };
    let value = value.expose().trim();
    let mut end = value.len().min(LONGEST);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    let seen = value.get(..end).unwrap_or_default();
    selector.value.iter().any(|pattern| pattern.is_match(seen))
}

fn has_scheme(setting: &Setting, schemes: &[String]) -> bool {
    if let Some(observed) = setting.observed() {
        return observed.scheme.as_ref().is_some_and(|scheme| schemes.contains(scheme));
    }
    let text = setting.text().unwrap_or_default();
    let scheme = text.trim().split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| schemes.contains(&scheme))
}

/// Whether a setting's home is one that a selector asks for. A hint by a word counts only where a
/// selector names it, and only where nothing stronger is known than that the place declares it.
fn fits_home(selector: &Selector, setting: &Setting) -> bool {
    let known = &setting.home;
    let wanted = |home: Home| selector.home.is_empty() || selector.home.contains(&home);
    let by_known = selector.by.is_empty() || known.by.is_some_and(|by| selector.by.contains(&by));
    if by_known && wanted(known.home) {
        return true;
    }
    let open = matches!(known.by, None | Some(By::Identity));
    open && selector.by.contains(&By::Word)
        && known.hint.as_ref().is_some_and(|hint| wanted(hint.class.into()))
}
