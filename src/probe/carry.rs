//! Carries ready jobs out, over the wire: several at a time, few to one host, all within the run's
//! total time.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::exchange::{Gate, Shared, carry};
use super::inspect::Inspector;
use super::job::{Job, NotSent};
use super::perform::{Event, LiveOptions};
use super::prepare::{Prepared, Setting, prepare};
use super::recording::Recorded;
use super::redact::Redactor;
use super::tls;
use super::wire::Wire;
use crate::source::Secret;

/// How many exchanges go on at once.
const AT_ONCE: usize = 8;
/// Values that were captured, by name and path.
pub(crate) type Captured = BTreeMap<(String, String), Secret>;

/// Carries jobs out: over the wire, or from a recording.
pub(crate) trait Carrier {
    /// Takes on a job whose needs are met.
    fn start(&mut self, index: usize, job: Job);
    /// Waits until a job is done; none where there is no job left.
    fn next(&mut self, progress: &dyn Fn(Event)) -> Option<(usize, Carried)>;
}

/// A job, carried out.
#[derive(Default)]
pub(crate) struct Carried {
    /// Its exchanges in order.
    pub(crate) exchanges: Vec<Recorded>,
    /// What was captured.
    pub(crate) captured: Captured,
    /// Why it was not sent, or not wholly.
    pub(crate) not_sent: Option<NotSent>,
}

/// The wire as a carrier.
pub(crate) struct Live<'a> {
    runtime: Option<Runtime>,
    shared: Arc<Shared>,
    events: mpsc::UnboundedReceiver<Event>,
    tasks: JoinSet<(usize, Carried)>,
    refused: VecDeque<(usize, Carried)>,
    gates: BTreeMap<String, Arc<Gate>>,
    hidden: Arc<Redactor>,
    options: &'a LiveOptions,
}

impl<'a> Live<'a> {
    /// Starts a runtime.
    ///
    /// # Errors
    /// Where the machine cannot: in words of ours.
    pub(crate) fn new(options: &'a LiveOptions) -> Result<Self, String> {
        let broken = |_| "the machine offers no way to the network".to_owned();
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("golive-probe")
            .enable_io()
            .enable_time()
            .build()
            .map_err(broken)?;
        let tls = tls::client(options.clock, &options.trust);
        let tls = tls.map_err(|_| "the machine offers no safe version of TLS".to_owned())?;
        let (sender, events) = mpsc::unbounded_channel();
        let inspector = Inspector::new(options.as_at.unwrap_or(options.clock), &options.trust);
        let (proxy, patience) = (options.proxy.clone(), options.patience);
        let wire = Wire { tls, proxy, patience, inspector };
        let shared = Shared {
            wire,
            at_once: Semaphore::new(AT_ONCE),
            deadline: Instant::now() + options.deadline.0,
            events: sender,
        };
        Ok(Self {
            runtime: Some(runtime),
            shared: Arc::new(shared),
            events,
            tasks: JoinSet::new(),
            refused: VecDeque::new(),
            gates: BTreeMap::new(),
            hidden: Arc::new(Redactor::new(options.hidden.clone())),
            options,
        })
    }

    fn gate(&mut self, prepared: &Prepared) -> Arc<Gate> {
        let host = prepared.outgoing.target.host.raw().to_owned();
        let gate = self.gates.entry(host).or_insert_with(|| Arc::new(Gate::new()));
        Arc::clone(gate)
    }
}

impl Drop for Live<'_> {
    fn drop(&mut self) {
        // A look-up may hang in the system's resolver: nobody waits for it.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Carrier for Live<'_> {
    fn start(&mut self, index: usize, job: Job) {
        let hidden = Arc::clone(&self.hidden);
        let setting =
            Setting { connects: &self.options.connects, hidden: &hidden, planning: false };
        let mut ready = Vec::new();
        let mut carried = Carried::default();
        for (name, prepared) in prepare(&job, setting) {
            match prepared {
                Ok(prepared) => {
                    let gate = self.gate(&prepared);
                    ready.push((Arc::new(prepared), gate));
                }
                Err(why) => {
                    carried.exchanges.push(Recorded::held_back(&job.id, &name, "", &why));
                    carried.not_sent.get_or_insert(NotSent::HeldBack(why));
                }
            }
        }
        if carried.not_sent.is_some() {
            self.refused.push_back((index, carried));
            return;
        }
        let Some(runtime) = &self.runtime else { return };
        let shared = Arc::clone(&self.shared);
        let work = async move { (index, carry(shared, job.id, ready).await) };
        self.tasks.spawn_on(work, runtime.handle());
    }

    fn next(&mut self, progress: &dyn Fn(Event)) -> Option<(usize, Carried)> {
        if let Some(refused) = self.refused.pop_front() {
            return Some(refused);
        }
        let runtime = self.runtime.as_ref()?;
        let (tasks, events) = (&mut self.tasks, &mut self.events);
        let joined = runtime.block_on(async {
            loop {
                tokio::select! {
                    biased;
                    Some(event) = events.recv() => progress(event),
                    joined = tasks.join_next() => break joined,
                }
            }
        });
        match joined? {
            Ok(done) => Some(done),
            // A crash is a bug wherever it happens: it goes on in the caller.
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => None,
            },
        }
    }
}
