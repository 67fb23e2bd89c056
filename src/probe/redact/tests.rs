use super::*;

const KEY: &str = "q7Zr1m-Vx93kP!tL";

fn redactor() -> Redactor {
    Redactor::new(vec![
        ("begini/api-key".to_owned(), Secret::new(KEY)),
        ("begini/mode".to_owned(), Secret::new("on")),
    ])
}

#[test]
fn no_encoding_and_no_six_characters_come_out() {
    let key = KEY.as_bytes();
    let percent = key.iter().fold(String::new(), |all, byte| all + &format!("%{byte:02X}"));
    let code = |each: char| format!("\\u{:04X}", u32::from(each));
    let unicode = KEY.chars().fold(String::new(), |all, each| all + &code(each));
    let basic = |user: &str| BASE64_STANDARD_NO_PAD.encode(format!("{user}{KEY}:x"));
    for echoed in [
        KEY.to_owned(),
        KEY.to_uppercase(),
        hex::encode(key),
        percent,
        unicode,
        basic(""),
        basic("a"),
        basic("ab"),
        KEY[5..11].to_owned(),
    ] {
        let shown = redactor().text(&format!("no such key: {echoed}. ask us"));
        assert!(shown.contains("{begini/api-key}"), "{echoed} in {shown}");
        for window in echoed.as_bytes().windows(12.min(echoed.len())) {
            assert!(!shown.contains(std::str::from_utf8(window).unwrap()), "{shown}");
        }
    }
    assert_eq!(redactor().text(&format!("key {KEY}.")), "key {begini/api-key}.");
}

#[test]
fn text_of_the_server_stays_and_short_values_do_not_eat_it() {
    assert_eq!(redactor().text("Invalid Api-key on line 3"), "Invalid Api-key on line 3");
    assert_eq!(redactor().text("on"), "{begini/mode}");
    let url = Secret::new("https://hooks.lender.co.ke/begini/9f3k2j1h0g");
    let redactor = Redactor::new(vec![("begini/webhook-url".to_owned(), url)]);
    assert_eq!(
        redactor.text("cannot connect to https://hooks.lender.co.ke/begini/9f3k2j1h0g"),
        "cannot connect to https://hooks.lender.co.ke/{begini/webhook-url}"
    );
}

#[test]
fn numbers_keys_and_tokens_are_redacted() {
    let redactor = Redactor::new(vec![("x/id".to_owned(), Secret::new("123456789012"))]);
    let mut fact = Fact::Map(std::collections::BTreeMap::from([
        ("123456789012".to_owned(), Fact::Int(123_456_789_012)),
        ("jwt".to_owned(), format!("bearer eyJ{}.{}", "hbGciOiJI", "abc.d").into()),
    ]));
    redactor.fact(&mut fact, &|_| false);
    let shown = serde_json::to_string(&fact).unwrap();
    assert_eq!(shown, r#"{"jwt":"bearer {token}","{x/id}":"{x/id}"}"#);
}

#[test]
fn what_looks_like_a_key_in_an_answer_is_hidden() {
    let redacted = |text: &str| {
        let mut fact = Fact::Text(text.to_owned());
        redactor().fact(&mut fact, &|_| false);
        serde_json::to_string(&fact).unwrap()
    };
    for (text, shown) in [
        ("no session 3f2a-77b1c0d94e5f é", "no session {token} é"),
        ("at /v1/sessions-management/tokens", "at /v1/sessions-management/tokens"),
        (
            "Cannot connect to host hooks-2.lender.co.ke",
            "Cannot connect to host hooks-2.lender.co.ke",
        ),
        ("2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z"),
        ("é/Zt9+Kq/4Wv8xLr2Bn0Yd6sGh==.", "é{token}."),
    ] {
        assert_eq!(redacted(text), format!("\"{shown}\""));
    }
    let known = Redactor::new(vec![("a/key".to_owned(), Secret::new("q7Zr1mVx93kPtL0a"))]);
    assert_eq!(known.answered("x 0-q7Zr1mVx93kPtL0a-1"), "x {a/key}");
}

#[test]
fn debug_shows_nothing() {
    assert_eq!(format!("{:?}", redactor()), "Redactor(2 secrets)");
}
