//! The page about usernames: the rules, what the mark says and what it does not, how names change, what is kept of old ones.
//!
//! Facts are those of RFC 3946 and of what its servers do today. What is not settled is named as such, not guessed.

use leptos::prelude::*;

use super::text_page::{Section, text_page};
use crate::components::icon::Icon;
use crate::route::{Inquiry, Route, SupportQuery};
use crate::template::view;

const SECTIONS: [Section; 9] = [
    ("mark", "The mark beside a username", mark),
    ("rules", "What a username may look like", rules),
    ("same", "When two names are the same", same),
    ("taken", "Names that cannot be had", taken),
    ("lookalikes", "Names that look alike", lookalikes),
    ("change", "Changing a username", change),
    ("owners", "Owners, and how to name them", owners),
    (
        "history",
        "What is kept of old names, and who sees it",
        history,
    ),
    ("open", "What is not settled", open),
];

/// Shows the page.
#[component]
pub fn DocsUsernamesPage() -> impl IntoView {
    let intro = view! {
        <p>
            "Everybody who publishes here has a crates.io username. It is a name of its own: it starts out as a suggestion taken from the account one signs in with, \
             and it may be another name than that person has on GitHub."
        </p>
        <p>"What is said below of choosing, changing and holding names is true of registries that let people choose. An older one gives everybody the GitHub name."</p>
    };
    text_page("Usernames", intro.into_any(), &SECTIONS)
}

fn mark() -> AnyView {
    let report = Route::Support(SupportQuery {
        inquire: Some(Inquiry::Impersonation),
        krate: None,
        user: None,
    })
    .path();
    view! {
        <p><Icon name="differs" /> " This mark stands beside a username when no GitHub account linked to it has exactly the same name. It has one of these reasons:"</p>
        <ul>
            <li>"The person has another username on GitHub."</li>
            <li>"Only the spelling differs: capital letters, or " <code>"-"</code> " against " <code>"_"</code> ". GitHub names are compared letter by letter here."</li>
            <li>"No GitHub account is linked."</li>
            <li>"The linked GitHub account once had this name, and by now another GitHub account has signed in here under it."</li>
        </ul>
        <p>
            "The card behind the mark and the person’s page say which, as far as it is known. Teams have no mark. \
             Where a registry does not tell whether the names match, none is shown."
        </p>
        <h3>"What it does not mean"</h3>
        <ul>
            <li>"It is not a warning. Choosing a name of one’s own is allowed, and some people cannot have the same name in both places, because somebody else was first."</li>
            <li>"It does not say that anybody changed a name, or when."</li>
            <li>"Without the mark nothing is proved either: that two names match says that one person holds both, not who that person is. Look at the linked accounts."</li>
        </ul>
        <p>"Passing for somebody else is forbidden. " <a href=report>"Report impersonation"</a></p>
    }
    .into_any()
}

fn rules() -> AnyView {
    view! {
        <table>
            <thead><tr><th scope="col">"Rule"</th><th scope="col">"Allowed"</th><th scope="col">"Not allowed"</th></tr></thead>
            <tbody>
                <tr>
                    <th scope="row">"Letters a–z and A–Z, digits, " <code>"-"</code> " and " <code>"_"</code></th>
                    <td><code>"tidy-walrus"</code></td>
                    <td><code>"tidy.walrus"</code> ", " <code>"größe"</code></td>
                </tr>
                <tr>
                    <th scope="row">"Begins with a letter or a digit"</th>
                    <td><code>"7seas"</code></td>
                    <td><code>"-seas"</code> ", " <code>"_seas"</code></td>
                </tr>
                <tr>
                    <th scope="row">"1 to 39 characters"</th>
                    <td><code>"x"</code></td>
                    <td>"40 characters"</td>
                </tr>
            </tbody>
        </table>
        <p>"A name may end in " <code>"-"</code> " or " <code>"_"</code> " and may have two of them in a row. Every account that existed before these rules keeps its name."</p>
    }
    .into_any()
}

fn same() -> AnyView {
    view! {
        <p>
            "Capital letters make no difference, and " <code>"-"</code> " and " <code>"_"</code> " count as one character. So "
            <code>"hello-there"</code> ", " <code>"Hello_There"</code> " and " <code>"HELLO-THERE"</code>
            " are one name, and only one person can have it."
        </p>
        <p>"A person’s page is found under each of these spellings. The address then shows the spelling that its holder chose."</p>
    }
    .into_any()
}

fn taken() -> AnyView {
    view! {
        <p>"Usernames go to whoever asks first. A name cannot be had while it is"</p>
        <dl>
            <dt>"taken"</dt>
            <dd>"Somebody has it, in this or another spelling of the same name."</dd>
            <dt>"reserved"</dt>
            <dd>"It is on a list of names that belong to nobody, kept by those who run the registry."</dd>
            <dt>"held"</dt>
            <dd>"Somebody gave it up less than 30 days ago. Until then only that person can take it back; afterwards it is free for anyone. Who held it is not told."</dd>
            <dt>"too similar"</dt>
            <dd>"It is easily confused with the name of an owner of a much-used crate."</dd>
        </dl>
        <p>
            "While a name is being chosen, this site asks the registry about it. A registry that cannot answer that is asked whether the name is in use, \
             which says nothing of reserved and held names. In either case the registry decides when the name is saved."
        </p>
        <p>"Names are not for sale, and what is said of squatting is under " <a href=Route::Policies.path()>"Usage policy"</a> "."</p>
    }
    .into_any()
}

