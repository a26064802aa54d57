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
    /// The verb that it ends with, in German.
    pub(super) verb: Option<&'static Verb>,
    /// Something stands before the verb: what is to be done, or the day.
    pub(super) inverted: bool,
}

/// All openings; of two that fit at the same place, the longer words decide.
pub(super) static OPENINGS: LazyLock<Vec<Opening>> = LazyLock::new(|| {
    let plain = |words: &'static str, kind| Opening {
        words: words.to_owned(),
        kind,
        before: "",
        verb: None,
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
#[derive(Debug)]
pub(super) struct Verb {
    /// After "ich".
    ich: &'static str,
    /// After "wir"; the infinitive too.
    wir: &'static str,
    /// "mich", "uns": then "sich" stands before what is to be done.
    reflexive: bool,
    /// Whether it promises anything by itself, or only with a particle ("rufe … an").
    alone: bool,
}

const fn verb(ich: &'static str, wir: &'static str) -> Verb {
    Verb { ich, wir, reflexive: false, alone: true }
}

const fn parted(ich: &'static str, wir: &'static str) -> Verb {
    Verb { alone: false, ..verb(ich, wir) }
}

const fn reflexive(ich: &'static str, wir: &'static str) -> Verb {
    Verb { reflexive: true, ..verb(ich, wir) }
}

/// "werden" itself: the infinitive closes the clause already.
const WILL: &str = "werden";

const GERMAN_VERBS: &[Verb] = &[
    verb("werde", WILL),
    verb("schicke", "schicken"),
    verb("sende", "senden"),
    verb("liefere", "liefern"),
    verb("bringe", "bringen"),
    verb("kläre", "klären"),
    verb("prüfe", "prüfen"),
    verb("erstelle", "erstellen"),
    verb("benenne", "benennen"),
    verb("übernehme", "übernehmen"),
    reflexive("melde", "melden"),
    reflexive("kümmere", "kümmern"),
    parted("rufe", "rufen"),
    parted("reiche", "reichen"),
    parted("bereite", "bereiten"),
    parted("schlage", "schlagen"),
    parted("stelle", "stellen"),
    parted("leite", "leiten"),
];

/// What closes a clause and belongs to its verb.
const PARTICLES: &[&str] = &[
    "ab", "an", "auf", "aus", "bei", "durch", "ein", "fest", "mit", "nach", "vor", "weiter", "zu",
    "zurück", "zusammen",
];

impl Verb {
    /// "ich schicke", "wir schicken", "… schicke ich", "… schicken wir".
    fn openings(&'static self) -> impl Iterator<Item = Opening> {
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
            verb: Some(self),
            inverted,
        })
    }
}

impl Opening {
    /// The passage behind the opening without what belongs to the verb, and the infinitive; `None` where the verb does not
    /// promise anything in it.
    pub(super) fn close<'t>(&self, passage: &'t str) -> Option<(&'t str, String)> {
        let Some(verb) = self.verb.filter(|verb| verb.wir != WILL) else {
            return Some((passage, String::new()));
        };
        let passage = passage.trim_end_matches(['.', ',', '!', ' ']);
        let parted = PARTICLES.iter().find_map(|particle| {
            let rest = passage.strip_suffix(particle)?;
            (rest.is_empty() || rest.ends_with(' '))
                .then(|| (rest, format!("{particle}{}", verb.wir)))
        });
        parted.or_else(|| verb.alone.then(|| (passage, verb.wir.to_owned())))
    }
}
