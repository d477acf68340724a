//! Names are safe: whatever comes at once or breaks off, one name has one holder and no answer was a lie.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use nameplate_registry::{
    db,
    session::{Key, Session, USER_ID},
};
use serde_json::json;
use tokio::task::JoinSet;

use crate::harness::{Registry, Scratch, exchange};

const CLIENTS: i64 = 200;
const ROUNDS: i64 = 100;

/// Fills an empty registry with plain users 1 to `count`, named `user-1` and so on.
async fn people(registry: &Registry, count: i64) {
    let filled = registry.running.app.pool.write(move |transaction| {
        let mut insert = transaction
            .prepare("INSERT INTO users (id, username, gh_login) VALUES (?1, ?2, ?2)")?;
        for id in 1..=count {
            insert.execute(rusqlite::params![id, format!("user-{id}")])?;
        }
        Ok(())
    });
    filled.await.expect("people are laid out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_200_simultaneous_claims_to_one_name_exactly_one_wins_in_100_rounds() {
    let registry = Registry::empty().await;
    people(&registry, CLIENTS / 2).await;
    for round in 0..ROUNDS {
        // Everybody spells it differently; half are renames, half are sign-ups of new people.
        let spellings = [
            format!("the-prize-{round}"),
            format!("The_Prize_{round}"),
            format!("THE-prize_{round}"),
        ];
        let mut claims = JoinSet::new();
        for client in 0..CLIENTS {
            let spelling = spellings[usize::try_from(client).unwrap() % spellings.len()].clone();
            let (visitor, method, path, body) = if client < CLIENTS / 2 {
                let id = client + 1;
                (
                    registry.user(id),
                    "PUT",
                    format!("/api/v1/users/{id}"),
                    json!({ "user": { "username": spelling } }),
                )
            } else {
                let account = 1_000_000 + round * CLIENTS + client;
                let body = json!({ "signup": { "username": spelling, "email": "a@example.com" } });
                (
                    registry.newcomer(account, &format!("gh-{account}")),
                    "POST",
                    "/api/private/session/signup".to_owned(),
                    body,
                )
            };
            let mut headers = visitor.headers(method);
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
            let origin = registry.app().to_owned();
            claims.spawn(async move {
                exchange(
                    &origin,
                    method,
                    &path,
                    &headers,
                    body.to_string().into_bytes(),
                )
                .await
            });
        }
        let mut statuses: BTreeMap<u16, i64> = BTreeMap::new();
        while let Some(answer) = claims.join_next().await {
            let answer = answer
                .expect("no client panics")
                .expect("every client gets an answer");
            *statuses.entry(answer.status).or_default() += 1;
        }
        assert_eq!(
            statuses,
            BTreeMap::from([(200, 1), (409, CLIENTS - 1)]),
            "round {round}"
        );
        let canonical = format!("the_prize_{round}");
        let holders = registry.running.app.read(move |connection| {
            let count = "SELECT count(*) FROM users WHERE canonical = ?1";
            Ok(connection.query_row(count, [canonical], |row| row.get::<_, i64>(0))?)
        });
        assert_eq!(holders.await.expect("a count"), 1, "round {round}");
        // Winners by rename rest for 30 days; they are to compete again.
        registry.pass_days(31);
    }
    // Every round left a rename or a sign-up in the history, and nothing else did.
    assert_eq!(
        registry
            .number("SELECT count(*) FROM username_changes")
            .await,
        ROUNDS
    );
    let agree = "SELECT count(*) FROM username_changes h JOIN users u ON u.id = h.user_id WHERE u.username = h.to_username \
                 OR EXISTS (SELECT 1 FROM username_changes later WHERE later.user_id = h.user_id AND later.id > h.id)";
    assert_eq!(registry.number(agree).await, ROUNDS);
}

/// The program itself, in a process that can be killed.
struct Program {
    child: Child,
    app: String,
}

impl Program {
    fn start(scratch: &Scratch) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_nameplate-registry"))
            .args(["--port", "0", "--seed", "none", "--data"])
            .arg(scratch.file("killed.db"))
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe"))
            .read_line(&mut line)
            .expect("a line");
        let origins: serde_json::Value = serde_json::from_str(&line).expect("a line of JSON");
        Self {
            child,
            app: origins["app"].as_str().expect("an origin").to_owned(),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_in_the_middle_of_1000_renames_loses_no_answered_one_and_adds_none() {
    const RENAMES: i64 = 1000;
    let scratch = Scratch::new();
    drop(Program::start(&scratch));
    let key = {
        let connection = db::open(&scratch.file("killed.db")).expect("the database opens");
        let mut insert = connection
            .prepare("INSERT INTO users (id, username, gh_login) VALUES (?1, ?2, ?2)")
            .unwrap();
        for id in 1..=RENAMES {
            insert
                .execute(rusqlite::params![id, format!("before-{id}")])
                .unwrap();
        }
        drop(insert);
        let key: Vec<u8> = db::setting(&connection, "session_key")
            .unwrap()
            .expect("a key");
        Key::from_bytes(&key).expect("a key")
    };
    let mut program = Program::start(&scratch);
    let answered = Arc::new(AtomicUsize::new(0));
    let mut renames = JoinSet::new();
    for client in 0..20 {
        let (origin, key, answered) = (program.app.clone(), key.clone(), Arc::clone(&answered));
        renames.spawn(async move {
            let (mut done, mut unknown) = (Vec::new(), Vec::new());
            for id in (1..=RENAMES).filter(|id| id % 20 == client) {
                let mut session = Session::default();
                session.set(USER_ID, id.to_string());
                let headers = [
                    ("user-agent", "a test".to_owned()),
                    ("cookie", session.cookie(&key)),
                    ("origin", origin.clone()),
                    ("content-type", "application/json".to_owned()),
                ];
                let headers = headers.map(|(name, value)| (name.to_owned(), value));
                let body = json!({ "user": { "username": format!("after-{id}") } })
                    .to_string()
                    .into_bytes();
                match exchange(
                    &origin,
                    "PUT",
                    &format!("/api/v1/users/{id}"),
                    &headers,
                    body,
                )
                .await
                {
                    Ok(answer) => {
                        assert_eq!(answer.status, 200, "{}", answer.detail());
                        done.push(id);
                        answered.fetch_add(1, Ordering::SeqCst);
                    }
                    Err(_) => {
                        unknown.push(id);
                        break;
                    }
                }
            }
            (done, unknown)
        });
    }
    while answered.load(Ordering::SeqCst) < 300 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // SIGKILL: nothing is flushed, nobody is asked.
    program.child.kill().expect("it can be killed");
    program.child.wait().expect("it is gone");
    let (mut done, mut unknown) = (Vec::new(), Vec::new());
    while let Some(outcome) = renames.join_next().await {
        let (some, lost) = outcome.expect("no client panics");
        done.extend(some);
        unknown.extend(lost);
    }
    assert!(
        done.len() >= 300 && done.len() < 1000,
        "killed in the middle: {} were answered",
        done.len()
    );
    let restarted = Program::start(&scratch);
    let connection = db::open_reader(&scratch.file("killed.db")).expect("the database opens");
    let integrity: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(integrity, "ok");
    let violations = connection
        .prepare("PRAGMA foreign_key_check")
        .unwrap()
        .exists([])
        .unwrap();
    assert!(!violations);
    for id in 1..=RENAMES {
        let username: String = connection
            .query_row("SELECT username FROM users WHERE id = ?1", [id], |row| {
                row.get(0)
            })
            .unwrap();
        let history: i64 = connection
            .query_row(
                "SELECT count(*) FROM username_changes WHERE user_id = ?1",
                [id],
                |row| row.get(0),
            )
            .unwrap();
        let held: i64 = connection
            .query_row(
                "SELECT count(*) FROM held_usernames WHERE former_user_id = ?1",
                [id],
                |row| row.get(0),
            )
            .unwrap();
        // One transaction: the name, its history and the hold on the old one are there together or not at all.
        let renamed = username == format!("after-{id}");
        assert_eq!(
            (history, held),
            if renamed { (1, 1) } else { (0, 0) },
            "user {id} is {username}"
        );
        if done.contains(&id) {
            assert!(
                renamed,
                "the rename of {id} was answered with 200 and is gone"
            );
        } else if !unknown.contains(&id) {
            assert!(!renamed, "nobody asked for the rename of {id}");
        }
    }
    drop(restarted);
}
