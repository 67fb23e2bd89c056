//! Looks at a host that a setting names: its addresses, its certificate, the head of its answer.
//! Nothing of the project is sent but the name and, for a page, the path.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::facts::{ANSWER, Fault};
use super::filled::Filled;
use super::guard::{Refusal, Rule, Target, admit};
use super::job::Looked;
use super::prepare::{Outgoing, Prepared, Setting, shown_url};
use super::redact::Redactor;
use super::reduce::Wanted;
use super::wire::{NO_ANSWER, NoAddress, Raw, Wire};
use crate::expression::Fact;
use crate::pack::{Method, Sight};
use crate::project::not_public;

/// Admits a look; an error says why it is held back.
pub(crate) fn prepare(
    looked: &Looked,
    wanted: Wanted,
    setting: Setting<'_>,
) -> Result<Prepared, String> {
    let url = Filled::hidden(&looked.role.to_string(), looked.url.clone());
    // that a name leads to a private address is what a look at its addresses is for
    let rule = Rule::Receiver { allows_private: looked.sight == Sight::Dns };
    let secrets = vec![(looked.role.to_string(), looked.url.clone())];
    let redactor = Redactor::on(setting.hidden, secrets);
    let target = admit(&url, rule, setting.connects);
    let target = target.map_err(|refusal| redactor.text(&refusal.to_string()))?;
    let shown = match looked.sight {
        Sight::Page => shown_url(&url, &target),
        Sight::Certificate | Sight::Dns => target.origin.to_string(),
    };
    Ok(Prepared {
        name: ANSWER.to_owned(),
        request: format!("{} {shown}", looked.sight.verb()),
        outgoing: Outgoing {
            method: Method::Get,
            target,
            headers: Vec::new(),
            body: None,
            sight: Some(looked.sight),
            known: looked.known.clone(),
        },
        credential: None,
        class: looked.class,
        creates: None,
        times: 1,
        parallel: false,
        repeatable: true,
        told: None,
        before: 0,
        watch: None,
        wanted,
        sent: Fact::Null,
        claims: None,
        redactor: Arc::new(redactor),
    })
}

impl Wire {
    /// The addresses of a name, and whether its port is open where all of them are public.
    pub(crate) async fn dns(&self, target: &Target) -> Result<Raw, Refusal> {
        if let Some(address) = target.connect {
            let open = self.connect(&[address]).await.is_ok();
            return Ok(resolved(1, true, open, "the address that --connect names"));
        }
        self.unproxied(target)?;
        let found = if let Some(address) = target.literal() {
            vec![address]
        } else {
            let host = target.url.host_str().unwrap_or_default();
            match self.look_up(host, target.port()).await {
                Ok(found) => found,
                Err(NO_ANSWER) => return Ok(Raw::fault(Fault::Dns, NO_ANSWER)),
                Err(_) => {
                    let mut raw = resolved(0, false, false, "the name has no address");
                    raw.seen.insert("resolves".to_owned(), Fact::Bool(false));
                    return Ok(raw);
                }
            }
        };
        if let Some(why) = found.iter().find_map(|address| not_public(*address)) {
            return Ok(resolved(found.len(), false, false, why.as_str()));
        }
        let port = target.port();
        let pinned: Vec<_> = found.iter().map(|one| SocketAddr::new(*one, port)).collect();
        let open = self.connect(&pinned).await.is_ok();
        let state = if open { "is open" } else { "does not answer" };
        let count = found.len();
        let several = if count == 1 { "address" } else { "addresses" };
        let words = format!("{count} public {several}, port {port} {state}");
        Ok(resolved(count, true, open, &words))
    }

    /// The certificate that a host shows.
    pub(crate) async fn certificate(&self, target: &Target) -> Result<Raw, Refusal> {
        if target.connect.is_none() {
            self.unproxied(target)?;
        }
        let pinned = match self.addresses(target).await {
            Ok(pinned) => pinned,
            Err(NoAddress::Refused(refusal)) => return Err(refusal),
            Err(NoAddress::Fault(fault, detail)) => return Ok(Raw::fault(fault, detail)),
        };
        let stream = match self.connect(&pinned).await {
            Ok(stream) => stream,
            Err(fault) => return Ok(fault),
        };
        Ok(self.handshake(target, stream).await)
    }

    async fn handshake(&self, target: &Target, stream: TcpStream) -> Raw {
        let failed = || Raw::fault(Fault::Tls, "the handshake failed");
        let host = target.url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let (Ok(name), Ok(config)) = (ServerName::try_from(host), self.inspector.client()) else {
            return failed();
        };
        let connecting = TlsConnector::from(Arc::new(config)).connect(name.clone(), stream);
        let stream = match timeout(self.patience.connect, connecting).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(_)) => return failed(),
            Err(_) => return Raw::fault(Fault::Timeout, "the handshake was not complete in time"),
        };
        let (_, session) = stream.get_ref();
        let chain = session.peer_certificates().unwrap_or_default();
        match self.inspector.judge(chain, &name) {
            Some((seen, words)) => Raw { seen, words: Some(words), ..Raw::default() },
            None => Raw::fault(Fault::Tls, "the certificate cannot be read"),
        }
    }

    /// A connection to the first of these addresses that answers.
    async fn connect(&self, addresses: &[SocketAddr]) -> Result<TcpStream, Raw> {
        let mut fault = Raw::fault(Fault::Refused, "nothing listens there");
        for address in addresses {
            match timeout(self.patience.connect, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(_)) => {}
                Err(_) => fault = Raw::fault(Fault::Timeout, "no connection in time"),
            }
        }
        Err(fault)
    }

    fn unproxied(&self, target: &Target) -> Result<(), Refusal> {
        match self.proxy {
            Some(_) => Err(Refusal::Proxied(target.host.clone())),
            None => Ok(()),
        }
    }

    /// Where a name has no address: whether any name has one here.
    pub(crate) async fn tell_whether_online(&self, raw: &mut Raw, outgoing: &Outgoing) {
        let nothing = raw.seen.get("resolves") == Some(&Fact::Bool(false))
            || matches!(raw.fault, Some((Fault::Dns, _)));
        let Some(known) = outgoing.known.as_ref().filter(|_| nothing) else { return };
        let online = self.look_up(known, 443).await.is_ok();
        raw.seen.insert(ONLINE.to_owned(), Fact::Bool(online));
    }
}

/// The fact that some other name has an address here.
pub const ONLINE: &str = "online";

fn resolved(addresses: usize, public: bool, open: bool, words: &str) -> Raw {
    let addresses = Fact::Int(i64::try_from(addresses).unwrap_or(i64::MAX));
    let seen = BTreeMap::from([
        ("resolves".to_owned(), Fact::Bool(true)),
        ("public".to_owned(), Fact::Bool(public)),
        ("addresses".to_owned(), addresses),
        ("open".to_owned(), Fact::Bool(open)),
    ]);
    Raw { seen, words: Some(words.to_owned()), ..Raw::default() }
}
