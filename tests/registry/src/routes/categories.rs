//! Categories, which nest: `development-tools::testing`.

use axum::{
    Json as Answer,
    extract::{RawQuery, State},
};
use rusqlite::{Connection, OptionalExtension, Params};
use serde_json::{Value, json};

use super::keywords::ListQuery;
use crate::{
    app::AppState,
    error::{ApiError, ApiResult},
    extract::{Path, Query},
    paging::{Paging, Supported},
    wire::krate::Category,
};

/// A category's columns, its subcategories' crates counted in. The range `slug::` to `slug:;` is everything below it.
const WITH_SUBCATEGORIES: &str = "g.slug, g.category, g.description, g.created_at, g.crates_cnt + \
    (SELECT coalesce(sum(s.crates_cnt), 0) FROM categories s WHERE s.slug > g.slug || '::' AND s.slug < g.slug || ':;') AS total";

fn query(connection: &Connection, sql: &str, params: impl Params) -> ApiResult<Vec<Category>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params, Category::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The most used categories of the top level.
pub fn popular(connection: &Connection, limit: i64) -> ApiResult<Vec<Category>> {
    let sql = format!(
        "SELECT {WITH_SUBCATEGORIES} FROM categories g WHERE instr(g.slug, '::') = 0 ORDER BY total DESC, g.id LIMIT ?1"
    );
    query(connection, &sql, [limit])
}

/// `GET /api/v1/categories`: the top level.
pub async fn list(
    State(app): State<AppState>,
    Query(parameters): Query<ListQuery>,
    RawQuery(raw): RawQuery,
) -> ApiResult<Answer<Value>> {
    let paging = Paging::new(
        parameters.page,
        parameters.per_page,
        parameters.seek,
        raw.as_deref(),
        Supported::Page,
    )?;
    app.read(move |connection| {
        let order = if parameters.sort.as_deref() == Some("crates") { "total DESC, g.id" } else { "g.category" };
        let sql = format!(
            "SELECT {WITH_SUBCATEGORIES} FROM categories g WHERE instr(g.slug, '::') = 0 ORDER BY {order} LIMIT ?1 OFFSET ?2"
        );
        let categories = query(connection, &sql, [paging.limit(), paging.offset()])?;
        let total: i64 = connection.query_row("SELECT count(*) FROM categories WHERE instr(slug, '::') = 0", [], |row| row.get(0))?;
        Ok(Answer(json!({ "categories": categories, "meta": { "total": total } })))
    })
    .await
}

/// `GET /api/v1/categories/{category}`, with what is below and above it.
pub async fn show(
    State(app): State<AppState>,
    Path(slug): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        let category = connection
            .prepare_cached("SELECT slug, category, description, created_at, crates_cnt FROM categories WHERE slug = ?1")?
            .query_row([&slug], Category::from_row)
            .optional()?
            .ok_or_else(ApiError::not_found)?;
        let below = format!(
            "SELECT {WITH_SUBCATEGORIES} FROM categories g \
             WHERE g.slug > ?1 || '::' AND g.slug < ?1 || ':;' AND instr(substr(g.slug, length(?1) + 3), '::') = 0 ORDER BY g.category"
        );
        let subcategories = query(connection, &below, [&slug])?;
        let parents: Vec<&str> = slug.match_indices("::").filter_map(|(at, _)| slug.get(..at)).collect();
        let above = format!(
            "SELECT {WITH_SUBCATEGORIES} FROM json_each(?1) parent CROSS JOIN categories g ON g.slug = parent.value ORDER BY parent.key"
        );
        let parent_categories = query(connection, &above, [json!(parents).to_string()])?;
        let mut answer = json!({ "category": category });
        answer["category"]["subcategories"] = json!(subcategories);
        answer["category"]["parent_categories"] = json!(parent_categories);
        Ok(Answer(answer))
    })
    .await
}

/// `GET /api/v1/category_slugs`: all of them.
pub async fn slugs(State(app): State<AppState>) -> ApiResult<Answer<Value>> {
    app.read(|connection| {
        let slugs = connection
            .prepare_cached("SELECT slug, description FROM categories ORDER BY slug")?
            .query_map([], |row| {
                let slug: String = row.get(0)?;
                Ok(json!({ "id": slug, "slug": slug, "description": row.get::<_, String>(1)? }))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Answer(json!({ "category_slugs": slugs })))
    })
    .await
}
