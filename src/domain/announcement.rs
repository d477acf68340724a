//! What everybody is told at the top of every page, and which of it a person has dismissed.
//!
//! A text that was dismissed stays away, another one is shown again; so texts are remembered by a fingerprint, never in
//! full. It must not know where that is stored.

use super::site::SiteMetadata;

/// Something everybody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// The registry's own words: text, never markup.
    Banner(String),
    /// Nothing can be changed at present.
    ReadOnly,
}

/// What is remembered of a dismissed announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint(String);

/// The announcements a person has dismissed, the latest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dismissed(Vec<Fingerprint>);

/// Older ones are forgotten: no banner comes back after so many others.
const REMEMBERED: usize = 20;

impl Announcement {
    /// All there is to tell, in the order in which it is shown.
    pub fn all(site: &SiteMetadata) -> Vec<Self> {
        let banner = site
            .banner_message
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty());
        banner
            .map(|text| Self::Banner(text.to_owned()))
            .into_iter()
            .chain(site.read_only.then_some(Self::ReadOnly))
            .collect()
    }

    /// What it says.
    pub fn text(&self) -> &str {
        match self {
            Self::Banner(text) => text,
            Self::ReadOnly => {
                "The registry is read-only for now. Everything can be read; nothing can be changed until maintenance is over."
            }
        }
    }

    /// By what it is recognised (FNV-1a, 64 bits: nobody gains by making two texts that agree in it).
    pub fn fingerprint(&self) -> Fingerprint {
        let hash = self
            .text()
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Fingerprint(format!("{hash:016x}"))
    }
}

impl Dismissed {
    /// Reads what was stored: one fingerprint a line; anything else in it is ignored.
    pub fn parse(stored: &str) -> Self {
        let is_fingerprint =
            |line: &&str| line.len() == 16 && line.bytes().all(|b| b.is_ascii_hexdigit());
        let lines = stored.lines().filter(is_fingerprint);
        Self(lines.map(|line| Fingerprint(line.to_owned())).collect())
    }

    /// What is to be stored.
    pub fn print(&self) -> String {
        let lines: Vec<&str> = self.0.iter().map(|print| print.0.as_str()).collect();
        lines.join("\n")
    }

    /// Whether this text was dismissed.
    pub fn contains(&self, announcement: &Announcement) -> bool {
        self.0.contains(&announcement.fingerprint())
    }

    /// Dismisses it.
    pub fn add(&mut self, announcement: &Announcement) {
        self.remove(announcement);
        self.0.push(announcement.fingerprint());
        let superfluous = self.0.len().saturating_sub(REMEMBERED);
        self.0.drain(..superfluous);
    }

    /// Forgets that it was dismissed.
    pub fn remove(&mut self, announcement: &Announcement) {
        let print = announcement.fingerprint();
        self.0.retain(|known| *known != print);
    }

    /// Forgets the dismissal of a read-only time that is over: the next one is another, although its text is the same.
    /// Says whether there was one.
    pub fn catch_up(&mut self, site: &SiteMetadata) -> bool {
        let over = !site.read_only && self.contains(&Announcement::ReadOnly);
        if over {
            self.remove(&Announcement::ReadOnly);
        }
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(banner: Option<&str>, read_only: bool) -> SiteMetadata {
        SiteMetadata {
            cdn_base: None,
            read_only,
            banner_message: banner.map(str::to_owned),
            commit: None,
        }
    }

    fn banner(text: &str) -> Announcement {
        Announcement::Banner(text.to_owned())
    }

    #[test]
    fn a_banner_of_blanks_tells_nothing() {
        assert_eq!(Announcement::all(&site(Some(" \n"), false)), []);
        assert_eq!(Announcement::all(&site(None, false)), []);
        assert_eq!(
            Announcement::all(&site(Some(" x "), true)),
            [banner("x"), Announcement::ReadOnly]
        );
    }

    #[test]
    fn a_dismissed_text_stays_away_and_another_does_not() {
        let mut dismissed = Dismissed::default();
        dismissed.add(&banner("one"));
        let read = Dismissed::parse(&dismissed.print());
        assert!(read.contains(&banner("one")));
        assert!(!read.contains(&banner("one.")));
        assert!(!read.contains(&Announcement::ReadOnly));
    }

    #[test]
    fn the_next_read_only_time_is_told_again() {
        let mut dismissed = Dismissed::default();
        dismissed.add(&Announcement::ReadOnly);
        assert!(!dismissed.catch_up(&site(None, true)));
        assert!(dismissed.contains(&Announcement::ReadOnly));
        assert!(dismissed.catch_up(&site(None, false)));
        assert!(!dismissed.contains(&Announcement::ReadOnly));
    }

    #[test]
    fn the_oldest_is_forgotten_first_and_none_is_kept_twice() {
        let mut dismissed = Dismissed::default();
        for number in 0..=REMEMBERED {
            dismissed.add(&banner(&number.to_string()));
            dismissed.add(&banner(&number.to_string()));
        }
        assert_eq!(dismissed.print().lines().count(), REMEMBERED);
        assert!(!dismissed.contains(&banner("0")));
        assert!(dismissed.contains(&banner("1")));
    }

    #[test]
    fn what_was_not_stored_by_us_is_ignored() {
        let stored = "xyz\n0123456789abcdef\n<b>\n0123456789abcdefg\n";
        assert_eq!(Dismissed::parse(stored).print(), "0123456789abcdef");
    }

    #[test]
    fn the_fingerprint_is_the_published_function() {
        // FNV-1a of "a", from its authors' test vectors.
        assert_eq!(banner("a").fingerprint().0, "af63dc4c8601ec8c");
    }
}
