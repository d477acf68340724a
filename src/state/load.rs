//! One thing fetched for a page: loading, there, or failed for a known reason.
//!
//! Stands in for the framework's resource, which lets a changed question wait for the old answer and never cancels
//! (`LocalResource` in leptos 0.8). Here a new question cancels the old one, an answer that comes too late is not written,
//! and leaving the page aborts the request.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;

use super::progress::{ProgressState, use_progress};
use crate::api::error::ApiError;
use crate::reactive::{Memo, RwSignal, StoredValue, effect};

/// What is known of a thing that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<T> {
    /// Asked for, nothing known yet.
    Loading,
    /// There.
    Ready(T),
    /// Not to be had, for this reason.
    Failed(ApiError),
}

impl<T> Load<T> {
    /// The thing itself, once it is there.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// An answer that is on its way.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

/// An answer that is being waited for and written down; says whether it was, and not cancelled by the browser.
type Task = Pin<Box<dyn Future<Output = bool>>>;

/// A thing that is loaded with the component that asked for it and can be asked for again.
pub struct Loader<T: Send + Sync + 'static> {
    value: RwSignal<Load<T>>,
    asking: Asking,
    begin: StoredValue<Rc<dyn Fn() -> Task>>,
}

impl<T: Send + Sync + 'static> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loader<T> {}

/// Whether the page waits for this, or can well be read without it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// The page's content: the bar at the top shows it, scroll restoration waits for it.
    Content,
    /// An addition that may come later.
    Aside,
}

/// Asks at once, and again when `reload` is called. What `fetch` needs it must read outside the future.
pub fn load<T: Clone + Send + Sync + 'static>(
    weight: Weight,
    fetch: impl Fn() -> Answer<T> + 'static,
) -> Loader<T> {
    let loader = Loader::new(weight, fetch);
    loader.start_now();
    loader
}

/// The same, unless the answer is known already: then nothing is asked until `reload`.
pub fn load_unless_known<T: Clone + Send + Sync + 'static>(
    weight: Weight,
    known: Option<T>,
    fetch: impl Fn() -> Answer<T> + 'static,
) -> Loader<T> {
    let loader = Loader::new(weight, fetch);
    match known {
        Some(known) => loader.value.set(Load::Ready(known)),
        None => loader.start_now(),
    }
    loader
}

/// Asks whenever the question changes, and keeps the old answer in sight meanwhile (paging, sorting).
pub fn load_on<Q, T>(
    weight: Weight,
    question: Memo<Q>,
    fetch: impl Fn(Q) -> Answer<T> + 'static,
) -> Loader<T>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    let loader = Loader::new(weight, move || fetch(question.get_untracked()));
    loader.start_now();
    effect(move |before: Option<()>| {
        // Read, not only tracked: a memo that nobody has read follows nothing.
        question.with(|_| ());
        if before.is_some() {
            // A failure belonged to the old question; an answer may stay until the new one comes.
            loader.reload();
        }
    });
    loader
}

impl<T: Clone + Send + Sync + 'static> Loader<T> {
    fn new(weight: Weight, fetch: impl Fn() -> Answer<T> + 'static) -> Self {
        let value = RwSignal::new(Load::Loading);
        let begin = move || -> Task {
            let answer = fetch();
            Box::pin(async move {
                let loaded = match answer.await {
                    Ok(found) => Load::Ready(found),
                    Err(ApiError::Cancelled) => return false,
                    Err(error) => Load::Failed(error),
                };
                value.try_set(loaded);
                true
            })
        };
        Self {
            value,
            asking: Asking::new(weight),
            begin: StoredValue::new(Rc::new(begin)),
        }
    }

    fn start_now(self) {
        if let Some(begin) = self.begin.try_get_value() {
            self.asking.start(&*begin);
        }
    }

    /// Forgets a failure and asks again; an answer that is there stays in sight until the new one comes.
    pub fn reload(self) {
        self.value.try_update(|value| {
            if matches!(value, Load::Failed(_)) {
                *value = Load::Loading;
            }
        });
        self.start_now();
    }

    /// What is known; tracked.
    pub fn get(self) -> Load<T> {
        self.value.get()
    }

    /// What is known, borrowed; tracked.
    pub fn with<U>(self, look: impl FnOnce(&Load<T>) -> U) -> U {
        self.value.with(look)
    }

    /// Waits until the first answer is in, whichever it is. `Loading` only if the loader's owner goes first.
    pub async fn settled(self) -> Load<T> {
        let now = self.now();
        if !matches!(now, Load::Loading) {
            return now;
        }
        let (known, wait) = futures_channel::oneshot::channel();
        let known = StoredValue::new(Some(known));
        let watch = effect(move |_| {
            let settled = self.value.with(|value| !matches!(value, Load::Loading));
            if settled && let Some(Some(known)) = known.try_update_value(Option::take) {
                // The one who waited may have gone.
                let _ = known.send(());
            }
        });
        let _ = wait.await;
        watch.stop();
        self.now()
    }

    fn now(self) -> Load<T> {
        self.value.try_get_untracked().unwrap_or(Load::Loading)
    }

    /// Corrects what is known, after a write of our own.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.value.try_update(|value| {
            if let Load::Ready(value) = value {
                change(value);
            }
        });
    }

    /// Whether a request is under way, even with an old answer in sight; tracked.
    pub fn is_busy(self) -> bool {
        self.asking.again.get()
    }

    /// The signal behind it, for derived closures.
    pub fn signal(self) -> Signal<Load<T>> {
        self.value.into()
    }
}

