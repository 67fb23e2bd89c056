use std::time::{Duration, Instant};

use super::*;

const NAMES: [&str; 6] = ["status", "body", "ms", "l", "value", "fault"];

fn scope(names: &[(&str, Fact)]) -> Scope {
    let names = names.iter().map(|(name, fact)| ((*name).to_owned(), fact.clone()));
    let parameters = [("limit".to_owned(), Fact::Int(5000))].into();
    Scope { names: names.collect(), parameters }
}

fn map(entries: &[(&str, Fact)]) -> Fact {
    Fact::Map(entries.iter().map(|(key, fact)| ((*key).to_owned(), fact.clone())).collect())
}

fn eval(source: &str, names: &[(&str, Fact)]) -> Evaluation {
    Expression::compile(source, &NAMES).unwrap().evaluate(&scope(names))
}

fn fault(source: &str) -> (String, String) {
    let fault = Expression::compile(source, &NAMES).unwrap_err();
    (source[fault.start..fault.end].to_owned(), fault.message)
}

fn failed(source: &str, names: &[(&str, Fact)]) -> String {
    match eval(source, names) {
        Evaluation::Failed(reason) => reason,
        other @ (Evaluation::True | Evaluation::False | Evaluation::TooCostly) => {
            panic!("{source}: {other:?}")
        }
    }
}

#[test]
fn what_checks_ask_is_answered() {
    let body = map(&[("access_token", "t".into()), ("code", 200.into())]);
    let facts = [("status", Fact::Int(401)), ("body", body), ("fault", "timeout".into())];
    for (source, expected) in [
        ("status in [401, 403]", Evaluation::True),
        ("status >= 400 && status < 500", Evaluation::True),
        ("status - 1 == 400", Evaluation::True),
        ("fault == \"timeout\"", Evaluation::True),
        ("has(body.access_token) && body.code == 200", Evaluation::True),
        ("has(body.detail.code)", Evaluation::False),
        ("has(body.access_token.code)", Evaluation::False),
        ("body.access_token.startsWith('x') || status == 401", Evaluation::True),
        ("body.access_token.matches('^[a-z]$')", Evaluation::True),
        ("status <= param(\"limit\") && param('limit') == 5000", Evaluation::True),
        ("[1, 2].all(x, x < 2)", Evaluation::False),
    ] {
        assert_eq!(eval(source, &facts), expected, "{source}");
    }
}

#[test]
fn p95_is_the_nearest_rank() {
    let times = |all: std::ops::RangeInclusive<i64>| [("ms", all.rev().collect::<Fact>())];
    assert_eq!(eval("p95(ms) == 19", &times(1..=20)), Evaluation::True);
    assert_eq!(eval("p95(ms) == 95", &times(1..=100)), Evaluation::True);
    assert_eq!(eval("p95(ms) == 7", &[("ms", Fact::Int(7))]), Evaluation::True);
    assert!(matches!(eval("p95(ms) > 0", &[("ms", Fact::List(vec![]))]), Evaluation::Failed(_)));
}

#[test]
fn what_is_missing_or_mistyped_is_no_answer_and_shows_no_value() {
    let secret = ["hunter2", "hunter2"].join("-");
    let body = map(&[("token", secret.as_str().into())]);
    let facts = [("body", body), ("value", secret.as_str().into())];
    assert_eq!(failed("status == 200", &facts), "`status` is not known here");
    assert_eq!(failed("body.access == 1", &facts), "there is no `access`");
    assert_eq!(failed("has(ms.x)", &facts), "`ms` is not known here");
    assert_eq!(failed("param('x') == 1", &facts), "there is no parameter `x`");
    for source in [
        "value > 3",
        "value",
        "body[value] == 1",
        "value + 1 == 2",
        "p95(value) > 1",
        "value.matches('h') && body",
        "int(value) > 1",
        "[1][body.token] == 1",
        "-value == 1",
        "body.token.x.y == 1",
        "value.size().matches('x')",
    ] {
        let reason = failed(source, &facts);
        assert!(!reason.contains("hunter"), "{source}: {reason}");
    }
}

#[test]
fn unknown_names_and_functions_are_refused_at_their_place() {
    let unknown = Expression::compile("status == 200 && é == \"statu\"", &NAMES);
    assert!(unknown.is_err());
    let fault = Expression::compile("ms < 1 && statu == 200", &NAMES).unwrap_err();
    assert_eq!((fault.start, fault.end), (10, 15));
    assert!(fault.help.unwrap().starts_with("did you mean `status`?"));
    for (source, place, message) in [
        ("body.mss.all(x, y > 1)", "y", "unknown name `y`"),
        ("body.ms > mss", "mss", "unknown name `mss`"),
        ("value.startWith('a')", "startWith", "unknown function `startWith`"),
        ("param(value)", "param", "param takes the name of a parameter, written as text"),
        ("value.matches(value)", "matches", "the pattern of matches is written as text"),
        ("value.matches('(')", "matches", "the pattern of matches is no regular expression"),
        (
            "value.matches('\\\\w{9999}')",
            "matches",
            "the pattern of matches is no regular expression",
        ),
        ("type(value) == int", "type", "unknown function `type`"),
    ] {
        assert_eq!(self::fault(source), (place.to_owned(), message.to_owned()), "{source}");
    }
    let (place, message) = self::fault("status ==\n  == 200");
    assert_eq!((place.as_str(), message.as_str()), ("==", "unexpected token"));
}

