//! Owners of crates and invitations.

use crate::api::client::Client;
use crate::api::endpoint::Endpoint;
use crate::api::error::ApiError;
use crate::api::transport::{Method, Request};
use crate::api::wire::{self, invitation_request, owners_request};
use crate::domain::invitation::{InvitationAnswer, InvitationPage};
use crate::domain::krate_owner::CrateOwner;
use crate::domain::page::PageLink;
use crate::domain::user::UserId;

impl Client {
    /// The owners of a crate: people, then teams, each in the order in which the registry met them.
    pub async fn crate_owners(&self, krate: &str) -> Result<Vec<CrateOwner>, ApiError> {
        self.get(Endpoint::owners(krate))
            .await?
            .read(wire::owners::owners)
    }

    /// Invites a person or adds a team, named as the server's level understands it. Returns what the server says of it,
    /// as text. A repeated invitation is a success too.
    pub async fn add_owner(&self, krate: &str, owner: &str) -> Result<String, ApiError> {
        self.change_owners(Method::Put, krate, owner).await
    }

    /// Removes an owner, named as the server's level understands it. Returns what the server says of it, as text.
    pub async fn remove_owner(&self, krate: &str, owner: &str) -> Result<String, ApiError> {
        self.change_owners(Method::Delete, krate, owner).await
    }

    async fn change_owners(
        &self,
        method: Method,
        krate: &str,
        owner: &str,
    ) -> Result<String, ApiError> {
        let body = Some(owners_request(owner));
        let request = Request {
            method,
            endpoint: Endpoint::owners(krate),
            body,
        };
        self.ask(request).await?.read(wire::owners::owners_changed)
    }

    /// The first page of the invitations to a user, who must be the signed-in one.
    pub async fn invitations_of(&self, invitee: UserId) -> Result<InvitationPage, ApiError> {
        self.get(Endpoint::invitations_of(invitee))
            .await?
            .read(wire::owners::invitations)
    }

    /// The first page of the open invitations to a crate; for its owners.
    pub async fn invitations_to(&self, krate: &str) -> Result<InvitationPage, ApiError> {
        self.get(Endpoint::invitations_to(krate))
            .await?
            .read(wire::owners::invitations)
    }

    /// The page of invitations that a link of an earlier page leads to.
    pub async fn more_invitations(&self, link: &PageLink) -> Result<InvitationPage, ApiError> {
        self.get(Endpoint::more_invitations(link))
            .await?
            .read(wire::owners::invitations)
    }

    /// Accepts or declines an invitation. Refusals: 403 e-mail address not confirmed, 404 there is none (any more), 410
    /// expired.
    pub async fn answer_invitation(
        &self,
        crate_id: i64,
        answer: InvitationAnswer,
    ) -> Result<(), ApiError> {
        let accept = answer == InvitationAnswer::Accept;
        let body = Some(invitation_request(crate_id, accept));
        let request = Request {
            method: Method::Put,
            endpoint: Endpoint::invitation(crate_id),
            body,
        };
        let answered = self.ask(request).await?.read(wire::owners::answered)?;
        if answered == (crate_id, accept) {
            Ok(())
        } else {
            Err(ApiError::Malformed)
        }
    }

    /// Accepts an invitation by the secret of the message; nobody needs to be signed in. Returns the number of the crate.
    pub async fn accept_invitation(&self, token: &str) -> Result<i64, ApiError> {
        let request = Request::new(Method::Put, Endpoint::invitation_by_token(token));
        let (crate_id, _) = self.ask(request).await?.read(wire::owners::answered)?;
        Ok(crate_id)
    }
}
