//! A signal that holds a value of any type.

use super::{Held, inside, inside_mut};
use leptos::prelude::{Dispose, Notify, Read, ReadUntracked, Set, Signal, Track, Write};
use std::marker::PhantomData;
use std::ops::DerefMut;

type Inner = leptos::prelude::RwSignal<Held>;

/// A value that is read and written, and tells whoever has read it. Belongs to the owner in which it is made.
pub struct RwSignal<T> {
    inner: Inner,
    of: PhantomData<fn() -> T>,
}

handle!(RwSignal);

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that holds `value`.
    pub fn new(value: T) -> Self {
        Self {
            inner: made(Box::new(value)),
            of: PhantomData,
        }
    }

    /// What `look` makes of the value; whoever asks follows it. Must not be asked of a signal that is disposed of.
    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(inside(&**read(self.inner)))
    }

    /// The same, and nobody follows it.
    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(inside(&**read_untracked(self.inner)))
    }

    /// The same, or nothing if the signal is disposed of.
    pub fn try_with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> Option<U> {
        let held = try_read_untracked(self.inner)?;
        Some(look(inside(&**held)))
    }

    /// Puts in another value and tells whoever follows.
    pub fn set(&self, value: T) {
        set(self.inner, Box::new(value));
    }

    /// The same, where the signal may be disposed of, which then changes nothing.
    pub fn try_set(&self, value: T) {
        try_set(self.inner, Box::new(value));
    }

    /// Changes the value and tells whoever follows.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// The same; what `change` returns, or nothing if the signal is disposed of.
    pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut held = try_write(&self.inner)?;
        Some(change(inside_mut(&mut **held)))
    }

    /// The same, and tells nobody.
    pub fn update_untracked(&self, change: impl FnOnce(&mut T)) {
        self.try_update_untracked(change);
    }

    /// The same; what `change` returns, or nothing if the signal is disposed of.
    pub fn try_update_untracked<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut held = self.inner.try_write_untracked()?;
        Some(change(inside_mut(&mut **held)))
    }

    /// Whoever asks follows it.
    pub fn track(&self) {
        self.inner.track();
    }

    /// Tells whoever follows.
    pub fn notify(&self) {
        self.inner.notify();
    }

    /// Ends it before its owner does.
    pub fn dispose(self) {
        self.inner.dispose();
    }
}

impl<T: Clone + Send + Sync + 'static> RwSignal<T> {
    /// The value; whoever asks follows it. Must not be asked of a signal that is disposed of.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// The same, and nobody follows it.
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }

    /// The same, or nothing if the signal is disposed of.
    pub fn try_get_untracked(&self) -> Option<T> {
        self.try_with_untracked(T::clone)
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::derive(move || signal.get())
    }
}

// Out of line, so that they are there once.

#[inline(never)]
fn made(held: Held) -> Inner {
    Inner::new(held)
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

#[inline(never)]
fn try_write(inner: &Inner) -> Option<impl DerefMut<Target = Held>> {
    inner.try_write()
}

#[inline(never)]
fn set(inner: Inner, held: Held) {
    inner.set(held);
}

#[inline(never)]
fn try_set(inner: Inner, held: Held) {
    inner.try_set(held);
}
