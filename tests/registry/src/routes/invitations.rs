//! Invitations to own a crate: listed for the invited and for owners, accepted, declined, accepted by mail.

use std::num::NonZeroU32;

use axum::{
    Json as Answer,
    extract::{RawQuery, State},
    response::IntoResponse,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::no_store;
use crate::{
    app::AppState,
    call::Call,
    clock::{DAY, Timestamp},
    error::{ApiError, ApiResult},
    extract::{Json, Path, Query},
    names::canonical,
    owners::{Rights, rights},
    paging::{Paging, Supported},
    wire::user::User,
};

/// An expired invitation stays in the lists until it is this old.
const LISTED_FOR: i64 = 30 * DAY;
const SELECT: &str = "SELECT i.invited_user_id, i.invited_by_user_id, i.crate_id, c.name, i.created_at, i.expires_at \
    FROM invitations i JOIN crates c ON c.id = i.crate_id";

#[derive(Clone, Serialize)]
struct Invitation {
    invitee_id: i64,
    inviter_id: i64,
    crate_id: i64,
    crate_name: String,
    created_at: Timestamp,
    expires_at: Timestamp,
}

impl Invitation {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            invitee_id: row.get(0)?,
            inviter_id: row.get(1)?,
            crate_id: row.get(2)?,
            crate_name: row.get(3)?,
            created_at: row.get(4)?,
            expires_at: row.get(5)?,
        })
    }
}

/// Everybody who appears in invitations.
fn people(
    connection: &Connection,
    call: &Call,
    invitations: &[Invitation],
) -> ApiResult<Vec<User>> {
    User::by_ids(
        connection,
        call,
        invitations
            .iter()
            .flat_map(|invitation| [invitation.invitee_id, invitation.inviter_id]),
    )
}

/// `GET /api/v1/me/crate_owner_invitations`: all of the caller's.
pub async fn mine(State(app): State<AppState>, call: Call) -> ApiResult<impl IntoResponse> {
    let answer = app
        .read(move |connection| {
            let account = call.website_account(connection)?;
            let sql = format!(
                "{SELECT} WHERE i.invited_user_id = ?1 AND i.created_at > ?2 ORDER BY i.crate_id"
            );
            let invitations = connection
                .prepare_cached(&sql)?
                .query_map(
                    params![account.id, call.now.plus(-LISTED_FOR)],
                    Invitation::from_row,
                )?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let users = people(connection, &call, &invitations)?;
            let mut listed = Vec::new();
            for invitation in &invitations {
                let inviter = users.iter().find(|user| user.id == invitation.inviter_id);
                let mut entry = json!(invitation);
                entry["invited_by_username"] = json!(inviter.map(|user| &user.login));
                listed.push(entry);
            }
            Ok(json!({ "crate_owner_invitations": listed, "users": users }))
        })
        .await?;
    Ok((no_store(), Answer(answer)))
}

/// The parameters of the private list.
#[derive(Deserialize)]
pub struct ListQuery {
    crate_name: Option<String>,
    invitee_id: Option<i32>,
    page: Option<NonZeroU32>,
    per_page: Option<NonZeroU32>,
    seek: Option<String>,
}

/// `GET /api/private/crate_owner_invitations`: of a crate for its owners, or of a person for themselves.
pub async fn list(
    State(app): State<AppState>,
    call: Call,
    Query(query): Query<ListQuery>,
    RawQuery(raw): RawQuery,
) -> ApiResult<impl IntoResponse> {
    let answer = app
        .read(move |connection| {
            let account = call.website_account(connection)?;
            let (condition, key) = match (&query.crate_name, query.invitee_id) {
                (Some(name), _) => {
                    let id: i64 = connection
                        .prepare_cached("SELECT id FROM crates WHERE canonical = ?1")?
                        .query_row([canonical(name)], |row| row.get(0))
                        .optional()?
                        .ok_or_else(ApiError::not_found)?;
                    if rights(connection, id, account.id)? != Rights::Full {
                        return Err(ApiError::forbidden("only crate owners can query pending invitations for their crate"));
                    }
                    ("i.crate_id = ?1", id)
                }
                (None, Some(id)) => {
                    if i64::from(id) != account.id {
                        return Err(ApiError::forbidden("only the invitee can query their pending invitations"));
                    }
                    ("i.invited_user_id = ?1", account.id)
                }
                (None, None) => return Err(ApiError::bad_request("missing or invalid filter")),
            };
            let paging = Paging::new(query.page, query.per_page, query.seek, raw.as_deref(), Supported::Seek)?;
            let (crate_after, user_after) = paging.seek_key::<(i64, i64)>()?.unwrap_or((0, 0));
            let sql = format!(
                "{SELECT} WHERE {condition} AND i.created_at > ?2 AND (i.crate_id, i.invited_user_id) > (?3, ?4) \
                 ORDER BY i.crate_id, i.invited_user_id LIMIT ?5"
            );
            let invitations = connection
                .prepare_cached(&sql)?
                .query_map(
                    params![key, call.now.plus(-LISTED_FOR), crate_after, user_after, paging.limit()],
                    Invitation::from_row,
                )?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let last = invitations.last().map(|invitation| (invitation.crate_id, invitation.invitee_id));
            let users = people(connection, &call, &invitations)?;
            let next_page = paging.next_page(invitations.len(), last);
            Ok(json!({ "invitations": invitations, "users": users, "meta": { "next_page": next_page } }))
        })
        .await?;
    Ok((no_store(), Answer(answer)))
}

