//! Begini on loopback for a team that builds against it: sessions, the self-test, and every event
//! on demand, delivered to the team's own receiver on the same machine.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::{Notify, oneshot};

use super::StandInFault;
use super::begini::{Begini, HOST};
use super::certificate::Authority;
use super::clock::Clock;
use super::control::Inner;
use super::courier::Courier;
use super::deployment::Deployment;
use super::happening::{Happening, Says};
use super::log::Log;
use super::post::{Post, Reach};
use super::server::{bind, serve};
use super::signal::asked_to_end;
use super::stand_in::random;

/// The page that customers are sent to.
pub(super) const PAGE: &str = "/master/psychometrics";

/// What to stand in for.
#[derive(Clone, Debug)]
pub struct LocalOptions {
    /// The moment that certificates and tokens start from.
    pub clock: Timestamp,
    /// The port; zero is any that is free.
    pub port: u16,
    /// The pairs of keys and ids; the first is what events are signed with unless another is named.
    pub deployments: Vec<Deployment>,
    /// Bodies of events by type.
    pub events: BTreeMap<String, Value>,
    /// Whether calls bear a signature in place of the key.
    pub calls_are_signed: bool,
    /// The events that follow a session by themselves.
    pub journey: Vec<String>,
    /// How often an event that is not taken is sent again.
    pub retries: u32,
    /// How long to wait before that; each time twice as long.
    pub wait: Duration,
    /// How long to wait for the receiver.
    pub patience: Duration,
    /// Whether to serve Begini's own name over TLS.
    pub tls: bool,
}

/// A Begini for development. It stops when it is dropped, when it is told to, and on Ctrl-C.
#[derive(Debug)]
pub struct LocalStandIn {
    /// Where it answers.
    pub address: SocketAddr,
    /// The authority that its certificate is signed by, where it has one.
    pub ca_pem: Option<String>,
    happenings: mpsc::Receiver<Happening>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LocalStandIn {
    /// Starts it; it answers as soon as this returns.
    ///
    /// # Errors
    /// Where the machine gives no such port or no thread.
    pub fn start(options: LocalOptions) -> Result<Self, StandInFault> {
        let clock = Clock::new(options.clock);
        let authority = Authority::new(clock)?;
        let (listener, address) = bind(options.port)?;
        let names = [HOST, "localhost", "127.0.0.1"].map(str::to_owned);
        let tls = options.tls.then(|| authority.server(&names)).transpose()?;
        let (to, happenings) = mpsc::channel();
        let base =
            if options.tls { format!("https://{HOST}") } else { format!("http://{address}") };
        let is_tls = options.tls;
        let inner = Arc::new(inner(options, &authority, Says { clock, to }, &base)?);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(StandInFault::Thread)?;
        let (stop, stopped) = oneshot::channel();
        let work = move || {
            runtime.block_on(async move {
                let told = Arc::clone(&inner);
                tokio::select! {
                    () = serve(listener, tls, Arc::new(inner)) => {}
                    () = told.stop.notified() => {}
                    () = asked_to_end() => {}
                    _ = stopped => {}
                }
            });
        };
        let thread = thread::Builder::new().name("stand-in".to_owned()).spawn(work);
        Ok(Self {
            address,
            ca_pem: is_tls.then(|| authority.pem().to_owned()),
            happenings,
            stop: Some(stop),
            thread: Some(thread.map_err(StandInFault::Thread)?),
        })
    }

    /// Waits for what happens next; none once it has ended.
    pub fn next(&self) -> Option<Happening> {
        self.happenings.recv().ok()
    }
}

impl Drop for LocalStandIn {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn inner(
    options: LocalOptions,
    authority: &Authority,
    says: Says,
    base: &str,
) -> Result<Inner, StandInFault> {
    let post = || Post::new(authority.client()?, Reach::Loopback, options.patience);
    Ok(Inner {
        begini: Begini {
            deployments: options.deployments.into(),
            post: post()?,
            token_key: random()?,
            clock: says.clock,
            log: Log::default(),
            used: Mutex::new(BTreeSet::new()),
            calls_are_signed: options.calls_are_signed,
            assessment: format!("{base}{PAGE}"),
        },
        courier: Courier {
            post: post()?,
            events: options.events,
            retries: options.retries,
            wait: options.wait,
            says: says.clone(),
        },
        journey: options.journey,
        last: Mutex::default(),
        stop: Notify::new(),
        says,
    })
}

#[cfg(test)]
mod tests;
