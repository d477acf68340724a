//! A value of any type that is made of others and kept until they change.

use super::{Held, inside};
use leptos::prelude::{Read, ReadUntracked, Signal, Track};
use std::marker::PhantomData;

type Inner = leptos::prelude::Memo<Held>;

/// What makes the value, from the one before if there was one.
type Make = Box<dyn Fn(Option<&Held>) -> Held + Send + Sync>;

/// Whether the value is another than before.
type Changed = fn(Option<&Held>, Option<&Held>) -> bool;

/// A value made of signals and other memos. Whoever follows it hears only when it becomes another.
pub struct Memo<T> {
    inner: Inner,
    of: PhantomData<fn() -> T>,
}

handle!(Memo);

impl<T: Send + Sync + 'static> Memo<T> {
    /// What `make` makes, of the value before if there was one; made when it is first asked for.
    pub fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        let make = Box::new(move |before: Option<&Held>| -> Held {
            Box::new(make(before.map(|before| inside(&**before))))
        });
        Self {
            inner: made(make, has_changed::<T>),
            of: PhantomData,
        }
    }

    /// What `look` makes of the value; whoever asks follows it. Must not be asked of a memo that is disposed of.
    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(inside(&**read(self.inner)))
    }

    /// The same, and nobody follows it.
    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(inside(&**read_untracked(self.inner)))
    }

    /// The same, or nothing if the memo is disposed of.
    pub fn try_with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> Option<U> {
        let held = try_read_untracked(self.inner)?;
        Some(look(inside(&**held)))
    }

    /// Whoever asks follows it.
    pub fn track(&self) {
        self.inner.track();
    }
}

impl<T: Clone + Send + Sync + 'static> Memo<T> {
    /// The value; whoever asks follows it. Must not be asked of a memo that is disposed of.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// The same, and nobody follows it.
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }

    /// The same, or nothing if the memo is disposed of.
    pub fn try_get_untracked(&self) -> Option<T> {
        self.try_with_untracked(T::clone)
    }
}

impl<T: Clone + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::derive(move || memo.get())
    }
}

fn has_changed<T: PartialEq + 'static>(before: Option<&Held>, now: Option<&Held>) -> bool {
    match (before, now) {
        (Some(before), Some(now)) => inside::<T>(&**before) != inside::<T>(&**now),
        _ => true,
    }
}

// Out of line, so that they are there once.

#[inline(never)]
fn made(make: Make, changed: Changed) -> Inner {
    Inner::new_with_compare(make, changed)
}

#[inline(never)]
fn read(inner: Inner) -> <Inner as ReadUntracked>::Value {
    inner.read()
}

#[inline(never)]
fn read_untracked(inner: Inner) -> <Inner as ReadUntracked>::Value {
    inner.read_untracked()
}

#[inline(never)]
fn try_read_untracked(inner: Inner) -> Option<<Inner as ReadUntracked>::Value> {
    inner.try_read_untracked()
}
