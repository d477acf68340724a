//! The API's routes, a module for each thing they are about.

mod account;
mod categories;
mod crate_list;
mod crate_settings;
mod crates;
mod downloads;
mod follow;
mod invitations;
mod keywords;
mod me;
mod owners;
mod session;
mod signup;
mod site;
mod teams;
mod tokens;
mod trustpub;
mod usernames;
mod users;
mod versions;
mod yank;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{any, delete, get, post, put},
};

use crate::{app::AppState, error::ApiError};

/// The router of everything under `/api`.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(
            "/api/v1/users/{user}",
            get(users::show).put(account::change),
        )
        .route("/api/v1/users/{user}/stats", get(users::stats))
        .route("/api/v1/users/{user}/resend", put(account::resend))
        .route("/api/v1/confirm/{token}", put(account::confirm))
        .route("/api/private/usernames/{username}", get(usernames::show))
        .route("/api/v1/teams/{team}", get(teams::show))
        .route("/api/v1/crates", get(crate_list::list))
        .route(
            "/api/v1/crates/{name}",
            get(crates::show)
                .patch(crate_settings::change)
                .delete(crate_settings::delete),
        )
        .route(
            "/api/v1/crates/{name}/owners",
            get(owners::list).put(owners::add).delete(owners::remove),
        )
        .route("/api/v1/crates/{name}/owner_user", get(owners::users))
        .route("/api/v1/crates/{name}/owner_team", get(owners::teams))
        .route(
            "/api/v1/crates/{name}/follow",
            put(follow::follow).delete(follow::unfollow),
        )
        .route("/api/v1/crates/{name}/following", get(follow::following))
        .route("/api/v1/crates/{name}/versions", get(versions::list))
        .route("/api/v1/crates/{name}/downloads", get(downloads::of_crate))
        .route(
            "/api/v1/crates/{name}/reverse_dependencies",
            get(versions::reverse_dependencies),
        )
        .route(
            "/api/v1/crates/{name}/{version}",
            get(versions::show).patch(yank::update),
        )
        .route("/api/v1/crates/{name}/{version}/yank", delete(yank::yank))
        .route("/api/v1/crates/{name}/{version}/unyank", put(yank::unyank))
        .route(
            "/api/v1/crates/{name}/{version}/rebuild_docs",
            post(yank::rebuild_docs),
        )
        .route(
            "/api/v1/crates/{name}/{version}/authors",
            get(versions::authors),
        )
        .route(
            "/api/v1/crates/{name}/{version}/dependencies",
            get(versions::dependencies),
        )
        .route(
            "/api/v1/crates/{name}/{version}/downloads",
            get(downloads::of_version),
        )
        .route(
            "/api/v1/crates/{name}/{version}/readme",
            get(downloads::readme),
        )
        .route(
            "/api/v1/crates/{name}/{version}/download",
            get(downloads::download),
        )
        .route("/api/v1/keywords", get(keywords::list))
        .route("/api/v1/keywords/{keyword}", get(keywords::show))
        .route("/api/v1/categories", get(categories::list))
        .route("/api/v1/categories/{category}", get(categories::show))
        .route("/api/v1/category_slugs", get(categories::slugs))
        .route("/api/v1/summary", get(site::summary))
        .route("/api/v1/site_metadata", get(site::metadata))
        .route("/api/v1/me", get(me::show))
        .route("/api/v1/me/updates", get(follow::updates))
        .route(
            "/api/v1/me/email_notifications",
            put(account::notifications),
        )
        .route("/api/v1/me/tokens", get(tokens::list).put(tokens::create))
        .route(
            "/api/v1/me/tokens/{id}",
            get(tokens::show).delete(tokens::revoke),
        )
        .route("/api/v1/tokens/current", delete(tokens::revoke_current))
        .route("/api/v1/me/crate_owner_invitations", get(invitations::mine))
        .route(
            "/api/v1/me/crate_owner_invitations/{crate_id}",
            put(invitations::reply),
        )
        .route(
            "/api/v1/me/crate_owner_invitations/accept/{token}",
            put(invitations::accept_by_token),
        )
        .route(
            "/api/private/crate_owner_invitations",
            get(invitations::list),
        )
        .route(
            "/api/v1/trusted_publishing/github_configs",
            get(trustpub::list_github).post(trustpub::create_github),
        )
        .route(
            "/api/v1/trusted_publishing/github_configs/{id}",
            delete(trustpub::delete_github),
        )
        .route(
            "/api/v1/trusted_publishing/gitlab_configs",
            get(trustpub::list_gitlab).post(trustpub::create_gitlab),
        )
        .route(
            "/api/v1/trusted_publishing/gitlab_configs/{id}",
            delete(trustpub::delete_gitlab),
        )
        .route(
            "/api/private/session/signup",
            get(signup::show)
                .post(signup::submit)
                .delete(signup::cancel),
        )
        .route("/api/private/session/begin", post(session::begin))
        .route("/api/private/session/authorize", post(session::authorize))
        .route("/api/private/session", delete(session::end))
        .route("/api", any(not_found))
        .route("/api/{*rest}", any(not_found))
}

async fn not_found() -> Response {
    ApiError::not_found().into_response()
}

type CacheControl = [(axum::http::HeaderName, &'static str); 1];

/// The header of answers that are the caller's own business.
fn no_store() -> CacheControl {
    [(axum::http::header::CACHE_CONTROL, "no-store")]
}

/// The header of answers that everybody may share for a moment.
fn shared_briefly() -> CacheControl {
    [(axum::http::header::CACHE_CONTROL, "public, max-age=15")]
}
