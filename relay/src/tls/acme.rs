//! Certificates from an authority that speaks ACME (RFC 8555), such as Let's Encrypt.
//!
//! The authority looks whether this relay answers under the name, by a TLS connection on the public
//! port 443 (tls-alpn-01, RFC 8737); no second port and no file in a web root is needed.

use std::path::Path;
use std::sync::Arc;

use futures_util::StreamExt as _;
use rustls_acme::AcmeConfig;
use rustls_acme::caches::DirCache;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::server::ResolvesServerCert;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};

use super::TlsError;
use crate::config::Acme;

/// The protocol under which the authority connects.
pub(crate) const CHALLENGE: &[u8] = b"acme-tls/1";

/// Gets certificates as `options` say, keeps them in `cache`, and renews them as long as the
/// process runs. Until the first one is there no connection succeeds.
///
/// # Errors
/// [`TlsError`] if the authority's own root cannot be used.
pub fn start(options: &Acme, cache: &Path) -> Result<Arc<dyn ResolvesServerCert>, TlsError> {
    let contact = options.contacts.iter().map(|mail| format!("mailto:{mail}"));
    let mut config = AcmeConfig::new(&options.domains)
        .contact(contact)
        .directory(&options.directory)
        .cache(DirCache::new(cache.to_owned()));
    if let Some(root) = &options.root {
        config = config.client_tls_config(Arc::new(trusting(root)?));
    }
    let mut state = config.state();
    let resolver = state.resolver();
    tokio::spawn(async move {
        while let Some(event) = state.next().await {
            match event {
                Ok(event) => tracing::info!(?event, "certificate"),
                // Tried again by itself, at growing intervals.
                Err(error) => tracing::error!(%error, "no certificate"),
            }
        }
    });
    Ok(resolver)
}

/// Trusts this root alone.
fn trusting(root: &Path) -> Result<ClientConfig, TlsError> {
    let wrong = |source| TlsError::Pem { path: root.to_owned(), source };
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(root).map_err(wrong)? {
        roots.add(certificate.map_err(wrong)?)?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions()?;
    let config: rustls::ClientConfig = config.with_root_certificates(roots).with_no_client_auth();
    Ok(config)
}
