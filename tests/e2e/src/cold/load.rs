//! One cold load and what it cost.

use super::session::Session;
use super::{Page, Profile, probe};
use crate::Outcome;
use crate::network::{Exchange, Network};
use crate::registry::Registry;

/// What a cold load cost. Times are milliseconds since the navigation began.
pub struct Load {
    /// What the content took.
    pub needed: Traffic,
    /// Avatars and pictures of READMEs.
    pub pictures: Traffic,
    /// What was only asked for once the content was there.
    pub later: Traffic,
    /// The first pixel.
    pub first_paint: f64,
    /// Heading and first entry, or README text, painted.
    pub content: f64,
    /// Tasks above 50 ms together, until then.
    pub long_tasks: f64,
}

/// Bytes over the network, headers included, and requests.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes.
    pub bytes: u64,
    /// Requests.
    pub requests: u64,
}

impl Load {
    /// Everything but pictures, whenever it was asked for.
    pub fn whole(&self) -> Traffic {
        Traffic {
            bytes: self.needed.bytes + self.later.bytes,
            requests: self.needed.requests + self.later.requests,
        }
    }
}

impl Traffic {
    /// All of these together.
    pub fn of<'a>(exchanges: impl Iterator<Item = &'a Exchange>) -> Self {
        exchanges.fold(Self::default(), |sum, one| Self {
            bytes: sum.bytes + one.bytes,
            requests: sum.requests + 1,
        })
    }
}

/// A page on a profile, all its runs.
pub struct Row {
    /// The page's name.
    pub page: &'static str,
    /// The profile.
    pub profile: Profile,
    /// The app.
    pub app: Vec<Load>,
    /// Its floor.
    pub floor: Vec<Load>,
}

/// Loads `path` in a browser nobody has used; `page` says what its content is.
pub async fn cold(
    registry: &Registry,
    page: &Page,
    path: &str,
    profile: Profile,
    session: Option<&Session>,
) -> Outcome<Load> {
    let browser = probe::browser(profile, page.heading, page.content).await?;
    if let Some(session) = session {
        session.resume(&browser).await?;
    }
    browser.goto(&format!("{}{path}", registry.app())).await?;
    let seen = probe::read(&browser, path).await?;
    browser.settle().await?;
    let network = browser.network().await?;
    browser.close().await?;
    let began = network.all().first().ok_or("nothing was asked for")?.sent;
    let ready = began + seen.content / 1000.0;
    Ok(Load {
        needed: Traffic::of(apart(&network, registry).filter(|one| one.sent <= ready)),
        later: Traffic::of(apart(&network, registry).filter(|one| one.sent > ready)),
        pictures: Traffic::of(
            network
                .over_the_wire()
                .filter(|one| is_picture(one, registry)),
        ),
        first_paint: seen.first_paint,
        content: seen.content,
        long_tasks: seen.long_tasks,
    })
}

fn apart<'a>(network: &'a Network, registry: &'a Registry) -> impl Iterator<Item = &'a Exchange> {
    network
        .over_the_wire()
        .filter(move |one| !is_picture(one, registry))
}

fn is_picture(exchange: &Exchange, registry: &Registry) -> bool {
    exchange.kind == "Image" && exchange.url.starts_with(registry.files())
}
