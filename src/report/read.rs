//! A report read back: shown in another format later, verified, or taken for evidence.

use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::html;
use crate::run::{Run, edited_parts};
use crate::source::Foreign;

/// The document that this tool writes and reads.
const SCHEMA: &str = "golive/report/v1";

/// Why a text is no report.
#[derive(Debug, Error)]
pub enum Unread {
    /// It is neither the JSON nor the page.
    #[error("not a report: write one with `golive check --output json=PATH` or `html=PATH`")]
    Neither,
    /// It says that it is something else.
    #[error("its schema is `{0}`, and this golive reads {SCHEMA}")]
    Schema(Foreign),
    /// It is broken off or changed.
    #[error("line {line}, column {column}: {why}")]
    Broken {
        /// The line of the JSON, from one.
        line: usize,
        /// The column, from one.
        column: usize,
        /// What the reader says.
        why: Foreign,
    },
}

/// A report that was read back.
#[derive(Clone, Debug)]
pub struct ReadBack {
    /// The run.
    pub run: Run,
    /// The same, part by part, as it was written.
    pub parts: Value,
    /// SHA-256 of the whole text, in hex.
    pub sha256: String,
}

impl ReadBack {
    /// The parts that were edited since it was written, by name.
    pub fn edited(&self) -> Vec<String> {
        edited_parts(&self.parts)
    }
}

/// Reads a report from its JSON or from the page that holds it.
///
/// # Errors
/// Where it is no whole report of this version.
pub fn read(text: &str) -> Result<ReadBack, Unread> {
    let json = if text.trim_start().starts_with('{') { text } else { embedded(text)? };
    let parts: Value = serde_json::from_str(json).map_err(|fault| broken(&fault))?;
    match parts.get("schema").and_then(Value::as_str) {
        Some(SCHEMA) => Ok(ReadBack {
            run: serde_json::from_str(json).map_err(|fault| broken(&fault))?,
            parts,
            sha256: hex::encode(Sha256::digest(text.as_bytes())),
        }),
        Some(other) => Err(Unread::Schema(Foreign::new(other))),
        None => Err(Unread::Neither),
    }
}

/// The JSON of a page.
fn embedded(page: &str) -> Result<&str, Unread> {
    let (_, rest) = page.split_once(html::JSON_BEGINS).ok_or(Unread::Neither)?;
    rest.split_once("</script>").map(|(json, _)| json).ok_or(Unread::Neither)
}

fn broken(fault: &serde_json::Error) -> Unread {
    let why = fault.to_string();
    let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
    Unread::Broken { line: fault.line(), column: fault.column(), why: Foreign::new(why) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, Style, render, sample};
    use crate::run::sealed;

    #[test]
    fn what_was_written_is_read_and_every_format_is_the_same_again() {
        for run in [sample::no_go(), sample::go(), sample::empty(), sample::stand_in()] {
            for written in [Format::Json, Format::Html] {
                let again = read(&render(&run, written, &Style::default())).unwrap().run;
                for format in Format::ALL {
                    let style = Style::default();
                    assert_eq!(render(&again, format, &style), render(&run, format, &style));
                }
            }
        }
    }

    #[test]
    fn an_edited_part_is_named() {
        let text = render(&sealed(sample::no_go()), Format::Json, &Style::default());
        let back = read(&text).unwrap();
        assert!(back.edited().is_empty(), "{:?}", back.edited());
        let edited = text.replacen("2026-11-23T07:42:00Z", "2026-11-24T07:42:00Z", 1);
        assert_eq!(read(&edited).unwrap().edited(), ["clock"]);
        let mut parts = back.parts;
        parts.as_object_mut().unwrap().shift_remove("narrowed");
        assert_eq!(edited_parts(&parts), ["narrowed"]);
    }

    #[test]
    fn what_is_no_report_says_so() {
        let said = |text: &str| read(text).unwrap_err().to_string();
        assert!(said("hello").starts_with("not a report"));
        assert!(said("{}").starts_with("not a report"));
        assert!(said("{\"schema\": \"golive/report/v9\"}").contains("`golive/report/v9`"));
        let text = render(&sample::go(), Format::Json, &Style::default());
        assert!(said(&text[..text.len() - 10]).starts_with("line "));
        let text = text.replace("\"GO\"", "\"MAYBE\"");
        assert!(said(&text).contains("MAYBE"), "{}", said(&text));
    }
}
