//! A target under the guidance of coverage: libFuzzer. `RAPPORT_FUZZ` names the target; its seeds are written
//! into the folder `RAPPORT_FUZZ_SEEDS`. `cargo xtask fuzz` gives both, and the compiler flags without which nothing is guided.

#![no_main]

use std::sync::OnceLock;

use fuzz::Target;

static TARGET: OnceLock<Target> = OnceLock::new();

libfuzzer_sys::fuzz_target!(
    init: {
        let name = std::env::var("RAPPORT_FUZZ").expect("RAPPORT_FUZZ names a target");
        let target = Target::named(&name).expect("a target of that name");
        if let Some(folder) = std::env::var_os("RAPPORT_FUZZ_SEEDS") {
            for (number, seed) in (target.seeds)().iter().enumerate() {
                let path = std::path::Path::new(&folder).join(format!("seed-{number}"));
                std::fs::write(path, seed).expect("a folder for seeds");
            }
        }
        drop(TARGET.set(target));
    },
    |input| {
        if let Some(target) = TARGET.get() {
            target.check(input);
        }
    }
);
