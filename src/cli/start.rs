//! `--start`: the project's own receiver, run for the time of the check and no longer.
//!
//! The command runs in a process group of its own, and a second process, the keeper, ends that
//! group as soon as its input closes. So nothing is left behind, whichever way this process ends:
//! by itself, by Ctrl-C, by a panic or by being killed.

use std::fs::File;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use clap::Args;
use tempfile::NamedTempFile;
use url::{Host, Url};

use crate::project::read_named;
use crate::source::Foreign;

/// What starts a receiver.
#[derive(Clone, Debug, Default, Args)]
pub struct StartArguments {
    /// Run this command in the judged folder for the time of the check, as in "npm start".
    #[arg(
        long,
        value_name = "COMMAND",
        requires_all = ["live", "receiver"],
        conflicts_with_all = ["replay", "plan"]
    )]
    pub start: Option<String>,
    /// How many seconds it may take until its port answers: 60 unless said otherwise.
    #[arg(long, value_name = "SECONDS", requires = "start", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub start_timeout: Option<u64>,
}

/// How long a command is waited for.
const PATIENCE: u64 = 60;
/// How long one attempt to connect may take, and the time between two.
const ATTEMPT: Duration = Duration::from_millis(200);
/// How much of the end of a log is shown.
const TAIL_LINES: usize = 20;

/// Ends the group `$1` when its input closes: first kindly, after two seconds by force.
const KEEPER: &str = "cat >/dev/null; kill -TERM -\"$1\" 2>/dev/null || exit 0; \
    for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 0.2; kill -0 -\"$1\" 2>/dev/null || exit 0; done; \
    kill -KILL -\"$1\" 2>/dev/null";

/// A command that runs until this is dropped.
pub(super) struct Started {
    command: Child,
    keeper: Child,
}

impl Drop for Started {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // the keeper ends by itself within seconds, and the command by it
        let _ = self.keeper.wait();
        let _ = self.command.wait();
    }
}

/// Why there is no receiver.
#[derive(Debug, thiserror::Error)]
pub(super) enum StartFault {
    /// None of the receivers lies on this machine.
    #[error(
        "--start needs a receiver on this machine, as in --receiver ROLE=http://127.0.0.1:3000/hook"
    )]
    NoReceiver,
    /// The port is taken.
    #[error("--start: something listens at {0} already; stop it, or leave --start out to use it")]
    Taken(String),
    /// The command could not be run at all.
    #[error("--start: the command could not be run ({0})")]
    NotRun(io::ErrorKind),
    /// The command ended before its port answered.
    #[error("--start: the command ended ({ended}) before {at} answered{}", tail(.log))]
    Ended {
        /// How it ended.
        ended: String,
        /// The address.
        at: String,
        /// The end of what it wrote.
        log: String,
    },
    /// The port did not answer in time.
    #[error("--start: {at} did not answer within {seconds} s; --start-timeout waits longer{}", tail(.log))]
    Silent {
        /// The address.
        at: String,
        /// How long it was waited for.
        seconds: u64,
        /// The end of what it wrote.
        log: String,
    },
}

fn tail(log: &str) -> String {
    if log.is_empty() {
        return "; it wrote nothing".to_owned();
    }
    let lines: Vec<String> = log.lines().map(|line| format!("\n  | {line}")).collect();
    format!("; the end of what it wrote:{}", lines.concat())
}

/// A receiver on this machine: its address as it is written, and where that is.
pub(super) type Local = (String, Vec<SocketAddr>);

/// The first receiver on this machine.
pub(super) fn local<'u>(urls: impl Iterator<Item = &'u str>) -> Option<Local> {
    urls.filter_map(|url| Url::parse(url).ok()).find_map(|url| {
        let port = url.port_or_known_default()?;
        let is_local = match url.host()? {
            Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
            Host::Ipv4(address) => IpAddr::from(address).is_loopback(),
            Host::Ipv6(address) => IpAddr::from(address).is_loopback(),
        };
        let shown = format!("{}:{port}", url.host_str()?);
        let found = url.socket_addrs(|| None).ok();
        let found = found.or_else(|| Some(shown.to_socket_addrs().ok()?.collect()))?;
        is_local.then_some((shown, found))
    })
}

