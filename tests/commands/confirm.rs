//! `golive confirm`: what it writes, when an entry lapses, and whose it is.

use super::stage::{Stage, production_key, sandbox_key};

const CHECK: &str = "begini/launch-is-signed-off";
const FILE: &str = "golive.confirmations.yaml";
const LEAD: [&str; 6] = [
    "--by",
    "A. Lead",
    "--role",
    "operations",
    "--evidence",
    "https://tickets.lender.co.ke/REL-88",
];

fn confirm(stage: &Stage, more: &[&str]) -> String {
    let done = stage.golive(&[&["confirm", CHECK], &LEAD[..], more].concat());
    done.shown()
}

/// A project in git whose production key stands in a file that git ignores.
fn kept_in_git() -> Stage {
    let stage = Stage::vaulted();
    stage.write(".gitignore", ".env.production.local\n");
    stage.write(
        ".env.production",
        "HOOKS=hooks.lender.co.ke\nBEGINI_INTEGRATION_ID=a1b2c3d4e5f6071829304a5b\n\
         BEGINI_WEBHOOK_URL=https://${HOOKS}/begini\nLOG_LEVEL=debug\n",
    );
    stage.write(".env.production.local", &format!("BEGINI_API_KEY={}\n", production_key()));
    stage.git(&["init", "-q"]);
    stage.commit("Dev");
    stage
}

#[test]
fn an_entry_is_added_and_nothing_else_changes() {
    let stage = Stage::vaulted();
    let before = "# ours\nconfirmations: # all\n  # the old one\n  - { check: begini/launch-is-signed-off, \
                  answer: no, by: B, role: r, date: 2026-11-01, until: 2026-11-30 } # said\n\n# end\n";
    stage.write(FILE, before);
    let told = confirm(&stage, &["--until", "2026-12-01", "--date", "2026-11-20"]);
    assert!(told.contains("yes by A. Lead (operations), until 2026-12-01 in UTC"), "{told}");
    let after = stage.read(FILE);
    let (head, end) = before.split_at(before.find("\n\n# end").unwrap() + 1);
    assert!(after.starts_with(head) && after.ends_with(end), "{after}");
    let entry = &after[head.len()..after.len() - end.len()];
    let shown = "  - check: begini/launch-is-signed-off\n    answer: \"yes\"\n    by: \"A. Lead\"\n    \
                 role: operations\n    date: 2026-11-20\n    until: 2026-12-01\n    \
                 evidence: \"https://tickets.lender.co.ke/REL-88\"\n    settings:\n";
    assert!(entry.starts_with(shown), "{entry}");
    assert_eq!(entry.matches("production begini/").count(), 3, "{entry}");
    assert_eq!(stage.result(CHECK, &[]), "pass by person");
}

#[test]
fn a_project_without_a_salt_gets_one_in_the_file_and_keeps_it() {
    let stage = Stage::vaulted();
    stage.remove("golive.yaml");
    confirm(&stage, &[]);
    confirm(&stage, &[]);
    let text = stage.read(FILE);
    assert!(text.starts_with("# What named persons vouch for"), "{text}");
    assert_eq!(text.matches("\nsalt: XFxcXFxc").count(), 1, "{text}");
    assert_eq!(text.matches("- check:").count(), 2, "{text}");
    assert_eq!(stage.result(CHECK, &[]), "pass by person");
    stage.write(FILE, &text.replace("salt: XF", "salt: YF"));
    assert!(stage.result(CHECK, &[]).contains("production begini/api-key has changed since"));
}

#[test]
fn a_changed_setting_lapses_it_and_is_named_without_its_value() {
    let stage = kept_in_git();
    confirm(&stage, &[]);
    stage.commit("Dev");
    let file = stage.read(".env.production");
    for (what, from, to) in [
        ("another setting", "LOG_LEVEL=debug", "LOG_LEVEL=info\nNEW=1"),
        ("its quotes", "=a1b2c3d4e5f6071829304a5b", "='a1b2c3d4e5f6071829304a5b'"),
        ("nothing but its line", "HOOKS", "# a remark\nHOOKS"),
    ] {
        stage.write(".env.production", &file.replacen(from, to, 1));
        assert_eq!(stage.result(CHECK, &[]), "pass by person", "{what}");
    }
    for (to_change, by, role, line) in [
        ("a1b2c3d4e5f6071829304a5b", "b1b2c3d4e5f6071829304a5b", "integration-id", 2),
        ("hooks.lender", "hook.lender", "webhook-url", 3),
        ("/begini", "/other", "webhook-url", 3),
    ] {
        stage.write(".env.production", &file.replace(to_change, by));
        let result = stage.result(CHECK, &[]);
        let place = format!(".env.production:{line}");
        assert!(result.starts_with("pending operations: lapsed: production begini/"), "{result}");
        assert!(result.contains(role) && result.contains(&place), "{result}");
        assert!(!result.contains(by.trim_start_matches('/')), "{result}");
    }
    stage.write(".env.production", &file.replace("BEGINI_WEBHOOK_URL", "OTHER"));
    let result = stage.result(CHECK, &[]);
    assert!(result.contains("webhook-url is no longer what it was: no tracked file"), "{result}");
}

