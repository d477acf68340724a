//! One's e-mail address: what it is, whether it is confirmed, another one, the message that confirms it once more.

use leptos::html::Input;
use leptos::prelude::*;

use super::super::write_text;
use crate::browser::{document, storage, timer};
use crate::components::write_outcome::{Saving, WriteOutcome};
use crate::domain::email;
use crate::domain::user::{Email, UserId};
use crate::reactive::{Memo, RwSignal};
use crate::state::account::{WriteEnd, end_of_write, read_me};
use crate::state::client::use_client;
use crate::state::draft;
use crate::state::load::spawn_abortable;
use crate::state::notices::{NoticeKind, use_notices};
use crate::state::session::use_session;
use crate::template::view;

/// Shows the address and the form for another one.
#[component]
pub fn EmailSection(id: UserId) -> impl IntoView {
    let session = use_session();
    let email = Memo::new(move |_| {
        session.with(|session| {
            session
                .viewer()
                .map_or(Email::Missing, |viewer| viewer.email.clone())
        })
    });
    let kept = draft::take(storage::EMAIL_DRAFT, id);
    let editing = RwSignal::new(kept.is_some());
    let text = RwSignal::new(kept.unwrap_or_default());
    let saving = RwSignal::new(Saving::Idle);
    let edit = Callback::new(move |()| {
        text.set(
            email
                .get_untracked()
                .address()
                .unwrap_or_default()
                .to_owned(),
        );
        saving.set(Saving::Idle);
        editing.set(true);
        timer::next_frame(|| {
            document::focus("#email");
        });
    });
    let stop = Callback::new(move |()| {
        editing.set(false);
        timer::next_frame(|| {
            document::focus("#email-heading");
        });
    });
    let content = move || {
        if editing.get() {
            view! { <EmailForm id=id present=email text=text saving=saving on_stop=stop /> }
                .into_any()
        } else {
            view! { <Present id=id email=email on_edit=edit /> }.into_any()
        }
    };
    // Said here when the form has gone.
    let saved = move || match saving.get() {
        Saving::Saved(text) if !editing.get() => Saving::Saved(text),
        _ => Saving::Idle,
    };
    view! {
        <section class="settings__section" aria-labelledby="email-heading">
            <h2 id="email-heading" tabindex="-1">"E-mail address"</h2>
            <p class="settings__note">"It is used to write to you about your account and your crates, and shown to nobody. Publishing needs a confirmed one."</p>
            {content}
            <WriteOutcome saving=Signal::derive(saved) on_look_again=Callback::new(|()| {}) />
        </section>
    }
}

