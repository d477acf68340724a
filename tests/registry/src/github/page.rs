//! The page on which one picks the GitHub account to sign in as, and the outbox beside it.
//!
//! Speaks GitHub's side of the OAuth protocol: `authorize` in, a redirect with `code` and `state` out.

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use rusqlite::Connection;
use serde::Deserialize;

use super::issue_code;
use crate::{
    app::{App, AppState},
    error::{ApiError, ApiResult},
    html::{escape, page},
    outbox,
};

/// How many linked accounts the page lists at most.
const LISTED: i64 = 100;

/// The router of the stand-in's port.
pub fn router(app: AppState) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/login/oauth/authorize", get(authorize))
        .route("/login/oauth/choose", post(choose))
        .route("/outbox", get(outbox_page))
        .route("/outbox.json", get(outbox_json))
        // Every browser asks for one; an error in its console would be no fault of the app's.
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .fallback(profile)
        .with_state(app)
}

async fn home() -> Html<String> {
    let body = "<p>This stands in for github.com, so that signing in can be tried without leaving this machine.</p>\
                <p><a href=\"/outbox\">Outbox</a>: the e-mails the registry would have sent.</p>";
    Html(page("GitHub stand-in", body))
}

async fn profile() -> Response {
    (
        StatusCode::NOT_FOUND,
        Html(page(
            "Not found",
            "<p>The GitHub stand-in has no such page.</p>",
        )),
    )
        .into_response()
}

#[derive(Deserialize)]
struct Authorize {
    response_type: Option<String>,
    client_id: Option<String>,
    state: Option<String>,
    /// The beginning of a login, to find one among many.
    q: Option<String>,
}

async fn authorize(
    State(app): State<AppState>,
    Query(query): Query<Authorize>,
) -> ApiResult<Response> {
    let (Some(state), Some(_)) = (query.state, query.client_id) else {
        return Ok(refuse("The address lacks `client_id` or `state`."));
    };
    if query
        .response_type
        .as_deref()
        .is_some_and(|kind| kind != "code")
    {
        return Ok(refuse("Only `response_type=code` is spoken here."));
    }
    let part = query.q.unwrap_or_default();
    let choices = {
        let part = part.clone();
        app.read(move |connection| choices(connection, &part))
            .await?
    };
    let list = |choices: &[Choice]| {
        choices
            .iter()
            .map(|choice| choice.html(&state))
            .collect::<String>()
    };
    let (stories, linked): (Vec<_>, Vec<_>) = choices
        .into_iter()
        .partition(|choice| !choice.note.is_empty());
    let state_field = escape(&state);
    let mut body = format!(
        "<p>Which GitHub account do you want to be?</p>\
         <form action=\"/login/oauth/authorize\" method=\"get\" role=\"search\"><input type=\"hidden\" name=\"client_id\" value=\"stand-in\">\
         <input type=\"hidden\" name=\"state\" value=\"{state_field}\"><label>Find logins that start with <input name=\"q\" value=\"{}\"></label> <button>Find</button></form>",
        escape(&part)
    );
    if !linked.is_empty() {
        body.push_str(&format!(
            "<h2>Known to the registry</h2><ul>{}</ul>",
            list(&linked)
        ));
    }
    if !stories.is_empty() {
        body.push_str(&format!("<h2>Stories</h2><ul>{}</ul>", list(&stories)));
    }
    let special = |value: &str, name: &str, note: &str| {
        format!(
            "<li><form method=\"post\" action=\"/login/oauth/choose\"><input type=\"hidden\" name=\"state\" value=\"{state_field}\">\
             <button name=\"account\" value=\"{value}\" aria-describedby=\"note-{value}\">{name}</button> \
             <span id=\"note-{value}\">{note}</span></form></li>"
        )
    };
    body.push_str("<h2>Or else</h2><ul>");
    body.push_str(&special(
        "refuse",
        "Refuse consent",
        "GitHub sends you back with <code>access_denied</code>.",
    ));
    body.push_str(&special(
        "tamper",
        "Tamper with the state",
        "You come back with a state that is not the one you left with.",
    ));
    body.push_str(
        "<li><button type=\"button\" onclick=\"window.close()\" aria-describedby=\"note-close\">Close the window</button> \
         <span id=\"note-close\">As somebody does who changed their mind.</span></li></ul>",
    );
    Ok((
        [(header::CACHE_CONTROL, "no-store")],
        Html(page("Sign in to the GitHub stand-in", &body)),
    )
        .into_response())
}

fn refuse(why: &str) -> Response {
    (
        StatusCode::BAD_REQUEST,
        Html(page(
            "That is no sign-in",
            &format!("<p>{}</p>", escape(why)),
        )),
    )
        .into_response()
}

