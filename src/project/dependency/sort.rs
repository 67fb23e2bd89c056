//! Which list of packages a file is, by its name.

use super::gathered::Gathered;
use super::{cargo, dart, golang, keyed, maven, npm, nuget, packagist, pypi, ruby, swift};
use crate::pack::Ecosystem;
use crate::source::Span;

/// Reads the packages of a lock file that are wanted.
type ReadLock = fn(&mut Gathered<'_>, &dyn Fn(&str) -> bool);

/// A sort of list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sort {
    /// What a person writes, and what reads it.
    List(fn(&mut Gathered<'_>)),
    /// What a tool writes line by line.
    Lock(ReadLock),
    /// What a tool writes as JSON, of which only the surroundings of names are read.
    Keyed(fn(&mut Gathered<'_>, &[Span])),
}

impl Sort {
    /// Whether a tool wrote it.
    pub(super) fn is_lock(self) -> bool {
        !matches!(self, Self::List(_))
    }
}

/// The list that a file is.
pub(super) fn sort_of(path: &str) -> Option<(Ecosystem, Sort)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let list = |ecosystem, read| Some((ecosystem, Sort::List(read)));
    match name {
        "package.json" => list(Ecosystem::Npm, npm::manifest),
        "pyproject.toml" => list(Ecosystem::Pypi, pypi::pyproject),
        "Pipfile" => list(Ecosystem::Pypi, pypi::pipfile),
        "setup.cfg" => list(Ecosystem::Pypi, pypi::setup),
        "Gemfile" | "gems.rb" => list(Ecosystem::Rubygems, |all| ruby::manifest(all, "gem")),
        "composer.json" => list(Ecosystem::Packagist, packagist::manifest),
        "pom.xml" => list(Ecosystem::Maven, maven::pom),
        "build.gradle" | "build.gradle.kts" => list(Ecosystem::Maven, maven::gradle),
        "libs.versions.toml" => list(Ecosystem::Maven, maven::catalogue),
        "Podfile" => list(Ecosystem::Cocoapods, |all| ruby::manifest(all, "pod")),
        "pubspec.yaml" => list(Ecosystem::Pub, dart::manifest),
        "go.mod" => list(Ecosystem::Go, golang::manifest),
        "packages.config" => list(Ecosystem::Nuget, nuget::packages),
        "Cargo.toml" => list(Ecosystem::Crates, cargo::manifest),
        "Package.swift" => list(Ecosystem::Swift, swift::manifest),
        _ if is_requirements(name) => list(Ecosystem::Pypi, pypi::requirements),
        _ if is_dotnet(name) => list(Ecosystem::Nuget, nuget::project),
        _ => lock_of(name),
    }
}

fn lock_of(name: &str) -> Option<(Ecosystem, Sort)> {
    Some(match name {
        "package-lock.json" | "npm-shrinkwrap.json" => (Ecosystem::Npm, Sort::Keyed(keyed::maps)),
        "Pipfile.lock" => (Ecosystem::Pypi, Sort::Keyed(keyed::maps)),
        "composer.lock" => (Ecosystem::Packagist, Sort::Keyed(keyed::lists)),
        "yarn.lock" => (Ecosystem::Npm, Sort::Lock(npm::yarn)),
        "pnpm-lock.yaml" => (Ecosystem::Npm, Sort::Lock(npm::pnpm)),
        "poetry.lock" | "uv.lock" => (Ecosystem::Pypi, Sort::Lock(cargo::lock)),
        "Cargo.lock" => (Ecosystem::Crates, Sort::Lock(cargo::lock)),
        "Gemfile.lock" | "gems.locked" => (Ecosystem::Rubygems, Sort::Lock(ruby::gem_lock)),
        "Podfile.lock" => (Ecosystem::Cocoapods, Sort::Lock(ruby::pod_lock)),
        "pubspec.lock" => (Ecosystem::Pub, Sort::Lock(dart::lock)),
        "Package.resolved" => (Ecosystem::Swift, Sort::Lock(swift::lock)),
        _ => return None,
    })
}

/// `requirements.txt`, `requirements-prod.txt`, `prod-requirements.txt`, and none for work on the
/// project alone.
fn is_requirements(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".txt").or_else(|| name.strip_suffix(".in")) else {
        return false;
    };
    (stem.starts_with("requirements") || stem.ends_with("requirements")) && !pypi::is_aside(stem)
}

fn is_dotnet(name: &str) -> bool {
    [".csproj", ".fsproj", ".vbproj"].iter().any(|ending| name.ends_with(ending))
}

/// Reads a list.
pub(super) fn read(sort: Sort, gathered: &mut Gathered<'_>) {
    match sort {
        Sort::List(read) => read(gathered),
        Sort::Lock(_) | Sort::Keyed(_) => {}
    }
}

/// Reads a lock file: what it holds of the packages that are wanted, whose names may stand at
/// `names`.
pub(super) fn read_lock(
    sort: Sort,
    gathered: &mut Gathered<'_>,
    names: &[Span],
    wanted: &dyn Fn(&str) -> bool,
) {
    match sort {
        Sort::Lock(read) => read(gathered, wanted),
        Sort::Keyed(read) => read(gathered, names),
        Sort::List(_) => {}
    }
}
