//! An accepted risk, as an entry of `golive.yaml`.

use jiff::civil::Date;

use super::yaml::scalar;

/// Who accepts which findings, why and until when.
#[derive(Debug)]
pub struct Accepting<'a> {
    /// Ids of findings.
    pub findings: &'a [String],
    /// Who carries the risk.
    pub owner: &'a str,
    /// Why it is carried.
    pub reason: &'a str,
    /// Where it is tracked.
    pub ticket: &'a str,
    /// The last day.
    pub until: Date,
    /// Who agreed.
    pub approved_by: Option<&'a str>,
}

/// The entry, as lines of YAML without indentation.
pub fn waiver(accepting: &Accepting<'_>) -> String {
    // quoted, for an id of digits alone would be read as a number
    let ids: Vec<String> = accepting.findings.iter().map(|id| format!("\"{id}\"")).collect();
    let mut lines = vec![
        format!("findings: [{}]", ids.join(", ")),
        format!("owner: {}", scalar(accepting.owner)),
        format!("reason: {}", scalar(accepting.reason)),
        format!("ticket: {}", scalar(accepting.ticket)),
        format!("until: {}", accepting.until),
    ];
    lines.extend(accepting.approved_by.map(|name| format!("approved-by: {}", scalar(name))));
    lines.join("\n") + "\n"
}
