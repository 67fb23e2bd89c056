//! Which settings a check is about.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use super::Pattern;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Class, Kind, Mark, RoleId};

/// An environment as a check or a person names it: a class means every environment of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EnvironmentName {
    /// `sandbox` or `production`.
    Class(Class),
    /// Any other name.
    Named(String),
}

impl EnvironmentName {
    /// Whether an environment of this name and class is meant.
    pub fn means(&self, name: &str, class: Class) -> bool {
        match self {
            Self::Class(meant) => *meant == class,
            Self::Named(meant) => meant == name,
        }
    }
}

impl From<&str> for EnvironmentName {
    fn from(name: &str) -> Self {
        match name {
            "sandbox" => Self::Class(Class::Sandbox),
            "production" => Self::Class(Class::Production),
            _ => Self::Named(name.to_owned()),
        }
    }
}

impl Display for EnvironmentName {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Class(class) => out.write_str(class.as_str()),
            Self::Named(name) => out.write_str(name),
        }
    }
}

/// The class that a value belongs to, whatever file it stands in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Home {
    /// A sandbox value.
    Sandbox,
    /// A production value.
    Production,
    /// Serves both: proves nothing.
    Shared,
    /// Environments of both classes claim it, and nothing stronger settles it.
    Contested,
    /// Written in no environment's profile.
    Undeclared,
}

impl From<Class> for Home {
    fn from(class: Class) -> Self {
        match class {
            Class::Sandbox => Self::Sandbox,
            Class::Production => Self::Production,
        }
    }
}

impl Home {
    /// The class, where there is exactly one.
    pub fn class(self) -> Option<Class> {
        match self {
            Self::Sandbox => Some(Class::Sandbox),
            Self::Production => Some(Class::Production),
            Self::Shared | Self::Contested | Self::Undeclared => None,
        }
    }
}

/// How a home is known, most certain first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The value matches a pattern of its pack.
    Pattern,
    /// Its host or path is one of the pack's or the manifest's.
    Host,
    /// Its fingerprint stands in the manifest.
    Fingerprint,
    /// An environment declares it.
    Identity,
    /// A word inside it: a guess.
    Word,
}

/// How a setting came to its value.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Written as it stands.
    Written,
    /// The default inside a reference: `${X:-here}`.
    Default,
    /// Brought in by a merge key or an alias.
    Merged,
    /// Decoded from base64.
    Decoded,
    /// Read from a process variable.
    Variable,
    /// Observed inside the environment, and not seen.
    Observed,
}

/// Where a selector looks.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Settings in force in an environment.
    #[default]
    Profiles,
    /// Every setting of every file that may be in force somewhere: overridden ones and those of no
    /// environment, too.
    Live,
    /// Every setting of every file: templates, documentation, tests, overridden ones.
    Tree,
}

/// A conjunction of conditions; an empty list asks nothing.
#[derive(Clone, Debug, Default)]
pub struct Selector {
    /// Environments.
    pub environment: Vec<EnvironmentName>,
    /// Roles.
    pub role: Vec<RoleId>,
    /// Kinds.
    pub kind: Vec<Kind>,
    /// Words that a name ends with, environment words included.
    pub name: Vec<Vec<String>>,
    /// Words that a name holds in one run.
    pub name_has: Vec<Vec<String>>,
    /// Homes.
    pub home: Vec<Home>,
    /// Host lists by name (`tunnel`, `reserved`, `private`, `refused`) or host patterns.
    pub host: Vec<String>,
    /// Schemes of URLs.
    pub scheme: Vec<String>,
    /// Patterns that are searched in the literal.
    pub value: Vec<Pattern>,
    /// Origins.
    pub origin: Vec<Origin>,
    /// Questions, each with the answer that is meant.
    pub marks: BTreeMap<Mark, bool>,
    /// Where to look.
    pub area: Area,
    /// How the home must be known.
    pub by: Vec<By>,
    /// What is not meant, though it fits.
    pub not: Vec<Selector>,
    /// What a finding says of the setting, as in `switches debugging on`; `{value}` is its value.
    pub says: Option<String>,
}

impl Selector {
    /// How many conditions it holds: the more, the more specific the check.
    pub fn specificity(&self) -> usize {
        let lists = [
            !self.environment.is_empty(),
            !self.role.is_empty(),
            !self.kind.is_empty(),
            !self.name.is_empty(),
            !self.name_has.is_empty(),
            !self.home.is_empty(),
            !self.host.is_empty(),
            !self.scheme.is_empty(),
            !self.value.is_empty(),
            !self.origin.is_empty(),
            !self.by.is_empty(),
        ];
        lists.into_iter().filter(|asked| *asked).count() + self.marks.len()
    }

    /// Whether it asks for settings of which a question is answered with yes.
    pub fn wants(&self, mark: Mark) -> bool {
        self.marks.get(&mark) == Some(&true)
    }

    /// The same question of the name and the place alone: whatever the value may be.
    #[must_use]
    pub fn of_any_value(&self) -> Self {
        let marks = self.marks.iter().filter(|(mark, _)| !mark.is_of_value());
        Self {
            marks: marks.map(|(mark, asked)| (*mark, *asked)).collect(),
            home: Vec::new(),
            host: Vec::new(),
            scheme: Vec::new(),
            value: Vec::new(),
            by: Vec::new(),
            ..self.clone()
        }
    }
}
