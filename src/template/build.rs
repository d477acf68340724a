//! Building a template, and what is kept of it for when it is built anew.

use std::rc::Rc;

use leptos::prelude::{AnyView, Mountable, Render};
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

use super::value::Value;
use super::walk::{Place, copy};
use super::{Fill, Template};

/// A template that was built.
pub struct TemplateState {
    html: &'static str,
    steps: &'static str,
    root: Element,
    filled: Vec<Filled>,
}

/// A place that was filled.
enum Filled {
    Value(Target, Value),
    /// Changes for as long as the effect is there.
    ChangingValue {
        target: Target,
        _effect: RenderEffect<Value>,
    },
    View(AnyViewState),
    Listener(Listener),
    Element(Rc<Element>),
}

/// Where a value goes.
#[derive(Clone)]
struct Target {
    element: Rc<Element>,
    kind: Kind,
    name: &'static str,
}

#[derive(Clone, Copy)]
enum Kind {
    Attribute,
    Property,
    Class,
}

impl Target {
    fn set(&self, value: &Value) {
        let (element, name) = (&*self.element, self.name);
        match (self.kind, value) {
            (Kind::Attribute, Value::Text(text)) => Rndr::set_attribute(element, name, text),
            (Kind::Attribute, Value::Flag(true)) => Rndr::set_attribute(element, name, ""),
            (Kind::Attribute, Value::Flag(false) | Value::Absent) => {
                Rndr::remove_attribute(element, name)
            }
            (Kind::Property, Value::Text(text)) => {
                Rndr::set_property(element, name, &JsValue::from_str(text))
            }
            (Kind::Property, Value::Flag(flag)) => {
                Rndr::set_property(element, name, &JsValue::from_bool(*flag))
            }
            (Kind::Property, Value::Absent) => {
                Rndr::set_property(element, name, &JsValue::from_str(""))
            }
            (Kind::Class, value) => {
                let has = *value == Value::Flag(true);
                // Fails only for a name with a space in it.
                let _ = element.class_list().toggle_with_force(name, has);
            }
        }
    }

    fn follow(self, value: Box<dyn Fn() -> Value>) -> Filled {
        let target = self.clone();
        let effect = RenderEffect::new(move |before: Option<Value>| {
            let value = value();
            if before.as_ref() != Some(&value) {
                target.set(&value);
            }
            value
        });
        Filled::ChangingValue {
            target: self,
            _effect: effect,
        }
    }

    fn fill(self, fill: Fill) -> Option<Filled> {
        match fill {
            Fill::Value(value) => {
                if !(value == Value::Absent && matches!(self.kind, Kind::Attribute)) {
                    self.set(&value);
                }
                Some(Filled::Value(self, value))
            }
            Fill::ChangingValue(value) => Some(self.follow(value)),
            _ => None,
        }
    }
}

/// Listens for as long as it is there: an event that comes when the view is gone finds nobody.
struct Listener {
    element: Rc<Element>,
    event: &'static str,
    heard: Closure<dyn FnMut(JsValue)>,
}

