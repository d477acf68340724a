//! The people of the demonstration whose account shows something; each is found by its username.
//!
//! `DEMONSTRATION.md` beside the manifest says who demonstrates what. Everybody is invented. Who owns what is decided
//! by the crates, not here.

use super::person::{Person, person};
use crate::seed::calendar::{DAY, Micros, on};
use crate::seed::world::User;

/// The longest username there may be: 39 characters.
pub const LONGEST: &str = "the-longest-username-there-can-ever-be1";

/// Everybody with a story, with ids from 1 on.
#[must_use]
pub fn all(now: Micros) -> Vec<User> {
    let mut people = vec![];
    people.extend(matching());
    people.extend(mismatched());
    people.extend(linked_elsewhere());
    people.extend(spellings());
    people.extend(display_names());
    people.extend(absent_things());
    people.extend(ambiguous(now));
    people.extend(renamed());
    people.extend(accounts(now));
    people
        .into_iter()
        .zip(1..)
        .map(|(person, id)| person.account(id, now))
        .collect()
}

fn matching() -> Vec<Person> {
    vec![
        person("ferris")
            .named("Ferris the Crab")
            .github("ferris")
            .since(on(2015, 5, 15)),
        person("prolific")
            .named("Petra Prolific")
            .github("prolific")
            .since(on(2018, 1, 1)),
        person("twenty-five")
            .named("Quinn Quarter")
            .github("twenty-five")
            .since(on(2019, 3, 3)),
        person("ferrls")
            .named("Ferr L. S.")
            .github("ferrls")
            .since(on(2026, 7, 1)),
        person("carolsl0cents")
            .named("Carol S.")
            .github("carolsl0cents")
            .since(on(2026, 7, 2)),
        person("murmur")
            .named("Murmur")
            .github("murmur")
            .since(on(2016, 4, 4)),
    ]
}

fn mismatched() -> Vec<Person> {
    vec![
        // Another GitHub username.
        person("carols10cents")
            .named("Carol Tencents")
            .github("carolgithub")
            .since(on(2014, 11, 22)),
        // The same letters, other capitals; once in the username, once in the GitHub login.
        person("casey-sensitive")
            .named("Casey")
            .github("Casey-Sensitive")
            .since(on(2017, 3, 4)),
        person("QuietMouse")
            .named("Quiet Mouse")
            .github("quietmouse")
            .since(on(2017, 8, 9)),
        // Only `-` and `_` differ.
        person("hazel-moss")
            .named("Hazel Moss")
            .github("hazel_moss")
            .since(on(2020, 2, 2)),
        // Capitals and separators at once.
        person("Olive_Grove")
            .named("Olive Grove")
            .github("olive-grove")
            .since(on(2020, 2, 3)),
        // Nothing linked at all.
        person("no-github")
            .named("No GitHub Account")
            .signed_up_as("no-github", -1)
            .since(on(2016, 9, 9)),
    ]
}

fn linked_elsewhere() -> Vec<Person> {
    vec![
        // Known service first, one nobody knows beside it.
        person("two-services")
            .named("Toni Twice")
            .github("two-services")
            .elsewhere("codeberg", "toni.twice")
            .since(on(2021, 1, 10)),
        // Only a service that the app does not know: no GitHub account linked, yet not without links.
        person("gitlab-only")
            .named("Gil Lab")
            .elsewhere("gitlab", "gil-lab")
            .signed_up_as("gil-lab", -1)
            .since(on(2022, 6, 6)),
        // Two GitHub accounts, one of which matches, and two other services.
        person("many-hats")
            .named("Mandy Hats")
            .github("many-hats-at-work")
            .github("many-hats")
            .elsewhere("codeberg", "many-hats")
            .elsewhere("gitlab", "mandy.hats")
            .since(on(2018, 10, 1)),
    ]
}

