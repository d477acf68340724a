//! Which call of the app's asks what was recorded.

use nameplate::api::client::Client;
use nameplate::api::crate_query::{CrateFilter, CrateQuery, Search};
use nameplate::api::error::ApiError;
use nameplate::domain::invitation::InvitationAnswer;
use nameplate::domain::page::{CrateSort, PageLink, PageNumber, TagSort, VersionSort};
use nameplate::domain::team::TeamId;
use nameplate::domain::time::Timestamp;
use nameplate::domain::token::{CratePattern, EndpointScope, NewToken, TokenId};
use nameplate::domain::user::UserId;
use nameplate::domain::username::Username;
use serde_json::Value;

use crate::fake::now;
use crate::recording::Recording;

/// What a call brought, as text: that it was read is what counts here, what it means is `meaning`'s business.
pub type Outcome = Result<String, ApiError>;

/// Makes the call that asks what was recorded, as nearly as its types allow. `None`: the app never asks this.
pub fn drive(client: &Client, asked: &Recording) -> Option<Outcome> {
    let segments = asked.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (method, path) = (asked.method.as_str(), segments.as_slice());
    let body = &asked.request_body;
    let outcome = match (method, path) {
        ("GET", ["api", "v1", "users", name]) => told(now(client.user(name))),
        ("GET", ["api", "v1", "users", id, "stats"]) => {
            told(now(client.user_stats(UserId(number(id)))))
        }
        ("PUT", ["api", "v1", "users", id]) => {
            change_user(client, UserId(number(id)), &body["user"])
        }
        ("PUT", ["api", "v1", "users", id, "resend"]) => {
            told(now(client.resend_confirmation(UserId(number(id)))))
        }
        ("PUT", ["api", "v1", "confirm", token]) => told(now(client.confirm_email(token))),
        ("GET", ["api", "v1", "me"]) => told(now(client.me())),
        ("GET", ["api", "v1", "me", "updates"]) => told(now(client.updates(page(asked)))),
        ("GET", ["api", "v1", "me", "tokens"]) => told(now(client.api_tokens())),
        ("GET", ["api", "v1", "me", "tokens", id]) => {
            told(now(client.api_token(TokenId(number(id)))))
        }
        ("DELETE", ["api", "v1", "me", "tokens", id]) => {
            told(now(client.revoke_api_token(TokenId(number(id)))))
        }
        ("PUT", ["api", "v1", "me", "tokens"]) => {
            told(now(client.create_api_token(&new_token(&body["api_token"]))))
        }
        (
            "PUT",
            [
                "api",
                "v1",
                "me",
                "crate_owner_invitations",
                "accept",
                token,
            ],
        ) => told(now(client.accept_invitation(token))),
        ("PUT", ["api", "v1", "me", "crate_owner_invitations", id]) => {
            let accept = body["crate_owner_invite"]["accepted"]
                .as_bool()
                .unwrap_or(true);
            let answer = if accept {
                InvitationAnswer::Accept
            } else {
                InvitationAnswer::Decline
            };
            told(now(client.answer_invitation(number(id), answer)))
        }
        ("GET", ["api", "private", "crate_owner_invitations"]) => invitations(client, asked),
        ("POST", ["api", "private", "session", "begin"]) => told(now(client.begin_session())),
        ("POST", ["api", "private", "session", "authorize"]) => told(now(
            client.authorize_session(text(&body["code"]), text(&body["state"]))
        )),
        ("DELETE", ["api", "private", "session"]) => told(now(client.end_session())),
        ("GET", ["api", "private", "session", "signup"]) => told(now(client.pending_signup())),
        ("POST", ["api", "private", "session", "signup"]) => {
            let username = body["signup"]["username"].as_str().unwrap_or("newcomer");
            let username = Username::parse(username).unwrap();
            told(now(
                client.sign_up(&username, text(&body["signup"]["email"]))
            ))
        }
        ("DELETE", ["api", "private", "session", "signup"]) => told(now(client.cancel_signup())),
        ("GET", ["api", "v1", "summary"]) => told(now(client.summary())),
        ("GET", ["api", "v1", "site_metadata"]) => told(now(client.site_metadata())),
        ("GET", ["api", "v1", "teams", login]) => told(now(client.team(login))),
        ("GET", ["api", "v1", "keywords"]) => told(now(client.keywords(
            tag_sort(asked),
            page(asked),
            per_page(asked),
        ))),
        ("GET", ["api", "v1", "keywords", keyword]) => told(now(client.keyword(keyword))),
        ("GET", ["api", "v1", "categories"]) => told(now(client.categories(
            tag_sort(asked),
            page(asked),
            per_page(asked),
        ))),
        ("GET", ["api", "v1", "categories", slug]) => told(now(client.category(slug))),
        ("GET", ["api", "v1", "crates"]) => crates(client, asked),
        ("GET", ["api", "v1", "crates", name]) if !name.is_empty() => {
            if asked.parameter("include").as_deref() == Some("") {
                told(now(client.bare_crate(name)))
            } else {
                told(now(client.krate(name)))
            }
        }
        (_, ["api", "v1", "crates", name, rest @ ..]) => {
            return of_crate(client, asked, name, rest);
        }
        _ => return None,
    };
    Some(outcome)
}

