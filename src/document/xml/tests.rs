use super::*;
use crate::document::{Node, Value};
use crate::source::LineIndex;

fn read(text: &str) -> Parsed {
    let parsed = parse(text);
    assert_eq!(parsed.issues, [], "{text}");
    parsed
}

fn node<'a>(parsed: &'a Parsed, path: &str) -> &'a Node {
    let root = &parsed.documents[0].root;
    path.split('/').fold(root, |node, key| node.get(key).unwrap_or_else(|| panic!("no {key}")))
}

/// Text, literal as written, line and column.
fn row(text: &str, path: &str) -> (String, String, u32, u32) {
    let parsed = read(text);
    let node = node(&parsed, path);
    let span = node.inner(text);
    let position = LineIndex::new(text).position(text, span.start_offset());
    let value = node.scalar_text(text).unwrap().into_owned();
    (value, span.of(text).to_owned(), position.line, position.column)
}

fn said(value: &str, raw: &str, line: u32, column: u32) -> (String, String, u32, u32) {
    (value.to_owned(), raw.to_owned(), line, column)
}

#[test]
fn resources_of_android() {
    let text = "\u{feff}<?xml version=\"1.0\"?>\r\n<!-- <string name=\"no\">x</string> é -->\r\n\
        <resources xmlns:x=\"y\">\r\n<color name=\"c\">#fff</color>\
        <string name=\"key\" translatable=\"false\"> sk &amp; <x:g>y</x:g>\\'s </string>\r\n\
        é <string name=\"é\"><![CDATA[ https://x?a&b ]]></string><string name=\"e\"></string>\
        <bool name=\"b\">true</bool><string-array name=\"l\"><item>1</item></string-array>\
        <string name=\"r\">@string/key</string><string name=\"q\">\"a b\"</string></resources>";
    assert_eq!(row(text, "key").0, "sk & y's");
    assert_eq!(row(text, "é"), said("https://x?a&b", "https://x?a&b", 5, 30));
    assert_eq!(row(text, "e").1, "");
    assert_eq!(row(text, "r").0, "${key}");
    assert_eq!(row(text, "q").1, "a b");
    let parsed = read(text);
    assert!(matches!(node(&parsed, "b").value, Value::Bool(true)));
    assert_eq!(node(&parsed, "l").items().len(), 1);
    let keys: Vec<&str> =
        parsed.documents[0].root.entries().iter().map(|one| &*one.key.text).collect();
    assert_eq!(keys, ["key", "é", "e", "b", "l", "r", "q"]);
}

#[test]
fn property_lists() {
    let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"-//A\" \"http://a/p.dtd\">\n<plist version=\"1.0\">\n\
        <dict><key>é</key><string>ü&lt;</string><key>on</key><true/><key>n</key><integer>5</integer>\n\
        <key>d</key><dict><key>K</key> <!-- c --> <string>$(HOST)</string></dict>\
        <key>l</key><array><string>a</string><false/></array><key>z</key><string/></dict></plist>\n";
    assert_eq!(row(text, "é"), said("ü<", "ü&lt;", 4, 27));
    assert_eq!(row(text, "on").0, "<true/>");
    assert_eq!(row(text, "n").0, "5");
    assert_eq!(row(text, "d/K").0, "${HOST}");
    assert_eq!(row(text, "z"), said("", "<string/>", 5, 139));
    let parsed = read(text);
    assert!(matches!(node(&parsed, "on").value, Value::Bool(true)));
    assert_eq!(node(&parsed, "l").items().len(), 2);
}

