//! `golive.yaml`: what a project says of itself. It classifies and names; it never grants.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::fingerprint::{Salt, is_fingerprint};
use super::roles::RoleIndex;
use super::words::class_of;
use crate::document::{Format, IssueKind, parse};
use crate::document::{Located, decode};
use crate::expression::Fact;
use crate::pack::{Class, HostPattern, Library, RoleId};
use crate::source::{Diagnostic, SourceText, Span, nearest};

/// The file as it is written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenManifest {
    /// The environments by name. `sandbox` and `production` need no class; any other name does,
    /// unless the name tells it.
    environments: BTreeMap<String, Located<WrittenEnvironment>>,
    /// Services by name, each a folder with its own configuration.
    services: BTreeMap<String, WrittenService>,
    /// The setting that holds a role, where the project's names differ from the usual ones.
    roles: BTreeMap<String, Located<String>>,
    /// Hosts of the project by class. They classify values; they never allow a request.
    hosts: WrittenHosts,
    /// The packs to judge by; without it `core` and what is in use. `[core]` wants no provider.
    packs: Option<Vec<Located<String>>>,
    /// Parameters of packs, as `begini/webhook-limit-ms: 3000`.
    parameters: BTreeMap<String, Located<Fact>>,
    /// Fingerprints of values that do not stand in the tree.
    fingerprints: Option<WrittenFingerprints>,
    /// Accepted findings.
    waivers: Vec<WrittenWaiver>,
    /// Who may accept a blocker.
    policy: WrittenPolicy,
}

