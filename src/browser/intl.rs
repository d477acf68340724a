//! Numbers and dates as the reader's language writes them, by the platform's `Intl`.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::domain::time::{Day, Timestamp};

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}

fn one_digit(pairs: &[(&str, &str)]) -> Object {
    let options = options(pairs);
    let _ = Reflect::set(
        &options,
        &JsValue::from_str("maximumFractionDigits"),
        &JsValue::from_f64(1.0),
    );
    options
}

/// The formatter of this name, made when it is first needed: making one takes longer than using it a hundred times.
fn kept<F: JsCast + Clone + 'static>(name: &'static str, make: fn() -> F) -> F {
    thread_local! {
        static KEPT: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
    }
    let known = KEPT.with_borrow(|kept| {
        kept.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, format)| format.clone())
    });
    match known {
        Some(format) => format.unchecked_into(),
        None => {
            let format = make();
            KEPT.with_borrow_mut(|kept| kept.push((name, format.clone().into())));
            format
        }
    }
}

fn numbers(options: &Object) -> Function {
    js_sys::Intl::NumberFormat::new(&Array::new(), options).format()
}

fn dates(pairs: &[(&str, &str)]) -> Function {
    js_sys::Intl::DateTimeFormat::new(&Array::new(), &options(pairs)).format()
}

fn write(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

fn write_number(format: &Function, value: f64) -> String {
    // JavaScript's own way to write a number; Rust's would be 4 kB of every visit.
    write(format, &JsValue::from_f64(value))
        .unwrap_or_else(|| js_sys::Number::from(value).to_js_string().into())
}

fn write_date(format: &Function, time: Timestamp) -> String {
    // A formatter takes milliseconds as well as a date.
    write(format, &JsValue::from_f64(time.millis() as f64)).unwrap_or_default()
}

/// "1,234,567" in the reader's language.
pub fn number(value: u64) -> String {
    write_number(&kept("number", || numbers(&Object::new())), value as f64)
}

/// "1.2M" in the reader's language.
pub fn short_number(value: u64) -> String {
    write_number(
        &kept("short", || numbers(&one_digit(&[("notation", "compact")]))),
        value as f64,
    )
}

/// "21 November 2026" in the reader's language and time zone.
pub fn long_date(time: Timestamp) -> String {
    write_date(&kept("date", || dates(&[("dateStyle", "long")])), time)
}

/// "21 November 2026 at 14:05" in the reader's language and time zone.
pub fn long_date_and_time(time: Timestamp) -> String {
    write_date(
        &kept("moment", || {
            dates(&[("dateStyle", "long"), ("timeStyle", "short")])
        }),
        time,
    )
}

/// "14:05:20" in the reader's language and time zone.
pub fn clock_time(time: Timestamp) -> String {
    write_date(&kept("clock", || dates(&[("timeStyle", "medium")])), time)
}

/// "21 Nov 2026" in the reader's language: a day of the registry's, which counts in UTC.
pub fn day(day: Day) -> String {
    write_date(
        &kept("day", || {
            dates(&[("dateStyle", "medium"), ("timeZone", "UTC")])
        }),
        day.start(),
    )
}

/// "21 Nov" in the reader's language: a day of the registry's in a year that goes without saying.
pub fn short_day(day: Day) -> String {
    let format = kept("short day", || {
        dates(&[("day", "numeric"), ("month", "short"), ("timeZone", "UTC")])
    });
    write_date(&format, day.start())
}

/// "3 days ago", "in 2 weeks", "yesterday", by the largest unit that fits.
pub fn relative(time: Timestamp, now: Timestamp) -> String {
    const UNITS: [(&str, f64); 6] = [
        ("year", 31_557_600.0),
        ("month", 2_629_800.0),
        ("week", 604_800.0),
        ("day", 86_400.0),
        ("hour", 3_600.0),
        ("minute", 60.0),
    ];
    let seconds = (time.millis() - now.millis()) as f64 / 1000.0;
    let (unit, length) = UNITS
        .into_iter()
        .find(|(_, length)| seconds.abs() >= *length)
        .unwrap_or(("second", 1.0));
    let format = kept("relative", || {
        js_sys::Intl::RelativeTimeFormat::new(&Array::new(), &options(&[("numeric", "auto")]))
    });
    format
        .format((seconds / length).trunc(), unit)
        .as_string()
        .unwrap_or_default()
}

/// "2.4 kB" for a number of bytes, in steps of 1000.
pub fn bytes(value: u64) -> String {
    let (format, amount) = match value {
        0..1_000 => (
            kept("bytes", || {
                numbers(&one_digit(&[("style", "unit"), ("unit", "byte")]))
            }),
            value as f64,
        ),
        1_000..1_000_000 => (
            kept("kilobytes", || {
                numbers(&one_digit(&[("style", "unit"), ("unit", "kilobyte")]))
            }),
            value as f64 / 1e3,
        ),
        _ => (
            kept("megabytes", || {
                numbers(&one_digit(&[("style", "unit"), ("unit", "megabyte")]))
            }),
            value as f64 / 1e6,
        ),
    };
    write_number(&format, amount)
}