#[component]
fn EmailForm(
    id: UserId,
    present: Memo<Email>,
    text: RwSignal<String>,
    saving: RwSignal<Saving>,
    on_stop: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let notices = use_notices();
    let field = NodeRef::<Input>::new();
    let focus = move || {
        if let Some(field) = field.try_get_untracked().flatten() {
            let _ = field.focus();
        }
    };
    let ended = move |address: &str, end: WriteEnd| {
        let next = match end {
            WriteEnd::Done => {
                saving.try_set(Saving::Saved(saved(address, &present.get_untracked())));
                return on_stop.run(());
            }
            WriteEnd::Refused(error) => Saving::Refused(write_text::refused(&error)),
            WriteEnd::NotSoFar => Saving::Unknown(write_text::NOT_SO_FAR.to_owned()),
            WriteEnd::Unknown => Saving::Unknown(write_text::UNKNOWN.to_owned()),
            WriteEnd::SignedOut => {
                draft::keep(storage::EMAIL_DRAFT, id, address);
                return session.forget();
            }
            WriteEnd::SomebodyElse(now) => {
                return notices.show(NoticeKind::Info, write_text::somebody_else(&now));
            }
        };
        saving.try_set(next);
        focus();
    };
    let sender = client.clone();
    let send = move || {
        if saving.with_untracked(Saving::is_sending) {
            return;
        }
        let address = match text.with_untracked(|text| email::parse(text).map(str::to_owned)) {
            Ok(address) => address,
            Err(fault) => {
                saving.set(Saving::Refused(fault.text().to_owned()));
                return focus();
            }
        };
        saving.set(Saving::Sending);
        let client = sender.clone();
        // It is seen through even if the page is left meanwhile.
        spawn_abortable(async move {
            let result = client.update_email(id, &address).await;
            let end = end_of_write(session, &client, id, result, |viewer| {
                viewer.email.address() == Some(&address)
            })
            .await;
            ended(&address, end);
        });
    };
    let look_again = Callback::new(move |()| {
        let client = client.clone();
        saving.set(Saving::Sending);
        spawn_abortable(async move {
            let address = text
                .try_get_untracked()
                .unwrap_or_default()
                .trim()
                .to_owned();
            let end = match read_me(session, &client).await {
                Ok(viewer) if viewer.email.address() == Some(&address) => WriteEnd::Done,
                Ok(_) => WriteEnd::NotSoFar,
                Err(_) => WriteEnd::Unknown,
            };
            ended(&address, end);
        });
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send();
    };
    let label = move || {
        if saving.with(Saving::is_sending) {
            "Saving…"
        } else {
            "Save address"
        }
    };
    let busy = move || saving.with(Saving::is_sending).to_string();
    let outcome = Signal::derive(move || match saving.get() {
        Saving::Saved(_) => Saving::Idle,
        other => other,
    });
    view! {
        <form class="field" novalidate on:submit=submit>
            <label class="field__label" for="email">"Your e-mail address"</label>
            <input
                id="email"
                class="field__input"
                type="email"
                autocomplete="email"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby="email-outcome"
                aria-invalid=move || saving.with(|saving| matches!(saving, Saving::Refused(_))).then_some("true")
                readonly=move || saving.with(Saving::is_sending)
                prop:value=text
                node_ref=field
                on:input:target=move |event| text.set(event.target().value())
            />
            <WriteOutcome id="email-outcome" saving=outcome on_look_again=look_again />
            <p class="settings__actions">
                <button type="submit" class="button button--primary" aria-busy=busy>{label}</button>
                <button type="button" class="button" on:click=move |_| on_stop.run(())>"Cancel"</button>
            </p>
        </form>
    }
}

fn saved(address: &str, now: &Email) -> String {
    match now {
        Email::Verified { .. } => format!("{address} is your address, and confirmed."),
        _ => format!(
            "Saved. A message was sent to {address}; open the link in it to confirm the address."
        ),
    }
}

/// The address as it is, and what can be done about it.
#[component]
fn Present(id: UserId, email: Memo<Email>, on_edit: Callback<()>) -> impl IntoView {
    let shown = move || {
        match email.get() {
        Email::Missing => view! { <p>"You have not given one yet."</p> }.into_any(),
        Email::Verified { address } => view! {
            <p class="email-line"><span class="email-line__address">{address}</span> " " <span class="state-word" data-state="good">"confirmed"</span></p>
        }
        .into_any(),
        Email::Unverified { address, .. } => view! {
            <p class="email-line"><span class="email-line__address">{address}</span> " " <span class="state-word" data-state="open">"not confirmed yet"</span></p>
        }
        .into_any(),
    }
    };
    let label = move || {
        if email.with(|email| *email == Email::Missing) {
            "Give an address"
        } else {
            "Change address"
        }
    };
    view! {
        {shown}
        <Resend id=id email=email />
        <p class="settings__actions">
            <button type="button" class="button" on:click=move |_| on_edit.run(())>{label}</button>
        </p>
    }
}

/// Has the message that confirms the address sent once more.
#[component]
fn Resend(id: UserId, email: Memo<Email>) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let notices = use_notices();
    let saving = RwSignal::new(Saving::Idle);
    let send = move |_| {
        if saving.with_untracked(Saving::is_sending) {
            return;
        }
        saving.set(Saving::Sending);
        let client = client.clone();
        let address = email.with_untracked(|email| email.address().unwrap_or_default().to_owned());
        spawn_abortable(async move {
            let result = client.resend_confirmation(id).await;
            saving.try_set(match end_of_write(session, &client, id, result, |_| false).await {
                WriteEnd::Done => Saving::Saved(format!("A message was sent to {address}. Open the link in it.")),
                WriteEnd::Refused(error) => Saving::Refused(write_text::refused(&error).replace("Nothing was changed", "No message was sent")),
                WriteEnd::NotSoFar | WriteEnd::Unknown => Saving::Refused(String::from(
                    "The answer was lost on the way, so it is not known whether a message was sent. Look into your mailbox before you ask for another one.",
                )),
                WriteEnd::SignedOut => return session.forget(),
                WriteEnd::SomebodyElse(now) => return notices.show(NoticeKind::Info, write_text::somebody_else(&now)),
            });
        });
    };
    let sent_before =
        move || email.with(|email| matches!(email, Email::Unverified { sent: true, .. }));
    let label = move || match (saving.with(Saving::is_sending), sent_before()) {
        (true, _) => "Sending…",
        (false, true) => "Send the message again",
        (false, false) => "Send a confirmation message",
    };
    let offer = move || {
        let send = send.clone();
        email.with(|email| matches!(email, Email::Unverified { .. })).then(|| {
            view! {
                <p>{move || if sent_before() { "A message with a link was sent to this address. Publishing is possible once you have opened it." } else { "Publishing is possible once the address is confirmed by a link in a message." }}</p>
                <p class="settings__actions">
                    <button type="button" class="button" aria-busy=move || saving.with(Saving::is_sending).to_string() on:click=send>
                        {label}
                    </button>
                </p>
            }
        })
    };
    view! {
        {offer}
        <WriteOutcome saving=saving on_look_again=Callback::new(|()| {}) />
    }
}
