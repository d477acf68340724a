//! Trusted publishing: which repositories may publish a crate without a token.

use std::num::NonZeroU32;

use axum::{
    Json as Answer,
    extract::{RawQuery, State},
    http::StatusCode,
    response::IntoResponse,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::no_store;
use crate::{
    app::AppState,
    call::Call,
    clock::Timestamp,
    error::{ApiError, ApiResult},
    extract::{Json, Path, Query},
    github,
    owners::{Rights, rights},
    paging::{Paging, Supported},
    wire::krate::crate_id,
};

/// The parameters of both lists.
#[derive(Deserialize)]
pub struct ListQuery {
    #[serde(rename = "crate")]
    krate: Option<String>,
    user_id: Option<i32>,
    page: Option<NonZeroU32>,
    per_page: Option<NonZeroU32>,
    seek: Option<String>,
}

/// The two services, which differ in their columns.
#[derive(Clone, Copy)]
enum Service {
    GitHub,
    GitLab,
}

impl Service {
    fn table(self) -> &'static str {
        match self {
            Self::GitHub => "trustpub_github_configs",
            Self::GitLab => "trustpub_gitlab_configs",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::GitHub => "github_config",
            Self::GitLab => "gitlab_config",
        }
    }

    fn columns(self) -> &'static str {
        match self {
            Self::GitHub => {
                "t.repository_owner, t.repository_owner_id, t.repository_name, t.workflow_filename"
            }
            Self::GitLab => "t.namespace, t.namespace_id, t.project, t.workflow_filepath",
        }
    }

    fn config(self, row: &Row<'_>) -> rusqlite::Result<Value> {
        let mut config = json!({
            "id": row.get::<_, i64>(0)?,
            "crate": row.get::<_, String>(1)?,
            "environment": row.get::<_, Option<String>>(2)?,
            "created_at": row.get::<_, Timestamp>(3)?,
        });
        match self {
            Self::GitHub => {
                config["repository_owner"] = json!(row.get::<_, String>(4)?);
                config["repository_owner_id"] = json!(row.get::<_, i64>(5)?);
                config["repository_name"] = json!(row.get::<_, String>(6)?);
                config["workflow_filename"] = json!(row.get::<_, String>(7)?);
            }
            Self::GitLab => {
                config["namespace"] = json!(row.get::<_, String>(4)?);
                config["namespace_id"] = json!(row.get::<_, Option<String>>(5)?);
                config["project"] = json!(row.get::<_, String>(6)?);
                config["workflow_filepath"] = json!(row.get::<_, String>(7)?);
            }
        }
        Ok(config)
    }

    fn select(self, condition: &str) -> String {
        let (columns, table) = (self.columns(), self.table());
        format!(
            "SELECT t.id, c.name, t.environment, t.created_at, {columns} FROM {table} t JOIN crates c ON c.id = t.crate_id WHERE {condition}"
        )
    }
}

/// `GET /api/v1/trusted_publishing/github_configs`.
pub async fn list_github(
    state: State<AppState>,
    call: Call,
    query: Query<ListQuery>,
    raw: RawQuery,
) -> ApiResult<impl IntoResponse> {
    list(Service::GitHub, state, call, query, raw).await
}

/// `GET /api/v1/trusted_publishing/gitlab_configs`.
pub async fn list_gitlab(
    state: State<AppState>,
    call: Call,
    query: Query<ListQuery>,
    raw: RawQuery,
) -> ApiResult<impl IntoResponse> {
    list(Service::GitLab, state, call, query, raw).await
}

