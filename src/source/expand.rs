//! Texts of the repository whose keys are put together only when they are copied, so that nothing
//! in the repository looks like a credential.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{LineIndex, Secret};

/// What begins and ends a marker.
const FENCE: &str = "@@";

/// Why a text cannot be expanded. It names lines and markers, never their parts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpandFault {
    /// A marker begins and does not end on its line.
    #[error("line {line}: a marker `{FENCE}{name}(` has no `){FENCE}`")]
    Open {
        /// The line, from one.
        line: u32,
        /// The marker's name.
        name: String,
    },
    /// There is no such marker.
    #[error("line {line}: there is no marker `{name}`; known are join and fingerprint")]
    Unknown {
        /// The line, from one.
        line: u32,
        /// The marker's name.
        name: String,
    },
    /// A fingerprint needs a salt and at least one part.
    #[error("line {line}: fingerprint needs a salt and a value")]
    NoValue {
        /// The line, from one.
        line: u32,
    },
}

/// Puts the values in: `@@join(a,b)@@` becomes `ab`, and `@@fingerprint(salt,a,b)@@` the
/// fingerprint of `ab` under `salt` (`v1:` and the first 128 bits of HMAC-SHA-256 in hex). Parts
/// are taken as they are, with their blanks. A fence that begins no marker stays.
///
/// # Errors
/// The first marker that is not closed, not known or lacks a part.
pub fn expand(text: &str) -> Result<String, ExpandFault> {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(FENCE) {
        expanded.push_str(before);
        let Some((name, inside)) = marker(after) else {
            expanded.push_str(FENCE);
            rest = after;
            continue;
        };
        let line = line_of(text, text.len() - after.len());
        let close = inside.find(&format!("){FENCE}"));
        let parts = close.and_then(|close| inside.get(..close)).filter(|one| !one.contains('\n'));
        let Some(parts) = parts else {
            return Err(ExpandFault::Open { line, name: name.to_owned() });
        };
        expanded.push_str(&value(name, parts, line)?);
        rest = inside.get(parts.len() + 1 + FENCE.len()..).unwrap_or_default();
    }
    expanded.push_str(rest);
    Ok(expanded)
}

/// The name of the marker that begins here, and what stands behind its bracket.
fn marker(text: &str) -> Option<(&str, &str)> {
    let (name, inside) = text.split_once('(')?;
    let named = !name.is_empty() && name.chars().all(|one| one.is_ascii_lowercase());
    named.then_some((name, inside))
}

fn value(name: &str, parts: &str, line: u32) -> Result<String, ExpandFault> {
    match name {
        "join" => Ok(parts.replace(',', "")),
        "fingerprint" => {
            let (salt, value) = parts.split_once(',').ok_or(ExpandFault::NoValue { line })?;
            let value = Secret::new(value.replace(',', ""));
            if salt.is_empty() || value.is_empty() {
                return Err(ExpandFault::NoValue { line });
            }
            Ok(fingerprint(salt, &value))
        }
        _ => Err(ExpandFault::Unknown { line, name: name.to_owned() }),
    }
}

fn fingerprint(salt: &str, value: &Secret) -> String {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(salt.as_bytes()) else {
        return String::new();
    };
    mac.update(value.expose().as_bytes());
    let digest = mac.finalize().into_bytes();
    format!("v1:{}", hex::encode(digest.get(..16).unwrap_or_default()))
}

fn line_of(text: &str, offset: usize) -> u32 {
    LineIndex::new(text).position(text, offset).line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_where_they_stand() {
        let text = "a=@@join(one,two)@@\nb=@@join(x)@@ @@ -1,2 +1 @@ c@@join()@@";
        assert_eq!(expand(text).unwrap(), "a=onetwo\nb=x @@ -1,2 +1 @@ c");
        assert_eq!(expand("no marker (here)").unwrap(), "no marker (here)");
    }

    #[test]
    fn fingerprints_are_those_of_the_manifest() {
        // printf 'value-one' | openssl dgst -sha256 -hmac '0123456789abcdef', 128 bits kept
        let expected = "v1:22cb2d539a2dc632a1797cd7402bd458";
        assert_eq!(expand("@@fingerprint(0123456789abcdef,value,-one)@@").unwrap(), expected);
    }

    #[test]
    fn a_wrong_marker_is_named_with_its_line_and_without_its_parts() {
        let told = |text: &str| expand(text).unwrap_err().to_string();
        assert_eq!(told("\n@@join(hunter2"), "line 2: a marker `@@join(` has no `)@@`");
        assert_eq!(told("@@join(hunter2\n)@@"), "line 1: a marker `@@join(` has no `)@@`");
        assert_eq!(
            told("\n\n@@jion(hunter2)@@"),
            "line 3: there is no marker `jion`; known are join and fingerprint"
        );
        assert_eq!(told("@@fingerprint(salt)@@"), "line 1: fingerprint needs a salt and a value");
    }
}
