//! Where to get help, and the reports of a crate and of impersonation.
//!
//! Which of them is shown stands in the address, with what is reported. Reports are mails that their writer sends.

mod report_form;

use leptos::prelude::*;

use super::text_page::{Section, outside, text_page};
use crate::domain::report::{About, HELP, Report};
use crate::route::{Inquiry, Route, SupportQuery};
use crate::template::view;
use report_form::ReportForm;

const SECTIONS: [Section; 5] = [
    ("registry", "The registry or your account", registry),
    ("report", "Report a crate or an account", report),
    ("names", "Names", names),
    ("crate", "A crate that does not work", broken_crate),
    ("privacy", "Your data", privacy),
];

/// Shows the page.
#[component]
pub fn SupportPage(query: SupportQuery) -> impl IntoView {
    let (about, name) = match query.inquire {
        None => {
            let intro = view! { <p>"Who can help depends on what it is about."</p> };
            return text_page("Get help", intro.into_any(), &SECTIONS);
        }
        Some(Inquiry::CrateViolation) => (About::Crate, query.krate),
        Some(Inquiry::Impersonation) => (About::Account, query.user),
    };
    view! { <ReportForm report=Report::new(about, name.unwrap_or_default()) /> }.into_any()
}

fn registry() -> AnyView {
    view! {
        <p>
            "Write to those who run the registry: " <a href=format!("mailto:{HELP}")>{HELP}</a>
            ". If an error came with a request id, name it. Mails to them are kept with Zendesk."
        </p>
        <p>
            "They are also asked when a crate has to be deleted that its owners cannot delete themselves, which is for exceptional cases."
        </p>
    }
    .into_any()
}

fn report() -> AnyView {
    let form = |inquiry| {
        Route::Support(SupportQuery {
            inquire: Some(inquiry),
            krate: None,
            user: None,
        })
        .path()
    };
    view! {
        <ul>
            <li><a href=form(Inquiry::CrateViolation)>"Report a crate"</a> ", for instance one with malicious code, or one that only holds its name"</li>
            <li><a href=form(Inquiry::Impersonation)>"Report impersonation"</a> ": an account that passes for somebody else"</li>
        </ul>
        <p>"What is allowed and what is not: " <a href=Route::Policies.path()>"Usage policy"</a></p>
    }
    .into_any()
}

fn names() -> AnyView {
    view! {
        <p>
            <a href=Route::DocsUsernames.path()>"How usernames work"</a>
            " has the rules, what the mark beside a name means, and how to name an owner exactly."
        </p>
        <p>"To take over a crate, ask its owners. They are named on its page, each with a link to theirs."</p>
    }
    .into_any()
}

fn broken_crate() -> AnyView {
    view! {
        <p>"Ask its owners. The crate’s page leads to its repository, if it names one."</p>
        <p>
            "For questions about Rust there is the "
            {outside("https://users.rust-lang.org", "users forum")}
            ". What is written there is public."
        </p>
    }
    .into_any()
}

fn privacy() -> AnyView {
    view! {
        <p>"What is known of you, and how to see, correct or delete it: " <a href=Route::Privacy.path()>"Privacy"</a></p>
    }
    .into_any()
}
