//! API tokens.
//!
//! The answer that makes a token is the only one with its text.

use super::moment;
use crate::api::json::Json;
use crate::domain::token::{ApiToken, CreatedToken, EndpointScope, TokenId};

/// The document's `ApiToken`.
fn token(json: &Json<'_>) -> Option<ApiToken> {
    let scopes = |list: Vec<String>| list.iter().map(|name| EndpointScope::new(name)).collect();
    Some(ApiToken {
        id: TokenId(json.id("id")),
        name: json.text("name"),
        created_at: moment(json, "created_at"),
        last_used_at: moment(json, "last_used_at"),
        expired_at: moment(json, "expired_at"),
        crate_scopes: json.texts("crate_scopes"),
        endpoint_scopes: json.texts("endpoint_scopes").map(scopes),
    })
}

/// `GET /api/v1/me/tokens`
pub(in crate::api) fn api_tokens(json: &Json<'_>) -> Option<Vec<ApiToken>> {
    json.each("api_tokens", token)
}

/// `GET /api/v1/me/tokens/{id}`
pub(in crate::api) fn api_token(json: &Json<'_>) -> Option<ApiToken> {
    token(&json.object("api_token")?)
}

/// `PUT /api/v1/me/tokens`: the document's `ApiTokenWithToken`.
pub(in crate::api) fn created_token(json: &Json<'_>) -> Option<CreatedToken> {
    let json = json.object("api_token")?;
    Some(CreatedToken {
        plaintext: json.text("token"),
        token: token(&json)?,
    })
}
