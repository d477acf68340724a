//! What became of a write to one's own account.
//!
//! A lost answer proves nothing, so `me` is read back before anything is said; and a form that was filled in by one person is
//! never said to have been saved for another. What is read back is taken over as the session.

use super::session::SessionState;
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::domain::user::{UserId, Viewer};
use crate::domain::username::Username;

/// How a write ended.
#[derive(Clone, Debug, PartialEq)]
pub enum WriteEnd {
    /// It is done; `me` says so, or the server did and `me` could not be read.
    Done,
    /// Refused: nothing was changed.
    Refused(ApiError),
    /// The answer was lost, and `me` has nothing of it so far.
    NotSoFar,
    /// The answer was lost, and `me` could not be read either.
    Unknown,
    /// Nobody is signed in any more: nothing was changed.
    SignedOut,
    /// Somebody else is signed in by now: nothing was changed.
    SomebodyElse(Username),
}

/// Reads `me`, takes it over as the session, and hands it on.
pub async fn read_me(session: SessionState, client: &Client) -> Result<Viewer, ApiError> {
    let answer = client.me().await;
    match &answer {
        Ok(viewer) => session.believe(viewer.clone()),
        Err(ApiError::SignedOut { .. }) => session.forget(),
        Err(_) => {}
    }
    answer
}

/// Finds out how a write of `id`'s ended. `is_done` looks whether `me` has what was written. Other tabs are told of what
/// was changed.
pub async fn end_of_write(
    session: SessionState,
    client: &Client,
    id: UserId,
    result: Result<(), ApiError>,
    is_done: impl Fn(&Viewer) -> bool,
) -> WriteEnd {
    if let Err(ApiError::SignedOut { .. }) = &result {
        return WriteEnd::SignedOut;
    }
    let me = client.me().await;
    if let Ok(viewer) = &me {
        session.believe(viewer.clone());
    }
    match (result, me) {
        (_, Err(ApiError::SignedOut { .. })) => WriteEnd::SignedOut,
        (_, Ok(viewer)) if viewer.id != id => WriteEnd::SomebodyElse(viewer.username),
        (Ok(()), _) => {
            session.tell_other_tabs();
            WriteEnd::Done
        }
        (Err(error), Ok(viewer)) if error.leaves_outcome_unknown() => {
            if is_done(&viewer) {
                session.tell_other_tabs();
                WriteEnd::Done
            } else {
                WriteEnd::NotSoFar
            }
        }
        (Err(error), Err(_)) if error.leaves_outcome_unknown() => WriteEnd::Unknown,
        (Err(error), _) => WriteEnd::Refused(error),
    }
}
