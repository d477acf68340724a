//! Effects, which the browser's own queue runs.

use crate::harness::settle::{settle, tick};
use leptos::prelude::Owner;
use nameplate::reactive::{Memo, RwSignal, effect};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn an_effect_runs_again_with_what_it_returned_until_it_is_stopped() {
    let owner = Owner::new();
    let (number, heard, watch) = owner.with(|| {
        let number = RwSignal::new(1_u32);
        let heard = RwSignal::new(Vec::new());
        let watch = effect(move |before: Option<u32>| {
            let now = number.get();
            heard.update(|heard| heard.push((before, now)));
            now
        });
        (number, heard, watch)
    });
    let expect = async |wanted: &[(Option<u32>, u32)]| {
        settle("it runs", || heard.with_untracked(|heard| heard == wanted)).await;
    };
    expect(&[(None, 1)]).await;
    number.set(2);
    expect(&[(None, 1), (Some(1), 2)]).await;
    watch.stop();
    number.set(3);
    tick().await;
    expect(&[(None, 1), (Some(1), 2)]).await;
}

#[wasm_bindgen_test]
async fn an_effect_follows_a_memo_and_ends_with_its_owner() {
    let owner = Owner::new();
    let outside = Owner::new();
    let (number, heard) = outside.with(|| (RwSignal::new(1_u32), RwSignal::new(Vec::new())));
    owner.with(|| {
        let is_even = Memo::new(move |_| number.get().is_multiple_of(2));
        effect(move |_| {
            let is_even = is_even.get();
            heard.update(|heard| heard.push(is_even));
        });
    });
    let expect = async |wanted: &[bool]| {
        settle("it runs", || heard.with_untracked(|heard| heard == wanted)).await;
    };
    expect(&[false]).await;
    for next in [3, 4] {
        number.set(next);
        tick().await;
    }
    expect(&[false, true]).await;
    owner.cleanup();
    number.set(5);
    tick().await;
    expect(&[false, true]).await;
}
