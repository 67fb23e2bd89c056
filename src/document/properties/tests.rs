use super::*;
use crate::source::LineIndex;

/// Key, decoded text, literal as written.
fn read(text: &str) -> Vec<(String, String, String)> {
    let parsed = parse(text);
    assert_eq!(parsed.issues, [], "{text}");
    let row = |entry: &Entry| {
        let raw = entry.node.span.of(text);
        let value = entry.node.text().unwrap();
        (entry.key.text.to_string(), value.to_owned(), raw.to_owned())
    };
    parsed.documents[0].root.entries().iter().map(row).collect()
}

fn one(text: &str) -> (String, String) {
    let (key, value, _) = read(text).remove(0);
    (key, value)
}

#[test]
fn every_separator_is_known() {
    for text in ["a.b=c d", "a.b:c d", "a.b c d", "a.b = c d", " a.b\t:\tc d", "a.b  c d"] {
        assert_eq!(one(text), ("a.b".to_owned(), "c d".to_owned()), "{text}");
    }
    assert_eq!(one("a=b=c"), ("a".to_owned(), "b=c".to_owned()));
    assert_eq!(one("a= =c"), ("a".to_owned(), "=c".to_owned()));
    assert_eq!(one("url https://x"), ("url".to_owned(), "https://x".to_owned()));
    assert_eq!(one("a\\ b\\:c = d"), ("a b:c".to_owned(), "d".to_owned()));
    assert_eq!(one("alone"), ("alone".to_owned(), String::new()));
}

#[test]
fn escapes_and_continued_lines() {
    assert_eq!(one("k = a\\\n   b\\\r\n\tc").1, "abc");
    assert_eq!(one("k = a\\\\\nb=1").1, "a\\");
    assert_eq!(one("k = \\u00e9\\n\\q\\#\\ud83d\\ude00").1, "é\nq#😀");
    assert_eq!(one("k = a\\").1, "a");
    let text = "k = a\\\n   b\nl = c";
    assert_eq!(read(text)[0].2, "a\\\n   b");
    assert_eq!(read(text)[1].1, "c");
}

#[test]
fn comments_give_nothing_and_a_mark_in_a_value_is_none() {
    let rows = read("# a=1\n  ! b=2\nc=d # e ! f\n#x\\\ng=h\n");
    let keys: Vec<&str> = rows.iter().map(|(key, ..)| key.as_str()).collect();
    assert_eq!(keys, ["c", "g"]);
    assert_eq!(rows[0].1, "d # e ! f");
}

#[test]
fn places_count_characters() {
    let text = "\u{feff}# é\r\nspring.é = ü\r\nstripe.key=sk\r\nempty =  \r\n";
    let parsed = parse(text);
    let index = LineIndex::new(text);
    let place = |key: &str| {
        let span = parsed.documents[0].root.get(key).unwrap().inner(text);
        let position = index.position(text, span.start_offset());
        (position.line, position.column)
    };
    assert_eq!(place("spring.é"), (2, 12));
    assert_eq!(place("stripe.key"), (3, 12));
    assert_eq!(place("empty"), (4, 8));
    let key = &parsed.documents[0].root.entry("spring.é").unwrap().key;
    assert_eq!(key.span.of(text), "spring.é");
}

#[test]
fn documents_of_spring_are_documents() {
    let text = "a=1\n#---\nspring.config.activate.on-profile=prod\na=2\n#-----\na=3\n";
    let parsed = parse(text);
    assert_eq!(parsed.documents.len(), 2);
    assert_eq!(parsed.documents[1].index, 1);
    assert_eq!(parsed.documents[1].root.get("a").unwrap().text(), Some("3"));
    assert!(matches!(parsed.issues[0].kind, IssueKind::DuplicateKey { .. }));
    assert_eq!(parsed.issues.len(), 1);
}

#[test]
fn a_wrong_escape_is_an_issue_that_quotes_nothing() {
    let text = "k = SECRET\\u00\nl = 1";
    let parsed = parse(text);
    assert_eq!(parsed.issues[0].kind, IssueKind::Syntax);
    assert!(!parsed.issues[0].message.contains("SECRET"));
    assert_eq!(parsed.documents[0].root.get("l").unwrap().text(), Some("1"));
}

#[test]
fn one_line_of_a_megabyte_is_read() {
    let text = format!("k={}\\\n{}", "a\\\n".repeat(300_000), "b".repeat(300_000));
    assert_eq!(parse(&text).documents[0].root.get("k").unwrap().text().unwrap().len(), 600_000);
}
