//! The list of crates: searched, filtered, sorted, paged.

use std::{collections::HashMap, num::NonZeroU32};

use axum::{
    Json as Answer,
    extract::{RawQuery, State},
    http::HeaderMap,
};
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Deserializer, de};
use serde_json::{Value, json};

use crate::{
    app::AppState,
    call::Call,
    db,
    error::{ApiError, ApiResult},
    extract::Query,
    names::canonical,
    paging::{Paging, Supported},
    search::{EXACT, Filter, Only, Select, Sort},
    wire::{
        id_list,
        krate::{COLUMNS, JOIN, Krate},
    },
};

/// The parameters.
#[derive(Deserialize)]
pub struct ListQuery {
    sort: Option<String>,
    #[serde(default, deserialize_with = "without_nul")]
    q: Option<String>,
    include_yanked: Option<String>,
    category: Option<String>,
    all_keywords: Option<String>,
    keyword: Option<String>,
    letter: Option<String>,
    user_id: Option<i32>,
    team_id: Option<i32>,
    following: Option<String>,
    #[serde(rename = "ids[]", default)]
    ids: Vec<String>,
    page: Option<NonZeroU32>,
    per_page: Option<NonZeroU32>,
    seek: Option<String>,
}

fn without_nul<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    match text {
        Some(text) if text.contains('\0') => Err(de::Error::custom("string contains null byte")),
        text => Ok(text),
    }
}

/// `GET /api/v1/crates`.
pub async fn list(
    State(app): State<AppState>,
    call: Call,
    Query(query): Query<ListQuery>,
    RawQuery(raw): RawQuery,
) -> ApiResult<(HeaderMap, Answer<Value>)> {
    let paging = Paging::new(
        query.page,
        query.per_page,
        query.seek.clone(),
        raw.as_deref(),
        Supported::Both,
    )?
    .limited()?;
    let mut headers = HeaderMap::new();
    if query.following.is_some() {
        headers.extend(
            super::no_store()
                .map(|(name, value)| (name, axum::http::HeaderValue::from_static(value))),
        );
    }
    let answer = app
        .read(move |connection| page(connection, &call, query, &paging))
        .await?;
    Ok((headers, Answer(answer)))
}

fn page(
    connection: &Connection,
    call: &Call,
    query: ListQuery,
    paging: &Paging,
) -> ApiResult<Value> {
    let q = query.q.clone().filter(|q| !q.is_empty());
    let sort = Sort::parse(query.sort.as_deref(), q.is_some());
    if sort == Sort::Relevance && paging.page.is_some() && paging.offset() >= 1000 {
        return Err(ApiError::bad_request(
            "Cannot page beyond the first 1000 results when sorting by relevance. Please take a look at https://crates.io/data-access for \
             alternatives.",
        ));
    }
    let filter = Filter {
        q: q.clone(),
        category: query.category.clone(),
        hide_yanked: query
            .include_yanked
            .as_deref()
            .is_some_and(|value| value != "yes"),
        only: only(connection, call, query)?,
    };
    let mut select = Select::new(&filter);
    let overall: i64 = match select.is_everything() {
        true => db::setting(connection, "num_crates")?.unwrap_or(0),
        false => connection
            .prepare_cached(&select.count_sql())?
            .query_row(params_from_iter(&select.params), |row| row.get(0))?,
    };
    let after = paging.seek_key::<Value>()?.map(|key| match key {
        Value::Array(values) => values,
        single => vec![single],
    });
    let sql = select.page_sql(sort, after, paging.limit(), paging.offset())?;
    let keys = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(&select.params), |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, i64>(2)?,
            ))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let last = keys.last().map(|(id, key, downloads)| match sort {
        Sort::Alphabetical => json!(id),
        Sort::Relevance => json!([*key == EXACT, *key, downloads, id]),
        _ => json!([key, id]),
    });
    let ids: Vec<i64> = keys.iter().map(|(id, ..)| *id).collect();
    let mut crates = crates(connection, call, &ids)?;
    for krate in &mut crates {
        krate.exact_match = q
            .as_ref()
            .is_some_and(|q| canonical(q) == canonical(&krate.id));
    }
    // As recorded: an empty page knows no total.
    let total = if crates.is_empty() { 0 } else { overall };
    let meta = json!({ "total": total, "next_page": paging.next_page(crates.len(), last), "prev_page": paging.prev_page() });
    Ok(json!({ "crates": crates, "meta": meta }))
}

/// The one filter of those that exclude each other, in crates.io's order of precedence.
fn only(connection: &Connection, call: &Call, query: ListQuery) -> ApiResult<Option<Only>> {
    let followed_by = match query.following {
        Some(_) => Some(call.website_account(connection)?.id),
        None => None,
    };
    Ok(if let Some(words) = query.all_keywords {
        let mut words: Vec<String> = words
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        Some(Only::AllKeywords(words))
    } else if let Some(word) = query.keyword {
        Some(Only::Keyword(word))
    } else if let Some(letter) = query
        .letter
        .as_deref()
        .and_then(|letter| letter.chars().next())
    {
        Some(Only::Letter(letter))
    } else if let Some(id) = query.user_id {
        Some(Only::User(id.into()))
    } else if let Some(id) = query.team_id {
        Some(Only::Team(id.into()))
    } else if let Some(id) = followed_by {
        Some(Only::FollowedBy(id))
    } else if query.ids.is_empty() {
        None
    } else {
        Some(Only::Names(query.ids))
    })
}

/// Crates by id, in the order of the ids.
fn crates(connection: &Connection, call: &Call, ids: &[i64]) -> ApiResult<Vec<Krate>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM crates c {JOIN} WHERE c.id IN (SELECT value FROM json_each(?1))"
    );
    let mut found: HashMap<i64, Krate> = connection
        .prepare_cached(&sql)?
        .query_map([id_list(ids.iter().copied())], |row| {
            Krate::from_row(row, call).map(|krate| (krate.row_id, krate))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut crates: Vec<Krate> = ids.iter().filter_map(|id| found.remove(id)).collect();
    for krate in &mut crates {
        krate.load_top_versions(connection)?;
    }
    Ok(crates)
}
