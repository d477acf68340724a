//! How a recorded request is sent again: with whose session, which code of GitHub, to a server of which settings.

use nameplate_registry::{
    clock::Timestamp,
    config::{Level, Variant},
    github,
    seed::{Seed, recorded},
    session::{OAUTH_STATE, PENDING_SIGNUP, Session, USER_ID},
};
use serde_json::{Value, json};

use crate::harness::{Answer, Registry, Visitor, exchange};

/// The session that a recorded request was sent with.
fn session(registry: &Registry, file: &str, request: &Value, before: &Session) -> Session {
    let mut session = Session::default();
    if request["auth"] != "cookie" {
        return session;
    }
    if let Some(id) = request["user_id"].as_i64() {
        session.set(USER_ID, id.to_string());
        return session;
    }
    let pending = |login: &str, created_at: i64| {
        let account = account(login);
        json!({ "github_user": account, "created_at": created_at }).to_string()
    };
    let now = registry.now().0;
    match file {
        "session/authorize-after-failed-attempt.json" => {}
        "session/authorize-while-signed-in.json" => {
            session.set(USER_ID, "10");
            session.set(OAUTH_STATE, "OAUTH-STATE");
        }
        _ if file.contains("/authorize-") => session.set(OAUTH_STATE, "OAUTH-STATE"),
        "me/get-tampered-cookie.json" => session.set(USER_ID, "10"),
        "session/signup-get-corrupt.json" => session.set(PENDING_SIGNUP, "not json"),
        "session/signup-get-expired.json" | "session/signup-post-expired.json" => {
            session.set(
                PENDING_SIGNUP,
                pending("newcomer", now - 31 * 60 * 1_000_000),
            );
        }
        "session/signup-get-no-email.json" | "session/signup-delete.json" => {
            session.set(PENDING_SIGNUP, pending("newcomer2", now))
        }
        "variant-read-only/signup-get.json" => {
            session.set(PENDING_SIGNUP, pending("newcomer2", now))
        }
        "session/signup-post-reserved-username.json" => {
            session.set(PENDING_SIGNUP, pending("admin", now))
        }
        "session/signup-post-name-clash.json" => {
            session.set(PENDING_SIGNUP, pending("Ferris", now))
        }
        "session/signup-post-success.json" => {
            session.set(PENDING_SIGNUP, pending("newcomer3", now))
        }
        "session/me-after-sign-in.json"
        | "session/delete.json"
        | "session/delete-foreign-origin.json" => session.set(USER_ID, "10"),
        "session/me-after-sign-out.json" | "session/signup-get-after-delete.json" => {}
        "session/signup-me-after-success.json" | "session/signup-get-after-success.json" => {
            session = before.clone()
        }
        _ if file.starts_with("session/") || file.contains("/signup-") => {
            session.set(PENDING_SIGNUP, pending("newcomer", now))
        }
        _ => panic!("{file}: whose cookie is it?"),
    }
    session
}

/// The GitHub accounts of people who sign up in the recordings.
fn account(login: &str) -> github::Account {
    let (id, name, email) = match login {
        "newcomer" => (910_001, "New Comer", Some("newcomer@example.com")),
        "newcomer2" => (910_002, "Second", None),
        "admin" => (910_004, "Admin", None),
        "Ferris" => (910_005, "Other", None),
        _ => (910_003, "Third", Some("third@example.com")),
    };
    github::Account {
        id,
        login: login.to_owned(),
        name: Some(name.to_owned()),
        email: email.map(str::to_owned),
        avatar: Some(format!("https://avatars.githubusercontent.com/u/{id}?v=4")),
    }
}

/// In the recordings a code was the login of the account; the code of an account without a token is known too.
async fn lay_out_code(registry: &Registry, code: &str) {
    let code = code.to_owned();
    let now = registry.now();
    let done = registry.running.app.pool.write(move |transaction| {
        // Exactly as spelled: `Ferris` on GitHub is somebody else than `ferris`.
        let known: Option<i64> = transaction
            .prepare("SELECT account_id FROM github_accounts WHERE login = ?1 UNION ALL SELECT account_id FROM oauth_github WHERE login = ?1")?
            .query_map([&code], |row| row.get(0))?
            .next()
            .transpose()?;
        let id = match code.as_str() {
            "bad" | "err500" => return Ok(()),
            "unknown-token-user" => -1,
            _ => known.unwrap_or_else(|| panic!("{code} is nobody on GitHub")),
        };
        transaction.execute("INSERT OR REPLACE INTO github_codes VALUES (?1, ?2, ?3)", rusqlite::params![code, id, now])?;
        Ok(())
    });
    done.await.expect("the code is laid out");
}