struct Choice {
    id: i64,
    login: String,
    note: String,
}

impl Choice {
    fn html(&self, state: &str) -> String {
        let Self { id, login, note } = self;
        format!(
            "<li><form method=\"post\" action=\"/login/oauth/choose\"><input type=\"hidden\" name=\"state\" value=\"{}\">\
             <button name=\"account\" value=\"{id}\" aria-describedby=\"note-{id}\">{}</button> <span id=\"note-{id}\">{}</span></form></li>",
            escape(state),
            escape(login),
            escape(note)
        )
    }
}

fn choices(connection: &Connection, start: &str) -> ApiResult<Vec<Choice>> {
    let choice = |row: &rusqlite::Row<'_>| {
        Ok(Choice {
            id: row.get(0)?,
            login: row.get(1)?,
            note: row.get(2)?,
        })
    };
    let start = start.trim().to_ascii_lowercase();
    // Beyond every login that starts so: `~` comes after all that a login is made of.
    let end = format!("{start}~");
    let mut choices = connection
        .prepare_cached(
            "SELECT account_id, login, note FROM github_accounts WHERE lower(login) >= ?1 AND lower(login) < ?2 \
             ORDER BY lower(login) LIMIT ?3",
        )?
        .query_map(rusqlite::params![start, end, LISTED], choice)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let linked = connection
        .prepare_cached(
            "SELECT o.account_id, o.login, '' FROM oauth_github o \
             WHERE lower(o.login) >= ?1 AND lower(o.login) < ?2 AND o.stale_since IS NULL \
             AND NOT EXISTS (SELECT 1 FROM github_accounts g WHERE g.account_id = o.account_id) \
             ORDER BY lower(o.login) LIMIT ?3",
        )?
        .query_map(rusqlite::params![start, end, LISTED], choice)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    choices.extend(linked);
    Ok(choices)
}

#[derive(Deserialize)]
struct Choose {
    account: String,
    state: String,
}

async fn choose(State(app): State<AppState>, Form(choice): Form<Choose>) -> ApiResult<Response> {
    let answer = |pairs: &[(&str, &str)]| {
        let mut url =
            form_urlencoded::Serializer::new(format!("{}/github-redirect.html?", app.origins.app));
        url.extend_pairs(pairs);
        (
            StatusCode::SEE_OTHER,
            [(header::LOCATION, url.finish().replacen("?&", "?", 1))],
        )
            .into_response()
    };
    Ok(match choice.account.as_str() {
        "refuse" => answer(&[
            ("error", "access_denied"),
            (
                "error_description",
                "The user has denied your application access.",
            ),
            ("state", &choice.state),
        ]),
        "tamper" => {
            let code = code_for_anybody(&app).await?;
            let tampered: String = choice.state.chars().rev().collect::<String>() + "x";
            answer(&[("code", &code), ("state", &tampered)])
        }
        id => {
            let id: i64 = id
                .parse()
                .map_err(|_| ApiError::bad_request("no such account"))?;
            let now = app.clock.now();
            let code = app
                .pool
                .write(move |transaction| issue_code(transaction, id, now))
                .await?;
            answer(&[("code", &code), ("state", &choice.state)])
        }
    })
}

/// A code that would be good, were it not for the state.
async fn code_for_anybody(app: &App) -> ApiResult<String> {
    let now = app.clock.now();
    app.pool
        .write(move |transaction| {
            let id: i64 = transaction.query_row(
                "SELECT coalesce((SELECT min(account_id) FROM oauth_github), (SELECT min(account_id) FROM github_accounts), 0)",
                [],
                |row| row.get(0),
            )?;
            issue_code(transaction, id, now)
        })
        .await
}

async fn outbox_page(State(app): State<AppState>) -> ApiResult<Html<String>> {
    let origin = app.origins.app.clone();
    let messages = app.read(outbox::list).await?;
    let items: String = messages
        .iter()
        .map(|message| message.html(&origin))
        .collect();
    let body = if items.is_empty() {
        "<p>Nothing has been sent.</p>".to_owned()
    } else {
        format!("<ol reversed>{items}</ol>")
    };
    Ok(Html(page("Outbox", &body)))
}

async fn outbox_json(State(app): State<AppState>) -> ApiResult<Json<serde_json::Value>> {
    let origin = app.origins.app.clone();
    let messages = app.read(outbox::list).await?;
    let messages: Vec<_> = messages
        .iter()
        .map(|message| message.json(&origin))
        .collect();
    Ok(Json(serde_json::json!({ "messages": messages })))
}
