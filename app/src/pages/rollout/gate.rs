//! May another pilot begin? Everything that the answer rests on, as sentences.

use handbook::figures::rollout_gate::Input;
use leptos::prelude::*;

use crate::{
    texts::{rollout as t, tell},
    ui::{
        icons::{Glyph, Icon},
        section::Section,
    },
};

#[component]
pub fn Gate(found: Memo<Vec<Input>>) -> impl IntoView {
    let answer = move || {
        let open = found.with(|found| found.iter().all(|input| input.holds));
        if open { t::may_begin() } else { t::not_now() }
    };
    let lines = move || found.get().iter().map(line).collect_view();
    view! {
        <Section title=t::gate()>
            <p class="finding firm-words">{answer}</p>
            <ul class="gate">{lines}</ul>
            <p class="support">{t::gate_how()}</p>
        </Section>
    }
}

fn line(input: &Input) -> impl IntoView + use<> {
    let (class, glyph) = if input.holds {
        ("state wraps kept", Glyph::CheckCircle)
    } else {
        ("state wraps late", Glyph::Octagon)
    };
    view! {
        <li class=class>
            <Icon glyph=glyph />
            {tell(&input.sentence)}
        </li>
    }
}
