//! The page for people: every line that Begini publishes, and what answers it.

use std::fmt::Write;

use golive::expression::Fact;
use golive::pack::{Check, Code, Codes, Library, OutcomeResult, Pack, Severity, Step, Subject};

const OPENING: &str = "# What Begini asks, and what answers it

<!-- Written by `GOLIVE_BLESS=1 cargo test --test begini` from checks/begini: change it there. -->

Begini's page \"Sandbox vs Production\" says how an integration goes live. Each of its lines stands here, then each row of the
catalogue that was gathered from all of its pages that could be read, with the checks that answer it. *Files* are answered by what
the project holds, *live* by an exchange with Begini or with your own hosts, *earlier run* by a report that is on file, *person* by a dated statement of somebody who
knows. A severity in brackets is what another outcome of the check weighs. `golive explain CHECK` tells the rest.
";

/// The page.
pub(crate) fn of(library: &Library) -> Result<String, String> {
    let pack = library.pack("begini").ok_or("no pack of Begini")?;
    let codes = pack.codes.as_ref().ok_or("Begini has no codes")?;
    let answered = |code: &&Code| code.planned && !own(library, code).is_empty();
    let stale: Vec<&str> = codes.all().filter(answered).map(|code| code.id.as_str()).collect();
    if !stale.is_empty() {
        return Err(format!("answered by now, and `planned` in codes.yaml: {stale:?}"));
    }
    let page = page(library, pack, codes);
    let empty = page.lines().find(|line| line.starts_with('|') && line.contains("|  |"));
    empty.map_or(Ok(page.clone()), |line| Err(format!("an empty line: {line}")))
}

fn page(library: &Library, pack: &Pack, codes: &Codes) -> String {
    let mut page = OPENING.to_owned();
    let planned = codes.all().filter(|code| code.planned).count();
    let _ = write!(page, "\n{} lines", codes.all().count());
    let _ = match planned {
        0 => writeln!(page, ", each answered."),
        some => writeln!(page, "; {some} wait for a check that is *planned*."),
    };
    for group in &codes.groups {
        let _ = writeln!(page, "\n## {}\n", group.title);
        if let Some(link) = &group.link {
            let _ = writeln!(page, "<{link}>\n");
        }
        page.push_str("| code | asks | answered by |\n|---|---|---|\n");
        for code in &group.codes {
            let _ = writeln!(page, "| {} | {} | {} |", code.id, code.asks, answers(library, code));
        }
    }
    page.push_str(
        "\n## Pages that could not be read\n\nBegini's pages name them, and no copy was to be had. \
         Nothing here claims to cover them.\n\n| page | what stands in for it |\n|---|---|\n",
    );
    for (unread, instead) in &codes.unread {
        let _ = writeln!(page, "| {unread} | {instead} |");
    }
    page.push_str(&parameters(pack));
    page
}

/// The checks of the provider's own pack that answer a code, in the order of the workflow.
fn own<'a>(library: &'a Library, code: &Code) -> Vec<&'a Check> {
    let checks = library.checks.iter();
    let mut own: Vec<&Check> = checks.filter(|check| check.answers.contains(&code.id)).collect();
    own.sort_by_key(|check| Step::ALL.iter().position(|step| *step == check.step));
    own
}

fn answers(library: &Library, code: &Code) -> String {
    let others = code.by.iter().filter_map(|id| library.check(id));
    let mut all: Vec<String> = own(library, code).into_iter().chain(others).map(told).collect();
    all.extend(code.instead.clone());
    all.extend(code.planned.then(|| "*planned*".to_owned()));
    all.join("<br>")
}

/// A check with how it is asked and what it weighs.
fn told(check: &Check) -> String {
    let (how, outcomes) = match &check.subject {
        Subject::Confirm(_) => ("person", None),
        Subject::Evidence(_) => ("earlier run", None),
        Subject::Look(look) => ("live", Some(&look.outcomes)),
        Subject::Probe(probe) => ("live", Some(&probe.outcomes)),
        Subject::Delivery(delivery) => ("live", Some(&delivery.outcomes)),
        _ if check.subject.is_live() => ("live", None),
        _ => ("files", None),
    };
    let how = match &check.or_confirm {
        Some(_) => format!("{how} or person"),
        None => how.to_owned(),
    };
    let fails = outcomes.into_iter().flatten().filter(|one| one.result == OutcomeResult::Fail);
    let mut others: Vec<Severity> = fails.filter_map(|outcome| outcome.severity).collect();
    others.retain(|severity| *severity != check.severity);
    others.sort_unstable();
    others.dedup();
    let others: Vec<&str> = others.into_iter().map(word).collect();
    let others =
        if others.is_empty() { String::new() } else { format!(" ({})", others.join(", ")) };
    format!("`{}` {how}, {}{others}", check.id, word(check.severity))
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => "blocker",
        Severity::Major => "major",
        Severity::Minor => "minor",
        Severity::Info => "info",
    }
}

/// What the pages disagree on, or do not say.
fn parameters(pack: &Pack) -> String {
    let mut text = "\n## Where the pages disagree\n\nThe newest pages and the SDK decide, and `golive.yaml` may say \
                    otherwise: `parameters: { begini/digest: hmac-sha256 }`.\n\n\
                    | parameter | default | also |\n|---|---|---|\n"
        .to_owned();
    for (name, default) in &pack.parameters {
        let choices = pack.choices.get(name).into_iter().flatten();
        let others: Vec<String> = choices.filter(|one| *one != default).map(shown).collect();
        let also = match (others.as_slice(), default) {
            ([], Fact::Text(_)) => "another host that the pack lists".to_owned(),
            ([], _) => "any number".to_owned(),
            (some, _) => some.join(", "),
        };
        let _ = writeln!(text, "| `{name}` | {} | {also} |", shown(default));
    }
    text.push_str(
        "\nRequests take the form of the newest pages and of the SDK: the header `api-key`, the field \
         `uid`, the path\n`/v1/sessions-management/tokens`. One older page says `Authorization: Bearer`, \
         `unique_id` and `/create-session`. A key that is\nrefused is refused, be it with 401 or \
         403. Results are never polled: one page says that they can be, the newest that they\n\
         cannot. How a key or an id looks only warns. No page says when the clock of a session \
         starts, how often and how fast a\ndelivery is repeated, and which addresses deliveries \
         come from.\n",
    );
    text
}

fn shown(fact: &Fact) -> String {
    match fact {
        Fact::Text(text) if text.is_empty() => "nothing".to_owned(),
        Fact::Text(text) => format!("`{text}`"),
        Fact::Int(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}
