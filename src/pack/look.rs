//! What is looked at of a host that a setting names, without sending anything of the project.

use super::{Class, Outcome, RoleId};

/// A look at the host of each of some roles.
#[derive(Clone, Debug)]
pub struct Look {
    /// At what.
    pub sight: Sight,
    /// The roles that name the hosts; each is looked at alone.
    pub roles: Vec<RoleId>,
    /// In environments of which class.
    pub environment: Class,
    /// What is seen means; the first that matches.
    pub outcomes: Vec<Outcome>,
}

/// What there is to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The certificate that the host shows.
    Certificate,
    /// The addresses of its name, and whether its port is open.
    Dns,
    /// How it answers a plain `GET` of the address.
    Page,
}

impl Sight {
    /// The word of the subject.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Dns => "dns",
            Self::Page => "page",
        }
    }

    /// How it stands in a plan, where a request has its method.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Certificate => "TLS",
            Self::Dns => "DNS",
            Self::Page => "GET",
        }
    }

    /// What outcomes see.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Certificate => {
                &["trusted", "name_matches", "days_left", "valid_yet", "ms", "fault", "now"]
            }
            Self::Dns => &["resolves", "public", "addresses", "open", "ms", "fault", "now"],
            Self::Page => &["status", "headers", "ms", "fault", "now"],
        }
    }
}
