//! What `view!` makes of an element: HTML that the browser parses once and then copies, and the few places of each copy that
//! are filled in. It stands where leptos's own elements would, and differs in size: a fixed attribute or text is no code
//! at all, and all elements are one type. `template-macro` writes the HTML and the steps; nothing else may, since the HTML is
//! parsed as it is.

mod build;
mod erase;
mod value;
mod view;
mod walk;

pub use erase::Erase;
pub use nameplate_template_macro::view;
pub use value::{IntoValue, Value};

use leptos::html::ElementType;
use leptos::prelude::{AnyView, NodeRef, Owner};
use leptos::tachys::html::event::{EventDescriptor, Targeted};
use leptos::tachys::html::node_ref::NodeRefContainer;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};

/// An element that is not built yet.
pub struct Template {
    html: &'static str,
    /// See `steps` in `template-macro`.
    steps: &'static str,
    /// In the order of the steps. Views are built in the browser's one thread only; leptos wants them to be `Send` all the same.
    fills: SendWrapper<Vec<Fill>>,
}

/// What one place of a copy gets.
enum Fill {
    Value(Value),
    ChangingValue(Box<dyn Fn() -> Value>),
    View(AnyView),
    Listener(Box<dyn FnMut(JsValue)>),
    Element(Box<dyn FnOnce(&web_sys::Element)>),
}

impl Template {
    /// For what `view!` writes, and for nothing else: `html` is trusted.
    #[doc(hidden)]
    #[must_use]
    pub fn new(html: &'static str, steps: &'static str) -> Self {
        Self {
            html,
            steps,
            fills: SendWrapper::new(Vec::new()),
        }
    }

    /// The value of the next attribute, property or class.
    pub fn value(&mut self, value: impl IntoValue) {
        value.fill(self);
    }

    /// The next view.
    pub fn view(&mut self, view: impl Erase) {
        self.push(Fill::View(view.erase()));
    }

    /// Listens for the event on the next element; what the listener makes belongs to whom the template belongs to.
    pub fn listen<E>(&mut self, _event: E, mut listener: impl FnMut(E::EventType) + 'static)
    where
        E: EventDescriptor,
        E::EventType: From<JsValue>,
    {
        self.listen_untyped(Box::new(move |event| listener(event.into())));
    }

    /// As [`Self::listen`], with an event that knows what element its target is.
    pub fn listen_on<T, E, F>(&mut self, event: E, mut listener: F)
    where
        T: ElementType,
        E: EventDescriptor,
        E::EventType: From<JsValue>,
        F: FnMut(Targeted<E::EventType, T::Output>) + 'static,
    {
        self.listen(event, move |event| listener(event.into()));
    }

    fn listen_untyped(&mut self, mut listener: Box<dyn FnMut(JsValue)>) {
        let owner = Owner::current().unwrap_or_default();
        self.fills.push(Fill::Listener(Box::new(move |event| {
            #[cfg(debug_assertions)]
            let _guard = leptos::reactive::diagnostics::SpecialNonReactiveZone::enter();
            owner.with(|| listener(event));
        })));
    }

    /// Hands the next element over, once it is there.
    pub fn hand_over<E>(&mut self, to: NodeRef<E>)
    where
        E: ElementType,
        E::Output: JsCast + Clone + 'static,
        NodeRef<E>: NodeRefContainer<E>,
    {
        self.fills
            .push(Fill::Element(Box::new(move |element| to.load(element))));
    }

    fn push(&mut self, fill: Fill) {
        self.fills.push(fill);
    }
}
