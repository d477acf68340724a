//! What stands in the header's search field: what the address searches for, until somebody types something else.

use super::navigation::NavigationState;
use crate::domain::search::SearchWords;
use crate::reactive::{Memo, RwSignal, effect};
use crate::route::Route;

/// The field's text. It follows the address: a page of search results, of a keyword or of a category fills it in, going
/// from there to another page empties it, and nothing else touches what is being typed.
pub fn provide_search_text(navigation: NavigationState) -> RwSignal<String> {
    let text = RwSignal::new(String::new());
    let of_address = Memo::new(move |_| navigation.route().with(searched));
    effect(move |_| text.set(of_address.get()));
    text
}

fn searched(route: &Route) -> String {
    match route {
        Route::Search(search) => search.q.clone(),
        Route::Keyword { keyword, .. } => SearchWords::for_keyword(keyword),
        Route::Category { slug, .. } => SearchWords::for_category(slug),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_holds_what_finds_the_page_again() {
        let text = |address: &str| searched(&Route::parse_address(address));
        assert_eq!(text("/search?q=serde+json&page=2"), "serde json");
        assert_eq!(text("/keywords/async"), "keyword:async ");
        assert_eq!(text("/categories/a::b?sort=new"), "category:a::b ");
        assert_eq!(text("/crates/serde"), "");
    }
}
