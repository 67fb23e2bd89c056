//! TLS whose clock is the run's: a certificate is judged at the time that the run is about.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rustls::client::Resumption;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, ClientConfig, RootCertStore};

/// Certificates of `--trust-ca FILE`: authorities that are trusted beside the public ones.
#[derive(Clone, Debug, Default)]
pub struct TrustedCa(Vec<CertificateDer<'static>>);

/// Why a file holds no authority to trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustFault {
    /// There is no certificate in it.
    #[error("no PEM certificate is in this file")]
    Empty,
    /// A certificate in it cannot be read.
    #[error("a certificate in this file cannot be read")]
    Broken,
}

impl TrustedCa {
    /// Reads every certificate of a PEM file.
    ///
    /// # Errors
    /// Where there is none, or one cannot be read.
    pub fn from_pem(pem: &[u8]) -> Result<Self, TrustFault> {
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let certificates = certificates.map_err(|_| TrustFault::Broken)?;
        if certificates.is_empty() {
            return Err(TrustFault::Empty);
        }
        let mut store = RootCertStore::empty();
        for certificate in &certificates {
            store.add(certificate.clone()).map_err(|_| TrustFault::Broken)?;
        }
        Ok(Self(certificates))
    }
}

/// A clock that stands still at the run's.
#[derive(Debug)]
struct Clock(Timestamp);

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.as_second()).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

/// A client that trusts Mozilla's roots and `trusted`, and judges certificates at `clock`.
///
/// # Errors
/// Where the cryptography offers no version of TLS that is safe, which it always does.
pub(crate) fn client(
    clock: Timestamp,
    trusted: &[TrustedCa],
) -> Result<ClientConfig, rustls::Error> {
    let roots = roots(trusted);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_details(provider, Arc::new(Clock(clock)))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// Mozilla's roots and `trusted`.
pub(crate) fn roots(trusted: &[TrustedCa]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    roots.add_parsable_certificates(trusted.iter().flat_map(|ca| ca.0.iter().cloned()));
    roots
}

/// What TLS made of a failed connection, in words of ours; none where it was not TLS that failed.
pub(crate) fn explain(error: &(dyn Error + 'static)) -> Option<&'static str> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(words(tls));
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

fn words(error: &rustls::Error) -> &'static str {
    use CertificateError as Wrong;
    let rustls::Error::InvalidCertificate(wrong) = error else {
        return "the handshake failed";
    };
    if matches!(wrong, Wrong::Expired | Wrong::ExpiredContext { .. }) {
        "the certificate has expired"
    } else if matches!(wrong, Wrong::NotValidYet | Wrong::NotValidYetContext { .. }) {
        "the certificate is not valid yet"
    } else if matches!(wrong, Wrong::NotValidForName | Wrong::NotValidForNameContext { .. }) {
        "the certificate is for another name"
    } else if matches!(wrong, Wrong::UnknownIssuer) {
        "the certificate's issuer is not trusted"
    } else if matches!(wrong, Wrong::Revoked) {
        "the certificate is revoked"
    } else {
        "the certificate is not accepted"
    }
}
