//! One token in the list.

use leptos::prelude::*;

use super::super::token_text::scope_name;
use crate::components::time_text::{LongDate, RelativeTime};
use crate::domain::time::Timestamp;
use crate::domain::token::ApiToken;
use crate::route::Route;
use crate::template::view;

/// Shows a token; `revoke` is asked to.
pub fn token_row(token: ApiToken, now: Timestamp, revoke: Callback<ApiToken>) -> AnyView {
    let has_expired = token.has_expired(now);
    let again = Route::NewToken {
        from: Some(token.id),
    }
    .path();
    let name = shown_name(&token);
    let scopes = match &token.endpoint_scopes {
        None => String::from("everything (made before tokens could be limited)"),
        Some(scopes) if scopes.is_empty() => String::from("nothing"),
        Some(scopes) => scopes.iter().map(scope_name).collect::<Vec<_>>().join(", "),
    };
    let crates = match &token.crate_scopes {
        None => view! { "all" }.into_any(),
        Some(patterns) => patterns
            .iter()
            .enumerate()
            .map(
                |(at, pattern)| view! { {(at > 0).then_some(", ")} <code>{pattern.clone()}</code> },
            )
            .collect_view()
            .into_any(),
    };
    let used = match token.last_used_at {
        None => "never".into_any(),
        Some(time) => view! { <RelativeTime time=time now=now /> }.into_any(),
    };
    let created = token
        .created_at
        .map(|time| view! { <div><dt>"Made"</dt><dd><LongDate time=time /></dd></div> });
    let expiry = match token.expired_at {
        None => view! { <div><dt>"Expires"</dt><dd>"never"</dd></div> }.into_any(),
        Some(time) if has_expired => view! { <div><dt>"Expired"</dt><dd><LongDate time=time /></dd></div> }.into_any(),
        Some(time) => view! {
            <div><dt>"Expires"</dt><dd><LongDate time=time /> ", " <RelativeTime time=time now=now /></dd></div>
        }
        .into_any(),
    };
    let revoke_button = (!has_expired).then(|| {
        let label = format!("Revoke {name}");
        view! {
            <button type="button" class="button" aria-label=label on:click=move |_| revoke.run(token.clone())>"Revoke"</button>
        }
    });
    view! {
        <li class="token" data-expired=has_expired.to_string()>
            <h2 class="token__name"><bdi>{name.clone()}</bdi>{has_expired.then(|| view! { " " <span class="state-word" data-state="over">"expired"</span> })}</h2>
            <dl class="token__facts">
                <div><dt>"May"</dt><dd>{scopes}</dd></div>
                <div><dt>"Crates"</dt><dd>{crates}</dd></div>
                <div><dt>"Last used"</dt><dd>{used}</dd></div>
                {created}
                {expiry}
            </dl>
            <p class="settings__actions">
                {revoke_button}
                <a class="button button--plain" href=again aria-label=format!("Make another like {name}")>"Make another"</a>
            </p>
        </li>
    }
    .into_any()
}

/// What the token is called. Other programs may have made one without a name.
pub fn shown_name(token: &ApiToken) -> String {
    let is_blank = token
        .name
        .chars()
        .all(|c| c.is_whitespace() || c.is_control());
    if is_blank {
        format!("Token without a name (number {})", token.id.0)
    } else {
        token.name.clone()
    }
}
