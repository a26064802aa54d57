//! Who is met: face, name and how to say it, how they stand, how they like to be spoken with.

use std::sync::Arc;

use handbook::{
    Choice,
    records::Stance,
    visit_pack::{Person, VisitPack},
};
use leptos::prelude::*;

use super::Subject;
use crate::{
    texts::{inline, say, visit as t},
    ui::{
        chip::Face,
        format,
        icons::{Glyph, Icon},
        place,
        section::Section,
        state::use_app,
    },
};

#[component]
pub fn People(subject: Subject, pack: Arc<VisitPack>) -> impl IntoView {
    let title = if pack.named { t::who_you_meet() } else { t::who_counts() };
    let lines = pack.people.iter().map(|person| line(subject, person)).collect_view();
    view! {
        <Section title=title>
            {pack.people.is_empty().then(|| view! { <p class="support pack-none">{t::nobody_known()}</p> })}
            <ul class="pack-people">{lines}</ul>
        </Section>
    }
}

fn line(subject: Subject, person: &Person) -> impl IntoView + use<> {
    let today = use_app().today();
    let Person { contact, last } = person;
    let names =
        [contact.salutation.as_str(), contact.given_name.as_str(), contact.family_name.as_str()];
    let named = |names: &[&str]| {
        names.iter().copied().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let (name, face) = (named(&names), named(names.get(1..).unwrap_or_default()));
    let spoken = (!contact.pronunciation.is_empty()).then(
        || view! { <span class="pack-spoken">{t::pronounced(&contact.pronunciation)}</span> },
    );
    let job: Vec<String> = [contact.job_title.clone(), contact.department.clone()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let known = |stance: Option<Stance>| {
        stance.filter(|stance| *stance != Stance::FOREIGN).map(|stance| inline(say(stance.label())))
    };
    let stance =
        known(contact.stance).map(|now| t::stance(&now, known(contact.stance_wanted).as_deref()));
    let channel =
        contact.preferred_channel.map(|channel| t::prefers(&inline(say(channel.label()))));
    let tongue = (!contact.language.is_empty()).then(|| t::speaks(&contact.language));
    let last = last
        .map_or_else(|| t::never_spoken().to_owned(), |last| t::spoken((today - last).num_days()));
    let manners: Vec<String> = [
        contact.influence.map(|influence| t::influence(influence.get())),
        channel,
        tongue,
        Some(last),
    ]
    .into_iter()
    .flatten()
    .collect();
    let warns = |words: String| {
        view! {
            <p class="state late">
                <Icon glyph=Glyph::Octagon small=true />
                {words}
            </p>
        }
    };
    let left = contact.left_on.filter(|left| *left <= today);
    let left = left.map(|left| warns(t::left(&format::day(left, today))));
    let silent = contact.do_not_contact.then(|| warns(t::do_not_contact().to_owned()));
    view! {
        <li>
            <Face name=face />
            <div>
                <p>
                    <a class="plain-link firm-words" href=place::record_path(subject.document(), contact.key())>
                        {name}
                    </a>
                    " "
                    {spoken}
                </p>
                <p class="support">{job.join(", ")}</p>
                {left}
                {silent}
            </div>
            <div class="pack-stands">
                <p>{stance}</p>
                <p class="support">{manners.join(" · ")}</p>
            </div>
        </li>
    }
}
