//! API tokens.
//!
//! The answer that makes a token is the only one with its text.

use miniserde::Deserialize;

use super::{Malformed, moment};
use crate::domain::token::{ApiToken, CreatedToken, EndpointScope, TokenId};

/// The document's `ApiToken` and `ApiTokenWithToken`.
#[derive(Deserialize)]
struct WireToken {
    id: i64,
    name: String,
    created_at: Option<String>,
    last_used_at: Option<String>,
    expired_at: Option<String>,
    crate_scopes: Option<Vec<String>>,
    endpoint_scopes: Option<Vec<String>>,
    token: Option<String>,
}

impl From<WireToken> for ApiToken {
    fn from(wire: WireToken) -> Self {
        let scopes = |list: Vec<String>| list.iter().map(|name| EndpointScope::new(name)).collect();
        Self {
            id: TokenId(wire.id),
            name: wire.name,
            created_at: moment(wire.created_at),
            last_used_at: moment(wire.last_used_at),
            expired_at: moment(wire.expired_at),
            crate_scopes: wire.crate_scopes,
            endpoint_scopes: wire.endpoint_scopes.map(scopes),
        }
    }
}

/// `GET /api/v1/me/tokens`
#[derive(Deserialize)]
pub(in crate::api) struct TokensBody {
    api_tokens: Vec<WireToken>,
}

impl From<TokensBody> for Vec<ApiToken> {
    fn from(body: TokensBody) -> Self {
        body.api_tokens.into_iter().map(ApiToken::from).collect()
    }
}

/// `GET /api/v1/me/tokens/{id}`
#[derive(Deserialize)]
pub(in crate::api) struct TokenBody {
    api_token: WireToken,
}

impl From<TokenBody> for ApiToken {
    fn from(body: TokenBody) -> Self {
        body.api_token.into()
    }
}

/// `PUT /api/v1/me/tokens`
#[derive(Deserialize)]
pub(in crate::api) struct CreatedTokenBody {
    api_token: WireToken,
}

impl TryFrom<CreatedTokenBody> for CreatedToken {
    type Error = Malformed;

    fn try_from(body: CreatedTokenBody) -> Result<Self, Malformed> {
        let mut token = body.api_token;
        let plaintext = token.token.take().ok_or(Malformed)?;
        Ok(Self {
            plaintext,
            token: token.into(),
        })
    }
}
