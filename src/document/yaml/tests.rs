use super::*;
use crate::document::{Issue, Value};

fn root(parsed: &Parsed) -> &Node {
    &parsed.documents[0].root
}

fn at<'n>(node: &'n Node, path: &str) -> &'n Node {
    path.split('.').fold(node, |node, key| node.get(key).unwrap())
}

fn trail<'t>(node: &Node, text: &'t str) -> Vec<&'t str> {
    node.via.iter().map(|span| span.of(text)).collect()
}

fn kinds(parsed: &Parsed) -> Vec<IssueKind> {
    parsed.issues.iter().map(|issue| issue.kind).collect()
}

#[test]
fn every_style_keeps_its_place() {
    let text = "\u{feff}é: 'ä''s' # c\r\nb: \"ü\\n\"\r\nc: |\r\n  li\r\n  ne\r\n\r\nd: >-\r\n  fo\r\n  ld\r\ne:\r\n";
    let parsed = parse(text);
    assert_eq!(parsed.issues, []);
    let rows: Vec<_> = root(&parsed)
        .entries()
        .iter()
        .map(|entry| (entry.key.span.of(text), entry.node.text(), entry.node.inner(text).of(text)))
        .collect();
    let expected = [
        ("é", Some("ä's"), "ä''s"),
        ("b", Some("ü\n"), "ü\\n"),
        ("c", Some("li\nne\n"), "li\r\n  ne"),
        ("d", Some("fo ld"), "fo\r\n  ld"),
        ("e", None, ""),
    ];
    assert_eq!(rows, expected);
    assert_eq!(at(root(&parsed), "é").span.of(text), "'ä''s'");
    assert!(matches!(at(root(&parsed), "e").value, Value::Null));
}

#[test]
fn a_collection_ends_with_its_last_child() {
    let text = "a:\n  b: [1, {c: 2}]\n\n# c\nd: 3\n";
    let parsed = parse(text);
    assert_eq!(at(root(&parsed), "a").span.of(text), "b: [1, {c: 2}]");
    assert_eq!(at(root(&parsed), "a.b").items()[1].span.of(text), "{c: 2}");
}

#[test]
fn scalars_follow_the_core_schema() {
    let text = "[~, true, False, 12, -3, 0x1F, 0o17, 1.50, .inf, yes, 0755, 1_000, \
                9223372036854775808, 1e999, '12', !!str 12, 12.30.1, nul]";
    let parsed = parse(text);
    let shown: Vec<String> = root(&parsed).items().iter().map(show).collect();
    let expected = [
        "null",
        "true",
        "false",
        "12",
        "-3",
        "31",
        "15",
        "1.5",
        "inf",
        "'yes'",
        "'0755'",
        "'1_000'",
        "'9223372036854775808'",
        "'1e999'",
        "'12'",
        "'12'",
        "'12.30.1'",
        "'nul'",
    ];
    assert_eq!(shown, expected);
    let written = |index: usize| root(&parsed).items()[index].scalar_text(text).unwrap();
    assert_eq!([written(2), written(5), written(7)], ["False", "0x1F", "1.50"]);
}

fn show(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text { text, .. } => format!("'{text}'"),
        Value::List(_) | Value::Map(_) => "collection".to_owned(),
    }
}

#[test]
fn what_old_tools_read_otherwise_is_told_for_values_only() {
    let text = "on: no\na: [Off, 0755, 22:22, 8080:80, 'yes', y, 08]\n";
    let parsed = parse(text);
    let places: Vec<&str> = parsed.issues.iter().map(|issue| issue.span.of(text)).collect();
    assert_eq!(places, ["no", "Off", "0755", "22:22"]);
    assert!(kinds(&parsed).iter().all(|kind| *kind == IssueKind::Ambiguous));
}

