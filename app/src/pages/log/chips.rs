//! In which function and how: one tap each.

use handbook::{
    Choice, Value,
    records::{Channel, Function},
};
use leptos::prelude::*;

use super::Log;
use crate::{
    texts::{log as t, say},
    ui::{
        chip::RadioChip,
        icons::{Glyph, Icon},
    },
};

/// Channels that stand as chips at once; the others come with a tap on the dots.
const COMMON: [Channel; 4] = [Channel::Visit, Channel::Meeting, Channel::Call, Channel::Email];

#[component]
pub fn FunctionChips(log: Log) -> impl IntoView {
    let chips = Function::ALL
        .iter()
        .filter(|function| **function != Function::Foreign)
        .map(|function| chip(log, "function", function.key(), say(function.label()), None))
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{t::which_function()}</legend>
            <div class="chips">{chips}</div>
        </fieldset>
    }
}

#[component]
pub fn ChannelChips(log: Log) -> impl IntoView {
    let all = RwSignal::new(false);
    let common = COMMON
        .iter()
        .map(|channel| {
            chip(log, "channel", channel.key(), say(channel.label()), channel_glyph(*channel))
        })
        .collect_view();
    let rest = move || {
        let chosen = log.new.get("channel");
        let shown = |channel: &&Channel| {
            !COMMON.contains(channel)
                && **channel != Channel::Foreign
                && (all.get() || chosen.as_text() == Some(channel.key()))
        };
        Channel::ALL
            .iter()
            .filter(shown)
            .map(|channel| {
                chip(log, "channel", channel.key(), say(channel.label()), channel_glyph(*channel))
            })
            .collect_view()
    };
    view! {
        <fieldset class="field">
            <legend>{t::how()}</legend>
            <div class="chips">
                {common} {rest} <Show when=move || !all.get()>
                    <button type="button" class="chip" aria-label=t::more_channels() on:click=move |_| all.set(true)>
                        <Icon glyph=Glyph::Dots />
                    </button>
                </Show>
            </div>
        </fieldset>
    }
}

fn chip(
    log: Log,
    field: &'static str,
    key: &'static str,
    label: &'static str,
    glyph: Option<Glyph>,
) -> impl IntoView {
    let chosen = Signal::derive(move || log.new.get(field).as_text() == Some(key));
    let choose = Callback::new(move |()| log.new.set(field, Value::Choice(key.to_owned())));
    view! { <RadioChip name=field label=label maybe_glyph=glyph chosen=chosen on_choose=choose /> }
}

fn channel_glyph(channel: Channel) -> Option<Glyph> {
    Some(match channel {
        Channel::Visit => Glyph::Door,
        Channel::Meeting => Glyph::People,
        Channel::Call => Glyph::Phone,
        Channel::Email => Glyph::Mail,
        Channel::Video => Glyph::Video,
        Channel::Message => Glyph::Speech,
        Channel::Letter | Channel::Document => Glyph::Page,
        Channel::Event => Glyph::Calendar,
        Channel::Casual | Channel::Foreign => return None,
    })
}
