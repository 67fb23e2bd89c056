use std::collections::BTreeSet;

use super::*;

const FILES: [(&str, Option<Format>); 37] = [
    ("a/.env", Some(Format::Dotenv)),
    (".env.production", Some(Format::Dotenv)),
    (".env.live.example", Some(Format::Dotenv)),
    ("deploy/production.env", Some(Format::Dotenv)),
    ("env.production", Some(Format::Dotenv)),
    ("env.local.example", Some(Format::Dotenv)),
    ("src/env.rs", None),
    ("man1/env.1.gz", None),
    ("a\\b.YML", Some(Format::Yaml)),
    ("values.yaml", Some(Format::Yaml)),
    (".env.json", Some(Format::Json)),
    ("tsconfig.jsonc", Some(Format::Json)),
    ("fly.toml", Some(Format::Toml)),
    (".env.gpg", None),
    ("src/main/resources/application-prod.properties", Some(Format::Properties)),
    ("setup.cfg", Some(Format::Pairs)),
    ("php.ini", Some(Format::Ini)),
    ("supervisord.conf", Some(Format::Pairs)),
    ("ios/Release.xcconfig", Some(Format::Xcconfig)),
    ("ios/Info.plist", Some(Format::Xml)),
    ("res/values/strings.xml", Some(Format::Xml)),
    ("Web.Release.config", Some(Format::PerhapsXml)),
    ("prod.auto.tfvars", Some(Format::Hcl)),
    ("main.tf", Some(Format::Hcl)),
    ("prod.tfvars.json", Some(Format::Json)),
    ("appsettings.Production.json", Some(Format::Json)),
    ("Dockerfile", Some(Format::Dockerfile)),
    ("Dockerfile.prod", Some(Format::Dockerfile)),
    ("api.Dockerfile", Some(Format::Dockerfile)),
    ("Dockerfile.md", None),
    ("deploy.sh", Some(Format::Shell)),
    (".envrc", Some(Format::Shell)),
    (".env.sh", Some(Format::Shell)),
    ("Procfile", None),
    (".tool-versions", None),
    ("environment", None),
    ("yaml", None),
];

const PROGRAMS: [(&str, Option<Format>); 20] = [
    ("src/env.ts", Some(Format::Source(Language::JavaScript))),
    (".env.js", Some(Format::Source(Language::JavaScript))),
    ("src/environments/environment.prod.ts", Some(Format::Source(Language::JavaScript))),
    ("app.min.js", None),
    ("App.vue", Some(Format::Source(Language::Component))),
    ("settings.py", Some(Format::Source(Language::Python))),
    ("config/environments/production.rb", Some(Format::Source(Language::Ruby))),
    ("ios/Podfile", Some(Format::Source(Language::Ruby))),
    ("ios/Podfile.lock", None),
    ("Gemfile", Some(Format::Source(Language::Ruby))),
    ("config/services.php", Some(Format::Source(Language::Php))),
    ("App.java", Some(Format::Source(Language::Java))),
    ("build.gradle", Some(Format::Source(Language::Groovy))),
    ("build.gradle.kts", Some(Format::Source(Language::Kotlin))),
    ("Config.swift", Some(Format::Source(Language::Swift))),
    ("lib/main.dart", Some(Format::Source(Language::Dart))),
    ("main.go", Some(Format::Source(Language::Go))),
    ("Program.cs", Some(Format::Source(Language::CSharp))),
    (".env.d.ts", None),
    ("app.js.map", None),
];

#[test]
fn names_tell_the_format() {
    for (path, format) in FILES.into_iter().chain(PROGRAMS) {
        assert_eq!(Format::of_path(path), format, "{path}");
    }
}

#[test]
fn an_oversized_text_is_said_and_not_read() {
    let text = " ".repeat(MAX_BYTES + 1);
    let parsed = parse(Format::Dotenv, &text);
    assert!(parsed.documents.is_empty());
    assert_eq!(parsed.issues[0].kind, IssueKind::Limit);
}

#[test]
fn one_long_line_and_one_deep_text_are_read_by_all() {
    let formats: BTreeSet<Format> =
        FILES.iter().chain(&PROGRAMS).filter_map(|(_, format)| *format).collect();
    assert!(formats.len() >= 24);
    let texts = [
        format!("\u{feff}key = \"{}\"", "é".repeat(200_000)),
        format!("key: '{}", "x ".repeat(200_000)),
        format!("a = {}", "[".repeat(100_000)),
        format!("a {}", "{\r\n".repeat(100_000)),
        "\r\n".repeat(200_000),
    ];
    for format in formats {
        for text in &texts {
            for document in parse(format, text).documents {
                assert!(text.get(document.root.span.range()).is_some(), "{format:?}");
            }
        }
    }
}