fn spellings() -> Vec<Person> {
    vec![
        person(LONGEST)
            .named("Longest Possible")
            .github(LONGEST)
            .since(on(2019, 9, 9)),
        person("ra--")
            .named("Ra")
            .github("ra--")
            .since(on(2013, 12, 1)),
        person("octo_acme")
            .named("Octo of Acme")
            .github("octo_acme")
            .since(on(2023, 4, 5)),
        person("Il1O0")
            .named("Capital I, small l, one, capital O, zero")
            .github("Il1O0")
            .since(on(2020, 12, 12)),
        person("0").named("Zero").github("0").since(on(2014, 1, 1)),
    ]
}

fn display_names() -> Vec<Person> {
    vec![
        person("layla-codes")
            .named("ليلى المبرمجة")
            .github("layla-codes")
            .since(on(2021, 5, 5)),
        person("noam-writes")
            .named("נועם כותבת (Noam) 42")
            .github("noam-writes")
            .since(on(2021, 5, 6)),
        // A right-to-left override inside a name must not turn the text after it.
        person("bidi-trick")
            .named("Ferris\u{202e}sirref \u{2066}2")
            .github("bidi-trick")
            .since(on(2022, 2, 22)),
        person("long-winded")
            .named(
                &"Wilhelmina Konstanze Adelgunde "
                    .repeat(7)
                    .chars()
                    .take(200)
                    .collect::<String>(),
            )
            .github("long-winded")
            .since(on(2018, 8, 8)),
        person("unbroken")
            .named(
                &"Donaudampfschiff"
                    .repeat(13)
                    .chars()
                    .take(200)
                    .collect::<String>(),
            )
            .github("unbroken")
            .since(on(2018, 8, 9)),
        person("html-name")
            .named(
                "<b>Bobby</b> & \"quotes\" <script>alert(1)</script> <img src=x onerror=alert(2)>",
            )
            .github("html-name")
            .since(on(2019, 4, 1)),
        person("emoji-name")
            .named("🦀👩🏽‍💻🏳️‍🌈 e\u{301}moji")
            .github("emoji-name")
            .since(on(2022, 3, 3)),
        // Shows another's username as a display name; the username stays what counts.
        person("not-ferris")
            .named("ferris")
            .github("not-ferris")
            .since(on(2026, 9, 1)),
        person("blank-name")
            .named("   ")
            .github("blank-name")
            .since(on(2020, 6, 6)),
    ]
}

fn absent_things() -> Vec<Person> {
    vec![
        person("nameless").github("nameless").since(on(2019, 1, 1)),
        person("faceless")
            .named("Faye Less")
            .github("faceless")
            .faceless()
            .since(on(2019, 1, 2)),
        person("ageless").named("Aggie Less").github("ageless"),
        // The least there can be: no name, no avatar, no date, no link, no e-mail, no crates.
        person("blank-slate")
            .signed_up_as("blank-slate", -1)
            .no_email(),
        person("empty-shelf")
            .named("Ellis Empty")
            .github("empty-shelf")
            .since(on(2024, 1, 1)),
        // An avatar address that answers 404.
        person("broken-avatar")
            .named("Brooke N. Avatar")
            .github("broken-avatar")
            .avatar("{files}/avatars/gone.png?v=4")
            .since(on(2024, 1, 2)),
        // Before 2026-06-19 the date is the GitHub account's, from then on the account's own.
        person("june-eighteenth")
            .named("June Before")
            .github("june-eighteenth")
            .since(on(2026, 6, 19) - 1_000_000),
        person("june-nineteenth")
            .named("June After")
            .github("june-nineteenth")
            .since(on(2026, 6, 19)),
        person("early-bird")
            .named("Earl E. Bird")
            .github("early-bird")
            .since(on(2008, 2, 29)),
    ]
}

