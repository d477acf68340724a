//! Versions of crates on the wire.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::Serialize;
use serde_json::value::RawValue;

use super::user::{self, User};
use crate::{
    call::Call,
    clock::Timestamp,
    error::{ApiError, ApiResult},
};

/// The columns behind [`Version`], of tables `versions v` and `crates c`.
pub const COLUMNS: &str = "v.id, c.name, v.num, v.updated_at, v.created_at, v.downloads, v.features, v.yanked, v.yank_message, \
    v.lib_links, v.license, v.crate_size, v.published_by, v.checksum, v.rust_version, v.has_lib, v.bin_names, v.edition, v.description, \
    v.homepage, v.documentation, v.repository, v.trustpub_data, v.linecounts";

/// A version.
#[derive(Debug, Serialize)]
pub struct Version {
    /// Id.
    pub id: i64,
    #[serde(rename = "crate")]
    krate: String,
    /// The version number.
    pub num: String,
    dl_path: String,
    readme_path: String,
    updated_at: Timestamp,
    /// When it was published.
    pub created_at: Timestamp,
    downloads: i64,
    features: Box<RawValue>,
    /// Whether it is yanked.
    pub yanked: bool,
    yank_message: Option<String>,
    lib_links: Option<String>,
    license: Option<String>,
    links: Links,
    crate_size: i64,
    published_by: Option<User>,
    audit_actions: Vec<Action>,
    checksum: String,
    rust_version: Option<String>,
    has_lib: Option<bool>,
    bin_names: Option<Box<RawValue>>,
    edition: Option<String>,
    description: Option<String>,
    homepage: Option<String>,
    documentation: Option<String>,
    repository: Option<String>,
    trustpub_data: Option<Box<RawValue>>,
    linecounts: Option<Box<RawValue>>,
    #[serde(skip)]
    publisher: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Links {
    dependencies: String,
    version_downloads: String,
    authors: String,
}

#[derive(Debug, Serialize)]
struct Action {
    action: String,
    user: User,
    time: Timestamp,
}

fn raw(text: Option<String>) -> Option<Box<RawValue>> {
    // The schema checks that the column is JSON.
    text.and_then(|text| RawValue::from_string(text).ok())
}

impl Version {
    fn from_row(row: &Row<'_>, name: Option<&str>) -> rusqlite::Result<Self> {
        let stored: String = row.get(1)?;
        // crates.io spells the crate in these paths as the request did.
        let krate = name.map_or(stored, str::to_owned);
        let num: String = row.get(2)?;
        let path = |what: &str| format!("/api/v1/crates/{krate}/{num}/{what}");
        Ok(Self {
            id: row.get(0)?,
            dl_path: path("download"),
            readme_path: path("readme"),
            links: Links {
                dependencies: path("dependencies"),
                version_downloads: path("downloads"),
                authors: path("authors"),
            },
            updated_at: row.get(3)?,
            created_at: row.get(4)?,
            downloads: row.get(5)?,
            features: raw(row.get(6)?).unwrap_or_else(|| RawValue::NULL.to_owned()),
            yanked: row.get(7)?,
            yank_message: row.get(8)?,
            lib_links: row.get(9)?,
            license: row.get(10)?,
            crate_size: row.get(11)?,
            published_by: None,
            publisher: row.get(12)?,
            audit_actions: Vec::new(),
            checksum: row.get(13)?,
            rust_version: row.get(14)?,
            has_lib: row.get(15)?,
            bin_names: raw(row.get(16)?),
            edition: row.get(17)?,
            description: row.get(18)?,
            homepage: row.get(19)?,
            documentation: row.get(20)?,
            repository: row.get(21)?,
            trustpub_data: raw(row.get(22)?),
            linecounts: raw(row.get(23)?),
            krate,
            num,
        })
    }

    /// The versions a query over [`COLUMNS`] finds, with the people in them. `name`: spelling of the crate in paths.
    pub fn query(
        connection: &Connection,
        call: &Call,
        name: Option<&str>,
        sql: &str,
        params: impl Params,
    ) -> ApiResult<Vec<Self>> {
        let mut versions = connection
            .prepare_cached(sql)?
            .query_map(params, |row| Self::from_row(row, name))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let publishers = User::by_ids(
            connection,
            call,
            versions.iter().filter_map(|version| version.publisher),
        )?;
        let publishers: HashMap<i64, User> =
            publishers.into_iter().map(|user| (user.id, user)).collect();
        let sql = format!(
            "SELECT {}, a.version_id, a.action, a.time FROM version_actions a JOIN users u ON u.id = a.user_id \
             WHERE a.version_id IN (SELECT value FROM json_each(?1)) ORDER BY a.id",
            user::COLUMNS
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let mut actions: HashMap<i64, Vec<Action>> = HashMap::new();
        let mut rows =
            statement.query([super::id_list(versions.iter().map(|version| version.id))])?;
        while let Some(row) = rows.next()? {
            let action = Action {
                user: User::from_row(row, 0, call)?,
                action: row.get(user::WIDTH + 1)?,
                time: row.get(user::WIDTH + 2)?,
            };
            actions
                .entry(row.get(user::WIDTH)?)
                .or_default()
                .push(action);
        }
        for version in &mut versions {
            version.published_by = version
                .publisher
                .and_then(|id| publishers.get(&id).cloned());
            version.audit_actions = actions.remove(&version.id).unwrap_or_default();
        }
        Ok(versions)
    }

    /// The versions with these ids, highest first.
    pub fn by_ids(
        connection: &Connection,
        call: &Call,
        name: Option<&str>,
        ids: &[i64],
    ) -> ApiResult<Vec<Self>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM versions v JOIN crates c ON c.id = v.crate_id \
             WHERE v.id IN (SELECT value FROM json_each(?1)) ORDER BY v.semver_ord DESC, v.id DESC"
        );
        Self::query(
            connection,
            call,
            name,
            &sql,
            [super::id_list(ids.iter().copied())],
        )
    }
}

/// The ids of a crate and of one of its versions; says which of the two does not exist.
pub fn version_id(connection: &Connection, name: &str, num: &str) -> ApiResult<(i64, i64)> {
    let crate_id = super::krate::crate_id(connection, name)?;
    connection
        .prepare_cached("SELECT id FROM versions WHERE crate_id = ?1 AND num = ?2")?
        .query_row(rusqlite::params![crate_id, num], |row| {
            Ok((crate_id, row.get(0)?))
        })
        .optional()?
        .ok_or_else(|| ApiError::no_version(name, num))
}
