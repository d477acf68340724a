//! Downloads by day as a picture: a bar for each day, stacked by version, with the numbers of a day on hover, touch and by keys.
//!
//! Drawn by ourselves: a path for each row in an SVG that the browser stretches. Measured after brotli 11, uPlot is 21 kB and
//! Chart.js with nothing but bars 49 kB, and both draw on a canvas, which only eyes can read. Here the picture is never the only way: the slider reads out each day, the table holds every number. Colours
//! come from the style sheet, by the number of the row.

mod table;

use std::fmt::Write;

use leptos::prelude::*;
use web_sys::PointerEvent;

use crate::browser::intl;
use crate::domain::download_history::{DAYS, DownloadHistory, Row};
use crate::reactive::{RwSignal, StoredValue};
use crate::template::view;
use table::DownloadTable;

/// The picture's own height, in units that need no fractions.
const HEIGHT: u64 = 10_000;

/// Shows the picture, its legend and its table.
#[component]
pub fn DownloadChart(history: DownloadHistory) -> impl IntoView {
    let shown = StoredValue::new(history.clone());
    let chosen = RwSignal::new(None::<usize>);
    let day = move || chosen.get().unwrap_or(DAYS - 1);
    let headline = move || shown.with_value(|history| headline(history, chosen.get()));
    let said = move || shown.with_value(|history| said(history, day()));
    let slide = move |event: leptos::ev::Targeted<web_sys::Event, web_sys::HtmlInputElement>| {
        chosen.set(
            event
                .target()
                .value()
                .parse()
                .ok()
                .filter(|column| *column < DAYS),
        );
    };
    let take = move |_| chosen.update(|chosen| *chosen = chosen.or(Some(DAYS - 1)));
    let legend = history.rows.iter().enumerate().map(|(index, row)| {
        let value =
            move || intl::number(shown.with_value(|history| history.count(index, chosen.get())));
        view! {
            <li>
                <span class="chart__swatch" data-row=index.to_string() aria-hidden="true"></span>
                <span class="chart__name">{name(row)}</span>
                <span class="chart__value">{value}</span>
            </li>
        }
    });
    let scale = history.scale();
    let marks = (0..=scale.steps)
        .rev()
        .map(|mark| view! { <span>{intl::short_number(mark * scale.step)}</span> });
    let ends = [0, DAYS / 2, DAYS - 1]
        .map(|column| view! { <span>{intl::short_day(history.day(column))}</span> });
    view! {
        <div class="chart">
            <p class="chart__headline">{headline}</p>
            <div class="chart__frame">
                <div class="chart__marks" aria-hidden="true">{marks.collect_view()}</div>
                <Plot history=history.clone() chosen=chosen />
                <div class="chart__days" aria-hidden="true">{ends.collect_view()}</div>
                <input
                    class="chart__slider"
                    type="range"
                    min="0"
                    max=DAYS - 1
                    aria-label="Day"
                    aria-valuetext=said
                    prop:value=move || day().to_string()
                    on:input:target=slide
                    on:focus=take
                />
            </div>
            <ul class="chart__legend" aria-label="Versions">{legend.collect_view()}</ul>
            <DownloadTable history=history />
        </div>
    }
}

/// The bars. In the SVG a day is 1 wide and the whole scale is 100 high.
#[component]
fn Plot(history: DownloadHistory, chosen: RwSignal<Option<usize>>) -> impl IntoView {
    let sensor = NodeRef::<leptos::html::Div>::new();
    let point = move |event: PointerEvent| {
        let width = sensor
            .get_untracked()
            .map(|sensor| sensor.client_width())
            .unwrap_or_default()
            .max(1);
        let column =
            i64::from(event.offset_x().clamp(0, width - 1)) * DAYS as i64 / i64::from(width);
        chosen.set(usize::try_from(column).ok());
    };
    // A finger lifts where it has chosen; a mouse that leaves has chosen nothing.
    let leave = move |event: PointerEvent| {
        if event.pointer_type() == "mouse" {
            chosen.set(None);
        }
    };
    let scale = history.scale();
    let top = scale.top();
    let lines = (0..=scale.steps).map(|mark| {
        let y = from_the_top(mark, scale.steps);
        view! { <line class="chart__line" x1="0" x2=DAYS y1=y y2=y></line> }
    });
    let rows = (0..history.rows.len()).map(|row| {
        view! { <path class="chart__row" data-row=row.to_string() d=bars(&history, row, top)></path> }
    });
    let marker = move || {
        chosen.get().map(|column| view! { <rect class="chart__marker" x=column y="0" width="1" height=HEIGHT></rect> })
    };
    view! {
        <div class="chart__plot">
            <svg role="img" aria-label=summary(&history) viewBox=format!("0 0 {DAYS} {HEIGHT}") preserveAspectRatio="none">
                {lines.collect_view()}
                {marker}
                {rows.collect_view()}
            </svg>
            <div class="chart__sensor" node_ref=sensor on:pointermove=point on:pointerdown=point on:pointerleave=leave></div>
        </div>
    }
}

/// How far below the top of the picture a count is.
fn from_the_top(count: u64, top: u64) -> u64 {
    HEIGHT - HEIGHT.saturating_mul(count.min(top)) / top.max(1)
}

/// The bars of one row, standing on those of the rows before it.
fn bars(history: &DownloadHistory, row: usize, top: u64) -> String {
    let mut path = String::new();
    for column in 0..DAYS {
        let (below, above) = (
            history.stacked(row, column),
            history.stacked(row + 1, column),
        );
        if above > below {
            let (from, to) = (from_the_top(below, top), from_the_top(above, top));
            // Writing into a string cannot fail.
            let _ = write!(path, "M{column}.1 {from}V{to}h.8V{from}z");
        }
    }
    path
}

fn name(row: &Row) -> String {
    row.version
        .clone()
        .unwrap_or_else(|| String::from("Other versions"))
}

fn headline(history: &DownloadHistory, column: Option<usize>) -> String {
    match column {
        None => intl::number(history.sum()) + " in 90 days",
        Some(column) => format!(
            "{} on {}",
            intl::number(history.total(column)),
            intl::day(history.day(column))
        ),
    }
}

/// A day in words, for the slider.
fn said(history: &DownloadHistory, column: usize) -> String {
    let mut said = format!(
        "{}: {} downloads",
        intl::day(history.day(column)),
        intl::number(history.total(column))
    );
    if history.rows.len() > 1 {
        for (index, row) in history.rows.iter().enumerate() {
            let _ = write!(
                said,
                ", {} {}",
                name(row),
                intl::number(history.count(index, Some(column)))
            );
        }
    }
    said
}

fn summary(history: &DownloadHistory) -> String {
    let highest = (0..DAYS)
        .max_by_key(|column| history.total(*column))
        .unwrap_or_default();
    format!(
        "Bars by day: {} downloads in 90 days, most of them on {}: {}",
        intl::number(history.sum()),
        intl::day(history.day(highest)),
        intl::number(history.total(highest)),
    )
}
