//! The API's JSON shapes, as they are written, and the queries that fill them.

pub mod krate;
pub mod user;
pub mod version;

use rusqlite::{Connection, types::FromSql};

/// A JSON array for `IN (SELECT value FROM json_each(?))`.
pub fn id_list(ids: impl IntoIterator<Item = i64>) -> String {
    serde_json::Value::from_iter(ids).to_string()
}

/// Collects one column of a prepared query.
pub fn column<T: FromSql>(
    connection: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> rusqlite::Result<Vec<T>> {
    connection
        .prepare_cached(sql)?
        .query_map(params, |row| row.get(0))?
        .collect()
}