fn of_crate(client: &Client, asked: &Recording, name: &str, rest: &[&str]) -> Option<Outcome> {
    let owner = || text(&asked.request_body["owners"][0]);
    Some(match (asked.method.as_str(), rest) {
        ("GET", ["owners"]) => told(now(client.crate_owners(name))),
        ("PUT", ["owners"]) => told(now(client.add_owner(name, owner()))),
        ("DELETE", ["owners"]) => told(now(client.remove_owner(name, owner()))),
        ("GET", ["following"]) => told(now(client.is_following(name))),
        ("PUT", ["follow"]) => told(now(client.follow(name))),
        ("DELETE", ["follow"]) => told(now(client.unfollow(name))),
        ("GET", ["downloads"]) => told(now(client.crate_downloads(name))),
        ("GET", ["reverse_dependencies"]) => {
            told(now(client.dependents(name, page(asked), per_page(asked))))
        }
        ("GET", ["versions"]) => versions(client, asked, name),
        ("GET", [version, "downloads"]) => told(now(client.version_downloads(name, version))),
        ("GET", [version, "dependencies"]) => told(now(client.dependencies(name, version))),
        ("DELETE", [version, "yank"]) => told(now(client.yank_version(name, version))),
        ("PUT", [version, "unyank"]) => told(now(client.unyank_version(name, version))),
        ("GET", [version]) if !version.starts_with("owner_") => {
            told(now(client.version(name, version)))
        }
        // The redirect is the browser's to follow; with `Accept: application/json` it does not come. See `meaning`.
        _ => return None,
    })
}

fn versions(client: &Client, asked: &Recording, name: &str) -> Outcome {
    let sort = asked
        .parameter("sort")
        .and_then(|sort| VersionSort::parse(&sort))
        .unwrap_or(VersionSort::Semver);
    if asked.parameter("seek").is_some() || asked.parameter("nums[]").is_some() {
        return told(now(client.more_versions(name, &link(asked))));
    }
    match asked
        .parameter("per_page")
        .and_then(|number| number.parse().ok())
    {
        Some(per_page) => told(now(client.versions(name, sort, per_page))),
        None => told(now(client.all_versions(name))),
    }
}

