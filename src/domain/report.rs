//! A report to those who run the registry, as a mail that its writer sends: nothing is sent from here.
//!
//! What was typed may come out of an address, so that it can never be more of the mail than the text it stands for: names
//! are one line, and the mail is encoded as RFC 6068 says.

use super::percent::encode_value;

/// Where questions and reports go.
pub const HELP: &str = "help@crates.io";
/// Where harmful code is reported, too.
pub const SECURITY: &str = "security@rust-lang.org";

/// What is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A crate that breaks the rules.
    Crate,
    /// An account that passes for somebody else.
    Account,
}

/// What is wrong with a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It does harm.
    Malicious,
    /// It passes for another, or its owner does.
    Impersonation,
    /// It does nothing but hold its name.
    Squatting,
    /// Its name is offered for money.
    NameTrade,
    /// It is advertising, or one of a mass.
    Spam,
    /// It attacks or insults people.
    Abuse,
    /// What none of the others says.
    Other,
}

impl Reason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Malicious,
        Self::Impersonation,
        Self::Squatting,
        Self::NameTrade,
        Self::Spam,
        Self::Abuse,
        Self::Other,
    ];

    /// What stands in the form and in the mail.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Malicious => "It contains malicious code",
            Self::Impersonation => "It passes for another person, project or organisation",
            Self::Squatting => "It only holds the name and does nothing",
            Self::NameTrade => "Its name is being bought, sold or traded",
            Self::Spam => "It is spam, or one of a mass made by a machine",
            Self::Abuse => "It harasses, threatens or abuses people",
            Self::Other => "It breaks the rules in another way",
        }
    }
}

/// What has to be filled in, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// No crate or account is named.
    Name,
    /// Nobody is named for whom the account passes.
    Whom,
    /// No reason is ticked.
    Reasons,
    /// Nothing is said, where that is needed.
    Details,
}

/// A report as it is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it is about.
    pub about: About,
    /// The crate's name or the username.
    pub name: String,
    /// For whom the account passes; of no account, nothing.
    pub whom: String,
    /// What is wrong with the crate; of no crate, nothing.
    pub reasons: Vec<Reason>,
    /// What the writer has seen.
    pub details: String,
}

/// A mail that is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The addresses it goes to.
    pub to: Vec<&'static str>,
    /// One line.
    pub subject: String,
    /// Lines parted by `\n`.
    pub body: String,
}

impl Report {
    /// The beginning of a report about this crate or account.
    pub fn new(about: About, name: String) -> Self {
        Self {
            about,
            name: one_line(&name),
            whom: String::new(),
            reasons: Vec::new(),
            details: String::new(),
        }
    }

    /// What is still missing.
    pub fn gaps(&self) -> Vec<Gap> {
        let of_account = self.about == About::Account;
        let needs_details = of_account || self.reasons.contains(&Reason::Other);
        let gaps = [
            (Gap::Name, one_line(&self.name).is_empty()),
            (Gap::Whom, of_account && one_line(&self.whom).is_empty()),
            (Gap::Reasons, !of_account && self.reasons.is_empty()),
            (
                Gap::Details,
                needs_details && self.details.trim().is_empty(),
            ),
        ];
        gaps.into_iter()
            .filter_map(|(gap, missing)| missing.then_some(gap))
            .collect()
    }

    /// The mail, once nothing is missing.
    pub fn mail(&self) -> Option<Mail> {
        self.gaps().is_empty().then(|| {
            let name = one_line(&self.name);
            let mut to = vec![HELP];
            let (subject, mut body) = match self.about {
                About::Account => (
                    format!("Impersonation: the account \"{name}\""),
                    format!("Account: {name}\nPasses for: {}\n", one_line(&self.whom)),
                ),
                About::Crate => {
                    let harmful = self.reasons.contains(&Reason::Malicious);
                    if harmful {
                        to.push(SECURITY);
                    }
                    let mark = if harmful { "[SECURITY] " } else { "" };
                    let mut body = format!("Crate: {name}\n\n");
                    // In the order of the form, whatever the order of ticking.
                    for reason in Reason::ALL
                        .iter()
                        .filter(|reason| self.reasons.contains(reason))
                    {
                        body.push_str("- ");
                        body.push_str(reason.text());
                        body.push('\n');
                    }
                    (format!("{mark}Report: the crate \"{name}\""), body)
                }
            };
            let details = self.details.trim();
            if !details.is_empty() {
                body.push('\n');
                body.push_str(details);
                body.push('\n');
            }
            Mail { to, subject, body }
        })
    }
}

