//! A report read back, so that it can be shown in another format later.

use thiserror::Error;

use super::html;
use crate::run::Run;
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

/// Reads a report from its JSON or from the page that holds it.
///
/// # Errors
/// Where it is no whole report of this version.
pub fn read(text: &str) -> Result<Run, Unread> {
    let json = if text.trim_start().starts_with('{') { text } else { embedded(text)? };
    let value: serde_json::Value = serde_json::from_str(json).map_err(|fault| broken(&fault))?;
    let schema = value.get("schema").and_then(serde_json::Value::as_str);
    match schema {
        Some(SCHEMA) => serde_json::from_str(json).map_err(|fault| broken(&fault)),
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

    #[test]
    fn what_was_written_is_read_and_every_format_is_the_same_again() {
        for run in [sample::no_go(), sample::go(), sample::empty(), sample::stand_in()] {
            for written in [Format::Json, Format::Html] {
                let again = read(&render(&run, written, &Style::default())).unwrap();
                for format in Format::ALL {
                    let style = Style::default();
                    assert_eq!(render(&again, format, &style), render(&run, format, &style));
                }
            }
        }
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
