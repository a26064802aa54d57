//! What the parts of the section share.

use handbook::{
    Known, Op, Record, RecordId, RecordKey,
    records::{Action, Quadrant, Swot, SwotItem},
    typed::Id,
};
use leptos::{prelude::*, task::spawn_local};

use super::super::Subject;
use crate::ui::{format, state::AppState, toast::Toasts};

/// What the parts of this section share.
#[derive(Clone, Copy)]
pub struct Desk {
    pub app: AppState,
    pub toasts: Toasts,
    pub subject: Subject,
    pub swots: Memo<Vec<Known<Swot>>>,
    pub items: Memo<Vec<Known<SwotItem>>>,
    pub actions: Memo<Vec<Known<Action>>>,
    /// The analysis and quadrant that an item is being added to.
    pub adding: RwSignal<Option<(RecordId, Quadrant)>>,
}

impl Desk {
    pub fn write(self, ops: Vec<Op>, what: &'static str) {
        let Self { app, toasts, subject, .. } = self;
        spawn_local(async move {
            if let Err(trouble) = app.write(subject.document(), ops, what).await {
                toasts.trouble(&trouble);
            }
        });
    }

    /// Adds an item; a sentence if what was filled in is not enough.
    pub fn add(
        self,
        swot: RecordId,
        quadrant: Quadrant,
        values: Vec<(&'static str, handbook::Value)>,
    ) -> Option<String> {
        let of =
            SwotItem { swot: Some(Id::new(swot)), quadrant: Some(quadrant), ..SwotItem::default() };
        let mut all = of.into_values();
        all.extend(values.into_iter().filter(|(_, value)| !value.is_empty()));
        let problems = handbook::validate::validate(SwotItem::KIND, &all);
        if !problems.is_empty() {
            let sentences: Vec<String> =
                problems.iter().map(|problem| crate::texts::tell(&problem.sentence)).collect();
            return Some(sentences.join(" "));
        }
        let key = RecordKey::new(SwotItem::KIND, self.app.new_id());
        self.write(vec![Op::Create { key, values: all }], "add swot item");
        None
    }

    /// Who made an analysis, as a list of names.
    pub fn authors(self, swot: &Swot) -> String {
        let name = |author: &Id<_>| self.app.member_name(author.id.bytes());
        let names: Vec<String> =
            swot.authors.iter().map(name).filter(|name| !name.is_empty()).collect();
        format::list(&names)
    }

    /// An item by its id; not reactive.
    pub fn item(self, id: RecordId) -> Option<Known<SwotItem>> {
        self.items.with(|items| items.iter().find(|one| one.id == id).cloned())
    }

    /// "12 Aug": the day of an analysis.
    pub fn day(self, swot: &Swot) -> String {
        swot.on.map(|on| format::day(on, self.app.today())).unwrap_or_default()
    }
}
