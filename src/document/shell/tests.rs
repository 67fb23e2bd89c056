use super::*;
use crate::document::Style;
use crate::source::LineIndex;

/// Key, text, literal as written.
fn rows(parsed: &Parsed, text: &str) -> Vec<(String, String, String)> {
    assert_eq!(parsed.issues, [], "{text}");
    let row = |entry: &Entry| {
        let value = entry.node.text().unwrap().to_owned();
        (entry.key.text.to_string(), value, entry.node.span.of(text).to_owned())
    };
    parsed.documents[0].root.entries().iter().map(row).collect()
}

fn pairs(text: &str) -> Vec<(String, String)> {
    rows(&parse(text), text).into_iter().map(|(key, value, _)| (key, value)).collect()
}

fn docker(text: &str) -> Vec<(String, String)> {
    rows(&parse_dockerfile(text), text).into_iter().map(|(key, value, _)| (key, value)).collect()
}

fn said(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn assignments_at_starts_of_lines() {
    let text = "#!/bin/sh\n# A=no\nA=1 # c\n  export B='é $x' C=\"d e\"\nreadonly -x D=f; E=g && F=h\n\
                echo G=no\nif [ \"$A\" = 1 ]; then\n\tH=\"i\\\"j\\$k\"\nfi\nL=(a b)\nM+=n\nO=\nP=q r=s\n";
    let found = pairs(text);
    let expected = [
        ("A", "1"),
        ("B", "é $x"),
        ("C", "d e"),
        ("D", "f"),
        ("E", "g"),
        ("F", "h"),
        ("H", "i\"j\\$k"),
        ("O", ""),
        ("P", "q"),
        ("r", "s"),
    ];
    assert_eq!(found, said(&expected));
}

#[test]
fn what_a_command_gives_is_a_hole() {
    let text = "A=$(f \"$(g)\")\nB=`h`\nC=\"x-$(i)\"\nD=$1\nE=${J:-k l}\nF=$lower\nG=${arr[@]}\nH=\"${K:-v}\"\n";
    let expected = [
        ("A", "{{...}}"),
        ("B", "{{...}}"),
        ("C", "x-{{...}}"),
        ("D", "{{...}}"),
        ("E", "${J:-k l}"),
        ("F", "${lower}"),
        ("G", "${arr[@]}"),
        ("H", "${K:-v}"),
    ];
    assert_eq!(pairs(text), said(&expected));
}

#[test]
fn places_are_inside_the_quotes() {
    let text = "\u{feff}# é\r\nexport É=1\r\nexport KEY=\"é\" B=x'y'\"z\"\r\nC='a\r\nb'\r\n";
    let parsed = parse(text);
    let root = &parsed.documents[0].root;
    let node = root.get("KEY").unwrap();
    assert!(matches!(node.value, Value::Text { style: Style::Quoted, .. }));
    let position = LineIndex::new(text).position(text, node.inner(text).start_offset());
    assert_eq!((position.line, position.column), (3, 13));
    assert_eq!(node.inner(text).of(text), "é");
    let mixed = root.get("B").unwrap();
    assert_eq!((mixed.text(), mixed.inner(text).of(text)), (Some("xyz"), "x'y'\"z\""));
    assert_eq!(root.get("C").unwrap().text(), Some("a\r\nb"));
}

#[test]
fn variables_of_a_dockerfile() {
    let text = "\u{feff}# syntax=x\r\nARG K=v\r\nFROM x AS é\r\nENV K=$K A=1 \\\r\n  # c\r\n  B=\"d e\" C='f'\r\n\
                env L some words \r\nARG NONE\r\nRUN X=1 \\\r\n ENV=no\r\nENV M=a\\ b N=$(x)\r\nENV\r\n";
    let expected = [
        ("K", "v"),
        ("A", "1"),
        ("B", "d e"),
        ("C", "f"),
        ("L", "some words"),
        ("M", "a b"),
        ("N", "$(x)"),
    ];
    assert_eq!(docker(text), said(&expected));
    let parsed = parse_dockerfile(text);
    let node = parsed.documents[0].root.get("B").unwrap();
    let position = LineIndex::new(text).position(text, node.inner(text).start_offset());
    assert_eq!((position.line, position.column), (6, 6));
    assert_eq!(docker("# escape=`\nENV A=b\\c `\n D=e\n"), said(&[("A", "b\\c"), ("D", "e")]));
}

#[test]
fn what_is_not_closed_ends_with_its_line() {
    let text = "A=\"open\nB=1\nC=$(open\nD=2\nE=`open\nF=3\nG=${open\nH=4\n";
    let found = pairs(text);
    let keys: Vec<&str> = found.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["A", "B", "C", "D", "E", "F", "G", "H"]);
}
