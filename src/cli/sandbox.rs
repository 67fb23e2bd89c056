//! `golive sandbox`: a provider on this machine, for a team that builds against it.

mod pair;
mod told;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use url::Url;

use super::exit::Finished;
use super::packs::load;
use super::show::shown;
use super::world::World;
use crate::pack::{Algorithm, Pack};
use crate::source::Foreign;
use crate::standin::{LocalOptions, LocalStandIn, is_loopback};
use pair::pairs;
use told::{Told, head};

/// What a finished assessment sends, in this order.
/// <https://begini.helpjuice.com/webhooks-and-real-time-results/webhooks-overview>
const JOURNEY: [&str; 2] = ["application.complete", "psychometric_score.complete"];

/// `golive sandbox`.
#[derive(Debug, Args)]
#[command(
    after_help = "It answers on 127.0.0.1 alone and sends to receivers on this machine alone; its \
    keys are made up when it starts, and of a key that comes from a file nothing is shown. Events on \
    demand: POST /_golive/events/TYPE. Exit codes: 0 ended · 2 the tool could not \
    work.\n\nExamples:\n  golive sandbox begini --receiver http://127.0.0.1:3000/webhooks/begini\n  \
    golive sandbox begini --env .env.sandbox --journey\n  curl -X POST \
    http://127.0.0.1:4010/_golive/events/psychometric_score.complete"
)]
pub struct SandboxArguments {
    /// The provider.
    #[arg(value_enum)]
    pub provider: Provider,
    /// The port; 0 is any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 4010)]
    pub port: u16,
    /// Where events go: a receiver on this machine.
    #[arg(long, value_name = "URL")]
    pub receiver: Option<String>,
    /// Take the sandbox's key, id and receiver from a dotenv file, where it has them.
    #[arg(long, value_name = "FILE")]
    pub env: Option<PathBuf>,
    /// Take this integration id for the sandbox's.
    #[arg(long, value_name = "ID")]
    pub integration_id: Option<String>,
    /// Expect calls to be signed in place of bearing the key.
    #[arg(long)]
    pub hmac: bool,
    /// After each session send what a finished assessment sends.
    #[arg(long)]
    pub journey: bool,
    /// How often an event that is not taken is sent again.
    #[arg(long, value_name = "TIMES", default_value_t = 3, value_parser = clap::value_parser!(u32).range(..=10))]
    pub retries: u32,
    /// Seconds before that; twice as long before each next time.
    #[arg(long, value_name = "SECONDS", default_value_t = 1, value_parser = clap::value_parser!(u64).range(..=60))]
    pub retry_after: u64,
    /// Serve the provider's own name over TLS, so that golive check --live can ask it.
    #[arg(long)]
    pub tls: bool,
    /// Write the authority of its certificate to this file, for --trust-ca.
    #[arg(long, value_name = "FILE", requires = "tls")]
    pub ca: Option<PathBuf>,
}

/// The providers that can be stood in for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Provider {
    /// Begini.
    Begini,
}

/// `golive sandbox`.
pub(super) fn run(world: &World<'_>, arguments: &SandboxArguments) -> Finished {
    match serve(world, arguments) {
        Ok(finished) | Err(finished) => finished,
    }
}

fn serve(world: &World<'_>, arguments: &SandboxArguments) -> Result<Finished, Finished> {
    let Provider::Begini = arguments.provider;
    let library = load(world, &[], None)?;
    let pack = library
        .pack("begini")
        .filter(|pack| {
            pack.signature.as_ref().is_some_and(|scheme| scheme.algorithm == Algorithm::HmacSha512)
        })
        .ok_or_else(|| Finished::cannot("error: the pack of Begini signs otherwise than this"))?;
    let pairs = pairs(world, arguments, pack)?;
    if arguments.journey && pairs.receiver.is_none() {
        return Err(Finished::cannot("error: --journey needs --receiver URL: where events go"));
    }
    let stand_in =
        LocalStandIn::start(options(world, arguments, (pack, &pairs))).map_err(|fault| {
            let port = arguments.port;
            let help =
                "another program may listen there: --port chooses another, 0 any that is free";
            Finished::cannot(format!("error: port {port}: {fault}; {help}"))
        })?;
    let folder = tempfile::tempdir()
        .map_err(|fault| Finished::cannot(format!("error: no temporary folder: {fault}")))?;
    let authority = arguments
        .ca
        .as_ref()
        .map_or_else(|| folder.path().join("ca.pem"), |path| world.folder.join(path));
    if let Some(pem) = &stand_in.ca_pem {
        std::fs::write(&authority, pem)
            .map_err(|fault| Finished::cannot(format!("error: {}: {fault}", shown(&authority))))?;
    }
    let mut told = Told::new(world);
    let named = arguments.ca.as_ref().unwrap_or(&authority);
    (world.given.say)(&head(&stand_in, &pairs, (pack, named)));
    while let Some(happening) = stand_in.next() {
        (world.given.say)(&told.line(&happening));
    }
    Ok(Finished::shown(told.end()))
}

fn options(
    world: &World<'_>,
    arguments: &SandboxArguments,
    (pack, pairs): (&Pack, &pair::Pairs),
) -> LocalOptions {
    let journey: &[&str] = if arguments.journey { &JOURNEY } else { &[] };
    LocalOptions {
        clock: world.clock,
        port: arguments.port,
        deployments: pairs.deployments.clone(),
        events: pack.events.clone(),
        calls_are_signed: arguments.hmac,
        journey: journey.iter().map(|event| (*event).to_owned()).collect(),
        retries: arguments.retries,
        wait: Duration::from_secs(arguments.retry_after),
        patience: Duration::from_secs(5),
        tls: arguments.tls,
    }
}

/// A receiver that is on this machine.
///
/// # Errors
/// What to print where it is not.
fn receiver(url: &str, from: &str) -> Result<String, Finished> {
    let here = Url::parse(url).ok().filter(is_loopback);
    here.map(String::from).ok_or_else(|| {
        Finished::cannot(format!(
            "error: {from}: {} is not on this machine: the stand-in sends to plain http on \
             localhost or 127.0.0.1 alone; `golive check --live --receiver` asks others",
            Foreign::new(url)
        ))
    })
}
