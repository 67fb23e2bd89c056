//! What is said of a case, in one line.

use golive::cli::Exit;
use golive::run::{Finding, Run};

/// A row: what was done, and what came of it.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) what: &'static str,
    pub(super) line: String,
    pub(super) exit: Exit,
}

/// Without ids of commits, which are others in every run.
fn named(line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    words.retain(|word| !word.starts_with('@'));
    words.join(" ")
}

/// What a run says in the first line that `holds`: of a finding, a note or an error.
pub(super) fn row(
    what: &'static str,
    (read, exit): (Result<Run, String>, Exit),
    holds: &str,
) -> Row {
    let lines = match read {
        // of an error, its first line and where it is
        Err(errors) => {
            let lines: Vec<&str> = errors.lines().map(str::trim).collect();
            vec![lines.iter().take(2).copied().collect::<Vec<_>>().join(" ")]
        }
        Ok(run) => {
            let accepted = |one: &Finding| {
                let waived = one.waived.as_ref();
                waived.map_or_else(String::new, |by| format!(" (accepted: {by})"))
            };
            let findings = run.findings.iter().map(|one| {
                let at = one.location.as_ref().map(|at| format!("{}:{} ", at.path, at.line));
                format!("{}{}{}", at.unwrap_or_default(), one.message, accepted(one))
            });
            let notes = run.looked_at.notes.iter().map(|note| {
                format!("{}:{} {}", note.location.path, note.location.line, note.message)
            });
            let rules = run.checks.iter().find(|one| &*one.id.0 == "core/rules-loosened");
            let kept = rules.into_iter().flat_map(|one| &one.evidence);
            let kept = kept.map(|line| line.message.clone());
            findings.chain(notes).chain(kept).map(|line| named(&line)).collect()
        }
    };
    let line = lines.iter().find(|line| line.contains(holds));
    let line = line.unwrap_or_else(|| panic!("{what}: nothing says {holds}: {lines:#?}")).clone();
    Row { what, line, exit }
}
