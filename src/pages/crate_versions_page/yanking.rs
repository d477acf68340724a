//! Yanking a version and taking it back, after a question. For owners; the registry decides who is one.

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::components::confirm_dialog::ConfirmDialog;
use crate::reactive::{RwSignal, StoredValue};
use crate::state::client::{SharedClient, use_client};
use crate::state::crate_cache::use_crate_cache;
use crate::state::load::spawn_abortable;
use crate::state::notices::{NoticeKind, use_notices};
use crate::state::session::use_session;
use crate::template::view;

/// The version that is asked about.
#[derive(Clone, PartialEq, Eq)]
struct Target {
    num: String,
    /// Whether it is to be yanked, or the yank taken back.
    yank: bool,
    /// What the row shows.
    yanked: RwSignal<bool>,
}

/// How far it has come.
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    Asking,
    Saving,
    Refused(String),
}

/// The question, if one is asked, and what became of it.
#[derive(Clone, Copy)]
pub struct YankingState {
    target: RwSignal<Option<Target>>,
    stage: RwSignal<Stage>,
    open: RwSignal<bool>,
}

impl YankingState {
    /// Nothing is asked.
    pub fn new() -> Self {
        Self {
            target: RwSignal::new(None),
            stage: RwSignal::new(Stage::Asking),
            open: RwSignal::new(false),
        }
    }

    /// Asks whether to yank a version, or to take its yank back.
    pub fn ask(self, num: String, yanked: RwSignal<bool>) {
        self.target.set(Some(Target {
            num,
            yank: !yanked.get_untracked(),
            yanked,
        }));
        self.stage.set(Stage::Asking);
        self.open.set(true);
    }
}

/// The question.
#[component]
pub fn YankDialog(yanking: YankingState, krate: String) -> impl IntoView {
    let YankingState {
        target,
        stage,
        open,
    } = yanking;
    let client = use_client();
    let cache = use_crate_cache();
    let notices = use_notices();
    let session = use_session();
    let yank = move || target.with(|target| target.as_ref().is_none_or(|target| target.yank));
    let num = move || {
        target.with(|target| {
            target
                .as_ref()
                .map(|target| target.num.clone())
                .unwrap_or_default()
        })
    };
    let name = StoredValue::new(krate);
    let title = Signal::derive(move || {
        let verb = if yank() { "Yank" } else { "Unyank" };
        format!("{verb} version {} of {}?", num(), name.get_value())
    });
    let text = Signal::derive(move || {
        String::from(if yank() {
            "Cargo will no longer pick this version for projects that do not use it yet. Those that do can still build. Nothing is deleted, and you can take it back."
        } else {
            "Cargo will pick this version again."
        })
    });
    let confirm = Signal::derive(move || if yank() { "Yank" } else { "Unyank" });
    let busy = Signal::derive(move || stage.get() == Stage::Saving);
    let problem = Signal::derive(move || match stage.get() {
        Stage::Refused(reason) => Some(reason),
        Stage::Asking | Stage::Saving => None,
    });
    let save = Callback::new(move |()| {
        let Some(asked) = target.get_untracked() else {
            return;
        };
        stage.set(Stage::Saving);
        let client = client.clone();
        let krate = name.get_value();
        // It is carried out even if the page is left meanwhile.
        spawn_abortable(async move {
            match carry_out(&client, &krate, &asked).await {
                Ok(()) => {
                    asked.yanked.try_set(asked.yank);
                    cache.forget(&krate);
                    let done = if asked.yank {
                        "is yanked"
                    } else {
                        "is no longer yanked"
                    };
                    notices.show(
                        NoticeKind::Success,
                        format!("Version {} of {krate} {done}.", asked.num),
                    );
                    open.try_set(false);
                }
                Err(failure) => {
                    if failure.signed_out {
                        session.forget();
                    }
                    // The question may have been left meanwhile; what became of it is said all the same.
                    if open.try_get_untracked() == Some(false) {
                        notices.show(
                            NoticeKind::Error,
                            format!("Version {} of {krate}: {}", asked.num, failure.text),
                        );
                    }
                    stage.try_set(Stage::Refused(failure.text));
                }
            }
        });
    });
    let close = Callback::new(move |()| open.set(false));
    view! {
        <ConfirmDialog
            id="yank"
            open=open
            title=title
            text=text
            confirm=confirm
            busy=busy
            problem=problem
            on_confirm=save
            on_close=close
        />
    }
}

struct NotDone {
    text: String,
    signed_out: bool,
}

async fn carry_out(client: &SharedClient, krate: &str, target: &Target) -> Result<(), NotDone> {
    let result = if target.yank {
        client.yank_version(krate, &target.num).await
    } else {
        client.unyank_version(krate, &target.num).await
    };
    let error = match result {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    let mut text = String::from("Nothing was changed.");
    if error.leaves_outcome_unknown() {
        // The answer was lost, perhaps not the request: the truth is read back.
        match client.version(krate, &target.num).await {
            Ok(version) if version.yanked == target.yank => return Ok(()),
            Ok(_) => {}
            Err(_) => {
                text = String::from("It is not known whether it was done: reload the page to see.")
            }
        }
    }
    if let Some(detail) = error.detail() {
        text.push_str(" The registry says: ");
        text.push_str(detail);
    }
    Err(NotDone {
        text,
        signed_out: matches!(error, ApiError::SignedOut { .. }),
    })
}
