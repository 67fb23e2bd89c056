//! The values that a live check may use, and false values made from a seed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::expression::Fact;
use crate::pack::{CheckId, Class, RoleId};
use crate::source::Secret;

/// What one exchange may be filled with. Every role is a secret unless it stands in `open`.
#[derive(Clone, Debug, Default)]
pub struct Bindings {
    /// Values of roles, all of one environment.
    pub roles: BTreeMap<RoleId, Secret>,
    /// Values of roles of an environment of a class that the request names; never shown.
    pub others: BTreeMap<(Class, RoleId), Secret>,
    /// Roles whose value may be shown: a base URL, a mode.
    pub open: BTreeSet<RoleId>,
    /// Parameters of the pack as the manifest left them.
    pub parameters: BTreeMap<String, Fact>,
    /// What checks that came before have captured.
    pub captures: BTreeMap<String, Secret>,
    /// The role whose shape `{fabricated}` has; where nothing is said, that of the same header in
    /// another exchange of the check.
    pub imitates: Option<RoleId>,
    /// The seed of the run, from which ids and false values come.
    pub seed: u64,
    /// The clock of the run.
    pub now: Timestamp,
}

impl Bindings {
    /// The value of `role`, where there is one that is not empty.
    pub fn role(&self, role: &RoleId) -> Option<&Secret> {
        self.roles.get(role).filter(|value| !value.is_empty())
    }

    /// The value of `role` in an environment of `class`, where the request names both.
    pub fn other(&self, class: Class, role: &RoleId) -> Option<&Secret> {
        self.others.get(&(class, role.clone())).filter(|value| !value.is_empty())
    }

    /// Every value that must not be shown, with the name that stands for it.
    pub fn secrets(&self) -> Vec<(String, Secret)> {
        let roles = self.roles.iter().filter(|(role, _)| !self.open.contains(role));
        let roles = roles.map(|(role, value)| (role.to_string(), value.clone()));
        let captures = self.captures.iter();
        let others = self.others.iter();
        let others = others
            .map(|((class, role), value)| (format!("{}.{role}", class.as_str()), value.clone()));
        roles
            .chain(others)
            .chain(captures.map(|(name, value)| (format!("capture.{name}"), value.clone())))
            .collect()
    }
}

/// A fresh id with a prefix that marks it as ours: 20 letters and digits, always the same for the
/// same seed, check and occurrence.
pub fn random_uid(seed: u64, check: &CheckId, occurrence: &str) -> String {
    const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let drawn = draw(seed, &["uid", &check.0, occurrence]).take(14);
    drawn.fold("golive".to_owned(), |mut uid, byte| {
        uid.push(pick(ALPHABET, byte));
        uid
    })
}

/// A false value of the shape of `real`: the same length, letters for letters, digits for digits,
/// hexadecimal for hexadecimal, a leading word such as `sk_test_` kept. It never equals `real`;
/// there is none for a value without letters and digits.
pub fn fabricate(real: &Secret, seed: u64, purpose: &str) -> Option<Secret> {
    let text = real.expose();
    if !text.chars().any(|character| character.is_ascii_alphanumeric()) {
        return None;
    }
    let mut drawn = draw(seed, &["fabricated", purpose]);
    (0..64).find_map(|_| {
        let made = Secret::new(reshape(text, &mut drawn));
        (&made != real).then_some(made)
    })
}

fn reshape(text: &str, drawn: &mut impl Iterator<Item = u8>) -> String {
    let kept = kept_prefix(text);
    let rest = text.get(kept..).unwrap_or(text);
    let hexadecimal =
        rest.chars().all(|character| character.is_ascii_hexdigit() || character == '-')
            && rest.chars().any(|character| character.is_ascii_digit());
    let mut made = text.get(..kept).unwrap_or_default().to_owned();
    for character in rest.chars() {
        let byte = drawn.next().unwrap_or_default();
        made.push(match character {
            '0'..='9' if !hexadecimal => pick(b"0123456789", byte),
            '0'..='9' | 'a'..='f' if hexadecimal => pick(b"0123456789abcdef", byte),
            'A'..='F' if hexadecimal => pick(b"0123456789ABCDEF", byte),
            'a'..='z' => pick(b"abcdefghijklmnopqrstuvwxyz", byte),
            'A'..='Z' => pick(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", byte),
            other => other,
        });
    }
    made
}

/// The length of a leading word that says what sort of key it is: short, before an underscore, and
/// with enough behind it.
fn kept_prefix(text: &str) -> usize {
    let head: String = text.chars().take(16).take_while(char::is_ascii).collect();
    match head.rfind('_') {
        Some(at) if text.len() >= at + 13 => at + 1,
        _ => 0,
    }
}

fn pick(alphabet: &[u8], byte: u8) -> char {
    let index = usize::from(byte) % alphabet.len().max(1);
    alphabet.get(index).copied().map_or('x', char::from)
}

/// An endless stream of bytes that only `seed` and `purpose` decide.
fn draw(seed: u64, purpose: &[&str]) -> impl Iterator<Item = u8> + use<> {
    let mut start = Sha256::new();
    start.update(seed.to_be_bytes());
    for part in purpose {
        start.update(part.as_bytes());
        start.update([0]);
    }
    (0_u64..).flat_map(move |block| {
        let mut next = start.clone();
        next.update(block.to_be_bytes());
        next.finalize().to_vec()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check() -> CheckId {
        CheckId("begini/session-is-created".into())
    }

    #[test]
    fn an_id_replays_from_its_seed_and_differs_by_occurrence() {
        let uid = random_uid(7, &check(), "answer");
        assert_eq!(uid, random_uid(7, &check(), "answer"));
        assert_ne!(uid, random_uid(8, &check(), "answer"));
        assert_ne!(uid, random_uid(7, &check(), "real"));
        assert!(uid.starts_with("golive") && uid.len() == 20);
        assert!(uid.chars().all(|character| character.is_ascii_alphanumeric()));
    }

    #[test]
    fn a_fabricated_value_has_the_shape_and_is_false() {
        let real = Secret::new("0a1b2c3d-0000-1111-2222-abcdefabcdef");
        let made = fabricate(&real, 1, "x").unwrap();
        assert_ne!(made, real);
        let shape = regex::Regex::new("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$").unwrap();
        assert!(shape.is_match(made.expose()));
        assert_eq!(made, fabricate(&real, 1, "x").unwrap());

        let prefixed = fabricate(&Secret::new("pk_test_Abcdefghij123456"), 1, "x").unwrap();
        assert!(prefixed.expose().starts_with("pk_test_"));
        assert_eq!(prefixed.expose().len(), 24);
        assert_ne!(fabricate(&Secret::new("7"), 3, "x").unwrap(), Secret::new("7"));
        assert!(fabricate(&Secret::new("--"), 3, "x").is_none());
    }
}
