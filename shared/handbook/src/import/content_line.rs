//! Content lines, which vCard (RFC 6350) and iCalendar (RFC 5545) share: `NAME;PARAM=value:text`, folded.

/// One line in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Property {
    /// In capitals.
    pub(super) name: String,
    /// Names in capitals; of vCard 2.1, which leaves it out, `TYPE`.
    pub(super) params: Vec<(String, Vec<String>)>,
    /// As it stands.
    pub(super) value: String,
}

/// Beyond so many bytes a line is cut: a portrait fits, an attack does not.
pub(super) const MAX_CONTENT_LINE_BYTES: usize = 8 << 20;

/// The lines of a file with their folds undone: a line that begins with a space or a tab goes on the one before, and so does
/// what follows a soft break of vCard 2.1 (`=` at the end of a quoted-printable line). Empty lines are left out.
pub(super) fn lines(text: &str) -> impl Iterator<Item = String> {
    let mut physical = text.lines().peekable();
    std::iter::from_fn(move || {
        let mut line = physical.by_ref().find(|line| !line.trim().is_empty())?.to_owned();
        while let Some(next) = physical.peek() {
            let soft = line.ends_with('=') && is_quoted_printable(&line);
            let more = if soft {
                line.pop();
                *next
            } else if let Some(folded) = next.strip_prefix([' ', '\t']) {
                folded
            } else {
                break;
            };
            if line.len() + more.len() <= MAX_CONTENT_LINE_BYTES {
                line.push_str(more);
            }
            physical.next();
        }
        Some(line)
    })
}

fn is_quoted_printable(line: &str) -> bool {
    line.split(':').next().is_some_and(|head| {
        head.split([';', '=', ',']).any(|word| word.eq_ignore_ascii_case("QUOTED-PRINTABLE"))
    })
}

/// One unfolded line in its parts; `None` if it is no content line.
///
/// Read here and not by the crate `ical`, which loses colons at the beginning of a value and refuses parameters without a name.
pub(super) fn property(line: &str) -> Option<Property> {
    let line = line.trim();
    let end = line.find([';', ':'])?;
    let (name, mut rest) = line.split_at_checked(end)?;
    let mut params = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let end = unquoted(after, &[';', ':'])?;
        let (param, next) = after.split_at_checked(end)?;
        params.push(match param.split_once('=') {
            Some((key, values)) => (key.trim().to_ascii_uppercase(), members(values)),
            None => ("TYPE".to_owned(), vec![param.trim().to_owned()]),
        });
        rest = next;
    }
    let value = rest.strip_prefix(':')?;
    let name = name.trim().to_ascii_uppercase();
    (!name.is_empty()).then(|| Property { name, params, value: value.to_owned() })
}

/// Where the first of these signs stands outside of quotation marks.
fn unquoted(text: &str, signs: &[char]) -> Option<usize> {
    let mut quoted = false;
    let found = text.char_indices().find(|(_, sign)| {
        quoted ^= *sign == '"';
        !quoted && signs.contains(sign)
    });
    found.map(|(at, _)| at)
}

/// The values of a parameter, parted at commas, without their quotation marks.
fn members(mut text: &str) -> Vec<String> {
    let mut members = Vec::new();
    loop {
        let end = unquoted(text, &[',']);
        let (member, rest) = end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""));
        members.push(member.trim().trim_matches('"').to_owned());
        match rest.strip_prefix(',') {
            Some(rest) => text = rest,
            None => return members,
        }
    }
}

/// A parameter by its name in capitals.
pub(super) fn param<'p>(property: &'p Property, wanted: &str) -> Option<&'p str> {
    let (_, values) = property.params.iter().find(|(name, _)| name == wanted)?;
    values.first().map(String::as_str)
}

/// Whether any parameter has one of these values.
pub(super) fn says(property: &Property, wanted: &[&str]) -> bool {
    let values = property.params.iter().flat_map(|(_, values)| values);
    values
        .flat_map(|value| value.split(','))
        .any(|value| wanted.iter().any(|it| value.eq_ignore_ascii_case(it)))
}

/// The whole value, its escapes undone; `None` if there is nothing in it.
pub(super) fn text(property: &Property) -> Option<String> {
    Some(unescaped(&raw(property)).trim().to_owned()).filter(|text| !text.is_empty())
}

/// The components of a structured value, parted at semicolons that are not escaped.
pub(super) fn parts(property: &Property) -> Vec<String> {
    let value = raw(property);
    let mut parts = vec![String::new()];
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        if sign == ';' {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(sign);
            part.extend((sign == '\\').then(|| signs.next()).flatten());
        }
    }
    parts.iter().map(|part| unescaped(part).trim().to_owned()).collect()
}

/// The value as it stands, only quoted-printable undone.
pub(super) fn raw(property: &Property) -> String {
    let value = &property.value;
    if says(property, &["QUOTED-PRINTABLE"]) { from_quoted_printable(value) } else { value.clone() }
}

fn unescaped(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            plain.push(sign);
            continue;
        }
        match signs.next() {
            Some('n' | 'N') => plain.push('\n'),
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

/// What vCard 2.1 wrote for letters beyond ASCII (RFC 2045, section 6.7).
fn from_quoted_printable(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'=') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_are_undone() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(lines(text).collect::<Vec<_>>(), expected, "{text:?}");
        };
        check("A:one\r\n  two\r\nB:x\r\n", &["A:one two", "B:x"]);
        check("A:one \n\ttwo\n\n\nB:x", &["A:one two", "B:x"]);
        check("A;QUOTED-PRINTABLE:x=\ny\nB:z=\nc", &["A;QUOTED-PRINTABLE:xy", "B:z=", "c"]);
        check("", &[]);
    }

    #[test]
    fn parameters_with_and_without_names() {
        let check = |line: &str, wanted: &str| {
            assert!(says(&property(line).unwrap(), &[wanted]), "{line}");
        };
        check("tel;TYPE=home,fax:1", "FAX");
        check("TEL;FAX:1", "fax");
        check("TEL;TYPE=\"fax\":1", "fax");
        check("TEL;HOME;TYPE=a,\"b;c:d\":1", "b;c:d");
        assert_eq!(property("NOTE;X=\"a:b\":::c").unwrap().value, "::c");
        assert_eq!(property("no colon here"), None);
        assert_eq!(property("A;B=\"never closed:1"), None);
        assert_eq!(property(":1"), None);
    }
}
