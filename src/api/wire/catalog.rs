//! What crates are found by, and what the registry says of itself: keywords, categories, teams, summary, metadata.
//!
//! Small things without rules of their own.

use super::crates::krate;
use super::{moment, page};
use crate::api::json::Json;
use crate::domain::category::Category;
use crate::domain::keyword::Keyword;
use crate::domain::page::Page;
use crate::domain::site::SiteMetadata;
use crate::domain::summary::Summary;
use crate::domain::team::{Team, TeamId};

/// The document's `Keyword`.
pub(super) fn keyword_of(json: &Json<'_>) -> Option<Keyword> {
    Some(Keyword {
        keyword: json.text("keyword"),
        crates: json.maybe_number("crates_cnt").unwrap_or_default(),
        created_at: moment(json, "created_at"),
    })
}

/// The document's `Category`.
pub(super) fn category_of(json: &Json<'_>) -> Option<Category> {
    let categories = |key| json.each(key, category_of).unwrap_or_default();
    Some(Category {
        slug: json.text("slug"),
        name: json.text("category"),
        description: json.maybe_text("description").unwrap_or_default(),
        crates: json.maybe_number("crates_cnt").unwrap_or_default(),
        created_at: moment(json, "created_at"),
        parents: categories("parent_categories"),
        subcategories: categories("subcategories"),
    })
}

/// The document's `Team`, and an `Owner` that is one.
pub(super) fn team_of(json: &Json<'_>) -> Option<Team> {
    Some(Team {
        id: TeamId(json.id("id")),
        login: json.text("login"),
        name: json.said("name"),
        avatar: json.said("avatar"),
        url: json.said("url"),
    })
}

/// `GET /api/v1/keywords`
pub(in crate::api) fn keywords(json: &Json<'_>) -> Option<Page<Keyword>> {
    page(json, "keywords", keyword_of)
}

/// `GET /api/v1/keywords/{keyword}`
pub(in crate::api) fn keyword(json: &Json<'_>) -> Option<Keyword> {
    keyword_of(&json.object("keyword")?)
}

/// `GET /api/v1/categories`
pub(in crate::api) fn categories(json: &Json<'_>) -> Option<Page<Category>> {
    page(json, "categories", category_of)
}

/// `GET /api/v1/categories/{category}`
pub(in crate::api) fn category(json: &Json<'_>) -> Option<Category> {
    category_of(&json.object("category")?)
}

/// `GET /api/v1/teams/{team}`
pub(in crate::api) fn team(json: &Json<'_>) -> Option<Team> {
    team_of(&json.object("team")?)
}

/// `GET /api/v1/summary`
pub(in crate::api) fn summary(json: &Json<'_>) -> Option<Summary> {
    Some(Summary {
        num_downloads: json.number("num_downloads"),
        num_crates: json.number("num_crates"),
        new_crates: json.each("new_crates", krate)?,
        most_downloaded: json.each("most_downloaded", krate)?,
        most_recently_downloaded: json.each("most_recently_downloaded", krate)?,
        just_updated: json.each("just_updated", krate)?,
        popular_keywords: json.each("popular_keywords", keyword_of)?,
        popular_categories: json.each("popular_categories", category_of)?,
    })
}

/// `GET /api/v1/site_metadata`
pub(in crate::api) fn site_metadata(json: &Json<'_>) -> Option<SiteMetadata> {
    let base = |text: String| text.trim_end_matches('/').to_owned();
    Some(SiteMetadata {
        cdn_base: json.said("cdn_base").map(base),
        read_only: json.flag("read_only"),
        banner_message: json.said("banner_message"),
        commit: json.said("commit"),
    })
}
