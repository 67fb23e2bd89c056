//! From what was typed to what is meant: every mistake of usage is found here, before anything is
//! read or sent.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::Timestamp;

use super::check::{CheckArguments, GateName};
use super::show;
use super::start::{self, Local, StartFault};
use crate::pack::{Class, Library, RoleId};
use crate::probe::{Connect, ProxyUrl, Recording, TrustedCa};
use crate::project::read_named;
use crate::report::Format;
use crate::run::{Asked, Gate, Narrowed, Purpose, Receiver};
use crate::source::{Foreign, nearest};

/// What a check run is asked, and what it needs from outside.
pub(super) struct Resolved {
    /// What is asked.
    pub(super) asked: Asked,
    /// Hosts that are connected to elsewhere.
    pub(super) connects: Vec<Connect>,
    /// Certificate authorities.
    pub(super) trust: Vec<TrustedCa>,
    /// The proxy.
    pub(super) proxy: Option<ProxyUrl>,
    /// The recording that answers.
    pub(super) replay: Option<Recording>,
    /// The receiver on this machine, where one is named.
    pub(super) local: Option<Local>,
    /// Formats that are written to files.
    pub(super) outputs: Vec<(Format, PathBuf)>,
}

/// Reads the arguments against the packs.
///
/// # Errors
/// The first mistake, with what to do.
pub(super) fn resolve(
    arguments: &CheckArguments,
    library: &Library,
    (clock, folder): (Timestamp, &std::path::Path),
    replay: Option<Recording>,
) -> Result<Resolved, String> {
    let named = arguments.receiver.iter().filter_map(|written| written.split_once('='));
    let local = start::local(named.map(|(_, url)| url));
    if arguments.start.start.is_some() && local.is_none() {
        return Err(StartFault::NoReceiver.to_string());
    }
    for id in arguments.only.iter().chain(&arguments.skip) {
        known_id(id, library)?;
    }
    let connects = connects(arguments)?;
    let trust = trust(arguments, folder)?;
    let proxy = arguments
        .proxy
        .as_ref()
        .map(|written| written.parse::<ProxyUrl>().map_err(|fault| format!("--proxy: {fault}")));
    let asked = Asked {
        gate: gate(arguments.gate),
        live: arguments.live || replay.is_some(),
        allow_production: arguments.allow_production,
        assume_sandbox: arguments
            .assume_sandbox
            .iter()
            .map(|role| known_role(role, library))
            .collect::<Result<BTreeSet<RoleId>, String>>()?,
        receivers: arguments
            .receiver
            .iter()
            .map(|written| receiver(written, library))
            .collect::<Result<Vec<Receiver>, String>>()?,
        environment: arguments.environment.clone(),
        only: arguments.only.clone(),
        skip: arguments.skip.clone(),
        narrowed: narrowed(arguments, replay.as_ref()),
        rehearsal: false,
        earlier: Vec::new(),
        no_waivers: arguments.no_waivers,
        as_of: None,
        base: None,
        purpose: Purpose {
            release: arguments.release.clone(),
            ticket: arguments.ticket.clone(),
            artifact: arguments.artifact.clone(),
        },
        clock: replay.as_ref().map_or(clock, |recording| recording.clock),
    };
    let mut outputs = Vec::new();
    for written in &arguments.output {
        outputs.push(output(written, folder)?);
    }
    Ok(Resolved { asked, connects, trust, proxy: proxy.transpose()?, replay, local, outputs })
}

pub(super) fn connects(arguments: &CheckArguments) -> Result<Vec<Connect>, String> {
    let read = arguments.connect.iter().map(|written| {
        let read = written.parse::<Connect>();
        read.map_err(|fault| format!("--connect {}: {fault}", shown(written)))
    });
    read.collect()
}

pub(super) fn gate(name: GateName) -> Gate {
    match name {
        GateName::Change => Gate::Change,
        GateName::Sandbox => Gate::Sandbox,
        GateName::Launch => Gate::Launch,
        GateName::Live => Gate::Live,
    }
}

