//! The API client in context, and what it makes of the time.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::api::client::Client;
use crate::browser::clock;
use crate::domain::time::Timestamp;

/// The client as reactive closures can hold it: they must be `Send`, which in a browser costs nothing.
pub type SharedClient = SendWrapper<Client>;

#[derive(Clone)]
struct ClientState(SharedClient);

/// Installs the client that everything below asks.
pub fn provide_client(client: Client) {
    provide_context(ClientState(SendWrapper::new(client)));
}

/// The client of this app.
///
/// # Panics
/// Outside of the app, where `provide_client` has not been called; the app's root calls it first of all.
pub fn use_client() -> SharedClient {
    expect_context::<ClientState>().0
}

/// Now, by the server's clock as far as any answer has told it.
pub fn now(client: &Client) -> Timestamp {
    client.now(clock::now())
}
