//! Markdown for a ticket or a summary of a build: the first lines stand alone, then what is open,
//! then how the rest is known.
//!
//! It holds no HTML and stays below what Jira takes of a comment, however much there is to tell.

pub(super) mod escape;
mod rows;

use escape::{code, cut, text};
use rows::{Row, accepted_rows, fix_rows, light_rows, waiting_rows};

use super::checklist::{
    deciding, is_ready, known_by, not_covered, providers, purpose, rules, sent, settings_from, word,
};
use super::items::place;
use super::said::{Words, by_person};
use super::when::moment;
use crate::run::{Basis, Run};

/// Jira takes 32,767 characters.
const MOST: usize = 32_000;
/// What is kept of it for the lines after the tables.
const TAIL: usize = 12_000;
/// How much of one fact is shown.
const FACT: usize = 200;
/// After so much of a paragraph the rest of its facts is counted.
const PARAGRAPH: usize = 800;

/// Writes the text.
pub(super) fn render(run: &Run) -> String {
    let mut page = Page { out: String::new(), left_out: 0 };
    head(run, &mut page);
    let waiting = [fix_rows(run), waiting_rows(run)].concat();
    page.table(&["#", "Open", "Where", "Who", "To close it"], &waiting);
    if is_ready(run) {
        page.table(&["Known how", "Checks"], &basis_rows(run));
        page.table(&["Said", "By", "Committed", "Oldest", "First to lapse"], &said_rows(run));
    }
    page.table(&["Accepted risk", "Where", "By"], &accepted_rows(run));
    page.table(&["#", "Minor: never decides", "Where", "Who", "To close it"], &light_rows(run));
    tail(run, &mut page);
    page.out
}

/// A text that knows how long it may become.
struct Page {
    out: String,
    left_out: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A paragraph: a word and as many facts as are readable.
    fn facts(&mut self, label: &str, facts: &[String]) {
        if facts.is_empty() {
            return;
        }
        let mut line = String::new();
        for (number, fact) in facts.iter().enumerate() {
            if line.chars().count() > PARAGRAPH {
                line.extend(["; ", &(facts.len() - number).to_string(), " more"]);
                break;
            }
            line.push_str(if number == 0 { "" } else { "; " });
            line.push_str(&text(&cut(fact, FACT)));
        }
        self.line(&format!("{label}: {line}"));
        self.line("");
    }

    /// A table, as many rows of it as there is room for.
    fn table(&mut self, heads: &[&str], rows: &[Row]) {
        if rows.is_empty() {
            return;
        }
        let mut used = self.out.chars().count();
        let mut lines = vec![format!("| {} |", heads.join(" | "))];
        lines.push(format!("|{}", "---|".repeat(heads.len())));
        for (number, row) in rows.iter().enumerate() {
            let line = format!("| {} |", row.join(" | "));
            let length = line.chars().count() + 1;
            if used + length > MOST - TAIL {
                self.left_out += rows.len() - number;
                break;
            }
            used += length;
            lines.push(line);
        }
        if lines.len() > 2 {
            self.line(&lines.join("\n"));
            self.line("");
        }
    }
}

