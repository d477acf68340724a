//! Thin, fallible wrappers over what the browser offers.
//!
//! Each call can fail (no storage, no clipboard, an old browser) and says so in its return value; nothing here panics.
//! Handles end what they started when they are dropped. This layer knows the domain's types, but no page and no API.

pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod dialog;
pub mod document;
pub mod event;
pub mod highlighter;
pub mod image_address;
pub mod intl;
pub mod landing;
pub mod likely;
pub mod listener;
pub mod navigation;
pub mod network;
pub mod part_styles;
pub mod popover;
pub mod popup;
pub mod release;
pub mod sight;
pub mod storage;
pub mod timer;
