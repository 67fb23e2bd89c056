//! `golive observe`: facts of an environment, told from inside it. Values are looked at, and never
//! leave.

use std::sync::Arc;

use super::arguments::ObserveArguments;
use super::check::write;
use super::exit::{Exit, Finished};
use super::fingerprint::{class, salt};
use super::opened::Opened;
use super::show::shown;
use super::world::World;
use crate::document::{Format, IssueKind, Parsed, parse};
use crate::project::{Observing, Seen, State, Values, observe, read_named};
use crate::report;
use crate::source::{Secret, SourceText};

/// `golive observe`.
pub(super) fn run(world: &World<'_>, arguments: &ObserveArguments) -> Finished {
    told(world, arguments).unwrap_or_else(|finished| finished)
}

fn told(world: &World<'_>, arguments: &ObserveArguments) -> Result<Finished, Finished> {
    let opened = Opened::new(world, &arguments.path, &arguments.packs)?;
    let salt = salt(&opened)?;
    if opened.project.recognised.is_empty() {
        return Err(Finished::cannot(
            "error: no provider was recognised, so nothing is looked at: list its pack under \
             `packs` in golive.yaml",
        ));
    }
    let asked = Observing {
        project: &opened.project,
        library: &opened.library,
        environment: &arguments.environment,
        class: class(&opened, &arguments.environment)?,
        clock: world.clock,
    };
    let seen = match &arguments.values {
        None => observe(&asked, salt, &Values::Process(world.variable)),
        Some(named) => {
            let (parsed, text) = document(world, named)?;
            let root = parsed.documents.first().map(|document| &document.root);
            let root = root.ok_or_else(|| Finished::cannot("error: --values: it is empty"))?;
            observe(&asked, salt, &Values::Document(root, text.expose()))
        }
    };
    let page = report::facts(&seen.page);
    let mut errors = summary(&seen);
    let mut exit = Exit::Ready;
    let output = match &arguments.output {
        None => page,
        Some(path) => {
            if let Some(fault) = write(&world.folder.join(path), &page) {
                errors.push_str(&fault);
                exit = Exit::CannotWork;
            }
            String::new()
        }
    };
    Ok(Finished { output, errors, exit })
}

/// Reads what `--values` names. A fault tells its place and nothing of the text.
fn document(world: &World<'_>, named: &std::path::Path) -> Result<(Parsed, Secret), Finished> {
    let name = shown(named).to_string();
    let cannot = |why: String| Finished::cannot(format!("error: --values {name}: {why}"));
    let (text, format) = if named.as_os_str() == "-" {
        let text = (world.given.input)().map_err(|fault| cannot(fault.kind().to_string()))?;
        (text, Format::Json)
    } else {
        let text =
            read_named(&world.folder.join(named)).map_err(|fault| cannot(fault.to_string()))?;
        (Secret::new(text), Format::of_path(&named.to_string_lossy()).unwrap_or(Format::Json))
    };
    let parsed = parse(format, text.expose());
    let broken = parsed.issues.iter().find(|issue| match issue.kind {
        IssueKind::Syntax | IssueKind::Limit | IssueKind::Alias => true,
        IssueKind::DuplicateKey { .. } | IssueKind::Ambiguous => false,
    });
    if let Some(issue) = broken {
        let at = Arc::new(SourceText::new("", text.expose())).location(issue.span);
        let (line, column) = (at.line, at.column);
        return Err(cannot(format!("cannot be read at line {line}, column {column}")));
    }
    Ok((parsed, text))
}

/// What was seen, for whoever watches.
fn summary(seen: &Seen) -> String {
    let facts = &seen.page.facts;
    let mut lines = vec![match facts.len() {
        0 => "nothing that the project's packs know was found".to_owned(),
        1 => "1 fact, no value".to_owned(),
        number => format!("{number} facts, no value"),
    }];
    for fact in facts {
        if fact.state == State::Reference {
            lines.push(format!("{}: it names a place, and no value is seen", fact.name));
        } else if fact.state == State::Present && fact.fingerprint.is_none() {
            lines.push(format!("{}: no fingerprint, for it could be guessed", fact.name));
        }
    }
    if !seen.unseen.is_empty() {
        let roles: Vec<String> = seen.unseen.iter().map(ToString::to_string).collect();
        lines.push(format!("not found: {}", roles.join(", ")));
    }
    lines.push("next, within a day: golive check --facts FILE".to_owned());
    lines.join("\n") + "\n"
}
