//! The first lines: what was judged, what was read and sent, and the verdict.

use super::is_ready;
use crate::report::items::weighs;
use crate::report::sheet::{Block, Sheet, count, first};
use crate::report::style::{Style, Tone};
use crate::report::when::moment;
use crate::report::wrap::prose;
use crate::run::{EnvironmentSeen, Gate, PackSeen, Reason, Result, Run, VerdictWord};

/// The id of the pack that every run uses and nobody asks about.
const CORE: &str = "core";

/// What was judged, read and sent.
pub(super) fn add(run: &Run, style: &Style, sheet: &mut Sheet) {
    let mut title = vec![subject(run), format!("{} gate", run.gate.as_str())];
    title.push(moment(run.clock, style.zone.as_ref()));
    title.extend(run.as_of.map(|day| format!("as on {day} (UTC)")));
    title.extend(purpose(run));
    title.push(providers(run));
    if run.rehearsal {
        title.push("a rehearsal against golive's own stand-in".to_owned());
    }
    sheet.push(Block::Title(title));
    sheet.row("Read", read(run));
    sheet.row("Sent", sent(run));
    sheet.row("Rules", rules(run).into_iter().collect());
    let narrowed = run.narrowed.iter().map(|one| format!("{}: {}", one.flag, one.effect));
    sheet.row("Partial", narrowed.collect());
    sheet.row("No pack", not_covered(run));
}

/// `lender-api @4f2c9e1`.
pub(in crate::report) fn subject(run: &Run) -> String {
    let subject = &run.subject;
    let commit: Option<String> = subject.commit.as_ref().map(|id| id.chars().take(7).collect());
    let commit = commit.map(|id| format!(" @{id}")).unwrap_or_default();
    let dirty = if subject.dirty == Some(true) { " with uncommitted changes" } else { "" };
    let name = if subject.name.is_empty() { "(no name)" } else { &subject.name };
    format!("{name}{commit}{dirty}")
}

/// By whose rules it was judged, where a base was named.
pub(in crate::report) fn rules(run: &Run) -> Option<String> {
    let base = run.base.as_ref()?;
    let short: String = base.commit.chars().take(7).collect();
    Some(format!("this change's and those of {} @{short}: the stricter count", base.revision))
}

/// `release 1.4.0`, `ticket REL-88`, `artifact sha256:...`.
pub(in crate::report) fn purpose(run: &Run) -> Vec<String> {
    let subject = &run.subject;
    let said = [
        ("release", &subject.release),
        ("ticket", &subject.ticket),
        ("artifact", &subject.artifact),
    ];
    said.iter().filter_map(|(word, text)| Some(format!("{word} {}", text.as_ref()?))).collect()
}

/// The providers, and by what each was recognised.
pub(in crate::report) fn providers(run: &Run) -> String {
    let seen = run.packs.iter().filter(|pack| pack.id != CORE).map(provider);
    let seen: Vec<String> = seen.collect();
    if seen.is_empty() { "no provider recognised".to_owned() } else { seen.join(", ") }
}

fn provider(pack: &PackSeen) -> String {
    match &pack.at {
        Some(at) => format!("{} ({}:{})", pack.title, at.path, at.line),
        None if pack.by.is_empty() => pack.title.clone(),
        None => format!("{} ({})", pack.title, pack.by),
    }
}

/// The environments with their layers, and how many files were read.
pub(in crate::report) fn read(run: &Run) -> Vec<String> {
    let seen = &run.looked_at;
    let mut facts: Vec<String> = seen.environments.iter().map(environment).collect();
    if facts.is_empty() {
        facts.push("no environment found".to_owned());
    }
    facts.push(match seen.files_listed {
        0 => "there is no file".to_owned(),
        listed => {
            let listed = count(listed, "file", "files");
            format!("{} of {listed}, {}", seen.files_read, settings(seen.settings))
        }
    });
    facts
}

fn environment(seen: &EnvironmentSeen) -> String {
    let service = seen.service.as_ref().map(|name| format!("{name} ")).unwrap_or_default();
    let known = seen.name == seen.class.as_str();
    let class = if known { String::new() } else { format!(" ({})", seen.class.as_str()) };
    let layers: Vec<String> = first_layers(&seen.layers);
    let mut elsewhere = Vec::new();
    if seen.references > 0 {
        elsewhere.push(format!("{} of {} by reference", seen.references, settings(seen.settings)));
    }
    if seen.observed > 0 {
        elsewhere.push(format!("{} observed", seen.observed));
    }
    let elsewhere = match elsewhere.as_slice() {
        [] => String::new(),
        [..] => format!(" ({})", elsewhere.join(", ")),
    };
    let layers = if layers.is_empty() { "no file".to_owned() } else { layers.join(" + ") };
    format!("{service}{}{class}: {layers}{elsewhere}", seen.name)
}

fn first_layers(layers: &[String]) -> Vec<String> {
    let (shown, more) = layers.split_at(layers.len().min(4));
    let mut shown = shown.to_vec();
    if !more.is_empty() {
        shown.push(format!("{} more", more.len()));
    }
    shown
}

