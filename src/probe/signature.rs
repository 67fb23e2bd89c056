//! Signing deliveries as a provider does, or wrongly on purpose. The scheme is data of the pack;
//! nothing here knows a provider.

use base64::prelude::{BASE64_STANDARD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use super::bindings::{Bindings, fabricate};
use crate::expression::Fact;
use crate::pack::{
    Algorithm, Encoding, KeyForm, RoleId, SignatureScheme, SignatureVariant, Template,
    TemplatePart, fields,
};
use crate::source::Secret;

/// What a signature may be made over.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The raw bytes of the body.
    pub body: &'a [u8],
    /// The URL as the receiver registered it.
    pub url: &'a str,
    /// Seconds since 1970.
    pub timestamp: i64,
    /// The fields of a form body.
    pub params: &'a [(String, String)],
    /// The event, for `{field.NAME}`; dots lead into it, numbers count list items from zero.
    pub event: &'a Value,
    /// Roles and parameters.
    pub bindings: &'a Bindings,
}

/// Why a delivery could not be signed. It names roles and parts, never values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// The signing key is not known.
    #[error("{0}, which signs, has no value here")]
    NoKey(RoleId),
    /// The key is not written as the scheme says.
    #[error("{role} is not written in {form}")]
    KeyForm {
        /// The role.
        role: RoleId,
        /// `hexadecimal`, `base64`.
        form: &'static str,
    },
    /// A part of the scheme cannot be filled.
    #[error("the signature needs {0}, which is not here")]
    NoPart(String),
    /// The provider itself signs with SHA-256, so such a signature would be right.
    #[error("hmac-sha256 is this provider's own algorithm")]
    OwnAlgorithm,
    /// Only the provider has the key that signs.
    #[error("{0} is made with the provider's private key, so it cannot be signed here")]
    CannotSign(Algorithm),
    /// The key itself is sent: it says nothing of the body.
    #[error("a shared token covers no body, so none is signed wrongly")]
    CoversNothing,
}

/// What carries the signature of `variant` holds, none where there is to be no signature. A
/// tampered delivery is signed rightly; the body is altered afterwards.
pub fn sign(
    scheme: &SignatureScheme,
    variant: SignatureVariant,
    material: &Material<'_>,
) -> Result<Option<Secret>, SignatureFault> {
    match variant {
        SignatureVariant::None => return Ok(None),
        SignatureVariant::Empty => return Ok(Some(Secret::new(""))),
        SignatureVariant::Valid
        | SignatureVariant::Tampered
        | SignatureVariant::Truncated
        | SignatureVariant::WrongKey
        | SignatureVariant::Sha256 => {}
    }
    let role = signing_role(scheme)?;
    let bindings = material.bindings;
    let key = bindings.role(role).ok_or_else(|| SignatureFault::NoKey(role.clone()))?;
    let signature = varied(scheme, variant, (role, key), material)?;
    let parts = Parts { material, key, signature: Some(&signature) };
    let value = parts.concatenate(&scheme.value)?;
    Ok(Some(Secret::new(String::from_utf8_lossy(&value).into_owned())))
}

/// The role whose value signs here.
fn signing_role(scheme: &SignatureScheme) -> Result<&RoleId, SignatureFault> {
    let role = scheme.key.as_ref().filter(|_| !scheme.algorithm.is_asymmetric());
    role.ok_or(SignatureFault::CannotSign(scheme.algorithm))
}

/// The signature, right or wrong.
fn varied(
    scheme: &SignatureScheme,
    variant: SignatureVariant,
    (role, key): (&RoleId, &Secret),
    material: &Material<'_>,
) -> Result<String, SignatureFault> {
    let covers = scheme.algorithm != Algorithm::SharedToken;
    match variant {
        SignatureVariant::Tampered | SignatureVariant::Sha256 if !covers => {
            Err(SignatureFault::CoversNothing)
        }
        SignatureVariant::None | SignatureVariant::Empty => Ok(String::new()),
        SignatureVariant::Valid | SignatureVariant::Tampered => compute(scheme, key, material),
        SignatureVariant::Truncated => {
            let whole = compute(scheme, key, material)?;
            Ok(whole.get(..whole.len() / 2).unwrap_or_default().to_owned())
        }
        SignatureVariant::WrongKey => {
            let wrong = fabricate(key, material.bindings.seed, "signature");
            let wrong = wrong.ok_or_else(|| SignatureFault::NoKey(role.clone()))?;
            compute(scheme, &wrong, material)
        }
        SignatureVariant::Sha256 if scheme.algorithm == Algorithm::HmacSha256 => {
            Err(SignatureFault::OwnAlgorithm)
        }
        SignatureVariant::Sha256 => {
            let other = SignatureScheme { algorithm: Algorithm::HmacSha256, ..scheme.clone() };
            compute(&other, key, material)
        }
    }
}

