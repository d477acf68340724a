//! Signing in, up and out.

use crate::api::client::Client;
use crate::api::endpoint::Endpoint;
use crate::api::error::ApiError;
use crate::api::transport::{Method, Request};
use crate::api::wire::{self, authorize_request, signup_request};
use crate::domain::session::{Authorized, LoginStart, PendingSignup};
use crate::domain::user::Viewer;
use crate::domain::username::Username;

impl Client {
    /// The signed-in user; [`ApiError::SignedOut`] when there is none.
    pub async fn me(&self) -> Result<Viewer, ApiError> {
        self.get(Endpoint::me()).await?.read(wire::session::viewer)
    }

    /// Starts signing in. Discards a pending sign-up.
    pub async fn begin_session(&self) -> Result<LoginStart, ApiError> {
        self.ask(Request::new(Method::Post, Endpoint::begin_session()))
            .await?
            .read(wire::session::login_start)
    }

    /// Hands over what GitHub sent back. Each `state` counts once, failed attempts included.
    pub async fn authorize_session(&self, code: &str, state: &str) -> Result<Authorized, ApiError> {
        let body = Some(authorize_request(code, state));
        let request = Request {
            method: Method::Post,
            endpoint: Endpoint::authorize_session(),
            body,
        };
        self.ask(request).await?.read(wire::session::authorized)
    }

    /// Signs out, and discards a pending sign-up.
    pub async fn end_session(&self) -> Result<(), ApiError> {
        self.act(Method::Delete, Endpoint::session()).await
    }

    /// The pending sign-up. Refusals: 400 there is none (expired, or signed in already), 404 this server has no sign-up
    /// of this kind.
    pub async fn pending_signup(&self) -> Result<PendingSignup, ApiError> {
        self.get(Endpoint::signup())
            .await?
            .read(wire::session::pending_signup)
    }

    /// Finishes the pending sign-up and signs in. The answer's username is the truth: servers that know no choice give
    /// the GitHub login. What a 400 means is told by [`Client::pending_signup`] (contract, "What a refusal means").
    pub async fn sign_up(&self, username: &Username, email: &str) -> Result<Viewer, ApiError> {
        let body = Some(signup_request(username.as_str(), email));
        self.ask(Request {
            method: Method::Post,
            endpoint: Endpoint::signup(),
            body,
        })
        .await?
        .read(wire::session::viewer)
    }

    /// Discards the pending sign-up, if there is one.
    pub async fn cancel_signup(&self) -> Result<(), ApiError> {
        self.act(Method::Delete, Endpoint::signup()).await
    }
}
