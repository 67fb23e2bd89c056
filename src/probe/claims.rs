//! The claims of a JSON web token in an answer. They are read and never verified: what they say is
//! what the provider's answer says, no more.
//! <https://www.rfc-editor.org/rfc/rfc7519#section-7.2>

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};

use crate::expression::Fact;

/// The claims of the token that stands at `path` (`body.access_token`); none where there is no
/// token, or no JSON object in its middle.
pub(super) fn claims_at(path: &str, headers: &Fact, body: &Fact) -> Option<Fact> {
    let (root, rest) = path.split_once('.')?;
    let whole = match root {
        "headers" => headers,
        "body" => body,
        _ => return None,
    };
    match rest.split('.').try_fold(whole, |at, name| at.get(name))? {
        Fact::Text(token) => claims(token),
        Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Float(_)
        | Fact::List(_)
        | Fact::Map(_) => None,
    }
}

fn claims(token: &str) -> Option<Fact> {
    let token = token.trim().trim_start_matches("Bearer ");
    let mut parts = token.split('.');
    let (_, middle, _) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(middle.trim_end_matches('=')).ok()?;
    let claims: Fact = serde_json::from_slice(&bytes).ok()?;
    matches!(claims, Fact::Map(_)).then_some(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(middle: &str) -> String {
        format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(middle))
    }

    #[test]
    fn claims_are_read_where_a_token_stands_and_nowhere_else() {
        let body = |token: String| -> Fact {
            serde_json::from_value(serde_json::json!({ "a": { "token": token }, "n": 1 })).unwrap()
        };
        let read = |token: String| claims_at("body.a.token", &Fact::Null, &body(token));
        let claims = read(token(r#"{"uid":"u","exp":1800000000}"#)).unwrap();
        assert_eq!(claims.get("exp"), Some(&Fact::Int(1_800_000_000)));
        for wrong in ["", "a.b", "a.b.c", "no token at all", &token("[1]"), &token("{")] {
            assert_eq!(read(wrong.to_owned()), None, "{wrong}");
        }
        let whole = body(token("{}"));
        for path in ["body", "body.n", "body.a", "body.x.y", "status.a", "headers.authorization"] {
            assert_eq!(claims_at(path, &Fact::Null, &whole), None, "{path}");
        }
    }
}
