//! Settings: the way to the team, import and export, what is true of this device, how it looks.

pub mod device;
pub mod export;
pub mod import;

use handbook::{DocumentId, Record, RecordKey, records::Settings};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::shell::Page;
use crate::{
    platform::{
        dom,
        theme::{self, Theme},
    },
    texts::{roster, settings as t},
    ui::{
        chip::Segment,
        icons::{Glyph, Icon},
        place,
        section::Section,
    },
};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let location = use_location();
    // An address such as /settings#import leads to its part of the page.
    Effect::new(move |_| {
        let hash = location.hash.get();
        let part = hash.trim_start_matches('#').to_owned();
        if !part.is_empty() {
            request_animation_frame(move || dom::scroll_into_view(&part));
        }
    });
    view! {
        <Page title=Signal::stored(t::title().to_owned())>
            <header class="page-head">
                <h1>{t::title()}</h1>
            </header>
            <div class="settings">
                <TeamLink />
                <import::Import />
                <export::Exports />
                <device::Device />
                <Look />
                <FirmSettings />
            </div>
        </Page>
    }
}

#[component]
fn Look() -> impl IntoView {
    let chosen = RwSignal::new(theme::get());
    let choose = Callback::new(move |theme: Theme| {
        chosen.set(theme);
        theme::set(theme);
    });
    view! {
        <Section title=t::look()>
            <div class="settings-row">
                <p>{t::theme()}</p>
                <Segment
                    name="theme"
                    label=t::theme()
                    choices=vec![
                        (Theme::System, t::theme_system()),
                        (Theme::Light, t::theme_light()),
                        (Theme::Dark, t::theme_dark()),
                    ]
                    chosen=chosen
                    on_choose=choose
                />
            </div>
        </Section>
    }
}

/// The team has a page of its own.
#[component]
fn TeamLink() -> impl IntoView {
    view! {
        <div id="team">
            <Section title=roster::title()>
                <ul class="link-list">
                    <li>
                        <a href=super::team::PATH>
                            <span>{roster::lead()}</span>
                            <Icon glyph=Glyph::ChevronEnd small=true />
                        </a>
                    </li>
                </ul>
            </Section>
        </div>
    }
}

#[component]
fn FirmSettings() -> impl IntoView {
    let path = place::edit_path(DocumentId::Firm, RecordKey::only(Settings::KIND));
    view! {
        <Section title=t::firm_settings()>
            <ul class="link-list">
                <li>
                    <a href=path>
                        <span>{t::firm_settings_help()}</span>
                        <Icon glyph=Glyph::ChevronEnd small=true />
                    </a>
                </li>
            </ul>
        </Section>
    }
}
