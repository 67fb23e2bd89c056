//! The stand-in as a whole: a thread with two servers, until it is dropped.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::begini::{Begini, HOST};
use super::certificate::{Authority, crypto};
use super::clock::Clock;
use super::deployment::Deployment;
use super::log::{Log, Received};
use super::post::{Post, Reach};
use super::receiver::{Flaw, Receiver, hosts};
use super::server::{bind, serve};
use super::session::ASSESSMENT;
use crate::source::Secret;

/// How long the self-test waits for a receiver. Begini says "a few seconds".
const PATIENCE: Duration = Duration::from_secs(5);

/// What to stand in for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The moment that certificates, tokens and TLS start from.
    pub clock: Timestamp,
    /// What Begini's dashboard holds.
    pub deployments: Vec<Deployment>,
    /// The lender's pages, which the receiver's server shows, too.
    pub pages: Vec<String>,
    /// The names that the receiver answers to; a webhook to any other is not sent.
    pub hosts: Vec<String>,
    /// What is wrong with the receiver.
    pub flaw: Flaw,
    /// How long the webhook self-test waits for the receiver.
    pub patience: Duration,
}

impl Options {
    /// A right receiver at the addresses that the deployments name.
    pub fn new(clock: Timestamp, deployments: Vec<Deployment>) -> Self {
        let hosts = hosts(&deployments, &[]);
        let pages = Vec::new();
        Self { clock, deployments, pages, hosts, flaw: Flaw::None, patience: PATIENCE }
    }

    /// The same with the lender's pages.
    #[must_use]
    pub fn with_pages(self, pages: Vec<String>) -> Self {
        Self { hosts: hosts(&self.deployments, &pages), pages, ..self }
    }

    /// The same with a receiver that has `flaw`.
    #[must_use]
    pub fn with_flaw(self, flaw: Flaw) -> Self {
        Self { flaw, ..self }
    }
}

/// Why no stand-in could be started.
#[derive(Debug, thiserror::Error)]
pub enum StandInFault {
    /// No port of this machine could be had.
    #[error("cannot listen on loopback: {0}")]
    Listen(std::io::Error),
    /// No thread or runtime could be had.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
    /// No certificates could be made.
    #[error("cannot make certificates: {0}")]
    Certificate(#[from] rcgen::Error),
    /// TLS could not be set up.
    #[error("cannot set up TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The client that delivers webhooks could not be made.
    #[error("cannot set up the delivery of webhooks: {0}")]
    Client(#[from] reqwest::Error),
}

/// A Begini and a lender's receiver on loopback. Both stop when it is dropped.
#[derive(Debug)]
pub struct StandIn {
    ca_pem: String,
    provider: SocketAddr,
    receiver: SocketAddr,
    hosts: Vec<String>,
    log: Log,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl StandIn {
    /// Starts both servers; they answer as soon as this returns.
    ///
    /// # Errors
    /// Where the machine gives no port or thread, or a host of a webhook is no name.
    pub fn start(options: Options) -> Result<Self, StandInFault> {
        let clock = Clock::new(options.clock);
        let authority = Authority::new(clock)?;
        let (provider_listener, provider) = bind(0)?;
        let (receiver_listener, receiver) = bind(0)?;
        let provider_tls = authority.server(&[HOST.to_owned()])?;
        let receiver_tls = authority.server(&options.hosts)?;
        let client = authority.client()?;
        let log = Log::default();
        let mailboxes =
            Receiver::new(&options.deployments, &options.pages, options.flaw, log.clone());
        let reach = Reach::Names(options.hosts.clone(), receiver);
        let begini = Begini {
            post: Post::new(client, reach, options.patience)?,
            deployments: options.deployments.into(),
            token_key: random()?,
            clock,
            log: log.clone(),
            used: Mutex::new(BTreeSet::new()),
            calls_are_signed: false,
            assessment: ASSESSMENT.to_owned(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(StandInFault::Thread)?;
        let (stop, stopped) = oneshot::channel();
        let work = move || {
            runtime.block_on(async move {
                tokio::select! {
                    () = serve(provider_listener, Some(provider_tls), Arc::new(begini)) => {}
                    () = serve(receiver_listener, Some(receiver_tls), Arc::new(mailboxes)) => {}
                    _ = stopped => {}
                }
            });
        };
        let thread = thread::Builder::new().name("stand-in".to_owned()).spawn(work);
        Ok(Self {
            ca_pem: authority.pem().to_owned(),
            provider,
            receiver,
            hosts: options.hosts,
            log,
            stop: Some(stop),
            thread: Some(thread.map_err(StandInFault::Thread)?),
        })
    }

    /// The certificate of the authority that both servers' certificates are signed by.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// Where Begini answers, under the name [`HOST`].
    pub fn provider_addr(&self) -> SocketAddr {
        self.provider
    }

    /// Where the receiver answers, under [`Self::receiver_hosts`].
    pub fn receiver_addr(&self) -> SocketAddr {
        self.receiver
    }

    /// The names that the receiver answers to.
    pub fn receiver_hosts(&self) -> &[String] {
        &self.hosts
    }

    /// What was received so far, oldest first.
    pub fn log(&self) -> Vec<Received> {
        self.log.entries()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// A fresh key that signs tokens.
pub(super) fn random() -> Result<Secret, StandInFault> {
    let mut bytes = [0_u8; 32];
    crypto().secure_random.fill(&mut bytes).map_err(rustls::Error::from)?;
    Ok(Secret::new(hex::encode(bytes)))
}
