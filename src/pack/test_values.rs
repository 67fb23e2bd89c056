//! Values that only work in the sandbox: test cards, magic numbers, test users.

use base64::prelude::{BASE64_STANDARD, Engine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Pattern;

/// Values of one sort that only work in the sandbox.
#[derive(Clone, Debug)]
pub struct TestValues {
    /// What they are, as in `a test card number`.
    pub what: String,
    /// Whole values.
    pub values: Vec<String>,
    /// Patterns that are searched in values.
    pub matches: Vec<Pattern>,
    /// The last words of the names that are meant; all names if there are none.
    pub names: Vec<Vec<String>>,
    /// Whether blanks and hyphens do not count.
    pub digits: bool,
    /// Whether the values are looked for inside what base64 hides, too.
    pub inside_base64: bool,
}

/// What hides a value inside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Inside {
    /// Base64, as in the password of an M-Pesa request.
    Base64,
}

impl TestValues {
    /// Whether `value`, in a setting whose name has these words, is one of them.
    pub fn include(&self, name: &[String], value: &str) -> bool {
        let value = value.trim();
        let meant = |ending: &Vec<String>| name.ends_with(ending);
        if !(self.names.is_empty() || self.names.iter().any(meant)) {
            return false;
        }
        let bare: String = if self.digits {
            value.chars().filter(|one| !matches!(one, ' ' | '-')).collect()
        } else {
            value.to_owned()
        };
        self.values.contains(&bare)
            || self.matches.iter().any(|pattern| pattern.is_match(value))
            || (self.inside_base64 && self.hidden_in(value))
    }

    fn hidden_in(&self, value: &str) -> bool {
        if value.len() > LONGEST || value.len() < 8 {
            return false;
        }
        let decoded = BASE64_STANDARD.decode(value).ok();
        let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
        // a value that is long enough to be no accident may have come out of base64 already
        self.values.iter().any(|known| {
            text.as_ref().is_some_and(|text| text.contains(known.as_str()))
                || (known.len() >= TELLING && value.contains(known.as_str()))
        })
    }
}

/// The longest text that is decoded, in bytes: no password or token is that long.
const LONGEST: usize = 4096;

/// How long a value is that stands in another by no accident.
const TELLING: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    fn cards() -> TestValues {
        TestValues {
            what: "a test card number".to_owned(),
            values: vec!["4242424242424242".to_owned()],
            matches: Vec::new(),
            names: vec![crate::pack::words("card number")],
            digits: true,
            inside_base64: false,
        }
    }

    #[test]
    fn a_card_is_meant_in_a_field_for_cards_alone() {
        let name = |text: &str| crate::pack::words(text);
        assert!(cards().include(&name("SEED_CARD_NUMBER"), " 4242 4242-4242 4242"));
        assert!(!cards().include(&name("ORDER_ID"), "4242424242424242"));
        assert!(!cards().include(&name("CARD_NUMBER"), "4242424242424243"));
    }

    #[test]
    fn what_base64_hides_is_found() {
        let hidden = TestValues { inside_base64: true, names: Vec::new(), ..cards() };
        let value = BASE64_STANDARD.encode("174379/4242424242424242/2023");
        assert!(hidden.include(&[], &value));
        assert!(!hidden.include(&[], "bm90aGluZyBoZXJlIGF0IGFsbA=="));
    }
}
