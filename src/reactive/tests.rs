//! Signals and memos as whoever uses them sees them. Effects need a browser: `tests/browser/reactive.rs`.

use super::{Memo, RwSignal, StoredValue};
use leptos::prelude::{Owner, Signal, With};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

#[test]
fn a_signal_holds_what_was_put_in_last() {
    let owner = Owner::new();
    owner.set();
    let name = RwSignal::new(String::from("ferris"));
    let same = name;
    assert_eq!(name.get(), "ferris");
    name.set(String::from("crab"));
    same.update(|name| name.push('s'));
    assert_eq!(name.with(String::len), 5);
    assert_eq!(name.try_update(|name| name.pop()), Some(Some('s')));
    name.update_untracked(|name| name.insert(0, 's'));
    assert_eq!(name.get_untracked(), "scrab");
    same.try_set(String::from("done"));
    assert_eq!(name.try_get_untracked().as_deref(), Some("done"));
    assert!(same == name && name != RwSignal::new(String::new()));
}

#[test]
fn what_is_disposed_of_holds_nothing_and_takes_nothing() {
    let owner = Owner::new();
    let (number, double) = owner.with(|| {
        let number = RwSignal::new(1);
        (number, Memo::new(move |_| number.get() * 2))
    });
    assert_eq!(double.try_get_untracked(), Some(2));
    drop(owner);
    assert_eq!(number.try_get_untracked(), None);
    assert_eq!(double.try_get_untracked(), None);
    number.set(2);
    number.try_set(2);
    number.update(|number| *number += 1);
    assert_eq!(number.try_update(|number| *number), None);
    assert_eq!(number.try_update_untracked(|number| *number), None);
}

#[test]
fn a_memo_is_made_when_what_it_has_read_changes_and_tells_only_of_another_value() {
    let owner = Owner::new();
    owner.set();
    let number = RwSignal::new(1_u32);
    let made = Arc::new(AtomicU32::new(0));
    let told = Arc::new(AtomicU32::new(0));
    let count = |of: &Arc<AtomicU32>| of.load(Ordering::Relaxed);
    let is_even = Memo::new({
        let made = made.clone();
        move |_| {
            made.fetch_add(1, Ordering::Relaxed);
            number.get().is_multiple_of(2)
        }
    });
    let words = Memo::new({
        let told = told.clone();
        move |_| {
            told.fetch_add(1, Ordering::Relaxed);
            if is_even.get() { "even" } else { "odd" }
        }
    });
    assert_eq!(count(&made), 0, "nobody has asked");
    assert_eq!((words.get(), words.get()), ("odd", "odd"));
    number.set(3);
    assert_eq!(words.get(), "odd");
    assert_eq!((count(&made), count(&told)), (2, 1));
    number.set(4);
    assert_eq!(words.get_untracked(), "even");
    assert_eq!((count(&made), count(&told)), (3, 2));
}

#[test]
fn a_memo_is_told_what_it_was() {
    let owner = Owner::new();
    owner.set();
    let number = RwSignal::new(1);
    let all = Memo::new(move |before: Option<&Vec<i32>>| {
        let mut all = before.cloned().unwrap_or_default();
        all.push(number.get());
        all
    });
    assert_eq!(all.get(), [1]);
    number.set(2);
    assert_eq!(all.with(Vec::len), 2);
    assert_eq!(all.try_with_untracked(Vec::clone), Some(vec![1, 2]));
}

#[test]
fn a_stored_value_is_read_and_changed_until_it_is_disposed_of() {
    let owner = Owner::new();
    let words = owner.with(|| StoredValue::new(vec![Rc::new("one")]));
    let same = words;
    assert_eq!(
        words.try_update_value(|words| words.pop()),
        Some(Some(Rc::new("one")))
    );
    same.set_value(vec![Rc::new("two")]);
    assert_eq!(words.get_value(), [Rc::new("two")]);
    assert_eq!(words.with_value(Vec::len), 1);
    assert_eq!(words.try_get_value(), words.try_with_value(Vec::clone));
    assert!(same == words && words != owner.with(|| StoredValue::new(Vec::new())));
    words.dispose();
    words.set_value(Vec::new());
    assert_eq!(words.try_get_value(), None);
    assert_eq!(words.try_update_value(Vec::clear), None);
}

#[test]
fn both_are_signals_to_a_component() {
    let owner = Owner::new();
    owner.set();
    let number = RwSignal::new(1);
    let double = Memo::new(move |_| number.get() * 2);
    let [number_too, double_too]: [Signal<i32>; 2] = [number.into(), double.into()];
    number.set(4);
    assert_eq!(number_too.with(|number| *number), 4);
    assert_eq!(double_too.with(|number| *number), 8);
}
