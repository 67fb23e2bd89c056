//! The rows of the tables.

use super::escape::{code, cut, text};
use crate::report::items::{accepted, exchange, headline, light, reason, to_fix, with_result};
use crate::report::wrap::prose;
use crate::run::{CheckRun, Finding, Reason, Result, Run};

/// Cells, already escaped.
pub(super) type Row = Vec<String>;

/// How much of a cell is shown.
const CELL: usize = 240;

/// What is to be mended.
pub(super) fn fix_rows(run: &Run) -> Vec<Row> {
    let groups = to_fix(run).into_iter();
    groups
        .flat_map(|(_, group)| group)
        .map(|(number, finding)| {
            let mut row = row(finding, number);
            if let Some(what) = row.get_mut(1) {
                *what = format!("**{}**: {what}", finding.severity.as_str());
            }
            row
        })
        .collect()
}

/// What never decides, numbered on.
pub(super) fn light_rows(run: &Run) -> Vec<Row> {
    let before: usize = to_fix(run).iter().map(|(_, group)| group.len()).sum();
    light(run).into_iter().zip(before + 1..).map(|(finding, number)| row(finding, number)).collect()
}

fn row(finding: &Finding, number: usize) -> Row {
    vec![
        number.to_string(),
        format!("{} ({})", said(&headline(finding)), code(&finding.check.to_string())),
        place(finding),
        finding.who.as_str().to_owned(),
        said(&prose(&finding.fix)),
    ]
}

fn said(found: &str) -> String {
    text(&cut(found, CELL))
}

fn place(finding: &Finding) -> String {
    let at =
        finding.location.as_ref().map(|at| code(&cut(&format!("{}:{}", at.path, at.line), CELL)));
    at.or_else(|| exchange(finding).map(|text| code(&cut(&text, CELL)))).unwrap_or_default()
}

/// What waits for a person, for a provider, or could not be told.
pub(super) fn waiting_rows(run: &Run) -> Vec<Row> {
    let mut rows = Vec::new();
    for check in with_result(run, Result::Pending) {
        let statement = check.statement.as_ref().unwrap_or(&check.title);
        rows.push(waiting(check, ("to confirm", &prose(statement))));
    }
    for check in with_result(run, Result::Unknown) {
        let state = match check.reason.as_ref().map(|reason| reason.kind.as_str()) {
            Some(Reason::UNAVAILABLE) => "not told, their side",
            Some(_) | None => "not told",
        };
        rows.push(waiting(check, (state, &prose(&check.title))));
    }
    rows
}

fn waiting(check: &CheckRun, (state, what): (&str, &str)) -> Row {
    vec![
        String::new(),
        format!(
            "{} {state}: {} ({})",
            check.severity.as_str(),
            said(what),
            code(&check.id.to_string())
        ),
        String::new(),
        check.who.as_str().to_owned(),
        said(&reason(check)),
    ]
}

/// What was accepted, by whom and until when.
pub(super) fn accepted_rows(run: &Run) -> Vec<Row> {
    let row = |(finding, why): (&Finding, &str)| {
        vec![
            format!("{} ({})", said(&headline(finding)), code(&finding.check.to_string())),
            place(finding),
            said(why),
        ]
    };
    accepted(run).map(row).collect()
}
