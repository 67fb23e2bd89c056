//! One job on the wire: its exchanges in order, its deliveries one by one or all at once, each
//! within the limits of its host and of the run.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

use super::answer;
use super::carry::{Captured, Carried};
use super::facts::{Facts, Fault};
use super::guard::Refusal;
use super::job::{JobId, NotSent};
use super::perform::Event;
use super::prepare::Prepared;
use super::recording::Recorded;
use super::redact::Redactor;
use super::wire::{Raw, Wire};

/// How many exchanges go on with one host at once.
const AT_ONE_HOST: usize = 4;
/// The least time between two requests to one provider.
const SPACING: Duration = Duration::from_millis(40);
/// The longest `Retry-After` that is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How long to wait where the answer does not say.
const USUAL_WAIT: Duration = Duration::from_millis(500);

/// What all exchanges of a run share.
pub(crate) struct Shared {
    pub(crate) wire: Wire,
    pub(crate) at_once: Semaphore,
    pub(crate) deadline: Instant,
    pub(crate) events: mpsc::UnboundedSender<Event>,
}

/// Keeps a host from being asked too much at once.
pub(crate) struct Gate {
    slots: Semaphore,
    next: Mutex<Instant>,
}

impl Gate {
    pub(crate) fn new() -> Self {
        Self { slots: Semaphore::new(AT_ONE_HOST), next: Mutex::new(Instant::now()) }
    }

    /// Waits until the last request to this host is long enough ago.
    async fn space(&self) {
        let mut next = self.next.lock().await;
        sleep_until(*next).await;
        *next = Instant::now() + SPACING;
    }
}

/// One exchange as it is carried out.
#[derive(Clone)]
struct Turn {
    shared: Arc<Shared>,
    id: JobId,
    prepared: Arc<Prepared>,
    gate: Arc<Gate>,
    /// Knows what the exchanges before this one captured, too.
    redactor: Arc<Redactor>,
}

/// What came of one.
struct Came {
    result: Result<(Facts, Captured), Refusal>,
    sent: u32,
}

impl Came {
    fn hangs(&self) -> bool {
        let facts = self.result.as_ref().ok();
        facts.is_some_and(|(facts, _)| facts.fault == Some(Fault::Timeout))
    }
}

/// Carries out all exchanges of a job.
pub(crate) async fn carry(
    shared: Arc<Shared>,
    id: JobId,
    ready: Vec<(Arc<Prepared>, Arc<Gate>)>,
) -> Carried {
    let mut carried = Carried::default();
    let mut hangs = false;
    for (prepared, gate) in ready {
        let known = carried.captured.iter();
        let known = known.map(|((name, _), value)| (format!("capture.{name}"), value.clone()));
        let redactor = Arc::new(Redactor::on(&prepared.redactor, known.collect()));
        let turn = Turn { shared: Arc::clone(&shared), id: id.clone(), prepared, gate, redactor };
        let mut done = match (hangs, turn.prepared.parallel) {
            (true, _) => (0..turn.prepared.times).map(|index| (index, turn.left_out())).collect(),
            (false, true) => turn.all_at_once().await,
            (false, false) => turn.one_by_one().await,
        };
        // a receiver that hangs would hang again: nobody waits for it a second time in one check
        let receives = turn.prepared.watch.is_some();
        hangs |= receives && done.iter().any(|(_, came)| came.hangs());
        done.sort_by_key(|(index, _)| *index);
        for (index, came) in done {
            turn.note(turn.prepared.before + index, came, &mut carried);
        }
    }
    carried
}

impl Turn {
    async fn all_at_once(&self) -> Vec<(u32, Came)> {
        let mut deliveries = JoinSet::new();
        for index in 0..self.prepared.times {
            let turn = self.clone();
            deliveries.spawn(async move { (index, turn.limited().await) });
        }
        deliveries.join_all().await
    }

    async fn one_by_one(&self) -> Vec<(u32, Came)> {
        let mut done: Vec<(u32, Came)> = Vec::new();
        for index in 0..self.prepared.times {
            let hangs = done.last().is_some_and(|(_, came)| came.hangs());
            let came = if hangs { self.left_out() } else { self.limited().await };
            done.push((index, came));
        }
        done
    }

    /// Writes down what came of one.
    fn note(&self, index: u32, came: Came, carried: &mut Carried) {
        let prepared = &self.prepared;
        let recorded = match came.result {
            Ok((facts, captured)) => {
                carried.captured.extend(captured);
                Recorded::answered(&self.id, &prepared.name, &prepared.request, facts)
            }
            Err(refusal) => {
                let why = self.redactor.text(&refusal.to_string());
                carried.not_sent.get_or_insert(NotSent::HeldBack(why.clone()));
                Recorded::held_back(&self.id, &prepared.name, &prepared.request, &why)
            }
        };
        carried.exchanges.push(Recorded { index, sent: came.sent, ..recorded });
    }

    /// One exchange within the limits; the run's total time ends it where it is.
    async fn limited(&self) -> Came {
        let mut sent = 0;
        let asked = timeout_at(self.shared.deadline, async {
            let _host = self.gate.slots.acquire().await;
            let _all = self.shared.at_once.acquire().await;
            self.ask(&mut sent).await
        });
        let raw = match asked.await {
            Ok(raw) => raw,
            Err(_) => Ok(Raw::fault(Fault::Timeout, "the run's total time is over")),
        };
        Came { result: raw.map(|raw| self.facts(&raw)), sent }
    }

    /// One that is not sent, since the one before it got no answer in time.
    fn left_out(&self) -> Came {
        let raw = Raw::fault(Fault::Timeout, "not sent, since the one before got no answer");
        Came { result: Ok(self.facts(&raw)), sent: 0 }
    }

    fn facts(&self, raw: &Raw) -> (Facts, Captured) {
        let prepared = &self.prepared;
        let (mut facts, captured) = answer::facts(raw, prepared, &self.redactor);
        facts.event.clone_from(&prepared.told);
        if let Some(watch) = &prepared.watch {
            facts.length = u64::try_from(raw.body.len()).unwrap_or(u64::MAX);
            facts.leaks = watch.leaks(&String::from_utf8_lossy(&raw.body));
        }
        (facts, captured)
    }

    /// Asks, and once more where that is allowed and promises anything.
    async fn ask(&self, sent: &mut u32) -> Result<Raw, Refusal> {
        let first = self.send(sent).await?;
        let Some(wait) = self.prepared.repeatable.then(|| wait_of(&first)).flatten() else {
            return Ok(first);
        };
        sleep(wait).await;
        self.send(sent).await
    }

    async fn send(&self, sent: &mut u32) -> Result<Raw, Refusal> {
        if self.prepared.watch.is_none() {
            self.gate.space().await;
        }
        let request = self.prepared.request.clone();
        // Nobody may be listening any more; that is no reason to stop.
        let _ = self.shared.events.send(Event::Sending { job: self.id.clone(), request });
        let raw = self.shared.wire.send(&self.prepared.outgoing).await?;
        *sent += u32::from(raw.has_reached_a_host());
        Ok(raw)
    }
}

/// How long to wait before asking again; none where it is no use.
fn wait_of(raw: &Raw) -> Option<Duration> {
    let again = match raw.fault {
        Some((fault, _)) => matches!(fault, Fault::Timeout | Fault::Dns | Fault::Refused),
        None => raw.status == 429 || raw.status >= 500,
    };
    let said = raw.header("retry-after").and_then(|value| value.trim().parse().ok());
    let wait = said.map_or(USUAL_WAIT, Duration::from_secs);
    (again && wait <= LONGEST_WAIT).then_some(wait)
}
