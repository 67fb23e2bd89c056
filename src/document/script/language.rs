//! The languages, and the names of their files.

use super::rules::{self, Rules};

/// The languages that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// JavaScript and TypeScript, with JSX.
    JavaScript,
    /// The scripts of a Vue or Svelte component.
    Component,
    /// Python.
    Python,
    /// Ruby.
    Ruby,
    /// PHP.
    Php,
    /// Java.
    Java,
    /// Kotlin, also of Gradle.
    Kotlin,
    /// Groovy, mostly of Gradle.
    Groovy,
    /// Swift.
    Swift,
    /// Dart.
    Dart,
    /// Go.
    Go,
    /// C#.
    CSharp,
}
impl Language {
    /// The table.
    pub(super) fn rules(self) -> &'static Rules {
        match self {
            Self::JavaScript | Self::Component => &rules::JAVASCRIPT,
            Self::Python => &rules::PYTHON,
            Self::Ruby => &rules::RUBY,
            Self::Php => &rules::PHP,
            Self::Java => &rules::JAVA,
            Self::Kotlin => &rules::KOTLIN,
            Self::Groovy => &rules::GROOVY,
            Self::Swift => &rules::SWIFT,
            Self::Dart => &rules::DART,
            Self::Go => &rules::GO,
            Self::CSharp => &rules::CSHARP,
        }
    }

    /// The language of a file by its name in small letters.
    pub(in super::super) fn of_name(name: &str) -> Option<Self> {
        if [".d.ts", ".d.mts", ".d.cts", ".min.js", ".min.mjs"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            return None;
        }
        match name {
            "podfile" | "gemfile" | "rakefile" | "fastfile" | "appfile" | "config.ru" => {
                return Some(Self::Ruby);
            }
            "jenkinsfile" => return Some(Self::Groovy),
            _ => {}
        }
        match name.rsplit_once('.')?.1 {
            "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx" => Some(Self::JavaScript),
            "vue" | "svelte" => Some(Self::Component),
            "py" => Some(Self::Python),
            "rb" | "gemspec" | "rake" | "podspec" => Some(Self::Ruby),
            "php" => Some(Self::Php),
            "java" => Some(Self::Java),
            "kt" | "kts" => Some(Self::Kotlin),
            "groovy" | "gradle" => Some(Self::Groovy),
            "swift" => Some(Self::Swift),
            "dart" => Some(Self::Dart),
            "go" => Some(Self::Go),
            "cs" => Some(Self::CSharp),
            _ => None,
        }
    }
}
