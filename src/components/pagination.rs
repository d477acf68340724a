//! The way to the other pages of a list: numbered links, each an address of its own.

use leptos::prelude::*;

use crate::domain::page::PageNumber;
use crate::template::view;

/// Which page numbers are offered: the first, the last, and those near the present one. `None` is a gap.
pub fn offered(current: u32, last: u32) -> Vec<Option<u32>> {
    let near = |number: &u32| *number == 1 || *number == last || number.abs_diff(current) <= 2;
    let mut shown = Vec::new();
    let mut previous = 0;
    for number in (1..=last.min(3))
        .chain(current.saturating_sub(2).max(1)..=current.saturating_add(2).min(last))
        .chain(last.saturating_sub(2).max(1)..=last)
        .filter(near)
    {
        if number <= previous {
            continue;
        }
        if number > previous + 1 {
            shown.push(None);
        }
        shown.push(Some(number));
        previous = number;
    }
    shown
}

/// Shows links to pages `1..=last`. Nothing when there is but one.
#[component]
pub fn Pagination(
    current: PageNumber,
    last: PageNumber,
    /// The address of a page.
    href: Callback<PageNumber, String>,
) -> impl IntoView {
    let (at, last) = (current.get(), last.get());
    if last <= 1 {
        return ().into_any();
    }
    let step = move |to: Option<PageNumber>,
                     label: &'static str,
                     rel: &'static str,
                     sign: &'static str| {
        match to {
        Some(page) => view! { <li><a class="pagination__link" href=href.run(page) rel=rel aria-label=label>{sign}</a></li> }.into_any(),
        None => view! { <li><span class="pagination__link" role="link" aria-disabled="true" aria-label=label>{sign}</span></li> }.into_any(),
    }
    };
    let numbers = offered(at, last)
        .into_iter()
        .map(|number| match number.and_then(PageNumber::new) {
            Some(page) => {
                let current = (page.get() == at).then_some("page");
                view! {
                    <li>
                        <a class="pagination__link" href=href.run(page) aria-current=current aria-label=format!("Page {}", page.get())>
                            {page.get()}
                        </a>
                    </li>
                }
                .into_any()
            }
            None => view! { <li class="pagination__gap" aria-hidden="true">"…"</li> }.into_any(),
        })
        .collect_view();
    let next = (at < last).then(|| current.next());
    view! {
        <nav class="pagination" aria-label="Pages">
            <ul>
                {step(current.prev(), "Previous page", "prev", "‹")}
                {numbers}
                {step(next, "Next page", "next", "›")}
            </ul>
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::offered;

    fn shown(current: u32, last: u32) -> String {
        let words: Vec<String> = offered(current, last)
            .into_iter()
            .map(|number| number.map_or_else(|| String::from("…"), |number| number.to_string()))
            .collect();
        words.join(" ")
    }

    #[test]
    fn few_pages_are_all_offered() {
        assert_eq!(shown(1, 3), "1 2 3");
        assert_eq!(shown(3, 5), "1 2 3 4 5");
    }

    #[test]
    fn many_pages_leave_gaps() {
        assert_eq!(shown(1, 12), "1 2 3 … 12");
        assert_eq!(shown(6, 12), "1 … 4 5 6 7 8 … 12");
        assert_eq!(shown(12, 12), "1 … 10 11 12");
    }

    #[test]
    fn a_page_past_the_end_offers_the_real_ones() {
        assert_eq!(shown(99, 3), "1 … 3");
    }
}
