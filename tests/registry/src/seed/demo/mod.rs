//! The demonstration: an invented registry in which everything that can be seen can be found.
//!
//! It is what `cargo xtask serve` shows and what end-to-end tests click through; `DEMONSTRATION.md` beside the manifest
//! lists the specimens. The same `now` gives the same data to the byte.

mod between;
mod categories;
mod draft;
mod filler;
mod keepers;
mod mail;
mod manifests;
pub mod oddities;
pub mod people;
mod person;
mod renames;
mod shelf;
pub mod showpieces;
#[cfg(test)]
mod tests;
pub(in crate::seed) mod words;

use std::collections::HashMap;

use super::calendar::{Micros, on};
use super::world::World;
use shelf::Shelf;

/// How many crates there are in all.
pub const CRATES: usize = 400;

/// The whole demonstration as it is at `now`.
#[must_use]
pub fn world(now: Micros) -> World {
    let users = people::all(now);
    let ids: HashMap<String, i64> = users
        .iter()
        .map(|user| (user.username.clone(), user.id))
        .collect();
    let github_id = |name: &str| {
        let user = users.iter().find(|user| user.username == name)?;
        user.links
            .iter()
            .find(|link| link.service == "github")
            .map(|link| link.account_id)
    };
    let teams = between::teams(&github_id);
    let team_ids: HashMap<String, i64> = teams
        .iter()
        .map(|team| (team.login.clone(), team.id))
        .collect();
    let names: Vec<String> = users.iter().map(|user| user.username.clone()).collect();

    let mut shelf = Shelf::new(now, &ids, &team_ids);
    for draft in showpieces::all(now)
        .into_iter()
        .chain(manifests::all(now))
        .chain(oddities::all(now))
        .chain(keepers::all(now, &names))
    {
        shelf.put(draft);
    }
    for draft in filler::all(now, CRATES.saturating_sub(shelf.count())) {
        shelf.put(draft);
    }

    let id = |name: &str| ids.get(name).copied();
    let mut world = World {
        renames: renames::all(now, &id),
        tokens: between::tokens(now, &id),
        crates: shelf.take(),
        users,
        teams,
        reserved: renames::RESERVED.to_vec(),
        categories: categories::all(),
        unused_keywords: vec!["unused-keyword".to_owned()],
        keywords_since: on(2017, 1, 6),
        publishers: between::publishers(now),
        ..World::default()
    };
    between::invite(&mut world, now);
    world.follows = between::follows(&world);
    world.mails = mail::all(&world);
    world
}
