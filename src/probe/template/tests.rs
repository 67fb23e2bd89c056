use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::json;

use super::*;

fn role(name: &str) -> RoleId {
    RoleId { pack: "begini".to_owned(), role: name.to_owned() }
}

fn parse(text: &str, pack: &str) -> Template {
    Template::parse(text, pack, TemplateUse::Sending).unwrap()
}

fn bindings(pairs: &[(&str, &str)]) -> Bindings {
    let mut bindings = Bindings { seed: 7, ..Bindings::default() };
    bindings.now = Timestamp::from_second(1_700_000_000).unwrap();
    bindings.imitates = Some(role("api-key"));
    for (name, value) in pairs {
        bindings.roles.insert(role(name), Secret::new(*value));
    }
    bindings.parameters = BTreeMap::from([
        ("api-host".to_owned(), "api.begini.co".into()),
        ("n".to_owned(), 5.into()),
    ]);
    bindings
}

fn with<T>(bindings: &Bindings, ask: impl FnOnce(Filler<'_>) -> T) -> T {
    let check = CheckId("begini/session-is-created".into());
    ask(Filler { bindings, check: &check, pack: "begini", occurrence: "answer", planning: false })
}

#[test]
fn a_filled_text_is_shown_without_its_secrets() {
    let bindings = bindings(&[("api-key", "key-7f3a9c")]);
    let shown = with(&bindings, |filler| filler.header(&parse("Bearer {api-key}", "begini")));
    let shown = shown.unwrap();
    assert_eq!(shown.expose().expose(), "Bearer key-7f3a9c");
    assert_eq!(shown.masked().to_string(), "Bearer {begini/api-key}");
    assert_eq!(shown.roles(), [role("api-key")]);
    assert!(!format!("{shown:?}").contains("7f3a9c"));
}

#[test]
fn a_value_cannot_leave_its_place_in_a_url() {
    let bindings = bindings(&[("integration-id", "a/../b?x#y@z")]);
    let template = parse("https://{param.api-host}/v1/{integration-id}", "begini");
    let url = with(&bindings, |filler| filler.url(&template)).unwrap();
    assert_eq!(url.expose().expose(), "https://api.begini.co/v1/a%2F..%2Fb%3Fx%23y%40z");
    assert_eq!(url.masked().to_string(), "https://api.begini.co/v1/{begini/integration-id}");
}

#[test]
fn line_ends_spaces_and_dots_are_refused() {
    for hostile in ["a\r\nX-Evil: 1", "a\u{0}b", "é", "a\u{202e}b"] {
        let bindings = bindings(&[("api-key", hostile)]);
        let fault = with(&bindings, |filler| filler.header(&parse("{api-key}", "begini")));
        assert!(matches!(fault, Err(TemplateFault::Unsafe { .. })), "{hostile:?}");
    }
    for hostile in ["https://a.b/\n", "https://a.b\\@c", "https://ａ.b", " https://a.b"] {
        let bindings = bindings(&[("base-url", hostile)]);
        let fault = with(&bindings, |filler| filler.url(&parse("{base-url}/v1", "begini")));
        assert!(matches!(fault, Err(TemplateFault::Unsafe { .. })), "{hostile:?}");
    }
    let bindings = bindings(&[("integration-id", "..")]);
    let fault =
        with(&bindings, |filler| filler.url(&parse("https://a.b/{integration-id}", "begini")));
    assert!(matches!(fault, Err(TemplateFault::Unsafe { .. })));
}

#[test]
fn what_is_missing_is_named_and_never_guessed() {
    let mut bindings = bindings(&[("empty", "")]);
    let fault = |bindings: &Bindings, text: &str| {
        with(bindings, |filler| filler.fill(&parse(text, "begini"))).unwrap_err()
    };
    assert_eq!(fault(&bindings, "{api-key}"), TemplateFault::NoValue(role("api-key")));
    assert_eq!(fault(&bindings, "{empty}"), TemplateFault::NoValue(role("empty")));
    assert_eq!(fault(&bindings, "{param.x}"), TemplateFault::NoParameter("x".to_owned()));
    assert_eq!(fault(&bindings, "{capture.t}"), TemplateFault::NoCapture("t".to_owned()));
    assert_eq!(fault(&bindings, "{fabricated}"), TemplateFault::NoValue(role("api-key")));
    bindings.imitates = None;
    assert_eq!(fault(&bindings, "{fabricated}"), TemplateFault::NoShape);
    assert_eq!(
        fault(&Bindings::default(), "{fabricated}").to_string(),
        "nothing tells which shape a fabricated value has"
    );
}

#[test]
fn a_json_body_keeps_its_numbers() {
    let bindings = bindings(&[("integration-id", "int-1")]);
    let body = json!({ "at": "{now}", "n": "{param.n}", "id": "{integration-id}", "t": "x{now}{{}}", "k": [1, null] });
    let mut used = Vec::new();
    let filled = with(&bindings, |filler| filler.json(&body, &mut used)).unwrap();
    assert_eq!(
        filled,
        json!({ "at": 1_700_000_000, "n": 5, "id": "int-1", "t": "x1700000000{}", "k": [1, null] })
    );
    assert_eq!(used, [role("integration-id")]);
}
