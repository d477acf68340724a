//! What is known of people here: what the registry gets, what everybody sees, what is kept, and what one can ask for.
//!
//! Facts are those of the privacy policy of the Rust Foundation, of the note on data of 2023, of RFC 3946, and of what this
//! site itself does. What none of them settles is named as such.

use leptos::prelude::*;

use super::text_page::{Section, outside, points, text_page};
use crate::route::Route;
use crate::template::view;

const SECTIONS: [Section; 11] = [
    ("login", "What is received when you log in", login),
    ("public", "What is public", public),
    ("usernames", "Usernames and their history", usernames),
    ("email", "E-mail addresses", email),
    ("logs", "Logs", logs),
    (
        "sessions",
        "Sessions, and what your browser keeps",
        sessions,
    ),
    ("errors", "Error reports", errors),
    ("others", "Who else handles data", others),
    ("authorities", "Requests of authorities", authorities),
    ("rights", "Your rights, and how to use them", rights),
    ("open", "What is not settled", open),
];

/// Shows the page.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let intro = view! {
        <p>
            "crates.io is provided by the Rust Foundation, a non-profit organisation in the United States, where data is stored, too. This page tells in other words what is known "
            "of people who use it. What counts is " {policy("the privacy policy of the Rust Foundation")} "."
        </p>
        <p>
            "What is said of this site is said of its pages alone, which show what the registry knows. Nothing on them counts visitors or follows anybody."
        </p>
    };
    text_page("Privacy", intro.into_any(), &SECTIONS)
}

fn policy(text: &'static str) -> AnyView {
    outside(
        "https://foundation.rust-lang.org/policies/privacy-policy/",
        text,
    )
}

fn login() -> AnyView {
    view! {
        <p>"Logging in takes a GitHub account. From GitHub, the registry receives"</p>
        {points(&[
            "the username and the picture of that account",
            "the display name and the e-mail address, if your GitHub profile shows them",
            "the organisations you are a member of, and the teams in them, since teams can own crates",
        ])}
        <p>"Your GitHub password stays with GitHub. Where the registry lets people choose, it receives the username that you choose from you."</p>
    }
    .into_any()
}

fn public() -> AnyView {
    view! {
        {points(&[
            "your username, and that your account belongs to your GitHub account: on pages, in the API, and in the database dumps, which anybody can download",
            "your display name and your picture",
            "your crates, when they were uploaded, and who owns them",
            "all that is in a crate, such as an e-mail address among the authors in its Cargo.toml",
        ])}
        <p>
            "What is public may be found by search engines and used by others. Put nothing into a crate that should not be known, and \
             do not log in with a GitHub account that should not be seen together with your crates."
        </p>
        <p>"An account whose link to GitHub is private does not exist. It was named as an idea for later, and no more."</p>
    }
    .into_any()
}

fn usernames() -> AnyView {
    view! {
        <p>
            "Where usernames can be changed, earlier ones are kept, with all changes since that became possible. Only those who run the registry see them, "
            "to look into impersonation. There is no record of how names on GitHub changed."
        </p>
        <p>
            "Earlier names are on no page and in no answer of the API, and no address leads from an old name to a new one. "
            "For 30 days a name that was given up can be had by nobody else; who gave it up is not told."
        </p>
        <p>
            "Others may remember: copies of what was public under an old name, such as database dumps, are beyond anybody’s reach."
        </p>
        <p>
            "The plan for usernames says that this record, too, is deleted on request, and that the privacy policy will say that it is kept. "
            "The policy as this page knows it does not say so yet."
        </p>
        <p><a href=Route::DocsUsernames.path()>"How usernames work"</a></p>
    }
    .into_any()
}

fn email() -> AnyView {
    view! {
        <p>
            "Publishing a crate takes an e-mail address that was confirmed. It is the public one of your GitHub account, or another that you enter. "
            "It is used only to write to you about your account."
        </p>
        <p>
            "This site shows your address to nobody but you, in " <a href=Route::SettingsProfile.path()>"your settings"</a> ", where you can change it."
        </p>
    }
    .into_any()
}

