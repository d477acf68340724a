//! Two names that the eye confuses, one above the other: what differs is marked, and spelled out for those who hear the page.

use leptos::prelude::*;

use crate::domain::availability::differences;
use crate::domain::lookalike::side_by_side;
use crate::template::view;

/// Shows both names. `this` and `that` say whose they are: "This account", "An owner".
pub fn look_alike(
    this: &'static str,
    this_name: &str,
    that: &'static str,
    that_name: &str,
) -> AnyView {
    let Some(pieces) = side_by_side(this_name, that_name) else {
        return ().into_any();
    };
    let spelled = differences(&pieces);
    let name = |pick: fn(&crate::domain::lookalike::Piece) -> &str| {
        pieces
            .iter()
            .map(|piece| {
                let text = pick(piece).to_owned();
                if piece.differs {
                    view! { <mark>{text}</mark> }.into_any()
                } else {
                    text.into_any()
                }
            })
            .collect_view()
    };
    view! {
        <div class="lookalike">
            <dl class="lookalike__names">
                <dt>{this}</dt>
                <dd class="username" dir="ltr">{name(|piece| &piece.left)}</dd>
                <dt>{that}</dt>
                <dd class="username" dir="ltr">{name(|piece| &piece.right)}</dd>
            </dl>
            <p>{spelled}</p>
        </div>
    }
    .into_any()
}
