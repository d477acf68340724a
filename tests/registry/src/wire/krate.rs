//! Crates on the wire.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use crate::{
    call::Call,
    clock::Timestamp,
    error::{ApiError, ApiResult},
    names::canonical,
};

/// The columns behind [`Krate`], of tables `crates c` and, left-joined, `versions dv`.
pub const COLUMNS: &str = "c.id, c.name, c.updated_at, c.created_at, c.downloads, c.recent_downloads, dv.num, c.num_versions, \
    coalesce(dv.yanked, 0), c.description, c.homepage, c.documentation, c.repository, c.trustpub_only, dv.id";
/// The join of [`COLUMNS`].
pub const JOIN: &str = "LEFT JOIN versions dv ON dv.id = c.default_version_id";

/// A crate.
#[derive(Clone, Debug, Serialize)]
pub struct Krate {
    /// The wire has names as ids.
    pub id: String,
    name: String,
    updated_at: Timestamp,
    /// Ids of its versions, when they were asked for.
    pub versions: Option<Vec<i64>>,
    /// Keywords, when they were asked for.
    pub keywords: Option<Vec<String>>,
    /// Slugs, when they were asked for.
    pub categories: Option<Vec<String>>,
    badges: [(); 0],
    created_at: Timestamp,
    /// All-time downloads.
    pub downloads: i64,
    /// Those of the last 90 days, when they were asked for.
    pub recent_downloads: Option<i64>,
    default_version: Option<String>,
    num_versions: i64,
    yanked: bool,
    max_version: String,
    newest_version: String,
    max_stable_version: Option<String>,
    description: Option<String>,
    homepage: Option<String>,
    documentation: Option<String>,
    repository: Option<String>,
    /// Addresses of what belongs to it.
    pub links: Links,
    /// Whether a search asked for exactly this name.
    pub exact_match: bool,
    trustpub_only: bool,
    /// The database's id.
    #[serde(skip)]
    pub row_id: i64,
    /// The default version's database id.
    #[serde(skip)]
    pub default_version_id: Option<i64>,
}

/// Addresses of what belongs to a crate.
#[derive(Clone, Debug, Serialize)]
pub struct Links {
    version_downloads: String,
    /// Absent when the versions come along.
    pub versions: Option<String>,
    owners: String,
    owner_team: String,
    owner_user: String,
    reverse_dependencies: String,
}

impl Krate {
    /// Reads [`COLUMNS`].
    pub fn from_row(row: &Row<'_>, call: &Call) -> rusqlite::Result<Self> {
        let name: String = row.get(1)?;
        let link = |what: &str| format!("/api/v1/crates/{name}/{what}");
        Ok(Self {
            links: Links {
                version_downloads: link("downloads"),
                versions: Some(link("versions")),
                owners: link("owners"),
                owner_team: link("owner_team"),
                owner_user: link("owner_user"),
                reverse_dependencies: link("reverse_dependencies"),
            },
            row_id: row.get(0)?,
            updated_at: row.get(2)?,
            created_at: row.get(3)?,
            downloads: row.get(4)?,
            recent_downloads: row.get(5)?,
            default_version: row.get(6)?,
            num_versions: row.get(7)?,
            yanked: row.get(8)?,
            description: row.get(9)?,
            homepage: call.url(row.get(10)?),
            documentation: call.url(row.get(11)?),
            repository: call.url(row.get(12)?),
            trustpub_only: row.get(13)?,
            default_version_id: row.get(14)?,
            versions: None,
            keywords: None,
            categories: None,
            badges: [],
            max_version: "0.0.0".to_owned(),
            newest_version: "0.0.0".to_owned(),
            max_stable_version: None,
            exact_match: false,
            id: name.clone(),
            name,
        })
    }

    /// The crate of a name, in any of its spellings.
    pub fn find(connection: &Connection, call: &Call, name: &str) -> ApiResult<Self> {
        let sql = format!("SELECT {COLUMNS} FROM crates c {JOIN} WHERE c.canonical = ?1");
        connection
            .prepare_cached(&sql)?
            .query_row([canonical(name)], |row| Self::from_row(row, call))
            .optional()?
            .ok_or_else(|| ApiError::no_crate(name))
    }

