//! Where the person is, as a `Route`, and the manners of getting there: scroll, focus, the browser's loading indication.
//!
//! Links are plain links; the platform hands every navigation over (`browser::navigation`). The page that is shown changes at
//! once, its data follows. Scrolling back to where one was waits until the data is there.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use futures_util::future::AbortHandle;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::load::spawn_abortable;
use super::progress::ProgressState;
use super::reader::forget_reader_when_gone;
use crate::browser::navigation::{self, Address, Direction, Transition};
use crate::browser::{document, timer};
use crate::reactive::{Memo, RwSignal, StoredValue, effect};
use crate::route::Route;

/// How long restoring the scroll position waits for a page's data, in milliseconds.
const PATIENCE: i32 = 8_000;

/// The present page, and the way to others.
#[derive(Clone, Copy)]
pub struct NavigationState {
    address: RwSignal<Address>,
    route: Memo<Route>,
}

/// What must arrive before a page can be shown; `None` when nothing is missing.
pub type Missing = fn(&Route) -> Option<Pin<Box<dyn Future<Output = ()>>>>;

/// Follows the address bar from now on.
pub fn provide_navigation(progress: ProgressState, missing: Missing) -> NavigationState {
    let address = RwSignal::new(navigation::current());
    let route =
        Memo::new(move |_| address.with(|address| Route::parse(&address.path, &address.query)));
    let state = NavigationState { address, route };
    let waiting = Rc::new(RefCell::new(None::<Waiting>));

    let listener = {
        let waiting = waiting.clone();
        let fetching = Rc::new(RefCell::new(None::<AbortHandle>));
        navigation::follow(move |transition| {
            // A navigation that overtakes another ends it. What corrects only the address leaves the focus where that one
            // had put it.
            let mut at_heading = false;
            if let Some(overtaken) = waiting.borrow_mut().take() {
                at_heading = overtaken.at_heading && transition.direction == Direction::Replace;
                overtaken.transition.finish();
            }
            if let Some(overtaken) = fetching.borrow_mut().take() {
                overtaken.abort();
            }
            let to = Route::parse(&transition.address.path, &transition.address.query);
            let waiting = waiting.clone();
            match missing(&to) {
                None => show(address, route, progress, transition, at_heading, &waiting),
                // The page one is on stays until the code of the next one is there.
                Some(part) => {
                    let guard = progress.begin();
                    let task = spawn_abortable(async move {
                        part.await;
                        show(address, route, progress, transition, at_heading, &waiting);
                        drop(guard);
                    });
                    *fetching.borrow_mut() = Some(task);
                }
            }
        })
    };
    let listener = StoredValue::new(listener);
    on_cleanup(move || listener.dispose());

    let waiting = SendWrapper::new(waiting);
    let left = waiting.clone();
    // It holds a timer that holds it.
    on_cleanup(move || drop(left.borrow_mut().take()));
    effect(move |_| {
        if !progress.is_busy() {
            let waiting = (*waiting).clone();
            // What just arrived is painted first, so that the page is long enough to scroll.
            timer::next_frame(move || {
                if !progress.is_busy_untracked() {
                    complete(&waiting);
                }
            });
        }
    });
    provide_context(state);
    state
}

/// Shows the page of a navigation, moves the focus and scrolls.
fn show(
    address: RwSignal<Address>,
    route: Memo<Route>,
    progress: ProgressState,
    transition: Transition,
    at_heading: bool,
    waiting: &Rc<RefCell<Option<Waiting>>>,
) {
    let came_from = route.get_untracked();
    let paging = document::focus_is_within(".pagination");
    address.set(transition.address.clone());
    let to = route.get_untracked();
    let waiting = waiting.clone();
    // By the next frame the page stands, with as much as the address alone tells.
    timer::next_frame(move || {
        let at_heading = move_focus(&came_from, &to, transition.direction, paging) || at_heading;
        if transition.direction == Direction::Onwards && (paging || !came_from.is_same_page(&to)) {
            transition.scroll();
        }
        let patience = {
            let waiting = waiting.clone();
            timer::after(PATIENCE, move || complete(&waiting))
        };
        *waiting.borrow_mut() = Some(Waiting {
            transition,
            at_heading,
            _patience: patience,
        });
        if !progress.is_busy_untracked() {
            complete(&waiting);
        }
    });
}

struct Waiting {
    transition: Transition,
    /// The focus was moved to the page's heading.
    at_heading: bool,
    _patience: Option<timer::Timer>,
}

fn complete(waiting: &Rc<RefCell<Option<Waiting>>>) {
    let Some(done) = waiting.borrow_mut().take() else {
        return;
    };
    if done.transition.direction == Direction::Traverse {
        done.transition.scroll();
    }
    // The data may have come with another heading than the one that stood for it, and taken the focus away.
    if done.at_heading && document::focus_is_lost() {
        document::focus("main h1");
    }
    done.transition.finish();
}

/// Says whether the focus went to the page's heading. A new page: its heading. Another page of a list: the list's heading. Another order or spelling: stay where one is.
fn move_focus(from: &Route, to: &Route, direction: Direction, paging: bool) -> bool {
    if from.is_same_page(to) {
        if paging && direction != Direction::Replace {
            document::focus("[data-list-heading]");
        }
        return false;
    }
    if document::focus("main h1") {
        return true;
    }
    document::focus("main");
    false
}

/// Where the person is.
///
/// # Panics
/// Outside of the app, whose root installs it.
pub fn use_navigation() -> NavigationState {
    expect_context()
}

impl NavigationState {
    /// The present page; tracked.
    pub fn route(self) -> Memo<Route> {
        forget_reader_when_gone();
        self.route
    }

    /// The present page's address as it stands in the address bar; tracked.
    pub fn address(self) -> String {
        forget_reader_when_gone();
        self.address.with(|address| {
            if address.query.is_empty() {
                address.path.clone()
            } else {
                format!("{}?{}", address.path, address.query)
            }
        })
    }

    /// Goes to a page.
    pub fn go(self, to: &Route) {
        navigation::go(&to.path(), false);
    }

    /// Puts a page's address in the place of the present one.
    pub fn replace(self, to: &Route) {
        navigation::go(&to.path(), true);
    }
}
