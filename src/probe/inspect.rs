//! Certificates as they are shown, whatever is wrong with them, judged at the run's clock.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
};

use super::tls::{TrustedCa, roots};
use crate::expression::Fact;

const DAY: i64 = 24 * 60 * 60;

/// Later than any certificate holds, so that each tells its end.
const FAR: i64 = 253_402_300_799;

/// Looks at certificates.
pub(crate) struct Inspector {
    roots: RootCertStore,
    provider: Arc<CryptoProvider>,
    clock: i64,
}

/// What was seen, by the names that outcomes read, and in words.
pub(crate) type Seen = (BTreeMap<String, Fact>, String);

impl Inspector {
    /// One that trusts Mozilla's roots and `trusted`, and judges at `clock`.
    pub(crate) fn new(clock: Timestamp, trusted: &[TrustedCa]) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        Self { roots: roots(trusted), provider, clock: clock.as_second() }
    }

    /// A client that takes every certificate, since it sends nothing: the handshake alone is
    /// wanted, and that the server holds the certificate's key is still proved.
    ///
    /// # Errors
    /// Where the cryptography offers no version of TLS that is safe, which it always does.
    pub(crate) fn client(&self) -> Result<ClientConfig, rustls::Error> {
        let config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Any(self.algorithms())))
            .with_no_client_auth();
        Ok(config)
    }

    fn algorithms(&self) -> WebPkiSupportedAlgorithms {
        self.provider.signature_verification_algorithms
    }

    /// Judges a chain, the server's own certificate first; none where that cannot be read.
    pub(crate) fn judge(
        &self,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
    ) -> Option<Seen> {
        let (own, others) = chain.split_first()?;
        let own = ParsedCertificate::try_from(own).ok()?;
        let until = match self.verify(&own, others, FAR) {
            Err(CertificateError::ExpiredContext { not_after, .. }) => seconds(not_after),
            _ => None,
        };
        let from = match self.verify(&own, others, 0) {
            Err(CertificateError::NotValidYetContext { not_before, .. }) => seconds(not_before),
            _ => None,
        };
        // whom it comes from is asked within its own time, so that its age is told apart
        let within = self.clock.min(until.unwrap_or(FAR) - 1).max(from.unwrap_or(0));
        let trusted = self.verify(&own, others, within).is_ok();
        let name_matches = verify_server_name(&own, name).is_ok();
        let valid_yet = from.is_none_or(|from| from <= self.clock);
        let days_left = until.map(|until| (until - self.clock).div_euclid(DAY));
        let mut seen = BTreeMap::from([
            ("trusted".to_owned(), Fact::Bool(trusted)),
            ("name_matches".to_owned(), Fact::Bool(name_matches)),
            ("valid_yet".to_owned(), Fact::Bool(valid_yet)),
        ]);
        seen.extend(days_left.map(|days| ("days_left".to_owned(), Fact::Int(days))));
        let words = match days_left {
            _ if !trusted => "a certificate that is not trusted".to_owned(),
            _ if !name_matches => "a certificate for another name".to_owned(),
            _ if !valid_yet => "a certificate that is not valid yet".to_owned(),
            Some(days) if days < 0 => "an expired certificate".to_owned(),
            Some(1) => "a certificate with 1 day left".to_owned(),
            Some(days) => format!("a certificate with {days} days left"),
            None => "a certificate without an end".to_owned(),
        };
        Some((seen, words))
    }

    fn verify(
        &self,
        own: &ParsedCertificate<'_>,
        others: &[CertificateDer<'_>],
        at: i64,
    ) -> Result<(), CertificateError> {
        let at = UnixTime::since_unix_epoch(Duration::from_secs(at.try_into().unwrap_or(0)));
        let all = self.algorithms().all;
        let verified = verify_server_cert_signed_by_trust_anchor(own, &self.roots, others, at, all);
        verified.map_err(|error| {
            let rustls::Error::InvalidCertificate(wrong) = error else {
                return CertificateError::BadEncoding;
            };
            wrong
        })
    }
}

fn seconds(time: UnixTime) -> Option<i64> {
    i64::try_from(time.as_secs()).ok()
}

/// Takes every certificate and still wants the handshake signed with its key.
#[derive(Debug)]
struct Any(WebPkiSupportedAlgorithms);

impl ServerCertVerifier for Any {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.0)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}
