//! Words that name an environment, and what they mean.

use crate::pack::Class;

/// What a word says about the environment; none for any other word. The vocabulary is that of
/// public projects; only whole words count (`liveness` is no `live`).
pub(super) fn class_of_word(word: &str) -> Option<Class> {
    // every name of every file and setting is asked: no allocation, and one comparison for most
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"production" | b"prod" | b"prd" | b"live" => Some(Class::Production),
        b"sandbox" | b"sbx" | b"sbox" | b"test" | b"testing" | b"dev" | b"develop"
        | b"development" | b"local" | b"staging" | b"stage" | b"stg" | b"uat" | b"qa" | b"sit"
        | b"preprod" | b"preview" | b"demo" | b"review" | b"ci" | b"integ" | b"playground"
        | b"e2e" | b"systest" | b"perftest" | b"acceptance" | b"prelive" => Some(Class::Sandbox),
        _ => None,
    }
}

/// The length of the longest of these words.
const LONGEST: usize = "development".len();

/// The class that the name of an environment tells: that of its first telling part.
pub fn class_of(name: &str) -> Option<Class> {
    parts(name).find_map(class_of_word)
}

/// The usual name of the environment that `word` names.
pub(super) fn environment_name(word: &str) -> String {
    let word = word.to_ascii_lowercase();
    let usual = match &*word {
        "prod" | "prd" | "live" => "production",
        "sbx" | "sbox" => "sandbox",
        "dev" | "develop" => "development",
        "stg" | "stage" => "staging",
        "testing" => "test",
        other => other,
    };
    usual.to_owned()
}

/// Whether a word that names an environment often means something else: a live chat, a demo page,
/// a test runner, a code review.
pub(super) fn is_weak(word: &str) -> bool {
    WEAK.contains(&&*word.to_ascii_lowercase())
}

const WEAK: [&str; 17] = [
    "live",
    "local",
    "test",
    "testing",
    "dev",
    "demo",
    "review",
    "preview",
    "ci",
    "stage",
    "sit",
    "e2e",
    "acceptance",
    "integ",
    "playground",
    "develop",
    "prelive",
];

/// Words inside a host or a value that hint at the sandbox, beyond [`class_of_word`].
pub(super) const SANDBOX_HINTS: [&str; 6] =
    ["sandbox", "sbx", "playground", "testapi", "mock", "cert"];

/// The parts of a name or host between `.`, `-`, `_` and `/`.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '-', '_', '/', ':']).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_inside_words_say_nothing() {
        for word in ["liveness", "contest", "productiondata", "latest", "transit", "attest"] {
            assert_eq!(class_of_word(word), None, "{word}");
        }
        assert_eq!(class_of_word("PRD"), Some(Class::Production));
        assert_eq!(class_of_word("preprod"), Some(Class::Sandbox));
        assert_eq!(environment_name("live"), "production");
    }
}
