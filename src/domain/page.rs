//! Pages of lists: their numbers, the links to their neighbours, and the orders that lists come in.
//!
//! The links are query strings which the server made and which are sent back as they are (contract, trap 7), so they are
//! opaque here. It must not know what is listed.

use std::num::NonZeroU32;

/// The number of a page, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber(NonZeroU32);

/// A query string of the server's that leads to another page of the same list, to be sent back verbatim.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageLink(String);

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it, in the server's order.
    pub items: Vec<T>,
    /// How many there are on all pages. On a page past the end of a list this reads 0 (contract, trap 7).
    pub total: u64,
    /// Leads to the next page. An exactly full last page has one too, to an empty page.
    pub next: Option<PageLink>,
    /// Leads to the page before.
    pub prev: Option<PageLink>,
}

/// The orders of a list of crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CrateSort {
    /// By name.
    Alphabetical,
    /// Most downloaded first.
    Downloads,
    /// Most downloaded in the last 90 days first.
    RecentDownloads,
    /// Last changed first.
    RecentUpdates,
    /// Last added first.
    New,
    /// Best match first; searches only.
    Relevance,
}

/// The orders of a list of keywords or categories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TagSort {
    /// By name.
    Alphabetical,
    /// Most crates first.
    #[default]
    Crates,
}

/// The orders of a list of versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum VersionSort {
    /// Last published first.
    #[default]
    Date,
    /// Highest number first.
    Semver,
}

impl<T> Page<T> {
    /// The same page with something made of each thing on it.
    pub fn map<U>(self, make: fn(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(make).collect(),
            total: self.total,
            next: self.next,
            prev: self.prev,
        }
    }
}

impl PageNumber {
    /// The first page.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// The page of this number; `None` for 0.
    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number).map(Self)
    }

    /// Reads a number as it stands in an address: digits only, from 1.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        digits
            .then(|| text.parse().ok())
            .flatten()
            .and_then(Self::new)
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0.get()
    }

    /// The page after this.
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The page before this; `None` on the first.
    pub fn prev(self) -> Option<Self> {
        Self::new(self.get() - 1)
    }

    /// The last page of a list of so many items, with so many on each page.
    pub fn last(total: u64, per_page: u32) -> Self {
        let pages = total.div_ceil(u64::from(per_page.max(1)));
        let pages = u32::try_from(pages).unwrap_or(u32::MAX);
        Self::new(pages).unwrap_or(Self::FIRST)
    }
}

impl Default for PageNumber {
    fn default() -> Self {
        Self::FIRST
    }
}

impl PageLink {
    /// Takes a server's query string; `None` when it is not one, so that it can never lead to another address than the
    /// list's own.
    pub fn parse(text: &str) -> Option<Self> {
        let query = text.strip_prefix('?')?;
        let plain = query.bytes().all(|b| b.is_ascii_graphic() && b != b'#');
        (plain && !query.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The query string with its `?`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CrateSort {
    /// The five orders that every list of crates has, in the order in which they are offered.
    pub const FOR_LISTS: [Self; 5] = [
        Self::Alphabetical,
        Self::Downloads,
        Self::RecentDownloads,
        Self::RecentUpdates,
        Self::New,
    ];

    /// The five orders of a search, in the order in which they are offered.
    pub const FOR_SEARCH: [Self; 5] = [
        Self::Relevance,
        Self::Downloads,
        Self::RecentDownloads,
        Self::RecentUpdates,
        Self::New,
    ];

    /// The API's name of the order.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alphabetical => "alphabetical",
            Self::Downloads => "downloads",
            Self::RecentDownloads => "recent-downloads",
            Self::RecentUpdates => "recent-updates",
            Self::New => "new",
            Self::Relevance => "relevance",
        }
    }

    /// Reads the API's name, or `alpha`, which addresses of crates.io have for `alphabetical`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "alpha" | "alphabetical" => Some(Self::Alphabetical),
            "downloads" => Some(Self::Downloads),
            "recent-downloads" => Some(Self::RecentDownloads),
            "recent-updates" => Some(Self::RecentUpdates),
            "new" => Some(Self::New),
            "relevance" => Some(Self::Relevance),
            _ => None,
        }
    }
}

impl TagSort {
    /// The API's name of the order.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alphabetical => "alpha",
            Self::Crates => "crates",
        }
    }

    /// Reads the API's name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Alphabetical, Self::Crates]
            .into_iter()
            .find(|sort| sort.as_str() == text)
    }
}

impl VersionSort {
    /// The API's name of the order.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Semver => "semver",
        }
    }

    /// Reads the API's name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Date, Self::Semver]
            .into_iter()
            .find(|sort| sort.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_number_is_digits_from_one() {
        assert_eq!(PageNumber::parse("12").map(PageNumber::get), Some(12));
        for text in ["", "0", "-1", "+1", "1.0", "abc", "4294967296", " 1"] {
            assert_eq!(PageNumber::parse(text), None, "{text:?}");
        }
        assert_eq!(PageNumber::FIRST.prev(), None);
        assert_eq!(PageNumber::FIRST.next().prev(), Some(PageNumber::FIRST));
    }

    #[test]
    fn the_last_page_holds_the_last_item() {
        for (total, last) in [(0, 1), (1, 1), (10, 1), (11, 2), (120, 12)] {
            assert_eq!(PageNumber::last(total, 10).get(), last, "{total}");
        }
    }

    #[test]
    fn a_link_is_a_query_string_and_nothing_else() {
        assert!(PageLink::parse("?per_page=20&seek=WyIyLjYuMCIsMTEzOF0").is_some());
        assert!(PageLink::parse("?ids%5B%5D=a&page=2").is_some());
        for text in [
            "",
            "?",
            "/x?page=2",
            "//other.example/?a",
            "?a#b",
            "?a b",
            "?a\nb",
            "page=2",
            "?é",
        ] {
            assert_eq!(PageLink::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_order_is_read_back_from_its_name() {
        for sort in CrateSort::FOR_LISTS
            .into_iter()
            .chain(CrateSort::FOR_SEARCH)
        {
            assert_eq!(CrateSort::parse(sort.as_str()), Some(sort));
        }
        for sort in [TagSort::Alphabetical, TagSort::Crates] {
            assert_eq!(TagSort::parse(sort.as_str()), Some(sort));
        }
        for sort in [VersionSort::Date, VersionSort::Semver] {
            assert_eq!(VersionSort::parse(sort.as_str()), Some(sort));
        }
        assert_eq!(CrateSort::parse("bogus"), None);
    }
}