/// What narrows a run from outside. A host that is connected to elsewhere and a proxy are not the
/// provider itself. A replay is as narrow as the run that was recorded.
fn narrowed(arguments: &CheckArguments, replay: Option<&Recording>) -> Vec<Narrowed> {
    let mut narrowed = Vec::new();
    let mut add = |flag: &str, effect: String| {
        narrowed.push(Narrowed { flag: flag.to_owned(), effect });
    };
    if let Some(recording) = replay {
        for (flag, effect) in &recording.narrowed {
            add(&shown(flag).to_string(), shown(effect).to_string());
        }
        add("--replay", "answers come from a recording".to_owned());
        return narrowed;
    }
    for written in &arguments.connect {
        let host = written.split('=').next().unwrap_or_default();
        add("--connect", format!("{} is not the real one", shown(host)));
    }
    for written in arguments.receiver.iter().filter_map(|written| written.split_once('=')) {
        let host =
            url::Url::parse(written.1).ok().and_then(|url| url.host_str().map(str::to_owned));
        let host = host.unwrap_or_else(|| "not a URL".to_owned());
        let started = if arguments.start.start.is_some() { ", started for the check" } else { "" };
        add(
            "--receiver",
            match start::local(std::iter::once(written.1)) {
                Some((place, _)) => format!("a local receiver, {}{started}", shown(&place)),
                None => format!("a receiver named by hand: {}", shown(&host)),
            },
        );
    }
    if !arguments.trust_ca.is_empty() {
        add("--trust-ca", "certificates of another authority are accepted".to_owned());
    }
    if arguments.proxy.is_some() {
        add("--proxy", "addresses are not checked".to_owned());
    }
    narrowed
}

fn known_id(id: &str, library: &Library) -> Result<(), String> {
    let checks = library.checks.iter().map(|check| &*check.id.0);
    let packs = library.packs.iter().map(|pack| pack.id.as_str());
    let known: Vec<&str> = checks.chain(packs).collect();
    if known.contains(&id) {
        return Ok(());
    }
    let help = nearest(id, known.iter().copied()).map_or_else(
        || "`golive list` shows them all".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(format!("there is no check or pack `{}`; {help}", shown(id)))
}

/// The role that a text names.
///
/// # Errors
/// Where no pack has it, with what to do.
pub(super) fn known_role(text: &str, library: &Library) -> Result<RoleId, String> {
    let role: RoleId = text.parse().map_err(|why| format!("`{}`: {why}", shown(text)))?;
    if library.role(&role).is_some() {
        return Ok(role);
    }
    let known: Vec<String> = library
        .packs
        .iter()
        .flat_map(|pack| pack.roles.values())
        .map(|role| role.id.to_string())
        .collect();
    let help = nearest(text, known.iter().map(String::as_str))
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(format!("no pack has the role `{}`{help}", shown(text)))
}

/// `[ENVIRONMENT:]ROLE[=URL]`.
fn receiver(written: &str, library: &Library) -> Result<Receiver, String> {
    let (named, url) = match written.split_once('=') {
        Some((named, url)) => (named, Some(url.to_owned())),
        None => (written, None),
    };
    let (class, role) = match named.split_once(':') {
        Some(("production", role)) => (Class::Production, role),
        Some(("sandbox", role)) => (Class::Sandbox, role),
        Some((other, _)) => {
            return Err(format!("--receiver {}: write sandbox: or production:", shown(other)));
        }
        None => (Class::Sandbox, named),
    };
    if let Some(url) = &url {
        let parsed = url::Url::parse(url).map_err(|_| "--receiver: not a URL".to_owned())?;
        if !matches!(parsed.scheme(), "https" | "http") || !parsed.has_host() {
            return Err("--receiver: write a URL with http or https and a host".to_owned());
        }
    }
    Ok(Receiver { class, role: known_role(role, library)?, url })
}

fn trust(arguments: &CheckArguments, folder: &std::path::Path) -> Result<Vec<TrustedCa>, String> {
    let mut trust = Vec::new();
    for path in &arguments.trust_ca {
        let full = folder.join(path);
        let text = read_named(&full)
            .map_err(|fault| format!("--trust-ca {}: {fault}", show::shown(path)))?;
        let found = TrustedCa::from_pem(text.as_bytes())
            .map_err(|fault| format!("--trust-ca {}: {fault}", show::shown(path)))?;
        trust.push(found);
    }
    Ok(trust)
}

/// `FORMAT=PATH`.
///
/// # Errors
/// Where it is not, with what to do.
pub(super) fn output(written: &str, folder: &std::path::Path) -> Result<(Format, PathBuf), String> {
    let known: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
    let wrong = || {
        format!("--output {}: write FORMAT=PATH with one of {}", shown(written), known.join(", "))
    };
    let (name, path) = written.split_once('=').ok_or_else(wrong)?;
    let format = Format::ALL.into_iter().find(|format| format.as_str() == name);
    Ok((format.ok_or_else(wrong)?, folder.join(path)))
}

/// Text of the command line, fit to be printed.
fn shown(text: &str) -> Foreign {
    Foreign::new(text)
}
