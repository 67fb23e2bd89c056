use super::*;
use crate::document::{Node, Value};
use crate::source::LineIndex;

fn node<'a>(parsed: &'a Parsed, path: &str) -> &'a Node {
    let root = &parsed.documents[0].root;
    path.split('/').fold(root, |node, key| node.get(key).unwrap_or_else(|| panic!("no {key}")))
}

fn value(text: &str, path: &str) -> String {
    let parsed = parse(text);
    assert_eq!(parsed.issues, [], "{text}");
    node(&parsed, path).scalar_text(text).unwrap().into_owned()
}

#[test]
fn values_keep_their_places() {
    let text = "\u{feff}# é = \"no\"\r\nürl = \"https://é\" // c\r\nn = 5\r\nm = -5\r\nb = true\r\n\
                o = { key = \"x\", \"é k\" : \"y\" /* c */ }\r\nl = [\"a\", 2.5]\r\nz = null\r\n";
    let parsed = parse(text);
    assert_eq!(parsed.issues, []);
    let url = node(&parsed, "ürl");
    assert_eq!((url.span.of(text), url.inner(text).of(text)), ("\"https://é\"", "https://é"));
    let position = LineIndex::new(text).position(text, url.inner(text).start_offset());
    assert_eq!((position.line, position.column), (2, 8));
    assert_eq!(parsed.documents[0].root.entry("ürl").unwrap().key.span.of(text), "ürl");
    assert!(matches!(node(&parsed, "n").value, Value::Int(5)));
    assert!(matches!(node(&parsed, "m").value, Value::Int(-5)));
    assert!(matches!(node(&parsed, "b").value, Value::Bool(true)));
    assert_eq!(node(&parsed, "o/é k").inner(text).of(text), "y");
    assert_eq!(node(&parsed, "l").items()[1].span.of(text), "2.5");
    assert!(matches!(node(&parsed, "z").value, Value::Null));
}

#[test]
fn blocks_lie_under_their_labels_and_never_twice() {
    let text = "variable \"key\" {\n  type = string\n  default = \"sk\"\n}\nvariable \"none\" {}\n\
                locals {\n  a = \"1\"\n}\nlocals {\n  b = \"2\"\n}\n\
                resource \"app\" \"prod\" {\n  env {\n    name = \"K\"\n    value = \"v\"\n  }\n  env {\n    name = \"L\"\n  }\n}\n\
                resource \"app\" \"test\" {\n  vars = { K = \"w\" }\n}\n";
    assert_eq!(value(text, "variable/key"), "sk");
    assert_eq!(value(text, "locals/a"), "1");
    assert_eq!(value(text, "locals/b"), "2");
    assert_eq!(value(text, "resource/app/test/vars/K"), "w");
    let parsed = parse(text);
    let list = node(&parsed, "resource/app/prod/env");
    assert_eq!(list.items()[0].get("value").unwrap().inner(text).of(text), "v");
    assert_eq!(list.items().len(), 2);
    assert_eq!(node(&parsed, "variable").entries().len(), 1);
}

#[test]
fn expressions_are_references_or_holes() {
    let text = "a = var.key\nb = \"https://${var.host}/${local.x}/${f(\"SECRET\")}\"\nc = aws_x.y.value\n\
                d = f(\"SECRET\")\ne = <<-EOT\n  é ${var.x}\n  EOT\nf = \"$${x}\"\ng = (\"h\")\n";
    assert_eq!(value(text, "a"), "${key}");
    assert_eq!(value(text, "b"), "https://${host}/${locals.x}/{{...}}");
    assert_eq!(value(text, "c"), "{{aws_x.y.value}}");
    assert_eq!(value(text, "d"), "{{...}}");
    assert!(value(text, "e").contains("é ${x}"));
    assert_eq!(value(text, "f"), "${x}");
    assert_eq!(value(text, "g"), "h");
}

#[test]
fn a_fault_has_the_best_place_there_is() {
    for (text, place) in [
        ("a = {\n  b = \"SECRET\"\n", "{"),
        ("a = 1\né = \"SECRET\n", "\""),
        ("a = 1\n}\n", "}"),
        ("a = \"é\"\nb SECRET = 1", "b "),
    ] {
        let parsed = parse(text);
        assert!(parsed.documents.is_empty(), "{text}");
        let issue = &parsed.issues[0];
        let from = text.get(issue.span.start_offset()..).unwrap();
        let line = |rest: &str| rest.lines().count();
        assert_eq!(line(from), line(text.get(text.find(place).unwrap()..).unwrap()), "{text}");
        assert!(!issue.message.contains("SECRET"));
    }
}

#[test]
fn depth_is_a_limit() {
    let lists = format!("a = {}", "[".repeat(100_000));
    let blocks = format!("{}{}", "a {\n".repeat(50_000), "}\n".repeat(50_000));
    let labels = format!("a {} {{}}", "\"b\" ".repeat(50_000));
    let closed = format!("a = {}{}", "[".repeat(200), "]".repeat(200));
    for text in [lists, blocks, closed] {
        assert_eq!(parse(&text).issues[0].kind, IssueKind::Limit, "{}", &text[..9]);
    }
    assert_eq!(parse(&labels).issues, []);
}

#[test]
fn nesting_costs_no_more_than_its_length() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{ k = ", "}"),
        ("\"${", "}\""),
        ("f(", ")"),
        ("[for x in ", " : x]"),
        ("{for x in ", " : x => x}"),
        ("a ? ", " : b"),
        ("!", ""),
        ("\"%{if ", "}x%{endif}\""),
        ("x[", "]"),
    ] {
        let start = std::time::Instant::now();
        for depth in [20, 40, 60] {
            parse(&format!("a = {}1{}", open.repeat(depth), close.repeat(depth)));
            parse(&format!("a = {}1", open.repeat(depth)));
        }
        assert!(start.elapsed().as_secs() < 5, "{open}: {:?}", start.elapsed());
    }
}
