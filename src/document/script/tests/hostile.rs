//! Programs that nobody would write.

use super::*;

const ALL: [Language; 12] = [
    Language::JavaScript,
    Language::Component,
    Language::Python,
    Language::Ruby,
    Language::Php,
    Language::Java,
    Language::Kotlin,
    Language::Groovy,
    Language::Swift,
    Language::Dart,
    Language::Go,
    Language::CSharp,
];

fn height(node: &Node) -> usize {
    let items = node.items().iter().map(height);
    items.chain(node.entries().iter().map(|entry| height(&entry.node))).max().map_or(0, |it| it + 1)
}

#[test]
fn depth_is_a_limit() {
    for piece in
        ["{a:", "[", "f(", "x = {'k': [", "class A { b = [{", "a = (", "a[", "\"${", "f { "]
    {
        let text = format!("<?php <script> {}'x'", piece.repeat(5000));
        for language in ALL {
            let parsed = parse(language, &text);
            assert!(height(&parsed.documents[0].root) <= 100, "{language:?} {piece}");
        }
    }
    let parsed = parse(Language::JavaScript, &"x = [{a:".repeat(1000));
    assert_eq!(parsed.issues[0].kind, IssueKind::Limit);
    assert_eq!(parsed.issues.len(), 1);
}

#[test]
fn what_follows_a_flood_of_brackets_is_read() {
    let text = format!("{}{}\nconst a = 'b'", "f(".repeat(3000), ")".repeat(3000));
    let parsed = parse(Language::JavaScript, &text);
    assert_eq!(parsed.documents[0].root.get("a").unwrap().text(), Some("b"));
}

#[test]
fn one_long_line_is_read() {
    let text = "a.b={c:'d',e:[1,\"f\"]};".repeat(20_000);
    let parsed = parse(Language::JavaScript, &text);
    let node = parsed.documents[0].root.get("a.b").unwrap();
    assert_eq!((parsed.issues.len(), node.items().len()), (0, 20_000));
}
