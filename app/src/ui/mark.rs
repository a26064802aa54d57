//! The mark (a bound book with its ribbon) and the drawings of the three doors.

use leptos::prelude::*;

/// The mark; its word stands beside it, so screen readers skip it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 22 28" aria-hidden="true" focusable="false">
            <path d="M3 0.5h1.6v27H3a3 3 0 0 1-3-3v-21a3 3 0 0 1 3-3z" />
            <path d="M6.4 0.5H13v11.2l2.8-2.2 2.8 2.2V0.5h.4a3 3 0 0 1 3 3v21a3 3 0 0 1-3 3H6.4z" />
        </svg>
    }
}

/// Which door is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// A closed door: one's own to open.
    Closed,
    /// A door ajar: somebody let you in.
    Ajar,
    /// An open door with shelves behind it.
    Shelves,
}

/// One of the three doors.
#[component]
pub fn DoorDrawing(door: Door) -> impl IntoView {
    let inside = match door {
        Door::Closed => view! {
            <path class="leaf" d="M16.5 8.5h25v58h-25z" />
            <path class="quiet" d="M21 14h15.5v17H21z" />
            <path d="M35.5 40v3" />
        }
        .into_any(),
        Door::Ajar => view! {
            <path class="quiet" d="M17 8.5h25v58" />
            <path class="leaf" d="M16.5 8.5 33 13.5v53H16.5z" />
            <path d="M28.5 40v3" />
        }
        .into_any(),
        Door::Shelves => view! {
            <path class="quiet" d="M19.5 8.5h22v58M21 30h20.5M21 48h20.5" />
            <path class="quiet" d="M24 29.5v-11M27.5 29.5v-13M31 29.5v-9M34 19.5l2.5 10M24 47.5v-8M28 47.5v-11M32 47.5v-9M36 47.5v-12" />
            <path class="leaf" d="M11 11.5 19 8.5v58H11z" />
        }
        .into_any(),
    };
    let frame = match door {
        Door::Shelves => "M14 10V3.5h33v63",
        _ => "M11.5 66.5v-63h35v63",
    };
    view! {
        <svg class="drawing" viewBox="3 0 56 68" aria-hidden="true" focusable="false">
            <path class="quiet" d="M4 66.5h51" />
            <path d=frame />
            {inside}
        </svg>
    }
}
