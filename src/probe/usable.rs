//! What a request may not do, and whose shape its false values have.

use std::sync::Arc;

use reqwest::header::{HeaderName, HeaderValue};

use super::bindings::Bindings;
use super::filled::Filled;
use super::guard::Refusal;
use super::job::Asked;
use super::redact::Redactor;
use crate::pack::{Template, TemplatePart};

/// Headers that a request may not set: they would decide where it goes or how it is read.
const OURS: [&str; 12] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "te",
    "trailer",
    "upgrade",
    "expect",
    "user-agent",
    "proxy-authorization",
    "proxy-connection",
    "forwarded",
];

/// Whether a header can be sent and may be set by a request; an error says why not.
pub(crate) fn header(name: &str, value: &Filled) -> Result<(), String> {
    if OURS.contains(&name.to_ascii_lowercase().as_str()) {
        Err(format!("a request may not set the header {name}"))
    } else if HeaderName::from_bytes(name.as_bytes()).is_err() {
        Err("a header has a name that cannot be sent".to_owned())
    } else if HeaderValue::from_str(value.expose().expose()).is_err() {
        Err(format!("the header {name} has a value that cannot be sent"))
    } else {
        Ok(())
    }
}

/// Why a URL is refused, without any secret that stood in it.
pub(crate) fn refused(refusal: &Refusal, bindings: &Bindings, hidden: &Arc<Redactor>) -> String {
    Redactor::on(hidden, bindings.secrets()).text(&refusal.to_string())
}

/// The bindings of an exchange; where they do not say whose shape a false value has, it is that of
/// the role which stands in the same header of another exchange of the check.
pub(crate) fn shaped(one: &Asked, all: &[Asked]) -> Bindings {
    let mut bindings = one.bindings.clone();
    let is_false = |template: &Template| template.0.contains(&TemplatePart::Fabricated);
    let header = one.request.headers.iter().find(|(_, template)| is_false(template));
    if let (None, Some((header, _))) = (&bindings.imitates, header) {
        let headers = all.iter().flat_map(|other| &other.request.headers);
        bindings.imitates =
            headers
                .filter(|(name, _)| name.eq_ignore_ascii_case(header))
                .flat_map(|(_, template)| &template.0)
                .find_map(|part| {
                    if let TemplatePart::Role(role) = part { Some(role.clone()) } else { None }
                });
    }
    bindings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_cannot_choose_its_host_or_its_framing() {
        for (name, value) in [
            ("Host", "evil.com"),
            ("Transfer-Encoding", "chunked"),
            ("a b", "x"),
            ("x-api\r\nhost", "x"),
            ("x", "a\r\nb"),
        ] {
            assert!(header(name, &Filled::open(value)).is_err(), "{name}");
        }
        assert_eq!(header("Authorization", &Filled::open("Bearer x")), Ok(()));
    }
}