#[test]
fn it_lapses_alike_on_a_laptop_and_in_a_clone() {
    let mut stage = kept_in_git();
    let told = confirm(&stage, &[]);
    let open = "not watched: production begini/api-key (no tracked file holds it)";
    assert!(told.contains(open), "{told}");
    assert!(stage.read(FILE).contains("not-watched: [production begini/api-key]"));
    stage.commit("Dev");
    let evidence = |stage: &Stage| {
        let report = stage.report(&[]);
        let check = report.checks.into_iter().find(|check| &*check.id.0 == CHECK).unwrap();
        check.evidence.into_iter().map(|one| one.message).collect::<Vec<_>>()
    };
    let laptop = evidence(&stage);
    assert!(laptop[1].contains("not watched: production begini/api-key"), "{laptop:?}");
    // what differs from machine to machine: the ignored file, and what the process holds
    let other = "a9b9c9d9e9f9a9b9c9d9e9f9";
    stage.variables.insert("BEGINI_INTEGRATION_ID_PRODUCTION".to_owned(), other.to_owned());
    stage.write(".env.production.local", &format!("BEGINI_INTEGRATION_ID={other}\nHOOKS=x.y\n"));
    assert_eq!(evidence(&stage), laptop);
    stage.remove(".env.production.local");
    assert_eq!(evidence(&stage), laptop);
    // once git tracks it, it is another one than what was vouched for
    stage.write(
        ".env.production",
        &format!("{}BEGINI_API_KEY=vault:kv/x#y\n", stage.read(".env.production")),
    );
    let result = stage.result(CHECK, &[]);
    assert!(result.contains("api-key stands in a tracked file only since"), "{result}");
}

#[test]
fn a_secret_that_could_be_guessed_gets_no_digest() {
    let stage = Stage::vaulted();
    let short = ["hunter", "22"].concat();
    let text = stage.read(".env.production").replace("vault:kv/begini#key", &short);
    stage.write(".env.production", &text);
    let told = confirm(&stage, &[]);
    assert!(told.contains("api-key (a digest would give it away"), "{told}");
    assert!(!stage.read(FILE).contains("production begini/api-key:"));
    assert!(!stage.read(FILE).contains(&sandbox_key()));
}

#[test]
fn a_no_fails_and_needs_no_proof() {
    let stage = Stage::vaulted();
    let typed = ["confirm", CHECK, "--by", "A. Lead", "--role", "operations", "--no"];
    assert!(stage.golive(&typed).shown().contains("no by A. Lead"));
    assert_eq!(stage.result(CHECK, &[]), "fail by person");
    confirm(&stage, &[]);
    assert_eq!(stage.result(CHECK, &[]), "pass by person");
}

#[test]
fn what_cannot_be_is_refused_with_what_to_do() {
    let stage = Stage::vaulted();
    let refused = |typed: &[&str]| stage.golive(&[&["confirm"], typed].concat()).refused();
    let with = |id: &'static str, more: &[&'static str]| [&[id], &LEAD[..], more].concat();
    for (typed, said) in [
        (with("begini/launch-is-signd-off", &[]), "did you mean `begini/launch-is-signed-off`?"),
        (with("begini/api-keys-differ", &[]), "is no statement of a person"),
        (with("nothing/at-all", &[]), "golive confirm --open"),
        (with(CHECK, &["--until", "2026-11-22"]), "which is past: today is 2026-11-23 in UTC"),
        (with(CHECK, &["--until", "2026-12-24"]), "holds for 30 days at most: until 2026-12-23"),
        (with(CHECK, &["--date", "2026-11-24"]), "nobody has said it yet"),
        (with(CHECK, &["--date", "2026-10-01"]), "it would hold until 2026-10-31"),
        (vec![CHECK, "--by", " ", "--role", "r", "--no"], "--by is empty"),
        (vec![CHECK, "--by", "x", "--role", "r", "--evidence", "REL-88"], "with https://"),
        (vec![CHECK, "--by", "x", "--role", "r"], "--evidence <URL>"),
        (vec!["--by", "x", "--role", "r"], "required"),
    ] {
        let errors = refused(&typed);
        assert!(errors.contains(said), "{errors}");
    }
    let errors = refused(&with(CHECK, &["--until", "2026-02-30"]));
    let caret = " 1 │ 2026-02-30\n   ·         ──\n";
    assert!(errors.contains("February 2026 has no day 30") && errors.contains(caret), "{errors}");
    assert!(!stage.has(FILE));
    stage.write(
        FILE,
        "confirmations: [{ check: begini/launch-is-signed-off, answer: yes, by: a, \
                       role: b, date: 2026-11-01, until: 2026-11-31 }]\n",
    );
    let errors = refused(&with(CHECK, &[]));
    assert!(errors.contains("November 2026 has no day 31"), "{errors}");
    stage.write(FILE, &stage.read(FILE).replace("31 }", "30 }"));
    let errors = refused(&with(CHECK, &[]));
    assert!(errors.contains("lines that begin with `-`"), "{errors}");
}

