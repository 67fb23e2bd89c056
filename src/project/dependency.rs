//! What a project depends on, as its lists of packages say. Lists are read whole; of lock files,
//! which are large, only what names a package that some pack speaks of.

mod cargo;
mod dart;
mod gathered;
mod golang;
mod keyed;
mod maven;
mod npm;
mod nuget;
mod packagist;
mod pin;
mod pypi;
mod quoted;
mod ruby;
mod sort;
mod swift;
mod wanted;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use pin::Pin;

use self::gathered::{Gathered, Stated};
use self::sort::{Sort, sort_of};
use self::wanted::Wanted;
use super::purpose::Purpose;
use super::read::ProjectNote;
use super::tree::{Listed, Tree};
use crate::document::Format;
use crate::pack::{Ecosystem, Library, Pack};
use crate::source::{SourceText, Span};

/// A package that the project depends on.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// Where it comes from.
    pub ecosystem: Ecosystem,
    /// Its name as it is written.
    pub name: String,
    /// How it is pinned.
    pub pin: Pin,
    /// What the pin says, where that may be shown; never an address.
    pub text: String,
    /// The file.
    pub source: Arc<SourceText>,
    /// Where in it: the pin, or the name where nothing pins it.
    pub span: Span,
    /// The version that a lock file beside it holds it at.
    pub locked: Option<String>,
}

impl Dependency {
    fn new(ecosystem: Ecosystem, stated: Stated, source: &Arc<SourceText>) -> Self {
        Self {
            ecosystem,
            name: stated.name,
            pin: stated.pinned.pin,
            text: stated.pinned.text,
            source: Arc::clone(source),
            span: stated.span,
            locked: None,
        }
    }

    /// Whether it is the package of this name.
    pub fn is(&self, ecosystem: Ecosystem, name: &str) -> bool {
        self.ecosystem == ecosystem && ecosystem.is_same(&self.name, name)
    }

    fn folder(&self) -> &str {
        folder(self.source.path())
    }
}

/// Whether a file lists packages of an ecosystem, or locks them.
pub fn lists(path: &str, ecosystem: Ecosystem) -> bool {
    sort_of(path).is_some_and(|(of, _)| of == ecosystem)
}

/// Finds the packages that the files of a tree state, and the lists that cannot be read.
pub(super) fn found(
    tree: &Tree,
    files: &[Listed],
    library: &Library,
) -> (Vec<Dependency>, Vec<ProjectNote>) {
    let mut found: Vec<Dependency> = Vec::new();
    let mut unreadable = Vec::new();
    let mut listed: BTreeSet<(Ecosystem, &str)> = BTreeSet::new();
    for (file, ecosystem, sort) in sorted(files, false) {
        listed.insert((ecosystem, folder(&file.path)));
        match tree.read_listed(&file.path) {
            Ok(source) => {
                let mut gathered = Gathered::new(ecosystem, source.text());
                sort::read(sort, &mut gathered);
                found.extend(owned(gathered, &source));
            }
            // what may hold settings is said to be unreadable where those are read
            Err(fault) if Format::of_path(&file.path).is_none() => {
                unreadable.push(ProjectNote::whole(&file.path, fault.to_string()));
            }
            Err(_) => {}
        }
    }
    let wanted = Wanted::new(library);
    for (file, ecosystem, sort) in sorted(files, true) {
        let beside = listed.contains(&(ecosystem, folder(&file.path)));
        match tree.read_listed(&file.path) {
            Ok(source) => {
                for locked in locked(&source, (ecosystem, sort), &wanted) {
                    stand(&mut found, locked, beside);
                }
            }
            Err(fault) if !beside => {
                unreadable.push(ProjectNote::whole(&file.path, fault.to_string()));
            }
            Err(_) => {}
        }
    }
    found.sort_by(|one, other| place(one).cmp(&place(other)));
    (found, unreadable)
}

/// The first package by which a pack is recognised, and what is said of that.
pub(super) fn about<'a>(all: &'a [Dependency], pack: &Pack) -> Option<(&'a Dependency, String)> {
    let one = all.iter().find(|one| {
        let names = pack.dependencies.get(&one.ecosystem);
        names.is_some_and(|names| names.iter().any(|name| one.is(one.ecosystem, name)))
    })?;
    let line = one.source.location(one.span).line;
    Some((one, format!("{} in {}:{line}", one.name, one.source.path())))
}

fn place(one: &Dependency) -> (&str, u32) {
    (one.source.path(), one.span.start)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The project's own lists of packages, or its lock files.
fn sorted(files: &[Listed], locks: bool) -> impl Iterator<Item = (&Listed, Ecosystem, Sort)> {
    files.iter().filter_map(move |file| {
        let (ecosystem, sort) = sort_of(&file.path)?;
        let own = match file.purpose {
            Purpose::Live => true,
            Purpose::Lock => sort.is_lock() && Purpose::of_place(&file.path) == Purpose::Live,
            Purpose::Template | Purpose::Documentation | Purpose::Test | Purpose::Own => false,
        };
        (own && sort.is_lock() == locks).then_some((file, ecosystem, sort))
    })
}

fn owned(gathered: Gathered<'_>, source: &Arc<SourceText>) -> Vec<Dependency> {
    let ecosystem = gathered.ecosystem;
    gathered.found.into_iter().map(|one| Dependency::new(ecosystem, one, source)).collect()
}

fn locked(
    source: &Arc<SourceText>,
    (ecosystem, sort): (Ecosystem, Sort),
    wanted: &Wanted,
) -> Vec<Dependency> {
    let names = wanted.places(source.text());
    if names.is_empty() {
        return Vec::new();
    }
    let mut gathered = Gathered::new(ecosystem, source.text());
    sort::read_lock(sort, &mut gathered, &names, &|name| wanted.has(ecosystem, name));
    gathered.found.retain(|one| wanted.has(ecosystem, &one.name));
    owned(gathered, source)
}

/// Puts what a lock file holds among what is stated: alone where no list lies beside it. Beside one
/// it adds its version to what the list states, and stands for itself where it names a source.
fn stand(found: &mut Vec<Dependency>, locked: Dependency, beside: bool) {
    let mut is_stated = false;
    for stated in found.iter_mut().filter(|one| one.folder() == locked.folder()) {
        if !stated.is(locked.ecosystem, &locked.name) {
            continue;
        }
        is_stated = true;
        if locked.pin == Pin::Version && stated.locked.is_none() {
            stated.locked = Some(locked.text.clone());
        }
    }
    if !beside || (is_stated && locked.pin.is_source()) {
        found.push(locked);
    }
}

#[cfg(test)]
mod tests;
