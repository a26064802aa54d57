//! TLS, for a relay without a proxy in front of it: with a certificate from files, which may be
//! renewed while the relay runs, or with one that it gets by itself ([`acme`]).

pub mod acme;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig};

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or does not hold what it should.
    #[error("cannot use {path}: {source}")]
    Pem {
        /// The file.
        path: PathBuf,
        /// Why.
        source: pem::Error,
    },
    /// Certificate and key do not belong together, or are of no use.
    #[error("cannot use the certificate: {0}")]
    Certificate(#[from] rustls::Error),
    /// One of the two is not named.
    #[error("a certificate needs its key: name both with tls-cert and tls-key")]
    Half,
    /// Two certificates at once.
    #[error("a certificate comes from files or by acme-domain, not both ways")]
    TwoWays,
}

/// A certificate chain and its key, both in PEM files.
#[derive(Debug)]
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<CertifiedKey>>,
}

impl Certificate {
    /// Reads the files.
    ///
    /// # Errors
    /// [`TlsError`] if they cannot be used.
    pub fn load(chain: &Path, key: &Path) -> Result<Self, TlsError> {
        let current = RwLock::new(Arc::new(read(chain, key)?));
        Ok(Self { chain: chain.to_owned(), key: key.to_owned(), current })
    }

    /// Reads them again and says whether they hold another certificate now. Those who are connected
    /// stay so; whoever connects next gets the new one.
    ///
    /// # Errors
    /// [`TlsError`] if they cannot be used; the one from before goes on serving.
    pub fn reload(&self) -> Result<bool, TlsError> {
        let fresh = read(&self.chain, &self.key)?;
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let changed = fresh.cert != current.cert;
        *current = Arc::new(fresh);
        Ok(changed)
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

fn read(certificate: &Path, key: &Path) -> Result<CertifiedKey, TlsError> {
    let wrong = |path: &Path| {
        let path = path.to_owned();
        move |source| TlsError::Pem { path, source }
    };
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(wrong(certificate))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(wrong(key))?;
    Ok(CertifiedKey::from_der(chain, key, &ring::default_provider())?)
}

/// Takes TLS connections with the certificate that `resolver` finds.
///
/// # Errors
/// [`TlsError`] if this program has no TLS to offer.
pub fn acceptor(resolver: Arc<dyn ResolvesServerCert>) -> Result<TlsAcceptor, TlsError> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(resolver);
    config.alpn_protocols = vec![b"http/1.1".to_vec(), acme::CHALLENGE.to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
