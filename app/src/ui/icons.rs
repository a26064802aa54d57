//! Icons: a 24 grid, a stroke of 1.5, round joins, drawn for this product.
//!
//! An icon never stands alone: beside it is a word, or the button around it has a label. So it is hidden from
//! screen readers.

use leptos::prelude::*;

macro_rules! glyphs {
    ($($(#[$doc:meta])* $name:ident = $path:literal,)*) => {
        /// A drawing from the set.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Glyph { $($(#[$doc])* $name,)* }

        impl Glyph {
            const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

glyphs! {
    /// Today.
    Sun = "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0M12 2.5v2M12 19.5v2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M2.5 12h2M19.5 12h2M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
    /// Clients.
    Building = "M6.5 21.5v-17a2 2 0 0 1 2-2h7a2 2 0 0 1 2 2v17M6.5 11.5h-2a2 2 0 0 0-2 2v6a2 2 0 0 0 2 2h15a2 2 0 0 0 2-2v-10a2 2 0 0 0-2-2h-2M10.2 6.5h3.6M10.2 10.3h3.6M10.2 14h3.6M10.2 21.5v-3.8h3.6v3.8",
    /// Firm.
    Briefcase = "M4.5 7h15a2 2 0 0 1 2 2v9.5a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2M8 20.5V5.5a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v15",
    /// Settings.
    Sliders = "M21 5h-8M9.5 5H3M21 12h-9M8 12H3M21 19h-5M12 19H3M13 3v4M8 10v4M16 17v4",
    /// Search.
    Search = "M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0M20.5 20.5 16 16",
    /// Write, log.
    Pen = "M12.5 20.5h8M4 20l.9-3.9L16.6 4.4a2.1 2.1 0 0 1 3 3L7.9 19.1z",
    /// A chosen or kept thing.
    Check = "m5 12.5 4.5 4.5L19 7.5",
    /// A state that holds.
    CheckCircle = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M8.5 12.2l2.4 2.4 4.6-4.9",
    /// Urgent.
    Octagon = "M8.1 3h7.8L21 8.1v7.8L15.9 21H8.1L3 15.9V8.1zM12 8v4.2M12 15.8v.1",
    /// Soon.
    ClockAlert = "M20.8 10A9 9 0 1 0 17 19.5M12 7v5l3 1.8M20.5 14.5v4M20.5 21.4v.1",
    /// A clock that runs.
    Clock = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 7v5l3.2 1.8",
    /// Watch.
    Eye = "M2.3 12.4a1 1 0 0 1 0-.8 10.4 10.4 0 0 1 19.4 0 1 1 0 0 1 0 .8 10.4 10.4 0 0 1-19.4 0M15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0",
    /// A person.
    Person = "M17 8.5a5 5 0 1 1-10 0 5 5 0 0 1 10 0M19.5 21a7.5 7.5 0 0 0-15 0",
    /// Give to a person.
    PersonPlus = "M15 8a5 5 0 1 1-10 0 5 5 0 0 1 10 0M2.5 21a7.6 7.6 0 0 1 11.8-6.2M19 15.5v6M22 18.5h-6",
    /// People.
    People = "M14 8a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0M2.5 20.5a7 7 0 0 1 14 0M16.5 4a4.5 4.5 0 0 1 0 8M18.5 14.5a7 7 0 0 1 3.2 6",
    /// Snooze.
    Alarm = "M20 13a8 8 0 1 1-16 0 8 8 0 0 1 16 0M12 9v4l2.3 1.8M5 3 2 6M22 6l-3-3M6.4 18.7 4 21M17.6 18.7 20 21",
    /// Snoozed.
    BellOff = "M10.3 21a2 2 0 0 0 3.4 0M17 17H4a1 1 0 0 1-.7-1.7C4.6 14 6 12.5 6 8c0-.7.1-1.4.3-2M8.7 3.1A6 6 0 0 1 18 8c0 2.3.4 3.9.9 5M3 3l18 18",
    /// A place.
    Pin = "M19.5 10c0 5-5.5 10.2-7 11.4a.9.9 0 0 1-1 0C10 20.2 4.5 15 4.5 10a7.5 7.5 0 0 1 15 0M14.8 10a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0",
    /// A call.
    Phone = "M13.8 16.6a1 1 0 0 0 1.2-.3l.4-.5a2 2 0 0 1 1.6-.8h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.5.4a1 1 0 0 0-.3 1.2 14 14 0 0 0 6.4 6.4",
    /// An e-mail.
    Mail = "M4.5 4.5h15a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2M21.5 7.5l-8.4 5.4a2 2 0 0 1-2.2 0L2.5 7.5",
    /// More.
    Dots = "M12.9 12a.9.9 0 1 1-1.8 0 .9.9 0 0 1 1.8 0M19.9 12a.9.9 0 1 1-1.8 0 .9.9 0 0 1 1.8 0M5.9 12a.9.9 0 1 1-1.8 0 .9.9 0 0 1 1.8 0",
    /// Close, take out.
    Cross = "M18 6 6 18M6 6l12 12",
    /// Add.
    Plus = "M5 12h14M12 5v14",
    /// Onwards; mirrored in right-to-left.
    ChevronEnd = "m9 6 6 6-6 6",
    /// Back; mirrored in right-to-left.
    ChevronStart = "m15 6-6 6 6 6",
    /// Opens below.
    ChevronDown = "m6 9 6 6 6-6",
    /// Changes the workspace.
    ChevronsUpDown = "m7 15 5 5 5-5M7 9l5-5 5 5",
    /// Two versions.
    Split = "M16 3h5v5M8 3H3v5M12 22v-8.3a4 4 0 0 0-1.2-2.9L3 3M15 9l6-6",
    /// All safe on the relay.
    CloudCheck = "m8.5 18.5 2.3 2.3 5-5.3M4.3 15.3a7 7 0 1 1 11-7.8h1.9a4.5 4.5 0 0 1 3.3 7.5",
    /// Only on this device.
    Tablet = "M6.5 2.5h11a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2M12 18v.1",
    /// Offline.
    WifiOff = "M12 20v.1M8.5 16.4a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 5.2-2.7M19 12.9a10 10 0 0 0-2-1.5M2 8.8a15 15 0 0 1 4.2-2.6M22 8.8a15 15 0 0 0-11.3-3.8M3 3l18 18",
    /// Sealed.
    Lock = "M5.5 11h13a2 2 0 0 1 2 2v6.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V13a2 2 0 0 1 2-2M7.5 11V7a4.5 4.5 0 0 1 9 0v4M12 15.7v1.3",
    /// A file that leaves.
    FileOut = "M4.5 11V4.5a2 2 0 0 1 2-2H14l5.5 5.5v11.5a2 2 0 0 1-2 2h-6M14 2.5V6a2 2 0 0 0 2 2h3.5M4.5 14.5v3M7.5 20a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0M6 18.5v-2",
    /// Language.
    Language = "m4 8 5.5 5.5M3.5 14.5l6-6 2-3.5M2 5h12M7.5 2.5h1M22 22l-5-10-5 10M13.7 18.5h6.6",
    /// A code to scan.
    Scan = "M3 7.5V5a2 2 0 0 1 2-2h2.5M16.5 3H19a2 2 0 0 1 2 2v2.5M21 16.5V19a2 2 0 0 1-2 2h-2.5M7.5 21H5a2 2 0 0 1-2-2v-2.5M7.5 7.5h4v4h-4zM16.5 7.5v2M14 12h2.5v1.5M7.5 14.5h2v2M13 16.5h3.5v-1",
    /// A promise.
    Handshake = "m11 17 2 2a1.5 1.5 0 0 0 2.5-1.5M14 14l2.5 2.5a1.6 1.6 0 0 0 2.6-2L15 10.5a2.5 2.5 0 0 0-3.5 0l-1 1a1.6 1.6 0 0 1-2.5-2.2L11 6.2a5 5 0 0 1 6-.7l.5.3a2 2 0 0 0 1.4.2L21 5.5M21 4l.8 10.5-2 .5M3 4 2 14l6 6.3a1.6 1.6 0 0 0 2.6-2M3 5h7.5",
    /// A next step.
    StepDown = "m15 10 5 5-5 5M4 4v7a4 4 0 0 0 4 4h12",
    /// To a page or change.
    Arrow = "M5 12h14M13 6l6 6-6 6",
    /// A visit.
    Door = "M3 21.5h18M6 21.5v-17a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v17M14 12v.5",
    /// A video call.
    Video = "m16 13 5.2 3.5a.5.5 0 0 0 .8-.4V7.9a.5.5 0 0 0-.8-.4L16 11M4 6h10a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2",
    /// A message.
    Speech = "M21 15a2 2 0 0 1-2 2H7.5L3 21V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2z",
    /// A document or letter.
    Page = "M14 2.5H6.5a2 2 0 0 0-2 2v15a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V8zM14 2.5V6a2 2 0 0 0 2 2h3.5M8.5 13h7M8.5 17h5",
    /// An event.
    Calendar = "M5.5 4.5h13a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-12a2 2 0 0 1 2-2M8 2.5v4M16 2.5v4M3.5 10h17",
    /// Print.
    Printer = "M6.5 17.5h-2a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h15a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2M6.5 8.5v-5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v5M7.5 14h9a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V15a1 1 0 0 1 1-1",
    /// Archive.
    Archive = "M3.5 3.5h17a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-17a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1M4.5 8.5v10a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-10M10 12.5h4",
    /// Copy.
    Copy = "M10.5 8.5h9a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2M5 15.5H4.5a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2V5",
    /// A complaint.
    Flag = "M5 21.5v-18M5 4.5c5-3.5 9 3 14 0v10c-5 3-9-3.5-14 0",
    /// A problem with a field.
    Alert = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 7.5v5M12 16v.1",
    /// Take in.
    Download = "M12 3.5v12M7 11l5 5 5-5M4 20.5h16",
}

/// Draws a glyph, 20 px, or 16 px beside small text.
#[component]
pub fn Icon(
    /// Which drawing.
    glyph: Glyph,
    /// Whether it stands beside 14 px text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let mirrored =
        matches!(glyph, Glyph::ChevronEnd | Glyph::ChevronStart | Glyph::Arrow | Glyph::StepDown);
    view! {
        <svg class="icon" class:small=small class:mirrored=mirrored viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=glyph.path() />
        </svg>
    }
}