fn crates(client: &Client, asked: &Recording) -> Outcome {
    if asked.parameter("seek").is_some() {
        return told(now(client.more_crates(&link(asked))));
    }
    let parameter = |name: &str| asked.parameter(name);
    let names: Vec<String> = asked
        .query()
        .into_iter()
        .filter(|(n, _)| n == "ids[]")
        .map(|(_, value)| value)
        .collect();
    let filter = if let Some(id) = parameter("user_id") {
        CrateFilter::User(UserId(number(&id)))
    } else if let Some(id) = parameter("team_id") {
        CrateFilter::Team(TeamId(number(&id)))
    } else if let Some(letter) = parameter("letter") {
        CrateFilter::Letter(letter)
    } else if parameter("following").is_some() {
        CrateFilter::Following
    } else if !names.is_empty() {
        CrateFilter::Named(names)
    } else if let Some(q) = parameter("q") {
        CrateFilter::Search(Search {
            q,
            ..Search::default()
        })
    } else if let Some(keywords) = parameter("all_keywords") {
        let keywords = keywords.split(' ').map(str::to_owned).collect();
        CrateFilter::Search(Search {
            keywords,
            ..Search::default()
        })
    } else if let Some(keyword) = parameter("keyword") {
        CrateFilter::Keyword(keyword)
    } else if let Some(slug) = parameter("category") {
        CrateFilter::Category(slug)
    } else {
        CrateFilter::All
    };
    let sort = parameter("sort")
        .and_then(|sort| CrateSort::parse(&sort))
        .unwrap_or(CrateSort::Alphabetical);
    told(now(client.crates(&CrateQuery {
        filter,
        page: page(asked),
        per_page: per_page(asked),
        sort,
    })))
}

fn invitations(client: &Client, asked: &Recording) -> Outcome {
    if asked.parameter("seek").is_some() {
        return told(now(client.more_invitations(&link(asked))));
    }
    match asked.parameter("crate_name") {
        Some(name) => told(now(client.invitations_to(&name))),
        None => told(now(client.invitations_of(UserId(number(
            &asked.parameter("invitee_id").unwrap_or_default(),
        ))))),
    }
}

fn change_user(client: &Client, id: UserId, change: &Value) -> Outcome {
    if let Some(on) = change["publish_notifications"].as_bool() {
        told(now(client.update_publish_notifications(id, on)))
    } else if let Some(username) = change["username"].as_str() {
        told(now(
            client.rename_user(id, &Username::parse(username).unwrap())
        ))
    } else {
        told(now(client.update_email(id, text(&change["email"]))))
    }
}

fn new_token(wanted: &Value) -> NewToken {
    let list = |key: &str| -> Option<Vec<&str>> {
        Some(
            wanted[key]
                .as_array()?
                .iter()
                .map(|item| item.as_str().unwrap())
                .collect(),
        )
    };
    NewToken {
        name: text(&wanted["name"]).to_owned(),
        expired_at: wanted["expired_at"]
            .as_str()
            .and_then(Timestamp::parse_rfc3339),
        crate_scopes: list("crate_scopes")
            .map(|list| list.into_iter().filter_map(CratePattern::parse).collect()),
        endpoint_scopes: list("endpoint_scopes")
            .unwrap_or_default()
            .into_iter()
            .map(EndpointScope::new)
            .collect(),
    }
}

fn told<T: std::fmt::Debug>(result: Result<T, ApiError>) -> Outcome {
    result.map(|read| format!("{read:?}"))
}

fn link(asked: &Recording) -> PageLink {
    let query = asked.address.split_once('?').unwrap().1;
    PageLink::parse(&format!("?{query}")).unwrap()
}

fn page(asked: &Recording) -> PageNumber {
    asked
        .parameter("page")
        .and_then(|number| PageNumber::parse(&number))
        .unwrap_or_default()
}

fn per_page(asked: &Recording) -> u32 {
    asked
        .parameter("per_page")
        .and_then(|number| number.parse().ok())
        .unwrap_or(10)
}

fn tag_sort(asked: &Recording) -> TagSort {
    asked
        .parameter("sort")
        .and_then(|sort| TagSort::parse(&sort))
        .unwrap_or(TagSort::Alphabetical)
}

fn number(text: &str) -> i64 {
    text.parse().unwrap_or(-1)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
