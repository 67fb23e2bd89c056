//! Addresses with a part that no address has.

use crate::pack::Kind;
use crate::project::Setting;

/// What is wrong with an address of the web, as the rest of a sentence; none where nothing is, and
/// where a value is meant to be no address (`/hooks`, `redis://cache`).
pub(super) fn malformed(setting: &Setting) -> Option<&'static str> {
    let value = setting.literal()?.expose().trim();
    if is_list(value) {
        return None;
    }
    let lower = value.get(..16).unwrap_or(value).to_ascii_lowercase();
    let Some(rest) = ["https://", "http://", "wss://", "ws://"]
        .iter()
        .find_map(|scheme| lower.starts_with(scheme).then(|| value.get(scheme.len()..))?)
    else {
        return scheme(&lower);
    };
    let (authority, after) = rest.find(['/', '?', '#']).map_or((rest, ""), |at| rest.split_at(at));
    let path = after.split(['?', '#']).next().unwrap_or_default();
    in_authority(authority)
        .or_else(|| in_path(path, is_called(setting)))
        .or_else(|| value.contains(char::is_whitespace).then_some("holds a blank"))
        .or_else(|| url::Url::parse(value).is_err().then_some("is no address"))
}

/// Whether a value holds several addresses, as a list of origins does.
fn is_list(value: &str) -> bool {
    let parts = value.split([',', ';', '|', ' ']).filter(|part| part.contains("://"));
    parts.count() > 1
}

/// Whether somebody outside calls this very address: then nothing in it is left to fill in.
fn is_called(setting: &Setting) -> bool {
    setting.kind == Some(Kind::WebhookUrl) || setting.role.is_some()
}

/// A slip in what should be `https://`.
fn scheme(lower: &str) -> Option<&'static str> {
    let word: String = lower.chars().take_while(char::is_ascii_alphabetic).collect();
    let after = lower.get(word.len()..).unwrap_or_default();
    let meant = ["http", "https"].contains(&&*word);
    let slip = ["htp", "htps", "hhtp", "hhtps", "htttp", "htttps", "httpss", "htpps", "ttps"];
    let broken = meant && after.starts_with([':', '/', ';', '\\']);
    let misspelt = slip.contains(&&*word) && after.starts_with(':');
    (broken || misspelt).then_some("begins with a slip of `https://`")
}

fn in_authority(authority: &str) -> Option<&'static str> {
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    if matches!(&*authority.to_ascii_lowercase(), "https:" | "http:" | "https" | "http") {
        Some("begins with its scheme twice")
    } else if host.is_empty() {
        Some("names no host")
    } else if user.contains(':') {
        Some("holds a password")
    } else if host.contains(char::is_whitespace) {
        Some("has a blank in its host")
    } else if name.ends_with('.') {
        Some("has a dot after its host")
    } else if name.contains("..") {
        Some("has two dots in its host")
    } else {
        None
    }
}

fn in_path(path: &str, is_called: bool) -> Option<&'static str> {
    // an address inside an address is somebody's archive or proxy
    if path.contains("//") && !path.contains("://") {
        return Some("has two slashes in its path");
    }
    let open = |part: &str| {
        let named = part.strip_prefix(':').is_some_and(|name| {
            name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        });
        let braced = part.starts_with('{') && part.ends_with('}') && part.len() > 2;
        named || braced
    };
    (is_called && path.split('/').any(open)).then_some("has a part of its path to fill in")
}

#[cfg(test)]
mod tests {
    use super::{in_authority, in_path, is_list, scheme};

    #[test]
    fn parts_that_no_address_has_are_told() {
        assert_eq!(scheme("https:/lender.co"), Some("begins with a slip of `https://`"));
        assert_eq!(scheme("htps://lender.co"), Some("begins with a slip of `https://`"));
        assert_eq!(in_authority("lender.co.ke."), Some("has a dot after its host"));
        assert_eq!(in_authority("me:secret@lender.co.ke"), Some("holds a password"));
        assert_eq!(in_path("/hooks//begini", false), Some("has two slashes in its path"));
        assert_eq!(in_path("/hooks/:id", true), Some("has a part of its path to fill in"));
        assert_eq!(in_path("/hooks/{id}", true), Some("has a part of its path to fill in"));
    }

    #[test]
    fn right_addresses_are_right() {
        for text in ["/hooks", "redis://cache", "httpbin", "http_proxy", "mailto:a@b.co"] {
            assert_eq!(scheme(text), None, "{text}");
        }
        assert_eq!(in_authority("lender.co.ke:8443"), None);
        assert!(is_list("https://localhost:7001;http://localhost:5001"));
        assert!(!is_list("https://lender.co.ke/https://lender.co.ke"));
        assert_eq!(in_path("/web/https://lender.co.ke", true), None);
        assert_eq!(in_path("/users/{id}", false), None);
        assert_eq!(in_path("/v1:batch", true), None);
    }
}
