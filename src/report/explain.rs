//! One check, explained from what its author wrote.

mod asked;
mod selector;
mod source;

use super::Style;
use super::list::{how, severity};
use super::sheet::{Block, Item, Mark, Part, Sheet, Word};
use super::wrap::prose;
use crate::pack::{Check, CheckId, Outcome, OutcomeResult, Pack, PackOrigin, Subject};

/// Explains a check: its claim, why it matters, how to mend it, how it is asked, what passes, and
/// its text at the end. The pack gives the provider's name and says who wrote the check.
pub fn explain(check: &Check, pack: Option<&Pack>, style: &Style) -> String {
    let mut sheet = Sheet::default();
    let mut title = vec![check.id.to_string()];
    title.extend(pack.map(|pack| format!("{} ({})", prose(&pack.title), origin(pack.origin))));
    sheet.push(Block::Title(title));
    sheet.row("Claim", vec![prose(&check.title)]);
    sheet.row("Why", said(&check.why));
    sheet.row("Fix", said(&check.fix));
    sheet.row("See", check.links.clone());
    sheet.gap();
    let mut kind = vec![check.step.title().to_owned(), severity(check.severity).to_owned()];
    kind.push(format!("for the {}", check.who.as_str()));
    sheet.row("Step", kind);
    sheet.row("Answers", list(&check.answers));
    sheet.row("How", vec![way(check)]);
    sheet.row("Asked", asked::asked(&check.subject));
    sheet.row("Passes", vec![asked::passes(&check.subject)]);
    add_conditions(check, &mut sheet);
    sheet.section("OUTCOMES", vec!["the first that holds".to_owned()], outcomes(&check.subject));
    sheet.gap();
    let lines = check.source.text().lines().map(str::to_owned);
    sheet.push(Block::Title(vec![check.source.path().to_owned()]));
    sheet.push(Block::Verbatim { label: "", lines: lines.collect() });
    sheet.render(style)
}

fn said(text: &str) -> Vec<String> {
    let text = prose(text);
    if text.is_empty() { Vec::new() } else { vec![text] }
}

fn list(items: &[String]) -> Vec<String> {
    if items.is_empty() { Vec::new() } else { vec![items.join(", ")] }
}

fn origin(origin: PackOrigin) -> &'static str {
    match origin {
        PackOrigin::BuiltIn => "built in",
        PackOrigin::Given => "given on the command line",
        PackOrigin::Trusted => "from inside the judged tree, trusted",
        PackOrigin::Tree => "from inside the judged tree: nothing live is run",
    }
}

/// Whether answering it reads, sends, or asks a person.
fn way(check: &Check) -> String {
    let way = match how(&check.subject) {
        "files" => "reads files, sends nothing",
        "live" if check.opt_in_production => {
            "sends requests that touch production, with --live and --allow-production only"
        }
        "live" => "sends requests, with --live only",
        "person" => "asks a person, sends nothing",
        other => other,
    };
    way.to_owned()
}

/// When it applies, what it waits for, what it replaces, who may answer instead.
fn add_conditions(check: &Check, sheet: &mut Sheet) {
    let when = check.when.as_ref().map(|when| format!("only where {}", prose(when.source())));
    sheet.row("When", when.into_iter().collect());
    let needs: Vec<String> = check.needs.iter().map(CheckId::to_string).collect();
    if !needs.is_empty() {
        sheet.row("Needs", vec![format!("{} to pass first", needs.join(", "))]);
    }
    let replaced = check.refines.as_ref();
    let replaced = replaced.map(|core| format!("{core} for the roles of {}", check.id.pack()));
    sheet.row("Replaces", replaced.into_iter().collect());
    if let Some(confirm) = &check.or_confirm {
        let mut instead = asked::statement(confirm);
        instead.insert(0, "where it cannot be told, a person may".to_owned());
        sheet.row("Or", instead);
    }
}

fn outcomes(subject: &Subject) -> Vec<Item> {
    let outcomes: &[Outcome] = match subject {
        Subject::Probe(probe) => &probe.outcomes,
        Subject::Delivery(deliveries) => &deliveries.outcomes,
        Subject::Look(look) => &look.outcomes,
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
        | Subject::Confirm(_)
        | Subject::Evidence(_)
        | Subject::Rules(_) => &[],
    };
    outcomes.iter().map(outcome).collect()
}

fn outcome(outcome: &Outcome) -> Item {
    let (mark, result) = match outcome.result {
        OutcomeResult::Pass => (Mark::Dot, "pass"),
        OutcomeResult::Fail => (Mark::Blocker, "fail"),
        OutcomeResult::Unknown => (Mark::Open, "unknown"),
    };
    let weight = outcome.severity.map(|weight| format!(" ({})", severity(weight)));
    let message = outcome.message.as_ref().map(|message| format!(": {}", prose(message)));
    let when = prose(outcome.when.source());
    let text = [Some(result.to_owned()), weight, message].into_iter().flatten().collect::<String>();
    Item { quiet: true, ..Item::new(mark, text) }.line([Part::new(Word::When, when)])
}
