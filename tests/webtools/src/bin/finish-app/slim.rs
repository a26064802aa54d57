//! What a browser need not download: the names of functions, which only a debugger reads.
//!
//! The linker cannot leave them out, because wasm-bindgen takes them for its own work before.

use std::ffi::OsStr;
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, ensure};

/// "\0asm" and version 1.
const HEAD: &[u8] = b"\0asm\x01\0\0\0";
/// The id of a section that engines skip.
const CUSTOM: u8 = 0;

/// Takes the section of names out of every WebAssembly module in `dir`.
pub(crate) fn strip_names(dir: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension() == Some(OsStr::new("wasm")) {
            let slim = without_names(&fs::read(&path)?)
                .with_context(|| format!("{} is not WebAssembly", path.display()))?;
            fs::write(&path, slim)?;
        }
    }
    Ok(())
}

fn without_names(module: &[u8]) -> anyhow::Result<Vec<u8>> {
    ensure!(module.starts_with(HEAD), "it begins with other bytes");
    let mut slim = HEAD.to_vec();
    let mut at = HEAD.len();
    while at < module.len() {
        let body = section(module, at)?;
        if !(module[at] == CUSTOM && name(&module[body.clone()])? == b"name") {
            slim.extend_from_slice(&module[at..body.end]);
        }
        at = body.end;
    }
    Ok(slim)
}

/// Where the content of the section lies that begins at `at`.
fn section(module: &[u8], at: usize) -> anyhow::Result<Range<usize>> {
    let (length, size) = number(&module[at + 1..])?;
    let start = at + 1 + size;
    ensure!(length <= module.len() - start, "a section is cut off");
    Ok(start..start + length)
}

/// The name of a custom section.
fn name(body: &[u8]) -> anyhow::Result<&[u8]> {
    let (length, size) = number(body)?;
    body.get(size..size + length).context("a section's name is cut off")
}

/// An unsigned LEB128 number of at most 32 bits, and how many bytes it takes.
fn number(bytes: &[u8]) -> anyhow::Result<(usize, usize)> {
    let mut value = 0;
    for (place, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Ok((value, place + 1));
        }
    }
    anyhow::bail!("a number is cut off")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_go() {
        let section = |id: u8, body: &[u8]| [&[id, body.len() as u8], body].concat();
        let types = section(1, b"types");
        let names = section(CUSTOM, b"\x04name and so on");
        let producers = section(CUSTOM, b"\x09producers");
        let module = [HEAD, &types, &names, &producers].concat();
        assert_eq!(without_names(&module).unwrap(), [HEAD, &types, &producers].concat());
        assert!(without_names(&module[..module.len() - 1]).is_err(), "cut off");
        assert!(without_names(b"<html>").is_err());
    }
}
