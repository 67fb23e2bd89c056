//! How a provider signs its deliveries: a fact about it, of which the pack knows all that is known.
//! What cannot be computed here is known as well, so that nobody takes it for unsigned.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{RoleId, Template};
use crate::expression::Fact;

/// How a provider signs its deliveries.
#[derive(Clone, Debug)]
pub struct SignatureScheme {
    /// What carries the signature.
    pub carrier: Carrier,
    /// Whether deliveries are forms; else they are JSON.
    pub is_form: bool,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// How the signature is written; none where the algorithm gives text.
    pub encoding: Option<Encoding>,
    /// What is signed, of `{body}`, `{url}`, `{timestamp}`, `{params}`, `{key}`, `{field.NAME}`;
    /// empty where nothing is, or where it cannot be said.
    pub over: Template,
    /// What is carried, of `{signature}`, `{timestamp}` and roles.
    pub value: Template,
    /// The role that holds the key: ours to sign with, or the provider's public one; none where the
    /// provider's key is fetched.
    pub key: Option<RoleId>,
    /// What is made of the key before it signs.
    pub key_form: KeyForm,
    /// Parts that parameters set.
    pub set_by: SetBy,
}

/// Parts of a scheme, each with the parameter that sets it.
#[derive(Clone, Debug, Default)]
pub struct SetBy {
    /// The parameter that names the header.
    pub header: Option<String>,
    /// The parameter that names the algorithm.
    pub algorithm: Option<String>,
    /// The parameter that names the role of the key.
    pub key: Option<String>,
}

impl SignatureScheme {
    /// The scheme with what parameters set; each choice was seen to fit when the pack was read.
    #[must_use]
    pub fn with(mut self, parameters: &BTreeMap<String, Fact>) -> Self {
        let text = |name: &Option<String>| match parameters.get(name.as_ref()?)? {
            Fact::Text(text) => Some(text.clone()),
            Fact::Null
            | Fact::Bool(_)
            | Fact::Int(_)
            | Fact::Float(_)
            | Fact::List(_)
            | Fact::Map(_) => None,
        };
        if let Some(header) = text(&self.set_by.header) {
            self.carrier = Carrier::Header(header);
        }
        if let Some(algorithm) = text(&self.set_by.algorithm).and_then(|it| Algorithm::named(&it)) {
            self.algorithm = algorithm;
        }
        if let (Some(role), Some(key)) = (text(&self.set_by.key), &self.key) {
            self.key = Some(RoleId { pack: key.pack.clone(), role });
        }
        self
    }
}

/// What carries a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// A header.
    Header(String),
    /// A field of the body; dots lead into it, numbers count list items from zero.
    Field(String),
}

/// Algorithms of signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
    /// HMAC with SHA-1.
    HmacSha1,
    /// HMAC with SHA-256.
    HmacSha256,
    /// HMAC with SHA-512.
    HmacSha512,
    /// A plain SHA-512 over a text that holds the key.
    Sha512,
    /// No signature: the key itself is sent along.
    SharedToken,
    /// ECDSA with SHA-256, by the provider's private key.
    EcdsaSha256,
    /// RSA with SHA-256, by the provider's private key.
    RsaSha256,
    /// A JSON web token over a digest of the body, by the provider's private key on P-256.
    JwtEs256,
}

impl Algorithm {
    /// The algorithm that packs call so.
    pub fn named(name: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
    }

    /// Whether it signs with a private key, which only the provider has.
    pub fn is_asymmetric(self) -> bool {
        match self {
            Self::EcdsaSha256 | Self::RsaSha256 | Self::JwtEs256 => true,
            Self::HmacSha1
            | Self::HmacSha256
            | Self::HmacSha512
            | Self::Sha512
            | Self::SharedToken => false,
        }
    }
}

impl Display for Algorithm {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::HmacSha1 => "hmac-sha1",
            Self::HmacSha256 => "hmac-sha256",
            Self::HmacSha512 => "hmac-sha512",
            Self::Sha512 => "sha512",
            Self::SharedToken => "shared-token",
            Self::EcdsaSha256 => "ecdsa-sha256",
            Self::RsaSha256 => "rsa-sha256",
            Self::JwtEs256 => "jwt-es256",
        })
    }
}

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// Lower-case hexadecimal.
    Hex,
    /// Base64 with padding.
    Base64,
}

/// What is made of a signing key before it signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyForm {
    /// Its bytes as they are.
    #[default]
    Text,
    /// Decoded from hexadecimal.
    Hex,
    /// Decoded from base64.
    Base64,
    /// Its SHA-1 digest.
    Sha1,
}