impl Mail {
    /// The `mailto:` address that opens it in the writer's own e-mail program.
    pub fn link(&self) -> String {
        // Unified first: a line that the form broke with both characters must not become two.
        let body = self.body.replace("\r\n", "\n").replace('\n', "\r\n");
        let mut link = String::from("mailto:");
        link.push_str(&self.to.join(","));
        link.push_str("?subject=");
        link.push_str(&encode_value(&self.subject));
        link.push_str("&body=");
        link.push_str(&encode_value(&body));
        link
    }
}

/// Text without line breaks and what else cannot be seen, blanks collapsed.
fn one_line(text: &str) -> String {
    let plain = text.replace(char::is_control, " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::percent::decode_value;
    use proptest::prelude::*;

    fn of_crate(reasons: &[Reason]) -> Report {
        Report {
            reasons: reasons.to_vec(),
            ..Report::new(About::Crate, String::from("serde"))
        }
    }

    #[test]
    fn what_is_missing_is_named_in_the_order_of_the_form() {
        let empty = |about| Report::new(about, String::from(" \n"));
        assert_eq!(empty(About::Crate).gaps(), [Gap::Name, Gap::Reasons]);
        assert_eq!(
            empty(About::Account).gaps(),
            [Gap::Name, Gap::Whom, Gap::Details]
        );
        assert_eq!(of_crate(&[Reason::Other]).gaps(), [Gap::Details]);
        assert_eq!(of_crate(&[Reason::Spam]).gaps(), []);
        assert_eq!(empty(About::Account).mail(), None);
    }

    #[test]
    fn only_harmful_code_goes_to_those_who_look_after_security() {
        let harmful = of_crate(&[Reason::Spam, Reason::Malicious]).mail().unwrap();
        assert_eq!(harmful.to, [HELP, SECURITY]);
        assert_eq!(harmful.subject, "[SECURITY] Report: the crate \"serde\"");
        assert_eq!(
            harmful.body,
            "Crate: serde\n\n- It contains malicious code\n- It is spam, or one of a mass made by a machine\n"
        );
        let other = of_crate(&[Reason::Spam]).mail().unwrap();
        assert_eq!(other.to, [HELP]);
        assert_eq!(other.subject, "Report: the crate \"serde\"");
    }

    #[test]
    fn a_report_of_an_account_names_both() {
        let report = Report {
            whom: String::from("Ferris & Söhne"),
            details: String::from(" Same picture.\r\nSame name. "),
            ..Report::new(About::Account, String::from("ferr1s"))
        };
        let mail = report.mail().unwrap();
        assert_eq!(
            mail.body,
            "Account: ferr1s\nPasses for: Ferris & Söhne\n\nSame picture.\r\nSame name.\n"
        );
        assert_eq!(
            mail.link(),
            "mailto:help@crates.io?subject=Impersonation%3A%20the%20account%20%22ferr1s%22\
             &body=Account%3A%20ferr1s%0D%0APasses%20for%3A%20Ferris%20%26%20S%C3%B6hne%0D%0A%0D%0ASame%20picture.%0D%0ASame%20name.%0D%0A"
        );
    }

    proptest! {
        #[test]
        fn no_text_becomes_more_than_the_text_of_the_mail(name in ".{1,200}", whom in ".{1,80}", details in "(?s).{1,200}") {
            let report = Report { whom, details, ..Report::new(About::Account, name) };
            let Some(mail) = report.mail() else { return Ok(()) };
            let link = mail.link();
            prop_assert!(!mail.subject.contains(char::is_control));
            prop_assert_eq!(link.matches(['?', '&']).count(), 2, "{}", link);
            prop_assert!(link.bytes().all(|byte| byte.is_ascii_graphic()), "{}", link);
            let subject = link.split("subject=").nth(1).and_then(|rest| rest.split('&').next()).unwrap();
            prop_assert_eq!(decode_value(subject), mail.subject);
        }
    }
}
