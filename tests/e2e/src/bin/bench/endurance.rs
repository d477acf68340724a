//! Three hundred navigations to and fro, and what is held after every fifty.

use nameplate_e2e::Outcome;
use nameplate_e2e::browser::{Browser, Look};
use nameplate_e2e::memory::{self, Held};
use nameplate_e2e::registry::Registry;

/// Navigations after each of which is counted, and how often. A round is six.
const ROUNDS: usize = 9;
const STEPS: usize = 6;

/// What was held after so many navigations.
pub struct Mark {
    /// How many.
    pub navigations: usize,
    /// What was held.
    pub held: Held,
}

/// Walks and counts.
pub async fn walk(registry: &Registry) -> Outcome<Vec<Mark>> {
    let browser = Browser::open(Look::DESK).await?;
    memory::watch(&browser).await?;
    browser
        .goto(&format!("{}{}", registry.app(), memory::START))
        .await?;
    browser.settle().await?;
    let mut marks = Vec::new();
    for step in 1..=STEPS {
        memory::wander(&browser, ROUNDS).await?;
        marks.push(Mark {
            navigations: step * ROUNDS * 6,
            held: memory::held(&browser).await?,
        });
    }
    browser.close().await?;
    Ok(marks)
}