fn lookalikes() -> AnyView {
    let pairs = [
        ("rn", "m"),
        ("vv", "w"),
        ("0", "o"),
        ("1, i", "l"),
        ("5", "s"),
        ("3", "e"),
    ];
    let rows = pairs
        .into_iter()
        .map(|(written, read)| view! { <tr><td><code>{written}</code></td><td><code>{read}</code></td></tr> })
        .collect_view();
    view! {
        <p>
            "A new name is refused when it reads like the name of somebody who owns a crate with 100,000 downloads or more. Both are compared in small letters, without "
            <code>"-"</code> " and " <code>"_"</code> ", and with these characters read as one:"
        </p>
        <table>
            <thead><tr><th scope="col">"Written"</th><th scope="col">"Read as"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
        <p>
            "That rule looks at new names only, and not at owners of other crates. So usernames are set here in a typeface in which "
            <code>"I"</code> ", " <code>"l"</code> " and " <code>"1"</code> ", and " <code>"O"</code> " and " <code>"0"</code>
            ", differ, and are never cut short. A display name stands second: anybody may choose any."
        </p>
    }
    .into_any()
}

fn change() -> AnyView {
    view! {
        <p>"In the account settings, where the registry allows it:"</p>
        <ul>
            <li>"A username can be changed once in 30 days."</li>
            <li>"A change of spelling only, to the same name, is always possible. It does not count, and nothing is held."</li>
            <li>"The name given up is held for 30 days. Until then its former holder may take it back, once for each change, also within the 30 days."</li>
            <li>"Taking it back counts as the latest change. The name given up by it is then held from everyone for 30 days, its latest holder included."</li>
            <li>"Crates, tokens and linked accounts stay with the account, whatever its name."</li>
            <li>"Addresses with the old name lead nowhere. They do not lead on to the new name, and say nothing of it."</li>
        </ul>
        <p>"Changing the name of a GitHub account changes nothing here. The mark appears or goes accordingly."</p>
    }
    .into_any()
}

fn owners() -> AnyView {
    let which = Route::UserWhich {
        username: String::from("NAME"),
    };
    view! {
        <h3>"What an owner can do"</h3>
        <ul>
            <li>"A person who owns a crate can publish and yank versions of it, and add and remove owners, including whoever added them."</li>
            <li>"The members of a team that owns a crate can publish and yank versions. They cannot change who owns it."</li>
            <li>"To add a person is to invite them. They own nothing before they accept, and an invitation ends after 30 days. A team is added at once."</li>
            <li>"The last person among the owners cannot be removed."</li>
        </ul>
        <h3>"Naming an owner exactly"</h3>
        <p>"One name can mean two people: the one who has it here, and the one who has it on GitHub. Newer registries therefore take names that say which is meant:"</p>
        <dl>
            <dt><code>"cargo owner --add crates.io:NAME"</code></dt>
            <dd>"the holder of this username here"</dd>
            <dt><code>"cargo owner --add github:LOGIN"</code></dt>
            <dd>"the person whose GitHub account has this name now"</dd>
            <dt><code>"cargo owner --add github:ORGANIZATION:TEAM"</code></dt>
            <dd>"a team on GitHub"</dd>
        </dl>
        <p>"The same names work with " <code>"--remove"</code> ". An older registry takes the plain GitHub name only."</p>
        <p>"A plain name is taken for a username here, and refused when the GitHub account of that person has another name, or when that name is somebody else’s on GitHub. " <code>{which.path()}</code> " is a page that shows both meanings of a name side by side."</p>
        <h3>"The card beside an owner"</h3>
        <p>"The small button beside a name opens a card with what the registry knows of that account:"</p>
        <dl>
            <dt>"Username and display name"</dt>
            <dd>"The username belongs to one account only. The display name proves nothing: anybody may choose any."</dd>
            <dt>"Linked accounts"</dt>
            <dd>"Whoever holds this account has signed in there. That proves one person holds both, not who that person is."</dd>
            <dt>"Account since, or GitHub account since"</dt>
            <dd>"For accounts older than 19 June 2026 the date is that of the GitHub account. An old account can have come into other hands."</dd>
            <dt>"Crates owned"</dt>
            <dd>"How many crates name this person as an owner; those of their teams are not counted. It says nothing of the crates."</dd>
        </dl>
        <p>"Before you make somebody an owner, ask them for their username in a place where you know them."</p>
    }
    .into_any()
}

fn history() -> AnyView {
    view! {
        <p>
            "Which account is linked on GitHub is public: it stands on pages, in the API and in the registry’s public data. \
             Do not link an account that should not be seen together with your crates."
        </p>
        <p>
            "Earlier usernames are kept for those who run the registry, so that they can look into impersonation. They are shown to nobody else, on no page and in no answer of the API, \
             since a name can tell what its holder has left behind. The plan behind these rules is to delete that record, too, when the person asks for it. "
            <a href=Route::Privacy.path()>"What else is kept, and your rights"</a>
        </p>
    }
    .into_any()
}

fn open() -> AnyView {
    view! {
        <p>"These questions were left open when the rules were made, and this page does not answer them either:"</p>
        <ul>
            <li>"when a name that nobody uses counts as squatted, and may be freed"</li>
            <li>"whether a page should say that its holder changed the name lately, without saying from which"</li>
            <li>"whether somebody who has just changed the name can become an owner at once"</li>
            <li>"whether display names stay, and where they come from"</li>
        </ul>
        <p>
            "The rules come from "
            <a href="https://github.com/rust-lang/rfcs/pull/3946" rel="noopener">"RFC 3946"</a>
            ", which also has the reasons."
        </p>
    }
    .into_any()
}
