//! A tour of everything the API can do.

mod reads;
mod sign_up;
mod writes;

use crate::{harness::Registry, judge::Judge};

/// Asks for everything once.
pub async fn tour(judge: &mut Judge, registry: &Registry) {
    reads::all(judge, registry).await;
    writes::all(judge, registry).await;
    sign_up::all(judge, registry).await;
}
