//! What stands behind the question mark, taken apart and put together (RFC 3986; a plus reads as a space).

/// Name and text of each part, in order.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let parts = query.trim_start_matches('?').split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, text) = part.split_once('=').unwrap_or((part, ""));
            (decode(name), decode(text))
        })
        .collect()
}

/// A text as it stands in an address.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The text again. What is no proper code stays as it stands; what is no text is shown as such.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_addresses() {
        let check = |text: &str, expected: &str| {
            assert_eq!(encode(text), expected);
            assert_eq!(decode(expected), text);
        };
        check("", "");
        check("key", "key");
        check("Wärme & Licht", "W%C3%A4rme%20%26%20Licht");
        check("50% = half+", "50%25%20%3D%20half%2B");
        check("2020-01-01..", "2020-01-01..");
    }

    #[test]
    fn what_people_type_into_an_address() {
        let check = |text: &str, expected: &str| assert_eq!(decode(text), expected);
        check("a+b", "a b");
        check("100%", "100%");
        check("%4", "%4");
        check("%zz%41", "%zzA");
        check("%ff", "\u{fffd}");
    }

    #[test]
    fn parts() {
        let check = |query: &str, expected: &[(&str, &str)]| {
            let found = pairs(query);
            let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, expected);
        };
        check("", &[]);
        check("?a=1&b", &[("a", "1"), ("b", "")]);
        check("a=1&&a=2=3", &[("a", "1"), ("a", "2=3")]);
    }
}
