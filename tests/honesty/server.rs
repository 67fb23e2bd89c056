//! Servers on loopback that behave badly behind real names.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::row::{Certificate, Does, Row, Serve};

/// The sample's receiver in the sandbox, whose name must not be looked up by a test.
const RECEIVER: &str = "hooks-sbx.lender.co.ke";

/// What the program is told to find the servers. They end with the test.
pub(crate) struct Guards {
    /// `--connect` and `--trust-ca`.
    pub arguments: Vec<String>,
}

/// Starts the servers of a row and writes the authority that the run trusts.
pub(crate) fn start(row: &Row, folder: &Path) -> Guards {
    let mut arguments = Vec::new();
    if row.serve.is_empty() {
        return Guards { arguments };
    }
    let (right, pem) = authority("right");
    fs::write(folder.join("ca.pem"), pem).unwrap();
    arguments.extend(["--trust-ca".to_owned(), "ca.pem".to_owned()]);
    let receiver = row.sample.as_ref().map(|_| Serve {
        host: RECEIVER.to_owned(),
        does: Does::Drop,
        certificate: Certificate::Right,
    });
    let own = receiver.filter(|own| row.serve.iter().all(|serve| serve.host != own.host));
    for serve in row.serve.iter().chain(&own) {
        let address = listen(serve, &right);
        arguments.extend(["--connect".to_owned(), format!("{}={address}", serve.host)]);
    }
    Guards { arguments }
}

fn listen(serve: &Serve, right: &Issuer<'static, KeyPair>) -> SocketAddr {
    if serve.does == Does::Refuse {
        // a port of old that nobody listens at; a free one could be taken by another row
        return SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let config = Arc::new(config(serve, right));
    let does = serve.does.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (config, does) = (Arc::clone(&config), does.clone());
            // a caller that gives up is no fault of the server
            thread::spawn(move || stream.and_then(|stream| serve_one(stream, config, &does)).ok());
        }
    });
    address
}

type Tls = StreamOwned<ServerConnection, TcpStream>;

fn serve_one(stream: TcpStream, config: Arc<ServerConfig>, does: &Does) -> std::io::Result<()> {
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut tls = StreamOwned::new(connection, stream);
    take_request(&mut tls)?;
    match does {
        Does::Refuse | Does::Drop => Ok(()),
        Does::Hang => {
            thread::sleep(Duration::from_secs(120));
            Ok(())
        }
        Does::Drip => {
            tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")?;
            for _ in 0..1000 {
                tls.write_all(b" ")?;
                tls.flush()?;
                thread::sleep(Duration::from_millis(500));
            }
            Ok(())
        }
        Does::Answer { status, head, body } => {
            let body = body.as_ref().map_or_else(String::new, |body| body.made().text(0));
            let mut text = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
            for line in head {
                text.push_str(line);
                text.push_str("\r\n");
            }
            tls.write_all(format!("{text}\r\n{body}").as_bytes())?;
            tls.conn.send_close_notify();
            tls.flush()
        }
    }
}

/// Reads a request to its end.
fn take_request(tls: &mut Tls) -> std::io::Result<()> {
    let mut taken = Vec::new();
    let mut piece = [0_u8; 4096];
    loop {
        let read = tls.read(&mut piece)?;
        taken.extend(piece.iter().take(read));
        let text = String::from_utf8_lossy(&taken);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        if read == 0 || body.len() >= length.unwrap_or(0) {
            return Ok(());
        }
    }
}

/// An authority of its own, and its certificate.
fn authority(name: &str) -> (Issuer<'static, KeyPair>, String) {
    let mut about = CertificateParams::default();
    about.distinguished_name.push(DnType::CommonName, name);
    about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    about.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    about.not_before = rcgen::date_time_ymd(2020, 1, 1);
    about.not_after = rcgen::date_time_ymd(2120, 1, 1);
    let key = KeyPair::generate().unwrap();
    let pem = about.self_signed(&key).unwrap().pem();
    (Issuer::new(about, key), pem)
}

fn config(serve: &Serve, right: &Issuer<'static, KeyPair>) -> ServerConfig {
    let name = match serve.certificate {
        Certificate::OtherName => "other.lender.co.ke",
        Certificate::Right | Certificate::Untrusted | Certificate::Expired => &serve.host,
    };
    let until = if serve.certificate == Certificate::Expired { 2021 } else { 2120 };
    let mut about = CertificateParams::new([name.to_owned()]).unwrap();
    about.not_before = rcgen::date_time_ymd(2020, 1, 1);
    about.not_after = rcgen::date_time_ymd(until, 1, 1);
    let key = KeyPair::generate().unwrap();
    let leaf = match serve.certificate {
        Certificate::Untrusted => about.signed_by(&key, &authority("untrusted").0),
        Certificate::Right | Certificate::OtherName | Certificate::Expired => {
            about.signed_by(&key, right)
        }
    };
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.unwrap().into()], key)
        .unwrap()
}
