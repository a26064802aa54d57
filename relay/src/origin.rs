//! A public origin: the scheme, host and port under which people reach a relay.

use std::fmt;
use std::str::FromStr;

/// An origin such as `https://rapport.example` in the one spelling that browsers use: lower case,
/// no default port, no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin(String);

/// Why a text is not an origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an origin such as https://rapport.example or http://localhost:7117")]
pub struct NotAnOrigin(String);

impl Origin {
    /// The origin of a relay on this computer.
    #[must_use]
    pub fn localhost(secure: bool, port: u16) -> Self {
        let scheme = if secure { "https" } else { "http" };
        Self::spelled(scheme, "localhost", Some(port))
    }

    /// The spelling that a browser sends and a device signs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same place as the address of a WebSocket, for a Content-Security-Policy.
    #[must_use]
    pub fn socket(&self) -> String {
        format!("ws{}", self.0.strip_prefix("http").unwrap_or(&self.0))
    }

    /// Whether this is the computer that one sits at.
    #[must_use]
    pub fn is_localhost(&self) -> bool {
        let host = self.0.split_once("://").map_or("", |(_, host)| host);
        host == "localhost" || host.starts_with("localhost:")
    }

    fn spelled(scheme: &str, host: &str, port: Option<u16>) -> Self {
        match (scheme, port) {
            ("http", Some(80)) | ("https", Some(443)) | (_, None) => {
                Self(format!("{scheme}://{host}"))
            }
            (_, Some(port)) => Self(format!("{scheme}://{host}:{port}")),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let wrong = || NotAnOrigin(text.to_owned());
        let lower = text.trim().to_ascii_lowercase();
        let (scheme, rest) = lower.split_once("://").ok_or_else(wrong)?;
        if !matches!(scheme, "http" | "https") {
            return Err(wrong());
        }
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match authority.rsplit_once(':') {
            // An IPv6 host has colons of its own inside its brackets.
            Some((host, port)) if !port.ends_with(']') => {
                (host, Some(port.parse::<u16>().map_err(|_| wrong())?))
            }
            _ => (authority, None),
        };
        let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let sound = match bracketed {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => {
                !host.is_empty()
                    && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
            }
        };
        let origin = Self::spelled(scheme, host, port);
        if sound && origin.0.len() <= wire::limits::MAX_ORIGIN { Ok(origin) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_one_spelling() {
        for (given, expected) in [
            ("http://localhost:7117", Some("http://localhost:7117")),
            ("HTTPS://Rapport.Example/", Some("https://rapport.example")),
            ("https://rapport.example:443", Some("https://rapport.example")),
            ("http://rapport.example:80", Some("http://rapport.example")),
            ("http://rapport.example:443", Some("http://rapport.example:443")),
            ("http://[::1]:7117", Some("http://[::1]:7117")),
            ("http://[::1]", Some("http://[::1]")),
            ("rapport.example", None),
            ("ftp://rapport.example", None),
            ("https://rapport.example/app", None),
            ("https://rapport.example?x", None),
            ("https://user@rapport.example", None),
            ("https://rapport.example:99999", None),
            ("https://", None),
            ("https://a b", None),
            ("http://[zz]", None),
        ] {
            assert_eq!(
                given.parse::<Origin>().ok().map(|o| o.0),
                expected.map(String::from),
                "{given}"
            );
        }
    }

    #[test]
    fn this_computer_is_known_by_name() {
        for (given, expected) in [
            ("http://localhost", true),
            ("https://localhost:7117", true),
            ("https://localhost.example", false),
        ] {
            assert_eq!(given.parse::<Origin>().unwrap().is_localhost(), expected, "{given}");
        }
    }

    #[test]
    fn a_socket_keeps_the_scheme_s_security() {
        assert_eq!("https://a.b".parse::<Origin>().unwrap().socket(), "wss://a.b");
        assert_eq!(Origin::localhost(false, 7117).socket(), "ws://localhost:7117");
    }
}
