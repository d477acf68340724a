//! Views of every kind as one of the one type that all can become, and each way there once in the bundle.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use leptos::prelude::{AnyView, Get, IntoAny, RenderHtml, Signal, View};

use crate::reactive::{Memo, RwSignal};
use leptos::tachys::view::iterators::StaticVec;

use super::Template;

/// What can stand in braces in markup.
pub trait Erase {
    /// It, as a view of the one type that all can become.
    fn erase(self) -> AnyView;
}

impl Erase for AnyView {
    fn erase(self) -> AnyView {
        self
    }
}

/// What components give.
impl<V: RenderHtml> Erase for View<V> {
    #[inline(never)]
    fn erase(self) -> AnyView {
        self.into_inner().into_any()
    }
}

impl Erase for Template {
    fn erase(self) -> AnyView {
        self.into_any()
    }
}

impl Template {
    /// The view, of the one type that all can become. Never inlined: the numbers that tell types apart do not compress.
    #[inline(never)]
    pub fn into_any(self) -> AnyView {
        IntoAny::into_any(self)
    }
}

impl Erase for Cow<'static, str> {
    #[inline(never)]
    fn erase(self) -> AnyView {
        self.into_any()
    }
}

impl Erase for String {
    fn erase(self) -> AnyView {
        Cow::<'static, str>::Owned(self).erase()
    }
}

impl Erase for &'static str {
    fn erase(self) -> AnyView {
        Cow::Borrowed(self).erase()
    }
}

impl Erase for () {
    #[inline(never)]
    fn erase(self) -> AnyView {
        self.into_any()
    }
}

impl<V: Erase> Erase for Option<V> {
    fn erase(self) -> AnyView {
        self.map_or_else(|| ().erase(), Erase::erase)
    }
}

impl<V: Erase> Erase for Vec<V> {
    fn erase(self) -> AnyView {
        list(self.into_iter().map(Erase::erase).collect())
    }
}

impl<V: Erase> Erase for StaticVec<V> {
    fn erase(self) -> AnyView {
        list(self.into_iter().map(Erase::erase).collect())
    }
}

#[inline(never)]
fn list(views: Vec<AnyView>) -> AnyView {
    views.into_any()
}

/// A closure is run again when what it read changes.
impl<F, V> Erase for F
where
    F: FnMut() -> V + Send + 'static,
    V: Erase + 'static,
{
    fn erase(mut self) -> AnyView {
        follow(Arc::new(Mutex::new(move || self().erase())))
    }
}

/// All closures are one type here, so that what follows a change is in the bundle once.
#[inline(never)]
fn follow(closure: Arc<Mutex<dyn FnMut() -> AnyView + Send>>) -> AnyView {
    closure.into_any()
}

macro_rules! signal {
    ($($type:ident),* $(,)?) => {$(
        impl<V> Erase for $type<V>
        where
            V: Erase + Clone + Send + Sync + 'static,
        {
            fn erase(self) -> AnyView {
                (move || self.get()).erase()
            }
        }
    )*};
}

signal!(Memo, RwSignal, Signal);

macro_rules! number {
    ($($type:ty),* $(,)?) => {$(
        impl Erase for $type {
            fn erase(self) -> AnyView {
                self.to_string().erase()
            }
        }
    )*};
}

number!(u32, u64, usize);
