//! The SQL behind the crate list: which crates, in which order, from where on.
//!
//! Every part is chosen from fixed texts; what comes from outside is only ever a parameter.

use rusqlite::types::Value;

use crate::{
    error::{ApiError, ApiResult},
    names::canonical,
};

/// The rank of a crate that has exactly the name searched for.
pub const EXACT: i64 = 4;

/// What narrows the list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words, and pieces of names.
    pub q: Option<String>,
    /// A category's slug.
    pub category: Option<String>,
    /// Whether crates of which every version is yanked are left out.
    pub hide_yanked: bool,
    /// At most one more.
    pub only: Option<Only>,
}

/// The filters that exclude each other.
#[derive(Clone, Debug)]
pub enum Only {
    /// All of these keywords.
    AllKeywords(Vec<String>),
    /// This keyword.
    Keyword(String),
    /// This first letter.
    Letter(char),
    /// Owned by this user.
    User(i64),
    /// Owned by this team.
    Team(i64),
    /// Followed by this user.
    FollowedBy(i64),
    /// These names.
    Names(Vec<String>),
}

/// The order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By name.
    Alphabetical,
    /// Best match first.
    Relevance,
    /// Most downloads first.
    Downloads,
    /// Most downloads of late first.
    RecentDownloads,
    /// Latest update first.
    RecentUpdates,
    /// Latest first.
    New,
}

impl Sort {
    /// The order of `?sort=`; relevance means something only in a search.
    pub fn parse(text: Option<&str>, searching: bool) -> Self {
        match text {
            Some("downloads") => Self::Downloads,
            Some("recent-downloads") => Self::RecentDownloads,
            Some("recent-updates") => Self::RecentUpdates,
            Some("new") => Self::New,
            None | Some("relevance") if searching => Self::Relevance,
            _ => Self::Alphabetical,
        }
    }

    /// The column of orders that have one number.
    fn column(self) -> Option<&'static str> {
        match self {
            Self::Downloads => Some("c.downloads"),
            Self::RecentDownloads => Some("c.recent_downloads"),
            Self::RecentUpdates => Some("c.updated_at"),
            Self::New => Some("c.created_at"),
            Self::Alphabetical | Self::Relevance => None,
        }
    }
}

/// A query under construction.
#[derive(Debug, Default)]
pub struct Select {
    conditions: Vec<String>,
    /// Parameters, in order of appearance.
    pub params: Vec<Value>,
    /// The rank of a hit, for relevance.
    rank: Option<String>,
    /// The ids of all hits, when there is nothing but a search.
    hits: Option<String>,
}

impl Select {
    /// All crates that a filter lets through.
    pub fn new(filter: &Filter) -> Self {
        let mut select = Self::default();
        if let Some(q) = &filter.q {
            select.search(q);
        }
        if let Some(slug) = &filter.category {
            let slug = select.param(slug.clone());
            select.conditions.push(format!(
                "c.id IN (SELECT cc.crate_id FROM categories g JOIN crates_categories cc ON cc.category_id = g.id \
                 WHERE g.slug = {slug} OR (g.slug > {slug} || '::' AND g.slug < {slug} || ':;'))"
            ));
        }
        if filter.hide_yanked {
            select.conditions.push(
                "EXISTS (SELECT 1 FROM versions v WHERE v.crate_id = c.id AND v.yanked = 0)"
                    .to_owned(),
            );
        }
        if let Some(only) = &filter.only {
            select.only(only);
        }
        select
    }

    fn param(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
    }

