//! E-mail without a mail server: what would have been sent is kept, and shown on a page of the stand-in.

use rusqlite::{Connection, params};
use serde_json::{Value, json};

use crate::{clock::Timestamp, error::ApiResult, html::escape};

/// How many messages are shown, the latest first.
const SHOWN: i64 = 500;

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    id: i64,
    sent_at: Timestamp,
    kind: String,
    to: String,
    subject: String,
    body: String,
    links: Vec<String>,
}

/// "Sends" a message. `links` are paths of the app; in the body `{app}` stands for the app's origin.
pub fn send(
    connection: &Connection,
    now: Timestamp,
    kind: &str,
    to: &str,
    subject: &str,
    body: &str,
    links: &[String],
) -> ApiResult<()> {
    connection
        .prepare_cached("INSERT INTO outbox (sent_at, kind, to_addr, subject, body, links) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![now, kind, to, subject, body, json!(links).to_string()])?;
    Ok(())
}

/// The latest messages, the latest first.
pub fn list(connection: &Connection) -> ApiResult<Vec<Message>> {
    let mut statement =
        connection.prepare_cached("SELECT id, sent_at, kind, to_addr, subject, body, links FROM outbox ORDER BY id DESC LIMIT ?1")?;
    let mut rows = statement.query([SHOWN])?;
    let mut messages = Vec::new();
    while let Some(row) = rows.next()? {
        messages.push(Message {
            id: row.get(0)?,
            sent_at: row.get(1)?,
            kind: row.get(2)?,
            to: row.get(3)?,
            subject: row.get(4)?,
            body: row.get(5)?,
            links: serde_json::from_str(&row.get::<_, String>(6)?)?,
        });
    }
    Ok(messages)
}

impl Message {
    fn text(&self, app: &str) -> String {
        self.body.replace("{app}", app)
    }

    fn urls(&self, app: &str) -> Vec<String> {
        self.links
            .iter()
            .map(|path| format!("{app}{path}"))
            .collect()
    }

    /// As JSON.
    pub fn json(&self, app: &str) -> Value {
        json!({
            "id": self.id, "sent_at": self.sent_at, "kind": self.kind, "to": self.to, "subject": self.subject,
            "body": self.text(app), "links": self.urls(app),
        })
    }

    /// As an item of a list.
    pub fn html(&self, app: &str) -> String {
        let links: String = self
            .urls(app)
            .iter()
            .map(|url| format!("<p><a href=\"{0}\">{0}</a></p>", escape(url)))
            .collect();
        format!(
            "<li><h2>{}</h2><p>To {} at {}</p><pre>{}</pre>{links}</li>",
            escape(&self.subject),
            escape(&self.to),
            self.sent_at,
            escape(&self.text(app))
        )
    }
}
