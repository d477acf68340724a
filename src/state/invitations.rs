//! Lists of invitations, whole: the server gives them page by page and does not tell how many there are.

use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::domain::invitation::{Invitation, InvitationPage};
use crate::domain::user::UserId;

/// Nobody has more pages; a server that leads in circles is not followed for ever.
const MOST_PAGES: usize = 100;

/// Every invitation to a crate that the server lists; for its owners.
pub async fn all_invitations_to(client: &Client, krate: &str) -> Result<Vec<Invitation>, ApiError> {
    let first = client.invitations_to(krate).await?;
    rest(client, first).await
}

/// Every invitation to a user, who must be the signed-in one.
pub async fn all_invitations_of(
    client: &Client,
    invitee: UserId,
) -> Result<Vec<Invitation>, ApiError> {
    let first = client.invitations_of(invitee).await?;
    rest(client, first).await
}

async fn rest(client: &Client, first: InvitationPage) -> Result<Vec<Invitation>, ApiError> {
    let InvitationPage {
        mut invitations,
        mut next,
    } = first;
    for _ in 1..MOST_PAGES {
        let Some(link) = next else { break };
        let page = client.more_invitations(&link).await?;
        invitations.extend(page.invitations);
        next = page.next;
    }
    Ok(invitations)
}
