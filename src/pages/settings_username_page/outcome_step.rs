//! What came of the change: on its way, done, or one of the ways in which it is not.

use leptos::prelude::*;

use super::Shared;
use crate::browser::intl;
use crate::components::login_button::{LoginButton, LoginWords};
use crate::domain::rename::{DAYS, Kind, Reading, Rename, Step, text};
use crate::domain::time::Timestamp;
use crate::domain::username::Username;
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::login::{LoginPlace, use_login};
use crate::template::view;

/// A heading, what there is to say, and the ways on.
fn screen(heading: String, text: AnyView, actions: AnyView) -> AnyView {
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {text}
        <p class="settings__actions">{actions}</p>
    }
    .into_any()
}

fn paragraph(text: String) -> AnyView {
    view! { <p>{text}</p> }.into_any()
}

/// Back to the username as it is.
fn back(shared: Shared, label: &'static str) -> AnyView {
    let press = move |_| {
        shared.rename.act(|machine, _| machine.dismiss());
    };
    view! { <button type="button" class="button button--primary" on:click=press>{label}</button> }
        .into_any()
}

fn present(shared: Shared) -> Username {
    shared
        .holder
        .with_untracked(|holder| holder.username.clone())
}

pub(super) fn saving(shared: Shared, to: &Username) -> AnyView {
    let said = text::saving(&present(shared), to);
    view! {
        <h1 tabindex="-1" aria-busy="true">{text::SAVING}</h1>
        <p>{said}</p>
    }
    .into_any()
}

pub(super) fn done(shared: Shared, from: &Username, to: &Username, kind: Kind) -> AnyView {
    let until = intl::long_date(shared.rename.now().plus_days(DAYS));
    let profile = Route::user(to).path();
    let actions = view! {
        {back(shared, "Done")}
        <a class="button" href=profile>"See your page"</a>
    };
    screen(
        text::done_heading(to),
        paragraph(text::done(kind, from, &until)),
        actions.into_any(),
    )
}

pub(super) fn too_late(shared: Shared, username: &Username, since: Timestamp) -> AnyView {
    let said = text::take_back_too_late(username, &intl::long_date_and_time(since));
    screen(
        text::too_late_heading(username),
        view! { <p>{said}</p> <p>{text::NOTHING_SENT}</p> }.into_any(),
        back(shared, "Back to your username"),
    )
}

pub(super) fn signed_out(shared: Shared) -> AnyView {
    let login = use_login();
    let was_sent = shared.rename.with_untracked(Rename::was_sent);
    let actions = view! { <LoginButton login=login place=LoginPlace::Page /> };
    let text = view! {
        <p>{text::signed_out(was_sent)}</p>
        <LoginWords login=login place=LoginPlace::Page />
    };
    screen(
        text::SIGNED_OUT.to_owned(),
        text.into_any(),
        actions.into_any(),
    )
}

pub(super) fn somebody_else(shared: Shared) -> AnyView {
    screen(
        text::SOMEBODY_ELSE.to_owned(),
        paragraph(text::somebody_else(&present(shared))),
        back(shared, "Go on"),
    )
}

pub(super) fn not_changed(shared: Shared, to: &Username) -> AnyView {
    let again = move |_| {
        shared.rename.act(|machine, _| {
            machine.try_again();
            Vec::new()
        });
    };
    let actions = view! {
        <button type="button" class="button button--primary" on:click=again>"Review it again"</button>
        <a class="button" href=Route::SettingsUsername.path()>{text::keep(&present(shared))}</a>
    };
    screen(
        text::NOT_CHANGED.to_owned(),
        paragraph(text::not_changed(&present(shared), to)),
        actions.into_any(),
    )
}

pub(super) fn ignored(shared: Shared, to: &Username) -> AnyView {
    screen(
        text::IGNORED.to_owned(),
        paragraph(text::ignored(&present(shared), to)),
        back(shared, "Back to your username"),
    )
}

pub(super) fn renamed_elsewhere(shared: Shared, refused: bool) -> AnyView {
    let said = text::renamed_elsewhere(&present(shared), refused);
    screen(
        text::RENAMED_ELSEWHERE.to_owned(),
        paragraph(said),
        back(shared, "Go on"),
    )
}

/// The readings come and go on this screen, which stays; the status element says what each of them brought.
pub(super) fn unknown(shared: Shared, to: Username) -> AnyView {
    let rename = shared.rename;
    let reading = Memo::new(move |_| {
        rename.with(|machine| match machine.step() {
            Step::OutcomeUnknown { reading, .. } => *reading,
            _ => Reading::First,
        })
    });
    let said = move || text::reading(reading.get(), &present(shared), &to);
    let again = move |_| rename.read_again();
    let action = view! { <button type="button" class="button button--primary" on:click=again>"Look again now"</button> };
    let text = view! { <div role="status" aria-atomic="true"><p>{said}</p></div> };
    screen(
        text::OUTCOME_UNKNOWN.to_owned(),
        text.into_any(),
        action.into_any(),
    )
}
