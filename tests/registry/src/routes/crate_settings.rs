//! Settings of a crate, and its end.

use axum::{Json as Answer, extract::State, http::StatusCode};
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::AppState,
    call::Call,
    clock::{DAY, SECOND, Timestamp},
    error::{ApiError, ApiResult},
    extract::{Json, Path},
    owners::{Rights, rights},
    wire::krate::{Krate, crate_id},
};

/// How long a crate can be deleted whatever has become of it.
const GRACE: i64 = 72 * 3600 * SECOND;
const DOWNLOADS_PER_MONTH: i64 = 1000;

/// The body of a change.
#[derive(Deserialize)]
pub struct Body {
    #[serde(rename = "crate")]
    krate: Changes,
}

#[derive(Deserialize)]
struct Changes {
    #[serde(default)]
    trustpub_only: Option<bool>,
}

/// `PATCH /api/v1/crates/{name}`.
pub async fn change(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
    Json(body): Json<Body>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let account = call.website_account(transaction)?;
        let id = crate_id(transaction, &name)?;
        if rights(transaction, id, account.id)? != Rights::Full {
            return Err(ApiError::forbidden(
                "only owners have permission to modify crate settings",
            ));
        }
        if let Some(wanted) = body.krate.trustpub_only {
            transaction
                .prepare_cached(
                    "UPDATE crates SET trustpub_only = ?2, updated_at = ?3 WHERE id = ?1",
                )?
                .execute(params![id, wanted, call.now])?;
        }
        Ok(Answer(
            json!({ "crate": Krate::find(transaction, &call, &name)? }),
        ))
    })
    .await
}

/// `DELETE /api/v1/crates/{name}`: soon after it was published, or when hardly anybody uses it and nothing depends on it.
pub async fn delete(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
) -> ApiResult<StatusCode> {
    app.write(move |transaction| {
        let account = call.website_account(transaction)?;
        let id = crate_id(transaction, &name)?;
        match rights(transaction, id, account.id)? {
            Rights::Full => {}
            Rights::Team => return Err(ApiError::forbidden("team members don't have permission to delete crates")),
            Rights::None => return Err(ApiError::forbidden("only owners have permission to delete crates")),
        }
        let refuse = |why: String| Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, why));
        let (created_at, downloads, owners): (Timestamp, i64, i64) = transaction.query_row(
            "SELECT c.created_at, c.downloads, (SELECT count(*) FROM crate_owners o WHERE o.crate_id = c.id) FROM crates c WHERE c.id = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        if created_at.plus(GRACE) <= call.now {
            if owners > 1 {
                return refuse("only crates with a single owner can be deleted after 72 hours".to_owned());
            }
            let months = (call.now.0 - created_at.0) / (30 * DAY) + 1;
            if downloads > months * DOWNLOADS_PER_MONTH {
                return refuse(format!(
                    "only crates with less than {DOWNLOADS_PER_MONTH} downloads per month can be deleted after 72 hours"
                ));
            }
        }
        let dependent: Option<(String, String)> = transaction
            .prepare_cached(
                "SELECT c.name, v.num FROM dependencies d JOIN versions v ON v.id = d.version_id JOIN crates c ON c.id = v.crate_id \
                 WHERE d.crate_id = ?1 AND v.crate_id <> ?1 ORDER BY c.name, v.semver_ord DESC LIMIT 1",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((krate, num)) = dependent {
            return refuse(format!("only crates without reverse dependencies can be deleted (e.g. {krate}@{num} depends on this crate)"));
        }
        // A crate may depend on itself in its tests; those rows go first.
        transaction.execute("DELETE FROM dependencies WHERE crate_id = ?1", [id])?;
        transaction.execute("DELETE FROM crates WHERE id = ?1", [id])?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
