//! Annotations for the log of GitHub Actions: what was looked at, what is wrong at its lines, and
//! the verdict last, where a log is read first
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).

use super::checklist::{deciding, is_ready, not_covered, rules, sent, settings_from, word};
use super::items::{exchange, headline, nearest_place, open, place, reason, with_result};
use super::wrap::{clean, inert, prose};
use crate::pack::Severity;
use crate::run::{CheckRun, Finding, Result, Run};

/// How many annotations of a type GitHub shows for a step; the rest it drops without a word.
const MOST: usize = 10;

/// Writes the log.
pub(super) fn render(run: &Run) -> String {
    let mut log = Log(String::new());
    log.line(&format!("golive {} | {} gate | {}", run.tool.version, run.gate.as_str(), about(run)));
    log.command("group", "Looked at");
    for fact in settings_from(run) {
        log.line(&fact);
    }
    log.line(&format!("sent: {}", sent(run).join(", ")));
    for (word, facts) in
        [("rules", rules(run).into_iter().collect()), ("not covered", not_covered(run))]
    {
        for fact in facts {
            log.line(&format!("{word}: {fact}"));
        }
    }
    for note in &run.looked_at.unreadable {
        log.line(&format!("not read: {} {}", place(&note.location), prose(&note.message)));
    }
    log.0.push_str("::endgroup::\n");
    for kind in [Kind::Error, Kind::Warning, Kind::Notice] {
        annotations(run, kind, &mut log);
    }
    let facts = deciding(run).join(", ");
    let facts = if facts.is_empty() { "nothing open".to_owned() } else { facts };
    log.line(&format!("{} | {} gate | {facts} | exit {}", word(run), run.gate.as_str(), exit(run)));
    log.0
}

fn about(run: &Run) -> String {
    super::checklist::project(run)
}

fn exit(run: &Run) -> u8 {
    run.verdict.exit
}

struct Log(String);

impl Log {
    /// A line that is no command, whatever stands in it.
    fn line(&mut self, text: &str) {
        self.0.push_str(&inert(&clean(text)));
        self.0.push('\n');
    }

    fn command(&mut self, name: &str, text: &str) {
        self.0.extend(["::", name, "::", &message(text), "\n"]);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Error,
    Warning,
    Notice,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }

    fn of(severity: Severity) -> Self {
        match severity {
            Severity::Blocker | Severity::Major => Self::Error,
            Severity::Minor => Self::Warning,
            Severity::Info => Self::Notice,
        }
    }
}

/// The annotations of a type, worst first; what GitHub would drop is counted.
fn annotations(run: &Run, kind: Kind, log: &mut Log) {
    let findings = open(run).into_iter().filter(|finding| Kind::of(finding.severity) == kind);
    let mut lines: Vec<String> = findings.map(|finding| wrong(run, finding, kind)).collect();
    if !is_ready(run) {
        let waiting = [Result::Unknown, Result::Pending].map(|result| with_result(run, result));
        let waiting = waiting.into_iter().flatten();
        let deciding =
            |check: &&CheckRun| (check.severity == Severity::Blocker) == (kind == Kind::Error);
        if kind != Kind::Notice {
            lines.extend(waiting.filter(deciding).map(|check| not_told(check, kind)));
        }
    }
    let more = lines.len().saturating_sub(MOST);
    for line in lines.into_iter().take(MOST) {
        log.0.push_str(&line);
        log.0.push('\n');
    }
    if more > 0 {
        let word = kind.as_str();
        log.line(&format!("{more} more of type {word}: GitHub shows {MOST}; the report has all"));
    }
}

fn wrong(run: &Run, finding: &Finding, kind: Kind) -> String {
    let mut text = headline(finding);
    text.extend(exchange(finding).map(|exchange| format!(": {exchange}")));
    let fix = prose(&finding.fix);
    if !fix.is_empty() {
        text.push_str(". ");
        text.push_str(&fix);
    }
    let at = nearest_place(run, Some(finding), finding.check.pack());
    let columns = if at.line == at.end_line {
        format!(",col={},endColumn={}", at.column, at.end_column)
    } else {
        String::new()
    };
    format!(
        "::{} file={},line={},endLine={}{columns},title={}::{}",
        kind.as_str(),
        property(&at.path),
        at.line,
        at.end_line,
        property(&finding.check.to_string()),
        message(&text),
    )
}

/// What could not be told, or waits for a person, has no line.
fn not_told(check: &CheckRun, kind: Kind) -> String {
    let title = property(&check.id.to_string());
    let text = format!("{} ({})", prose(&check.title), reason(check));
    format!("::{} title={title}::{}", kind.as_str(), message(&text))
}

/// Text of a command: `%` first, as what is escaped later has one.
fn message(text: &str) -> String {
    clean(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command ends at a comma or a colon. A path stays as it is found in the tree.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_log_ends_with_the_verdict() {
        insta::assert_snapshot!(render(&sample::no_go()));
    }

    #[test]
    fn no_more_than_github_shows_and_the_worst_first() {
        let mut run = sample::no_go();
        let one = run.findings[3].clone();
        run.findings.splice(0..0, std::iter::repeat_n(one, 20));
        let text = render(&run);
        assert_eq!(text.matches("\n::error ").count(), MOST);
        let first = text.lines().find(|line| line.starts_with("::error ")).unwrap();
        assert!(first.contains("begini/webhook-urls-differ"), "{first}");
        assert!(text.contains(" more of type error"), "{text}");
    }

    #[test]
    fn properties_and_messages_are_escaped() {
        assert_eq!(property("a:b,c%d\ne"), "a%3Ab%2Cc%25d\\u{a}e");
        assert_eq!(message("100% ::error::"), "100%25 ::error::");
    }
}
