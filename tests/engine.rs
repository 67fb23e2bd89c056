//! The engine on small projects: what each rule of the verdict, of narrowing and of homes comes to.

#![expect(clippy::unwrap_used, reason = "all of this file is a test")]

use std::path::Path;

use golive::cli::{Exit, Given, Terminal, World, run};
use golive::run::{Basis, Result, Run, VerdictWord};
use golive::source::expand;

/// Files by path, their text with `@@join(..)@@` put together.
type Files<'a> = &'a [(&'a str, &'a str)];

fn write(folder: &Path, files: Files<'_>) {
    for (path, text) in files {
        let full = folder.join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, expand(text).unwrap()).unwrap();
    }
}

/// `golive check` on these files: the report and the exit.
fn check(files: Files<'_>, arguments: &[&str]) -> (Run, Exit) {
    check_in(files, arguments, &|_| None)
}

/// The same in a process with variables.
fn check_in(
    files: Files<'_>,
    arguments: &[&str],
    variable: &dyn Fn(&str) -> Option<String>,
) -> (Run, Exit) {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("project");
    write(&folder, files);
    let typed = ["golive", "check", "--format", "json"].iter().chain(arguments);
    let finished = run(&World {
        arguments: typed.map(Into::into).collect(),
        folder,
        clock: "2026-01-15T08:00:00Z".parse().unwrap(),
        zone: jiff::tz::TimeZone::UTC,
        variable,
        seed: 7,
        terminal: Terminal { color: false, color_errors: false, width: 100, plain: false },
        progress: &|_| {},
        ask: None,
        given: Given::nothing(),
    });
    assert_eq!(finished.errors, "");
    (serde_json::from_str(&finished.output).unwrap(), finished.exit)
}

/// A check's result and the kind of its reason.
fn result(run: &Run, id: &str) -> (Result, String) {
    let check = run.checks.iter().find(|check| *check.id.0 == *id).unwrap();
    (check.result, check.reason.as_ref().map_or_else(String::new, |why| why.kind.clone()))
}

const SANDBOX: &str = "BEGINI_API_KEY=@@join(64064298-dee8-,48c3-ab43-,bc4e179d36a4)@@\n\
    BEGINI_INTEGRATION_ID=@@join(23ad1e03e537,7dd28cdd7e85)@@\n\
    BEGINI_WEBHOOK_URL=https://hooks-sbx.lender.co.ke/begini\n";
const PRODUCTION: &str = "BEGINI_API_KEY=vault:kv/lender/production#begini\n\
    BEGINI_INTEGRATION_ID=vault:kv/lender/production#begini-id\n\
    BEGINI_WEBHOOK_URL=https://api.lender.co.ke/begini\n";

#[test]
fn a_gate_at_which_nothing_was_judged_is_not_passed() {
    let core = ("golive.yaml", "packs: [core]\n");
    let files = [core, (".env.production", "PORT=3000\nSERVICE_URL=https://api.lender.co.ke\n")];
    let (run, exit) = check(&files, &["--gate", "live"]);
    assert_eq!((run.verdict.word, exit), (VerdictWord::Undecided, Exit::NotTold));
    assert_eq!(run.verdict.because, ["nothing was judged: no check is due at the live gate"]);
}

#[test]
fn files_that_hold_nothing_pass_no_gate() {
    let manifest = "packs: [core]\nenvironments:\n  sandbox: { layers: [.env.sandbox] }\n  \
        production: { layers: [.env.production] }\n";
    for more in [&["--gate", "change"][..], &["--gate", "sandbox"], &[]] {
        let empty = [("golive.yaml", manifest), (".env.sandbox", ""), (".env.production", "\n")];
        let (run, exit) = check(&empty, more);
        assert_eq!(exit, Exit::NotTold, "{more:?}: {:?}", run.verdict);
        assert_eq!(run.verdict.because[0], "no setting of any environment was read", "{more:?}");
    }
    let held = [
        ("golive.yaml", manifest),
        (".env.sandbox", "LOG_LEVEL=debug\n"),
        (".env.production", "LOG_LEVEL=info\n"),
    ];
    let (run, exit) = check(&held, &["--gate", "change"]);
    assert_eq!((run.verdict.word, exit), (VerdictWord::Pass, Exit::Ready), "{:?}", run.verdict);
}