/// Runs the command in `folder` and waits until the place answers. `hidden` masks what it wrote,
/// which may hold anything.
///
/// # Errors
/// Where it does not come up, with the end of its log.
pub(super) fn start(
    arguments: &StartArguments,
    folder: &Path,
    place: Option<Local>,
    hidden: &dyn Fn(&str) -> String,
) -> Result<Option<Started>, StartFault> {
    let Some(command) = &arguments.start else { return Ok(None) };
    let (at, places) = place.ok_or(StartFault::NoReceiver)?;
    if answers(&places) {
        return Err(StartFault::Taken(at));
    }
    let log = NamedTempFile::new().map_err(|fault| StartFault::NotRun(fault.kind()))?;
    let mut started =
        run(command, folder, &log).map_err(|fault| StartFault::NotRun(fault.kind()))?;
    let written = || {
        let text = read_named(log.path()).unwrap_or_default();
        let text = hidden(&text);
        let lines: Vec<String> = text.lines().map(|line| Foreign::new(line).to_string()).collect();
        lines.get(lines.len().saturating_sub(TAIL_LINES)..).unwrap_or_default().join("\n")
    };
    let seconds = arguments.start_timeout.unwrap_or(PATIENCE);
    let until = Instant::now() + Duration::from_secs(seconds);
    loop {
        if let Ok(Some(status)) = started.command.try_wait() {
            return Err(StartFault::Ended { ended: status.to_string(), at, log: written() });
        }
        if answers(&places) {
            return Ok(Some(started));
        }
        if Instant::now() >= until {
            return Err(StartFault::Silent { at, seconds, log: written() });
        }
        sleep(ATTEMPT);
    }
}

fn answers(places: &[SocketAddr]) -> bool {
    places.iter().any(|place| TcpStream::connect_timeout(place, ATTEMPT).is_ok())
}

fn run(command: &str, folder: &Path, log: &NamedTempFile) -> io::Result<Started> {
    let (out, errors): (File, File) = (log.reopen()?, log.reopen()?);
    let mut shell = shell(command);
    shell.current_dir(folder).stdin(Stdio::null()).stdout(out).stderr(errors);
    let mut command = alone(&mut shell).spawn()?;
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "golive", &command.id().to_string()]);
    keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    match alone(&mut keeper).spawn() {
        Ok(keeper) => Ok(Started { command, keeper }),
        Err(fault) => {
            let _ = command.kill();
            let _ = command.wait();
            Err(fault)
        }
    }
}

fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
    shell
}

/// In a process group of its own, which Ctrl-C at the terminal does not reach.
#[cfg(unix)]
fn alone(command: &mut Command) -> &mut Command {
    std::os::unix::process::CommandExt::process_group(command, 0)
}

/// Elsewhere than on Unix there is no `sh`, and so nothing to be alone.
#[cfg(not(unix))]
fn alone(command: &mut Command) -> &mut Command {
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_local() {
        let found = |url: &str| local(std::iter::once(url)).map(|(shown, _)| shown);
        assert_eq!(found("http://127.0.0.1:3000/hook").as_deref(), Some("127.0.0.1:3000"));
        assert_eq!(found("http://localhost:3000/hook").as_deref(), Some("localhost:3000"));
        assert_eq!(found("http://[::1]:3000/hook").as_deref(), Some("[::1]:3000"));
        for url in ["http://10.0.0.1:3000/", "https://hooks.lender.co.ke/", "nothing"] {
            assert_eq!(found(url), None, "{url}");
        }
    }

    #[test]
    fn the_log_is_quoted_line_by_line() {
        assert_eq!(tail(""), "; it wrote nothing");
        assert_eq!(tail("a\nb"), "; the end of what it wrote:\n  | a\n  | b");
    }
}
