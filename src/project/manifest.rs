//! `golive.yaml`: what a project says of itself. It classifies and names; it never grants.

mod compare;
mod decode;
mod reader;
mod waiver;
mod written;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fingerprint::Salt;
use crate::expression::Fact;
use crate::pack::{Class, HostPattern, Library, RoleId};
use crate::source::{Diagnostic, SourceText, Span};
use reader::Reader;
use written::WrittenManifest;

pub use compare::Difference;
pub(super) use decode::{decode_text, decode_yaml, told};
pub use waiver::Waiver;

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
    /// Packs asked for, each with its place.
    pub packs: Option<Vec<(String, Span)>>,
    /// Parameters by pack and name.
    pub parameters: BTreeMap<(String, String), Fact>,
    /// The salt.
    pub salt: Option<Salt>,
    /// Fingerprints: class, role, fingerprint, place.
    pub fingerprints: Vec<(Class, RoleId, String, Span)>,
    /// Waivers.
    pub waivers: Vec<Waiver>,
    /// Who may accept a blocker, each with the place.
    pub approvers: Vec<(String, Span)>,
}

/// An environment that the manifest declares.
#[derive(Debug)]
pub struct DeclaredEnvironment {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub place: Span,
    /// Its class.
    pub class: Class,
    /// Its layers as paths relative to the root, lowest first.
    pub layers: Vec<(String, Span)>,
    /// Process variables by role.
    pub variables: Vec<(RoleId, String)>,
    /// Roles supplied from outside.
    pub supplied: Vec<RoleId>,
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

/// The JSON Schema of a manifest.
pub fn manifest_schema() -> serde_json::Value {
    schemars::schema_for!(WrittenManifest).to_value()
}
