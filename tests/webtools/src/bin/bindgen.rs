//! `wasm-bindgen`. xtask installs it under that name; rustc does not let a program of ours be built
//! with it.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(std::env::args_os())
}