/// The signature itself, as the scheme writes it.
pub fn compute(
    scheme: &SignatureScheme,
    key: &Secret,
    material: &Material<'_>,
) -> Result<String, SignatureFault> {
    let role = signing_role(scheme)?;
    let parts = Parts { material, key, signature: None };
    let message = parts.concatenate(&scheme.over)?;
    let bytes = key_bytes(scheme.key_form, role, key)?;
    let digest = match scheme.algorithm {
        Algorithm::HmacSha1 => keyed::<Hmac<Sha1>>(&bytes, &message),
        Algorithm::HmacSha256 => keyed::<Hmac<Sha256>>(&bytes, &message),
        Algorithm::HmacSha512 => keyed::<Hmac<Sha512>>(&bytes, &message),
        Algorithm::Sha512 => Some(Sha512::digest(&message).to_vec()),
        Algorithm::SharedToken => return Ok(key.expose().to_owned()),
        Algorithm::EcdsaSha256 | Algorithm::RsaSha256 | Algorithm::JwtEs256 => {
            return Err(SignatureFault::CannotSign(scheme.algorithm));
        }
    };
    let digest = digest.ok_or_else(|| SignatureFault::NoKey(role.clone()))?;
    match scheme.encoding {
        Some(Encoding::Hex) => Ok(hex::encode(digest)),
        Some(Encoding::Base64) => Ok(BASE64_STANDARD.encode(digest)),
        None => Err(SignatureFault::NoPart("an encoding".to_owned())),
    }
}

fn keyed<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let mut mac = <M as KeyInit>::new_from_slice(key).ok()?;
    mac.update(message);
    Some(mac.finalize().into_bytes().to_vec())
}

fn key_bytes(
    form: KeyForm,
    role: &RoleId,
    key: &Secret,
) -> Result<Zeroizing<Vec<u8>>, SignatureFault> {
    let text = key.expose();
    let wrong = |form| SignatureFault::KeyForm { role: role.clone(), form };
    Ok(Zeroizing::new(match form {
        KeyForm::Text => text.as_bytes().to_vec(),
        KeyForm::Hex => hex::decode(text).map_err(|_| wrong("hexadecimal"))?,
        KeyForm::Base64 => BASE64_STANDARD.decode(text).map_err(|_| wrong("base64"))?,
        KeyForm::Sha1 => Sha1::digest(text.as_bytes()).to_vec(),
    }))
}

/// Where the parts of a scheme's templates come from.
struct Parts<'a> {
    material: &'a Material<'a>,
    key: &'a Secret,
    signature: Option<&'a str>,
}

impl Parts<'_> {
    fn concatenate(&self, template: &Template) -> Result<Zeroizing<Vec<u8>>, SignatureFault> {
        let mut bytes = Zeroizing::new(Vec::new());
        for part in &template.0 {
            self.append(part, &mut bytes)?;
        }
        Ok(bytes)
    }

    fn append(&self, part: &TemplatePart, to: &mut Vec<u8>) -> Result<(), SignatureFault> {
        let material = self.material;
        let missing = |what: &str| SignatureFault::NoPart(what.to_owned());
        match part {
            TemplatePart::Text(text) => to.extend(text.as_bytes()),
            TemplatePart::Now => to.extend(material.timestamp.to_string().as_bytes()),
            TemplatePart::Role(role) => {
                let value = material.bindings.role(role);
                let value = value.ok_or_else(|| missing(&role.to_string()))?;
                to.extend(value.expose().as_bytes());
            }
            TemplatePart::Parameter(name) => match material.bindings.parameters.get(name) {
                Some(Fact::Text(text)) => to.extend(text.as_bytes()),
                Some(Fact::Int(number)) => to.extend(number.to_string().as_bytes()),
                Some(
                    Fact::Float(_) | Fact::Bool(_) | Fact::Null | Fact::List(_) | Fact::Map(_),
                )
                | None => return Err(missing(&format!("param.{name}"))),
            },
            TemplatePart::RoleOf(_, role) => return Err(missing(&role.to_string())),
            TemplatePart::RandomUid => return Err(missing("random-uid")),
            TemplatePart::Fabricated => return Err(missing("fabricated")),
            TemplatePart::Capture(name) => return Err(missing(&format!("capture.{name}"))),
            TemplatePart::Delivery(name) => self.delivery(name, to)?,
        }
        Ok(())
    }

    fn delivery(&self, name: &str, to: &mut Vec<u8>) -> Result<(), SignatureFault> {
        let material = self.material;
        let missing = || SignatureFault::NoPart(name.to_owned());
        match name {
            "body" => to.extend(material.body),
            "url" => to.extend(material.url.as_bytes()),
            "timestamp" => to.extend(material.timestamp.to_string().as_bytes()),
            "key" => to.extend(self.key.expose().as_bytes()),
            "signature" => to.extend(self.signature.ok_or_else(missing)?.as_bytes()),
            "params" => {
                let mut params: Vec<_> = material.params.iter().collect();
                params.sort();
                for (field, value) in params {
                    to.extend(field.as_bytes());
                    to.extend(value.as_bytes());
                }
            }
            _ => {
                let path = name.strip_prefix("field.").ok_or_else(missing)?;
                let field = fields::text(material.event, path).ok_or_else(missing)?;
                to.extend(field.as_bytes());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;