pub fn variant_of(file: &str) -> Variant {
    let base = Variant {
        cdn_base: Some("https://static.registry.example".to_owned()),
        client_id: Some("fixture-client-id".to_owned()),
        ..Variant::default()
    };
    let name = file.trim_end_matches(".json");
    match name.split_once('/') {
        Some(("variant-adjust-all", _)) => Variant {
            adjust_all: true,
            ..base
        },
        Some(("variant-read-only", _)) => Variant {
            read_only: true,
            banner: Some("crates.io is in read-only mode for database maintenance.".to_owned()),
            ..base
        },
        Some(("variant-misc", "tokens-create-disabled")) => Variant {
            token_creation_disabled: Some(
                "Token creation is temporarily disabled due to an incident.".to_owned(),
            ),
            ..base
        },
        Some(("variant-misc", "blocked-route")) => Variant {
            blocked_route: Some("/api/v1/summary".to_owned()),
            ..base
        },
        Some(("variant-misc", "blocked-user-agent")) => Variant {
            blocked_user_agent: Some("a test".to_owned()),
            ..base
        },
        Some(("variant-misc", _)) => Variant {
            sign_up_off: true,
            ..base
        },
        Some(("settings", "version-yank-rate-limited")) => Variant {
            yank_burst: Some(0),
            ..base
        },
        _ => base,
    }
}

pub async fn start(variant: Variant) -> Registry {
    let registry = Registry::start(Seed::Recorded, |config| {
        config.level = Level::August;
        config.variant = variant;
    })
    .await;
    registry.running.app.clock.set(Timestamp(recorded::NOW));
    let done = registry.running.app.pool.write(|transaction| {
        for login in ["newcomer", "newcomer2", "newcomer3"] {
            let account = account(login);
            transaction.execute(
                "INSERT OR REPLACE INTO github_accounts (account_id, login, name, email, avatar) VALUES (?1, ?2, ?3, ?4, ?5)",
                rusqlite::params![account.id, account.login, account.name, account.email, account.avatar],
            )?;
        }
        Ok(())
    });
    done.await.expect("the newcomers are laid out");
    registry
}

pub async fn replay(
    registry: &Registry,
    file: &str,
    recording: &Value,
    before: &Session,
) -> (Answer, Session) {
    let request = &recording["request"];
    let method = request["method"].as_str().expect("a method");
    let mut path = request["path"].as_str().expect("a path").to_owned();
    if path.contains("EMAIL-TOKEN") {
        let token = registry.running.app.read(|connection| {
            Ok(
                connection.query_row("SELECT token FROM emails WHERE user_id = 10", [], |row| {
                    row.get::<_, String>(0)
                })?,
            )
        });
        path = path.replace("EMAIL-TOKEN", &token.await.expect("ferris has a token"));
    }
    if file.contains("/authorize-")
        && let Some(code) = request["body"]["code"].as_str()
    {
        lay_out_code(registry, code).await;
    }
    let visitor = Visitor {
        registry,
        session: session(registry, file, request, before),
    };
    let mut headers = visitor.headers("GET");
    match request["origin"].as_str() {
        Some("allowed") => headers.push(("origin".to_owned(), registry.app().to_owned())),
        Some("foreign") => headers.push(("origin".to_owned(), "https://evil.example".to_owned())),
        Some(other) => headers.push(("origin".to_owned(), other.to_owned())),
        None => {}
    }
    if file.ends_with("tampered-cookie.json") {
        for (_, value) in headers.iter_mut().filter(|(name, _)| name == "cookie") {
            *value = value.replace("cargo_session=", "cargo_session=x");
        }
    }
    let mut body = match &request["body"] {
        Value::Null => None,
        Value::String(text) => Some(text.clone().into_bytes()),
        body => Some(spaced(body).into_bytes()),
    };
    if file.ends_with("accept-bad-body.json") || file.ends_with("signup-post-empty-object.json") {
        body = Some(b"{}".to_vec());
    }
    let is_json =
        !file.ends_with("wrong-content-type.json") && !file.ends_with("create-missing-body.json");
    if (body.is_some() || matches!(method, "PUT" | "POST" | "PATCH")) && is_json {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    for (name, value) in request["headers"].as_object().into_iter().flatten() {
        headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        if let Some(value) = value.as_str() {
            let value = match file {
                // The placeholder of a token that existed.
                "me/get-with-api-token.json" | "tokens/create-with-token.json" => {
                    token_of_ferris(registry).await
                }
                _ => value.to_owned(),
            };
            headers.push((name.clone(), value));
        }
    }
    let answer = exchange(
        registry.app(),
        method,
        &path,
        &headers,
        body.unwrap_or_default(),
    )
    .await;
    let answer = answer.unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut visitor = visitor;
    visitor.take_session(&answer);
    (answer, visitor.session)
}

/// JSON with a blank after each comma and colon, as the recordings' client wrote it: errors name columns.
fn spaced(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            // Keys come sorted; the client wrote the name of a token first.
            entries.sort_by_key(|(key, _)| *key != "name");
            let entries: Vec<String> = entries
                .into_iter()
                .map(|(key, value)| format!("{}: {}", json!(key), spaced(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(entries) => format!(
            "[{}]",
            entries.iter().map(spaced).collect::<Vec<_>>().join(", ")
        ),
        scalar => scalar.to_string(),
    }
}

/// A token of ferris that works; the seed keeps only hashes.
async fn token_of_ferris(registry: &Registry) -> String {
    let token = "cioAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let hash = nameplate_registry::call::token_hash(token);
    let done = registry.running.app.pool.write(move |transaction| {
        transaction.execute("UPDATE api_tokens SET token_hash = ?1 WHERE id = 1", [hash])?;
        Ok(())
    });
    done.await.expect("the token is laid out");
    token.to_owned()
}
