//! What a visitor of the registry sees, on the finished build and the embedded registry.
//!
//! One module for each thing a visitor comes for. `DEMONSTRATION.md` of the registry says who and what shows what.

mod again;
mod crate_page;
mod failures;
mod looks;
mod memory;
mod readme;
mod scale;
mod shell;
mod sign_in;
mod speed;
mod user_page;
