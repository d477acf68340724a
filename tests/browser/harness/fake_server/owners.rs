//! Owners and invitations: who may be named how, by the server's level, and what is refused in which words.

use super::answers::{Answer, no_crate, signed_out};
use super::data::{Data, FakeInvitation, Level, errors, in_days};
use serde_json::{Value, json};

impl Data {
    /// `PUT /api/v1/crates/{crate}/owners`
    pub(super) fn add_owners(&mut self, name: &str, body: &Value) -> Answer {
        let Some(viewer) = self.viewer().map(|viewer| viewer.id) else {
            return signed_out();
        };
        let Some(krate) = self.crate_by_name(name) else {
            return no_crate(name);
        };
        let (krate, is_owner) = (krate.name.clone(), krate.owners.contains(&viewer));
        if !is_owner {
            return (403, errors("only owners have permission to modify owners"));
        }
        let Some(owner) = body["owners"][0].as_str() else {
            return (400, errors("invalid json request"));
        };
        if owner.matches(':').count() == 2 {
            return self.add_team(&krate, owner);
        }
        let Some(invitee) = self.named(owner) else {
            return (
                400,
                errors(&format!("could not find user with login `{owner}`")),
            );
        };
        let is_owner = |krate: &super::FakeCrate| krate.owners.contains(&invitee);
        if self.crate_by_name(&krate).is_some_and(is_owner) {
            return (400, errors(&format!("`{owner}` is already an owner")));
        }
        let is_it = |one: &FakeInvitation| one.krate == krate && one.invitee == invitee;
        if !self.invitations.iter().any(is_it) {
            self.invitations.push(FakeInvitation {
                krate: krate.clone(),
                invitee,
                inviter: viewer,
                expires_at: in_days(30.0),
            });
        }
        let said = format!("user {owner} has been invited to be an owner of crate {krate}");
        (200, json!({"ok": true, "msg": said}))
    }

    fn add_team(&mut self, krate: &str, team: &str) -> Answer {
        if !self.teams.iter().any(|known| known == team) {
            return (
                400,
                errors(&format!("could not find the github team {team}")),
            );
        }
        if let Some(krate) = self.crates.iter_mut().find(|one| one.name == krate) {
            krate.teams.push(team.to_owned());
        }
        let said = format!("team {team} has been added as an owner of crate {krate}");
        (200, json!({"ok": true, "msg": said}))
    }

    /// Whom a name of an owner request means: on the oldest servers the GitHub login, on others what its prefix says.
    fn named(&self, owner: &str) -> Option<i64> {
        let by_github = |login: &str| {
            let is_theirs = |github: &String| github.eq_ignore_ascii_case(login);
            self.accounts
                .iter()
                .find(|one| one.github.as_ref().is_some_and(is_theirs))
        };
        let found = match owner.split_once(':') {
            _ if self.level == Level::August => by_github(owner),
            None | Some(("crates.io", _)) => self.by_name(owner.trim_start_matches("crates.io:")),
            Some(("github", login)) => by_github(login),
            Some(_) => None,
        };
        found.map(|account| account.id)
    }

    /// `GET /api/private/crate_owner_invitations?crate_name=`
    pub(super) fn invitations_to(&self, name: &str) -> Answer {
        if self.viewer().is_none() {
            return signed_out();
        }
        let open: Vec<&FakeInvitation> = self
            .invitations
            .iter()
            .filter(|invitation| invitation.krate == name)
            .collect();
        let users = open
            .iter()
            .flat_map(|invitation| [invitation.invitee, invitation.inviter])
            .filter_map(|id| self.by_id(id))
            .map(|account| self.user(account));
        let invitations = open.iter().map(|invitation| {
            json!({
                "crate_id": 1,
                "crate_name": invitation.krate,
                "invitee_id": invitation.invitee,
                "inviter_id": invitation.inviter,
                "created_at": "2026-11-01T12:00:00Z",
                "expires_at": invitation.expires_at,
            })
        });
        let body = json!({
            "invitations": invitations.collect::<Vec<_>>(),
            "users": users.collect::<Vec<_>>(),
            "meta": {"next_page": Value::Null},
        });
        (200, body)
    }
}