/// What a loader does whatever it loads, and what is therefore in the bundle once.
#[derive(Clone, Copy)]
struct Asking {
    weight: Weight,
    again: RwSignal<bool>,
    running: StoredValue<Option<AbortHandle>>,
    progress: ProgressState,
}

impl Asking {
    fn new(weight: Weight) -> Self {
        let this = Self {
            weight,
            again: RwSignal::new(false),
            running: StoredValue::new(None),
            progress: use_progress(),
        };
        on_cleanup(move || {
            this.end();
        });
        this
    }

    /// Gives up what is under way. `None` when the owner is gone: a retry button pressed while the page is being replaced.
    fn end(self) -> Option<()> {
        if let Some(running) = self.running.try_update_value(Option::take)? {
            running.abort();
        }
        Some(())
    }

    /// Takes what is here already at once, so that a first page is built once, with all of it; waits for the rest.
    fn start(self, begin: &dyn Fn() -> Task) {
        if self.end().is_none() {
            return;
        }
        self.again.try_set(true);
        let mut task = begin();
        if let Some(is_written) = (&mut task).now_or_never() {
            return self.ended(is_written);
        }
        let guard = (self.weight == Weight::Content).then(|| self.progress.begin());
        let handle = spawn_abortable(async move {
            let is_written = task.await;
            self.ended(is_written);
            drop(guard);
        });
        self.running.set_value(Some(handle));
    }

    fn ended(self, is_written: bool) {
        if is_written {
            self.again.try_set(false);
        }
    }
}

/// Runs a task until it ends or the handle aborts it. An aborted task's future is dropped at once, which aborts its request.
pub fn spawn_abortable(task: impl Future<Output = ()> + 'static) -> AbortHandle {
    spawn_boxed(Box::pin(task))
}

/// Not for each task anew.
fn spawn_boxed(task: Pin<Box<dyn Future<Output = ()>>>) -> AbortHandle {
    let (handle, registration) = AbortHandle::new_pair();
    leptos::task::spawn_local(async move {
        let _ = Abortable::new(task, registration).await;
    });
    handle
}

/// Runs a task that ends with the component that started it.
pub fn spawn_scoped(task: impl Future<Output = ()> + 'static) {
    let handle = spawn_abortable(task);
    on_cleanup(move || handle.abort());
}

/// A place for one task at a time, such as a person starts (a press of a button), which ends with the component.
#[derive(Clone, Copy)]
pub struct TaskSlot(StoredValue<Option<AbortHandle>>);

impl TaskSlot {
    /// An empty one, for the component that is being built.
    #[expect(
        clippy::new_without_default,
        reason = "it belongs to the component that makes it"
    )]
    pub fn new() -> Self {
        let slot = Self(StoredValue::new(None));
        on_cleanup(move || slot.end());
        slot
    }

    /// Runs a task in the place of the one before. Nothing happens where the component is gone.
    pub fn run(self, task: impl Future<Output = ()> + 'static) {
        self.end();
        self.0
            .try_update_value(|running| *running = Some(spawn_abortable(task)));
    }

    /// Gives up on the task, if one runs.
    pub fn end(self) {
        if let Some(Some(running)) = self.0.try_update_value(Option::take) {
            running.abort();
        }
    }
}
