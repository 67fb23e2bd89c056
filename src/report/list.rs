//! The checks of packs, a line each.

use super::Style;
use super::sheet::{Block, Columns, Grid, Sheet, count};
use super::wrap::prose;
use crate::pack::{Check, Pack, Severity, Step, Subject};

/// Lists packs with their checks: id, severity, how each is asked, step, claim. Within a pack the
/// checks stand in order of step, then of severity, then of id.
pub fn list(packs: &[Pack], checks: &[Check], style: &Style) -> String {
    let mut sheet = Sheet::default();
    for pack in packs {
        let mut own: Vec<&Check> =
            checks.iter().filter(|check| check.id.pack() == pack.id).collect();
        own.sort_by_key(|check| (check.step, check.severity, check.id.clone()));
        let number = u64::try_from(own.len()).unwrap_or(u64::MAX);
        sheet.gap();
        let mut title = vec![prose(&pack.title), count(number, "check", "checks")];
        title.extend(pack.homepage.clone());
        sheet.push(Block::Title(title));
        if !own.is_empty() {
            sheet.push(Block::Table(Grid {
                heads: ["check", "severity", "how", "step", "claim"].map(str::to_owned).to_vec(),
                rows: own.into_iter().map(row).collect(),
                columns: Columns::Words,
            }));
        }
    }
    sheet.gap();
    let number = u64::try_from(checks.len()).unwrap_or(u64::MAX);
    sheet.push(Block::Title(vec![
        count(number, "check", "checks"),
        "golive explain ID says more about one".to_owned(),
    ]));
    sheet.render(style)
}

fn row(check: &Check) -> Vec<String> {
    vec![
        check.id.to_string(),
        severity(check.severity).to_owned(),
        how(&check.subject).to_owned(),
        short(check.step).to_owned(),
        prose(&check.title),
    ]
}

/// The word of a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => "blocker",
        Severity::Major => "major",
        Severity::Minor => "minor",
        Severity::Info => "info",
    }
}

/// How a check is answered, in a word.
pub(super) fn how(subject: &Subject) -> &'static str {
    match subject {
        Subject::Forbid(_)
        | Subject::Require { .. }
        | Subject::Differ(_)
        | Subject::Agree(_)
        | Subject::Parity(_)
        | Subject::Setting { .. }
        | Subject::Dependency { .. }
        | Subject::Source(_)
        | Subject::History(_)
        | Subject::Library(_)
        | Subject::Rules(_) => "files",
        Subject::Probe(_) | Subject::Delivery(_) | Subject::Look(_) => "live",
        Subject::Confirm(_) => "person",
        Subject::Evidence(_) => "earlier run",
    }
}

fn short(step: Step) -> &'static str {
    match step {
        Step::BuildInSandbox => "build",
        Step::ValidateWebhooks => "webhooks",
        Step::ConfirmDataFlow => "data flow",
        Step::SwitchToProduction => "switch",
        Step::MonitorLive => "monitor",
    }
}