/// What a reader needs who sees nothing else.
fn head(run: &Run, page: &mut Page) {
    let name = &run.subject.name;
    let subject = text(&cut(if name.is_empty() { "(no name)" } else { name }, FACT));
    let mut first = vec![format!("**{}: {subject}**", text(&word(run)))];
    first.push(format!("{} gate", run.gate.as_str()));
    first.push(moment(run.clock, None));
    if let Some(until) = run.valid_until.filter(|_| is_ready(run)) {
        first.push(format!("**valid until {}**", moment(until, None)));
    }
    let facts = deciding(run);
    if !facts.is_empty() {
        first.push(text(&facts.join(", ")));
    }
    page.line(&first.join(" · "));
    page.line("");
    let mut of = vec![text(&cut(&providers(run), FACT))];
    if let Some(commit) = &run.subject.commit {
        let state = match run.subject.dirty {
            Some(true) => "with uncommitted changes",
            Some(false) | None => "clean",
        };
        of.push(format!("commit {}, {state}", code(&cut(commit, 64))));
    }
    of.extend(purpose(run).iter().map(|one| text(&cut(one, FACT))));
    of.extend(run.as_of.map(|day| format!("judged as on {day}")));
    of.push(format!("golive {}", text(&run.tool.version)));
    of.push(format!("inputs {}", code(&cut(&run.inputs_digest, 12))));
    page.line(&format!("Subject: {}", of.join(" · ")));
    page.line("");
    if run.rehearsal {
        page.line("A rehearsal against golive's own stand-in: no evidence of a launch.");
        page.line("");
    }
    page.facts("Rules", &rules(run).into_iter().collect::<Vec<_>>());
    let narrowed = run.narrowed.iter().map(|one| format!("{}: {}", one.flag, one.effect));
    page.facts("Partial", &narrowed.collect::<Vec<_>>());
    if !run.findings.iter().any(|finding| finding.waived.is_none()) {
        page.facts("Why", &run.verdict.because);
    }
}

fn basis_rows(run: &Run) -> Vec<Row> {
    let known = |basis: Basis| match basis {
        Basis::File => "seen in files",
        Basis::Live => "asked live",
        Basis::Observed => "observed in their environment",
        Basis::Reference => "by reference or fingerprint, value not seen",
        Basis::Earlier => "from an earlier run",
        Basis::Person => "said by a person",
    };
    let counted = run.tally.basis.iter().filter(|(_, number)| **number > 0);
    counted.map(|(basis, number)| vec![known(*basis).to_owned(), number.to_string()]).collect()
}

/// What rests on somebody's word, by person.
fn said_rows(run: &Run) -> Vec<Row> {
    let row = |words: &Words<'_>| {
        let said = words.said;
        let who = format!("{} ({})", said.by, said.role);
        let committed = said.committed.as_deref().unwrap_or("no repository");
        let first = format!("{}: {}", words.until, words.first.id);
        let number = words.number.to_string();
        vec![
            number,
            text(&cut(&who, FACT)),
            text(committed),
            words.oldest.to_string(),
            text(&first),
        ]
    };
    by_person(run).iter().map(row).collect()
}

/// How the rest is known, and what was not looked at.
fn tail(run: &Run, page: &mut Page) {
    if page.left_out > 0 {
        let more = page.left_out;
        page.line(&format!("{more} more rows are in the whole report (`--output html=PATH`)."));
        page.line("");
    }
    if !is_ready(run) {
        page.facts("Known how", &known_by(run));
    }
    page.facts("Read", &settings_from(run));
    page.facts("Sent", &sent(run));
    page.facts("Not covered", &not_covered(run));
    let seen = &run.looked_at;
    page.facts("Of no environment", &seen.unclassified);
    page.facts("Assumed", &seen.assumed);
    let unread = seen.unreadable.iter();
    let unread = unread.map(|note| format!("{} {}", place(&note.location), note.message));
    page.facts("Not read", &unread.collect::<Vec<_>>());
    let next: Vec<String> = run.next.iter().take(4).map(|next| code(&cut(next, FACT))).collect();
    if !next.is_empty() {
        page.line(&format!("Next: {}", next.join(", then ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_ticket_with_trouble() {
        insta::assert_snapshot!(render(&sample::no_go()));
    }

    #[test]
    fn a_ticket_of_a_ready_project() {
        insta::assert_snapshot!(render(&sample::go()));
    }

    #[test]
    fn however_much_there_is_a_ticket_takes_it() {
        let mut run = sample::no_go();
        let mut one = run.findings[0].clone();
        one.message = "é|".repeat(200);
        run.findings = vec![one; 5_000];
        run.looked_at.unclassified = vec!["x".repeat(5_000); 500];
        run.looked_at.assumed = vec!["y*".repeat(5_000); 500];
        let text = render(&run);
        assert!(text.chars().count() < MOST, "{}", text.chars().count());
        assert!(text.contains(" more rows are in the whole report"), "{text}");
        assert!(text.contains("\nNext: "));
    }
}
