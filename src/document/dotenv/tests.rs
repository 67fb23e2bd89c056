use super::*;

/// Key, decoded text, literal as written, style.
fn read(text: &str) -> Vec<(String, String, String, Style)> {
    let parsed = parse(text);
    let entries = parsed.documents[0].root.entries();
    let row = |entry: &Entry| {
        assert_eq!(entry.key.span.of(text), &*entry.key.text);
        let Value::Text { text: value, style } = &entry.node.value else { panic!("no text") };
        let raw = entry.node.span.of(text);
        (entry.key.text.to_string(), value.to_string(), raw.to_owned(), *style)
    };
    entries.iter().map(row).collect()
}

fn one(text: &str) -> (String, String, Style) {
    let (_, value, raw, style) = read(text).remove(0);
    (value, raw, style)
}

fn row(value: &str, raw: &str, style: Style) -> (String, String, Style) {
    (value.to_owned(), raw.to_owned(), style)
}

#[test]
fn quotes_comments_and_blanks() {
    use Style::{Literal, Plain, Quoted};
    assert_eq!(one("A=b c # d"), row("b c", "b c", Plain));
    assert_eq!(one("A=b#c"), row("b#c", "b#c", Plain));
    assert_eq!(one("A= # c"), row("", "", Plain));
    assert_eq!(one("A="), row("", "", Plain));
    assert_eq!(one("A: b"), row("b", "b", Plain));
    assert_eq!(one("export  A = 'b # $C' # d"), row("b # $C", "'b # $C'", Literal));
    assert_eq!(one("A=`b'\"`"), row("b'\"", "`b'\"`", Literal));
    assert_eq!(one(r#"A="b\n\"\$C\d""#), row("b\n\"\\$C\\d", r#""b\n\"\$C\d""#, Quoted));
    assert_eq!(one("A=\"b\r\nc\"\r\nD=e"), row("b\nc", "\"b\r\nc\"", Quoted));
    assert_eq!(one("A='it\\'s'"), row("it\\'s", "'it\\'s'", Literal));
}

#[test]
fn an_empty_value_stands_right_after_its_separator() {
    let parsed = parse("é=1\nA=  # none\n");
    let node = parsed.documents[0].root.get("A").unwrap();
    assert_eq!(node.span, Span::new(7, 7));
}

#[test]
fn marks_line_breaks_and_accents_keep_places_right() {
    let rows = read("\u{feff}é.ü=1\r\n\r\n# c\r\nB-C='ä'\rD=2");
    let keys: Vec<&str> = rows.iter().map(|(key, ..)| key.as_str()).collect();
    assert_eq!(keys, ["é.ü", "B-C", "D"]);
    assert_eq!(rows[1].2, "'ä'");
}

#[test]
fn a_broken_line_is_an_issue_and_the_next_is_read() {
    let text = "no sense here\nA=\"open\nB='x'y\nPASSED\nC=1\nC=2\n";
    let parsed = parse(text);
    let found: Vec<&str> = parsed.issues.iter().map(|issue| issue.span.of(text)).collect();
    assert_eq!(found, ["no sense here", "\"", "'", "PASSED", "C"]);
    let first = Span::new(text.find("C=1").unwrap(), text.find("=1").unwrap());
    assert_eq!(parsed.issues[4].kind, IssueKind::DuplicateKey { first });
    let root = &parsed.documents[0].root;
    assert_eq!(root.get("A").unwrap().text(), Some("\"open"));
    assert_eq!(root.get("B").unwrap().text(), Some("'x'y"));
    assert!(matches!(root.get("PASSED").unwrap().value, Value::Null));
    assert_eq!(root.get("C").unwrap().text(), Some("2"));
    assert_eq!(root.entries().len(), 5);
}

#[test]
fn the_lines_of_an_unquoted_private_key_are_no_keys() {
    let text = "K=-----BEGIN X-----\nabc\nde=\n-----END X-----\nA=1\n";
    let parsed = parse(text);
    let root = &parsed.documents[0].root;
    assert_eq!(root.entries().len(), 2);
    assert!(root.get("K").unwrap().text().unwrap().ends_with("-----END X-----"));
    assert!(parse("A=-----BEGIN X-----\nabc\n").documents[0].root.entries().len() == 1);
}
