//! Whether a username can be had, on every level of server.

use crate::api::client::{Ability, Client};
use crate::api::endpoint::Endpoint;
use crate::api::error::ApiError;
use crate::api::wire;
use crate::domain::availability::Verdict;
use crate::domain::user::{Profile, UserId};
use crate::domain::username::CanonicalUsername;

impl Client {
    /// Asks whether the caller can have a name; `caller` is the signed-in user's id, nothing during a sign-up.
    ///
    /// A server without availability (404, 405) is asked for a user of that name instead, and that is remembered: then
    /// somebody has it, or nobody uses it now, which is no promise (contract, "Availability").
    pub async fn check_username(
        &self,
        name: &CanonicalUsername,
        caller: Option<UserId>,
    ) -> Result<Verdict, ApiError> {
        let ability = &self.0.availability;
        if ability.get() != Ability::Lacks {
            match self.get(Endpoint::availability(name)).await {
                Ok(answer) => {
                    ability.set(Ability::Has);
                    return answer.read(wire::names::verdict);
                }
                Err(ApiError::NotFound { .. } | ApiError::Rejected { status: 405, .. })
                    if ability.get() == Ability::NotTried =>
                {
                    ability.set(Ability::Lacks);
                }
                Err(error) => return Err(error),
            }
        }
        match self.get(Endpoint::user_existence(name)).await {
            Ok(answer) => {
                let Profile { user, .. } = answer.read(wire::users::profile)?;
                Ok(if Some(user.id) == caller {
                    Verdict::Own
                } else {
                    Verdict::Taken {
                        by: Some(user.username),
                    }
                })
            }
            Err(ApiError::NotFound { .. }) => Ok(Verdict::NobodyUsesIt),
            Err(error) => Err(error),
        }
    }
}
