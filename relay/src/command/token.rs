//! `rapport token`

use std::io::Write;

use super::{CommandError, data};
use crate::config::Token;
use crate::{clock, token};

pub(super) async fn run(
    command: &Token,
    out: &mut (impl Write + Send),
) -> Result<(), CommandError> {
    let store = data::open(&command.data).await?;
    let token = token::make(&mut clock::randomness());
    store.put_token(token::digest(&token), clock::now(), false).await?;
    writeln!(out, "open {}", token::link(&command.public_origin, &token))?;
    Ok(())
}
