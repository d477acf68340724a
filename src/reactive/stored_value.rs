//! A value that nobody follows.

use super::{inside, inside_mut};
use leptos::prelude::{Dispose, LocalStorage, ReadValue, SetValue, WriteValue};
use std::any::Any;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

type Inner = leptos::prelude::StoredValue<Box<dyn Any>, LocalStorage>;

/// A value that belongs to the owner in which it is made, and is read and changed without a word to anybody. It may be one that
/// stays where it is made.
pub struct StoredValue<T> {
    inner: Inner,
    of: PhantomData<fn() -> T>,
}

handle!(StoredValue);

impl<T: 'static> StoredValue<T> {
    /// Stores `value`.
    pub fn new(value: T) -> Self {
        Self {
            inner: made(Box::new(value)),
            of: PhantomData,
        }
    }

    /// What `look` makes of the value. Must not be asked of one that is disposed of.
    pub fn with_value<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(inside(&**read(&self.inner)))
    }

    /// The same, or nothing if the value is disposed of.
    pub fn try_with_value<U>(&self, look: impl FnOnce(&T) -> U) -> Option<U> {
        let held = try_read(&self.inner)?;
        Some(look(inside(&**held)))
    }

    /// Stores another value, unless this one is disposed of.
    pub fn set_value(&self, value: T) {
        set(self.inner, Box::new(value));
    }

    /// Changes the value; what `change` returns, or nothing if the value is disposed of.
    pub fn try_update_value<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut held = try_write(&self.inner)?;
        Some(change(inside_mut(&mut **held)))
    }

    /// Ends it before its owner does.
    pub fn dispose(self) {
        self.inner.dispose();
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    /// The value. Must not be asked of one that is disposed of.
    pub fn get_value(&self) -> T {
        self.with_value(T::clone)
    }

    /// The same, or nothing if the value is disposed of.
    pub fn try_get_value(&self) -> Option<T> {
        self.try_with_value(T::clone)
    }
}

// Out of line, so that they are there once.

#[inline(never)]
fn made(held: Box<dyn Any>) -> Inner {
    Inner::new_local(held)
}

#[inline(never)]
fn read(inner: &Inner) -> impl Deref<Target = Box<dyn Any>> {
    inner.read_value()
}

#[inline(never)]
fn try_read(inner: &Inner) -> Option<impl Deref<Target = Box<dyn Any>>> {
    inner.try_read_value()
}

#[inline(never)]
fn try_write(inner: &Inner) -> Option<impl DerefMut<Target = Box<dyn Any>>> {
    inner.try_write_value()
}

#[inline(never)]
fn set(inner: Inner, held: Box<dyn Any>) {
    inner.try_set_value(held);
}