#[test]
fn the_committer_is_shown_beside_the_name() {
    let stage = kept_in_git();
    confirm(&stage, &[]);
    let said = |stage: &Stage| {
        let report = stage.report(&[]);
        let check = report.checks.iter().find(|check| &*check.id.0 == CHECK).unwrap();
        check.evidence[0].message.clone()
    };
    let claim = "A. Lead (operations) on 2026-11-23, until 2026-12-23, \
                 https://tickets.lender.co.ke/REL-88";
    assert_eq!(said(&stage), format!("{claim} (not committed)"));
    stage.commit("J. Dev");
    assert_eq!(said(&stage), format!("{claim} (committed by J. Dev)"));
    let shown = stage.golive(&["check"]).output;
    assert!(shown.contains("1 by A. Lead (operations), committed by J. Dev"), "{shown}");
    // neither a mail map nor a conversion of the judged folder has a say
    stage.write(".mailmap", "A. Lead <lead@lender.co.ke> <dev@lender.co.ke>\n");
    stage.write(".gitattributes", "*.yaml diff=evil filter=evil\n");
    let trap = stage.path("trap");
    stage.git(&["config", "diff.evil.textconv", &format!("touch {trap}; cat")]);
    stage.commit("K. Other");
    stage.git(&["config", "filter.evil.clean", &format!("touch {trap}; cat")]);
    // as after a checkout: git has to compare the file with what it holds
    stage.write(FILE, &stage.read(FILE));
    assert_eq!(said(&stage), format!("{claim} (committed by J. Dev)"));
    assert!(!std::path::Path::new(&trap).exists());
    stage.write(FILE, &stage.read(FILE).replace("A. Lead", "B. Lead"));
    assert!(said(&stage).ends_with("(not committed)"));
    stage.git(&["config", "--unset", "filter.evil.clean"]);
    stage.commit("L. Third");
    assert!(said(&stage).ends_with("(committed by J. Dev and L. Third)"), "{}", said(&stage));
}

#[test]
fn a_clone_without_the_history_says_so() {
    let stage = kept_in_git();
    confirm(&stage, &[]);
    stage.commit("J. Dev");
    stage.write("README.md", "later\n");
    stage.commit("K. Other");
    let shallow = Stage::new(&[]);
    shallow.git(&["init", "-q"]);
    let from = format!("file://{}", stage.path(""));
    shallow.git(&["fetch", "-q", "--depth=1", &from, "HEAD"]);
    shallow.git(&["checkout", "-q", "FETCH_HEAD"]);
    let shown = shallow.golive(&["check"]).output;
    assert!(shown.contains(", committed before this clone begins"), "{shown}");
}

#[test]
fn what_waits_is_listed_with_its_commands() {
    let stage = Stage::vaulted();
    let shown =
        stage.golive(&["confirm", "--open", "--by", "A. Lead", "--role", "ops lead"]).shown();
    let command = "golive confirm begini/launch-is-signed-off --by 'A. Lead' --role 'ops lead' \
                   --evidence URL";
    assert!(shown.contains(command), "{shown}");
    assert!(shown.contains("production begini/api-key (.env.production:1)"), "{shown}");
    let only = stage.golive(&["confirm", "--open", "--who", "provider-admin"]).shown();
    assert!(only.contains("7 statements wait") && !only.contains("signed-off"), "{only}");
}

#[test]
fn one_sitting_asks_what_waits_for_one_person() {
    let mut stage = Stage::vaulted();
    let answers = ["A. Lead", "data protection", "n", "maybe", "y", "here", "https://l.co.ke/1"];
    let answers = [&answers[..], &["y", "https://l.co.ke/2"]].concat();
    stage.answers = Some(answers.into_iter().map(str::to_owned).collect());
    let sitting = ["confirm", "--open", "--who", "data-protection"];
    let done = stage.golive(&sitting).shown();
    let said = [
        ("begini/identity-checks-stay-ours", "no", "fail by person"),
        ("begini/no-real-people-in-sandbox", "yes", "pass by person"),
        ("begini/stores-hold-their-own-data", "yes", "pass by person"),
    ];
    for (check, answer, result) in said {
        assert!(done.contains(&format!("{check}: {answer} by A. Lead")), "{done}");
        assert_eq!(stage.result(check, &[]), result, "{check}");
    }
    let none = stage.golive(&sitting).shown();
    assert!(none.starts_with("no statement waits"), "{none}");
}
