//! The limits that an operator may move. All others are in [`crate::limits`].

use clap::Args;

use crate::limits as given;

/// How much the relay holds and allows.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Bytes of rows in one space; suffixes KiB, MiB, GiB are understood
    #[arg(long, env = "RAPPORT_SPACE_BYTES", default_value_t = given::SPACE_BYTES, value_parser = bytes, value_name = "BYTES")]
    pub space_bytes: u64,

    /// Rows in one space
    #[arg(long, env = "RAPPORT_SPACE_ROWS", default_value_t = given::SPACE_ROWS, value_name = "COUNT")]
    pub space_rows: u64,

    /// Bytes of sealed objects (attachments) in one space
    #[arg(long, env = "RAPPORT_OBJECT_BYTES", default_value_t = given::OBJECT_BYTES, value_parser = bytes, value_name = "BYTES")]
    pub object_bytes: u64,

    /// Frames a second at which a device may go on for ever; beyond that it is slowed down
    #[arg(long, env = "RAPPORT_DEVICE_FRAMES", default_value_t = given::DEVICE_FRAMES_PER_SECOND, value_parser = clap::value_parser!(u64).range(1..), value_name = "COUNT")]
    pub device_frames: u64,

    /// Bytes a second at which a device may go on for ever; beyond that it is slowed down
    #[arg(long, env = "RAPPORT_DEVICE_BYTES", default_value_t = given::DEVICE_BYTES_PER_SECOND, value_parser = bytes, value_name = "BYTES")]
    pub device_bytes: u64,

    /// WebSockets a second that one address may open for ever; more are turned away
    #[arg(long, env = "RAPPORT_ADDRESS_OPENS", default_value_t = given::ADDRESS_OPENS_PER_SECOND, value_parser = clap::value_parser!(u64).range(1..), value_name = "COUNT")]
    pub address_opens: u64,

    /// WebSockets that one address may have open; more are turned away
    #[arg(long, env = "RAPPORT_ADDRESS_SOCKETS", default_value_t = given::ADDRESS_SOCKETS as u64, value_parser = clap::value_parser!(u64).range(1..), value_name = "COUNT")]
    pub address_sockets: u64,

    /// Connections in all; more wait at the door
    #[arg(long, env = "RAPPORT_CONNECTIONS", default_value_t = given::CONNECTIONS as u64, value_parser = clap::value_parser!(u64).range(1..=1_000_000), value_name = "COUNT")]
    pub connections: u64,

    /// Bytes of frames that all connections together may have in work; more are read later
    #[arg(long, env = "RAPPORT_WORK_BYTES", default_value_t = given::WORK_BYTES, value_parser = bytes, value_name = "BYTES")]
    pub work_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            space_bytes: given::SPACE_BYTES,
            space_rows: given::SPACE_ROWS,
            object_bytes: given::OBJECT_BYTES,
            device_frames: given::DEVICE_FRAMES_PER_SECOND,
            device_bytes: given::DEVICE_BYTES_PER_SECOND,
            address_opens: given::ADDRESS_OPENS_PER_SECOND,
            address_sockets: given::ADDRESS_SOCKETS as u64,
            connections: given::CONNECTIONS as u64,
            work_bytes: given::WORK_BYTES,
        }
    }
}

/// A number of bytes, at least one.
fn bytes(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is not a number of bytes such as 65536 or 64MiB");
    let units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)];
    let unit = units.iter().find_map(|(unit, bits)| Some((text.strip_suffix(unit)?, *bits)));
    let (digits, bits) = unit.unwrap_or((text, 0));
    let count: u64 = digits.trim().parse().map_err(|_| wrong())?;
    count.checked_mul(1 << bits).filter(|bytes| *bytes > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_may_have_a_unit() {
        for (given, expected) in [
            ("65536", Some(65_536)),
            ("64MiB", Some(64 << 20)),
            ("2 GiB", Some(2 << 30)),
            ("1KiB", Some(1024)),
            ("0", None),
            ("-1", None),
            ("64MB", None),
            ("99999999TiB", None),
            ("", None),
        ] {
            assert_eq!(bytes(given).ok(), expected, "{given}");
        }
    }

    #[test]
    fn each_limit_is_explained_to_the_operator() {
        let manual = include_str!("../../../docs/operate.md");
        let command = <crate::config::Config as clap::CommandFactory>::command();
        let serve = command.find_subcommand("serve").unwrap();
        let limits = serve.get_arguments().filter(|arg| arg.get_help_heading() == Some("Limits"));
        let names: Vec<_> = limits.filter_map(clap::Arg::get_long).collect();
        assert_eq!(names.len(), 9);
        for name in names {
            assert!(manual.contains(&format!("| `--{name}` |")), "no row for {name}");
        }
    }

    #[test]
    fn without_a_word_the_defaults_are_those_of_the_program() {
        #[derive(clap::Parser)]
        struct Alone {
            #[command(flatten)]
            limits: Limits,
        }
        let parsed = <Alone as clap::Parser>::parse_from(["x"]);
        assert_eq!(parsed.limits, Limits::default());
    }
}
