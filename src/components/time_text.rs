//! A moment, as the reader's language says it: relative in sight, in full on hover and for machines.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::time::Timestamp;
use crate::template::view;

/// "3 days ago", with the date and time in full behind it.
#[component]
pub fn RelativeTime(time: Timestamp, now: Timestamp) -> impl IntoView {
    view! { <time datetime=time.to_string() title=intl::long_date_and_time(time)>{intl::relative(time, now)}</time> }
}

/// "21 November 2026".
#[component]
pub fn LongDate(time: Timestamp) -> impl IntoView {
    view! { <time datetime=time.to_string()>{intl::long_date(time)}</time> }
}