#[test]
fn a_gate_asks_only_for_the_environments_that_it_decides() {
    let files = [(".env.sandbox", SANDBOX)];
    let (run, _) = check(&files, &["--gate", "sandbox"]);
    for id in ["begini/api-keys-differ", "begini/integration-ids-differ"] {
        assert_eq!(result(&run, id), (Result::NotAsked, "not due".to_owned()), "{id}");
    }
    assert_eq!(result(&run, "begini/has-essential-settings"), (Result::Pass, String::new()));
    let (last, people) = run.verdict.because.split_last().unwrap();
    assert_eq!(last, "10 live blockers were not asked: add --live");
    assert!(people.iter().all(|why| why.contains(" wait for a person: ")), "{people:?}");
    let (run, _) = check(&files, &["--gate", "launch"]);
    for id in ["begini/api-keys-differ", "begini/has-essential-settings", "core/tunnel-host"] {
        assert_eq!(result(&run, id), (Result::Unknown, "not found".to_owned()), "{id}");
    }
}

#[test]
fn an_environment_that_the_command_line_leaves_out_is_not_called_missing() {
    let files = [(".env.sandbox", SANDBOX), (".env.production", PRODUCTION)];
    let (run, exit) = check(&files, &["--environment", "production"]);
    assert_eq!((run.verdict.word, exit), (VerdictWord::Undetermined, Exit::NotTold));
    for id in ["begini/api-keys-differ", "core/production-value-in-sandbox"] {
        assert_eq!(result(&run, id), (Result::NotAsked, "narrowed".to_owned()), "{id}");
    }
    let missing = "no sandbox environment was found";
    assert!(!run.verdict.because.iter().any(|why| why.contains(missing)), "{run:?}");
}

#[test]
fn a_manifest_that_leaves_out_a_pack_in_use_narrows_the_run() {
    let settings = "PORT=3000\nSERVICE_URL=https://api.lender.co.ke\n";
    let own = [("golive.yaml", "packs: [core]\n"), (".env.production", settings)];
    let (run, exit) = check(&own, &["--gate", "change"]);
    assert_eq!((run.verdict.word, exit), (VerdictWord::Pass, Exit::Ready));
    assert_eq!(run.verdict.qualifier.as_deref(), Some("core only"));
    let with = [own[0], (".env.sandbox", SANDBOX), (".env.production", PRODUCTION)];
    let (run, exit) = check(&with, &["--gate", "change"]);
    assert_eq!((run.verdict.word, exit), (VerdictWord::Undecided, Exit::NotTold));
    assert_eq!(run.verdict.qualifier.as_deref(), Some("partial: golive.yaml packs"));
    assert_eq!(run.narrowed[0].effect, "without begini, which is in use (BEGINI_API_KEY)");
}

/// A pack outside the project: its text is the file `pack.yaml`, then checks by name.
const ACME: &str = "title: Acme\nhomepage: https://acme.co.ke\nessential: [api-key]\nroles:\n  \
    api-key: { kind: credential, names: [ACME_API_KEY] }\nhosts:\n  shared: [api.acme.co.ke]\n";
const COMMON: &str = "title: A claim\nstep: build-in-sandbox\nseverity: blocker\nwho: engineer\n\
    why: It matters.\nfix: Mend it.\nlinks: [https://acme.co.ke]\n";

#[test]
fn what_needs_an_answer_waits_for_it() {
    let probe = format!(
        "{COMMON}request: {{ environment: sandbox, method: GET, url: 'https://api.acme.co.ke/me', \
         headers: {{ key: '{{api-key}}' }} }}\n\
         outcomes: [{{ when: status == 200, result: pass }}]\n"
    );
    let after = format!("{COMMON}needs: [acme/asks]\nrequire: {{ role: api-key }}\n");
    let then = format!("{COMMON}needs: [acme/after]\nrequire: {{ role: api-key }}\n");
    let elsewhere = format!("{COMMON}needs: [begini/known-host]\nrequire: {{ role: api-key }}\n");
    let files = [
        ("../packs/acme/pack.yaml", ACME),
        ("../packs/acme/asks.yaml", probe.as_str()),
        ("../packs/acme/after.yaml", after.as_str()),
        ("../packs/acme/then.yaml", then.as_str()),
        ("../packs/acme/elsewhere.yaml", elsewhere.as_str()),
        (".env.sandbox", "ACME_API_KEY=k9Zt4Qw7x2\n"),
    ];
    let (run, _) = check(&files, &["--packs", "../packs", "--gate", "sandbox"]);
    assert_eq!(result(&run, "acme/asks"), (Result::NotAsked, "not live".to_owned()));
    assert_eq!(result(&run, "acme/after"), (Result::NotAsked, "needs".to_owned()));
    assert_eq!(result(&run, "acme/then"), (Result::NotAsked, "needs".to_owned()));
    assert_eq!(result(&run, "acme/elsewhere"), (Result::Unknown, "needs".to_owned()));
    let because = &run.verdict.because;
    assert!(
        because.contains(&"3 live blockers were not asked: add --live".to_owned()),
        "{because:?}"
    );
}

