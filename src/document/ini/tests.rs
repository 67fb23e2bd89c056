use super::*;
use crate::document::Style;
use crate::source::LineIndex;

fn value<'a>(parsed: &'a Parsed, path: &[&str]) -> Option<&'a str> {
    let root = &parsed.documents.first()?.root;
    path.iter().try_fold(root, |node, key| node.get(key))?.text()
}

#[test]
fn sections_are_maps_and_places_are_exact() {
    let text = "\u{feff}; é\r\ntop = 1\r\n[production]\r\nürl = 'https://x' ; c\r\nkey: \"sk #1\"\r\n\
                [sandbox]\r\nkey=a#b # c\r\n[production]\r\nlate = \r\n";
    let parsed = parse(text);
    assert_eq!(parsed.issues, []);
    assert_eq!(value(&parsed, &["top"]), Some("1"));
    assert_eq!(value(&parsed, &["production", "ürl"]), Some("https://x"));
    assert_eq!(value(&parsed, &["production", "key"]), Some("sk #1"));
    assert_eq!(value(&parsed, &["sandbox", "key"]), Some("a#b"));
    assert_eq!(value(&parsed, &["production", "late"]), Some(""));
    let production = parsed.documents[0].root.get("production").unwrap();
    let node = production.get("ürl").unwrap();
    assert!(matches!(node.value, Value::Text { style: Style::Literal, .. }));
    assert_eq!(node.inner(text).of(text), "https://x");
    let position = LineIndex::new(text).position(text, node.inner(text).start_offset());
    assert_eq!((position.line, position.column), (4, 8));
    assert_eq!(parsed.documents[0].root.entry("sandbox").unwrap().key.span.of(text), "sandbox");
    assert_eq!(parsed.documents[0].root.entries().len(), 3);
}

#[test]
fn lines_further_in_continue_a_value() {
    let text = "[options]\ninstall_requires =\n    requests>=2 # c\n    stripe\nname = x\n\tkey = y\n\
                [core]\n\ta = 1\n\tb = 2\n";
    let parsed = parse(text);
    assert_eq!(parsed.issues, []);
    assert_eq!(value(&parsed, &["options", "install_requires"]), Some("requests>=2\nstripe"));
    assert_eq!(value(&parsed, &["options", "name"]), Some("x\nkey = y"));
    assert_eq!(value(&parsed, &["core", "b"]), Some("2"));
}

#[test]
fn what_is_wrong_is_told_and_the_next_line_is_read() {
    let text = "[open\nSECRET word here\nflag\na=1\na=2\n= 3\n";
    let parsed = parse(text);
    let found: Vec<&str> = parsed.issues.iter().map(|issue| issue.span.of(text)).collect();
    assert_eq!(found, ["[open", "SECRET word here", "a", "= 3"]);
    assert!(parsed.issues.iter().all(|issue| !issue.message.contains("SECRET")));
    assert!(matches!(parsed.documents[0].root.get("flag").unwrap().value, Value::Null));
}

#[test]
fn other_programs_are_no_issue_and_no_document() {
    let nginx = "server {\n  listen 80;\n  set $a = b;\n  proxy_pass http://x;\n}\n";
    let apache =
        "<VirtualHost *>\nServerName x\nSetEnv KEY sk\nRewriteRule ^a=b$ c\n</VirtualHost>\n";
    for text in [nginx, apache, "", "just words\n", "# only = a comment\n"] {
        let parsed = parse_if_pairs(text);
        assert!(parsed.documents.is_empty() && parsed.issues.is_empty(), "{text}");
    }
}

#[test]
fn pairs_of_any_program_are_read_quietly() {
    let text = "# é\nstripe {\n  key = \"sk\" // no\n  key = ${?STRIPE_KEY}\n  deep { \n a = b }\n}\n}\n\
                a.b = c;\nlist = [\n  \"x\"\n]\nodd line\nurl: https://x\n";
    let parsed = parse_if_pairs(text);
    assert_eq!(parsed.issues, []);
    assert_eq!(value(&parsed, &["stripe", "key"]), Some("${?STRIPE_KEY}"));
    assert_eq!(value(&parsed, &["a.b"]), Some("c"));
    assert_eq!(value(&parsed, &["list"]), None);
    let text = "[mysqld]\nskip-networking\nport = 1\nbind = 2\n";
    assert_eq!(value(&parse_if_pairs(text), &["mysqld", "port"]), Some("1"));
}

#[test]
fn build_settings_of_xcode() {
    let text = "#include \"é.xcconfig\"\n// KEY = no\nAPI = https:/$()/$(HOST)/v1 // c\n\
                KEY[sdk=iphone*][arch=x] = sk\nBAD = https://x\nE =\nS = \"a b\";\n";
    let parsed = parse_xcconfig(text);
    assert_eq!(parsed.issues, []);
    assert_eq!(value(&parsed, &["API"]), Some("https://${HOST}/v1"));
    assert_eq!(value(&parsed, &["KEY[sdk=iphone*][arch=x]"]), Some("sk"));
    assert_eq!(value(&parsed, &["BAD"]), Some("https:"));
    assert_eq!(value(&parsed, &["E"]), Some(""));
    assert_eq!(value(&parsed, &["S"]), Some("\"a b\""));
    let node = parsed.documents[0].root.get("API").unwrap();
    assert_eq!(node.span.of(text), "https:/$()/$(HOST)/v1");
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = format!("{}a = 1\n{}", "x {\n".repeat(5000), "b = 2\n".repeat(6000));
    assert_eq!(parse_if_pairs(&deep).documents.len(), 1);
    let wide = format!("a = {}", "'".repeat(1 << 20));
    assert_eq!(parse(&wide).documents.len(), 1);
}
