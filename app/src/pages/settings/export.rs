//! Everything on this device as files in open formats.

use handbook::{Kind, agenda::Topic, attention::team::Who};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    platform::files,
    texts::{agenda as agenda_texts, say, settings as t},
    ui::{
        icons::{Glyph, Icon},
        model::Export,
        section::Section,
        state::{AppState, use_app},
        toast::{Toasts, use_toasts},
    },
};

#[component]
pub fn Exports() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let kind = RwSignal::new(None::<&'static Kind>);
    let options = handbook::kinds()
        .filter(|kind| !kind.singleton)
        .map(|kind| view! { <option value=kind.key>{say(kind.many)}</option> })
        .collect_view();
    let csv = move |_| {
        if let Some(kind) = kind.get_untracked() {
            export(app, toasts, Export::Csv(kind.key));
        }
    };
    view! {
        <div id="export">
            <Section title=t::export()>
                <div class="settings-row">
                    <p class="lead">{t::export_help()}</p>
                    <button type="button" class="button" on:click=move |_| export(app, toasts, Export::Json)>
                        <Icon glyph=Glyph::FileOut small=true />
                        {t::export_json()}
                    </button>
                </div>
                <div class="settings-row">
                    <p class="lead">{t::export_cards_help()}</p>
                    <button type="button" class="button" on:click=move |_| export(app, toasts, Export::Cards)>
                        <Icon glyph=Glyph::FileOut small=true />
                        {t::export_cards()}
                    </button>
                </div>
                <div class="settings-row">
                    <p class="lead">{agenda_texts::export_help()}</p>
                    <div class="acts">
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| export(app, toasts, Export::Agenda(Who::Anybody, None))
                        >
                            <Icon glyph=Glyph::FileOut small=true />
                            {agenda_texts::export_agenda()}
                        </button>
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| export(app, toasts, Export::Agenda(Who::Anybody, Some(Topic::Schedule)))
                        >
                            <Icon glyph=Glyph::FileOut small=true />
                            {agenda_texts::export_schedule()}
                        </button>
                    </div>
                </div>
                <div class="settings-row">
                    <select
                        class="input medium"
                        aria-label=t::csv_kind()
                        on:change=move |event| kind.set(handbook::kind(&event_target_value(&event)))
                    >
                        <option value="">{t::csv_kind()}</option>
                        {options}
                    </select>
                    <button type="button" class="button" disabled=move || kind.get().is_none() on:click=csv>
                        {t::export_csv()}
                    </button>
                </div>
            </Section>
        </div>
    }
}

/// Makes a file and hands it to the person.
pub fn export(app: AppState, toasts: Toasts, what: Export) {
    spawn_local(async move {
        match app.act(|acts| (acts.export)(what)).await {
            Ok(file) => {
                files::save(&file.name, file.media_type, file.bytes);
                toasts.done(t::exported());
            }
            Err(trouble) => toasts.trouble(&trouble),
        }
    });
}