#[test]
fn a_broken_document_is_told_and_hides_no_other() {
    let text = "é: 1\n---\nb: [\"é\", SECRET: @\n---\nc: 3\n";
    let parsed = parse(text);
    let indices: Vec<usize> = parsed.documents.iter().map(|document| document.index).collect();
    assert_eq!(indices, [0, 2]);
    assert!(matches!(parsed.documents[1].root.get("c").unwrap().value, Value::Int(3)));
    let [Issue { span, kind: IssueKind::Syntax, message }] = parsed.issues.as_slice() else {
        panic!("one syntax issue")
    };
    assert_eq!(span.of(text), "@");
    assert!(!message.contains('@'), "{message}");
}

#[test]
fn empty_documents_count() {
    let parsed = parse("---\n---\na: 1\n");
    let indices: Vec<usize> = parsed.documents.iter().map(|document| document.index).collect();
    assert_eq!(indices, [0, 1]);
    assert!(parse("# only words\n").documents.is_empty());
}

#[test]
fn an_alias_keeps_the_place_of_the_literal_and_its_own() {
    let text = "é: &k 'ä'\nb: *k\nc: &m {d: *k}\ne: *m\n";
    let parsed = parse(text);
    let alias = at(root(&parsed), "b");
    assert_eq!((alias.span.of(text), trail(alias, text)), ("'ä'", vec!["*k"]));
    assert_eq!(trail(at(root(&parsed), "e"), text), ["*m"]);
    assert_eq!(trail(at(root(&parsed), "e.d"), text), ["*k"]);
    assert_eq!(root(&parsed).span.of(text), text.trim_end());
}

#[test]
fn merged_keys_stand_after_own_ones_and_yield_to_them() {
    let text = "a: &a {é: 1, x: 1}\nb: &b {x: 2, y: &y 2}\n\
                p:\n  <<: [*a, *b]\n  own: *y\n  é: 9\nq: &q\n  <<: *b\nr:\n  <<: *q\ns: {<<: {t: 1}}\n";
    let parsed = parse(text);
    assert_eq!(parsed.issues, []);
    let rows: Vec<_> = at(root(&parsed), "p")
        .entries()
        .iter()
        .map(|entry| (&*entry.key.text, entry.merged, show(&entry.node), trail(&entry.node, text)))
        .collect();
    let expected = [
        ("own", false, "2".to_owned(), vec!["*y"]),
        ("é", false, "9".to_owned(), vec![]),
        ("x", true, "1".to_owned(), vec!["*a"]),
        ("y", true, "2".to_owned(), vec!["*b"]),
    ];
    assert_eq!(rows, expected);
    assert_eq!(trail(at(root(&parsed), "r.y"), text), ["*b", "*q"]);
    assert_eq!(at(root(&parsed), "r.y").span.of(text), "2");
    assert_eq!(trail(at(root(&parsed), "s.t"), text), ["<<"]);
    assert!(at(root(&parse("\"<<\": {a: 1}")), "<<").get("a").is_some());
}

#[test]
fn duplicates_are_kept_and_told_with_both_places() {
    let text = "é: 1\nk: {é: 2}\n'é': 3\n";
    let parsed = parse(text);
    assert_eq!(root(&parsed).entries().len(), 3);
    assert!(matches!(at(root(&parsed), "é").value, Value::Int(3)));
    assert_eq!(parsed.issues[0].span.of(text), "'é'");
    assert_eq!(kinds(&parsed), [IssueKind::DuplicateKey { first: Span::new(0, 2) }]);
}

#[test]
fn unknown_and_enclosing_anchors_are_issues() {
    let text = "a: *x\nb: &b [*b]\n";
    let parsed = parse(text);
    let places: Vec<&str> = parsed.issues.iter().map(|issue| issue.span.of(text)).collect();
    assert_eq!(places, ["*x", "*b"]);
    assert_eq!(kinds(&parsed), [IssueKind::Alias, IssueKind::Alias]);
    assert!(!parsed.issues[0].message.contains('x'));
}

#[test]
fn tags_of_other_programs_are_kept_as_written() {
    let parsed = parse("a: !Ref Key\nb: !!str 1\nc: ! 1\nd: !Sub [x]\ne: !<tag:x,1> v\n");
    let tags: Vec<_> = root(&parsed).entries().iter().map(|e| e.node.tag.as_deref()).collect();
    assert_eq!(tags.get(..4), Some([Some("!Ref"), None, None, Some("!Sub")].as_slice()));
    assert!(tags[4].is_some());
}

