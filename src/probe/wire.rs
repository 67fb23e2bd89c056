//! Sends one request: to checked addresses only, without ambient proxy, cookies, redirects or
//! decompression, in bounded time and with a bounded answer.

use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HOST, HeaderName, HeaderValue};
use reqwest::{Client, Proxy, Response, redirect, retry};
use tokio::time::Instant;

use super::facts::Fault;
use super::guard::{Refusal, Target};
use super::inspect::Inspector;
use super::prepare::Outgoing;
use super::proxy::ProxyUrl;
use super::tls;
use crate::expression::Fact;
use crate::pack::{Method, Sight};

/// The most of a body that is read, in bytes.
const CAP: usize = 64 * 1024;

/// Said where a name could not be looked up.
pub(crate) const NO_ANSWER: &str = "the name server did not answer";

/// How long one exchange may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For looking a host up, and for connecting with TLS.
    pub connect: Duration,
    /// Between two pieces of the answer.
    pub read: Duration,
    /// For all of it.
    pub total: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(10),
            total: Duration::from_secs(15),
        }
    }
}

/// The way out.
pub(crate) struct Wire {
    pub(crate) tls: rustls::ClientConfig,
    pub(crate) proxy: Option<ProxyUrl>,
    pub(crate) patience: Patience,
    pub(crate) inspector: Inspector,
}

/// An answer as it came: never shown, never kept.
#[derive(Default)]
pub(crate) struct Raw {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) ms: u64,
    pub(crate) fault: Option<(Fault, &'static str)>,
    /// What a look saw, by name.
    pub(crate) seen: BTreeMap<String, Fact>,
    /// The same in words of ours.
    pub(crate) words: Option<String>,
}

impl Raw {
    pub(crate) fn fault(fault: Fault, detail: &'static str) -> Self {
        Self { fault: Some((fault, detail)), ..Self::default() }
    }

    /// Whether anything was connected to: a host without an address was asked nothing, nor was one
    /// whose name leads to an address that is not public.
    pub(crate) fn has_reached_a_host(&self) -> bool {
        let is_not_public = self.seen.get("public") == Some(&Fact::Bool(false));
        !is_not_public && !matches!(self.fault, Some((Fault::Dns, _)))
    }

    /// The value of a header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Why there are no addresses to connect to.
pub(crate) enum NoAddress {
    Refused(Refusal),
    Fault(Fault, &'static str),
}

impl Wire {
    /// Sends once.
    ///
    /// # Errors
    /// Where the host resolves to an address that may not be asked: then nothing was sent.
    pub(crate) async fn send(&self, outgoing: &Outgoing) -> Result<Raw, Refusal> {
        let start = Instant::now();
        let mut raw = match outgoing.sight {
            Some(Sight::Dns) => self.dns(&outgoing.target).await?,
            Some(Sight::Certificate) => self.certificate(&outgoing.target).await?,
            Some(Sight::Page) | None => return self.ask(outgoing).await,
        };
        raw.ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.tell_whether_online(&mut raw, outgoing).await;
        Ok(raw)
    }

    async fn ask(&self, outgoing: &Outgoing) -> Result<Raw, Refusal> {
        let pinned = match self.addresses(&outgoing.target).await {
            Ok(pinned) => pinned,
            Err(NoAddress::Refused(refusal)) => return Err(refusal),
            Err(NoAddress::Fault(fault, detail)) => {
                let mut raw = Raw::fault(fault, detail);
                self.tell_whether_online(&mut raw, outgoing).await;
                return Ok(raw);
            }
        };
        let start = Instant::now();
        let exchange = self.exchange(outgoing, pinned);
        let mut raw = match tokio::time::timeout(self.patience.total, exchange).await {
            Ok(raw) => raw,
            Err(_) => Raw::fault(Fault::Timeout, "the answer was not complete in time"),
        };
        raw.ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(raw)
    }

    /// The addresses that may be connected to: those of the command line, or those that the host
    /// has, each of them checked. Behind a proxy there are none: it looks the host up.
    pub(crate) async fn addresses(&self, target: &Target) -> Result<Vec<SocketAddr>, NoAddress> {
        if let Some(address) = target.connect {
            return Ok(vec![address]);
        }
        if self.proxy.is_some() {
            return Ok(Vec::new());
        }
        if let Some(literal) = target.literal() {
            return target.pin(vec![literal]).map_err(NoAddress::Refused);
        }
        let found = self.look_up(target.url.host_str().unwrap_or_default(), target.port()).await;
        let found = found.map_err(|detail| NoAddress::Fault(Fault::Dns, detail))?;
        target.pin(found).map_err(NoAddress::Refused)
    }

