//! What crates are found by, and what the registry says of itself: keywords, categories, teams, summary, metadata.
//!
//! Small things without rules of their own.

use miniserde::Deserialize;

use super::crates::WireCrate;
use super::{Meta, link, moment, said};
use crate::domain::category::Category;
use crate::domain::keyword::Keyword;
use crate::domain::page::Page;
use crate::domain::site::SiteMetadata;
use crate::domain::summary::Summary;
use crate::domain::team::{Team, TeamId};

/// The document's `Keyword`.
#[derive(Deserialize)]
pub(super) struct WireKeyword {
    keyword: String,
    crates_cnt: Option<u64>,
    created_at: Option<String>,
}

impl From<WireKeyword> for Keyword {
    fn from(wire: WireKeyword) -> Self {
        Self {
            keyword: wire.keyword,
            crates: wire.crates_cnt.unwrap_or_default(),
            created_at: moment(wire.created_at),
        }
    }
}

/// The document's `Category`.
#[derive(Deserialize)]
pub(super) struct WireCategory {
    slug: String,
    category: String,
    description: Option<String>,
    crates_cnt: Option<u64>,
    created_at: Option<String>,
    parent_categories: Option<Vec<WireCategory>>,
    subcategories: Option<Vec<WireCategory>>,
}

impl From<WireCategory> for Category {
    fn from(wire: WireCategory) -> Self {
        Self {
            slug: wire.slug,
            name: wire.category,
            description: wire.description.unwrap_or_default(),
            crates: wire.crates_cnt.unwrap_or_default(),
            created_at: moment(wire.created_at),
            parents: all(wire.parent_categories.unwrap_or_default()),
            subcategories: all(wire.subcategories.unwrap_or_default()),
        }
    }
}

/// `GET /api/v1/keywords`
#[derive(Deserialize)]
pub(in crate::api) struct KeywordsBody {
    keywords: Vec<WireKeyword>,
    meta: Meta,
}

impl From<KeywordsBody> for Page<Keyword> {
    fn from(body: KeywordsBody) -> Self {
        page(all(body.keywords), body.meta)
    }
}

/// `GET /api/v1/keywords/{keyword}`
#[derive(Deserialize)]
pub(in crate::api) struct KeywordBody {
    keyword: WireKeyword,
}

impl From<KeywordBody> for Keyword {
    fn from(body: KeywordBody) -> Self {
        body.keyword.into()
    }
}

/// `GET /api/v1/categories`
#[derive(Deserialize)]
pub(in crate::api) struct CategoriesBody {
    categories: Vec<WireCategory>,
    meta: Meta,
}

impl From<CategoriesBody> for Page<Category> {
    fn from(body: CategoriesBody) -> Self {
        page(all(body.categories), body.meta)
    }
}

/// `GET /api/v1/categories/{category}`
#[derive(Deserialize)]
pub(in crate::api) struct CategoryBody {
    category: WireCategory,
}

impl From<CategoryBody> for Category {
    fn from(body: CategoryBody) -> Self {
        body.category.into()
    }
}

/// The document's `Team`.
#[derive(Deserialize)]
struct WireTeam {
    id: i64,
    login: String,
    name: Option<String>,
    avatar: Option<String>,
    url: Option<String>,
}

/// `GET /api/v1/teams/{team}`
#[derive(Deserialize)]
pub(in crate::api) struct TeamBody {
    team: WireTeam,
}

impl From<TeamBody> for Team {
    fn from(TeamBody { team }: TeamBody) -> Self {
        Self {
            id: TeamId(team.id),
            login: team.login,
            name: said(team.name),
            avatar: said(team.avatar),
            url: said(team.url),
        }
    }
}

/// `GET /api/v1/summary`
#[derive(Deserialize)]
pub(in crate::api) struct SummaryBody {
    num_downloads: u64,
    num_crates: u64,
    new_crates: Vec<WireCrate>,
    most_downloaded: Vec<WireCrate>,
    most_recently_downloaded: Vec<WireCrate>,
    just_updated: Vec<WireCrate>,
    popular_keywords: Vec<WireKeyword>,
    popular_categories: Vec<WireCategory>,
}

impl From<SummaryBody> for Summary {
    fn from(body: SummaryBody) -> Self {
        Self {
            num_downloads: body.num_downloads,
            num_crates: body.num_crates,
            new_crates: all(body.new_crates),
            most_downloaded: all(body.most_downloaded),
            most_recently_downloaded: all(body.most_recently_downloaded),
            just_updated: all(body.just_updated),
            popular_keywords: all(body.popular_keywords),
            popular_categories: all(body.popular_categories),
        }
    }
}

/// `GET /api/v1/site_metadata`
#[derive(Deserialize)]
pub(in crate::api) struct SiteBody {
    cdn_base: Option<String>,
    read_only: Option<bool>,
    banner_message: Option<String>,
    commit: Option<String>,
}

impl From<SiteBody> for SiteMetadata {
    fn from(body: SiteBody) -> Self {
        let base = |text: String| text.trim_end_matches('/').to_owned();
        Self {
            cdn_base: said(body.cdn_base).map(base),
            read_only: body.read_only.unwrap_or_default(),
            banner_message: said(body.banner_message),
            commit: said(body.commit),
        }
    }
}

fn all<W, D: From<W>>(list: Vec<W>) -> Vec<D> {
    list.into_iter().map(D::from).collect()
}

fn page<D>(items: Vec<D>, meta: Meta) -> Page<D> {
    Page {
        items,
        total: meta.total.unwrap_or_default(),
        next: link(meta.next_page),
        prev: link(meta.prev_page),
    }
}
