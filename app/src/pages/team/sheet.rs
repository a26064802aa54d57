//! The sheet of a recovery kit that has just been made. Its secret is on no device: what is not printed now is lost.

use leptos::{prelude::*, task::spawn_local};

use super::{invite::CopyLink, use_desk};
use crate::{
    platform::dom,
    texts::roster as t,
    ui::{
        format,
        icons::{Glyph, Icon},
        model::team::Sheet,
        qr::QrCode,
        state::use_app,
        toast::use_toasts,
    },
};

#[component]
pub fn SheetPage() -> impl IntoView {
    let desk = use_desk();
    move || desk.sheet.get().map(|sheet| view! { <Paper sheet=sheet /> })
}

#[component]
fn Paper(sheet: Sheet) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let desk = use_desk();
    let (firm, name) = app.workspace.with(|it| (it.firm.clone(), it.name.clone()));
    let printed = move |_| {
        spawn_local(async move {
            match app.act(|acts| (acts.sheet_settled)(())).await {
                Ok(()) => {
                    let _ = desk.sheet.try_set(None);
                    toasts.done(t::kit_made());
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let Sheet { relay, number, head, phrase, link } = sheet;
    view! {
        <article class="paper" aria-label=t::kit()>
            <header class="page-head">
                <h1>{t::sheet_of(&firm)}</h1>
            </header>
            <p class="notice soon on-screen">
                <Icon glyph=Glyph::Alert />
                {t::sheet_once()}
            </p>
            <p class="lead">{t::sheet_for()}</p>
            <div class="invite-code">
                <QrCode text=link.clone() label=t::sheet_code() />
                <dl class="values">
                    <div>
                        <dt>{t::sheet_phrase()}</dt>
                        <dd class="letters">{phrase}</dd>
                    </div>
                    <div>
                        <dt>{t::sheet_number()}</dt>
                        <dd class="letters small">{number}</dd>
                    </div>
                    <div>
                        <dt>{t::sheet_relay()}</dt>
                        <dd>{relay}</dd>
                    </div>
                    <div>
                        <dt>{t::sheet_head()}</dt>
                        <dd class="letters small">{head}</dd>
                    </div>
                </dl>
            </div>
            <p>{t::sheet_how()}</p>
            <p class="support">{move || t::sheet_made(&format::full_day(app.today()), &name)}</p>
            <div class="acts">
                <button type="button" class="button firm" on:click=|_| dom::print()>
                    <Icon glyph=Glyph::Printer small=true />
                    {t::print_sheet()}
                </button>
                <button type="button" class="button" on:click=printed>
                    {t::is_printed()}
                </button>
                <CopyLink link=link />
            </div>
            <p class="support on-screen">{t::copy_help()}</p>
        </article>
    }
}
