//! The one request that goes out: a signed webhook to a receiver on this machine.

use std::net::SocketAddr;
use std::time::Duration;

use rustls::ClientConfig;
use serde_json::json;
use url::{Host, Url};

use super::StandInFault;
use super::deployment::Deployment;
use super::digest;

/// More than this of a receiver's answer is not kept, in bytes.
const MOST_BYTES: usize = 4 << 10;

/// The header that carries the signature.
/// <https://begini.helpjuice.com/webhooks-and-real-time-results/securing-webhooks-hmac>
pub(super) const SIGNATURE: &str = "X-Signature";

/// Where webhooks may go; nowhere else on earth.
pub(super) enum Reach {
    /// To these names over https, all of which are answered at one address.
    Names(Vec<String>, SocketAddr),
    /// To any port of this machine over plain http.
    Loopback,
}

/// Delivers webhooks.
pub(super) struct Post {
    client: reqwest::Client,
    reach: Reach,
}

/// What a receiver answered.
#[derive(Debug)]
pub(super) struct Delivered {
    pub(super) status: u16,
    pub(super) body: String,
}

impl Delivered {
    /// Whether Begini takes the event for delivered: exactly 200 with any JSON.
    /// <https://begini.helpjuice.com/webhooks-and-real-time-results/testing-webhooks>
    pub(super) fn is_taken(&self) -> bool {
        self.status == 200 && serde_json::from_str::<serde_json::Value>(&self.body).is_ok()
    }
}

/// No answer came.
#[derive(Debug)]
pub(super) struct Unreachable {
    /// The host of the webhook's URL.
    pub(super) host: String,
    /// Whether somebody listens there and takes too long.
    pub(super) is_slow: bool,
}

/// Whether plain http reaches this machine and nothing else there.
pub fn is_loopback(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    is_here && url.scheme() == "http" && url.username().is_empty() && url.password().is_none()
}

impl Post {
    /// Delivers within `reach` alone and waits as long as `patience`.
    ///
    /// # Errors
    /// Where no client can be set up.
    pub(super) fn new(
        tls: ClientConfig,
        reach: Reach,
        patience: Duration,
    ) -> Result<Self, StandInFault> {
        let mut client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent("golive-stand-in")
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .pool_max_idle_per_host(0)
            .timeout(patience);
        if let Reach::Names(hosts, receiver) = &reach {
            for host in hosts {
                client = client.resolve(host, *receiver);
            }
        }
        Ok(Self { client: client.build()?, reach })
    }

    /// Delivers a test event of `deployment` to `url`, signed with the deployment's key. What the
    /// real test event holds is not documented, so its type is one that no receiver knows.
    pub(super) async fn test_event(
        &self,
        deployment: &Deployment,
        url: &str,
        now: u64,
    ) -> Result<Delivered, Unreachable> {
        let body = json!({
            "uid": "golivestandin",
            "integration_id": deployment.integration_id,
            "event": { "type": "webhook.test", "details": { "sent_at": now } },
        });
        let body = body.to_string();
        let signature = digest::sha512(&deployment.api_key, body.as_bytes());
        self.deliver(url, body, Some(signature)).await
    }

    /// Delivers a body with a signature, where there is one.
    ///
    /// # Errors
    /// Where no answer came, or none was asked for because the URL is out of reach.
    pub(super) async fn deliver(
        &self,
        url: &str,
        body: String,
        signature: Option<String>,
    ) -> Result<Delivered, Unreachable> {
        let nobody = |host: &str, is_slow| Unreachable { host: host.to_owned(), is_slow };
        let Ok(url) = Url::parse(url) else { return Err(nobody("an unreadable URL", false)) };
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        let own = match &self.reach {
            Reach::Names(names, _) => {
                url.scheme() == "https" && url.port().is_none() && names.contains(&host)
            }
            Reach::Loopback => is_loopback(&url),
        };
        if !own {
            return Err(nobody(&host, false));
        }
        let mut request = self.client.post(url).header("Content-Type", "application/json");
        if let Some(signature) = signature {
            request = request.header(SIGNATURE, signature);
        }
        let sent = request.body(body).send().await;
        let mut answer = sent.map_err(|fault| nobody(&host, fault.is_timeout()))?;
        let status = answer.status().as_u16();
        let mut kept = Vec::new();
        while let Ok(Some(chunk)) = answer.chunk().await {
            let room = MOST_BYTES.saturating_sub(kept.len());
            kept.extend(chunk.iter().take(room));
            if kept.len() >= MOST_BYTES {
                break;
            }
        }
        Ok(Delivered { status, body: String::from_utf8_lossy(&kept).into_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_this_machine_and_nowhere_else() {
        let is_here = |url: &str| is_loopback(&Url::parse(url).unwrap());
        for url in ["http://127.0.0.1:3000/hook", "http://localhost/x", "http://[::1]:8080/"] {
            assert!(is_here(url), "{url}");
        }
        for url in [
            "https://localhost/x",
            "http://localhost.lender.test/",
            "http://10.0.0.1/",
            "http://someone@localhost/",
            "http://169.254.169.254/",
            "file:///etc/hosts",
        ] {
            assert!(!is_here(url), "{url}");
        }
    }
}
