//! The manifest as its author wrote it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::waiver::WrittenWaiver;
use crate::document::Located;
use crate::expression::Fact;
use crate::pack::Class;

/// The file as it is written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenManifest {
    /// The environments by name. `sandbox` and `production` need no class; any other name does,
    /// unless the name tells it.
    pub(super) environments: BTreeMap<String, Located<WrittenEnvironment>>,
    /// Services by name, each a folder with its own configuration.
    pub(super) services: BTreeMap<String, WrittenService>,
    /// The setting that holds a role, where the project's names differ from the usual ones.
    pub(super) roles: BTreeMap<String, Located<String>>,
    /// Hosts of the project by class. They classify values; they never allow a request.
    pub(super) hosts: WrittenHosts,
    /// The packs to judge by; without it `core` and what is in use. `[core]` wants no provider.
    pub(super) packs: Option<Vec<Located<String>>>,
    /// Parameters of packs, as `begini/webhook-limit-ms: 3000`.
    pub(super) parameters: BTreeMap<String, Located<Fact>>,
    /// Fingerprints of values that do not stand in the tree.
    pub(super) fingerprints: Option<WrittenFingerprints>,
    /// Accepted findings.
    pub(super) waivers: Vec<Located<WrittenWaiver>>,
    /// Who may accept a blocker.
    pub(super) policy: WrittenPolicy,
}

/// One environment.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenEnvironment {
    /// Its class, where its name does not tell it.
    pub(super) class: Option<Class>,
    /// Its files, lowest layer first.
    pub(super) layers: Vec<Located<String>>,
    /// Process variables that hold a role's value, read at `sandbox` and `launch`.
    pub(super) variables: BTreeMap<String, Located<String>>,
    /// Roles whose values come from outside (a vault, a platform), so that they may be missing
    /// here.
    pub(super) supplied: Vec<Located<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenService {
    /// Its folder.
    pub(super) root: String,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WrittenHosts {
    /// Hosts of the sandbox.
    pub(super) sandbox: Vec<Located<String>>,
    /// Hosts of production.
    pub(super) production: Vec<Located<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenFingerprints {
    /// At least 16 random characters.
    pub(super) salt: Located<String>,
    /// By role: fingerprints of sandbox values.
    #[serde(default)]
    pub(super) sandbox: BTreeMap<String, Located<String>>,
    /// By role: fingerprints of production values.
    #[serde(default)]
    pub(super) production: BTreeMap<String, Located<String>>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WrittenPolicy {
    /// Who may accept a blocker.
    pub(super) approvers: Vec<Located<String>>,
}