fn logs() -> AnyView {
    view! {
        <table>
            <thead><tr><th scope="col">"When you"</th><th scope="col">"the log has"</th></tr></thead>
            <tbody>
                <tr>
                    <th scope="row">"visit the registry, or cargo does"</th>
                    <td>"the IP address, what program asked (its user-agent), and for which address"</td>
                </tr>
                <tr>
                    <th scope="row">"do certain things as yourself, such as publishing"</th>
                    <td>"your account as well"</td>
                </tr>
                <tr>
                    <th scope="row">"download a crate’s file, or cargo does"</th>
                    <td>"the IP address, the user-agent, the address asked for, and the page that led there (the referer)"</td>
                </tr>
            </tbody>
        </table>
        <p>
            "These logs are kept for one year. Cargo’s downloads are not connected with usernames. "
            "The policy allows log files to be kept longer where security, the work on the site or the law ask for it."
        </p>
    }
    .into_any()
}

fn sessions() -> AnyView {
    view! {
        <p>
            "Being logged in takes one cookie, which the registry sets. Scripts cannot read it, and no other site can use it. "
            "You can refuse cookies: all can be read then, but you cannot log in."
        </p>
        <p>"This site sets no cookies of its own. It keeps in your browser, for itself:"</p>
        {points(&[
            "your choice of colours and of shortcut keys, and which announcements you closed",
            "that you were logged in, but not as whom, and when a sign-up began",
            "until the tab is closed: the page to go back to after logging in, and what you had typed into a form when you had to log in again",
        ])}
        <p>
            "Pictures of people and pictures in READMEs come from the sites that have them, GitHub for instance. Such a site sees your IP address, as with every visit, "
            "but is not told which page you are on."
        </p>
        <p>"The policy of the Foundation says of its services that they may use cookies to tell how they are used."</p>
    }
    .into_any()
}

fn errors() -> AnyView {
    view! {
        <p>"This site sends no error reports. When something fails on a page, nobody is told but you."</p>
        <p>
            "The policy says of crates.io that errors are reported to "
            {outside("https://sentry.io/privacy/", "Sentry")}
            ", with what led to them. Your IP address may reach Sentry in this way; it is set up to delete the address on arrival."
        </p>
    }
    .into_any()
}

fn others() -> AnyView {
    view! {
        <p>"The policy names these for crates.io:"</p>
        <dl>
            <dt>"Amazon Web Services and Heroku"</dt>
            <dd>"run the servers, in the United States"</dd>
            <dt>"Mailgun"</dt>
            <dd>"sends the mails"</dd>
            <dt>"Zendesk"</dt>
            <dd>"keeps the mails that ask for help"</dd>
            <dt>"GitHub"</dt>
            <dd>"says who logs in"</dd>
            <dt>"Sentry"</dt>
            <dd>"gets error reports"</dd>
        </dl>
        <p>"Each has a policy of its own."</p>
    }
    .into_any()
}

fn authorities() -> AnyView {
    view! {
        <p>
            "Data in the United States may be demanded under the law of the United States. In June 2023 those who run crates.io said by which principles they answer:"
        </p>
        {points(&[
            "Only demands that are complete, correct and legally binding are answered.",
            "As little is given as the demand requires.",
            "What was demanded and given is made known as far as demand and law allow, without naming anybody.",
            "The people concerned are told, where that is allowed and it is known how to reach them.",
        ])}
    }
    .into_any()
}

fn rights() -> AnyView {
    view! {
        <p>"You can ask"</p>
        {points(&[
            "whether data about you is held, and for a copy in a form that is easy to use",
            "for what is wrong to be corrected",
            "for data to be deleted, or for the whole account",
            "for a use of your data to stop, and take back a consent you gave",
        ])}
        <p>
            "For that, write to the Rust Foundation: "
            {outside("https://foundation.rust-lang.org/contact/", "contact")}
            ". It answers every request within reasonable time, and may first have to make sure that it is you who asks."
        </p>
        <p>
            "Not everything can be had: data may be kept where the law, a dispute or the safety of the service demands it, and without some data "
            "the service cannot be given."
        </p>
        <p>"Who lives in the European Union can also complain to the supervisory authority there."</p>
        <p>"Who is under sixteen needs the consent of a parent or guardian to use the services."</p>
    }
    .into_any()
}

fn open() -> AnyView {
    view! {
        <p>"The sources of this page do not tell, so it does not either:"</p>
        {points(&[
            "how long the record of earlier usernames is kept when nobody asks for it to be deleted",
            "how exactly one asks for only that to be deleted",
            "whether the amendment about authorities that was announced in 2023 was made",
        ])}
        <p>
            "More: "
            {policy("privacy policy")} ", "
            {outside("https://github.com/rust-lang/rfcs/pull/3946", "RFC 3946")}
            " on usernames."
        </p>
    }
    .into_any()
}