#[test]
fn templates_are_called_so() {
    let broken = "{{- if .Values.x }}\na: b\n{{- end }}\n";
    assert!(parse(broken).issues[0].message.contains("template"));
    assert!(parse("<% if x %>\n a: [\n").issues[0].message.contains("template"));
    assert!(!parse("a: ${{ x }}\nb: [\n").issues[0].message.contains("template"));
    let text = "é: {{ .Values.x }}\nb: 1\n";
    let parsed = parse(text);
    assert_eq!(parsed.issues[0].span.of(text), "{{ .Values.x }}");
    assert_eq!(at(root(&parsed), "é").text(), Some("{{ .Values.x }}"));
    assert!(matches!(at(root(&parsed), "b").value, Value::Int(1)));
}

#[test]
fn what_erb_reads_from_the_process_is_a_reference() {
    let text = "é: <%= ENV.fetch(\"KEY\", \"sk é\") %>\na: '<%= ENV[\"A\"] -%>'\nb: <%= f(x) %>\nc: x<%= ENV[\"C\"] %>\n\
                d: <%= ENV['D'] || 'dd' %>\n";
    let parsed = parse(text);
    assert_eq!(parsed.issues, []);
    let node = at(root(&parsed), "é");
    assert_eq!((node.text(), node.inner(text).of(text)), (Some("${KEY:-sk é}"), "sk é"));
    assert_eq!(at(root(&parsed), "a").text(), Some("${A}"));
    assert_eq!(at(root(&parsed), "b").text(), Some("<%= f(x) %>"));
    assert_eq!(at(root(&parsed), "c").text(), Some("x<%= ENV[\"C\"] %>"));
    assert_eq!(at(root(&parsed), "d").text(), Some("${D:-dd}"));
}

#[test]
fn a_template_never_hides_the_next_document() {
    for broken in [
        "k: 1\n<% if x %>\nl: 2\n<% end %>",
        "{% if x %}\nk: 1\n{% endif %}",
        "{{- if x }}\nk: 1\n{{- end }}",
    ] {
        let text = format!("{broken}\n---\né: 1\n");
        let parsed = parse(&text);
        assert!(parsed.issues[0].message.contains("has to be rendered first"), "{broken}");
        let last = &parsed.documents.last().unwrap().root;
        assert!(matches!(at(last, "é").value, Value::Int(1)), "{broken}");
    }
}

#[test]
fn bombs_and_depth_are_limits_and_the_next_document_is_read() {
    let level = |item: &dyn Fn(usize) -> String, levels: usize| -> String {
        (1..levels).map(item).collect()
    };
    let ninefold = |n: usize| {
        let aliases = vec![format!("*a{}", n - 1); 9].join(", ");
        format!("b{n}: &a{n} [{aliases}]\n")
    };
    let bomb = format!("a: &a0 [x]\n{}", level(&ninefold, 20));
    let one = |n: usize| format!("b{n}: &a{n} [*a{}]\n", n - 1);
    let chain = format!("a: &a0 [x]\n{}", level(&one, 2000));
    let merge = |n: usize| format!("b{n}: &a{n} {{<<: *a{}, k{n}: 1}}\n", n - 1);
    let merges = format!("a: &a0 {{k0: 1}}\n{}", level(&merge, 2000));
    let nested = level(&|n| format!("{}k:\n", " ".repeat(n)), 200);
    let flow = "[".repeat(100_000);
    let mixed = format!("{}{}{}\n", "- ".repeat(60), "[".repeat(60), "]".repeat(60));
    for hostile in [bomb, chain, merges, nested, flow, mixed] {
        let parsed = parse(&format!("{hostile}\n---\nlast: 1\n"));
        assert!(
            kinds(&parsed).contains(&IssueKind::Limit),
            "{} {:?}",
            &hostile[..20],
            parsed.issues
        );
        assert_eq!(parsed.documents.last().map(|last| last.index), Some(1), "{}", &hostile[..20]);
    }
}