/// The body of an answer to an invitation.
#[derive(Deserialize)]
pub struct Body {
    crate_owner_invite: Reply,
}

#[derive(Deserialize)]
struct Reply {
    crate_id: i32,
    accepted: bool,
}

/// `PUT /api/v1/me/crate_owner_invitations/{crate_id}`. The body's id counts, as on crates.io.
pub async fn reply(
    State(app): State<AppState>,
    call: Call,
    Path(_): Path<i32>,
    Json(body): Json<Body>,
) -> ApiResult<Answer<Value>> {
    let crate_id = i64::from(body.crate_owner_invite.crate_id);
    let accepted = body.crate_owner_invite.accepted;
    app.write(move |transaction| {
        let account = call.website_account(transaction)?;
        match accepted {
            true => accept(transaction, call.now, account.id, crate_id)?,
            false => {
                let declined = transaction
                    .prepare_cached(
                        "DELETE FROM invitations WHERE invited_user_id = ?1 AND crate_id = ?2",
                    )?
                    .execute([account.id, crate_id])?;
                if declined == 0 {
                    return Err(ApiError::not_found());
                }
            }
        }
        Ok(Answer(
            json!({ "crate_owner_invitation": { "crate_id": crate_id, "accepted": accepted } }),
        ))
    })
    .await
}

/// `PUT /api/v1/me/crate_owner_invitations/accept/{token}`: whoever has the mail.
pub async fn accept_by_token(
    State(app): State<AppState>,
    call: Call,
    Path(token): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let (user_id, crate_id): (i64, i64) = transaction
            .prepare_cached("SELECT invited_user_id, crate_id FROM invitations WHERE token = ?1")?
            .query_row([token], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .ok_or_else(ApiError::not_found)?;
        accept(transaction, call.now, user_id, crate_id)?;
        Ok(Answer(
            json!({ "crate_owner_invitation": { "crate_id": crate_id, "accepted": true } }),
        ))
    })
    .await
}

fn accept(
    transaction: &Transaction<'_>,
    now: Timestamp,
    user_id: i64,
    crate_id: i64,
) -> ApiResult<()> {
    let sql = format!("{SELECT} WHERE i.invited_user_id = ?1 AND i.crate_id = ?2");
    let invitation = transaction
        .prepare_cached(&sql)?
        .query_row([user_id, crate_id], Invitation::from_row)
        .optional()?
        .ok_or_else(ApiError::not_found)?;
    let krate = &invitation.crate_name;
    if invitation.expires_at <= now {
        return Err(ApiError::new(
            axum::http::StatusCode::GONE,
            format!(
                "The invitation to become an owner of the {krate} crate expired. Please reach out to an owner of the crate to request a \
                 new invitation."
            ),
        ));
    }
    let verified: Option<bool> = transaction
        .prepare_cached("SELECT verified FROM emails WHERE user_id = ?1")?
        .query_row([user_id], |row| row.get(0))
        .optional()?;
    if verified != Some(true) {
        return Err(ApiError::forbidden(format!(
            "You need to verify your email address before you can accept the invitation to become an owner of the {krate} crate."
        )));
    }
    transaction
        .prepare_cached(
            "INSERT INTO crate_owners (crate_id, user_id, created_at, created_by) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![crate_id, user_id, now, invitation.inviter_id])?;
    transaction
        .prepare_cached("DELETE FROM invitations WHERE invited_user_id = ?1 AND crate_id = ?2")?
        .execute([user_id, crate_id])?;
    Ok(())
}
