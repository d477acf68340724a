//! A change of the reader's own username, as open pages of other tabs notice it: their header follows by itself, what else
//! shows the name has to be asked for anew.

use super::session::SessionState;
use crate::domain::user::UserId;
use crate::domain::username::Username;
use crate::reactive::Memo;

/// The last change seen since the page was loaded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnNameChange {
    /// How many there were.
    pub count: u32,
    /// Whose.
    pub id: UserId,
    /// The former name.
    pub from: Username,
    /// The name now.
    pub to: Username,
}

/// Who was signed in under which name when the session was last looked at, and the change that was noticed since.
type Seen = (Option<(UserId, Username)>, Option<OwnNameChange>);

/// Follows the signed-in person's username. `None` until it changes; signing in and out is no change.
pub fn own_name_change(session: SessionState) -> Memo<Option<OwnNameChange>> {
    let seen = Memo::new(move |before: Option<&Seen>| {
        let now = session.with(|session| {
            session
                .viewer()
                .map(|viewer| (viewer.id, viewer.username.clone()))
        });
        let (known, change) = before.cloned().unwrap_or_default();
        match (known, now) {
            (Some((whose, from)), Some((id, to))) if whose == id && from != to => {
                let count = change.map_or(0, |change| change.count) + 1;
                (
                    Some((id, to.clone())),
                    Some(OwnNameChange {
                        count,
                        id,
                        from,
                        to,
                    }),
                )
            }
            // Between two readings of one's record nobody may be known.
            (known, None) => (known, change),
            (_, now) => (now, change),
        }
    });
    Memo::new(move |_| seen.with(|(_, change)| change.clone()))
}
