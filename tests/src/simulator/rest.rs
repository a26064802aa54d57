//! When a team is at rest: everybody is here, and has everything that the relay has, and the relay
//! everything of theirs.

use std::rc::Rc;

use replica::LinkState;

use super::tab::Tab;
use super::world::World;
use super::{erase, line};

/// Who is not at rest, and why.
pub(super) fn unrest(world: &World) -> String {
    let head = line::head(world);
    let mut unrest = String::new();
    for profile in &*world.profiles.borrow() {
        if profile.gone.get() {
            continue;
        }
        let troubled =
            |tab: &Rc<Tab>| tab.open_device().is_some_and(|device| !device.troubled().is_empty());
        let tabs = profile.living();
        if tabs.len() < profile.tabs_wanted {
            unrest += &format!("{} has {} tabs; ", profile.name, tabs.len());
        }
        for tab in tabs {
            let link = tab.link.borrow().clone();
            let Some(device) = tab.open_device() else {
                unrest += &format!("{} is not open; ", tab.name());
                continue;
            };
            if tab.drives.get() && link != Some(LinkState::Live) {
                unrest += &format!("{} is {link:?}; ", tab.name());
            }
            if !tab.events.is_empty() || !tab.notices.is_empty() {
                unrest += &format!("{} is busy; ", tab.name());
            }
            // What waits for another build of the app waits with it: a document whose beginning was set
            // aside cannot take over what was written to the one before.
            let unsynced = if troubled(&tab) { 0 } else { device.unsynced() };
            let cursor = device.place().map(|place| place.cursor);
            if unsynced > 0 || cursor != Some(head) {
                unrest +=
                    &format!("{} is at {cursor:?} of {head}, {unsynced} unsynced; ", tab.name());
            }
        }
        if erase::waits(profile) && !profile.living().iter().any(troubled) {
            unrest += &format!("an erasure waits at {}; ", profile.name);
        }
        if profile.drivers().is_empty() {
            unrest += &format!("nobody drives {}; ", profile.name);
        }
    }
    unrest
}
