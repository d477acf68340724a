//! Going to and fro for long leaves nothing behind. The bench goes for longer and tells the JavaScript heap as well.

use nameplate_e2e::memory::{self, Held};
use nameplate_e2e::story::{Setting, story};

/// Rounds of six after which everything that is kept on purpose is kept.
const WARM: usize = 9;

/// Rounds after that.
const LATER: usize = 16;

/// The app's memory grows by whole pages of 64 KiB, and how full the last one is depends on what came when: two of them.
const SLACK: f64 = 2.0 * 65_536.0;

#[test]
fn going_to_and_fro_leaves_nothing_behind() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let browser = &visitor.browser;
        memory::watch(browser).await.expect("it is watched");
        visitor.open(memory::START).await;
        visitor.see("region", "Readme").await;
        visitor.settle().await;
        memory::wander(browser, WARM).await.expect("a walk");
        let before = memory::held(browser).await.expect("it is counted");
        memory::wander(browser, LATER).await.expect("a long walk");
        // What is dead may be found dead a little later.
        let mut after = before;
        let steady = browser.until("it is as before", async || {
            after = memory::held(browser).await?;
            let counted = |held: &Held| [held.nodes, held.listeners];
            let mut pairs = counted(&before).into_iter().zip(counted(&after));
            let is_steady = pairs.all(|(before, after)| after < before * 1.03);
            Ok((is_steady && after.wasm <= before.wasm + SLACK).then_some(()))
        });
        if steady.await.is_err() {
            let detached = memory::detached(browser).await;
            panic!("from {before:#?} to {after:#?}; held outside of the page: {detached:#?}");
        }
    });
}
