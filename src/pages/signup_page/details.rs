//! What one should know before signing up, in plain words: who one is at GitHub, what becomes public, what the registry gets.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::mismatch_text::github_link;
use crate::domain::identity::{Foreseen, LinkedAccount, Mismatch, Service, Spelling, foresee};
use crate::domain::session::PendingSignup;
use crate::domain::username::Username;
use crate::route::Route;
use crate::template::view;

/// Who GitHub says it is.
pub(super) fn who(pending: &PendingSignup) -> AnyView {
    let name = pending
        .name
        .clone()
        .map(|name| view! { " (" <span class="display-name">{name}</span> ")" });
    view! {
        <p class="signup-page__who">
            "GitHub has said who you are: " {github_link(&pending.github_login)} {name}
            ". There is no account for it here yet. Choose the name it will have."
        </p>
    }
    .into_any()
}

/// The mark that this name will have beside it.
pub(super) fn mark(github_login: &str, username: &Username) -> AnyView {
    let account = LinkedAccount {
        service: Service::GitHub,
        login: github_login.to_owned(),
        account_id: None,
        avatar: None,
    };
    match foresee(Some(&[account]), username) {
        Foreseen::NoBadge => view! {
            <p class="field__hint">"This is your GitHub name, letter by letter, so no mark will stand beside it."</p>
        }
        .into_any(),
        Foreseen::Badge(kind) => {
            let difference = match &kind {
                Mismatch::OnlySpelling { difference: Spelling::Capitals, .. } => "It differs in capital letters from your GitHub name, ",
                Mismatch::OnlySpelling { .. } => "It differs in spelling from your GitHub name, ",
                _ => "It is not your GitHub name, ",
            };
            view! {
                <div class="mismatch-note">
                    <Icon name="differs" />
                    <p>
                        "This mark will stand beside your username. " {difference} <span class="username">{github_login.to_owned()}</span>
                        ", and everybody is told so. That is allowed; it is there so that nobody is mistaken for somebody else."
                    </p>
                </div>
            }
            .into_any()
        }
        Foreseen::Unknown => ().into_any(),
    }
}

/// What becomes public, and what the registry gets.
pub(super) fn consequences(pending: &PendingSignup) -> AnyView {
    let login = pending.github_login.clone();
    view! {
        <section class="signup-page__notice" aria-labelledby="signup-public">
            <h2 id="signup-public">"What everybody will see"</h2>
            <p>
                <strong>"That this account belongs to the GitHub account " <span class="username">{login}</span> "."</strong>
                " The link is public: it stands on your page here and in the registry’s database dumps, which anybody can download and keep. Another username does not hide it, and it cannot be taken back."
            </p>
            <p>
                "Do not sign up with a GitHub account that you do not want linked to your work here. "
                "Your username, the display name and the picture of your GitHub account are public as well."
            </p>
            <h2>"What the registry gets"</h2>
            <p>
                "From GitHub: your account’s number, login, display name, picture and e-mail address, and it may see which organisations and teams you are in, for crates that teams own. From you: the username and the e-mail address above."
            </p>
            <p class="signup-page__links">
                <a href=Route::DocsUsernames.path()>"Rules for usernames"</a>
                <a href=Route::Privacy.path()>"What is kept, and who sees it"</a>
            </p>
        </section>
    }
    .into_any()
}
