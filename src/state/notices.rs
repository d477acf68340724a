//! Short messages that belong to no field and no list: they stay until dismissed, since what vanishes by itself is missed.

use crate::reactive::{RwSignal, StoredValue};
use leptos::prelude::*;

/// How a notice is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeKind {
    /// Something was done.
    Success,
    /// Something should be known.
    Info,
    /// Something went wrong.
    Error,
}

impl NoticeKind {
    /// The value of `data-kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Info => "info",
            Self::Error => "error",
        }
    }
}

/// One message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// Unlike that of all others shown in this visit.
    pub id: u32,
    /// How it is meant.
    pub kind: NoticeKind,
    /// Shown as text.
    pub text: String,
}

/// The messages on screen, oldest first.
#[derive(Clone, Copy)]
pub struct NoticesState {
    shown: RwSignal<Vec<Notice>>,
    next_id: StoredValue<u32>,
}

/// Installs the list.
pub fn provide_notices() -> NoticesState {
    let state = NoticesState {
        shown: RwSignal::new(Vec::new()),
        next_id: StoredValue::new(0),
    };
    provide_context(state);
    state
}

/// The list of this app; one of its own where none was installed.
pub fn use_notices() -> NoticesState {
    use_context().unwrap_or_else(provide_notices)
}

impl NoticesState {
    /// Shows a message; one of the same kind and text that is still there is not repeated.
    pub fn show(self, kind: NoticeKind, text: impl Into<String>) {
        let text = text.into();
        let id = self.next_id.try_update_value(|id| {
            *id += 1;
            *id
        });
        self.shown.try_update(|shown| {
            if !shown
                .iter()
                .any(|notice| notice.kind == kind && notice.text == text)
            {
                shown.push(Notice {
                    id: id.unwrap_or_default(),
                    kind,
                    text,
                });
            }
        });
    }

    /// Takes a message away.
    pub fn dismiss(self, id: u32) {
        self.shown
            .try_update(|shown| shown.retain(|notice| notice.id != id));
    }

    /// What is shown; tracked.
    pub fn get(self) -> Vec<Notice> {
        self.shown.get()
    }
}
