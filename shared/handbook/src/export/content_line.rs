//! Content lines as vCard (RFC 6350) and iCalendar (RFC 5545) want them: escaped, folded, ended by CRLF.

/// The longest line in octets, its end not counted (RFC 5545, section 3.1).
const LINE_OCTETS: usize = 75;

/// `NAME:value` with its folds and its end. `value` is escaped already.
pub(crate) fn property(name: &str, value: &str) -> String {
    let line = format!("{name}:{value}");
    let mut folded = String::with_capacity(line.len() + line.len() / LINE_OCTETS * 3 + 2);
    let mut width = 0;
    for sign in line.chars().filter(|sign| *sign == '\t' || !sign.is_control()) {
        if width + sign.len_utf8() > LINE_OCTETS {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(sign);
        width += sign.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

/// Text as a value: backslash, comma, semicolon and line break escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.replace("\r\n", "\n").chars() {
        match sign {
            '\\' | ',' | ';' => escaped.extend(['\\', sign]),
            '\n' | '\r' => escaped.push_str("\\n"),
            _ => escaped.push(sign),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_between_letters() {
        let check = |value: &str| {
            let lines = property("NOTE", value);
            assert!(lines.ends_with("\r\n"));
            assert!(lines.split("\r\n").all(|line| line.len() <= LINE_OCTETS), "{lines}");
            assert_eq!(lines.replace("\r\n ", ""), format!("NOTE:{value}\r\n"));
        };
        check("");
        check(&"x".repeat(70));
        check(&"x".repeat(71));
        check(&"ü".repeat(200));
        check(&"a🙂".repeat(99));
    }

    #[test]
    fn what_a_value_may_not_hold() {
        assert_eq!(escaped("a,b;c\\d\r\ne\nf"), "a\\,b\\;c\\\\d\\ne\\nf");
        assert_eq!(property("A", "x\r\nEVIL:1"), "A:xEVIL:1\r\n");
    }
}
