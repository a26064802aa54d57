//! The words with which people open a promise or a next step, in English and German.
//!
//! English keeps its verb in front ("We send the list"). German parts it: the finite verb opens ("Wir schicken die Liste"),
//! also behind what stands first ("Bis Freitag schicken wir die Liste"), and a particle may close ("Ich rufe Frau Voss an");
//! what is to be done is then named with the infinitive behind it ("Die Liste schicken").

use std::sync::LazyLock;

use super::PickKind;

/// Words that open a passage.
#[derive(Debug)]
pub(super) struct Opening {
    /// In lower case, with the space behind them.
    pub(super) words: String,
    /// What they open.
    pub(super) kind: PickKind,
    /// What the text found begins with: a verb that belongs to it, or "sich".
    pub(super) before: &'static str,
    /// What it ends with: an infinitive.
    pub(super) after: &'static str,
    /// The last word of the passage, which the infinitive takes in; empty for none.
    pub(super) particle: &'static str,
    /// Something stands before the verb: what is to be done, or the day.
    pub(super) inverted: bool,
}

/// All openings; of two that fit at the same place, the longer words decide, then the one with a particle.
pub(super) static OPENINGS: LazyLock<Vec<Opening>> = LazyLock::new(|| {
    let plain = |words: &'static str, kind| Opening {
        words: words.to_owned(),
        kind,
        before: "",
        after: "",
        particle: "",
        inverted: false,
    };
    let promises = PROMISES.iter().map(|words| plain(words, PickKind::Promise));
    let verbs = ENGLISH_VERBS
        .iter()
        .map(|(words, verb)| Opening { before: verb, ..plain(words, PickKind::Promise) });
    let steps = STEPS.iter().map(|words| plain(words, PickKind::NextStep));
    promises.chain(verbs).chain(steps).chain(GERMAN_VERBS.iter().flat_map(Verb::openings)).collect()
});

const PROMISES: &[&str] = &[
    "we will ",
    "we'll ",
    "we’ll ",
    "we shall ",
    "i will ",
    "i'll ",
    "i’ll ",
    "we promised to ",
    "i promised to ",
    "we promise to ",
    "i promise to ",
    "we agreed to ",
    "i agreed to ",
    "wir haben zugesagt, ",
    "ich habe zugesagt, ",
    "wir haben versprochen, ",
    "ich habe versprochen, ",
    "zugesagt: ",
    "zusage: ",
    "promise: ",
    "promised: ",
];

/// Openings whose verb belongs to the text.
const ENGLISH_VERBS: &[(&str, &str)] = &[("we send ", "send"), ("we deliver ", "deliver")];

const STEPS: &[&str] = &[
    "next step: ",
    "next: ",
    "todo: ",
    "to do: ",
    "follow up ",
    "asked us to ",
    "asked me to ",
    "asked if ",
    "asked for ",
    "need to ",
    "needs us to ",
    "let's ",
    "nächster schritt: ",
    "nächste schritte: ",
    "als nächstes: ",
    "zu tun: ",
    "zu erledigen: ",
    "noch offen: ",
    "bat um ",
    "bittet um ",
    "bat uns, ",
    "bittet uns, ",
    "fragte, ob ",
    "fragt, ob ",
    "müssen noch ",
    "sollen noch ",
];

/// A German verb with which people promise.
struct Verb {
    /// After "ich".
    ich: &'static str,
    /// After "wir".
    wir: &'static str,
    /// "mich", "uns": then "sich" stands before what is to be done.
    reflexive: bool,
    /// The part that closes the clause.
    particle: &'static str,
    /// Closes what is to be done; empty where the clause closes with it by itself ("werden … schicken").
    infinitive: &'static str,
}

const fn verb(ich: &'static str, wir: &'static str) -> Verb {
    Verb { ich, wir, reflexive: false, particle: "", infinitive: wir }
}

const fn parted(
    ich: &'static str,
    wir: &'static str,
    particle: &'static str,
    infinitive: &'static str,
) -> Verb {
    Verb { ich, wir, reflexive: false, particle, infinitive }
}

const GERMAN_VERBS: &[Verb] = &[
    parted("werde", "werden", "", ""),
    verb("schicke", "schicken"),
    verb("sende", "senden"),
    verb("liefere", "liefern"),
    verb("bringe", "bringen"),
    verb("kläre", "klären"),
    verb("prüfe", "prüfen"),
    verb("erstelle", "erstellen"),
    verb("benenne", "benennen"),
    verb("übernehme", "übernehmen"),
    Verb { reflexive: true, ..verb("melde", "melden") },
    Verb { reflexive: true, ..verb("kümmere", "kümmern") },
    parted("rufe", "rufen", "an", "anrufen"),
    parted("rufe", "rufen", "zurück", "zurückrufen"),
    parted("schicke", "schicken", "zu", "zuschicken"),
    parted("sende", "senden", "zu", "zusenden"),
    parted("reiche", "reichen", "nach", "nachreichen"),
    parted("reiche", "reichen", "ein", "einreichen"),
    parted("bereite", "bereiten", "vor", "vorbereiten"),
    parted("schlage", "schlagen", "vor", "vorschlagen"),
    parted("bringe", "bringen", "mit", "mitbringen"),
    parted("stelle", "stellen", "vor", "vorstellen"),
];

impl Verb {
    /// "ich schicke", "wir schicken", "… schicke ich", "… schicken wir".
    fn openings(&self) -> impl Iterator<Item = Opening> {
        let (mine, ours) = if self.reflexive { ("mich ", "uns ") } else { ("", "") };
        let words = [
            (format!("ich {} {mine}", self.ich), false),
            (format!("wir {} {ours}", self.wir), false),
            (format!("{} ich {mine}", self.ich), true),
            (format!("{} wir {ours}", self.wir), true),
        ];
        let before = if self.reflexive { "sich" } else { "" };
        words.into_iter().map(move |(words, inverted)| Opening {
            words,
            kind: PickKind::Promise,
            before,
            after: self.infinitive,
            particle: self.particle,
            inverted,
        })
    }
}
