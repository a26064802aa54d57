//! Attachment.

use crate::typed::{Note, Record};
use crate::value::Moment;

/// The longest picture in [`Attachment::thumbnail`], characters. All devices hold all of them, and a tablet a few thousand.
pub const THUMBNAIL_MAX: usize = 11_000;

/// A photo or a file that belongs to a record.
///
/// What it is stands here; its bytes lie sealed beside the documents, under [`Attachment::address`], and reach a device that
/// asks for them.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Anlage", de_many = "Anlagen", de_help = "Ein Foto oder eine Datei zu einem Eintrag.")]
pub struct Attachment {
    /// The record it belongs to, as kind/id.
    #[field(
        required,
        label = "Belongs to",
        de = "Gehört zu",
        de_help = "Der Eintrag, zu dem sie gehört, als Art/Kennung."
    )]
    pub about: String,
    /// What the file is called.
    #[field(
        required,
        title,
        column,
        search,
        label = "Name",
        de = "Name",
        de_help = "Wie die Datei heißt."
    )]
    pub name: String,
    /// What it shows, in a line.
    #[field(
        column,
        search,
        label = "Caption",
        de = "Beschriftung",
        de_help = "Was darauf zu sehen ist, in einer Zeile."
    )]
    pub caption: String,
    /// What kind of file it is, as browsers name it.
    #[field(
        column,
        label = "File type",
        de = "Dateityp",
        de_help = "Was für eine Datei es ist, wie Browser es nennen."
    )]
    pub media_type: String,
    /// How many bytes it has.
    #[field(required, label = "Bytes", de = "Bytes", de_help = "Wie viele Bytes sie hat.")]
    pub size: Option<i64>,
    /// When the photo was taken, or the file last changed, as the device told it.
    #[field(
        column,
        label = "Taken",
        de = "Aufgenommen",
        de_help = "Wann das Foto aufgenommen oder die Datei zuletzt geändert wurde, wie es das Gerät angibt."
    )]
    pub taken: Option<Moment>,
    /// The hash of its sealed bytes: where they lie.
    #[field(
        required,
        hidden,
        label = "Address",
        de = "Adresse",
        de_help = "Der Hash der versiegelten Bytes: wo sie liegen."
    )]
    pub address: String,
    /// What opens the sealed bytes. Whoever has it and the bytes reads them.
    #[field(
        required,
        hidden,
        label = "Key",
        de = "Schlüssel",
        de_help = "Was die versiegelten Bytes öffnet. Wer ihn und die Bytes hat, kann sie lesen."
    )]
    pub key: Note,
    /// A small picture of it, as a `data:` address; shown before the bytes are here.
    #[field(
        hidden,
        label = "Thumbnail",
        de = "Vorschaubild",
        de_help = "Ein kleines Bild davon; zu sehen, bevor die Bytes da sind."
    )]
    pub thumbnail: Note,
}