    fn search(&mut self, q: &str) {
        let name = canonical(q.trim()).replace(char::is_whitespace, "_");
        let exact = self.param(name.clone());
        let mut sources = vec![format!("SELECT id FROM crates WHERE canonical = {exact}")];
        if name.chars().count() >= 3 {
            let piece = self.param(format!("\"{}\"", name.replace('"', "\"\"")));
            sources.push(format!(
                "SELECT rowid FROM crates_pieces WHERE crates_pieces MATCH {piece}"
            ));
        } else if let Some(end) = next_text(&name) {
            let end = self.param(end);
            sources.push(format!(
                "SELECT id FROM crates WHERE canonical >= {exact} AND canonical < {end}"
            ));
        }
        let words: Vec<String> = q
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| word.chars().count() > 1)
            .map(|word| format!("\"{word}\""))
            .collect();
        if !words.is_empty() {
            let words = self.param(words.join(" "));
            sources.push(format!(
                "SELECT rowid FROM crates_words WHERE crates_words MATCH {words}"
            ));
        }
        let hits = sources.join(" UNION ");
        self.conditions.push(format!("c.id IN ({hits})"));
        self.hits = Some(hits);
        self.rank = Some(format!(
            "CASE WHEN c.canonical = {exact} THEN {EXACT} WHEN substr(c.canonical, 1, length({exact})) = {exact} THEN 3 \
             WHEN instr(c.canonical, {exact}) > 0 THEN 2 ELSE 1 END"
        ));
    }

    fn only(&mut self, only: &Only) {
        let condition = match only {
            Only::AllKeywords(words) => {
                let count = self.param(i64::try_from(words.len()).unwrap_or(i64::MAX));
                let words = self.param(serde_json::json!(words).to_string());
                format!(
                    "c.id IN (SELECT ck.crate_id FROM keywords k JOIN crates_keywords ck ON ck.keyword_id = k.id \
                     WHERE k.keyword IN (SELECT value FROM json_each({words})) GROUP BY ck.crate_id HAVING count(*) = {count})"
                )
            }
            Only::Keyword(word) => {
                let word = self.param(word.to_lowercase());
                format!(
                    "c.id IN (SELECT ck.crate_id FROM keywords k JOIN crates_keywords ck ON ck.keyword_id = k.id WHERE k.keyword = {word})"
                )
            }
            Only::Letter(letter) => {
                let letter = self.param(canonical(&letter.to_string()));
                format!("substr(c.canonical, 1, 1) = {letter}")
            }
            Only::User(id) => {
                let id = self.param(*id);
                format!("c.id IN (SELECT o.crate_id FROM crate_owners o WHERE o.user_id = {id})")
            }
            Only::Team(id) => {
                let id = self.param(*id);
                format!("c.id IN (SELECT o.crate_id FROM crate_owners o WHERE o.team_id = {id})")
            }
            Only::FollowedBy(id) => {
                let id = self.param(*id);
                format!("c.id IN (SELECT f.crate_id FROM follows f WHERE f.user_id = {id})")
            }
            Only::Names(names) => {
                let names: Vec<String> = names.iter().map(|name| canonical(name)).collect();
                let names = self.param(serde_json::json!(names).to_string());
                format!("c.canonical IN (SELECT value FROM json_each({names}))")
            }
        };
        self.conditions.push(condition);
    }

    /// Whether nothing narrows the list.
    pub fn is_everything(&self) -> bool {
        self.conditions.is_empty()
    }

    fn filter(&self, extra: Option<&str>) -> String {
        let conditions: Vec<&str> = self
            .conditions
            .iter()
            .map(String::as_str)
            .chain(extra)
            .collect();
        if conditions.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", conditions.join(" AND "))
        }
    }

    /// Counts all rows.
    pub fn count_sql(&self) -> String {
        match &self.hits {
            // Counting what the search index found needs no look at the crates themselves.
            Some(hits) if self.conditions.len() == 1 => format!("SELECT count(*) FROM ({hits})"),
            _ => format!("SELECT count(*) FROM crates c {}", self.filter(None)),
        }
    }

    /// The ids and sort keys of one page.
    pub fn page_sql(
        &mut self,
        sort: Sort,
        after: Option<Vec<serde_json::Value>>,
        limit: i64,
        offset: i64,
    ) -> ApiResult<String> {
        let rank = self.rank.clone().unwrap_or_else(|| "0".to_owned());
        let (key, order) = match (sort, sort.column()) {
            (_, Some(column)) => (column.to_owned(), format!("{column} DESC, c.id DESC")),
            (Sort::Relevance, _) => (
                rank.clone(),
                format!("{rank} DESC, c.downloads DESC, c.id DESC"),
            ),
            _ => ("0".to_owned(), "c.name, c.id".to_owned()),
        };
        let after = match after {
            None => None,
            Some(values) => Some(self.after(sort, &rank, &values)?),
        };
        let limit = self.param(limit);
        let offset = self.param(offset);
        let filter = self.filter(after.as_deref());
        Ok(format!(
            "SELECT c.id, {key}, c.downloads FROM crates c {filter} ORDER BY {order} LIMIT {limit} OFFSET {offset}"
        ))
    }

    fn after(&mut self, sort: Sort, rank: &str, values: &[serde_json::Value]) -> ApiResult<String> {
        let invalid = || ApiError::bad_request("invalid seek parameter");
        if let (Sort::Relevance, [exact, hit, downloads, id]) = (sort, values) {
            let (Some(_), Some(hit), Some(downloads), Some(id)) = (
                exact.as_bool(),
                hit.as_f64(),
                downloads.as_i64(),
                id.as_i64(),
            ) else {
                return Err(invalid());
            };
            let (hit, downloads, id) = (self.param(hit), self.param(downloads), self.param(id));
            return Ok(format!(
                "({rank}, c.downloads, c.id) < ({hit}, {downloads}, {id})"
            ));
        }
        let numbers: Option<Vec<i64>> = values.iter().map(serde_json::Value::as_i64).collect();
        match (sort.column(), sort, numbers.ok_or_else(invalid)?.as_slice()) {
            (Some(column), _, [value, id]) => {
                let (value, id) = (self.param(*value), self.param(*id));
                Ok(format!("({column}, c.id) < ({value}, {id})"))
            }
            (None, Sort::Alphabetical, [id]) => {
                let id = self.param(*id);
                Ok(format!(
                    "(c.name, c.id) > ((SELECT name FROM crates WHERE id = {id}), {id})"
                ))
            }
            _ => Err(invalid()),
        }
    }
}

/// The first text after all that start with `text`.
fn next_text(text: &str) -> Option<String> {
    let last = text.chars().next_back()?;
    let next = char::from_u32(u32::from(last) + 1)?;
    let start = text.get(..text.len() - last.len_utf8())?;
    Some(format!("{start}{next}"))
}
