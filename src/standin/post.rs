//! The one request that goes out: a signed webhook to the stand-in's own receiver.

use std::net::SocketAddr;
use std::time::Duration;

use rustls::ClientConfig;
use serde_json::json;
use url::Url;

use super::StandInFault;
use super::deployment::Deployment;
use super::digest;

/// More than this of a receiver's answer is not kept, in bytes.
const MOST_BYTES: usize = 4 << 10;

/// Delivers webhooks.
pub(super) struct Post {
    client: reqwest::Client,
    hosts: Vec<String>,
}

/// What a receiver answered.
#[derive(Debug)]
pub(super) struct Delivered {
    pub(super) status: u16,
    pub(super) body: String,
}

/// No answer came: the host of the webhook's URL.
#[derive(Debug)]
pub(super) struct Unreachable(pub(super) String);

impl Post {
    /// Delivers to `hosts` alone, all of which are answered at `receiver`.
    ///
    /// # Errors
    /// Where no client can be set up.
    pub(super) fn new(
        tls: ClientConfig,
        hosts: Vec<String>,
        receiver: SocketAddr,
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
        for host in &hosts {
            client = client.resolve(host, receiver);
        }
        Ok(Self { client: client.build()?, hosts })
    }

    /// Delivers a test event of `deployment` to `url`, signed with the deployment's key. What the
    /// real test event holds is not documented, so its type is one that no receiver knows.
    pub(super) async fn test_event(
        &self,
        deployment: &Deployment,
        url: &str,
        now: u64,
    ) -> Result<Delivered, Unreachable> {
        let Ok(url) = Url::parse(url) else { return Err(Unreachable("an unreadable URL".into())) };
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        let own = url.scheme() == "https" && url.port().is_none() && self.hosts.contains(&host);
        if !own {
            return Err(Unreachable(host));
        }
        let body = json!({
            "uid": "golivestandin",
            "integration_id": deployment.integration_id,
            "event": { "type": "webhook.test", "details": { "sent_at": now } },
        });
        let body = body.to_string();
        let signature = digest::sha512(&deployment.api_key, body.as_bytes());
        let sent = self
            .client
            .post(url)
            .header("Content-Type", "application/json")
            .header("X-Signature", signature)
            .body(body)
            .send()
            .await;
        let Ok(mut answer) = sent else { return Err(Unreachable(host)) };
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
