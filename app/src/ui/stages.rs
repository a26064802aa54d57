//! The stage line: what is done, where it stands, what is to come.

use leptos::prelude::*;

use super::icons::{Glyph, Icon};

/// How a stage relates to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Behind us.
    Done,
    /// Here it stands.
    Now,
    /// To come.
    Ahead,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name.
    pub name: &'static str,
    /// How it relates to now.
    pub reached: Reached,
    /// "28 Oct", "since 5 Nov".
    pub date: String,
}

/// The line, running downwards on phones.
#[component]
pub fn StageLine(
    /// The stages in order.
    stages: Vec<Stage>,
) -> impl IntoView {
    let nodes = stages
        .into_iter()
        .map(|stage| {
            let (class, current) = match stage.reached {
                Reached::Done => ("done", None),
                Reached::Now => ("now", Some("step")),
                Reached::Ahead => ("ahead", None),
            };
            view! {
                <li class=class aria-current=current>
                    <span class="node">
                        {(stage.reached == Reached::Done).then(|| view! { <Icon glyph=Glyph::Check /> })}
                    </span>
                    <strong>{stage.name}</strong>
                    <time>{stage.date}</time>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="stages">{nodes}</ol> }
}
