//! The relay's binary: reads the command line and does what it says.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use relay::command;
use relay::config::{Command, Config, ConfigError, LogFormat};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let config = match Config::load(std::env::args_os()) {
        Ok(config) => config,
        Err(ConfigError::Usage(usage)) => usage.exit(),
        Err(error) => {
            eprintln!("rapport: {error}");
            return ExitCode::from(2);
        }
    };
    log_to_stderr(&config);
    match command::run(config, &mut std::io::stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rapport: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Libraries that print what passes through them at their most talkative. What passes here is
/// sealed, but a set-up token is not.
const DISCREET: [&str; 4] =
    ["hyper=info", "rustls=info", "tokio_tungstenite=info", "tungstenite=info"];

/// Answers go to standard output, the log to standard error: one of them is for programs.
fn log_to_stderr(config: &Config) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = DISCREET.iter().fold(filter, |filter, discreet| match discreet.parse() {
        Ok(directive) => filter.add_directive(directive),
        Err(_) => filter,
    });
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match &config.command {
        Command::Serve(serve) if serve.log_format == LogFormat::Json => log.json().init(),
        _ => log.init(),
    }
}
