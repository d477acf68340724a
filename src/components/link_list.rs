//! A short list of links with a word beside each: crates on the front page, keywords, parts of a category.

use leptos::prelude::*;

use crate::template::view;

/// One link of such a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkItem {
    /// Where it leads.
    pub href: String,
    /// The link's text: a name.
    pub name: String,
    /// What stands beside it: a version, a number.
    pub note: Option<String>,
    /// What stands below it.
    pub text: Option<String>,
}

/// Shows the links in the order given.
#[component]
pub fn LinkList(
    items: Vec<LinkItem>,
    /// Names of crates and keywords are set in the face of identity.
    #[prop(optional)]
    mono: bool,
    /// As many columns as fit, instead of one.
    #[prop(optional)]
    columns: bool,
    /// What the notes count, for those who hear and do not see the heading beside them.
    #[prop(optional)]
    unit: &'static str,
) -> impl IntoView {
    let rows = items
        .into_iter()
        .map(|item| row(item, mono, unit))
        .collect_view();
    view! { <ol class="link-list" data-columns=columns.to_string()>{rows}</ol> }
}

fn row(item: LinkItem, mono: bool, unit: &'static str) -> AnyView {
    let note = item.note.map(|note| {
        let unit =
            (!unit.is_empty()).then(|| view! { <span class="visually-hidden">" " {unit}</span> });
        view! { <span class="link-list__note">{note} {unit}</span> }
    });
    let text = item
        .text
        .map(|text| view! { <p class="link-list__text" dir="auto">{text}</p> });
    let class = if mono {
        "link-list__name link-list__name--mono"
    } else {
        "link-list__name"
    };
    view! {
        <li class="link-list__row">
            <a class=class href=item.href>{item.name}</a>
            {note}
            {text}
        </li>
    }
    .into_any()
}

/// Grey rows in the place of such a list.
#[component]
pub fn LinkListPlaceholder() -> impl IntoView {
    let rows = (0..10)
        .map(
            |_| view! { <li class="link-list__row"><span class="placeholder">"a name"</span></li> },
        )
        .collect_view();
    view! { <ol class="link-list" aria-hidden="true">{rows}</ol> }
}