    /// The addresses of a name, none of them checked yet.
    ///
    /// # Errors
    /// Where there is none, in words of ours.
    pub(crate) async fn look_up(&self, host: &str, port: u16) -> Result<Vec<IpAddr>, &'static str> {
        let lookup = tokio::net::lookup_host((host, port));
        let found = match tokio::time::timeout(self.patience.connect, lookup).await {
            Err(_) => return Err(NO_ANSWER),
            Ok(Err(_)) => return Err("the host has no address"),
            Ok(Ok(found)) => found,
        };
        let found: Vec<IpAddr> = found.map(|address| address.ip()).collect();
        if found.is_empty() { Err("the host has no address") } else { Ok(found) }
    }

    async fn exchange(&self, outgoing: &Outgoing, pinned: Vec<SocketAddr>) -> Raw {
        let Some(request) = self.request(outgoing, pinned) else {
            return Raw::fault(Fault::Refused, "the request could not be made");
        };
        match request.send().await {
            Ok(response) => read(response, outgoing).await,
            Err(error) => failed(&error),
        }
    }

    fn request(
        &self,
        outgoing: &Outgoing,
        pinned: Vec<SocketAddr>,
    ) -> Option<reqwest::RequestBuilder> {
        let target = &outgoing.target;
        let client = self.client(target, pinned)?;
        let mut url = target.url.clone();
        let mut host = None;
        if let (Some(address), Some(port)) = (target.connect, url.port()) {
            host = Some(format!("{}:{port}", url.host_str()?));
            url.set_port(Some(address.port())).ok()?;
        }
        let mut request = client.request(method(outgoing.method), url);
        if let Some(host) = host {
            request = request.header(HOST, host);
        }
        for (name, value) in &outgoing.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            let mut value = HeaderValue::from_str(value.expose().expose()).ok()?;
            value.set_sensitive(true);
            request = request.header(name, value);
        }
        Some(match &outgoing.body {
            Some(body) => request.body(body.to_vec()),
            None => request,
        })
    }

    /// A client for one exchange, which knows no address but those that were checked.
    fn client(&self, target: &Target, pinned: Vec<SocketAddr>) -> Option<Client> {
        let proxied = self.proxy.clone().filter(|_| target.connect.is_none());
        let mut builder = Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            .user_agent(concat!("golive/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .http1_only()
            .pool_max_idle_per_host(0)
            .connect_timeout(self.patience.connect)
            .read_timeout(self.patience.read)
            .timeout(self.patience.total)
            .no_proxy();
        builder = match proxied {
            Some(proxy) => builder.proxy(Proxy::all(proxy.url().clone()).ok()?),
            None => builder.dns_resolver(Pinned(Arc::from(pinned))),
        };
        builder.build().ok()
    }
}

/// Resolves every name to the addresses that were checked, and looks nothing up.
struct Pinned(Arc<[SocketAddr]>);

impl Resolve for Pinned {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses = Arc::clone(&self.0);
        Box::pin(async move {
            let all: Vec<SocketAddr> = addresses.to_vec();
            let all: Addrs = Box::new(all.into_iter());
            Ok(all)
        })
    }
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Head => reqwest::Method::HEAD,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}

async fn read(mut response: Response, outgoing: &Outgoing) -> Raw {
    let mut raw = Raw { status: response.status().as_u16(), ..Raw::default() };
    raw.headers = response
        .headers()
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    // of a page nothing but the head is looked at
    while outgoing.sight.is_none() {
        match response.chunk().await {
            Ok(Some(chunk)) if raw.body.len() + chunk.len() > CAP => {
                raw.fault = Some((Fault::TooLarge, "the body is over 64 KiB"));
                break;
            }
            Ok(Some(chunk)) => raw.body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => {
                raw.fault = failed(&error).fault;
                break;
            }
        }
    }
    let leaves = |raw: &Raw| raw.header("location").is_some_and(|to| !outgoing.target.stays(to));
    if raw.fault.is_none() && (300..400).contains(&raw.status) && leaves(&raw) {
        raw.fault = Some((Fault::Redirect, "the answer sends elsewhere"));
    }
    raw
}

/// What became of a request without an answer. Of the error itself nothing is kept: it may hold
/// the URL.
fn failed(error: &reqwest::Error) -> Raw {
    if let Some(detail) = tls::explain(error) {
        Raw::fault(Fault::Tls, detail)
    } else if error.is_timeout() {
        Raw::fault(Fault::Timeout, "the answer was not complete in time")
    } else if is_refused(error) {
        Raw::fault(Fault::Refused, "nothing listens there")
    } else {
        Raw::fault(Fault::Refused, "the connection ended before the answer did")
    }
}

fn is_refused(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|io| io.kind() == io::ErrorKind::ConnectionRefused) {
            return true;
        }
        next = error.source();
    }
    false
}
