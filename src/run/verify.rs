//! Whether a report says what its own results come to, and what a judgement of the same project
//! says today.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::assemble::tally_again;
use super::outcome::{Basis, CheckRun, Finding, Result, Run};
use super::seal::broken;
use super::verdict::Decided;
use crate::pack::{Check, CheckId, Library};

/// Everything in a report that does not fit together, causes before what follows from them.
///
/// `report` is the same as it was read, part by part. Packs that this tool does not have are left
/// out: [`unknown_packs`] names them.
pub fn contradictions(run: &Run, report: &Value, library: &Library) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(findings(run));
    all.extend(packs(run, library));
    all.extend(checks(run, library));
    all.extend(verdict(run));
    all.extend(tallied(run));
    all.extend(
        broken(report).into_iter().map(|part| format!("{part}: edited since it was written")),
    );
    all
}

/// Packs of a report that this tool does not have.
pub fn unknown_packs(run: &Run, library: &Library) -> Vec<String> {
    let unknown = run.packs.iter().filter(|pack| library.pack(&pack.id).is_none());
    unknown.map(|pack| pack.id.clone()).collect()
}

/// Answers of a report that have lapsed by `now`, the first of all first.
pub fn lapsed(run: &Run, now: Timestamp) -> Vec<String> {
    let Some(until) = run.valid_until.filter(|until| *until <= now) else { return Vec::new() };
    let mut all = vec![format!("valid_until: the first of its answers lapsed on {}", day(until))];
    let today = now.to_zoned(TimeZone::UTC).date();
    let counts = |check: &&CheckRun| check.due && check.result == Result::Pass;
    let said = run.checks.iter().filter(counts).filter_map(|check| {
        let said = check.said.as_ref().filter(|said| said.until < today)?;
        Some(format!("checks: {}: the word of {} held until {}", check.id, said.by, said.until))
    });
    all.extend(said);
    let waived = run.findings.iter().filter_map(|one| {
        let until = one.waived_until.filter(|until| *until < today)?;
        Some(format!("findings: {} was accepted until {until}: {}", one.check, one.message))
    });
    all.extend(waived);
    let live = run.checks.iter().filter(|check| check.basis == Some(Basis::Live)).count();
    let a_day_old = now.duration_since(run.clock) >= SignedDuration::from_hours(24);
    if live > 0 && a_day_old {
        all.push(format!(
            "checks: {live} were answered live on {}, and count a day",
            day(run.clock)
        ));
    }
    all
}

fn day(at: Timestamp) -> String {
    at.strftime("%-d %b %Y %H:%M UTC").to_string()
}

fn verdict(run: &Run) -> Option<String> {
    let now = Decided::of(run).verdict();
    let said = &run.verdict;
    if now.word != said.word || now.exit != said.exit {
        let (said, now) = (said.word.as_str(), now.word.as_str());
        return Some(format!("verdict: it says {said}, and its results come to {now}"));
    }
    if now.qualifier != said.qualifier || now.because != said.because {
        return Some("verdict: its reasons are not those of its results".to_owned());
    }
    None
}

fn tallied(run: &Run) -> Option<String> {
    let now = serde_json::to_value(tally_again(run)).ok()?;
    let said = serde_json::to_value(&run.tally).ok()?;
    (now != said).then(|| "tally: its counts are not those of its results".to_owned())
}

/// Findings and results name each other.
fn findings(run: &Run) -> Vec<String> {
    let there: BTreeSet<&str> = run.findings.iter().map(|one| one.id.as_str()).collect();
    let named: BTreeSet<&str> =
        run.checks.iter().flat_map(|check| &check.findings).map(String::as_str).collect();
    let mut all = Vec::new();
    for check in &run.checks {
        if let Some(gone) = check.findings.iter().find(|id| !there.contains(id.as_str())) {
            all.push(format!("findings: {gone}, which {} names, is not there", check.id));
        } else if matches!(check.result, Result::Fail | Result::Waived) && check.findings.is_empty()
        {
            all.push(format!("checks: {} is wrong, and no finding is its", check.id));
        }
        let open = |one: &&Finding| one.waived.is_none() && check.findings.contains(&one.id);
        if check.result == Result::Waived && run.findings.iter().any(|one| open(&one)) {
            all.push(format!("checks: {} is waived, and one of its findings is not", check.id));
        }
        if check.result == Result::Pass && !check.findings.is_empty() {
            all.push(format!("checks: {} passes, and has findings", check.id));
        }
    }
    let stray = run.findings.iter().filter(|one| !named.contains(one.id.as_str()));
    all.extend(stray.map(|one| format!("findings: {} is of no check", one.id)));
    all
}

