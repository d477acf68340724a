//! Whether every publication of a crate of one's own is told by e-mail.

use leptos::prelude::*;

use super::super::write_text;
use crate::components::write_outcome::{Saving, WriteOutcome};
use crate::domain::user::UserId;
use crate::reactive::{Memo, RwSignal};
use crate::state::account::{WriteEnd, end_of_write, read_me};
use crate::state::client::use_client;
use crate::state::load::spawn_abortable;
use crate::state::notices::{NoticeKind, use_notices};
use crate::state::session::use_session;
use crate::template::view;

/// Shows the choice and the button that saves it.
#[component]
pub fn NotificationsSection(id: UserId) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let notices = use_notices();
    let present = Memo::new(move |_| {
        session.with(|session| {
            session
                .viewer()
                .is_some_and(|viewer| viewer.publish_notifications)
        })
    });
    // What was ticked and is not saved yet; otherwise the box follows the server.
    let wanted = RwSignal::new(None::<bool>);
    let shown = move || wanted.get().unwrap_or_else(|| present.get());
    let saving = RwSignal::new(Saving::Idle);
    let ended = move |end: WriteEnd| {
        let next = match end {
            WriteEnd::Done => {
                let on = wanted
                    .try_get_untracked()
                    .flatten()
                    .unwrap_or_else(|| present.get_untracked());
                wanted.try_set(None);
                Saving::Saved(String::from(if on {
                    "Saved: you get a message for every publication."
                } else {
                    "Saved: you get no such messages."
                }))
            }
            WriteEnd::Refused(error) => Saving::Refused(write_text::refused(&error)),
            WriteEnd::NotSoFar => Saving::Unknown(write_text::NOT_SO_FAR.to_owned()),
            WriteEnd::Unknown => Saving::Unknown(write_text::UNKNOWN.to_owned()),
            WriteEnd::SignedOut => return session.forget(),
            WriteEnd::SomebodyElse(now) => {
                return notices.show(NoticeKind::Info, write_text::somebody_else(&now));
            }
        };
        saving.try_set(next);
    };
    let sender = client.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if saving.with_untracked(Saving::is_sending) {
            return;
        }
        let on = wanted
            .get_untracked()
            .unwrap_or_else(|| present.get_untracked());
        saving.set(Saving::Sending);
        let client = sender.clone();
        // It is seen through even if the page is left meanwhile.
        spawn_abortable(async move {
            let result = client.update_publish_notifications(id, on).await;
            ended(
                end_of_write(session, &client, id, result, |viewer| {
                    viewer.publish_notifications == on
                })
                .await,
            );
        });
    };
    let look_again = Callback::new(move |()| {
        let client = client.clone();
        saving.set(Saving::Sending);
        spawn_abortable(async move {
            let on = wanted.try_get_untracked().flatten();
            ended(match read_me(session, &client).await {
                Ok(viewer) if on.is_none_or(|on| on == viewer.publish_notifications) => {
                    WriteEnd::Done
                }
                Ok(_) => WriteEnd::NotSoFar,
                Err(_) => WriteEnd::Unknown,
            });
        });
    });
    let ticked = move |on: bool| {
        wanted.set(Some(on));
        saving.set(Saving::Idle);
    };
    view! {
        <section class="settings__section" aria-labelledby="notifications-heading">
            <h2 id="notifications-heading">"Messages about your crates"</h2>
            <form on:submit=submit>
                <label class="tick">
                    <input type="checkbox" prop:checked=shown on:input:target=move |event| ticked(event.target().checked()) />
                    <span>"Write to me whenever a version of a crate of mine is published, so that I notice if it was not me"</span>
                </label>
                <WriteOutcome saving=saving on_look_again=look_again />
                <p class="settings__actions">
                    <button type="submit" class="button" aria-busy=move || saving.with(Saving::is_sending).to_string()>
                        {move || if saving.with(Saving::is_sending) { "Saving…" } else { "Save choice" }}
                    </button>
                </p>
            </form>
        </section>
    }
}
