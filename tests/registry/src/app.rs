//! The running registry, as its handlers see it.
//!
//! Everything lasting is in the database; what is here can be lost at any moment without losing a promise.

use std::sync::Arc;

use rusqlite::{Connection, Transaction};

use crate::{
    clock::Clock,
    config::{Level, Variant},
    error::ApiResult,
    faults::Faults,
    names::availability::Limiter,
    pool::Pool,
    session::Key,
};

/// The three origins of one registry.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Origins {
    /// App and API, as people reach them: `http://127.0.0.1:8080`.
    pub app: String,
    /// Where the registry itself listens for both; another address only when a server stands in front.
    pub own: String,
    /// File host, `http://127.0.0.1:8081`.
    pub files: String,
    /// GitHub stand-in, `http://localhost:8082`: another site than the app.
    pub github: String,
}

/// State shared by all handlers.
pub struct App {
    /// How much of the contract this server has.
    pub level: Level,
    /// Settings of crates.io's server.
    pub variant: Variant,
    /// Where it is.
    pub origins: Origins,
    /// What time it is.
    pub clock: Clock,
    /// Signs session cookies.
    pub key: Key,
    /// How often somebody asked for availability.
    pub limiter: Limiter,
    /// What tests want to go wrong.
    pub faults: Faults,
    /// The database.
    pub pool: Pool,
}

/// The state as axum hands it around.
pub type AppState = Arc<App>;

impl App {
    /// Reads from the database.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> ApiResult<T> + Send + 'static,
    ) -> ApiResult<T> {
        self.pool.read(work).await
    }

    /// Writes to the database, in one transaction.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> ApiResult<T> + Send + 'static,
    ) -> ApiResult<T> {
        if self.variant.read_only {
            return Err(crate::error::ApiError::new(
                axum::http::StatusCode::SERVICE_UNAVAILABLE,
                "crates.io is currently in read-only mode. Please check https://status.crates.io/ for details and try again later.",
            ));
        }
        self.pool.write(work).await
    }

    /// Where crate files and READMEs are.
    pub fn cdn_base(&self) -> &str {
        self.variant
            .cdn_base
            .as_deref()
            .unwrap_or(&self.origins.files)
    }
}
