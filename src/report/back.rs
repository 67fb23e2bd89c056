//! A report read back: what was written once is evidence, and can be written in other formats.

use crate::run::Run;

/// The schema that this version reads.
const SCHEMA: &str = "golive/report/v1";

/// Reads a report in JSON.
///
/// # Errors
/// What is wrong with it, with line and column where it is no report.
pub fn read_back(text: &str) -> Result<Run, String> {
    let said = |fault: serde_json::Error| {
        let place = format!("line {}, column {}", fault.line(), fault.column());
        let why = fault.to_string();
        let why = why.split(" at line ").next().unwrap_or(&why);
        format!("{place}: no report of golive ({why})")
    };
    let value: serde_json::Value = serde_json::from_str(text).map_err(said)?;
    match value.get("schema").and_then(serde_json::Value::as_str) {
        Some(SCHEMA) => serde_json::from_str(text).map_err(said),
        Some(other) if other.starts_with("golive/report/") => {
            Err(format!("this version reads {SCHEMA}, and it is of another"))
        }
        Some(_) | None => Err(format!("no report of golive: its `schema` is not {SCHEMA}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{json, sample};

    #[test]
    fn a_report_reads_back_and_nothing_else_does() {
        let text = json::render(&sample::no_go());
        assert_eq!(json::render(&read_back(&text).unwrap()), text);
        let cut = text.get(..text.len() / 2).unwrap();
        assert!(read_back(cut).unwrap_err().starts_with("line "));
        assert!(read_back("{\"schema\": \"golive/report/v9\"}").unwrap_err().contains("another"));
        assert!(read_back("{}").unwrap_err().contains("schema"));
    }
}