#[test]
fn settings_of_dot_net() {
    let text = "<configuration>\n <appSettings>\n  <add key=\"Stripe:É\" value='sk' />\n\
        <!-- <add key=\"no\" value=\"x\"/> --><remove key=\"k\"/>\n </appSettings>\n<connectionStrings>\
        <add name=\"Db\" connectionString=\"Server=x\" providerName=\"p\"/></connectionStrings>\
        <compilation debug=\"true\"/><applicationSettings><setting name=\"Url\" serializeAs=\"String\">\
        <value>https://x</value></setting></applicationSettings></configuration>";
    assert_eq!(row(text, "appSettings/Stripe:É"), said("sk", "sk", 3, 30));
    assert_eq!(row(text, "connectionStrings/Db").0, "Server=x");
    assert_eq!(row(text, "compilation/debug").0, "true");
    assert_eq!(row(text, "applicationSettings/Url").0, "https://x");
    assert!(parse_if_xml("CONFIG_X=y\n").documents.is_empty());
    assert!(parse_if_xml("CONFIG_X=y\n").issues.is_empty());
}

#[test]
fn manifests_of_android_and_projects_of_maven() {
    let text = "<manifest xmlns:android=\"http://a\"><application android:debuggable=\"true\" \
        android:label=\"@string/app\"><meta-data android:name=\"com.é.KEY\" android:value=\"${key}\"/>\
        <activity android:name=\".A\"/><activity android:name=\".B\"/></application></manifest>";
    assert_eq!(row(text, "application/android:debuggable").0, "true");
    assert_eq!(row(text, "application/android:label").0, "${app}");
    assert_eq!(row(text, "application/com.é.KEY").0, "${key}");
    assert_eq!(node(&read(text), "application/activity").items().len(), 2);
    let text = "<project><properties><stripe.key>sk</stripe.key></properties><profiles><profile>\
        <id>production</id><properties><é>1</é></properties></profile><profile><id>b</id></profile>\
        </profiles></project>";
    assert_eq!(row(text, "properties/stripe.key").0, "sk");
    assert_eq!(row(text, "profiles/production/properties/é").0, "1");
}

#[test]
fn anything_else_is_nested() {
    let text = "<a x='1'>t<b>2</b><b y='3'>4</b><c><d/></c></a>";
    assert_eq!(row(text, "a/x").0, "1");
    let parsed = read(text);
    let list = node(&parsed, "a/b");
    assert_eq!(list.items()[0].text(), Some("2"));
    assert_eq!(list.items()[1].get("value").unwrap().span.of(text), "4");
    assert_eq!(row(text, "a/c/d").0, "");
    assert_eq!(read("<k>v</k>").documents[0].root.get("k").unwrap().text(), Some("v"));
}

#[test]
fn what_is_wrong_is_told_where_it_stands_and_quotes_nothing() {
    for (text, place, message) in [
        ("<!DOCTYPE a [<!ENTITY b 'SECRET'>]><a>&b;</a>", 13, "declares entities"),
        ("<é>\n<SECRET>\n</é>", 16, "a closing tag"),
        ("<a>&SECRET;</a>", 3, "an entity"),
        ("<a SECRET:b='1'/>", 0, "a prefix"),
        ("", 0, "no element"),
        ("SECRET", 0, "this is no XML"),
    ] {
        let parsed = parse(text);
        assert!(parsed.documents.is_empty(), "{text}");
        let issue = &parsed.issues[0];
        assert!(issue.message.starts_with(message), "{text}: {}", issue.message);
        assert!(!issue.message.contains("SECRET"));
        assert!(issue.span.start_offset().abs_diff(place) <= 3, "{text}: {:?}", issue.span);
    }
}

#[test]
fn depth_is_a_limit() {
    for (open, close) in [("<a>", "</a>"), ("<dict><key>k</key>", "</dict>")] {
        let deep = format!("<plist>{}{}</plist>", open.repeat(200_000), close.repeat(200_000));
        let parsed = parse(&deep);
        assert_eq!(parsed.documents.len(), 1);
        let generic = parse(&deep.replace("plist", "x"));
        assert!(generic.issues.iter().any(|issue| issue.kind == IssueKind::Limit));
    }
    let bomb = "<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>";
    assert!(parse(bomb).documents.is_empty());
}
