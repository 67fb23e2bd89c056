//! Pieces of runs.

use crate::pack::{CheckId, Class, Severity, Step, Who};
use crate::run::{CheckRun, EnvironmentSeen, Finding, PackSeen, Reason, Result};
use crate::source::Location;

pub(super) fn at(path: &str, line: u32, column: u32) -> Location {
    Location { path: path.to_owned(), line, column, end_line: line, end_column: column + 4 }
}

pub(super) fn pack(id: &str, title: &str, at: Option<Location>, by: &str) -> PackSeen {
    PackSeen {
        id: id.to_owned(),
        title: title.to_owned(),
        digest: "11".repeat(32),
        at,
        by: by.to_owned(),
    }
}

pub(super) fn environment(name: &str, layers: &[&str]) -> EnvironmentSeen {
    EnvironmentSeen {
        name: name.to_owned(),
        class: if name == "production" { Class::Production } else { Class::Sandbox },
        service: None,
        layers: layers.iter().map(|layer| (*layer).to_owned()).collect(),
        settings: 20,
        references: if name == "production" { 5 } else { 0 },
        observed: 0,
        rule: "file name".to_owned(),
    }
}

pub(super) fn reason(kind: &str, detail: &str) -> Reason {
    Reason { kind: kind.to_owned(), detail: detail.to_owned() }
}

pub(super) fn check(id: &str, step: Step, result: Result) -> CheckRun {
    CheckRun {
        id: CheckId(id.into()),
        title: format!("The claim of {id} holds"),
        step,
        severity: Severity::Blocker,
        who: Who::Engineer,
        answers: vec!["ENV-02".to_owned()],
        due: true,
        only_warns: false,
        result,
        reason: None,
        basis: None,
        evidence: Vec::new(),
        findings: Vec::new(),
        said: None,
        statement: None,
        points: Vec::new(),
        why: "Real customers would be judged by test data.".to_owned(),
        fix: "Mend it where it stands.".to_owned(),
        links: vec!["https://begini.helpjuice.com/en_US/integration-and-security".to_owned()],
    }
}

pub(super) fn finding(check: &str, severity: Severity) -> Finding {
    Finding {
        id: format!("f-{}", check.replace('/', "-")),
        check: CheckId(check.into()),
        also: Vec::new(),
        title: format!("The claim of {check} holds"),
        severity,
        step: Step::SwitchToProduction,
        message: String::new(),
        why: "Real customers would be judged by test data.".to_owned(),
        fix: String::new(),
        links: Vec::new(),
        who: Who::Engineer,
        environment: Some("production".to_owned()),
        service: None,
        provider: Some("begini".to_owned()),
        role: "begini/api-key".parse().ok(),
        setting: None,
        shown: None,
        belongs_to: None,
        location: None,
        related: Vec::new(),
        trail: Vec::new(),
        exchange: None,
        guess: false,
        waived: None,
        waived_until: None,
    }
}
