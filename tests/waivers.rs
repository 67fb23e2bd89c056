//! Waivers: what each kind of them does to a finding, to its check and to the verdict.

#![expect(clippy::unwrap_used, reason = "all of this file is a test")]

use golive::cli::{Exit, Given, Terminal, World, run};
use golive::run::{Result, Run, VerdictWord};

const SALT: &str = "fingerprints: { salt: tests-only-2f6b0c91d4 }\n";
const POLICY: &str = "policy: { approvers: [the integration board, the API team] }\n";
/// A major finding and a blocker.
const PRODUCTION: &str = "LENDER_CALLBACK_URL=http://www.lender.co.ke/scored\n\
    BEGINI_WEBHOOK_URL=https://lender.ngrok.app/begini\n";

/// `golive check --gate change` of a production file and a manifest, on 15 January 2026.
fn check(manifest: &str, production: &str) -> (Run, Exit) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("golive.yaml"), manifest).unwrap();
    std::fs::write(folder.path().join(".env.production"), production).unwrap();
    let typed = ["golive", "check", "--gate", "change", "--format", "json"];
    let finished = run(&World {
        arguments: typed.iter().map(Into::into).collect(),
        folder: folder.path().to_owned(),
        clock: "2026-01-15T23:59:00Z".parse().unwrap(),
        zone: jiff::tz::TimeZone::UTC,
        variable: &|_| None,
        seed: 7,
        terminal: Terminal { color: false, color_errors: false, width: 100, plain: false },
        progress: &|_| {},
        ask: None,
        given: Given::nothing(),
    });
    assert_eq!(finished.errors, "");
    (serde_json::from_str(&finished.output).unwrap(), finished.exit)
}

fn id_of(run: &Run, check: &str) -> String {
    run.findings.iter().find(|finding| &*finding.check.0 == check).unwrap().id.clone()
}

fn result(run: &Run, id: &str) -> Result {
    run.checks.iter().find(|check| &*check.id.0 == id).unwrap().result
}

fn waiver(ids: &str, until: &str, more: &str) -> String {
    format!(
        "waivers:\n  - {{ findings: [{ids}], owner: the API team, reason: retired in June, ticket: \
         RISK-88, until: {until}{more} }}\n"
    )
}

#[test]
fn a_waiver_accepts_a_finding_until_its_last_day() {
    let (before, exit) = check(SALT, PRODUCTION);
    assert_eq!((before.verdict.word, exit), (VerdictWord::Fail, Exit::NotReady));
    let id = id_of(&before, "core/plain-http");
    let tunnel = id_of(&before, "core/tunnel-host");
    let both =
        waiver(&format!("{id}, {tunnel}"), "2026-01-15", ", approved-by: the integration board");
    let (run, exit) = check(&format!("{SALT}{POLICY}{both}"), PRODUCTION);
    assert_eq!((run.verdict.word, exit), (VerdictWord::Pass, Exit::Ready), "{:?}", run.verdict);
    let said: Vec<_> = run.findings.iter().map(|one| one.waived.as_deref().unwrap()).collect();
    assert_eq!(said, ["the API team until 2026-01-15: RISK-88"; 2]);
    assert_eq!(result(&run, "core/plain-http"), Result::Waived);
    assert_eq!(result(&run, "core/tunnel-host"), Result::Waived);
    assert!(run.tally.wrong.is_empty());
    assert_eq!(run.valid_until.unwrap().to_string(), "2026-01-16T00:00:00Z");
    assert!(run.looked_at.notes.is_empty(), "{:?}", run.looked_at.notes);
}

#[test]
fn a_waiver_that_accepts_nothing_says_why_at_its_place() {
    let (before, _) = check(SALT, PRODUCTION);
    let (plain, tunnel) = (id_of(&before, "core/plain-http"), id_of(&before, "core/tunnel-host"));
    let approved = |by: &str| waiver(&tunnel, "2026-06-30", &format!(", approved-by: {by}"));
    for (what, manifest, why) in [
        ("expired", format!("{SALT}{}", waiver(&plain, "2026-01-14", "")), "is expired"),
        (
            "unused",
            format!("{SALT}{}", waiver("0123456789abcdef", "2026-06-30", "")),
            "matches nothing",
        ),
        ("no salt", waiver(&plain, "2026-06-30", ""), "without a salt"),
        (
            "nobody",
            format!("{SALT}{POLICY}{}", waiver(&tunnel, "2026-06-30", "")),
            "needs approved-by",
        ),
        ("its owner", format!("{SALT}{POLICY}{}", approved("The API Team")), "its owner may not"),
        (
            "a stranger",
            format!("{SALT}{POLICY}{}", approved("somebody")),
            "not among policy.approvers",
        ),
        ("no policy", format!("{SALT}{}", approved("the integration board")), "not among policy"),
    ] {
        let (run, exit) = check(&manifest, PRODUCTION);
        assert_eq!((run.verdict.word, exit), (VerdictWord::Fail, Exit::NotReady), "{what}");
        assert!(run.findings.iter().all(|one| one.waived.is_none()), "{what}");
        assert_eq!(run.valid_until, None, "{what}");
        let note = run.looked_at.notes.first().unwrap();
        assert!(note.message.contains(why), "{what}: {}", note.message);
        assert_eq!(note.location.path, "golive.yaml", "{what}");
        assert!(note.location.line > 1 || what == "no salt", "{what}: {:?}", note.location);
    }
}

#[test]
fn another_value_at_the_same_place_is_not_accepted() {
    let (before, _) = check(SALT, PRODUCTION);
    let id = id_of(&before, "core/plain-http");
    let manifest = format!("{SALT}{}", waiver(&id, "2026-06-30", ""));
    let (run, _) = check(&manifest, PRODUCTION);
    assert_eq!(result(&run, "core/plain-http"), Result::Waived);
    assert_eq!(result(&run, "core/tunnel-host"), Result::Fail);
    let (run, _) = check(&manifest, &PRODUCTION.replace("/scored", "/other"));
    assert_eq!(result(&run, "core/plain-http"), Result::Fail);
}
