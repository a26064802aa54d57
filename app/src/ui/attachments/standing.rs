//! Where the bytes of an attachment are, and how that is said.

use leptos::prelude::*;

use crate::{
    texts::attachment as t,
    ui::{
        icons::{Glyph, Icon},
        model::{Holding, Holdings},
    },
};

/// Where the bytes of an attachment are, for its line.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Here and at the relay.
    Here,
    /// Here, and the relay does not have it.
    OnlyHere,
    /// On its way to the relay, so many hundredths.
    Sending(u64),
    /// On its way from there.
    Fetching(u64),
    /// So much came before the line broke.
    Partly(u64),
    /// The relay was asked and does not have it.
    Elsewhere,
    /// Nobody has asked yet.
    NotHere,
}

impl Standing {
    /// Whether it can be opened now.
    pub fn is_here(&self) -> bool {
        matches!(self, Self::Here | Self::OnlyHere | Self::Sending(_))
    }
}

/// What this device knows of the attachment at that address.
pub fn standing(holdings: &Holdings, address: &str) -> Standing {
    let moving = holdings.carried.get(address);
    match (holdings.held.get(address), moving) {
        (Some(Holding::Here { at_relay: false }), Some(on)) if on.up => {
            Standing::Sending(on.percent())
        }
        (Some(Holding::Here { at_relay: true }), _) => Standing::Here,
        (Some(Holding::Here { at_relay: false }), _) => Standing::OnlyHere,
        (_, Some(on)) => Standing::Fetching(on.percent()),
        (Some(Holding::Partly { here, of }), None) => {
            Standing::Partly((here * 100).checked_div(*of).unwrap_or(0))
        }
        (None, None) if holdings.absent.contains(address) => Standing::Elsewhere,
        (None, None) => Standing::NotHere,
    }
}

/// What there is to say; nothing of one that is here and safe.
pub fn state_line(standing: &Standing, who: &str) -> Option<impl IntoView + use<>> {
    let (glyph, words) = match standing {
        Standing::Here => return None,
        Standing::OnlyHere => (Glyph::Tablet, t::only_here().to_owned()),
        Standing::Sending(percent) => (Glyph::Tablet, t::sending(*percent)),
        Standing::Fetching(percent) => (Glyph::Download, t::fetching(*percent)),
        Standing::Partly(percent) => (Glyph::Download, t::partly(*percent)),
        Standing::Elsewhere => (Glyph::WifiOff, t::elsewhere(who)),
        Standing::NotHere => (Glyph::Download, t::not_here().to_owned()),
    };
    Some(view! {
        <p class="attachment-state">
            <Icon glyph=glyph small=true />
            <span>{words}</span>
        </p>
    })
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::ui::model::Carriage;

    #[test]
    fn what_a_device_knows_of_an_attachment() {
        let check = |held: Option<Holding>, carried: Option<(bool, u64)>, absent, expected| {
            let mut holdings = Holdings::default();
            holdings.held.extend(held.map(|held| ("a".to_owned(), held)));
            let carried = carried.map(|(up, done)| Carriage { up, done, of: 200 });
            holdings.carried.extend(carried.map(|it| ("a".to_owned(), it)));
            if absent {
                holdings.absent.insert("a".to_owned());
            }
            assert_eq!(standing(&holdings, "a"), expected);
            assert_eq!(standing(&holdings, "b"), Standing::NotHere);
        };
        let here = |at_relay| Some(Holding::Here { at_relay });
        let partly = Some(Holding::Partly { here: 50, of: 200 });
        check(None, None, false, Standing::NotHere);
        check(None, None, true, Standing::Elsewhere);
        check(None, Some((false, 0)), false, Standing::Fetching(0));
        check(partly, None, false, Standing::Partly(25));
        check(partly, Some((false, 100)), false, Standing::Fetching(50));
        check(here(false), None, false, Standing::OnlyHere);
        check(here(false), Some((true, 100)), false, Standing::Sending(50));
        check(here(true), None, true, Standing::Here);
    }
}