/// Packs that are not what this tool has under the same name.
fn packs(run: &Run, library: &Library) -> Vec<String> {
    let other = |id: &str, digest: &str| {
        let own = library.pack(id)?;
        (own.digest != *digest).then(|| {
            format!(
                "packs: {id} is another than this tool's (sha256 {}…, here {}…)",
                start(digest),
                start(&own.digest)
            )
        })
    };
    run.packs.iter().filter_map(|pack| other(&pack.id, &pack.digest)).collect()
}

fn start(digest: &str) -> String {
    digest.chars().take(12).collect()
}

/// Checks that the packs hold and the report does not, or not as they are.
fn checks(run: &Run, library: &Library) -> Vec<String> {
    let same = |pack: &str| {
        let own = library.pack(pack).map(|pack| &pack.digest);
        run.packs.iter().any(|seen| seen.id == pack && Some(&seen.digest) == own)
    };
    let told = |id: &CheckId| run.checks.iter().find(|one| one.id == *id);
    let wrong = |check: &Check| match told(&check.id) {
        None => Some(format!("checks: {} is not there", check.id)),
        Some(one)
            if !one.only_warns && one.severity != check.severity || one.step != check.step =>
        {
            Some(format!("checks: {} is not as its pack has it", check.id))
        }
        Some(_) => None,
    };
    library.checks.iter().filter(|check| same(check.id.pack())).filter_map(wrong).collect()
}

/// What a judgement of the same files says otherwise than a report: `now` is that judgement, at the
/// report's gate and by its clock, of files alone.
pub fn differences(report: &Run, now: &Run) -> Vec<String> {
    let mut all = Vec::new();
    if report.inputs_digest != now.inputs_digest {
        all.push("inputs_digest: it judged other files or other packs".to_owned());
    }
    for said in report.checks.iter().filter(|one| by_files(one, report)) {
        let Some(again) = now.checks.iter().find(|one| one.id == said.id) else { continue };
        // what was answered otherwise than by files cannot be told again here
        if again.result != said.result && again.result != Result::NotAsked {
            let (was, is) = (said.result.as_str(), again.result.as_str());
            all.push(format!("checks: {} was {was}, and is {is} now", said.id));
        }
    }
    let open = |run: &Run| -> BTreeSet<String> {
        let of_files = run.findings.iter().filter(|one| one.exchange.is_none());
        of_files.map(|one| one.id.clone()).collect()
    };
    let (then, today) = (open(report), open(now));
    let of = |run: &Run, id: &str| {
        let found = run.findings.iter().find(|one| one.id == *id);
        found.map_or_else(String::new, |one| one.message.clone())
    };
    let gone = then.difference(&today).filter(|id| !by_other(report, id));
    all.extend(gone.map(|id| format!("findings: no longer there: {}", of(report, id))));
    let new = today.difference(&then);
    all.extend(new.map(|id| format!("findings: not in the report: {}", of(now, id))));
    all
}

/// Whether a result was read from files, or from what people wrote into them.
fn by_files(check: &CheckRun, run: &Run) -> bool {
    match check.basis {
        Some(Basis::File | Basis::Reference | Basis::Person) => {
            check.findings.iter().all(|id| !by_other(run, id))
        }
        Some(Basis::Live | Basis::Observed | Basis::Earlier) => false,
        None => matches!(check.result, Result::Pending | Result::Skipped),
    }
}

/// Whether a finding rests on something else than files.
fn by_other(run: &Run, id: &str) -> bool {
    let of = |check: &&CheckRun| check.findings.iter().any(|one| one == id);
    run.checks
        .iter()
        .filter(of)
        .any(|check| matches!(check.basis, Some(Basis::Live | Basis::Observed | Basis::Earlier)))
}
