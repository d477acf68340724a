//! What query strings of pages say: page, order, search, report.
//!
//! Only what differs from the ordinary is printed, so that each state of a page has one address. It must not know which
//! page has which of these.

use crate::domain::page::{CrateSort, PageNumber, TagSort};
use crate::domain::percent::{decode_value, encode_value};

/// Page and order of a list of crates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ListQuery {
    /// Which page.
    pub page: PageNumber,
    /// The order; `None` is the list's own.
    pub sort: Option<CrateSort>,
}

/// Page and order of a list of keywords or categories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TagQuery {
    /// Which page.
    pub page: PageNumber,
    /// The order.
    pub sort: TagSort,
}

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchQuery {
    /// The words as typed, `keyword:` and `category:` tokens included; may be empty.
    pub q: String,
    /// Keywords that all must be there, separated by spaces.
    pub all_keywords: Option<String>,
    /// Page and order; the search's own order is by relevance.
    pub list: ListQuery,
}

/// What help is wanted with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SupportQuery {
    /// The report to write, if it is one.
    pub inquire: Option<Inquiry>,
    /// The crate it is about.
    pub krate: Option<String>,
    /// The user it is about.
    pub user: Option<String>,
}

/// What is to be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Inquiry {
    /// A crate that breaks the rules.
    CrateViolation,
    /// Somebody who passes for somebody else.
    Impersonation,
}

impl ListQuery {
    /// The same list in the same order on another page.
    pub fn at(self, page: PageNumber) -> Self {
        Self { page, ..self }
    }

    /// The same list in another order, from its first page.
    pub fn sorted(self, sort: CrateSort) -> Self {
        Self {
            page: PageNumber::FIRST,
            sort: Some(sort),
        }
    }
}

impl Inquiry {
    /// Its name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CrateViolation => "crate-violation",
            Self::Impersonation => "impersonation",
        }
    }

    /// Reads its name in addresses.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::CrateViolation, Self::Impersonation]
            .into_iter()
            .find(|inquiry| inquiry.as_str() == text)
    }
}

/// A query string taken apart. Of a name given twice, the first counts.
pub(super) struct Pairs(Vec<(String, String)>);

/// A parameter that cannot be read: its name and its value.
pub(super) type Unreadable = (&'static str, String);

impl Pairs {
    pub(super) fn parse(query: &str) -> Self {
        let pairs = query
            .split('&')
            .filter(|part| !part.is_empty())
            .map(|part| {
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                (decode_value(name), decode_value(value))
            });
        Self(pairs.collect())
    }

    /// The value of a parameter, empty ones included.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.clone())
    }

    /// A parameter read by `read`; nothing when it is absent or empty.
    pub(super) fn read<T>(
        &self,
        name: &'static str,
        read: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Unreadable> {
        match self.text(name).filter(|value| !value.is_empty()) {
            None => Ok(None),
            Some(value) => match read(&value) {
                Some(read) => Ok(Some(read)),
                None => Err((name, value)),
            },
        }
    }

    pub(super) fn page(&self) -> Result<PageNumber, Unreadable> {
        Ok(self.read("page", PageNumber::parse)?.unwrap_or_default())
    }

    pub(super) fn list(&self) -> Result<ListQuery, Unreadable> {
        Ok(ListQuery {
            page: self.page()?,
            sort: self.read("sort", CrateSort::parse)?,
        })
    }

    pub(super) fn tags(&self) -> Result<TagQuery, Unreadable> {
        Ok(TagQuery {
            page: self.page()?,
            sort: self.read("sort", TagSort::parse)?.unwrap_or_default(),
        })
    }

    pub(super) fn search(&self) -> Result<SearchQuery, Unreadable> {
        Ok(SearchQuery {
            q: self.text("q").unwrap_or_default(),
            all_keywords: self.text("all_keywords"),
            list: self.list()?,
        })
    }

    pub(super) fn support(&self) -> Result<SupportQuery, Unreadable> {
        Ok(SupportQuery {
            inquire: self.read("inquire", Inquiry::parse)?,
            krate: self.text("crate"),
            user: self.text("user"),
        })
    }
}

/// A query string being put together.
pub(super) struct Printer(String);

impl Printer {
    /// Starts after this path.
    pub(super) fn new(path: String) -> Self {
        Self(path)
    }

    pub(super) fn text(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(name);
            self.0.push('=');
            self.0.push_str(&encode_value(value));
        }
        self
    }

    pub(super) fn page(self, page: PageNumber) -> Self {
        let number = (page != PageNumber::FIRST).then(|| page.get().to_string());
        self.text("page", number.as_deref())
    }

    pub(super) fn list(self, list: ListQuery) -> Self {
        self.page(list.page)
            .text("sort", list.sort.map(CrateSort::as_str))
    }

    pub(super) fn tags(self, tags: TagQuery) -> Self {
        let sort = (tags.sort != TagSort::default()).then(|| tags.sort.as_str());
        self.page(tags.page).text("sort", sort)
    }

    pub(super) fn done(self) -> String {
        self.0
    }
}
