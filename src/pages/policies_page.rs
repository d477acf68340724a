//! The rules of use as far as they are about names: of people, of crates, of whoever somebody passes for.
//!
//! Facts are those of the usage policy of crates.io and of RFC 3946, in other words. What neither settles is named as such.

use leptos::prelude::*;

use super::text_page::{Section, outside, points, text_page};
use crate::domain::report::HELP;
use crate::route::{Inquiry, Route, SupportQuery};
use crate::template::view;

const SECTIONS: [Section; 9] = [
    ("first", "Who gets a name", first),
    ("impersonation", "Passing for somebody else", impersonation),
    ("selling", "Selling names", selling),
    ("squatting", "Holding names without using them", squatting),
    ("takeover", "Taking over a crate", takeover),
    ("other", "What else is forbidden", other),
    ("reporting", "Reporting", reporting),
    ("enforcement", "What may follow", enforcement),
    ("open", "What is not settled", open),
];

/// Shows the page.
#[component]
pub fn PoliciesPage() -> impl IntoView {
    let intro = view! {
        <p>
            "This page tells in other words what the rules of crates.io say about names. What counts is "
            {outside("https://crates.io/policies", "the policy itself")}
            ", which has more rules than these and may be changed."
        </p>
        <p>"What a username may look like and how often it may change is told under " <a href=Route::DocsUsernames.path()>"Usernames"</a> "."</p>
    };
    text_page("Usage policy", intro.into_any(), &SECTIONS)
}

fn first() -> AnyView {
    view! {
        <p>
            "Whoever asks first gets a name. That holds for crates, whose first publisher becomes their owner, and for usernames, \
             also where somebody has had the same name on GitHub for longer."
        </p>
        <p>
            "Those who run the registry change nobody’s username unless its holder agrees. The exceptions are violations of these rules or of the \
             Code of Conduct of the Rust project, impersonation among them."
        </p>
    }
    .into_any()
}

fn impersonation() -> AnyView {
    view! {
        <p>"Nobody may pass for another person or for an organisation. That includes"</p>
        {points(&[
            "looking as if one belonged to crates.io",
            "deceiving others about who one is, or what one’s site is for",
        ])}
        <p>"Fake accounts, and machines that feign activity, are forbidden by a rule of their own."</p>
        <p>
            "Having another username here than on GitHub is not impersonation: choosing one is allowed. "
            <a href=Route::DocsUsernames.path()>"What the mark beside a username means"</a>
        </p>
    }
    .into_any()
}

fn selling() -> AnyView {
    view! {
        <p>
            "Names are not traded. Buying, selling or exchanging the names of crates, or any other names on crates.io, is forbidden, \
             for money and for anything else one may get for them. Usernames are such names."
        </p>
    }
    .into_any()
}

fn squatting() -> AnyView {
    view! {
        <p>
            "A crate must not exist only to keep its name for a long time. It is taken for squatting when it does nothing of use, \
             serves no purpose, and its repository shows no development to speak of."
        </p>
        <p>"When a username counts as squatted is not settled."</p>
    }
    .into_any()
}

fn takeover() -> AnyView {
    view! {
        <p>
            "Ask the owner. If they agree, they add you as an owner, and you can then remove them. \
             For the sake of security, those who run the registry transfer no crate without the express consent of its present owner."
        </p>
        <p>
            "If you are asked for yours: whoever becomes an owner may make something else of the crate than you meant, \
             and somebody with bad intentions can do great harm to those who use it."
        </p>
    }
    .into_any()
}

fn other() -> AnyView {
    view! {
        <p>"Of the other rules these can be about names, display names and profiles as well. Forbidden is what"</p>
        {points(&[
            "discriminates against people, harasses, abuses or threatens them",
            "is libellous or fraudulent, or fishes for other people’s secrets",
            "infringes somebody’s rights, such as trademarks",
            "makes personal information of others public without their consent",
            "is sexually obscene",
        ])}
        <p>"In matters of trademarks and copyright, those who run the registry follow the legal decisions of the Rust Foundation, which provides crates.io."</p>
    }
    .into_any()
}

fn reporting() -> AnyView {
    let form = |inquiry| {
        Route::Support(SupportQuery {
            inquire: Some(inquiry),
            krate: None,
            user: None,
        })
        .path()
    };
    view! {
        <p>
            "Nobody looks for violations of their own accord; those who run the registry rely on being told. Write to "
            <a href=format!("mailto:{HELP}")>{HELP}</a> ", or let a form put the mail together:"
        </p>
        <ul>
            <li><a href=form(Inquiry::Impersonation)>"Report impersonation"</a></li>
            <li><a href=form(Inquiry::CrateViolation)>"Report a crate"</a></li>
        </ul>
    }
    .into_any()
}

fn enforcement() -> AnyView {
    view! {
        <p>"What follows from a violation is decided case by case, at the discretion of those who run the registry. These things may happen:"</p>
        <dl>
            <dt>"An account is suspended"</dt>
            <dd>"That may be undone, for example when somebody else had got hold of the account."</dd>
            <dt>"An account or something in it is deleted"</dt>
            <dd>"That is final. There is no way to have it undone."</dd>
            <dt>"A crate is deleted"</dt>
            <dd>"In most cases its author is asked first what it is for. When names are taken in masses, it may happen without notice."</dd>
        </dl>
        <p>"Where rules are unclear or people disagree, the protection of all users decides."</p>
    }
    .into_any()
}

fn open() -> AnyView {
    view! {
        <p>
            "The policy as this page knows it was written when usernames came from GitHub. It does not speak of them by name, and does not say"
        </p>
        {points(&[
            "when a username counts as squatted, and may be given to others",
            "what becomes of a username that was taken away",
            "how one objects to a decision about one’s username",
        ])}
        <p>"So this page does not say it either."</p>
    }
    .into_any()
}
