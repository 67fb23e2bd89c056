//! The verdict: decided by results alone, and the only maker of exit codes 0, 1 and 3.

use std::collections::BTreeMap;

use super::outcome::{
    CheckRun, Finding, Grounds, Narrowed, Reason, Result, Run, Verdict, VerdictWord,
};
use super::view::View;
use crate::pack::{Class, EnvironmentName, Gate, Severity};

/// What a verdict rests on. Read back from a report it comes to the same verdict.
pub(super) struct Decided<'r> {
    /// The gate.
    pub(super) gate: Gate,
    /// Whether it was a rehearsal.
    pub(super) rehearsal: bool,
    /// What a gate needs to have found, and what of it was not.
    pub(super) grounds: &'r Grounds,
    /// Every check with its result.
    pub(super) checks: &'r [CheckRun],
    /// What is wrong.
    pub(super) findings: &'r [Finding],
    /// What narrowed the run.
    pub(super) narrowed: &'r [Narrowed],
}

impl<'r> Decided<'r> {
    /// What a run rests on.
    pub(super) fn of(run: &'r Run) -> Self {
        Self {
            gate: run.gate,
            rehearsal: run.rehearsal,
            grounds: &run.grounds,
            checks: &run.checks,
            findings: &run.findings,
            narrowed: &run.narrowed,
        }
    }

    /// What the results come to.
    pub(super) fn verdict(&self) -> Verdict {
        let core_only = || self.grounds.core_only.then(|| "core only".to_owned());
        let wrong = self
            .findings
            .iter()
            .filter(|finding| finding.waived.is_none() && finding.severity <= Severity::Major)
            .count();
        if wrong > 0 {
            return self.word(Word::No, core_only(), wrong_because(self.findings));
        }
        let mut because = self.grounds.missing.clone();
        because.extend(open(self.checks, &because));
        if because.is_empty() {
            because.extend(unjudged(self.gate, self.checks));
        }
        if !because.is_empty() {
            return self.word(Word::Open, core_only(), because);
        }
        if self.rehearsal {
            return self.word(Word::Yes, Some("against a stand-in".to_owned()), Vec::new());
        }
        if !self.narrowed.is_empty() {
            let flags: Vec<&str> = self.narrowed.iter().map(|one| one.flag.as_str()).collect();
            let qualifier = format!("partial: {}", flags.join(", "));
            let because = self.narrowed.iter().map(|one| format!("{} {}", one.flag, one.effect));
            return self.word(Word::Open, Some(qualifier), because.collect());
        }
        self.word(Word::Yes, core_only(), Vec::new())
    }

    fn word(&self, word: Word, qualifier: Option<String>, because: Vec<String>) -> Verdict {
        let launch = self.gate == Gate::Launch;
        let (word, exit) = match word {
            Word::Yes if launch => (VerdictWord::Go, 0),
            Word::Yes => (VerdictWord::Pass, 0),
            Word::No if launch => (VerdictWord::NoGo, 1),
            Word::No => (VerdictWord::Fail, 1),
            Word::Open if launch => (VerdictWord::Undetermined, 3),
            Word::Open => (VerdictWord::Undecided, 3),
        };
        Verdict { word, qualifier, exit, because }
    }
}

/// What a gate needs to have found before it may say yes.
pub(super) fn grounds(view: &View<'_>) -> Grounds {
    Grounds { core_only: wants_no_provider(view), missing: missing(view) }
}

/// The three answers, before the gate gives them their words.
#[derive(Clone, Copy)]
enum Word {
    Yes,
    No,
    Open,
}

fn wants_no_provider(view: &View<'_>) -> bool {
    view.project
        .manifest
        .packs
        .as_ref()
        .is_some_and(|packs| packs.iter().all(|(pack, _)| pack == "core"))
}

fn wrong_because(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.waived.is_none() && finding.severity <= Severity::Major)
        .map(|finding| finding.message.clone())
        .collect()
}

