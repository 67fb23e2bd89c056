//! What the readers' own schemas say. Those that are no part of this project are looked for beside
//! it, and a line says so where they are not there.

use std::path::{Path, PathBuf};
use std::process::Command;

use golive::report::Format;
use serde_json::Value;

use super::stage::{Stage, reports, run_of};

/// A schema of somebody else.
fn beside(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared/schemas", "../../shared/schemas"]
        .map(|folder| root.join(folder).join(name))
        .into_iter()
        .find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped: {name} is not in ../shared/schemas");
    }
    found
}

fn mistakes(schema: &Value, text: &str) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    validator.iter_errors(&value).take(5).map(|one| one.to_string()).collect()
}

#[test]
fn the_json_is_what_its_schema_says() {
    let stage = Stage::new();
    let schema = stage.golive(&["schema", "report"]).output;
    let schema: Value = serde_json::from_str(&schema).unwrap();
    for (name, report) in reports() {
        stage.keep("report.json", report);
        let wrong = mistakes(&schema, &stage.rendered("report.json", Format::Json));
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "reads a schema of the tests")]
fn sarif_is_what_its_schema_says() {
    let Some(path) = beside("sarif-schema-2.1.0.json") else { return };
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let stage = Stage::new();
    for (name, report) in reports() {
        stage.keep("report.json", report);
        for format in [Format::Sarif, Format::SarifOpen] {
            let wrong = mistakes(&schema, &stage.rendered("report.json", format));
            assert!(wrong.is_empty(), "{name}: {wrong:?}");
        }
    }
    let broken = "{\"version\": \"2.1.0\"}";
    assert!(!mistakes(&schema, broken).is_empty(), "the schema is asked");
}

#[test]
fn sarif_keeps_what_github_asks_beyond_the_schema() {
    let stage = Stage::new();
    for (name, report) in reports() {
        stage.keep("report.json", report);
        let log: Value =
            serde_json::from_str(&stage.rendered("report.json", Format::SarifOpen)).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        let mut prints = std::collections::BTreeSet::new();
        for result in results {
            let at = &result["locations"][0]["physicalLocation"];
            let uri = at["artifactLocation"]["uri"].as_str().unwrap();
            let plain = |one: char| one.is_ascii_alphanumeric() || "-._~/%".contains(one);
            assert!(uri.chars().all(plain) && !uri.starts_with('/'), "{name}: {uri}");
            assert!(at["region"]["startColumn"].as_u64() >= Some(1));
            let print = &result["partialFingerprints"]["primaryLocationLineHash"];
            assert!(prints.insert(print.to_string()), "{name}: {print} stands twice");
        }
        let open = run_of(report).findings.iter().filter(|one| one.waived.is_none()).count();
        assert_eq!(results.len(), open, "{name}");
    }
}

#[test]
fn junit_is_what_its_schema_says() {
    let stage = Stage::new();
    let reports = reports();
    for (name, report) in reports {
        stage.keep("report.json", report);
        let text = stage.rendered("report.json", Format::Junit);
        let read = roxmltree::Document::parse(&text).unwrap();
        let cases = read.descendants().filter(|node| node.has_tag_name("testcase")).count();
        assert_eq!(cases, run_of(report).checks.len(), "{name}");
        stage.write(&format!("{name}.xml"), &text);
    }
    let Some(schema) = beside("junit-ant.xsd") else { return };
    for (name, _) in reports {
        let asked = Command::new("xmllint")
            .args(["--noout", "--schema"])
            .arg(&schema)
            .arg(stage.path().join(format!("{name}.xml")))
            .output();
        let Ok(asked) = asked else {
            eprintln!("skipped: xmllint is not installed");
            return;
        };
        assert!(asked.status.success(), "{name}: {}", String::from_utf8_lossy(&asked.stderr));
    }
}

#[test]
fn gitlab_gets_every_field_that_it_asks_for() {
    let stage = Stage::new();
    for (name, report) in reports() {
        stage.keep("report.json", report);
        let list: Value =
            serde_json::from_str(&stage.rendered("report.json", Format::Gitlab)).unwrap();
        let mut prints = std::collections::BTreeSet::new();
        for one in list.as_array().unwrap() {
            for field in ["description", "check_name", "fingerprint"] {
                assert!(one[field].as_str().is_some_and(|text| !text.is_empty()), "{name}: {one}");
            }
            let known = ["info", "minor", "major", "critical", "blocker"];
            assert!(known.contains(&one["severity"].as_str().unwrap()));
            assert!(one["location"]["path"].is_string());
            assert!(one["location"]["lines"]["begin"].as_u64() >= Some(1));
            assert!(prints.insert(one["fingerprint"].to_string()), "{name}: {one}");
        }
    }
}

#[test]
fn a_ticket_stays_short_whatever_there_is_to_tell() {
    let stage = Stage::new();
    for (name, report) in reports() {
        stage.keep("report.json", report);
        let text = stage.rendered("report.json", Format::Markdown);
        assert!(text.chars().count() < 32_000, "{name}: {}", text.chars().count());
        let word = run_of(report).verdict.word.as_str();
        assert!(text.starts_with(&format!("**{word}")), "{name}: {text}");
    }
}
