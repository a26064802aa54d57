//! `wasm-bindgen-test-runner`, by which cargo runs WASM tests in a browser (`.cargo/config.toml`).

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
