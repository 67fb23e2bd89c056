//! What stands in a text as a credential does: after the word of a scheme, in a header, before the
//! host of an address.

use std::sync::LazyLock;

use regex::Regex;

use super::Span;

/// The forms, each with what is secret in it as its group. Sources: RFC 9110, sections 11.6.2 and
/// 11.1, RFC 6265, section 4, RFC 3986, section 3.2.1.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r#"(?i)\bbearer[ \t]+([^\s"',;{}]{4,})"#,
        r"(?i)\bbasic[ \t]+([a-z0-9+/_=-]{8,})",
        r#"(?i)\b(?:proxy-)?authorization["']?[ \t]*[:=][ \t]*["']?(?:[a-z]+[ \t]+)?([^\s"']+)"#,
        r#"(?i)\b(?:set-)?cookie["']?[ \t]*[:=][ \t]*["']?([^"'\r\n]+)"#,
        r#"(?i)\bx-[a-z-]*(?:key|token)["']?[ \t]*[:=][ \t]*["']?([^\s"']+)"#,
        r#"://([^\s"'<>]+)@"#,
    ]
    .iter()
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// Where credentials stand in a text, in order of form and place.
pub(super) fn credentials(text: &str) -> Vec<Span> {
    let all = FORMS.iter().flat_map(|form| form.captures_iter(text));
    let secret = all.filter_map(|found| found.get(1));
    secret.map(|found| Span::new(found.start(), found.end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_as_a_credential_does_is_found() {
        for (text, secret) in [
            ("Authorization: Bearer walrus7-orbit4", "walrus7-orbit4"),
            ("'authorization' = 'Basic YTpi'", "YTpi"),
            ("Cookie: session=abc; other=def", "session=abc; other=def"),
            ("X-Api-Key: quincex", "quincex"),
            ("https://app:pa/ss@db.lender.co.ke/app", "app:pa/ss"),
        ] {
            let found: Vec<&str> = credentials(text).iter().map(|span| span.of(text)).collect();
            assert!(found.contains(&secret), "{text}: {found:?}");
        }
        assert_eq!(FORMS.len(), 6);
        assert!(credentials("roles: { begini/api-key: BEGINI_KEY }").is_empty());
        assert!(credentials("{ x/api-key: X_KEY, bearer: somebody }").is_empty());
    }
}
