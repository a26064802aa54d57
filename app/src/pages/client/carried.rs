//! Who carries the relationship: the shares on both sides, who would be missed, and how it comes to rest on value.

pub mod leaving;
pub mod value;

use handbook::{
    Record, RecordId, RecordKey, Row,
    attention::{Facts, Setting},
    figures::concentration::{Concentration, Flag, Side, concentration},
    records::Contact,
};
use leptos::prelude::*;

use super::Subject;
use crate::{
    texts::{client as client_texts, relationship as t},
    ui::{
        format,
        icons::{Glyph, Icon},
        section::Section,
        state::{AppState, use_app},
    },
};

/// The index of one person alone.
const ALONE: u64 = 10_000;

/// What the sections about people read, once for each change of the document.
pub fn facts(subject: Subject, setting: &Setting) -> Facts {
    subject.row.with(|client: &Row| {
        subject.rows.with(|rows| Facts::from_rows(client, rows, setting.today))
    })
}

/// Names on both sides.
#[derive(Clone, Copy)]
pub struct Names {
    app: AppState,
    subject: Subject,
}

impl Names {
    pub fn new(app: AppState, subject: Subject) -> Self {
        Self { app, subject }
    }

    /// One of us.
    pub fn ours(self, member: RecordId) -> String {
        self.app.member_name(member.bytes())
    }

    /// Somebody at the client.
    pub fn theirs(self, contact: RecordId) -> String {
        self.app.title(self.subject.document(), RecordKey::new(Contact::KIND, contact))
    }
}

#[component]
pub fn Carried(subject: Subject) -> impl IntoView {
    let app = use_app();
    let names = Names::new(app, subject);
    let found = Memo::new(move |_| {
        let setting = app.setting();
        let facts = facts(subject, &setting);
        let active = facts.active_contacts(setting.today).count();
        concentration(&facts.touches, active, setting.today, &setting.thresholds)
    });
    let aside = move || {
        let days = app.setting().thresholds.concentration_days;
        found.with(|found| t::talks(found.conversations, days))
    };
    let is_warned = Memo::new(move |_| found.with(|found| !found.flags.is_empty()));
    view! {
        <Section title=t::carried() aside=aside>
            {move || found.with(|found| findings(found, names))}
            {move || found.with(|found| (found.conversations > 0).then(|| counted(found, names, &app.setting())))}
            <leaving::Leaving subject=subject />
        </Section>
        <Show when=move || is_warned.get()>
            <value::ToValue subject=subject />
        </Show>
    }
}

/// What the shares say, the warning first.
fn findings(found: &Concentration, names: Names) -> impl IntoView + use<> {
    let hanging = found.flags.iter().find_map(|flag| match flag {
        Flag::OneOfUs(person, _) => Some(names.ours(*person)),
        Flag::OneContact(contact, _) => Some(names.theirs(*contact)),
        Flag::OnlyContact => None,
    });
    let only = found.flags.contains(&Flag::OnlyContact);
    let warning = hanging
        .map(|name| t::hangs_on(&name))
        .or_else(|| only.then(|| client_texts::only_contact().to_owned()));
    let warning = warning.map(|words| {
        view! { <p class="state soon wraps warning"><Icon glyph=Glyph::ClockAlert small=true /><strong>{words}</strong></p> }
    });
    let ours = found.ours.top().map(|(who, share)| t::busiest_of_us(&names.ours(who), share));
    let theirs =
        found.theirs.top().map(|(who, share)| t::busiest_of_theirs(&names.theirs(who), share));
    let shares: Vec<String> = ours.into_iter().chain(theirs).collect();
    let shares = if shares.is_empty() { t::no_talks().to_owned() } else { shares.join(" ") };
    view! {
        {warning}
        <p class="finding">{shares}</p>
    }
}

/// The numbers behind the sentence.
fn counted(found: &Concentration, names: Names, setting: &Setting) -> impl IntoView + use<> {
    let bounds = &setting.thresholds;
    let rule = t::counting(
        bounds.concentration_touches,
        bounds.concentration_ours,
        bounds.concentration_theirs,
    );
    let ours = side(t::our_people(), &found.ours, |who| names.ours(who));
    let theirs = side(t::their_people(), &found.theirs, |who| names.theirs(who));
    view! {
        <details class="disclosure">
            <summary>{t::how_counted()}</summary>
            <p class="support told">{rule}</p>
            <div class="two-tables">{ours} {theirs}</div>
        </details>
    }
}

fn side<F: Fn(RecordId) -> String>(
    title: &'static str,
    side: &Side,
    name: F,
) -> impl IntoView + use<F> {
    let parts = side.parts;
    let lines = side.people.iter().map(|(who, talks)| {
        let share = (talks * 100).checked_div(parts).unwrap_or_default();
        view! {
            <tr>
                <th scope="row">{name(*who)}</th>
                <td class="number">{*talks}</td>
                <td class="number">{format!("{share} %")}</td>
            </tr>
        }
    });
    let index = side.hhi().map(|hhi| {
        let words = t::index(&format::integer(hhi as u64), &format::integer(ALONE));
        view! { <p class="quiet-words">{words}</p> }
    });
    view! {
        <div>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{title}</th>
                        <th scope="col" class="number">{t::talks_column()}</th>
                        <th scope="col" class="number">{t::share_column()}</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
            {index}
        </div>
    }
}