fn ambiguous(now: Micros) -> Vec<Person> {
    vec![
        // One way: `robin` is the username of one and the GitHub login of another.
        person("robin")
            .named("Robin Redbreast")
            .github("robin-redbreast")
            .since(on(2017, 7, 7)),
        person("sherwood")
            .named("Robin of Sherwood")
            .github("robin")
            .since(on(2018, 7, 7)),
        // Both ways: each one's username is the other's GitHub login.
        person("alder")
            .named("Ali Alder")
            .github("birch")
            .since(on(2019, 5, 1)),
        person("birch")
            .named("Bo Birch")
            .github("alder")
            .since(on(2019, 5, 2)),
        // Equal letters, but the link is stale: another GitHub account has the login now.
        person("orchard")
            .named("First Orchard")
            .github("orchard")
            .stale(now - 40 * DAY)
            .since(on(2016, 6, 1)),
        person("orchard-gate")
            .named("Second Orchard")
            .github("orchard")
            .since(on(2026, 9, 20)),
        // Stands for sign-in stories: its GitHub account has been renamed since, and the login reused by somebody new.
        person("renamed-on-github")
            .named("Rena Med")
            .github_as("octo-before", 880_001)
            .since(on(2016, 1, 16)),
        person("recycled")
            .named("Rhea Cycled")
            .github_as("recycled-login", 880_002)
            .since(on(2016, 1, 17)),
        // Badge by a rename on GitHub: only the login has changed.
        person("kestrel")
            .named("Kes Trell")
            .github("kestrel-falcon")
            .signed_up_as("kestrel", 0)
            .since(on(2018, 2, 18)),
    ]
}

/// Those who changed their username; `renames` has the dates.
fn renamed() -> Vec<Person> {
    vec![
        person("fresh-moss")
            .named("Moe Moss")
            .github("old-moss")
            .since(on(2020, 1, 20)),
        person("copper-fox")
            .named("Fay Fox")
            .github("amber-fox")
            .since(on(2020, 1, 21)),
        person("silver-fox")
            .named("Sil Fox")
            .github("slate-fox")
            .since(on(2020, 1, 22)),
        person("home-again")
            .named("Homer Again")
            .github("home-again")
            .since(on(2020, 1, 23)),
        person("TidePool")
            .named("Tia Pool")
            .github("tidepool")
            .since(on(2020, 1, 24)),
        person("many-names")
            .named("Manny Names")
            .github("many-names-ago")
            .since(on(2015, 1, 25)),
    ]
}

fn accounts(now: Micros) -> Vec<Person> {
    vec![
        person("locked-out")
            .named("Locked Account")
            .github("locked-out")
            .locked("publishing spam", None)
            .since(on(2019, 8, 1)),
        person("locked-a-while")
            .named("Locked For Now")
            .github("locked-a-while")
            .locked("unusual sign-ins", Some(now + 20 * DAY))
            .since(on(2019, 8, 2)),
        person("lock-over")
            .named("Lock Is Over")
            .github("lock-over")
            .locked("was a mistake", Some(now - 20 * DAY))
            .since(on(2019, 8, 3)),
        person("unverified")
            .named("Una Verified")
            .github("unverified")
            .unverified()
            .since(on(2021, 11, 11)),
        person("no-email")
            .github("no-email")
            .faceless()
            .no_email()
            .since(on(2020, 1, 1)),
        person("invited")
            .named("Invited Person")
            .github("invited")
            .since(on(2019, 7, 1)),
        person("invited-unverified")
            .named("Invited, Unproven")
            .github("invited-unverified")
            .unverified()
            .since(on(2019, 7, 2)),
        person("token-keeper")
            .named("Token Keeper")
            .github("token-keeper")
            .since(on(2019, 7, 3)),
        person("follower")
            .named("Follow Er")
            .github("follower")
            .quiet()
            .since(on(2019, 7, 4)),
        person("team-member")
            .named("Team Member")
            .github("team-member")
            .since(on(2021, 9, 9)),
        person("keeper-of-keys")
            .named("Registry Administrator")
            .github("keeper-of-keys")
            .admin()
            .since(on(2014, 6, 1)),
    ]
}
