//! API tokens of the signed-in user.

use crate::api::client::Client;
use crate::api::endpoint::Endpoint;
use crate::api::error::ApiError;
use crate::api::transport::{Method, Request};
use crate::api::wire::{self, token_request};
use crate::domain::token::{ApiToken, CreatedToken, NewToken, TokenId};

impl Client {
    /// The tokens, newest first, with those that expired within 30 days.
    pub async fn api_tokens(&self) -> Result<Vec<ApiToken>, ApiError> {
        self.get(Endpoint::tokens())
            .await?
            .read(wire::tokens::api_tokens)
    }

    /// A token, a revoked one too.
    pub async fn api_token(&self, id: TokenId) -> Result<ApiToken, ApiError> {
        self.get(Endpoint::token(id))
            .await?
            .read(wire::tokens::api_token)
    }

    /// Makes a token. Its text is in this answer and never again.
    pub async fn create_api_token(&self, token: &NewToken) -> Result<CreatedToken, ApiError> {
        let body = Some(token_request(token));
        self.ask(Request {
            method: Method::Put,
            endpoint: Endpoint::new_token(),
            body,
        })
        .await?
        .read(wire::tokens::created_token)
    }

    /// Revokes a token. Tokens that do not exist, or are somebody else's, are left alone without a word.
    pub async fn revoke_api_token(&self, id: TokenId) -> Result<(), ApiError> {
        self.act(Method::Delete, Endpoint::token(id)).await
    }
}
