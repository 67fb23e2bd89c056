//! How names are compared.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The class of an environment.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Nothing is real there: staging, UAT, CI and local development too.
    Sandbox,
    /// Real users, real decisions.
    Production,
}

impl Class {
    /// The other class.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Sandbox => Self::Production,
            Self::Production => Self::Sandbox,
        }
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Production => "production",
        }
    }
}

/// The words of a name in lower case: `BEGINI_API_KEY`, `begini.api-key`, `Begini__ApiKey` and
/// `beginiApiKey` are all `begini api key`.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut previous: Option<char> = None;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        let before = previous.replace(character);
        if !character.is_alphanumeric() {
            flush(&mut word, &mut words);
            continue;
        }
        let starts_word = character.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit())
                || (before.is_some_and(char::is_uppercase)
                    && characters.peek().is_some_and(|after| after.is_lowercase())));
        if starts_word {
            flush(&mut word, &mut words);
        }
        if character.is_ascii() {
            word.push(character.to_ascii_lowercase());
        } else {
            word.extend(character.to_lowercase());
        }
    }
    flush(&mut word, &mut words);
    words
}

fn flush(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_the_same_words() {
        for name in ["BEGINI_API_KEY", "begini.api-key", "Begini__ApiKey", "beginiApiKey"] {
            assert_eq!(words(name), ["begini", "api", "key"], "{name}");
        }
        assert_eq!(words("beginiAPIKey"), ["begini", "api", "key"]);
        assert_eq!(words("oauth2Token"), ["oauth2", "token"]);
    }
}
