//! The form of a pending sign-up: username, e-mail address, what follows from it, and how long it stays open.

use crate::browser::event::SubmitEvent;
use leptos::prelude::*;

use super::Screen;
use super::details;
use super::email_field::{EmailField, EmailState};
use super::flow::{Flow, began};
use super::submission::{Stage, Submission};
use crate::browser::{intl, storage, timer};
use crate::components::login_button::{LoginButton, LoginWords};
use crate::components::username_field::UsernameField;
use crate::domain::availability::{Picker, Status, Tone};
use crate::domain::session::PendingSignup;
use crate::domain::signup::{Draft, TimeLeft, ends_at, time_left};
use crate::domain::time::Timestamp;
use crate::domain::username::Username;
use crate::reactive::{Memo, RwSignal, StoredValue, effect};
use crate::state::login::LoginPlace;
use crate::state::username_picker::{UsernamePickerState, username_picker};
use crate::template::view;

/// How often is looked how much time is left, in milliseconds.
const LOOK_EVERY: i32 = 5_000;

/// Shows the form.
#[component]
pub(super) fn SignupForm(
    flow: Flow,
    pending: PendingSignup,
    /// Whether something in the form is wrong and was said to be.
    mistaken: RwSignal<bool>,
) -> impl IntoView {
    let draft = storage::read(storage::SIGNUP_DRAFT)
        .and_then(|text| Draft::read(&text, &pending.github_login));
    let (name, address) = match draft {
        Some(draft) => (draft.username, draft.email),
        None => (
            pending.github_login.clone(),
            pending.email.clone().unwrap_or_default(),
        ),
    };
    let submission = Submission::new(flow);
    let email = EmailState::new(address, submission.email_refused);
    // The callback needs the picker that is made with it.
    let picker = StoredValue::new(None::<UsernamePickerState>);
    let chosen = Callback::new(move |name: Username| {
        let Some(picker) = picker.get_value() else {
            return;
        };
        match email.address() {
            Ok(address) => submission.create(picker, name, address),
            Err(_) => {
                picker.resume();
                email.focus();
            }
        }
    });
    let field = username_picker(None, Some(pending.github_login.clone()), &name, chosen);
    picker.set_value(Some(field));
    keep_draft(flow, pending.github_login.clone(), field, email);
    effect(move |_| {
        let name_refused = field.with(|picker| picker.tone() == Tone::Error);
        mistaken.set(name_refused || email.problem().is_some());
    });
    // What was refused is the address: that is where to go on.
    effect(move |_| {
        if submission.email_refused.get() {
            email.focus();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if submission.stage.get_untracked() != Stage::Idle {
            return;
        }
        email.judge();
        let name_is_one = field.with_untracked(|picker| picker.name().is_ok());
        if email.address().is_err() && name_is_one {
            email.focus();
        } else {
            field.submit();
        }
    };
    let login = pending.github_login.clone();
    let mark = {
        // Of a name that cannot be had nothing is foretold.
        let name = Memo::new(move |_| {
            field.with(|picker| picker.name().ok().filter(|_| picker.tone() != Tone::Error))
        });
        move || name.get().map(|name| details::mark(&login, &name))
    };
    // A server that cannot be asked about names may be one that gives everybody the GitHub name.
    let may_be_old = Memo::new(move |_| field.with(Picker::status) == Status::NobodyUsesIt);
    let old = move || {
        may_be_old.get().then(|| {
            view! {
                <p class="field__hint">
                    "This registry does not tell which names are free. It may be one that gives every account its GitHub name, whatever is chosen; then you are told."
                </p>
            }
        })
    };
    let busy = move || submission.stage.get() == Stage::Creating;
    let cancelling = move || submission.stage.get() == Stage::Cancelling;
    let trouble = move || {
        submission.trouble.get().map(|trouble| {
            let detail = trouble.detail.map(|detail| view! { <p class="error-screen__detail">"The registry says: " {detail}</p> });
            view! {
                <div class="notice" data-kind="error">
                    <div class="notice__text"><p>{trouble.text}</p>{detail}</div>
                </div>
            }
        })
    };
    view! {
        {details::who(&pending)}
        <form novalidate on:submit=submit>
            <UsernameField picker=field label="Username" />
            <div class="signup-page__mark">{old} {mark}</div>
            <EmailField state=email />
            {details::consequences(&pending)}
            <TimeLine flow=flow said=pending.expires_at />
            <div role="alert">{trouble}</div>
            <p class="signup-page__actions">
                <button type="submit" class="button button--primary" aria-busy=move || busy().then_some("true")>
                    {move || if busy() { "Creating the account…" } else { "Create the account" }}
                </button>
                <button
                    type="button"
                    class="button"
                    aria-busy=move || cancelling().then_some("true")
                    on:click=move |_| submission.cancel()
                >
                    {move || if cancelling() { "Cancelling…" } else { "Cancel the sign-up" }}
                </button>
            </p>
        </form>
    }
}

/// Keeps what is typed in this tab, so that signing in again restores it.
fn keep_draft(flow: Flow, github_login: String, picker: UsernamePickerState, email: EmailState) {
    effect(move |_| {
        // The last change is that the name is saved; by then there is nothing left to keep.
        if flow
            .screen
            .with_untracked(|screen| !matches!(screen, Screen::Form(_)))
        {
            return;
        }
        let draft = Draft {
            github_login: github_login.clone(),
            username: picker.with(|picker| picker.text().to_owned()),
            email: email.text.get(),
        };
        storage::write(storage::SIGNUP_DRAFT, &draft.print());
    });
}

/// Says how long the sign-up stays open, and warns in time.
#[component]
fn TimeLine(flow: Flow, said: Option<Timestamp>) -> impl IntoView {
    let end = flow.now().and_then(|now| ends_at(said, began(), now));
    let left = RwSignal::new(
        flow.now()
            .map_or(TimeLeft::NotKnown, |now| time_left(end, now)),
    );
    let looking = StoredValue::new(None::<timer::Timer>);
    look_again(flow, end, left, looking);
    let line = move || match left.get() {
        TimeLeft::Enough { until } | TimeLeft::Little { until } => {
            format!(
                "This sign-up stays open until {} (your time).",
                intl::clock_time(until)
            )
        }
        TimeLeft::NotKnown => String::from("This sign-up stays open for at most 30 minutes."),
        TimeLeft::Over => String::from("The time of this sign-up is over."),
    };
    let is_little = Memo::new(move |_| matches!(left.get(), TimeLeft::Little { .. }));
    let warning = move || match left.get() {
        TimeLeft::Little { until } => Some(format!(
            "This sign-up ends at {}. If you need longer, log in again: that gives you another 30 minutes, and what you typed is kept.",
            intl::clock_time(until)
        )),
        _ => None,
    };
    let more = move || {
        is_little.get().then(|| {
            view! {
                <LoginButton login=flow.login place=LoginPlace::Page class="button" />
                <LoginWords login=flow.login place=LoginPlace::Page />
            }
        })
    };
    view! {
        <p class="field__hint">{line}</p>
        <div class="signup-page__warning" data-shown=move || is_little.get().to_string()>
            <p role="status" aria-atomic="true">{warning}</p>
            {more}
        </div>
    }
}

fn look_again(
    flow: Flow,
    end: Option<Timestamp>,
    left: RwSignal<TimeLeft>,
    looking: StoredValue<Option<timer::Timer>>,
) {
    if end.is_none() {
        return;
    }
    let again = timer::after(LOOK_EVERY, move || {
        let Some(now) = flow.now() else { return };
        let present = time_left(end, now);
        if left
            .try_get_untracked()
            .is_some_and(|before| before != present)
        {
            left.try_set(present);
        }
        if present == TimeLeft::Over {
            // The server has the last word on that.
            flow.look();
        } else {
            look_again(flow, end, left, looking);
        }
    });
    looking.set_value(again);
}
