//! Pages: by number, or onward from a key.
//!
//! `next_page` and `prev_page` are whole query strings, the other parameters kept, to be appended as they are.

use std::num::NonZeroU32;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};

use crate::error::{ApiError, ApiResult};

const MAX_PER_PAGE: u32 = 100;
const MAX_PAGE: u32 = 200;

/// Which part of a list was asked for.
#[derive(Clone, Debug)]
pub struct Paging {
    /// Rows per page.
    pub per_page: u32,
    /// The page, when pages were asked for by number.
    pub page: Option<u32>,
    /// The key to go on from.
    pub seek: Option<String>,
    query: String,
}

/// What paging an endpoint has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supported {
    /// By number and by key.
    Both,
    /// By number only.
    Page,
    /// By key only.
    Seek,
}

impl Paging {
    /// Checks the parameters.
    pub fn new(
        page: Option<NonZeroU32>,
        per_page: Option<NonZeroU32>,
        seek: Option<String>,
        query: Option<&str>,
        supported: Supported,
    ) -> ApiResult<Self> {
        let seek = seek.filter(|seek| !seek.is_empty());
        match (&page, &seek, supported) {
            (Some(_), Some(_), _) => {
                return Err(ApiError::bad_request(
                    "providing both ?page= and ?seek= is unsupported",
                ));
            }
            (Some(_), None, Supported::Seek) => {
                return Err(ApiError::bad_request(
                    "?page= is not supported for this request",
                ));
            }
            (None, Some(_), Supported::Page) => {
                return Err(ApiError::bad_request(
                    "?seek= is not supported for this request",
                ));
            }
            _ => {}
        }
        let per_page = per_page.map_or(10, NonZeroU32::get);
        if per_page > MAX_PER_PAGE {
            return Err(ApiError::bad_request(format!(
                "cannot request more than {MAX_PER_PAGE} items"
            )));
        }
        Ok(Self {
            per_page,
            page: page.map(NonZeroU32::get),
            seek,
            query: query.unwrap_or_default().to_owned(),
        })
    }

    /// Refuses pages so far in that finding them costs too much.
    pub fn limited(self) -> ApiResult<Self> {
        match self.page {
            Some(page) if page > MAX_PAGE => Err(ApiError::bad_request(format!(
                "Page {page} is unavailable for performance reasons. Please take a look at https://crates.io/data-access for alternatives."
            ))),
            _ => Ok(self),
        }
    }

    /// Rows before the page.
    pub fn offset(&self) -> i64 {
        i64::from(self.page.unwrap_or(1) - 1) * i64::from(self.per_page)
    }

    /// Rows of the page.
    pub fn limit(&self) -> i64 {
        i64::from(self.per_page)
    }

    /// The key to go on from.
    pub fn seek_key<T: DeserializeOwned>(&self) -> ApiResult<Option<T>> {
        let Some(seek) = &self.seek else {
            return Ok(None);
        };
        let bytes = URL_SAFE_NO_PAD
            .decode(seek)
            .map_err(|_| ApiError::bad_request("invalid seek parameter"))?;
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|_| ApiError::bad_request("invalid seek parameter"))
    }

    /// The link to the page after this one, when this one is full.
    pub fn next_page(&self, rows: usize, last_key: Option<impl Serialize>) -> Option<String> {
        if rows < self.per_page as usize {
            return None;
        }
        match self.page {
            Some(page) => Some(self.link("page", &(page + 1).to_string())),
            None => {
                let key = serde_json::to_vec(&last_key?).ok()?;
                Some(self.link("seek", &URL_SAFE_NO_PAD.encode(key)))
            }
        }
    }

    /// The link to the page before this one.
    pub fn prev_page(&self) -> Option<String> {
        let page = self.page?;
        (page > 1).then(|| self.link("page", &(page - 1).to_string()))
    }

    fn link(&self, name: &str, value: &str) -> String {
        let mut query = form_urlencoded::Serializer::new("?".to_owned());
        for (key, value) in form_urlencoded::parse(self.query.as_bytes()) {
            if key != "page" && key != "seek" {
                query.append_pair(&key, &value);
            }
        }
        query.append_pair(name, value);
        query.finish().replacen("?&", "?", 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(page: Option<u32>, query: &str) -> Paging {
        Paging::new(
            page.and_then(NonZeroU32::new),
            None,
            None,
            Some(query),
            Supported::Both,
        )
        .unwrap()
    }

    #[test]
    fn links_keep_the_other_parameters() {
        let by_key = paging(None, "q=a%26b&sort=new&seek=old");
        assert_eq!(
            by_key.next_page(10, Some(240)),
            Some("?q=a%26b&sort=new&seek=MjQw".to_owned())
        );
        assert_eq!(by_key.prev_page(), None);
        let by_number = paging(Some(2), "page=2&per_page=10");
        assert_eq!(
            by_number.next_page(10, Some(1)),
            Some("?per_page=10&page=3".to_owned())
        );
        assert_eq!(
            by_number.prev_page(),
            Some("?per_page=10&page=1".to_owned())
        );
        assert_eq!(by_number.next_page(9, Some(1)), None);
        assert_eq!(
            paging(None, "").next_page(10, Some(7)),
            Some("?seek=Nw".to_owned())
        );
    }
}
