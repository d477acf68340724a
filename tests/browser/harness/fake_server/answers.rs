//! Which answer a request gets: the part of the contract that the pages in these tests stand on.

use super::data::{Account, Data, Level, PendingSignup, canonical, errors};
use nameplate::api::transport::{Method, Request};
use serde_json::{Value, json};

pub(super) type Answer = (u16, Value);

/// A request taken apart.
struct Asked<'a> {
    path: Vec<String>,
    query: Vec<(String, String)>,
    body: &'a Value,
}

impl Asked<'_> {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str, otherwise: usize) -> usize {
        self.parameter(name)
            .and_then(|value| value.parse().ok())
            .unwrap_or(otherwise)
    }
}

impl Data {
    /// Answers as the server would, and remembers what was changed.
    pub(super) fn answer(&mut self, request: &Request) -> Answer {
        let address = request.endpoint.as_str();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let body = request
            .body
            .as_deref()
            .map(|text| serde_json::from_str(text).expect("JSON is sent"));
        let body = body.unwrap_or(Value::Null);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let asked = Asked {
            path: path.split('/').skip(1).map(decoded).collect(),
            query: pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(key, value)| (decoded(key), decoded(&value.replace('+', " "))))
                .collect(),
            body: &body,
        };
        let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
        match (request.method, path.as_slice()) {
            (Method::Get, ["api", "v1", "site_metadata"]) => (200, self.site_metadata()),
            (Method::Get, ["api", "v1", "me"]) => match self.viewer() {
                Some(account) => (200, self.me(account)),
                None => signed_out(),
            },
            (Method::Get, ["api", "v1", "users", name]) => self.user_named(name, &asked),
            (Method::Get, ["api", "v1", "users", id, "stats"]) => self.stats(id),
            (Method::Put, ["api", "v1", "users", id]) => self.change_user(id, &asked),
            (Method::Get, ["api", "v1", "crates"]) => self.crates(&asked),
            (Method::Get, ["api", "v1", "crates", name]) => self.crate_named(name),
            (Method::Get, ["api", "v1", "crates", name, "owners"]) => {
                match self.crate_by_name(name) {
                    Some(krate) => (200, json!({"users": self.owners(krate)})),
                    None => no_crate(name),
                }
            }
            (Method::Put, ["api", "v1", "crates", name, "owners"]) => self.add_owners(name, &body),
            (Method::Get, ["api", "private", "crate_owner_invitations"]) => {
                self.invitations_to(asked.parameter("crate_name").unwrap_or_default())
            }
            (Method::Get, ["api", "v1", "crates", name, version, "readme"]) => (
                200,
                json!({"url": format!("https://static.invalid/readmes/{name}/{name}-{version}.html")}),
            ),
            (Method::Get, ["", "static.invalid", "readmes", ..]) => (403, Value::Null),
            (Method::Get, ["api", "private", "usernames", name]) => self.availability(name),
            (Method::Post, ["api", "private", "session", "begin"]) => {
                self.pending = None;
                self.begun += 1;
                (
                    200,
                    json!({"url": self.github, "state": format!("state-{}", self.begun)}),
                )
            }
            (Method::Post, ["api", "private", "session", "authorize"]) => self.authorize(&asked),
            (Method::Get, ["api", "private", "session", "signup"]) => self.signup(),
            (Method::Post, ["api", "private", "session", "signup"]) => self.sign_up(&asked),
            (Method::Delete, ["api", "private", "session", "signup"]) => {
                self.pending = None;
                (200, json!({"ok": true}))
            }
            (Method::Delete, ["api", "private", "session"]) => {
                self.signed_in = None;
                self.pending = None;
                (200, json!({"ok": true}))
            }
            _ => panic!(
                "the fake server knows no {} {address}",
                request.method.as_str()
            ),
        }
    }

    fn site_metadata(&self) -> Value {
        json!({
            "commit": "fake",
            "deployed_sha": "fake",
            "read_only": false,
            "banner_message": Value::Null,
            "cdn_base": "https://static.invalid",
        })
    }

    fn user_named(&self, name: &str, asked: &Asked<'_>) -> Answer {
        let found = match name.split_once(':') {
            None => self.by_name(name),
            Some(_) if self.level != Level::Full => None,
            Some(("github", login)) => {
                let is_theirs = |one: &&Account| {
                    one.github
                        .as_ref()
                        .is_some_and(|it| it.eq_ignore_ascii_case(login))
                };
                self.accounts.iter().find(is_theirs)
            }
            Some(("crates.io", username)) => self.by_name(username),
            Some(_) => None,
        };
        let Some(account) = found else {
            return (404, errors("Not Found"));
        };
        let mut body = json!({"user": self.user(account)});
        let wants_linked = asked.parameter("include") == Some("linked_accounts");
        if wants_linked && self.level != Level::August {
            body["linked_accounts"] = self.linked_accounts(account);
        }
        (200, body)
    }

    fn stats(&self, id: &str) -> Answer {
        let account = id.parse().ok().and_then(|id| self.by_id(id));
        (
            200,
            json!({"total_downloads": account.map_or(0, |account| account.downloads)}),
        )
    }

    fn change_user(&mut self, id: &str, asked: &Asked<'_>) -> Answer {
        let Some(viewer) = self.viewer().map(|account| account.id) else {
            return signed_out();
        };
        if id != viewer.to_string() {
            return (400, errors("current user does not match requested user"));
        }
        if let Some(wanted) = asked.body["user"]["username"]
            .as_str()
            .filter(|_| self.level == Level::Full)
        {
            if self
                .reserved
                .iter()
                .any(|name| canonical(name) == canonical(wanted))
            {
                return (
                    400,
                    errors(&format!("The username `{wanted}` is reserved.")),
                );
            }
            if let Some(other) = self.by_name(wanted).filter(|other| other.id != viewer) {
                return (
                    409,
                    errors(&format!("The username `{}` is taken.", other.username)),
                );
            }
            if let Some(account) = self
                .accounts
                .iter_mut()
                .find(|account| account.id == viewer)
            {
                account.rename(wanted);
            }
        }
        if let Some(email) = asked.body["user"]["email"].as_str()
            && let Some(account) = self
                .accounts
                .iter_mut()
                .find(|account| account.id == viewer)
        {
            account.email = Some(email.to_owned());
        }
        (200, json!({"ok": true}))
    }

    fn crates(&self, asked: &Asked<'_>) -> Answer {
        let owner: Option<i64> = asked.parameter("user_id").and_then(|id| id.parse().ok());
        let mut found: Vec<_> = self
            .crates
            .iter()
            .filter(|krate| owner.is_none_or(|owner| krate.owners.contains(&owner)))
            .collect();
        match asked.parameter("sort") {
            Some("downloads") => found.sort_by_key(|krate| std::cmp::Reverse(krate.downloads)),
            _ => found.sort_by(|one, other| one.name.cmp(&other.name)),
        }
        let per_page = asked.number("per_page", 10);
        let page = asked.number("page", 1).max(1);
        let shown: Vec<Value> = found
            .iter()
            .skip((page - 1) * per_page)
            .take(per_page)
            .map(|krate| self.krate(krate))
            .collect();
        // A page past the end reports a total of 0 (contract, trap 7).
        let total = if shown.is_empty() { 0 } else { found.len() };
        let link = |to: usize| format!("?page={to}&per_page={per_page}");
        let next = (page * per_page < found.len()).then(|| link(page + 1));
        let prev = (page > 1).then(|| link(page - 1));
        (
            200,
            json!({"crates": shown, "meta": {"total": total, "next_page": next, "prev_page": prev}}),
        )
    }

    fn crate_named(&self, name: &str) -> Answer {
        let Some(krate) = self.crate_by_name(name) else {
            return no_crate(name);
        };
        let body = json!({
            "crate": self.krate(krate),
            "versions": [self.version(krate)],
            "keywords": [],
            "categories": [],
        });
        (200, body)
    }

    /// `new` as a code is somebody without an account, a number is the account of that id.
    fn authorize(&mut self, asked: &Asked<'_>) -> Answer {
        if asked.body["state"] != format!("state-{}", self.begun).as_str() {
            return (400, errors("invalid state parameter"));
        }
        let code = asked.body["code"].as_str().unwrap_or_default();
        if let Some(login) = code.strip_prefix("new-") {
            self.signed_in = None;
            self.pending = Some(PendingSignup::new(login));
            return (200, json!({"status": "signup_required"}));
        }
        let Some(id) = code.parse().ok().filter(|id| self.by_id(*id).is_some()) else {
            return (400, errors("GitHub does not know this code"));
        };
        self.signed_in = Some(id);
        let mut answer = self
            .viewer()
            .map(|account| self.me(account))
            .unwrap_or_default();
        answer["status"] = json!("signed_in");
        (200, answer)
    }

    fn signup(&self) -> Answer {
        match (&self.signed_in, &self.pending) {
            (Some(_), _) => (400, errors("You are already signed in.")),
            (None, None) => no_signup(),
            (None, Some(pending)) => {
                let mut signup = json!({"login": pending.login, "email": pending.email});
                if self.level == Level::Full {
                    signup["name"] = json!(format!("{} at GitHub", pending.login));
                    signup["expires_at"] = json!(pending.expires_at);
                }
                (200, json!({"signup": signup}))
            }
        }
    }

    fn sign_up(&mut self, asked: &Asked<'_>) -> Answer {
        if self.signed_in.is_some() {
            return (400, errors("You are already signed in."));
        }
        let Some(pending) = self.pending.clone() else {
            return no_signup();
        };
        let email = asked.body["signup"]["email"].as_str().unwrap_or_default();
        if !email.contains('@') || email.contains("refused") {
            return (422, errors("signup.email: Missing domain or user"));
        }
        let username = match asked.body["signup"]["username"].as_str() {
            Some(username) if self.level == Level::Full => username.to_owned(),
            _ => pending.login.clone(),
        };
        let (verdict, detail) = self.judge(&username, None);
        match verdict {
            "available" => {}
            "reserved" => return (400, errors(&detail)),
            _ => return (409, errors(&detail)),
        }
        let id = 9_000 + i64::try_from(self.accounts.len()).unwrap_or_default();
        self.accounts.push(Account {
            email: Some(email.to_owned()),
            ..Account::new(id, &username).github(Some(&pending.login))
        });
        self.pending = None;
        self.signed_in = Some(id);
        (
            200,
            self.viewer()
                .map(|account| self.me(account))
                .unwrap_or_default(),
        )
    }

    /// What a name is to somebody, and the words that refuse it.
    fn judge(&self, name: &str, viewer: Option<i64>) -> (&'static str, String) {
        let same = |other: &str| canonical(other) == canonical(name);
        match self.by_name(name) {
            Some(holder) if Some(holder.id) == viewer => return ("own", String::new()),
            Some(holder) => {
                return (
                    "taken",
                    format!("The username `{}` is taken.", holder.username),
                );
            }
            None => {}
        }
        if self.reserved.iter().any(|reserved| same(reserved)) {
            return ("reserved", format!("The username `{name}` is reserved."));
        }
        if self.held.iter().any(|(held, _)| same(held)) {
            return (
                "held",
                format!("The username `{name}` is not available yet."),
            );
        }
        if self.similar.iter().any(|(similar, _)| same(similar)) {
            return (
                "too_similar",
                format!("The username `{name}` is too similar to another."),
            );
        }
        ("available", String::new())
    }

    fn availability(&self, name: &str) -> Answer {
        if self.level != Level::Full {
            return (404, errors("Not Found"));
        }
        let viewer = self.viewer().map(|viewer| viewer.id);
        if viewer.is_none() && self.pending.is_none() {
            return signed_out();
        }
        let (verdict, detail) = self.judge(name, viewer);
        let mut said = json!({"requested": name, "canonical": canonical(name), "availability": verdict, "detail": detail});
        let other = |list: &[(String, String)]| {
            let found = list
                .iter()
                .find(|(listed, _)| canonical(listed) == canonical(name));
            found.map(|(_, other)| other.clone())
        };
        match verdict {
            "taken" => said["taken_by"] = json!(self.by_name(name).map(|holder| &holder.username)),
            "held" => said["available_at"] = json!(other(&self.held)),
            "too_similar" => said["similar_to"] = json!(other(&self.similar)),
            _ => {}
        }
        (200, json!({"username": said}))
    }
}

fn no_signup() -> Answer {
    let detail =
        "Your signup session is missing or has expired. Please authenticate with GitHub again.";
    (400, errors(detail))
}

pub(super) fn signed_out() -> Answer {
    (403, errors("this action requires authentication"))
}

pub(super) fn no_crate(name: &str) -> Answer {
    (404, errors(&format!("crate `{name}` does not exist")))
}

fn decoded(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}