#[test]
fn what_is_read_is_known() {
    let source = "has(body.detail.code) && body.detail.code in [1] && l.all(r, r.status == 1) \
                  && body[\"retry-after\"] == 1";
    let expression = Expression::compile(source, &NAMES).unwrap();
    assert_eq!(
        expression.reads(),
        [vec!["body", "detail", "code"], vec!["body", "retry-after"], vec!["l"]]
    );
}

#[test]
fn nested_loops_over_long_lists_are_refused_at_once() {
    let numbers = |count: i64| [("l", (0..count).collect::<Fact>())];
    let three = "l.all(a, l.all(b, l.all(c, a + b + c >= 0)))";
    let start = Instant::now();
    assert_eq!(eval(three, &numbers(300)), Evaluation::TooCostly);
    for source in [
        "l.all(a, l.all(b, a in l))",
        "l.map(a, l).all(x, x.all(y, y in [l, l][0]))",
        "(l + l + l + l).all(a, l.all(b, a + b >= 0))",
        "l.all(a, [l + l][0].all(b, a + b >= 0))",
    ] {
        assert_eq!(eval(source, &numbers(300)), Evaluation::TooCostly, "{source}");
    }
    assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    assert_eq!(eval(three, &numbers(30)), Evaluation::True);
    assert_eq!(eval("l.all(a, l.exists(b, a == b))", &numbers(100)), Evaluation::True);
    let long = ["1"; 90].join(",");
    let literal = format!("[{long}].all(a, [{long}].all(b, [{long}].all(c, true)))");
    assert_eq!(eval(&literal, &[]), Evaluation::TooCostly);
    assert!(Expression::compile("l.all(a,l.all(b,l.all(c,l.all(d,true))))", &NAMES).is_err());
}

#[test]
fn the_longest_list_that_is_not_too_costly_is_quick() {
    let start = Instant::now();
    let numbers = [("l", (0..30_000).collect::<Fact>())];
    assert_eq!(eval("l.map(x, x).size() == 30000", &numbers), Evaluation::True);
    assert_eq!(eval("l.filter(x, x > 5).size() > 0", &numbers), Evaluation::True);
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
}

#[test]
fn hostile_sources_are_refused_without_a_crash() {
    let repeat = |text: &str, times: usize| text.repeat(times);
    for source in [
        repeat("(", 4000),
        repeat("[", 4000),
        repeat("!", 4000) + "true",
        repeat("-", 4000) + "1",
        repeat("true?1:", 580) + "1",
        "status".to_owned() + &repeat(".a", 2000),
        "1".to_owned() + &repeat("+1", 2000),
        repeat("{1:", 1300),
        repeat("a.all(b,", 500),
        repeat("[1].map(x,", 300) + "1",
        "\"".to_owned(),
        "\\".to_owned(),
        "é".to_owned(),
        "status == \u{0}".to_owned(),
        String::new(),
        repeat("x", 5000),
        "status".to_owned() + &repeat("[0]", 1300),
    ] {
        assert!(
            Expression::compile(&source, &NAMES).is_err(),
            "{}",
            &source[..source.len().min(20)]
        );
    }
    let _ = Expression::compile(&("status".to_owned() + &repeat(".a", 400)), &NAMES).unwrap();
}

#[test]
fn compiling_is_cheap() {
    let source = "status == 422 && has(body.detail.code) && body.detail.code in [401, 403]";
    let start = Instant::now();
    for _ in 0..60 {
        Expression::compile(source, &NAMES).unwrap();
    }
    assert!(start.elapsed() < Duration::from_millis(100), "{:?}", start.elapsed());
}

#[test]
fn any_soup_of_words_ends_without_a_crash() {
    let words: Vec<&str> =
        "status body l value ms fault . .all(x, .map(x, .filter(x, ) ( [ ] { } , \
        : ? && || == < in + - * / % ! 1 0 2.5 -9223372036854775808 9223372036854775807 'a' \"b\" \
        true null x has(body.a) size( p95(l) param('limit') .matches('a+') 1u int( string( \
        double( b'a' [0] .a .size() .contains('a')"
            .split_whitespace()
            .collect();
    let body =
        map(&[("a", Fact::List(vec![1.into(), "a".into(), Fact::Null, Fact::Float(f64::NAN)]))]);
    let facts = scope(&[
        ("status", Fact::Int(i64::MIN)),
        ("body", body),
        ("l", (0..5).collect()),
        ("value", "é".into()),
        ("ms", Fact::Null),
        ("fault", Fact::Float(f64::INFINITY)),
    ]);
    let (mut seed, mut compiled) = (0x2545_f491_4f6c_dd1d_u64, 0);
    for _ in 0..20_000 {
        let mut source = String::new();
        let mut next = |most: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % u64::try_from(most).unwrap()).unwrap()
        };
        for _ in 0..=next(9) {
            source.push_str(words[next(words.len())]);
            source.push(' ');
        }
        if let Ok(expression) = Expression::compile(&source, &NAMES) {
            let _ = expression.evaluate(&facts);
            compiled += 1;
        }
    }
    assert!(compiled > 500, "{compiled}");
}
