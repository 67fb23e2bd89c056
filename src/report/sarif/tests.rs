//! What code scanning asks of a log.

use super::*;
use crate::report::sample;

fn results(run: &Run, view: View) -> Vec<Value> {
    let log: Value = serde_json::from_str(&render(run, view)).unwrap();
    log["runs"][0]["results"].as_array().unwrap().clone()
}

#[test]
fn every_result_has_a_place_and_a_rule() {
    let run = sample::no_go();
    let log: Value = serde_json::from_str(&render(&run, View::All)).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert!(!uri.as_str().unwrap().is_empty(), "{result}");
        if let Some(index) = result["ruleIndex"].as_u64() {
            assert_eq!(rules[usize::try_from(index).unwrap()]["id"], result["ruleId"]);
        }
        assert!(result["suppressions"].is_array(), "{result}");
    }
}

#[test]
fn all_kinds_are_told_and_accepted_findings_are_suppressed() {
    let run = sample::no_go();
    let all = results(&run, View::All);
    for kind in ["fail", "pass", "notApplicable", "review", "open"] {
        assert!(all.iter().any(|one| one["kind"] == kind), "{kind}");
    }
    let suppressed: Vec<&Value> =
        all.iter().filter(|one| one["suppressions"] != serde_json::json!([])).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "core/plain-http");
}

#[test]
fn what_is_for_code_scanning_holds_open_findings_alone() {
    let run = sample::no_go();
    let open = results(&run, View::Open);
    assert_eq!(open.len(), 5);
    assert!(open.iter().all(|one| one["kind"] == "fail" && one.get("suppressions").is_none()));
    assert!(open.iter().all(|one| one["ruleId"] != "core/plain-http"));
}

#[test]
fn equal_ids_have_fingerprints_of_their_own() {
    let mut run = sample::no_go();
    run.findings = vec![run.findings[0].clone(), run.findings[0].clone()];
    let prints: Vec<Value> = results(&run, View::Open)
        .iter()
        .map(|one| one["partialFingerprints"]["primaryLocationLineHash"].clone())
        .collect();
    let id = &run.findings[0].id;
    assert_eq!(prints, [format!("{id}:1"), format!("{id}:2")]);
}

#[test]
fn paths_are_encoded_and_brackets_make_no_link() {
    let mut run = sample::no_go();
    run.findings.truncate(1);
    run.findings[0].message = "see [here](https://evil.example)".to_owned();
    run.findings[0].location.as_mut().unwrap().path = "a b/100%/é:#?.env".to_owned();
    let open = results(&run, View::Open);
    let uri = &open[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "a%20b/100%25/%C3%A9%3A%23%3F.env");
    assert!(open[0]["message"]["text"].as_str().unwrap().starts_with("see \\[here\\]("));
}