fn settings(number: u64) -> String {
    count(number, "setting", "settings")
}

/// How much was sent, where, and what was not.
pub(in crate::report) fn sent(run: &Run) -> Vec<String> {
    let sent = &run.sent;
    let mut facts = Vec::new();
    if sent.requests == 0 {
        facts.push("nothing".to_owned());
    } else {
        let requests = count(sent.requests, "request", "requests");
        facts.push(format!("{requests} to {}", first(3, &sent.hosts)));
        facts.push(match sent.to_production {
            0 => "none to production".to_owned(),
            number => format!("{number} to production, allowed by you"),
        });
        if !sent.created.is_empty() {
            facts.push(format!("may have created {}", sent.created.join("; ")));
        }
    }
    if sent.not_asked > 0 {
        let checks = count(sent.not_asked, "live check", "live checks");
        facts.push(format!("{checks} not asked (--live asks)"));
    }
    if !sent.held_back.is_empty() {
        facts.push(format!("{} held back (see below)", sent.held_back.len()));
    }
    facts
}

/// What no pack covers.
pub(in crate::report) fn not_covered(run: &Run) -> Vec<String> {
    let each = run.not_covered.iter();
    let names: Vec<String> =
        each.map(|one| format!("{} ({})", one.what, settings(one.settings))).collect();
    if names.is_empty() {
        return Vec::new();
    }
    vec![format!("for {}: general checks only", first(6, &names))]
}

/// The word, and what limits it.
pub(in crate::report) fn word(run: &Run) -> String {
    let word = run.verdict.word.as_str();
    match &run.verdict.qualifier {
        Some(qualifier) => format!("{word} ({qualifier})"),
        None => word.to_owned(),
    }
}

/// The verdict, and why it is not better where no item says so.
pub(super) fn add_verdict(run: &Run, style: &Style, sheet: &mut Sheet) {
    let verdict = &run.verdict;
    let word = word(run);
    let facts = if is_ready(run) { ready_for(run, style) } else { deciding(run) };
    let aside = if is_ready(run) { String::new() } else { due(run) };
    sheet.push(Block::Verdict { word, tone: tone(verdict.word), facts, aside });
    if is_ready(run) || !says_why(run) {
        sheet.row("Why", verdict.because.iter().map(|why| prose(why)).collect());
    }
}

/// Whether the items say why: then the reasons of the verdict would only count them again.
fn says_why(run: &Run) -> bool {
    let failed = matches!(run.verdict.word, VerdictWord::NoGo | VerdictWord::Fail);
    failed && run.findings.iter().any(|one| one.waived.is_none() && weighs(one.severity))
}

fn tone(word: VerdictWord) -> Tone {
    match word {
        VerdictWord::Go | VerdictWord::Pass => Tone::Good,
        VerdictWord::NoGo | VerdictWord::Fail => Tone::Bad,
        VerdictWord::Undetermined | VerdictWord::Undecided => Tone::Doubt,
    }
}

/// What decides, counted.
pub(in crate::report) fn deciding(run: &Run) -> Vec<String> {
    let wrong = |severity: &str| run.tally.wrong.get(severity).copied().unwrap_or(0);
    let mut facts = Vec::new();
    let mut say = |number: u64, one: &str, many: &str| {
        if number > 0 {
            facts.push(count(number, one, many));
        }
    };
    say(wrong("blocker"), "blocker wrong", "blockers wrong");
    say(wrong("major"), "major wrong", "majors wrong");
    say(run.tally.pending, "waits for a person", "wait for a person");
    say(run.tally.unknown, "not told", "not told");
    say(not_allowed(run), "needs --allow-production", "need --allow-production");
    facts
}

fn not_allowed(run: &Run) -> u64 {
    let not_allowed = run.checks.iter().filter(|check| {
        let reason = check.reason.as_ref();
        check.due
            && check.result == Result::NotAsked
            && reason.is_some_and(|reason| reason.kind == Reason::NOT_ALLOWED)
    });
    u64::try_from(not_allowed.count()).unwrap_or(u64::MAX)
}

fn due(run: &Run) -> String {
    let due = format!("{} due now", count(run.tally.due, "check", "checks"));
    match run.tally.after_switch {
        0 if run.tally.due == 0 => String::new(),
        0 => format!("({due})"),
        after => format!("({due}, {after} after the switch)"),
    }
}

/// What a passed gate says: for whom, and for how long.
fn ready_for(run: &Run, style: &Style) -> Vec<String> {
    let titles: Vec<&str> =
        run.packs.iter().filter(|pack| pack.id != CORE).map(|pack| pack.title.as_str()).collect();
    let mut facts = Vec::new();
    if !titles.is_empty() {
        facts.push(format!("for {}", titles.join(" and ")));
    }
    if run.gate != Gate::Launch {
        facts.push(format!("{} gate: not a go-live verdict", run.gate.as_str()));
    }
    if let Some(until) = run.valid_until {
        facts.push(format!("until {}", moment(until, style.zone.as_ref())));
    }
    facts.extend(deciding(run));
    facts
}
