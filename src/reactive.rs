//! Signals, memos, stored values and effects as leptos has them, but of one type each.
//!
//! leptos makes all that a signal does anew for each type of what it holds, and all that an effect does for each closure: a
//! quarter of what a crate's page calls was that. Here leptos's own hold any value, in a box, and only taking it out is made
//! for each type. They are used as leptos's are and behave as they do, what is asked of one that is disposed of included.

/// What is handed about: a name for what its owner keeps.
macro_rules! handle {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                self.inner == other.inner
            }
        }

        impl<T> Eq for $name<T> {}

        impl<T> std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.inner.fmt(f)
            }
        }
    };
}

mod effect;
mod memo;
mod signal;
mod stored_value;
#[cfg(test)]
mod tests;

pub use effect::effect;
pub use memo::Memo;
pub use signal::RwSignal;
pub use stored_value::StoredValue;

use std::any::Any;

/// What leptos keeps for us.
type Held = Box<dyn Any + Send + Sync>;

/// The value in a box.
fn inside<T: 'static>(held: &dyn Any) -> &T {
    match held.downcast_ref() {
        Some(value) => value,
        None => of_another_type(),
    }
}

/// The same, to be changed.
fn inside_mut<T: 'static>(held: &mut dyn Any) -> &mut T {
    match held.downcast_mut() {
        Some(value) => value,
        None => of_another_type(),
    }
}

/// Never comes to be: a box is filled only by whoever has its type in its own.
#[cold]
fn of_another_type() -> ! {
    std::process::abort()
}
