//! A person's card, with what it has to ask for by itself.

use leptos::prelude::*;

use crate::components::account_card::AccountCard;
use crate::domain::user::Profile;
use crate::state::account_cache::use_account_cache;
use crate::state::client::{now, use_client};

/// The card of somebody who was looked up. Counting their crates ends with the owner in which this is called.
pub fn account_card(profile: Profile) -> AnyView {
    let crates = use_account_cache().count_crates(profile.user.id).signal();
    let now = now(&use_client());
    view! { <AccountCard profile=profile crates=crates now=now /> }.into_any()
}
