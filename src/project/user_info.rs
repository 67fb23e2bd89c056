//! Where the name and the password in an address end, also where they hold what they may not.

/// The place of the `@` that ends the user-info of an address, in the text after its scheme; none
/// where it has none. A password with a `/`, `?` or `#` that ought to be percent-encoded would
/// otherwise be taken for a host: when in doubt, it is user-info.
/// Source of what belongs where: RFC 3986, section 3.2.
pub(super) fn end_of_user_info(after: &str) -> Option<usize> {
    let (authority, rest) = authority(after);
    if let Some(at) = authority.rfind('@') {
        return Some(at);
    }
    let at = after.rfind('@')?;
    let host = after.get(at + 1..)?.split(['/', '?', '#', ':']).next()?;
    let in_path = !after.get(authority.len()..at)?.contains(['?', '#']);
    let is_odd = !authority.bytes().all(|one| is_of_host(one) || one == b':');
    let is_plain = !authority.contains('.') && !rest.starts_with("/@");
    let before_host = in_path && host.contains('.') && host.bytes().all(is_of_host);
    (is_odd || is_plain || before_host).then_some(at)
}

/// Whether the user-info of an address goes beyond where a reader of addresses sees its host.
pub(super) fn is_misread(after: &str) -> bool {
    let (authority, _) = authority(after);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let is_host = host.starts_with('[') || host.chars().all(|one| one != '+' && one != '=');
    !is_host || end_of_user_info(after).is_some_and(|at| at > authority.len())
}

fn authority(after: &str) -> (&str, &str) {
    after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()))
}

fn is_of_host(one: u8) -> bool {
    one.is_ascii_alphanumeric() || b"-._~[]".contains(&one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_with_a_slash_is_no_host() {
        for text in [
            "Zt9+Kq/4Wv8xL==:x@lender.ngrok.io/done",
            "app:pa55/w0rd@db.lender.co.ke/app",
            "secret/part@cache:6379/0",
            "app:9/1#2@db.lender.co.ke",
            "a.b/c@www.lender.co.ke/no",
        ] {
            assert!(is_misread(text), "{text}");
        }
    }

    #[test]
    fn an_at_sign_of_a_path_or_a_query_ends_nothing() {
        for text in [
            "www.lender.co.ke/@support",
            "registry:4873/@lender/app",
            "www.lender.co.ke/no?mail=a@lender.co.ke",
            "api.lender.co.ke/users/joe@home",
            "me:k9@www.lender.co.ke/a@b",
            "müller.example/x",
        ] {
            assert!(!is_misread(text), "{text}");
        }
    }
}
