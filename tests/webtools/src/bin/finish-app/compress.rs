//! Brotli twins, made once at the highest level so that the relay never compresses while it
//! answers.

use std::path::Path;
use std::{fs, io};

/// The strongest setting of the format; a release can wait for it.
const QUALITY: i32 = 11;
/// log2 of the window: 4 MiB, more than the app's largest file.
const WINDOW: i32 = 22;

/// Writes `file.br` beside `file` where that is smaller, and removes a stale one where it is not.
pub(crate) fn write_twin(file: &Path) -> io::Result<()> {
    let plain = fs::read(file)?;
    let packed = pack(&plain)?;
    let mut twin = file.as_os_str().to_owned();
    twin.push(".br");
    if packed.len() < plain.len() {
        return fs::write(twin, packed);
    }
    match fs::remove_file(twin) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn pack(plain: &[u8]) -> io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: QUALITY,
        lgwin: WINDOW,
        size_hint: plain.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &params)?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_unpacks_to_the_same_bytes() {
        let plain = b"one line that repeats itself\n".repeat(1000);
        let packed = pack(&plain).unwrap();
        assert!(packed.len() < plain.len() / 10, "{} bytes", packed.len());
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, plain);
    }
}