/// What of that was not found.
fn missing(view: &View<'_>) -> Vec<String> {
    let mut because = Vec::new();
    let has = |class| view.has_class(class);
    let (sandbox, production) = (has(Class::Sandbox), has(Class::Production));
    let gate = view.asked.gate;
    match gate {
        Gate::Launch => {
            if !sandbox {
                because.push("no sandbox environment was found".to_owned());
            }
            if !production {
                because.push("no production environment was found".to_owned());
            }
        }
        Gate::Change if !sandbox && !production => {
            because.push("no environment was found".to_owned());
        }
        Gate::Sandbox if !sandbox => {
            because.push("no sandbox environment was found".to_owned());
        }
        Gate::Live if !production => {
            because.push("no production environment was found".to_owned());
        }
        Gate::Change | Gate::Sandbox | Gate::Live => {}
    }
    if because.is_empty() && view.seen().next().is_none() {
        because.push("no setting of any environment was read".to_owned());
    }
    if !view.has_provider() && !wants_no_provider(view) {
        because.push("no provider was recognised".to_owned());
    } else if gate == Gate::Launch {
        because.extend(unseen_roles(view));
    }
    because
}

/// Essential roles that are not seen in both classes.
fn unseen_roles(view: &View<'_>) -> Vec<String> {
    let mut unseen = Vec::new();
    for role in view.in_use.iter().flat_map(|pack| &pack.essential) {
        for class in [Class::Sandbox, Class::Production] {
            let value = view.of_role(role).any(|setting| {
                setting.is_there()
                    && setting.in_force.iter().any(|index| {
                        view.environment(*index).is_some_and(|known| known.class == class)
                    })
            });
            let print = || {
                let known = &view.project.manifest.fingerprints;
                known.iter().any(|known| known.0 == class && known.1 == *role)
            };
            let judged = !view.environments(&[EnvironmentName::Class(class)]).is_empty();
            if judged && !value && !print() {
                unseen.push(format!("{role} was not found in {}", class.as_str()));
            }
        }
    }
    unseen
}

/// Blockers that are not answered; those that an environment is missing for are said by `missing`
/// already.
fn open(checks: &[CheckRun], missing: &[String]) -> Vec<String> {
    let blockers = checks.iter().filter(|check| check.due && check.severity == Severity::Blocker);
    let mut because = Vec::new();
    let (mut pending, mut not_asked) = (Vec::new(), 0_usize);
    for check in blockers {
        let detail = |reason: &Option<Reason>| {
            reason
                .as_ref()
                .map_or_else(String::new, |reason| format!(" ({}: {})", reason.kind, reason.detail))
        };
        match check.result {
            Result::Unknown if said(check, missing) => {}
            Result::Unknown => {
                because.push(format!("not told: {}{}", check.title, detail(&check.reason)));
            }
            Result::Pending => pending.push(check),
            Result::NotAsked if counts_as_unknown(check, checks) => not_asked += 1,
            Result::Pass | Result::Fail | Result::Waived | Result::Skipped | Result::NotAsked => {}
        }
    }
    because.extend(waits(&pending));
    if not_asked > 0 {
        because.push(format!("{not_asked} live blockers were not asked: add --live"));
    }
    because
}

/// Which blockers wait for a person: one by its claim, several by who can answer them.
fn waits(pending: &[&CheckRun]) -> Option<String> {
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    for check in pending {
        *by.entry(check.who.as_str()).or_default() += 1;
    }
    let by: Vec<String> = by.iter().map(|(who, number)| format!("{number} {who}")).collect();
    match pending {
        [] => None,
        [one] => Some(format!("waits for a person ({}): {}", one.who.as_str(), one.title)),
        all => Some(format!("{} blockers wait for a person: {}", all.len(), by.join(", "))),
    }
}

/// That no check answered anything: nothing looked at is never ready.
fn unjudged(gate: Gate, checks: &[CheckRun]) -> Option<String> {
    let due: Vec<&CheckRun> = checks.iter().filter(|check| check.due).collect();
    let judged = |check: &&CheckRun| matches!(check.result, Result::Pass | Result::Waived);
    if due.is_empty() {
        return Some(format!("nothing was judged: no check is due at the {} gate", gate.as_str()));
    }
    (!due.iter().any(judged)).then(|| "nothing was judged: no check could answer".to_owned())
}

/// Whether a check is not told only for what is missing altogether.
fn said(check: &CheckRun, missing: &[String]) -> bool {
    check.reason.as_ref().is_some_and(|reason| missing.contains(&reason.detail))
}

/// A blocker that was not asked because nothing might be sent could not be told.
/// So could one that needs such a check.
fn counts_as_unknown(check: &CheckRun, checks: &[CheckRun]) -> bool {
    let Some(reason) = &check.reason else { return false };
    let need = || checks.iter().find(|other| *other.id.0 == *reason.detail);
    match &*reason.kind {
        Reason::NOT_LIVE => true,
        // packs hold no cycle of needs
        "needs" => need().is_some_and(|need| counts_as_unknown(need, checks)),
        _ => false,
    }
}
