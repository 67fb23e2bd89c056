//! A pack: what is known about one provider.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Class, Codes, Ecosystem, Pattern, SignatureScheme, TestValues};
use crate::expression::Fact;
use crate::source::SourceText;

/// A role as it is written everywhere: `begini/api-key`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(with = "String")]
pub struct RoleId {
    /// The folder of the pack.
    pub pack: String,
    /// The name inside the pack.
    pub role: String,
}

impl Display for RoleId {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.pack, self.role)
    }
}

impl FromStr for RoleId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('/') {
            Some((pack, role)) if !pack.is_empty() && !role.is_empty() && !role.contains('/') => {
                Ok(Self { pack: pack.to_owned(), role: role.to_owned() })
            }
            _ => Err("a role is written pack/role, as in begini/api-key".to_owned()),
        }
    }
}

impl Serialize for RoleId {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RoleId {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        String::deserialize(source)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What a setting is good for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Lets its holder act: a key, token, password or signing secret. Never shown.
    Credential,
    /// A key that clients may hold.
    PublicKey,
    /// Names an account, an integration or an object.
    Identifier,
    /// Where the provider delivers events.
    WebhookUrl,
    /// Any other URL.
    Url,
    /// Chooses the environment: `sandbox`, `live`, `true`.
    Mode,
    /// A host name.
    Host,
    /// A number.
    Number,
    /// Anything else.
    Text,
}

/// What a setting is to a provider.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its kind.
    pub kind: Kind,
    /// Usual names of the setting, compared by their words.
    pub names: Vec<String>,
    /// The shape of a right value; it never tells an environment.
    pub looks_like: Option<Pattern>,
    /// Whether equal values in both classes are wrong.
    pub per_environment: bool,
    /// Whether the value is never shown though it is no credential.
    pub secret: bool,
    /// The only class that has it, where one has.
    pub only: Option<Class>,
    /// Which values of this role belong to which class (the vocabulary of a mode).
    pub values: ValuePatterns,
    /// Shapes so telling that a value of any name is of this role; they tell no class.
    pub recognise: Vec<Pattern>,
    /// Of a mode: what the provider's libraries do where it is not set.
    pub unset: Vec<Unset>,
}

impl Role {
    /// Whether a value can be of no other role, whatever the setting is called.
    pub fn recognises(&self, value: &str) -> bool {
        self.kind != Kind::Mode
            && (self.values.class_of(value).is_some()
                || self.recognise.iter().any(|pattern| pattern.is_match(value)))
    }
}

/// What a library does where a mode is not set.
#[derive(Clone, Debug)]
pub struct Unset {
    /// What it takes the mode for.
    pub means: UnsetMeans,
    /// The library.
    pub by: String,
    /// Where that is said.
    pub link: Option<String>,
}

/// What a mode that is not set is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnsetMeans {
    /// The sandbox.
    Sandbox,
    /// Production.
    Production,
    /// An error: the library does not start.
    Refused,
}

/// Values whose class can be read off them.
#[derive(Clone, Debug, Default)]
pub struct ValuePatterns {
    /// Patterns of sandbox values.
    pub sandbox: Vec<Pattern>,
    /// Patterns of production values.
    pub production: Vec<Pattern>,
    /// Patterns that hint at the sandbox.
    pub likely_sandbox: Vec<Pattern>,
    /// Patterns that hint at production.
    pub likely_production: Vec<Pattern>,
}

impl ValuePatterns {
    /// The class that a pattern gives to `value`; none where both or neither match.
    pub fn class_of(&self, value: &str) -> Option<Class> {
        one_of(&self.sandbox, &self.production, value)
    }

    /// Whether a value fits any of the patterns, be it as a hint; none where there are none.
    pub fn is_word(&self, value: &str) -> Option<bool> {
        let hints = self.likely_sandbox.iter().chain(&self.likely_production);
        let mut all = self.sandbox.iter().chain(&self.production).chain(hints).peekable();
        all.peek()?;
        Some(all.any(|pattern| pattern.is_match(value)))
    }

    /// The class that a pattern hints at; none where both or neither match.
    pub fn likely_class_of(&self, value: &str) -> Option<Class> {
        one_of(&self.likely_sandbox, &self.likely_production, value)
    }
}

fn one_of(sandbox: &[Pattern], production: &[Pattern], value: &str) -> Option<Class> {
    let fits = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.is_match(value));
    match (fits(sandbox), fits(production)) {
        (true, false) => Some(Class::Sandbox),
        (false, true) => Some(Class::Production),
        _ => None,
    }
}

/// A host, `*.` before it for its subdomains or `*` for the start of its first label, and perhaps
/// a path prefix: `*.sandbox.pay.com/v1`, `*-test.pay.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPattern {
    /// The host in lower case, without `*.` and `*`.
    pub host: String,
    /// Whether subdomains match (and the host itself does not).
    pub subdomains: bool,
    /// Whether the first label may begin with anything.
    pub open: bool,
    /// A path prefix; empty matches every path.
    pub path: String,
}

