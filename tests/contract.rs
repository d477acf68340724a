//! The contract, held against the app's client natively: what crates.io's server was recorded to answer, its document,
//! and what RFC 3946 adds to both.
//!
//! The client is driven through its one door, the transport, so that addresses, bodies, judgements and types are tested
//! together. Nothing here reaches a network.

#[path = "contract/additions.rs"]
mod additions;
#[path = "contract/document.rs"]
mod document;
#[path = "contract/drive.rs"]
mod drive;
#[path = "contract/fake.rs"]
mod fake;
#[path = "contract/judgement.rs"]
mod judgement;
#[path = "contract/meaning.rs"]
mod meaning;
#[path = "contract/recording.rs"]
mod recording;
#[path = "contract/replay.rs"]
mod replay;
#[path = "contract/start_script.rs"]
mod start_script;