impl Listener {
    fn new(element: Rc<Element>, event: &'static str, heard: Box<dyn FnMut(JsValue)>) -> Self {
        let heard = Closure::wrap(heard);
        // Fails for no listener that is a function; so does taking it away.
        let _ = element.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
        Self {
            element,
            event,
            heard,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        let _ = self
            .element
            .remove_event_listener_with_callback(self.event, heard);
    }
}

impl Filled {
    /// Fills the place anew, in the same copy.
    fn refill(&mut self, fill: Fill) {
        let refilled = match (&mut *self, fill) {
            (Self::View(state), Fill::View(view)) => return view.rebuild(state),
            (Self::Value(target, before), Fill::Value(value)) => {
                if *before != value {
                    target.set(&value);
                    *before = value;
                }
                return;
            }
            (Self::Value(target, _) | Self::ChangingValue { target, .. }, fill) => {
                target.clone().fill(fill)
            }
            (Self::Listener(before), Fill::Listener(heard)) => {
                let element = Rc::clone(&before.element);
                Some(Self::Listener(Listener::new(element, before.event, heard)))
            }
            (Self::Element(element), Fill::Element(hand_over)) => {
                hand_over(element);
                return;
            }
            _ => None,
        };
        if let Some(refilled) = refilled {
            *self = refilled;
        }
    }
}

fn show(view: AnyView, parent: &Element, before: Option<&Node>) -> Filled {
    let mut state = view.build();
    state.mount(parent, before);
    Filled::View(state)
}

/// Follows the steps through a copy; ends early where they do not fit, which the macro rules out.
fn follow(steps: &'static str, root: &Node, fills: Vec<Fill>) -> Vec<Filled> {
    let mut filled = Vec::with_capacity(fills.len());
    let mut fills = fills.into_iter();
    let mut place = Place::at(root);
    let mut rest = steps;
    let mut step = || -> Option<()> {
        let (kind, after) = rest.split_at_checked(1)?;
        rest = after;
        let mut name = || {
            let (name, after) = rest.split_once(';')?;
            rest = after;
            Some(name)
        };
        let mut value = |kind, element| {
            let target = Target {
                element,
                kind,
                name: name()?,
            };
            target.fill(fills.next()?)
        };
        let one = match kind {
            ">" => return place.enter(),
            "+" => return place.next(),
            "<" => return place.leave(),
            "a" => value(Kind::Attribute, place.element())?,
            "p" => value(Kind::Property, place.element())?,
            "c" => value(Kind::Class, place.element())?,
            "e" => match fills.next()? {
                Fill::Listener(heard) => {
                    Filled::Listener(Listener::new(place.element(), name()?, heard))
                }
                _ => return None,
            },
            "r" => match fills.next()? {
                Fill::Element(hand_over) => {
                    let element = place.element();
                    hand_over(&element);
                    Filled::Element(element)
                }
                _ => return None,
            },
            "." => match fills.next()? {
                Fill::View(view) => show(view, place.parent()?, Some(place.node())),
                _ => return None,
            },
            "$" => match fills.next()? {
                Fill::View(view) => show(view, place.node().unchecked_ref(), None),
                _ => return None,
            },
            _ => return None,
        };
        filled.push(one);
        Some(())
    };
    while step().is_some() {}
    filled
}

impl Render for Template {
    type State = TemplateState;

    fn build(self) -> TemplateState {
        // A browser without templates runs no app.
        let root = copy(self.html).unwrap_or_else(|| Rndr::create_element("div", None).into());
        let filled = follow(self.steps, &root, self.fills.take());
        TemplateState {
            html: self.html,
            steps: self.steps,
            root: root.unchecked_into(),
            filled,
        }
    }

    /// Keeps the elements when it is the same markup, and with them focus and what was typed.
    fn rebuild(self, state: &mut TemplateState) {
        if std::ptr::eq(self.html, state.html) && std::ptr::eq(self.steps, state.steps) {
            for (filled, fill) in state.filled.iter_mut().zip(self.fills.take()) {
                filled.refill(fill);
            }
            return;
        }
        let mut built = self.build();
        state.insert_before_this(&mut built);
        state.unmount();
        *state = built;
    }
}

impl Mountable for TemplateState {
    fn unmount(&mut self) {
        self.root.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Rndr::insert_node(parent, &self.root, marker);
    }

    fn try_mount(&mut self, parent: &Element, marker: Option<&Node>) -> bool {
        Rndr::try_insert_node(parent, &self.root, marker)
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = Rndr::get_parent(&self.root) else {
            return false;
        };
        let Ok(parent) = parent.dyn_into::<Element>() else {
            return false;
        };
        child.mount(&parent, Some(&self.root));
        true
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.root.clone()]
    }
}