async fn list(
    service: Service,
    State(app): State<AppState>,
    call: Call,
    Query(query): Query<ListQuery>,
    RawQuery(raw): RawQuery,
) -> ApiResult<impl IntoResponse> {
    let answer = app
        .read(move |connection| {
            let account = call.website_account(connection)?;
            let paging = Paging::new(
                query.page,
                query.per_page,
                query.seek,
                raw.as_deref(),
                Supported::Seek,
            )?;
            let (condition, key) = match (&query.krate, query.user_id) {
                (Some(name), _) => {
                    let id = crate_id(connection, name)?;
                    require_owner(connection, id, account.id)?;
                    ("t.crate_id = ?1", id)
                }
                (None, Some(id)) if i64::from(id) == account.id => (
                    "t.crate_id IN (SELECT o.crate_id FROM crate_owners o WHERE o.user_id = ?1)",
                    account.id,
                ),
                (None, Some(_)) => {
                    return Err(ApiError::forbidden("this action requires authentication"));
                }
                (None, None) => {
                    return Err(ApiError::bad_request(
                        "Must specify either `crate` or `user_id` query parameter",
                    ));
                }
            };
            let total: i64 = connection
                .prepare_cached(&format!(
                    "SELECT count(*) FROM {} t WHERE {condition}",
                    service.table()
                ))?
                .query_row([key], |row| row.get(0))?;
            let after = paging.seek_key::<i64>()?.unwrap_or(0);
            let sql = service.select(&format!("{condition} AND t.id > ?2 ORDER BY t.id LIMIT ?3"));
            let configs = connection
                .prepare_cached(&sql)?
                .query_map(params![key, after, paging.limit()], |row| {
                    service.config(row)
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let next_page = paging.next_page(
                configs.len(),
                configs.last().map(|config| config["id"].clone()),
            );
            let mut answer = json!({ "meta": { "total": total, "next_page": next_page } });
            answer[format!("{}s", service.key())] = json!(configs);
            Ok(answer)
        })
        .await?;
    Ok((no_store(), Answer(answer)))
}

fn require_owner(connection: &Connection, crate_id: i64, user_id: i64) -> ApiResult<()> {
    match rights(connection, crate_id, user_id)? {
        Rights::Full => Ok(()),
        Rights::Team | Rights::None => {
            Err(ApiError::bad_request("You are not an owner of this crate"))
        }
    }
}

/// The body for GitHub.
#[derive(Deserialize)]
pub struct GithubBody {
    github_config: GithubWishes,
}

#[derive(Deserialize)]
struct GithubWishes {
    #[serde(rename = "crate")]
    krate: String,
    repository_owner: String,
    repository_name: String,
    workflow_filename: String,
    #[serde(default)]
    environment: Option<String>,
}

/// `POST /api/v1/trusted_publishing/github_configs`.
pub async fn create_github(
    State(app): State<AppState>,
    call: Call,
    Json(body): Json<GithubBody>,
) -> ApiResult<Answer<Value>> {
    let wishes = body.github_config;
    app.write(move |transaction| {
        let id = authorized(transaction, &call, &wishes.krate)?;
        name_part("GitHub repository owner name", &wishes.repository_owner)?;
        name_part("GitHub repository name", &wishes.repository_name)?;
        if !wishes.workflow_filename.ends_with(".yml") && !wishes.workflow_filename.ends_with(".yaml") {
            return Err(ApiError::bad_request("Workflow filename must end with `.yml` or `.yaml`"));
        }
        name_part("Workflow filename", &wishes.workflow_filename)?;
        let owner = match github::Account::id_of_login(transaction, &wishes.repository_owner)? {
            Some(owner) => Some(owner),
            None => github::teams::organisation(transaction, &wishes.repository_owner)?,
        };
        let owner = owner.ok_or_else(|| ApiError::bad_request("Unknown GitHub user or organization"))?;
        transaction
            .prepare_cached(
                "INSERT INTO trustpub_github_configs (crate_id, created_at, repository_owner, repository_owner_id, repository_name, \
                 workflow_filename, environment) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                id,
                call.now,
                wishes.repository_owner,
                owner,
                wishes.repository_name,
                wishes.workflow_filename,
                wishes.environment
            ])?;
        created(Service::GitHub, transaction)
    })
    .await
}

/// The body for GitLab.
#[derive(Deserialize)]
pub struct GitlabBody {
    gitlab_config: GitlabWishes,
}

#[derive(Deserialize)]
struct GitlabWishes {
    #[serde(rename = "crate")]
    krate: String,
    namespace: String,
    project: String,
    workflow_filepath: String,
    #[serde(default)]
    environment: Option<String>,
}

/// `POST /api/v1/trusted_publishing/gitlab_configs`.
pub async fn create_gitlab(
    State(app): State<AppState>,
    call: Call,
    Json(body): Json<GitlabBody>,
) -> ApiResult<Answer<Value>> {
    let wishes = body.gitlab_config;
    app.write(move |transaction| {
        let id = authorized(transaction, &call, &wishes.krate)?;
        name_part("GitLab namespace", &wishes.namespace)?;
        name_part("GitLab project name", &wishes.project)?;
        if !wishes.workflow_filepath.ends_with(".yml") && !wishes.workflow_filepath.ends_with(".yaml") {
            return Err(ApiError::bad_request("Workflow filepath must end with `.yml` or `.yaml`"));
        }
        transaction
            .prepare_cached(
                "INSERT INTO trustpub_gitlab_configs (crate_id, created_at, namespace, project, workflow_filepath, environment) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![id, call.now, wishes.namespace, wishes.project, wishes.workflow_filepath, wishes.environment])?;
        created(Service::GitLab, transaction)
    })
    .await
}

/// The crate, if the caller owns it and has an address that is confirmed.
fn authorized(transaction: &Transaction<'_>, call: &Call, name: &str) -> ApiResult<i64> {
    let account = call.website_account(transaction)?;
    let id = crate_id(transaction, name)?;
    require_owner(transaction, id, account.id)?;
    let verified = transaction
        .prepare_cached("SELECT 1 FROM emails WHERE user_id = ?1 AND verified = 1")?
        .exists([account.id])?;
    match verified {
        true => Ok(id),
        false => Err(ApiError::forbidden(
            "You must verify your email address to create a Trusted Publishing config",
        )),
    }
}

fn name_part(what: &str, text: &str) -> ApiResult<()> {
    if text.is_empty() {
        return Err(ApiError::bad_request(format!("{what} may not be empty")));
    }
    if text.len() > 255 {
        return Err(ApiError::bad_request(format!(
            "{what} is too long (maximum is 255 characters)"
        )));
    }
    match text
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || "-_./".contains(character))
    {
        true => Ok(()),
        false => Err(ApiError::bad_request(format!("Invalid {what}"))),
    }
}

fn created(service: Service, transaction: &Transaction<'_>) -> ApiResult<Answer<Value>> {
    let id = transaction.last_insert_rowid();
    let config = transaction
        .prepare_cached(&service.select("t.id = ?1"))?
        .query_row([id], |row| service.config(row))?;
    let mut answer = json!({});
    answer[service.key()] = config;
    Ok(Answer(answer))
}

/// `DELETE /api/v1/trusted_publishing/github_configs/{id}`.
pub async fn delete_github(
    state: State<AppState>,
    call: Call,
    id: Path<i32>,
) -> ApiResult<StatusCode> {
    delete(Service::GitHub, state, call, id).await
}

/// `DELETE /api/v1/trusted_publishing/gitlab_configs/{id}`.
pub async fn delete_gitlab(
    state: State<AppState>,
    call: Call,
    id: Path<i32>,
) -> ApiResult<StatusCode> {
    delete(Service::GitLab, state, call, id).await
}

async fn delete(
    service: Service,
    State(app): State<AppState>,
    call: Call,
    Path(id): Path<i32>,
) -> ApiResult<StatusCode> {
    app.write(move |transaction| {
        let account = call.website_account(transaction)?;
        let table = service.table();
        let crate_id: i64 = transaction
            .prepare_cached(&format!("SELECT crate_id FROM {table} WHERE id = ?1"))?
            .query_row([id], |row| row.get(0))
            .optional()?
            .ok_or_else(ApiError::not_found)?;
        require_owner(transaction, crate_id, account.id)?;
        transaction
            .prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?
            .execute([id])?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
