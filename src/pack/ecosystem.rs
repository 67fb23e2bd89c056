//! Where packages come from, and when two spellings there name the same one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A world of packages with rules of its own.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Ecosystem {
    /// JavaScript.
    Npm,
    /// Python.
    Pypi,
    /// Ruby.
    Rubygems,
    /// PHP.
    Packagist,
    /// Java and Android: `group:artifact`.
    Maven,
    /// iOS, by `CocoaPods`.
    Cocoapods,
    /// iOS, by the Swift package manager.
    Swift,
    /// Dart and Flutter.
    Pub,
    /// Go: the path of a module, without its `/v2`.
    Go,
    /// .NET.
    Nuget,
    /// Rust.
    Crates,
}

impl Ecosystem {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pypi => "pypi",
            Self::Rubygems => "rubygems",
            Self::Packagist => "packagist",
            Self::Maven => "maven",
            Self::Cocoapods => "cocoapods",
            Self::Swift => "swift",
            Self::Pub => "pub",
            Self::Go => "go",
            Self::Nuget => "nuget",
            Self::Crates => "crates",
        }
    }

    /// The one spelling of a name that all its spellings have in common.
    pub fn plain(self, name: &str) -> String {
        match self {
            // https://packaging.python.org/en/latest/specifications/name-normalization/
            Self::Pypi => {
                let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
                parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
            }
            Self::Nuget | Self::Packagist | Self::Swift => name.to_ascii_lowercase(),
            Self::Crates => name.replace('-', "_").to_ascii_lowercase(),
            // the rest of a pod's name is a part of it; of a module's, its major version
            Self::Cocoapods => name.split('/').next().unwrap_or(name).to_owned(),
            Self::Go => without_major(name).to_ascii_lowercase(),
            Self::Npm | Self::Rubygems | Self::Maven | Self::Pub => name.to_owned(),
        }
    }

    /// Whether two names are of the same package.
    pub fn is_same(self, one: &str, other: &str) -> bool {
        self.plain(one) == self.plain(other)
    }
}

/// The path of a Go module without its major version.
/// <https://go.dev/ref/mod#major-version-suffixes>
fn without_major(path: &str) -> &str {
    let is_major = |last: &str| {
        last.strip_prefix('v').is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    match path.rsplit_once('/') {
        Some((before, last)) if is_major(last) => before,
        Some(_) | None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ecosystem_compares_names_by_its_own_rules() {
        assert!(Ecosystem::Pypi.is_same("Smile_ID.core", "smile-id--core"));
        assert!(Ecosystem::Nuget.is_same("Stripe.net", "stripe.NET"));
        assert!(Ecosystem::Go.is_same("github.com/a/b", "github.com/A/b/v76"));
        assert!(!Ecosystem::Go.is_same("github.com/a/b", "github.com/a/b/client"));
        assert!(Ecosystem::Cocoapods.is_same("Stripe", "Stripe/Core"));
        assert!(Ecosystem::Crates.is_same("async-stripe", "async_stripe"));
        assert!(!Ecosystem::Npm.is_same("stripe", "Stripe"));
        assert!(!Ecosystem::Npm.is_same("stripe", "@types/stripe"));
        assert!(!Ecosystem::Maven.is_same("com.stripe:stripe", "com.stripe:stripe-java"));
    }
}
