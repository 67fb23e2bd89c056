//! A server on loopback that counts connections and answers every request alike, over TLS where it
//! has names.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

#[derive(Default)]
struct Seen {
    connections: usize,
    requests: Vec<String>,
}

/// A server; it runs until the test's process ends.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    /// The certificate of its authority, in PEM.
    pub(super) authority: String,
    seen: Arc<Mutex<Seen>>,
}

/// An answer without its length, which is added.
pub(super) fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
    )
}

impl Server {
    /// Answers over TLS under `names` with what `answer` makes of a request.
    pub(super) fn tls(
        names: &[&str],
        answer: impl Fn(&str) -> String + Send + Sync + 'static,
    ) -> Self {
        let (config, authority) = certificate(names);
        Self::start(Some(Arc::new(config)), authority, Arc::new(answer))
    }

    /// Answers plain http with `200`.
    pub(super) fn plain() -> Self {
        Self::start(None, String::new(), Arc::new(|_| answer("200 OK", "", "{}")))
    }

    fn start(
        tls: Option<Arc<ServerConfig>>,
        authority: String,
        answer: Arc<dyn Fn(&str) -> String + Send + Sync>,
    ) -> Self {
        // every address of this machine, so that any spelling of one arrives
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let known = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                known.lock().unwrap().connections += 1;
                let (tls, answer, known) = (tls.clone(), Arc::clone(&answer), Arc::clone(&known));
                std::thread::spawn(move || serve(stream, tls, &*answer, &known));
            }
        });
        Self { address: SocketAddr::from(([127, 0, 0, 1], port)), authority, seen }
    }

    /// How many connections there were.
    pub(super) fn connections(&self) -> usize {
        // one that was made a moment ago may not be counted yet
        std::thread::sleep(Duration::from_millis(30));
        self.seen.lock().unwrap().connections
    }

    /// The requests, whole.
    pub(super) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().requests.clone()
    }
}

fn certificate(names: &[&str]) -> (ServerConfig, String) {
    let mut about = CertificateParams::default();
    about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = about.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(about, key);
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut leaf = CertificateParams::new(names).unwrap();
    leaf.not_before = date_time_ymd(2020, 1, 1);
    leaf.not_after = date_time_ymd(2060, 1, 1);
    let key = KeyPair::generate().unwrap();
    let chain = vec![leaf.signed_by(&key, &issuer).unwrap().into()];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    (config, authority)
}

fn serve(
    stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    answer: &dyn Fn(&str) -> String,
    seen: &Mutex<Seen>,
) {
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    match tls {
        None => handle(stream, answer, seen),
        Some(config) => {
            let connection = ServerConnection::new(config).unwrap();
            handle(StreamOwned::new(connection, stream), answer, seen);
        }
    }
}

fn handle(mut stream: impl Read + Write, answer: &dyn Fn(&str) -> String, seen: &Mutex<Seen>) {
    let request = read(&mut stream);
    if request.is_empty() {
        return;
    }
    seen.lock().unwrap().requests.push(request.clone());
    let _ = stream.write_all(answer(&request).as_bytes());
    let _ = stream.flush();
}

/// A whole request: its head, and as much body as it says.
fn read(stream: &mut impl Read) -> String {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return text,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
        }
    }
}
