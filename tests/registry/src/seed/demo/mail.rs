//! The mails that lie in the outbox from the start: one for each pending invitation, one for each address not proven.
//!
//! Worded as the registry words them, so that the links in them can be clicked like those of a mail sent today.

use crate::seed::world::{Mail, User, World};

/// All of them, the oldest first.
#[must_use]
pub fn all(world: &World) -> Vec<Mail> {
    let address = |user: &User| user.email.as_ref().map(|email| email.address.clone());
    let person = |id: i64| world.users.iter().find(|user| user.id == id);
    let mut mails = vec![];
    for user in &world.users {
        let Some(email) = user.email.as_ref().filter(|email| !email.verified) else {
            continue;
        };
        let path = format!("/confirm/{}", email.token);
        mails.push(Mail {
            at: email.sent_at.unwrap_or_default(),
            kind: "confirm",
            to: email.address.clone(),
            subject: "Confirm your e-mail address".to_owned(),
            body: format!(
                "Hello {},\n\nplease confirm that this is your e-mail address by opening\n\n{{app}}{path}\n",
                user.username
            ),
            link: path,
        });
    }
    for invitation in &world.invitations {
        let (Some(invitee), Some(inviter)) =
            (person(invitation.invitee), person(invitation.inviter))
        else {
            continue;
        };
        let Some(to) = address(invitee) else { continue };
        let path = format!("/accept-invite/{}", invitation.token);
        let (from, krate) = (&inviter.username, &invitation.krate);
        mails.push(Mail {
            at: invitation.at,
            kind: "invite",
            to,
            subject: format!("{from} invites you to own the crate {krate}"),
            body: format!(
                "Hello {},\n\n{from} invites you to become an owner of the crate {krate}. To accept, open\n\n\
                 {{app}}{path}\n\nor go to {{app}}/me/pending-invites to accept or decline.\n",
                invitee.username
            ),
            link: path,
        });
    }
    mails.sort_by_key(|mail| mail.at);
    mails
}
