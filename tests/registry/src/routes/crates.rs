//! One crate.

use axum::{Json as Answer, extract::State};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::{
    app::AppState,
    call::Call,
    error::{ApiError, ApiResult},
    extract::{Path, Query},
    wire::{
        column,
        krate::{Category, Keyword, Krate},
        version::Version,
    },
};

/// `?include=` of a crate.
#[derive(Deserialize)]
pub struct IncludeQuery {
    #[serde(default, deserialize_with = "even_empty")]
    include: Option<String>,
}

/// `?include=` asks for nothing, its absence for everything.
fn even_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

/// What comes along with a crate.
#[derive(Clone, Copy, Default)]
struct Include {
    versions: bool,
    keywords: bool,
    categories: bool,
    downloads: bool,
    default_version: bool,
}

impl Include {
    fn parse(include: Option<&str>) -> ApiResult<Self> {
        let all = Self {
            versions: true,
            keywords: true,
            categories: true,
            downloads: true,
            default_version: true,
        };
        let Some(include) = include else {
            return Ok(all);
        };
        let mut wanted = Self::default();
        for component in include.split(',') {
            match component {
                "" | "badges" => {}
                "full" => wanted = all,
                "versions" => wanted.versions = true,
                "keywords" => wanted.keywords = true,
                "categories" => wanted.categories = true,
                "downloads" => wanted.downloads = true,
                "default_version" => wanted.default_version = true,
                _ => {
                    return Err(ApiError::bad_request(
                        "invalid component for ?include= (expected 'versions', 'keywords', 'categories', 'badges', 'downloads', \
                         'default_version', or 'full')",
                    ));
                }
            }
        }
        Ok(wanted)
    }
}

/// `GET /api/v1/crates/{name}`.
pub async fn show(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
    Query(query): Query<IncludeQuery>,
) -> ApiResult<Answer<Value>> {
    let include = Include::parse(query.include.as_deref())?;
    app.read(move |connection| {
        let mut krate = Krate::find(connection, &call, &name)?;
        let mut versions = None;
        if include.versions {
            let ids: Vec<i64> =
                column(connection, "SELECT id FROM versions WHERE crate_id = ?1 ORDER BY semver_ord DESC, id DESC", [krate.row_id])?;
            versions = Some(Version::by_ids(connection, &call, None, &ids)?);
            krate.versions = Some(ids);
            krate.links.versions = None;
            krate.load_top_versions(connection)?;
        } else if include.default_version
            && let Some(id) = krate.default_version_id
        {
            versions = Some(Version::by_ids(connection, &call, None, &[id])?);
        }
        // As recorded: a crate without recent downloads has none to tell of.
        krate.recent_downloads = krate.recent_downloads.filter(|recent| include.downloads && *recent > 0);
        let keywords = if include.keywords { Some(Keyword::of(connection, krate.row_id)?) } else { None };
        let categories = if include.categories { Some(Category::of(connection, krate.row_id)?) } else { None };
        krate.keywords = keywords.as_ref().map(|keywords| keywords.iter().map(|keyword| keyword.id.clone()).collect());
        krate.categories = categories.as_ref().map(|categories| categories.iter().map(|category| category.id.clone()).collect());
        Ok(Answer(json!({ "crate": krate, "versions": versions, "keywords": keywords, "categories": categories })))
    })
    .await
}