impl Display for HostPattern {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let start = match (self.subdomains, self.open) {
            (true, _) => "*.",
            (false, true) => "*",
            (false, false) => "",
        };
        write!(out, "{start}{}{}", self.host, self.path)
    }
}

impl HostPattern {
    /// Reads `host`, `*.host`, `*-test.host`, `host/path`.
    pub fn new(text: &str) -> Self {
        let (host, path) = match text.split_once('/') {
            Some((host, path)) => (host, format!("/{path}")),
            None => (text, String::new()),
        };
        let subdomains = host.starts_with("*.");
        let open = !subdomains && host.starts_with('*');
        let host = host.trim_start_matches("*.").trim_start_matches('*');
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        Self { host, subdomains, open, path }
    }

    /// Whether a URL's `host` and `path` are meant. Only whole labels match.
    pub fn matches(&self, host: &str, path: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host);
        let before = host.len().checked_sub(self.host.len());
        let Some((start, end)) = before.and_then(|at| host.split_at_checked(at)) else {
            return false;
        };
        let host_fits = end.eq_ignore_ascii_case(&self.host)
            && if self.subdomains {
                start.ends_with('.')
            } else if self.open {
                !start.is_empty() && !start.contains('.')
            } else {
                start.is_empty()
            };
        let path_fits = self.path.is_empty()
            || path
                .strip_prefix(self.path.trim_end_matches('/'))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        host_fits && path_fits
    }
}

/// The hosts of a provider.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    /// Serve the sandbox only.
    pub sandbox: Vec<HostPattern>,
    /// Serve production only.
    pub production: Vec<HostPattern>,
    /// Serve both: prove nothing.
    pub shared: Vec<HostPattern>,
    /// Wrong everywhere, each with the reason.
    pub refused: Vec<(HostPattern, String)>,
    /// Named lists that a selector's `host` may use (`tunnel`, `reserved`).
    pub lists: BTreeMap<String, Vec<HostPattern>>,
}

impl Hosts {
    /// Whether a host with a path serves environments of `class`.
    pub fn serves(&self, class: Class, host: &str, path: &str) -> bool {
        let own = match class {
            Class::Sandbox => &self.sandbox,
            Class::Production => &self.production,
        };
        own.iter().chain(&self.shared).any(|pattern| pattern.matches(host, path))
    }

    /// Whether a parameter may name this host, whatever the path: it serves one class or both.
    pub fn knows(&self, host: &str) -> bool {
        let all = self.sandbox.iter().chain(&self.production).chain(&self.shared);
        all.into_iter()
            .any(|pattern| HostPattern { path: String::new(), ..pattern.clone() }.matches(host, ""))
    }
}

/// Whether a parameter of this name holds a host, which may only be one of the pack's.
pub fn is_host_parameter(name: &str) -> bool {
    super::words(name).last().is_some_and(|word| word == "host")
}

/// Where a pack came from, which decides what it may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackOrigin {
    /// Shipped with the tool.
    BuiltIn,
    /// Named on the command line, outside the judged tree.
    Given,
    /// From inside the judged tree and allowed by `--trust-packs`: what other packs call theirs is
    /// not its own.
    Trusted,
    /// From inside the judged tree: its live checks are not run.
    Tree,
}

impl PackOrigin {
    /// Whether whoever wrote the judged tree wrote the pack, too.
    pub fn is_of_tree(self) -> bool {
        matches!(self, Self::Trusted | Self::Tree)
    }
}

/// A pack, valid.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The name of its folder.
    pub id: String,
    /// The provider's name.
    pub title: String,
    /// The provider's documentation.
    pub homepage: Option<String>,
    /// Roles without which a launch cannot be judged.
    pub essential: Vec<RoleId>,
    /// What nobody knows for sure, with defaults.
    pub parameters: BTreeMap<String, Fact>,
    /// The only values that a parameter may have, by its name; any where nothing is said.
    pub choices: BTreeMap<String, Vec<Fact>>,
    /// Its roles by name.
    pub roles: BTreeMap<String, Role>,
    /// Names (their last words) by which a setting of no role is taken for a kind: a guess.
    pub kinds: Vec<(Vec<String>, Kind)>,
    /// Its hosts.
    pub hosts: Hosts,
    /// Values that tell their class, for every credential, key and identifier of the pack.
    pub values: ValuePatterns,
    /// Published sample values, refused in production: as text, or `sha256:` and 64 hex digits.
    pub sentinels: Vec<String>,
    /// What only works in the sandbox.
    pub test_values: Vec<TestValues>,
    /// How deliveries are signed.
    pub signature: Option<SignatureScheme>,
    /// Bodies of events; strings inside are templates.
    pub events: BTreeMap<String, serde_json::Value>,
    /// Packages by ecosystem, by which the pack is recognised too.
    pub dependencies: BTreeMap<Ecosystem, Vec<String>>,
    /// What the provider publishes about going live, where the pack lists it.
    pub codes: Option<Codes>,
    /// Where it came from.
    pub origin: PackOrigin,
    /// SHA-256 over all files of the pack, in hex.
    pub digest: String,
    /// Its `pack.yaml`.
    pub source: Arc<SourceText>,
}
