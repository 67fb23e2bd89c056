//! How deliveries are signed.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::Located;
use crate::pack::{Algorithm, Encoding, KeyForm};

/// How deliveries are signed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenSignature {
    /// The header that carries the signature.
    pub(crate) header: Option<Located<String>>,
    /// The field of the body that carries it, where no header does; dots lead into it, numbers
    /// count list items from zero.
    pub(crate) field: Option<Located<String>>,
    /// What deliveries are written in; `json` if nothing is said and `over` has no `{params}`.
    pub(crate) body: Option<Located<BodyFormat>>,
    /// The algorithm. A `shared-token` is the key itself; what a provider signs with a private key
    /// is known, and cannot be computed here.
    pub(crate) algorithm: Algorithm,
    /// How the signature is written.
    pub(crate) encoding: Option<Located<Encoding>>,
    /// What is signed, of `{body}`, `{url}`, `{timestamp}`, `{params}`, `{key}`, `{field.NAME}`.
    pub(crate) over: Option<Located<String>>,
    /// What is carried; `{signature}` if nothing is said.
    pub(crate) value: Option<Located<String>>,
    /// The role that holds the key, or the provider's public key.
    pub(crate) key: Option<Located<String>>,
    /// What is made of the key before it signs; `text` if nothing is said.
    #[serde(default)]
    pub(crate) key_form: KeyForm,
    /// Parts that a parameter sets, where pages of the provider disagree.
    #[serde(default)]
    pub(crate) set_by: WrittenSetBy,
}

/// Parts of a signature, each with the parameter that sets it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenSetBy {
    /// The parameter that names the header.
    pub(crate) header: Option<Located<String>>,
    /// The parameter that names the algorithm.
    pub(crate) algorithm: Option<Located<String>>,
    /// The parameter that names the role of the key.
    pub(crate) key: Option<Located<String>>,
}

/// What a delivery is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BodyFormat {
    /// JSON.
    Json,
    /// A form.
    Form,
}
