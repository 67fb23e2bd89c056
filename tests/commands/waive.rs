//! `golive waive`, and what each kind of waiver comes to: its own line and exit code.

use golive::run::Result as Outcome;
use jiff::civil::date;

use super::stage::{Done, SALT, Stage};

/// A major finding and a blocker.
const PRODUCTION: &str = "BEGINI_BASE_URL=https://api.begini.com\n\
    BEGINI_WEBHOOK_URL=https://lender.ngrok.app/begini\n";
const MAJOR: &str = "begini/outdated-host";
const BLOCKER: &str = "core/tunnel-host";
const BOARD: &str = "The Board <board@lender.co.ke>";

fn stage() -> Stage {
    let manifest = format!(
        "# ours\nfingerprints: {{ salt: {SALT} }}\npolicy: {{ approvers: [\"{BOARD}\"] }} # two eyes\n"
    );
    Stage::new(&[("golive.yaml", &manifest), (".env.production", PRODUCTION)])
}

fn id(stage: &Stage, check: &str) -> String {
    let report = stage.report(&["--gate", "change"]);
    report.findings.iter().find(|one| &*one.check.0 == check).unwrap().id.clone()
}

fn waive(stage: &Stage, id: &str, more: &[&str]) -> Done {
    let typed = ["waive", id, "--owner", "the API team", "--reason", "retired: in June"];
    let until = if more.contains(&"--until") { [].as_slice() } else { &["--until", "2026-12-31"] };
    stage.golive(&[&typed[..], &["--ticket", "RISK-88"], until, more].concat())
}

