//! Under the feature `embed`, writes a table of the built app's files for `include_bytes!`.
//!
//! The folder is named by `RAPPORT_APP_DIR`, because at build time nothing else can say where the
//! built app lies; without the feature no app is needed to compile.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() {
    println!("cargo::rerun-if-env-changed=RAPPORT_APP_DIR");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut table = String::from("&[\n");
    if env::var_os("CARGO_FEATURE_EMBED").is_some() {
        let folder = env::var_os("RAPPORT_APP_DIR")
            .expect("the feature `embed` needs RAPPORT_APP_DIR, the folder of the built app");
        let folder = fs::canonicalize(&folder).expect("RAPPORT_APP_DIR names an existing folder");
        println!("cargo::rerun-if-changed={}", folder.display());
        list(&folder, &folder, &mut table).expect("the built app can be read");
    }
    table.push(']');
    fs::write(out.join("embedded.rs"), table).expect("OUT_DIR can be written");
}

fn list(root: &Path, folder: &Path, table: &mut String) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            list(root, &path, table)?;
        } else {
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy();
            let name = name.replace('\\', "/");
            writeln!(table, "({name:?}, include_bytes!({:?})),", path.display().to_string())
                .expect("a string takes all writes");
        }
    }
    Ok(())
}
