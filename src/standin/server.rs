//! HTTP on loopback, over TLS unless it is told otherwise: everything that comes in is bounded in size, number and time.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HOST, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::StandInFault;

/// Bodies beyond this many bytes are refused.
const MOST_BYTES: usize = 64 << 10;
/// Connections beyond this many wait.
const MOST_CONNECTIONS: usize = 64;
/// How long a caller may take over a handshake, a header or a body.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a caller asked.
pub(super) struct Asked {
    pub(super) method: Method,
    /// The name in the `Host` header without a port, in lower case.
    pub(super) host: String,
    pub(super) path: String,
    /// What follows the question mark.
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
    pub(super) kind: &'static str,
    pub(super) location: Option<String>,
}

impl Answer {
    /// A JSON body.
    pub(super) fn json(status: StatusCode, body: &serde_json::Value) -> Self {
        let body = body.to_string().into_bytes();
        Self { status, body, kind: "application/json", location: None }
    }

    /// `{"detail": ...}`, as Begini words its refusals.
    pub(super) fn detail(status: StatusCode, detail: &str) -> Self {
        Self::json(status, &serde_json::json!({ "detail": detail }))
    }

    fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(Bytes::from(self.body)));
        *response.status_mut() = self.status;
        if let Ok(kind) = self.kind.parse() {
            response.headers_mut().insert(CONTENT_TYPE, kind);
        }
        if let Some(location) = self.location.and_then(|location| location.parse().ok()) {
            response.headers_mut().insert(LOCATION, location);
        }
        response
    }
}

/// Something that answers requests.
pub(super) trait Answers: Send + Sync + 'static {
    /// Answers one request.
    fn answer(&self, asked: Asked) -> impl Future<Output = Answer> + Send;
}

/// A port of this machine; zero is any that is free.
///
/// # Errors
/// Where the system does not give it.
pub(super) fn bind(port: u16) -> Result<(StdListener, SocketAddr), StandInFault> {
    let listener = StdListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(StandInFault::Listen)?;
    listener.set_nonblocking(true).map_err(StandInFault::Listen)?;
    let address = listener.local_addr().map_err(StandInFault::Listen)?;
    Ok((listener, address))
}

/// Serves until it is dropped; plainly where there is no TLS.
pub(super) async fn serve<A: Answers>(
    listener: StdListener,
    tls: Option<ServerConfig>,
    answers: Arc<A>,
) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    let acceptor = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let (acceptor, answers) = (acceptor.clone(), Arc::clone(&answers));
        tokio::spawn(async move {
            match acceptor {
                Some(acceptor) => {
                    if let Ok(Ok(stream)) = timeout(PATIENCE, acceptor.accept(stream)).await {
                        connection(stream, answers).await;
                    }
                }
                None => connection(stream, answers).await,
            }
            drop(place);
        });
    }
}

/// One caller; whatever goes wrong is the caller's, and ends the connection.
async fn connection<S, A>(stream: S, answers: Arc<A>)
where
    S: AsyncRead + AsyncWrite + Unpin,
    A: Answers,
{
    let service = service_fn(move |request| {
        let answers = Arc::clone(&answers);
        async move { Ok::<_, Infallible>(respond(request, &*answers).await.into_response()) }
    });
    let mut http = http1::Builder::new();
    // a date would be read from the system's clock
    http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).auto_date_header(false);
    http.serve_connection(TokioIo::new(stream), service).await.ok();
}

async fn respond<A: Answers>(request: Request<Incoming>, answers: &A) -> Answer {
    let (head, body) = request.into_parts();
    let body = match timeout(PATIENCE, Limited::new(body, MOST_BYTES).collect()).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => return Answer::detail(StatusCode::PAYLOAD_TOO_LARGE, "Body too large"),
        Err(_) => return Answer::detail(StatusCode::REQUEST_TIMEOUT, "Body too slow"),
    };
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let path = head.uri.path().to_owned();
    let query = head.uri.query().unwrap_or_default().to_owned();
    let (method, headers) = (head.method, head.headers);
    answers.answer(Asked { method, host, path, query, headers, body }).await
}