    /// Fills in the highest, the newest and the highest stable version that are not yanked.
    pub fn load_top_versions(&mut self, connection: &Connection) -> ApiResult<()> {
        let top = |sql: &str| {
            connection
                .prepare_cached(sql)?
                .query_row([self.row_id], |row| row.get::<_, String>(0))
                .optional()
        };
        let stable = top(
            "SELECT num FROM versions WHERE crate_id = ?1 AND yanked = 0 AND prerelease = 0 ORDER BY semver_ord DESC, id DESC LIMIT 1",
        )?;
        let before = top(
            "SELECT num FROM versions WHERE crate_id = ?1 AND yanked = 0 AND prerelease = 1 ORDER BY semver_ord DESC, id DESC LIMIT 1",
        )?;
        let newest = top(
            "SELECT num FROM versions WHERE crate_id = ?1 AND yanked = 0 ORDER BY created_at DESC, id DESC LIMIT 1",
        )?;
        let highest = [&stable, &before]
            .into_iter()
            .flatten()
            .max_by_key(|num| crate::semver_ord::key(num))
            .cloned();
        self.max_version = highest.unwrap_or_else(|| "0.0.0".to_owned());
        self.newest_version = newest.unwrap_or_else(|| "0.0.0".to_owned());
        self.max_stable_version = stable;
        Ok(())
    }
}

/// The database's id of a crate, for everything that only needs that.
pub fn crate_id(connection: &Connection, name: &str) -> ApiResult<i64> {
    connection
        .prepare_cached("SELECT id FROM crates WHERE canonical = ?1")?
        .query_row([canonical(name)], |row| row.get(0))
        .optional()?
        .ok_or_else(|| ApiError::no_crate(name))
}

/// A keyword.
#[derive(Clone, Debug, Serialize)]
pub struct Keyword {
    /// The word itself.
    pub id: String,
    keyword: String,
    created_at: Timestamp,
    crates_cnt: i64,
}

impl Keyword {
    /// Reads keyword, created_at, crates_cnt.
    pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let keyword: String = row.get(0)?;
        Ok(Self {
            id: keyword.clone(),
            keyword,
            created_at: row.get(1)?,
            crates_cnt: row.get(2)?,
        })
    }

    /// The keywords of a crate.
    pub fn of(connection: &Connection, crate_id: i64) -> ApiResult<Vec<Self>> {
        let mut statement = connection.prepare_cached(
            "SELECT k.keyword, k.created_at, k.crates_cnt FROM crates_keywords ck JOIN keywords k ON k.id = ck.keyword_id \
             WHERE ck.crate_id = ?1 ORDER BY ck.keyword_id",
        )?;
        let rows = statement.query_map([crate_id], Self::from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// A category.
#[derive(Clone, Debug, Serialize)]
pub struct Category {
    /// The slug.
    pub id: String,
    category: String,
    slug: String,
    description: String,
    created_at: Timestamp,
    crates_cnt: i64,
}

impl Category {
    /// Reads slug, category, description, created_at, crates_cnt. The name shown is the last part.
    pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let slug: String = row.get(0)?;
        let full: String = row.get(1)?;
        let category = full.rsplit("::").next().unwrap_or(&full).to_owned();
        Ok(Self {
            id: slug.clone(),
            slug,
            category,
            description: row.get(2)?,
            created_at: row.get(3)?,
            crates_cnt: row.get(4)?,
        })
    }

    /// The categories of a crate.
    pub fn of(connection: &Connection, crate_id: i64) -> ApiResult<Vec<Self>> {
        let mut statement = connection.prepare_cached(
            "SELECT g.slug, g.category, g.description, g.created_at, g.crates_cnt FROM crates_categories cc \
             JOIN categories g ON g.id = cc.category_id WHERE cc.crate_id = ?1 ORDER BY cc.category_id",
        )?;
        let rows = statement.query_map([crate_id], Self::from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