/// A run of one live check of `acme` whose answer is recorded.
fn answered(check_text: &str, answer: &str) -> Run {
    let recording = format!(
        "schema: golive/recording/v1\nclock: 2026-01-15T08:00:00Z\nseed: 1\nexchanges:\n  \
         - {{ check: acme/asks, name: answer, index: 0, request: GET https://api.acme.co.ke/me, \
         facts: {answer} }}\n"
    );
    let text = format!(
        "{COMMON}request: {{ environment: sandbox, method: GET, url: 'https://api.acme.co.ke/me', \
         headers: {{ key: '{{api-key}}' }} }}\n{check_text}"
    );
    let files = [
        ("../packs/acme/pack.yaml", ACME),
        ("../packs/acme/asks.yaml", text.as_str()),
        ("../recording.yaml", recording.as_str()),
        (".env.sandbox", "ACME_API_KEY=k9Zt4Qw7x2\n"),
        (
            "golive.confirmations.yaml",
            "confirmations:\n  - { check: acme/asks, answer: yes, by: nobody, role: engineer, \
             date: 2026-01-10, until: 2026-02-10 }\n",
        ),
    ];
    let typed = ["--packs", "../packs", "--gate", "sandbox", "--replay", "../recording.yaml"];
    check(&files, &typed).0
}

#[test]
fn a_person_may_answer_what_a_provider_could_not() {
    let outcomes = "outcomes: [{ when: status == 200, result: pass }]\n";
    let confirm = "or-confirm: { statement: The key works, who: engineer, valid-for: 90d }\n";
    let down = "{ status: 503, ms: 84, body: {} }";
    assert_eq!(result(&answered(outcomes, down), "acme/asks").1, "provider unavailable");
    let run = answered(&format!("{confirm}{outcomes}"), down);
    let told = run.checks.iter().find(|check| &*check.id.0 == "acme/asks").unwrap();
    assert_eq!((told.result, told.basis), (Result::Pass, Some(Basis::Person)));
    assert_eq!(run.valid_until.unwrap().to_string(), "2026-02-11T00:00:00Z");
}

#[test]
fn an_outcome_that_reads_too_much_is_not_passed_over() {
    let outcomes = "outcomes:\n  - { when: 'body.a.exists(x, body.a.exists(y, x + y < 0))', \
        result: fail, message: no }\n  - { when: 'true', result: pass }\n";
    let few = "{ status: 200, ms: 84, body: { a: [1, 2, 3] } }";
    assert_eq!(result(&answered(outcomes, few), "acme/asks").0, Result::Pass);
    let many = format!("{{ status: 200, ms: 84, body: {{ a: [{}0] }} }}", "1, ".repeat(900));
    let run = answered(outcomes, &many);
    assert_eq!(result(&run, "acme/asks"), (Result::Unknown, "too costly".to_owned()));
}

#[test]
fn variables_of_two_environments_are_two_items() {
    let manifest = "environments:\n  sandbox: { variables: { begini/api-key: S_KEY } }\n  \
        production: { variables: { begini/api-key: P_KEY } }\n";
    let id = |name: &str| match name {
        "S_KEY" => Some("64064298dee848c3ab43bc4e".to_owned()),
        "P_KEY" => Some("f95c8b7c0a61445d8e6bb659".to_owned()),
        _ => None,
    };
    let granted = ["--variable", "S_KEY", "--variable", "P_KEY"];
    let (run, _) = check_in(&[("golive.yaml", manifest)], &granted, &id);
    let mut wrong: Vec<_> = run
        .findings
        .iter()
        .filter(|finding| &*finding.check.0 == "core/right-thing-in-the-slot")
        .map(|finding| finding.environment.as_deref().unwrap())
        .collect();
    wrong.sort_unstable();
    assert_eq!(wrong, ["production", "sandbox"]);
}

#[test]
fn one_mistake_in_two_services_has_two_ids() {
    let manifest = "services: { api: { root: api }, web: { root: web } }\n";
    let placeholder = "BEGINI_API_KEY=changeme\n";
    let files = [
        ("golive.yaml", manifest),
        ("api/.env.production", placeholder),
        ("web/.env.production", placeholder),
    ];
    let (run, _) = check(&files, &["--gate", "change"]);
    let ids: Vec<_> = run.findings.iter().map(|finding| &finding.id).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}
