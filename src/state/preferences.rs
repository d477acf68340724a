//! What a person chose for this browser: the colour scheme, and whether single keys act as shortcuts.

use leptos::prelude::*;

use super::reader::forget_reader_when_gone;
use crate::browser::{document, storage};
use crate::reactive::RwSignal;

/// Which colours are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ColorScheme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ColorScheme {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// What the choice is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    fn stored(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The choices, reactive and remembered.
#[derive(Clone, Copy)]
pub struct PreferencesState {
    scheme: RwSignal<ColorScheme>,
    shortcuts: RwSignal<bool>,
}

/// Reads what was remembered and installs it.
pub fn provide_preferences() -> PreferencesState {
    let scheme = match storage::read(storage::COLOR_SCHEME).as_deref() {
        Some("light") => ColorScheme::Light,
        Some("dark") => ColorScheme::Dark,
        _ => ColorScheme::System,
    };
    let shortcuts = storage::read(storage::SHORTCUTS).as_deref() != Some("off");
    let state = PreferencesState {
        scheme: RwSignal::new(scheme),
        shortcuts: RwSignal::new(shortcuts),
    };
    provide_context(state);
    state
}

/// The choices of this app.
pub fn use_preferences() -> PreferencesState {
    use_context().unwrap_or_else(provide_preferences)
}

impl PreferencesState {
    /// The chosen colour scheme; tracked.
    pub fn scheme(self) -> ColorScheme {
        forget_reader_when_gone();
        self.scheme.get()
    }

    /// Shows and remembers a colour scheme.
    pub fn set_scheme(self, scheme: ColorScheme) {
        document::set_color_scheme(scheme.stored());
        match scheme.stored() {
            Some(value) => storage::write(storage::COLOR_SCHEME, value),
            None => storage::remove(storage::COLOR_SCHEME),
        }
        self.scheme.set(scheme);
    }

    /// Whether single keys act as shortcuts; tracked.
    pub fn shortcuts(self) -> bool {
        forget_reader_when_gone();
        self.shortcuts.get()
    }

    /// The same without subscribing, for event handlers.
    pub fn shortcuts_untracked(self) -> bool {
        self.shortcuts.get_untracked()
    }

    /// Turns the shortcuts on or off and remembers it.
    pub fn set_shortcuts(self, on: bool) {
        if on {
            storage::remove(storage::SHORTCUTS);
        } else {
            storage::write(storage::SHORTCUTS, "off");
        }
        self.shortcuts.set(on);
    }
}