/// The exit code of the change gate, and everything that is printed, with single blanks.
fn judged(stage: &Stage, more: &[&str]) -> (u8, String) {
    let done = stage.golive(&[&["check", "--gate", "change"], more].concat());
    let printed = done.output + &done.errors;
    (done.exit.code(), printed.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn only_the_major() -> Stage {
    let stage = stage();
    stage.write(".env.production", PRODUCTION.lines().next().unwrap());
    stage
}

#[test]
fn a_waiver_is_added_and_nothing_else_changes() {
    let stage = stage();
    let before = stage.read("golive.yaml");
    let id = id(&stage, MAJOR);
    let told = waive(&stage, &id, &[]).shown();
    assert!(told.contains(&format!("{id}  begini/outdated-host  .env.production:1")), "{told}");
    let entry = format!(
        "\nwaivers:\n  - findings: [\"{id}\"]\n    owner: \"the API team\"\n    reason: \"retired: in \
         June\"\n    ticket: RISK-88\n    until: 2026-12-31\n"
    );
    assert_eq!(stage.read("golive.yaml"), before + &entry);
    let report = stage.report(&["--gate", "change"]);
    let check = report.checks.iter().find(|check| &*check.id.0 == MAJOR).unwrap();
    assert_eq!(check.result, Outcome::Waived);
    assert_eq!(report.tally.waived, [("major".to_owned(), 1)].into());
}

#[test]
fn what_cannot_be_accepted_is_refused_with_what_to_do() {
    let stage = stage();
    let (major, blocker) = (id(&stage, MAJOR), id(&stage, BLOCKER));
    let before = stage.read("golive.yaml");
    for (id, more, said) in [
        ("begini/*", vec![], "findings are accepted one by one"),
        (&*major, vec!["--until", "2026-11-22"], "it is past: today is 2026-11-23 in UTC"),
        (&major, vec!["--until", "2026-11-31"], "November 2026 has no day 31: it has 30"),
        (&major, vec!["--until", "never"], "write it as 2026-12-31"),
        (&blocker, vec![], "it needs --approved-by, one of policy.approvers: known are The Board"),
        (&blocker, vec!["--approved-by", "somebody"], "somebody is not among policy.approvers"),
        (&blocker, vec!["--approved-by", "The API team"], "its owner may not approve it"),
    ] {
        let errors = waive(&stage, id, &more).refused();
        assert!(errors.contains(said), "{errors}");
    }
    assert_eq!(stage.read("golive.yaml"), before);
    let done = waive(&stage, "0123456789abcdef", &[]);
    assert!(done.errors.contains("it may be a live finding"), "{}", done.errors);
    stage.write("golive.yaml", "policy: { approvers: [x] }\n");
    assert!(waive(&stage, &major, &[]).refused().contains("fingerprints.salt"));
}

#[test]
fn each_kind_of_waiver_has_its_line_and_its_exit_code() {
    let fresh = || {
        let stage = only_the_major();
        let id = id(&stage, MAJOR);
        waive(&stage, &id, &[]).shown();
        stage
    };
    let edited = |from: &str, to: &str| {
        let stage = fresh();
        stage.write("golive.yaml", &stage.read("golive.yaml").replace(from, to));
        stage
    };
    let changed = fresh();
    changed.write(".env.production", "BEGINI_BASE_URL=https://api.begini.com/v1\n");
    let id = id(&only_the_major(), MAJOR);
    for (what, stage, exit, line) in [
        ("valid", fresh(), 0, "1 risk accepted (1 major)"),
        ("expired", edited("2026-12-31", "2026-11-22"), 1, "is expired: it held until 2026-11-22"),
        ("malformed", edited("2026-12-31", "2026-02-30"), 2, "February 2026 has no day 30"),
        ("value changed", changed, 1, "matches nothing that this run found"),
        ("unused", edited(&id, "0123456789abcdef"), 1, "matches nothing that this run found"),
        ("a glob", edited(&id, "core/*"), 1, "core/* is no id of a finding"),
        ("nobody's", edited("\"the API team\"", "\"\""), 1, "without a named owner"),
        ("soon over", edited("2026-12-31", "2026-12-07"), 0, "ends in 14 days, on 2026-12-07"),
        ("over today", edited("2026-12-31", "2026-11-23"), 0, "ends today, 2026-11-23 in UTC"),
    ] {
        let (code, printed) = judged(&stage, &[]);
        assert_eq!(code, exit, "{what}: {printed}");
        assert!(printed.contains(line), "{what}: {printed}");
        let soon = what == "soon over" || what == "over today";
        assert_eq!(printed.contains("Soon over"), soon, "{what}: {printed}");
    }
    let (code, printed) = judged(&fresh(), &["--no-waivers"]);
    assert_eq!(code, 1);
    assert!(printed.contains("no risk accepted"), "{printed}");
    assert!(printed.contains("1 waiver left aside (--no-waivers)"), "{printed}");
}

#[test]
fn a_blocker_needs_an_approver_who_did_not_commit_the_waiver() {
    let stage = stage();
    stage.write(".env.production", PRODUCTION.lines().nth(1).unwrap());
    stage.git(&["init", "-q"]);
    stage.commit("Dev");
    let id = id(&stage, BLOCKER);
    waive(&stage, &id, &["--approved-by", "the board"]).shown();
    let refused = |line: &str| {
        let (code, printed) = judged(&stage, &[]);
        assert_eq!(code, 1, "{printed}");
        assert!(printed.contains(line), "{printed}");
    };
    refused("is a blocker: it is not committed, so its author cannot be told");
    stage.commit("A. Dev");
    let (code, printed) = judged(&stage, &[]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("1 risk accepted (1 blocker)"), "{printed}");
    // the approver touches one line of it: then nobody else looked at that
    let text = stage.read("golive.yaml");
    stage.write("golive.yaml", &text.replace("2026-12-31", "2027-12-31"));
    stage.commit("The Board");
    refused("is a blocker: the board committed it and may not approve it");
    // the same by the address on the policy's list
    stage.write("golive.yaml", &text);
    stage.git(&["add", "-A"]);
    let as_board = ["-c", "user.name=B", "-c", "user.email=Board@lender.co.ke"];
    stage.git(&[&as_board[..], &["commit", "-q", "-m", "c"]].concat());
    refused("may not approve it");
    stage.write("golive.yaml", &text.replace("    approved-by: \"the board\"\n", ""));
    stage.commit("A. Dev");
    refused("is a blocker: it needs approved-by");
    stage.write("golive.yaml", &text.replace("\"the board\"", "somebody"));
    stage.commit("A. Dev");
    refused("somebody is not among policy.approvers");
}

#[test]
fn a_later_day_lapses_what_ends_before_it() {
    let stage = only_the_major();
    let id = id(&stage, MAJOR);
    waive(&stage, &id, &["--until", "2026-12-10"]).shown();
    let (code, printed) = judged(&stage, &["--as-of", "2026-12-10"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("as on 2026-12-10 (UTC)"), "{printed}");
    let (code, printed) = judged(&stage, &["--as-of", "2026-12-11"]);
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("is expired: it held until 2026-12-10"), "{printed}");
    for (day, said) in [
        ("2026-11-22", "it is past: today is 2026-11-23 in UTC"),
        ("2026-13-01", "there is no month 13"),
    ] {
        let (code, printed) = judged(&stage, &["--as-of", day]);
        assert_eq!(code, 2, "{printed}");
        assert!(printed.contains(said) && printed.contains("[--as-of:1:"), "{printed}");
    }
    let report = stage.report(&["--as-of", "2026-12-01"]);
    assert_eq!(report.as_of, Some(date(2026, 12, 1)));
    assert_eq!(report.valid_until.unwrap().to_string(), "2026-12-11T00:00:00Z");
    assert_eq!(stage.report(&["--as-of", "2026-11-23"]).as_of, None);
}

#[test]
fn a_confirmation_lapses_on_a_later_day_and_none_of_the_future_counts() {
    let stage = Stage::vaulted();
    let check = "begini/launch-is-signed-off";
    let said = ["confirm", check, "--by", "A", "--role", "r", "--evidence", "https://l.co.ke/1"];
    stage.golive(&[&said[..], &["--until", "2026-12-01"]].concat()).shown();
    assert_eq!(stage.result(check, &["--as-of", "2026-12-01"]), "pass by person");
    let lapsed = stage.result(check, &["--as-of", "2026-12-02"]);
    assert!(lapsed.contains("lapsed: it held until 2026-12-01"), "{lapsed}");
    let file = "golive.confirmations.yaml";
    stage.write(file, &stage.read(file).replace("date: 2026-11-23", "date: 2026-11-25"));
    let early = stage.result(check, &["--as-of", "2026-11-30"]);
    assert!(early.contains("dated 2026-11-25, after the day of this run"), "{early}");
}

#[test]
fn what_a_report_is_for_stands_in_it() {
    let stage = stage();
    let purpose = ["--release", "1.4.0", "--ticket", "REL-88", "--artifact", "sha256:00\u{1b}[31m"];
    let report = stage.report(&purpose);
    assert_eq!(report.subject.release.as_deref(), Some("1.4.0"));
    assert_eq!(report.subject.ticket.as_deref(), Some("REL-88"));
    let (_, printed) = judged(&stage, &purpose);
    assert!(printed.contains("release 1.4.0") && printed.contains("ticket REL-88"), "{printed}");
    assert!(!printed.contains('\u{1b}'));
}
