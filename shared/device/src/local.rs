//! Settings of this device alone. They are never synced.
//!
//! What somebody types and has not saved yet lies here, and where they went last: an erasure goes through
//! all of it, in the transaction that deletes the document.

use handbook::erasure::Erasure;

use crate::device::Device;
use crate::keys;
use crate::storage::{Batch, Storage, StorageError, Table, Vault};

/// Signs as settings write them, and white space that no line ends with. A word may begin after one.
const ESCAPED: [(&str, &str); 3] = [("\\n", "\u{2028}"), ("\\r", "\u{2029}"), ("\\t", "\u{b}")];

impl<S: Storage, V: Vault> Device<S, V> {
    /// A setting of this device, or `None`.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.storage.get(Table::Local, &setting(name)).await
    }

    /// Stores or, with `None`, removes a setting of this device. The last writer wins.
    ///
    /// A setting that names records or people is text: lines of parts that tabs divide, line ends and tabs
    /// within them escaped with a backslash, ids as `Display` writes them, several divided by `"; "`. So an erasure takes
    /// out of it what has to go, and leaves the rest.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn set_setting(
        &self,
        name: &str,
        value: Option<Vec<u8>>,
    ) -> Result<(), StorageError> {
        let mut batch = Batch::new();
        match value {
            Some(value) => batch.put(Table::Local, setting(name), value),
            None => batch.delete(Table::Local, setting(name)),
        }
        self.storage.commit(batch).await
    }

    /// Takes out of all settings what is erased.
    pub(crate) async fn forget_in_settings(
        &self,
        erased: &[Erasure],
        batch: &mut Batch,
    ) -> Result<(), StorageError> {
        if erased.is_empty() {
            return Ok(());
        }
        for (key, stored) in self.storage.scan(Table::Local, keys::SETTING).await? {
            let stays =
                erased.iter().try_fold(stored.clone(), |value, it| without(it, &key, &value));
            if stays.as_ref() != Some(&stored) {
                batch.expect(Table::Local, key.clone(), Some(stored));
                match stays {
                    Some(value) => batch.put(Table::Local, key, value),
                    None => batch.delete(Table::Local, key),
                }
            }
        }
        Ok(())
    }
}

fn setting(name: &str) -> String {
    format!("{}{name}", keys::SETTING)
}

/// A setting without what is erased; `None` where nothing is to stay: it is about a record that goes, or it is no text and
/// names one.
fn without(erasure: &Erasure, key: &str, value: &[u8]) -> Option<Vec<u8>> {
    if erasure.is_named_in(key) {
        return None;
    }
    let Ok(text) = std::str::from_utf8(value) else {
        let text = String::from_utf8_lossy(value);
        let stays = !erasure.is_named_in(&text) && erasure.without(&text).is_none();
        return stays.then(|| value.to_vec());
    };
    let lines = text.split_inclusive('\n').filter_map(|line| line_without(erasure, line));
    let stays: String = lines.collect();
    (stays == text || !stays.is_empty()).then(|| stays.into_bytes())
}

/// A line without what is erased; `None` if it is about that.
fn line_without(erasure: &Erasure, line: &str) -> Option<String> {
    let part_without = |part: &str| {
        if !erasure.is_named_in(part) {
            return Some(words_without(erasure, part));
        }
        let members: Vec<&str> =
            part.trim_end().split("; ").filter(|member| !erasure.is_link(member)).collect();
        let stays = !members.is_empty() && !members.iter().any(|it| erasure.is_named_in(it));
        stays.then(|| members.join("; "))
    };
    let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
    let parts: Option<Vec<String>> = line.split('\t').map(part_without).collect();
    parts.map(|parts| parts.join("\t") + end)
}

fn words_without(erasure: &Erasure, part: &str) -> String {
    let plain =
        ESCAPED.iter().fold(part.to_owned(), |text, (sign, space)| text.replace(sign, space));
    match erasure.without(&plain) {
        Some(text) => ESCAPED.iter().fold(text, |text, (sign, space)| text.replace(space, sign)),
        None => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use handbook::records::Contact;
    use handbook::typed::Record;
    use handbook::{RecordId, RecordKey, Row};

    use super::*;

    #[test]
    fn what_is_erased_goes_and_the_rest_stays() {
        let (she, other) = (RecordId::from_bytes([7; 16]), RecordId::from_bytes([8; 16]));
        let mut zoe = Row::empty(Contact::KIND, she);
        for (field, text) in [("given_name", "Zoë"), ("family_name", "Müller")] {
            let place = Contact::KIND.index(field).unwrap();
            zoe.values[place] = handbook::Value::Text(text.to_owned());
        }
        let erasure = Erasure::of(&[zoe], &[RecordKey::new(Contact::KIND, she)]);
        for (name, given, expected) in [
            ("draft/a", "notes\tAsk Zoë Müller\\nsoon\n", Some("notes\tAsk […]\\nsoon\n")),
            ("draft/a", "notes\tAsk\\nZoe Muller\\\\n\n", Some("notes\tAsk\\n[…]\\\\n\n")),
            (
                "draft/a",
                &format!("mood\t1\ncontacts\t{other}; {she}\n"),
                Some(&*format!("mood\t1\ncontacts\t{other}\n")),
            ),
            ("draft/a", &format!("contacts\t{she}\nmood\t1"), Some("mood\t1")),
            ("draft/a", &format!("contacts\t{she}\n"), None),
            (
                "draft/palette",
                &format!("/client/1/contact/{she}\tZoë Müller\tBirch\n/firm\tFirm\t\n"),
                Some("/firm\tFirm\t\n"),
            ),
            (&*format!("draft/comment/contact/{she}"), "text\tYes\n", None),
            ("marker", "", Some("")),
            ("draft/a", "notes\tNothing about her\\n", Some("notes\tNothing about her\\n")),
        ] {
            let stays = without(&erasure, name, given.as_bytes());
            let expected = expected.map(|text| text.as_bytes().to_vec());
            assert_eq!(stays, expected, "{name}: {given}");
        }
        let bytes = |text: &str| [b"\xff\x82", text.as_bytes()].concat();
        assert_eq!(without(&erasure, "imports", &bytes("Zoë Müller.vcf")), None);
        assert_eq!(without(&erasure, "imports", &bytes("all.csv")), Some(bytes("all.csv")));
    }
}
