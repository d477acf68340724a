//! Changing one's username, or taking the former one back: a screen for each step of `domain::rename`.
//!
//! Three addresses are this one page, so that the flow outlives back and forward. Which screen is shown, the machine says;
//! all words are those of `domain::rename::text`.

mod choose_step;
mod confirmation;
mod now_step;
mod outcome_step;
mod review_step;

use leptos::prelude::*;

use super::guard::Guard;
use super::settings_frame::SettingsFrame;
use crate::browser::{document, timer};
use crate::domain::rename::{Holder, Kind, Refusal, Rename, Step, text};
use crate::domain::time::Timestamp;
use crate::domain::user::{Profile, Viewer};
use crate::domain::username::Username;
use crate::reactive::{Memo, effect};
use crate::state::client::use_client;
use crate::state::load::{Loader, Weight, load_on};
use crate::state::rename::{RenameState, rename_state};
use crate::state::title::provide_title;
use crate::template::view;

const HEADING: &str = "Username";

/// Shows the step that address and flow have come to.
#[component]
pub fn SettingsUsernamePage() -> impl IntoView {
    let page = Callback::new(|viewer: Viewer| view! { <Flow viewer=viewer /> }.into_any());
    // A session that ends in the middle is part of the flow.
    view! { <SettingsFrame><Guard heading=HEADING page=page holds_on=true /></SettingsFrame> }
}

/// What is built anew when the flow goes on; what changes within a screen, the screen follows itself.
#[derive(Clone, PartialEq)]
enum Screen {
    Now,
    Choose {
        refusal: Option<Refusal>,
        field: u32,
    },
    Review {
        to: Username,
    },
    Saving {
        to: Username,
    },
    Done {
        from: Username,
        to: Username,
        kind: Kind,
    },
    TooLate {
        username: Username,
        since: Timestamp,
    },
    SignedOut,
    SomebodyElse,
    OutcomeUnknown {
        to: Username,
    },
    NotChanged {
        to: Username,
    },
    Ignored {
        to: Username,
    },
    RenamedElsewhere {
        refused: bool,
    },
}

/// What the screens share.
#[derive(Clone, Copy)]
struct Shared {
    rename: RenameState,
    holder: Memo<Holder>,
    /// What everybody sees of the person: linked accounts, and whether the names match.
    profile: Loader<Profile>,
}

impl Screen {
    fn of(machine: &Rename, field: u32) -> Self {
        match machine.step().clone() {
            Step::Now => Self::Now,
            Step::Choosing { refusal } => Self::Choose { refusal, field },
            Step::Reviewing { to } | Step::Confirming { to, .. } => Self::Review { to },
            Step::Saving { to } => Self::Saving { to },
            Step::Done { from, to, kind } => Self::Done { from, to, kind },
            Step::TooLate { username, since } => Self::TooLate { username, since },
            Step::SignedOut => Self::SignedOut,
            Step::SomebodyElse => Self::SomebodyElse,
            Step::OutcomeUnknown { to, .. } => Self::OutcomeUnknown { to },
            Step::NotChanged { to } => Self::NotChanged { to },
            Step::Ignored { to } => Self::Ignored { to },
            Step::RenamedElsewhere { refusal } => Self::RenamedElsewhere {
                refused: refusal.is_some(),
            },
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Now => HEADING.to_owned(),
            Self::Choose { .. } => text::CHOOSE.to_owned(),
            Self::Review { to } => text::review_title(to),
            Self::Saving { .. } => text::SAVING.to_owned(),
            Self::Done { to, .. } => text::done_heading(to),
            Self::TooLate { username, .. } => text::too_late_heading(username),
            Self::SignedOut => text::SIGNED_OUT.to_owned(),
            Self::SomebodyElse => text::SOMEBODY_ELSE.to_owned(),
            Self::OutcomeUnknown { .. } => text::OUTCOME_UNKNOWN.to_owned(),
            Self::NotChanged { .. } => text::NOT_CHANGED.to_owned(),
            Self::Ignored { .. } => text::IGNORED.to_owned(),
            Self::RenamedElsewhere { .. } => text::RENAMED_ELSEWHERE.to_owned(),
        }
    }

    fn view(&self, shared: Shared) -> AnyView {
        match self.clone() {
            Self::Now => now_step::view(shared),
            Self::Choose { refusal, .. } => choose_step::view(shared, refusal),
            Self::Review { to } => review_step::view(shared, to),
            Self::Saving { to } => outcome_step::saving(shared, &to),
            Self::Done { from, to, kind } => outcome_step::done(shared, &from, &to, kind),
            Self::TooLate { username, since } => outcome_step::too_late(shared, &username, since),
            Self::SignedOut => outcome_step::signed_out(shared),
            Self::SomebodyElse => outcome_step::somebody_else(shared),
            Self::OutcomeUnknown { to } => outcome_step::unknown(shared, to),
            Self::NotChanged { to } => outcome_step::not_changed(shared, &to),
            Self::Ignored { to } => outcome_step::ignored(shared, &to),
            Self::RenamedElsewhere { refused } => outcome_step::renamed_elsewhere(shared, refused),
        }
    }

    /// Where the focus goes when this screen comes: after a refusal to the field, whose text is kept.
    fn focus(&self) -> &'static str {
        match self {
            Self::Choose {
                refusal: Some(_), ..
            } => "#username",
            _ => "main h1",
        }
    }
}

#[component]
fn Flow(viewer: Viewer) -> impl IntoView {
    let client = use_client();
    let rename = rename_state(&viewer);
    let holder = Memo::new(move |_| rename.with(|machine| machine.holder().clone()));
    let username = Memo::new(move |_| holder.with(|holder| holder.username.clone()));
    let profile = load_on(Weight::Aside, username, move |username| {
        let client = client.clone();
        Box::pin(async move { client.user(username.as_str()).await })
    });
    let shared = Shared {
        rename,
        holder,
        profile,
    };
    let screen = Memo::new(move |_| {
        let field = rename.field_number();
        rename.with(|machine| Screen::of(machine, field))
    });
    provide_title(move || screen.with(Screen::title));
    effect(move |is_later: Option<()>| {
        let to = screen.with(Screen::focus);
        if is_later.is_some() {
            // One page to the router, a new one to the reader.
            timer::next_frame(move || {
                document::focus_in_sight(to);
            });
        }
    });
    move || screen.with(|screen| screen.view(shared))
}
