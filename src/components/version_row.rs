//! A version in the list of a crate's versions. There may be thousands, so a row is few elements and listens to little.

use leptos::prelude::*;

use super::avatar::{Avatar, AvatarSize};
use super::icon::Icon;
use super::time_text::RelativeTime;
use super::username_text::UsernameText;
use crate::browser::intl;
use crate::domain::requirement::release_track;
use crate::domain::time::Timestamp;
use crate::domain::user::User;
use crate::domain::version::{ReleaseTrack, TrustedPublisher, Version};
use crate::reactive::RwSignal;
use crate::route::Route;
use crate::template::view;

/// Shows the row, the `index`th from 0. `tracks` names the highest version of each release track; `yanked` is how it is now,
/// which a visitor may change; `actions` are what the visitor may do to it; `about` is what stands beside its publisher.
pub fn version_row(
    version: Version,
    index: u64,
    now: Timestamp,
    tracks: &[ReleaseTrack],
    yanked: RwSignal<bool>,
    actions: AnyView,
    about: fn(&User, String) -> Option<AnyView>,
) -> AnyView {
    let href = Route::version(&version.krate, &version.num).path();
    let track = release_track(&version.num);
    let highest = tracks.iter().any(|track| track.highest == version.num);
    let badge = match track {
        Some(track) => {
            let hint = if highest {
                format!("The highest version of {track}.x that is stable and not yanked")
            } else {
                format!("Release track {track}.x")
            };
            view! {
                <span class="version-row__track" data-highest=highest.then_some("") title=hint.clone()>
                    <span aria-hidden="true">{track}</span>
                    <span class="visually-hidden">{hint}</span>
                </span>
            }
        }
        .into_any(),
        None => view! { <span class="version-row__track" aria-hidden="true">"?"</span> }.into_any(),
    };
    let mark = move || {
        yanked
            .get()
            .then(|| view! { <span class="yanked-mark">"yanked"</span> })
    };
    let reason = version.yank_message.clone();
    let reason = move || {
        let reason = reason.clone().filter(|_| yanked.get());
        reason.map(|reason| view! { <p class="version-row__reason">"Yanked because: " <bdi>{reason}</bdi></p> })
    };
    view! {
        <li class="version-row" data-version-row=index.to_string()>
            {badge}
            <div class="version-row__body">
                <p class="version-row__name"><a href=href>{version.num.clone()}</a> {mark}</p>
                {reason}
                {facts(version, now, about)}
            </div>
            <div class="version-row__actions">{actions}</div>
        </li>
    }
    .into_any()
}

fn facts(version: Version, now: Timestamp, about: fn(&User, String) -> Option<AnyView>) -> AnyView {
    let publisher = match (version.trusted_publisher, version.published_by) {
        (Some(service), _) => Some(by_service(service)),
        (None, Some(user)) => {
            let about = about(&user, format!("about-publisher-{}", version.id.0));
            Some(by_user(user, about))
        }
        (None, None) => None,
    };
    let fact = |icon: &'static str, label: &'static str, value: String| {
        view! { <li><Icon name=icon /><span class="visually-hidden">{label} ": "</span>{value}</li> }.into_any()
    };
    let released = version
        .created_at
        .map(|time| view! { <li><Icon name="clock" /><RelativeTime time=time now=now /></li> });
    let rust = match (version.rust_version, version.edition) {
        (Some(rust), _) => Some(fact("gear", "Minimum Rust version", format!("Rust {rust}"))),
        (None, Some(edition)) => Some(fact("gear", "Edition", format!("{edition} edition"))),
        (None, None) => None,
    };
    let size = version
        .crate_size
        .map(|size| fact("weight", "Size", intl::bytes(size)));
    let licence = version
        .license
        .map(|licence| fact("scale", "Licence", licence));
    let features = features(version.features.into_keys().collect());
    view! {
        <ul class="version-row__facts">{publisher} {released} {rust} {size} {licence} {features}</ul>
    }
    .into_any()
}

fn by_user(user: User, about: Option<AnyView>) -> AnyView {
    let href = Route::user(&user.username).path();
    view! {
        <li>
            "by "
            <a class="version-row__publisher" href=href data-user-id=user.id.0.to_string()>
                <Avatar address=user.avatar size=AvatarSize::Small />
                <UsernameText username=user.username />
            </a>
            {about}
        </li>
    }
    .into_any()
}

/// Where the run of a trusted publisher can be seen. The parts of the address are checked: a slash too many leads elsewhere.
fn by_service(service: TrustedPublisher) -> AnyView {
    let plain = |text: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        !text.is_empty() && text.chars().all(fits) && !text.contains("..") && !text.starts_with('/')
    };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (name, address) = match &service {
        TrustedPublisher::GitHub {
            repository, run_id, ..
        } => {
            let address = format!("https://github.com/{repository}/actions/runs/{run_id}");
            (
                "GitHub",
                (plain(repository) && number(run_id)).then_some(address),
            )
        }
        TrustedPublisher::GitLab {
            project_path,
            job_id,
            ..
        } => {
            let address = format!("https://gitlab.com/{project_path}/-/jobs/{job_id}");
            (
                "GitLab",
                (plain(project_path) && number(job_id)).then_some(address),
            )
        }
        TrustedPublisher::Other(name) => (name.as_str(), None),
    };
    let name = name.to_owned();
    let shown = match address {
        Some(address) => {
            view! { <a href=address rel="nofollow ugc noopener noreferrer">{name}</a> }.into_any()
        }
        None => name.into_any(),
    };
    view! { <li>"via " {shown}</li> }.into_any()
}

fn features(mut names: Vec<String>) -> Option<AnyView> {
    let label = match names.len() {
        0 => return None,
        1 => String::from("1 feature"),
        count => intl::number(count as u64) + " features",
    };
    // What is on by default comes first.
    names.sort_by_key(|name| name != "default");
    Some(
        view! {
            <li>
                <details class="version-row__features">
                    <summary>{label}</summary>
                    <p>{names.join(", ")}</p>
                </details>
            </li>
        }
        .into_any(),
    )
}
