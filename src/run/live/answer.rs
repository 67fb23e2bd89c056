//! What answers mean: the first outcome that matches, and nothing that is not named.

use std::collections::BTreeMap;

use super::super::earlier;
use super::super::judgement::{Judgement, Key, Raw, seen};
use super::super::outcome::{Basis, Exchange, Reason};
use super::super::view::View;
use super::said::{note, said};
use crate::expression::{Evaluation, Fact, Scope};
use crate::pack::{Check, Deliveries, Outcome, OutcomeResult, Probe, Subject};
use crate::probe::{ONLINE, Recorded};

/// The outcomes of a live check.
fn outcomes(check: &Check) -> &[Outcome] {
    match &check.subject {
        Subject::Probe(Probe { outcomes, .. }) | Subject::Delivery(Deliveries { outcomes, .. }) => {
            outcomes
        }
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
    }
}

/// The outcome that answers match, where one does.
///
/// An outage of the provider only matches an outcome that names it: `status != 200` says nothing
/// about a 503. Our own receiver's faults are facts like any other.
pub(super) fn matching<'c>(
    view: &View<'_>,
    check: &'c Check,
    names: &BTreeMap<String, Fact>,
) -> Option<&'c Outcome> {
    first(view, check, names).ok().flatten()
}

/// An outcome before the one that matches would read more than it may, so that no later one counts.
struct TooCostly;

fn first<'c>(
    view: &View<'_>,
    check: &'c Check,
    names: &BTreeMap<String, Fact>,
) -> Result<Option<&'c Outcome>, TooCostly> {
    let mut scope = Scope { names: names.clone(), parameters: view.parameters(check.id.pack()) };
    let now = view.asked.clock.as_second();
    scope.names.insert("now".to_owned(), Fact::Int(now));
    if is_offline(names) {
        return Ok(None);
    }
    let outage = outage(check, names);
    for outcome in outcomes(check) {
        if !outage.as_ref().is_none_or(|outage| outage.is_named(outcome)) {
            continue;
        }
        match outcome.when.evaluate(&scope) {
            Evaluation::True => return Ok(Some(outcome)),
            Evaluation::TooCostly => return Err(TooCostly),
            Evaluation::False | Evaluation::Failed(_) => {}
        }
    }
    Ok(None)
}

/// What the answers of a check come to.
pub(super) fn judge(
    view: &View<'_>,
    check: &Check,
    exchanges: &[Recorded],
    names: &BTreeMap<String, Fact>,
) -> Judgement {
    let said = said(exchanges);
    let Ok(first) = first(view, check, names) else {
        return Judgement::unknown(
            Reason::TOO_COSTLY,
            format!("the outcomes read too much of {said}"),
        );
    };
    if is_offline(names) {
        let why = "no name has an address here: is this machine without a network?";
        return Judgement::unknown("unexplained", why);
    }
    let Some(outcome) = first else {
        return match outage(check, names) {
            Some(_) => earlier::in_an_outage(view, check)
                .unwrap_or_else(|| Judgement::unknown(Reason::UNAVAILABLE, said)),
            None => Judgement::unknown("unexplained", format!("no outcome is named for {said}")),
        };
    };
    let message = outcome.message.clone();
    match outcome.result {
        OutcomeResult::Pass => {
            let line = message.map_or_else(|| said.clone(), |message| format!("{message}: {said}"));
            Judgement::pass(Basis::Live, vec![seen(line)])
        }
        OutcomeResult::Unknown => {
            Judgement::unknown("unexplained", message.unwrap_or_else(|| said.clone()))
        }
        OutcomeResult::Fail => {
            let message = message.unwrap_or_else(|| format!("does not hold: {}", check.title));
            let raw = if let Subject::Look(look) = &check.subject {
                super::look::raw(view, look, exchanges, message.clone())
            } else {
                None
            };
            let raw = raw.unwrap_or_else(|| raw_of(check, message));
            let raw = Raw {
                severity: outcome.severity,
                exchange: exchange(check, outcome, exchanges),
                identity: format!("{}{}", raw.identity, outcome.when.source()),
                ..raw
            };
            Judgement::fail(Basis::Live, vec![raw])
        }
    }
}

