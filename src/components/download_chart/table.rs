//! Every number of the picture, for those who would rather read. Made when it is opened.

use leptos::prelude::*;

use super::name;
use crate::browser::intl;
use crate::domain::download_history::{DAYS, DownloadHistory};
use crate::reactive::RwSignal;
use crate::template::view;

/// Shows the table behind a line that opens it, latest day first.
#[component]
pub fn DownloadTable(history: DownloadHistory) -> impl IntoView {
    let open = RwSignal::new(false);
    let toggle = move |event: leptos::ev::Targeted<web_sys::Event, web_sys::HtmlDetailsElement>| {
        open.set(event.target().open())
    };
    let table = move || open.get().then(|| table(&history));
    view! {
        <details class="chart__table" on:toggle:target=toggle>
            <summary>"The same as a table"</summary>
            {table}
        </details>
    }
}

fn table(history: &DownloadHistory) -> AnyView {
    let heads = history
        .rows
        .iter()
        .map(|row| view! { <th scope="col">{name(row)}</th> })
        .collect_view();
    let days = (0..DAYS)
        .rev()
        .map(|column| {
            let counts = (0..history.rows.len())
                .map(|row| view! { <td>{intl::number(history.count(row, Some(column)))}</td> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{intl::day(history.day(column))}</th>
                    <td>{intl::number(history.total(column))}</td>
                    {counts}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="chart__scroll" role="group" aria-label="Downloads by day" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Day"</th>
                        <th scope="col">"All"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{days}</tbody>
            </table>
        </div>
    }
    .into_any()
}