/// One environment.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct WrittenEnvironment {
    /// Its class, where its name does not tell it.
    class: Option<Class>,
    /// Its files, lowest layer first.
    layers: Vec<Located<String>>,
    /// Process variables that hold a role's value, read at `sandbox` and `launch`.
    variables: BTreeMap<String, Located<String>>,
    /// Roles whose values come from outside (a vault, a platform), so that they may be missing
    /// here.
    supplied: Vec<Located<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenService {
    /// Its folder.
    root: String,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct WrittenHosts {
    /// Hosts of the sandbox.
    sandbox: Vec<Located<String>>,
    /// Hosts of production.
    production: Vec<Located<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenFingerprints {
    /// At least 16 random characters.
    salt: Located<String>,
    /// By role: fingerprints of sandbox values.
    #[serde(default)]
    sandbox: BTreeMap<String, Located<String>>,
    /// By role: fingerprints of production values.
    #[serde(default)]
    production: BTreeMap<String, Located<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenWaiver {
    /// Ids of the findings that are accepted.
    findings: Vec<Located<String>>,
    /// Who carries the risk.
    owner: String,
    /// Why it is carried.
    reason: String,
    /// Where it is tracked.
    ticket: String,
    /// The last day it holds.
    until: Located<String>,
    /// Who agreed.
    #[serde(default)]
    approved_by: Option<String>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct WrittenPolicy {
    /// Who may accept a blocker.
    approvers: Vec<String>,
}

/// The manifest, valid.
#[derive(Debug, Default)]
pub struct Manifest {
    /// The file, where there is one.
    pub source: Option<Arc<SourceText>>,
    /// Environments in order of name.
    pub environments: Vec<DeclaredEnvironment>,
    /// Services: name and folder, without a trailing slash.
    pub services: Vec<(String, String)>,
    /// Roles by the project's own names.
    pub roles: Vec<(RoleId, String)>,
    /// Hosts by class, each with its place.
    pub hosts: Vec<(Class, HostPattern, Span)>,
    /// Packs asked for.
    pub packs: Option<Vec<String>>,
    /// Parameters by pack and name.
    pub parameters: BTreeMap<(String, String), Fact>,
    /// The salt.
    pub salt: Option<Salt>,
    /// Fingerprints: class, role, fingerprint, place.
    pub fingerprints: Vec<(Class, RoleId, String, Span)>,
    /// Waivers.
    pub waivers: Vec<Waiver>,
    /// Who may accept a blocker.
    pub approvers: Vec<String>,
}

/// An environment that the manifest declares.
#[derive(Debug)]
pub struct DeclaredEnvironment {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// Its layers as paths relative to the root, lowest first.
    pub layers: Vec<(String, Span)>,
    /// Process variables by role.
    pub variables: Vec<(RoleId, String)>,
    /// Roles supplied from outside.
    pub supplied: Vec<RoleId>,
}

/// An accepted risk.
#[derive(Debug)]
pub struct Waiver {
    /// The findings, each with its place.
    pub findings: Vec<(String, Span)>,
    /// Who carries it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// Where it is tracked.
    pub ticket: String,
    /// The last day.
    pub until: Date,
    /// Who agreed.
    pub approved_by: Option<String>,
    /// Where it is written.
    pub span: Span,
}

impl Manifest {
    /// Reads a manifest against the packs that it may speak of.
    ///
    /// # Errors
    /// Every mistake in it, with its place.
    pub fn read(source: &Arc<SourceText>, library: &Library) -> Result<Self, Vec<Diagnostic>> {
        let (written, mistakes) = decode_yaml::<WrittenManifest>(source);
        let mut reader = Reader { source, library, mistakes };
        let manifest = reader.manifest(written.unwrap_or_default());
        told(manifest, reader.mistakes)
    }
}

/// The value of a file, if nothing is mistaken in it; else every mistake, in order of place.
pub(super) fn told<T>(value: T, mut mistakes: Vec<Diagnostic>) -> Result<T, Vec<Diagnostic>> {
    mistakes.sort_by_key(Diagnostic::place);
    mistakes.dedup_by(|one, other| one.message == other.message && one.labels == other.labels);
    if mistakes.is_empty() { Ok(value) } else { Err(mistakes) }
}

/// Decodes the one document of a YAML file of the tool; none where the file is empty. What is left
/// beside mistakes may only be used to look for more of them; of a broken text nothing is.
pub(super) fn decode_yaml<T: serde::de::DeserializeOwned>(
    source: &Arc<SourceText>,
) -> (Option<T>, Vec<Diagnostic>) {
    decode_text(source, Format::Yaml)
}

/// The same of a file in any format.
pub(super) fn decode_text<T: serde::de::DeserializeOwned>(
    source: &Arc<SourceText>,
    format: Format,
) -> (Option<T>, Vec<Diagnostic>) {
    let parsed = parse(format, source.text());
    let mut mistakes: Vec<Diagnostic> = parsed
        .issues
        .iter()
        .filter(|issue| is_mistake(issue.kind))
        .map(|issue| Diagnostic::error(source, issue.span, &issue.message))
        .collect();
    if let Some(second) = parsed.documents.get(1) {
        let message = "there is one document in this file";
        mistakes.push(Diagnostic::error(source, second.root.span, message));
    }
    let Some(document) = parsed.documents.first() else { return (None, mistakes) };
    if matches!(document.root.value, crate::document::Value::Null) {
        return (None, mistakes);
    }
    let whole = mistakes.is_empty();
    let (value, found) = decode::<T>(&document.root, source);
    mistakes.extend(found);
    (value.filter(|_| whole), mistakes)
}

/// Whether an issue makes a file of the tool unusable; duplicate keys are told by the decoder.
fn is_mistake(kind: IssueKind) -> bool {
    match kind {
        IssueKind::Syntax | IssueKind::Limit | IssueKind::Alias => true,
        IssueKind::DuplicateKey { .. } | IssueKind::Ambiguous => false,
    }
}

struct Reader<'a> {
    source: &'a Arc<SourceText>,
    library: &'a Library,
    mistakes: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn manifest(&mut self, written: WrittenManifest) -> Manifest {
        let environments = written
            .environments
            .into_iter()
            .filter_map(|(name, environment)| self.environment(name, environment))
            .collect();
        let services = written
            .services
            .into_iter()
            .map(|(name, service)| (name, service.root.trim_matches('/').to_owned()));
        let mut hosts = Vec::new();
        for (class, listed) in
            [(Class::Sandbox, written.hosts.sandbox), (Class::Production, written.hosts.production)]
        {
            hosts.extend(
                listed.into_iter().map(|host| (class, HostPattern::new(&host.value), host.span)),
            );
        }
        let (salt, fingerprints) = self.fingerprints(written.fingerprints);
        Manifest {
            source: Some(Arc::clone(self.source)),
            environments,
            services: services.collect(),
            roles: self.roles(written.roles),
            hosts,
            packs: written.packs.map(|packs| self.packs(packs)),
            parameters: self.parameters(written.parameters),
            salt,
            fingerprints,
            waivers: written.waivers.into_iter().filter_map(|waiver| self.waiver(waiver)).collect(),
            approvers: written.policy.approvers,
        }
    }

    fn environment(
        &mut self,
        name: String,
        written: Located<WrittenEnvironment>,
    ) -> Option<DeclaredEnvironment> {
        let place = written.place();
        let written = written.value;
        let Some(class) = written.class.or_else(|| class_of(&name)) else {
            self.mistake(
                place,
                &format!("`{name}` does not tell its class"),
                "add `class: sandbox` or `class: production`",
            );
            return None;
        };
        let layers = written.layers.into_iter().filter_map(|layer| self.layer(&layer)).collect();
        let variables = written
            .variables
            .into_iter()
            .filter_map(|(role, variable)| {
                Some((self.role(&role, variable.place())?, variable.value))
            })
            .collect();
        let supplied =
            written.supplied.iter().filter_map(|role| self.role(&role.value, role.span)).collect();
        Some(DeclaredEnvironment { name, class, layers, variables, supplied })
    }

    fn layer(&mut self, layer: &Located<String>) -> Option<(String, Span)> {
        let path = layer.value.trim_start_matches("./").to_owned();
        let leaves = path.starts_with('/') || path.split('/').any(|part| part == "..");
        if leaves {
            self.mistake(layer.span, "a layer lies inside the project", "write a relative path");
            return None;
        }
        Some((path, layer.span))
    }

    fn roles(&mut self, written: BTreeMap<String, Located<String>>) -> Vec<(RoleId, String)> {
        let index = LazyCell::new(|| RoleIndex::new(self.library, &[]));
        let mut roles = Vec::new();
        for (role, name) in written {
            let Some(role) = self.role(&role, name.place()) else { continue };
            match index.owner_beside(&name.value, &role) {
                None => roles.push((role, name.value)),
                Some(owner) => {
                    let message = format!("a setting of this name is {owner}, not {role}");
                    self.mistake(name.span, &message, "what is called after a provider is its own");
                }
            }
        }
        roles
    }

    fn role(&mut self, text: &str, span: Span) -> Option<RoleId> {
        let role: RoleId = match text.parse() {
            Ok(role) => role,
            Err(why) => {
                self.mistake(span, &format!("`{text}` is no role"), &why);
                return None;
            }
        };
        if self.library.role(&role).is_some() {
            return Some(role);
        }
        let known = self.library.packs.iter().flat_map(|pack| pack.roles.values());
        let known: Vec<String> = known.map(|role| role.id.to_string()).collect();
        let help = nearest(text, known.iter().map(String::as_str)).map_or_else(
            || "`golive list` shows the packs and their roles".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.mistake(span, &format!("no pack has the role `{text}`"), &help);
        None
    }

    fn packs(&mut self, written: Vec<Located<String>>) -> Vec<String> {
        let mut packs = Vec::new();
        for pack in written {
            if self.library.pack(&pack.value).is_some() {
                packs.push(pack.value);
                continue;
            }
            let known = self.library.packs.iter().map(|pack| pack.id.as_str());
            let help = nearest(&pack.value, known).map_or_else(
                || "`golive list` shows the packs".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.mistake(pack.span, &format!("there is no pack `{}`", pack.value), &help);
        }
        packs
    }

    fn parameters(
        &mut self,
        written: BTreeMap<String, Located<Fact>>,
    ) -> BTreeMap<(String, String), Fact> {
        let mut parameters = BTreeMap::new();
        for (name, value) in written {
            let Some((pack_id, parameter)) = name.split_once('/') else {
                self.mistake(value.place(), "a parameter is written pack/name", "");
                continue;
            };
            let Some(pack) = self.library.pack(pack_id) else {
                self.mistake(value.place(), &format!("there is no pack `{pack_id}`"), "");
                continue;
            };
            match pack.accepts_parameter(parameter, &value.value) {
                Ok(()) => {
                    parameters.insert((pack_id.to_owned(), parameter.to_owned()), value.value);
                }
                Err(why) => self.mistake(value.span, &why, ""),
            }
        }
        parameters
    }

    #[expect(clippy::type_complexity, reason = "the two parts of one block of the manifest")]
    fn fingerprints(
        &mut self,
        written: Option<WrittenFingerprints>,
    ) -> (Option<Salt>, Vec<(Class, RoleId, String, Span)>) {
        let Some(written) = written else { return (None, Vec::new()) };
        let salt = match Salt::new(&written.salt.value) {
            Ok(salt) => Some(salt),
            Err(_) if written.salt.absent => None,
            Err(why) => {
                self.mistake(written.salt.span, &why, "");
                None
            }
        };
        let mut known = Vec::new();
        for (class, listed) in
            [(Class::Sandbox, written.sandbox), (Class::Production, written.production)]
        {
            for (role, print) in listed {
                if !is_fingerprint(&print.value) {
                    self.mistake(print.span, "not a fingerprint", "it is `v1:` and 32 hex digits");
                } else if let Some(role) = self.role(&role, print.place()) {
                    known.push((class, role, print.value, print.span));
                }
            }
        }
        (salt, known)
    }

    fn waiver(&mut self, written: WrittenWaiver) -> Option<Waiver> {
        let until = match written.until.value.parse::<Date>() {
            Ok(until) => until,
            Err(_) if written.until.absent => return None,
            Err(fault) => {
                let why = format!("not a date: {fault}");
                self.mistake(written.until.span, &why, "write it as 2026-12-31");
                return None;
            }
        };
        Some(Waiver {
            findings: written.findings.into_iter().map(|id| (id.value, id.span)).collect(),
            owner: written.owner,
            reason: written.reason,
            ticket: written.ticket,
            until,
            approved_by: written.approved_by,
            span: written.until.span,
        })
    }

    fn mistake(&mut self, span: Span, message: &str, help: &str) {
        let mistake = Diagnostic::error(self.source, span, message);
        self.mistakes.push(if help.is_empty() { mistake } else { mistake.with_help(help) });
    }
}

/// The JSON Schema of a manifest.
pub fn manifest_schema() -> serde_json::Value {
    schemars::schema_for!(WrittenManifest).to_value()
}

#[cfg(test)]
mod tests;