/// Whether a look found that no name at all has an address here.
fn is_offline(names: &BTreeMap<String, Fact>) -> bool {
    names.get(ONLINE) == Some(&Fact::Bool(false))
}

/// The exchange that decided.
fn exchange(check: &Check, outcome: &Outcome, exchanges: &[Recorded]) -> Option<Exchange> {
    let decisive = decisive(outcome, exchanges)?;
    let facts = &decisive.facts;
    let seen = || facts.detail.clone().filter(|_| !facts.seen.is_empty());
    Some(Exchange {
        request: decisive.request.clone(),
        note: note(check, &decisive.name, facts.event.as_deref()).or_else(seen),
        status: facts.status,
        ms: facts.ms,
        fault: facts.fault.map(|fault| fault.as_str().to_owned()),
    })
}

fn raw_of(check: &Check, message: String) -> Raw {
    let environment = match &check.subject {
        Subject::Delivery(deliveries) => {
            deliveries.named.last().map(|(_, delivery)| delivery.to.as_str().to_owned())
        }
        Subject::Probe(probe) => {
            probe.requests.last().map(|(_, request)| request.environment.as_str().to_owned())
        }
        Subject::Look(look) => Some(look.environment.as_str().to_owned()),
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
        | Subject::Rules(_) => None,
    };
    let role = if let Subject::Delivery(deliveries) = &check.subject {
        deliveries.named.last().map(|(_, delivery)| delivery.receiver.clone())
    } else {
        None
    };
    Raw { environment, role, ..Raw::about(Key::Own(check.id.clone()), message) }
}

/// The exchange that an outcome is about: of those that it names, or else of all, the first fault,
/// or what has the highest status, tells most, and took longest.
fn decisive<'e>(outcome: &Outcome, exchanges: &'e [Recorded]) -> Option<&'e Recorded> {
    let roots: Vec<String> = outcome.when.reads().into_iter().filter_map(first_name).collect();
    let named = |one: &&Recorded| roots.contains(&one.name);
    let named: Vec<&Recorded> = exchanges.iter().filter(named).collect();
    let all = if named.is_empty() { exchanges.iter().collect() } else { named };
    let fault = all.iter().find(|one| one.facts.fault.is_some());
    let worst =
        || all.iter().max_by_key(|one| (one.facts.status, one.facts.leaks.len(), one.facts.ms));
    fault.or_else(worst).copied()
}

fn first_name(chain: Vec<String>) -> Option<String> {
    chain.into_iter().next()
}

/// That the provider could not answer.
struct Outage {
    status: i64,
}

impl Outage {
    /// Whether an outcome speaks of this very outage: of its status by number, or of a fault.
    fn is_named(&self, outcome: &Outcome) -> bool {
        let reads_fault =
            outcome.when.reads().iter().any(|chain| chain.iter().any(|name| name == "fault"));
        let number = self.status.to_string();
        let mut digits = outcome.when.source().split(|one: char| !one.is_ascii_digit());
        reads_fault || (self.status != 0 && digits.any(|digits| digits == number))
    }
}

/// The first outage among the answers of a provider; none for our own receiver.
fn outage(check: &Check, names: &BTreeMap<String, Fact>) -> Option<Outage> {
    if !matches!(check.subject, Subject::Probe(_)) {
        return None;
    }
    let inner = names.values().filter_map(|fact| match fact {
        Fact::Map(names) => Some(names),
        Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Float(_)
        | Fact::Text(_)
        | Fact::List(_) => None,
    });
    std::iter::once(names).chain(inner).find_map(|names| {
        let status = match names.get("status")? {
            Fact::Int(status) => *status,
            Fact::Null
            | Fact::Bool(_)
            | Fact::Float(_)
            | Fact::Text(_)
            | Fact::List(_)
            | Fact::Map(_) => return None,
        };
        let fault = match names.get("fault") {
            Some(Fact::Text(fault)) => fault.as_str(),
            _ => "",
        };
        let down = status == 429 || status >= 500 || !matches!(fault, "" | "redirect");
        down.then_some(Outage { status })
    })
}
