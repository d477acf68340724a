//! Values of attributes, properties and classes.

use std::borrow::Cow;

use leptos::prelude::{Get, ReadSignal, Signal};

use crate::reactive::{Memo, RwSignal};

use super::{Fill, Template};

/// What an attribute says, or a property is set to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// The attribute is not there; the property is the empty text.
    Absent,
    /// The attribute is there with no text or not at all; the property is a truth value.
    Flag(bool),
    Text(Cow<'static, str>),
}

/// What can be written where a value is wanted: a value, a signal, or a closure that is run again when what it read changes.
pub trait IntoValue {
    /// Hands it to the template as the next value.
    fn fill(self, template: &mut Template);
}

impl<T: Into<Value>> IntoValue for Fixed<T> {
    fn fill(self, template: &mut Template) {
        template.push(Fill::Value(self.0.into()));
    }
}

struct Fixed<T>(T);

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

macro_rules! fixed {
    ($($type:ty),* $(,)?) => {$(
        impl IntoValue for $type {
            fn fill(self, template: &mut Template) {
                Fixed(self).fill(template);
            }
        }
    )*};
}

fixed!(
    &'static str,
    String,
    bool,
    Option<&'static str>,
    Option<String>
);

macro_rules! number {
    ($($type:ty),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from(number: $type) -> Self {
                Self::from(number.to_string())
            }
        }

        impl IntoValue for $type {
            fn fill(self, template: &mut Template) {
                Fixed(self).fill(template);
            }
        }
    )*};
}

number!(u32, u64, usize);

impl<F, V> IntoValue for F
where
    F: Fn() -> V + 'static,
    V: Into<Value>,
{
    fn fill(self, template: &mut Template) {
        template.push(Fill::ChangingValue(Box::new(move || self().into())));
    }
}

macro_rules! signal {
    ($($type:ident),* $(,)?) => {$(
        impl<T> IntoValue for $type<T>
        where
            T: Into<Value> + Clone + Send + Sync + 'static,
        {
            fn fill(self, template: &mut Template) {
                template.push(Fill::ChangingValue(Box::new(move || self.get().into())));
            }
        }
    )*};
}

signal!(Memo, ReadSignal, RwSignal, Signal);
