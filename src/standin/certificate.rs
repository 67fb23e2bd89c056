//! An authority of its own, and a certificate for each server. The keys live as long as the
//! stand-in does, and the certificates for three months from its clock, as usual ones do.

use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

use super::StandInFault;
use super::clock::Clock;

const DAY: u64 = 24 * 60 * 60;

/// Signs the certificates of the stand-in's servers.
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    pem: String,
    clock: Clock,
}

impl Authority {
    /// Makes a new authority.
    ///
    /// # Errors
    /// Where keys cannot be made.
    pub(super) fn new(clock: Clock) -> Result<Self, StandInFault> {
        let mut about = CertificateParams::default();
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        about.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        name(&mut about, "golive stand-in authority, trusted by nobody else");
        around(&mut about, clock);
        let key = KeyPair::generate()?;
        let own = about.self_signed(&key)?;
        let pem = own.pem();
        Ok(Self { issuer: Issuer::new(about, key), certificate: own.into(), pem, clock })
    }

    /// Its certificate, for `--trust-ca`.
    pub(super) fn pem(&self) -> &str {
        &self.pem
    }

    /// What a server of these names shows.
    ///
    /// # Errors
    /// Where a name is no host name, or keys cannot be made.
    pub(super) fn server(&self, names: &[String]) -> Result<ServerConfig, StandInFault> {
        let mut about = CertificateParams::new(names)?;
        name(&mut about, "golive stand-in");
        around(&mut about, self.clock);
        let key = KeyPair::generate()?;
        let leaf = about.signed_by(&key, &self.issuer)?;
        let chain = vec![leaf.into(), self.certificate.clone()];
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let mut config = ServerConfig::builder_with_details(crypto(), Arc::new(self.clock))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }

    /// A client that trusts this authority and nobody else.
    ///
    /// # Errors
    /// Where TLS cannot be set up.
    pub(super) fn client(&self) -> Result<ClientConfig, StandInFault> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone())?;
        Ok(ClientConfig::builder_with_details(crypto(), Arc::new(self.clock))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth())
    }
}

/// The cryptography of this crate, chosen here so that no process-wide choice is needed.
pub(super) fn crypto() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn name(about: &mut CertificateParams, common_name: &str) {
    about.distinguished_name.push(DnType::CommonName, common_name);
}

/// Valid from a day before the clock to 90 days after it.
fn around(about: &mut CertificateParams, clock: Clock) {
    let start = rcgen::date_time_ymd(1970, 1, 1);
    about.not_before = start + Duration::from_secs(clock.seconds().saturating_sub(DAY));
    about.not_after = start + Duration::from_secs(clock.seconds().saturating_add(90 * DAY));
}
