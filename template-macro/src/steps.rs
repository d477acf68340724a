//! The way through a copy of a template, to the places that are filled in.
//!
//! | step | what it does |
//! | --- | --- |
//! | `>` `+` `<` | go to the first node in here, to the next one, back to the element around |
//! | `.` `$` | put the next view before this node, or at the end of this element |
//! | `aNAME;` `pNAME;` `cNAME;` | the next value is this attribute's, this property's, or says whether the element has this class |
//! | `eNAME;` `r` | the next value listens for this event, or is handed the element |

use crate::fixed::{Child, Element};

/// The steps from the element itself.
pub fn steps(element: &Element) -> String {
    let mut steps = String::new();
    walk(element, &mut steps);
    steps
}

fn is_filled(element: &Element) -> bool {
    !element.filled.is_empty()
        || element.children.iter().any(|child| match child {
            Child::Element(element) => is_filled(element),
            Child::Filled => true,
            Child::Text(_) | Child::Seam => false,
        })
}

fn walk(element: &Element, steps: &mut String) {
    steps.push_str(&element.filled);
    // Views at the end need no node to stand before.
    let fixed = element
        .children
        .iter()
        .rposition(|child| !matches!(child, Child::Filled))
        .map_or(0, |last| last + 1);
    let (before, at_end) = element.children.split_at(fixed);
    // How far one must go.
    let needed = before
        .iter()
        .rposition(|child| match child {
            Child::Element(element) => is_filled(element),
            Child::Filled => true,
            Child::Text(_) | Child::Seam => false,
        })
        .map_or(0, |last| last + 1);
    let mut is_inside = false;
    let mut waiting = 0;
    for (position, child) in before.iter().enumerate() {
        if position >= needed && waiting == 0 {
            break;
        }
        if matches!(child, Child::Filled) {
            waiting += 1;
            continue;
        }
        steps.push(if is_inside { '+' } else { '>' });
        is_inside = true;
        steps.extend(std::iter::repeat_n('.', waiting));
        waiting = 0;
        if let Child::Element(element) = child {
            walk(element, steps);
        }
    }
    if is_inside {
        steps.push('<');
    }
    steps.extend(at_end.iter().map(|_| '$'));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixed::Html;

    fn element(name: &str, children: Vec<Child>) -> Element {
        let mut element = Element::new(name);
        for child in children {
            match child {
                Child::Text(text) => element.push_text(&text),
                child => element.children.push(child),
            }
        }
        element
    }

    fn text(text: &str) -> Child {
        Child::Text(text.to_owned())
    }

    fn filled(name: &str, steps: &str) -> Child {
        let mut element = Element::new(name);
        element.filled.push_str(steps);
        Child::Element(element)
    }

    #[track_caller]
    fn check(element: &Element, html: &str, way: &str) {
        assert_eq!(
            (Html::of(element).0.as_str(), steps(element).as_str()),
            (html, way)
        );
    }

    #[test]
    fn what_is_fixed_needs_no_step() {
        let inner = element("b", vec![text("1 < 2")]);
        check(
            &element("p", vec![text("a"), Child::Element(inner)]),
            "<p>a<b>1 &lt; 2</b></p>",
            "",
        );
    }

    #[test]
    fn a_view_at_the_end_is_put_there() {
        check(
            &element("p", vec![text("By "), Child::Filled, Child::Filled]),
            "<p>By </p>",
            "$$",
        );
    }

    #[test]
    fn a_view_before_something_is_put_before_it() {
        let children = vec![
            Child::Filled,
            Child::Element(Element::new("br")),
            Child::Filled,
            text("!"),
        ];
        check(&element("p", children), "<p><br>!</p>", ">.+.<");
    }

    #[test]
    fn texts_around_a_view_stay_two() {
        let children = vec![text("By "), Child::Filled, text(", who "), text("knows")];
        check(
            &element("p", children),
            "<p>By <!---->, who knows</p>",
            ">+.<",
        );
    }

    #[test]
    fn texts_side_by_side_become_one() {
        check(
            &element("p", vec![text("a"), text(""), text("b")]),
            "<p>ab</p>",
            "",
        );
    }

    #[test]
    fn one_goes_no_further_than_the_last_place() {
        let children = vec![
            text("a"),
            filled("i", "atitle;"),
            text("b"),
            Child::Element(Element::new("u")),
        ];
        check(
            &element("p", children),
            "<p>a<i></i>b<u></u></p>",
            ">+atitle;<",
        );
    }

    #[test]
    fn an_element_s_own_places_come_before_those_in_it() {
        let mut outer = element("p", vec![filled("i", "r"), Child::Filled]);
        outer.filled.push_str("aid;eclick;");
        check(&outer, "<p><i></i></p>", "aid;eclick;>r<$");
    }

    #[test]
    fn attributes_are_spelled_as_browsers_do() {
        let mut image = Element::new("img");
        image
            .attributes
            .push((String::from("alt"), String::from("\"<\u{a0}&")));
        check(&image, "<img alt=\"&quot;&lt;&nbsp;&amp;\">", "");
    }

    #[test]
    fn what_svg_alone_knows_stands_in_one() {
        check(&Element::new("rect"), "<svg><rect></rect></svg>", "");
    }
}
