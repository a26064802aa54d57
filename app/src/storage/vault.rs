//! A key that cannot leave the browser profile, to wrap the secrets that are stored.
//!
//! WebCrypto makes it non-extractable and IndexedDB keeps the `CryptoKey` itself: script can use it and
//! never see it. That guards stored secrets against whoever copies files of the profile, not against code
//! that runs in the app.

use device::storage::{Vault, VaultError};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey, SubtleCrypto};

use super::index::Index;

const ALGORITHM: &str = "AES-GCM";
const KEY_BITS: u16 = 256;
/// Bound into every sealing, so that nothing else under this key can pass for a wrapped secret.
const LABEL: &[u8] = b"rapport/vault/1";
/// The first byte of what is stored.
const VERSION: u8 = 1;
/// A random nonce of 96 bits is what AES-GCM is made for; we wrap a few dozen secrets in the life of a key.
const NONCE_BYTES: usize = 12;

/// The vault of this browser profile, shared by all its spaces and tabs.
#[derive(Clone, Debug)]
pub struct BrowserVault {
    key: CryptoKey,
}

impl BrowserVault {
    /// Opens the vault, making its key at the first time. Of two tabs that make one at once, both use the first.
    pub async fn open(index: &Index) -> Result<Self, VaultError> {
        let stored = match index.vault_key().await.map_err(failed)? {
            Some(stored) => stored,
            None => {
                let made = make_key().await.map_err(|error| broken(&error))?;
                index.keep_vault_key(&made).await.map_err(failed)?
            }
        };
        let key = stored.dyn_into().map_err(|other| broken(&other))?;
        Ok(Self { key })
    }
}

impl Vault for BrowserVault {
    async fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(failed)?;
        let sealing = subtle()
            .and_then(|subtle| {
                subtle.encrypt_with_object_and_u8_array(&parameters(&nonce), &self.key, secret)
            })
            .map_err(|error| broken(&error))?;
        let sealed = JsFuture::from(sealing).await.map_err(|error| broken(&error))?;
        let mut wrapped = vec![VERSION];
        wrapped.extend_from_slice(&nonce);
        wrapped.extend(Uint8Array::new(&sealed).to_vec());
        Ok(wrapped)
    }

    async fn unwrap(&self, wrapped: &[u8]) -> Result<Vec<u8>, VaultError> {
        let Some((&[VERSION], rest)) = wrapped.split_first_chunk::<1>() else {
            return Err(VaultError::Foreign);
        };
        let Some((nonce, sealed)) = rest.split_first_chunk::<NONCE_BYTES>() else {
            return Err(VaultError::Foreign);
        };
        let opening = subtle()
            .and_then(|subtle| {
                subtle.decrypt_with_object_and_u8_array(&parameters(nonce), &self.key, sealed)
            })
            .map_err(|error| broken(&error))?;
        match JsFuture::from(opening).await {
            Ok(opened) => Ok(Uint8Array::new(&opened).to_vec()),
            Err(error) => Err(match error.dyn_ref::<web_sys::DomException>() {
                Some(exception) if exception.name() == "OperationError" => VaultError::Foreign,
                _ => broken(&error),
            }),
        }
    }
}

async fn make_key() -> Result<CryptoKey, JsValue> {
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let wanted = AesKeyGenParams::new(ALGORITHM, KEY_BITS);
    let making = subtle()?.generate_key_with_object(&wanted, false, &usages)?;
    JsFuture::from(making).await?.dyn_into()
}

fn parameters(nonce: &[u8; NONCE_BYTES]) -> AesGcmParams {
    let parameters =
        AesGcmParams::new_with_u8_array(ALGORITHM, &Uint8Array::from(nonce.as_slice()));
    parameters.set_additional_data_u8_array(&Uint8Array::from(LABEL));
    parameters
}

/// Absent on an insecure origin.
fn subtle() -> Result<SubtleCrypto, JsValue> {
    let crypto = web_sys::window().ok_or(JsValue::UNDEFINED)?.crypto()?;
    let subtle: JsValue = js_sys::Reflect::get(&crypto, &"subtle".into())?;
    subtle.dyn_into().map_err(|_| JsValue::from_str("this origin has no WebCrypto"))
}

fn failed(error: impl ToString) -> VaultError {
    VaultError::Failed(error.to_string())
}

fn broken(error: &JsValue) -> VaultError {
    VaultError::Failed(match error.dyn_ref::<web_sys::DomException>() {
        Some(exception) => format!("{}: {}", exception.name(), exception.message()),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    })
}
