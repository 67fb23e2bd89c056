//! The whole run as JSON: what every other format is a view of.

use std::fmt::Write;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use crate::run::{Comparison, Progress, Run, Survey};
use crate::source::Foreign;

/// The JSON Schema (draft 2020-12) of `golive/report/v1`.
pub fn schema() -> Value {
    schema_of::<Run>("golive/report/v1")
}

/// The same of `golive/environments/v1`.
pub fn environments_schema() -> Value {
    schema_of::<Survey>("golive/environments/v1")
}

/// The same of `golive/diff/v1`.
pub fn diff_schema() -> Value {
    schema_of::<Comparison>("golive/diff/v1")
}

/// The same of `golive/compare/v1`.
pub fn compare_schema() -> Value {
    schema_of::<Progress>("golive/compare/v1")
}

fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".to_owned(), Value::from(title));
    schema.to_value()
}

/// The run, indented, fields in the order of their declaration, maps in the order of their keys.
pub(super) fn render(run: &Run) -> String {
    text(run)
}

/// Anything that is told, in the same way.
#[expect(clippy::expect_used, reason = "the keys of what is told are words, so nothing can fail")]
pub(super) fn text(told: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(told).expect("what is told is plain data");
    text.push('\n');
    inert(&text)
}

/// The same JSON, with every character that a terminal or a build log would act on written as an
/// escape. Such characters occur inside strings only.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.replace("##", "\\u0023#").chars() {
        let structural = matches!(character, ' '..='~' | '\n');
        if structural || !acts(character) {
            out.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // writing to a String cannot fail
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

fn acts(character: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = character.encode_utf8(&mut buffer);
    Foreign::new(text).to_string() != text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_full_run_fits_the_schema_and_an_altered_one_does_not() {
        let schema = schema();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut value: Value = serde_json::from_str(&render(&sample::no_go())).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        value["verdict"]["word"] = Value::from("MAYBE");
        assert!(!validator.is_valid(&value));
    }

    #[test]
    fn the_json_is_stable_and_reads_back() {
        let text = render(&sample::no_go());
        let again: Run = serde_json::from_str(&text).unwrap();
        assert_eq!(render(&again), text);
        assert!(text.ends_with("}\n"));
        assert!(text.starts_with("{\n  \"schema\": \"golive/report/v1\""));
    }

    #[test]
    fn hostile_text_is_escaped_and_survives() {
        let mut run = sample::no_go();
        let name = "a\u{1b}[31m\u{9b}2J\u{202e}##[error]\u{e0001}";
        name.clone_into(&mut run.subject.name);
        let text = render(&run);
        assert!(text.chars().all(|character| character == '\n' || !acts(character)), "{text}");
        assert!(!text.contains("##["));
        let again: Run = serde_json::from_str(&text).unwrap();
        assert_eq!(again.subject.name, name);
    }
}
