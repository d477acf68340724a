//! What stands beside a crate's README: how to install it, the facts of the version, links, categories.

use leptos::prelude::*;

use crate::browser::intl;
use crate::components::copy_line::CopyLine;
use crate::components::icon::Icon;
use crate::components::time_text::RelativeTime;
use crate::domain::install::Install;
use crate::domain::krate::CrateDetail;
use crate::domain::version::Version;
use crate::route::Route;
use crate::state::client::{now, use_client};
use crate::template::view;

/// Shows the sections beside the README.
#[component]
pub fn CrateAside(
    detail: CrateDetail,
    /// The version the page is about; `None` when the server did not send it.
    version: Option<Version>,
    /// Whether to install exactly that version.
    pinned: bool,
) -> impl IntoView {
    let install = version
        .as_ref()
        .filter(|version| !version.yanked)
        .map(|version| install_section(&detail.krate.name, version, pinned));
    let links = links(&detail, version.as_ref());
    let categories = (!detail.categories.is_empty()).then(|| {
        let items = detail
            .categories
            .iter()
            .map(|category| {
                let href = Route::category(&category.slug).path();
                view! { <li><a href=href>{category.name.clone()}</a></li> }
            })
            .collect_view();
        view! {
            <section aria-labelledby="categories-heading">
                <h2 id="categories-heading">"Categories"</h2>
                <ul class="metadata-list">{items}</ul>
            </section>
        }
    });
    view! {
        {install}
        {facts(&detail, version.as_ref(), pinned)}
        {links}
        {categories}
    }
}

fn install_section(name: &str, version: &Version, pinned: bool) -> AnyView {
    let install = Install::new(name, version.has_lib, &version.bin_names);
    let (library, binary) = if pinned {
        (
            install.pinned_library(&version.num),
            install.pinned_binary(&version.num),
        )
    } else {
        (install.library(&version.num), install.binary())
    };
    let library = library.map(|(command, line)| {
        view! {
            <p>"Run this in your project:"</p>
            <CopyLine text=command what="command" />
            <p>"Or add this line to Cargo.toml:"</p>
            <CopyLine text=line what="line for Cargo.toml" />
        }
    });
    let binary = binary.map(|command| {
        view! {
            <p>"Install the program:"</p>
            <CopyLine text=command what="install command" />
        }
    });
    view! {
        <section class="install" aria-labelledby="install-heading">
            <h2 id="install-heading">"Install"</h2>
            {binary}
            {library}
        </section>
    }
    .into_any()
}

fn fact(icon: &'static str, label: &'static str, value: AnyView) -> AnyView {
    view! { <li><Icon name=icon /><span class="visually-hidden">{label} ": "</span><span>{value}</span></li> }.into_any()
}

fn facts(detail: &CrateDetail, version: Option<&Version>, pinned: bool) -> AnyView {
    let now = now(&use_client());
    let krate = &detail.krate;
    let mut items = Vec::new();
    if let Some(version) = version {
        if let Some(time) = version.created_at {
            items.push(fact(
                "clock",
                "Released",
                view! { <RelativeTime time=time now=now /> }.into_any(),
            ));
        }
        if let Some(rust) = &version.rust_version {
            items.push(fact(
                "gear",
                "Minimum Rust version",
                format!("Rust {rust} or newer").into_any(),
            ));
        } else if let Some(edition) = &version.edition {
            items.push(fact(
                "gear",
                "Edition",
                format!("{edition} edition").into_any(),
            ));
        }
        if let Some(license) = &version.license {
            items.push(fact("scale", "License", license.clone().into_any()));
        }
        if let Some(size) = version.crate_size {
            items.push(fact("weight", "Size", intl::bytes(size).into_any()));
        }
        if let Some(lines) = version.code_lines {
            items.push(fact(
                "info",
                "Size in code",
                format!("{} lines of code", intl::number(lines)).into_any(),
            ));
        }
    }
    if let Some(version) = version.filter(|_| pinned) {
        let count = format!(
            "{} downloads of this version",
            intl::number(version.downloads)
        );
        items.push(fact(
            "download",
            "Downloads of this version",
            count.into_any(),
        ));
    }
    items.push(fact(
        "download",
        "Downloads",
        format!("{} downloads", intl::number(krate.downloads)).into_any(),
    ));
    if let Some(recent) = krate.recent_downloads {
        items.push(fact(
            "download",
            "Recent downloads",
            format!("{} in the last 90 days", intl::number(recent)).into_any(),
        ));
    }
    view! {
        <section aria-labelledby="metadata-heading">
            <h2 id="metadata-heading">"Metadata"</h2>
            <ul class="metadata-list">{items}</ul>
        </section>
    }
    .into_any()
}

fn links(detail: &CrateDetail, version: Option<&Version>) -> Option<AnyView> {
    let krate = &detail.krate;
    let of_version =
        |pick: fn(&Version) -> &Option<String>| version.and_then(|version| pick(version).clone());
    let repository = of_version(|version| &version.repository).or_else(|| krate.repository.clone());
    let homepage = of_version(|version| &version.homepage)
        .or_else(|| krate.homepage.clone())
        .filter(|homepage| {
            Some(homepage.trim_end_matches('/'))
                != repository.as_deref().map(|link| link.trim_end_matches('/'))
        });
    let documentation =
        of_version(|version| &version.documentation).or_else(|| krate.documentation.clone());
    let rows: Vec<AnyView> = [
        ("Homepage", homepage),
        ("Documentation", documentation),
        ("Repository", repository),
    ]
    .into_iter()
    .filter_map(|(label, address)| link_row(label, &address?))
    .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="links-heading">
                <h2 id="links-heading">"Links"</h2>
                <ul class="metadata-list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// Addresses are the publisher's text: only the web's own schemes become links.
fn link_row(label: &'static str, address: &str) -> Option<AnyView> {
    let shown = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let shown = shown
        .strip_prefix("www.")
        .unwrap_or(shown)
        .trim_end_matches('/')
        .to_owned();
    Some(
        view! {
            <li>
                <Icon name="link" />
                <span>
                    <span class="visually-hidden">{label} ": "</span>
                    <a href=address.to_owned() rel="nofollow ugc noopener noreferrer">{shown}</a>
                </span>
            </li>
        }
        .into_any(),
    )
}
