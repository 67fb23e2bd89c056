//! Who may change the rules that a project is judged by: waivers, the base of a change, its packs and
//! the lock. Each row says its own line, and `docs/rules.md` is that table.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "all of this file is a test"
)]

use std::path::Path;
use std::process::{Command, Stdio};

use golive::cli::{Exit, Finished, Given, Terminal, World, run};
use golive::run::{Finding, Run};

const BEFORE: &str = "fingerprints: { salt: tests-only-2f6b0c91d4 }\n\
    environments:\n  production: { layers: [.env.production] }\n\
    policy: { approvers: [Release Board, Team Lead] }\n";
/// A major finding and a blocker.
const PRODUCTION: &str = "APP_DEBUG=true\nBEGINI_WEBHOOK_URL=https://lender.ngrok.app/begini\n";
const FINE: &str = "APP_DEBUG=false\nBEGINI_WEBHOOK_URL=https://hooks.lender.co.ke/begini\n";
const PACK: &str = "title: Scores of our own\nroles:\n  \
    url: { kind: url, names: [LENDER_SCORED_URL] }\n";
const CHECK: &str = "title: Calls come back over https\nstep: build-in-sandbox\nseverity: blocker\n\
    who: engineer\nwhy: Scores travel here.\nfix: Write https.\n\
    forbid: { environment: production, role: url, scheme: http, says: goes over http }\n";

/// A repository in which one commit is the base and the next the change.
struct Stage(tempfile::TempDir);

impl Stage {
    /// With the rules and the production file of the base.
    fn of(files: &[(&str, &str)]) -> Self {
        let stage = Self(tempfile::tempdir().unwrap());
        stage.git(&["init", "-q", "-b", "main"]);
        for (path, text) in files {
            stage.write(path, text);
        }
        stage.commit("Team Lead");
        stage.git(&["tag", "base"]);
        stage
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn git(&self, typed: &[&str]) {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.path()).args(typed).stdout(Stdio::null());
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        assert!(git.status().unwrap().success(), "{typed:?}");
    }

    fn commit(&self, name: &str) {
        self.git(&["add", "-A"]);
        let (name, mail) = (format!("user.name={name}"), "user.email=dev@lender.co.ke");
        self.git(&["-c", &name, "-c", mail, "commit", "-q", "--allow-empty", "-m", "a change"]);
    }

    fn check(&self, more: &[&str]) -> (Result<Run, String>, Exit) {
        let typed = ["check", "--gate", "change", "--format", "json"];
        let finished = self.golive(&[&typed, more].concat());
        let read = serde_json::from_str(&finished.output).map_err(|_| finished.errors);
        (read, finished.exit)
    }

    fn golive(&self, typed: &[&str]) -> Finished {
        let typed = std::iter::once(&"golive").chain(typed);
        run(&World {
            arguments: typed.map(Into::into).collect(),
            folder: self.path().to_owned(),
            clock: "2026-01-15T23:59:00Z".parse().unwrap(),
            zone: jiff::tz::TimeZone::UTC,
            variable: &|_| None,
            seed: 7,
            terminal: Terminal { color: false, color_errors: false, width: 120, plain: true },
            progress: &|_| {},
            ask: None,
            given: Given::nothing(),
        })
    }

    fn id_of(&self, check: &str) -> String {
        let run = self.check(&[]).0.unwrap();
        run.findings.iter().find(|one| &*one.check.0 == check).unwrap().id.clone()
    }
}

fn waiver(id: &str, until: &str, approved: Option<&str>) -> String {
    let approved = approved.map(|by| format!(", approved-by: {by}")).unwrap_or_default();
    format!(
        "waivers:\n  - {{ findings: [{id}], owner: API team, reason: retired in June, ticket: \
         RISK-88, until: {until}{approved} }}\n"
    )
}

/// A row: what was done, and what came of it.
#[derive(Clone)]
struct Row {
    what: &'static str,
    line: String,
    exit: Exit,
}

/// Without ids of commits, which are others in every run.
fn named(line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    words.retain(|word| !word.starts_with('@'));
    words.join(" ")
}

/// What a run says in the first line that `holds`: of a finding, a note or an error.
fn row(what: &'static str, (read, exit): (Result<Run, String>, Exit), holds: &str) -> Row {
    let lines = match read {
        // of an error, its first line and where it is
        Err(errors) => {
            let lines: Vec<&str> = errors.lines().map(str::trim).collect();
            vec![lines.iter().take(2).copied().collect::<Vec<_>>().join(" ")]
        }
        Ok(run) => {
            let accepted = |one: &Finding| {
                let waived = one.waived.as_ref();
                waived.map_or_else(String::new, |by| format!(" (accepted: {by})"))
            };
            let findings = run.findings.iter().map(|one| {
                let at = one.location.as_ref().map(|at| format!("{}:{} ", at.path, at.line));
                format!("{}{}{}", at.unwrap_or_default(), one.message, accepted(one))
            });
            let notes = run.looked_at.notes.iter().map(|note| {
                format!("{}:{} {}", note.location.path, note.location.line, note.message)
            });
            let rules = run.checks.iter().find(|one| &*one.id.0 == "core/rules-loosened");
            let kept = rules.into_iter().flat_map(|one| &one.evidence);
            let kept = kept.map(|line| line.message.clone());
            findings.chain(notes).chain(kept).map(|line| named(&line)).collect()
        }
    };
    let line = lines.iter().find(|line| line.contains(holds));
    let line = line.unwrap_or_else(|| panic!("{what}: nothing says {holds}: {lines:#?}")).clone();
    Row { what, line, exit }
}

fn waivers() -> Vec<Row> {
    let files = [("golive.yaml", BEFORE), (".env.production", PRODUCTION)];
    let stage = Stage::of(&files);
    let (debug, tunnel) = (stage.id_of("core/debugging-is-off"), stage.id_of("core/tunnel-host"));
    let fixed = PRODUCTION.replace("lender.ngrok.app", "hooks.lender.co.ke");
    let judged = |production: &str, waiver: &str, author: &str| {
        let stage = Stage::of(&files);
        stage.write(".env.production", production);
        stage.write("golive.yaml", &format!("{BEFORE}{waiver}"));
        stage.commit(author);
        stage.check(&[])
    };
    let by = |approved: Option<&str>| waiver(&tunnel, "2026-06-30", approved);
    let both = |production: &str| production.replace("=true", "=false");
    let (blocker, dev) = (both(PRODUCTION), "Dev");
    vec![
        row(
            "a waiver that is valid",
            judged(&fixed, &waiver(&debug, "2026-06-30", None), dev),
            "accepted: API team",
        ),
        row(
            "on its last day",
            judged(&fixed, &waiver(&debug, "2026-01-15", None), dev),
            "accepted: API team",
        ),
        row(
            "past its last day",
            judged(&fixed, &waiver(&debug, "2026-01-14", None), dev),
            "is expired",
        ),
        row(
            "with a date that is none",
            judged(&fixed, &waiver(&debug, "2026-02-30", None), dev),
            "no day 30",
        ),
        row(
            "of a value that has changed",
            judged(&fixed.replace("=true", "=1"), &waiver(&debug, "2026-06-30", None), dev),
            "matches nothing",
        ),
        row(
            "that matches nothing",
            judged(FINE, &waiver("0123456789abcdef", "2026-06-30", None), dev),
            "matches nothing",
        ),
        row(
            "by a pattern in place of an id",
            judged(&fixed, &waiver("\"core/*\"", "2026-06-30", None), dev),
            "is no id",
        ),
        row(
            "of a blocker without an approver",
            judged(&blocker, &by(None), dev),
            "needs approved-by",
        ),
        row(
            "of a blocker by somebody unlisted",
            judged(&blocker, &by(Some("Somebody")), dev),
            "not among policy.approvers",
        ),
        row(
            "of a blocker, its approver wrote the line",
            judged(&blocker, &by(Some("Team Lead")), "Team Lead"),
            "may not approve it",
        ),
        row(
            "of a blocker, approved by another",
            judged(&blocker, &by(Some("Team Lead")), dev),
            "accepted: API team",
        ),
    ]
}

/// A change of some files, its author, and what is asked beside its base.
struct Change<'a> {
    what: &'static str,
    before: &'a [(&'a str, &'a str)],
    after: &'a [(&'a str, &'a str)],
    author: &'a str,
    more: &'a [&'a str],
    holds: &'a str,
}

impl Change<'_> {
    fn row(self) -> Row {
        let stage = Stage::of(self.before);
        for (path, text) in self.after {
            if text.is_empty() {
                std::fs::remove_file(stage.path().join(path)).unwrap();
            } else {
                stage.write(path, text);
            }
        }
        stage.commit(self.author);
        row(self.what, stage.check(&[&["--base", "base"], self.more].concat()), self.holds)
    }
}

/// What a change does to the manifest.
fn manifests() -> Vec<Row> {
    let debug = PRODUCTION.replace("lender.ngrok.app", "hooks.lender.co.ke");
    let wrong = [("golive.yaml", BEFORE), (".env.production", &*debug)];
    let fine = [("golive.yaml", BEFORE), (".env.production", FINE)];
    let id = Stage::of(&wrong).id_of("core/debugging-is-off");
    let waived = format!("{BEFORE}{}", waiver(&id, "2026-06-30", None));
    let flipped = BEFORE.replace("production: {", "production: { class: sandbox,");
    let approver = BEFORE.replace("[Release Board", "[Dev, Release Board");
    let dropped =
        BEFORE.replace("environments:\n  production: { layers: [.env.production] }\n", "");
    let of = |what, before, text, holds| {
        let after = [("golive.yaml", text)];
        Change { what, before, after: &after, author: "Dev", more: &[], holds }.row()
    };
    let none = row(
        "a base that is not there",
        Stage::of(&fine).check(&["--base", "nowhere"]),
        "no such commit",
    );
    vec![
        of("a change that leaves the rules alone", &fine, BEFORE, "nothing is looser"),
        of("a waiver that the change itself adds", &wrong, &waived, "accepts"),
        of("the finding that it would accept", &wrong, &waived, "debug"),
        of("production called a sandbox", &wrong, &flipped, "class sandbox"),
        of("an environment taken out", &wrong, &dropped, "drops environment"),
        of("an approver added", &fine, &approver, "adds Dev"),
        of("the manifest taken away", &wrong, "", "takes golive.yaml away"),
        none,
    ]
}

/// What a change does to packs inside the tree.
fn packs() -> Vec<Row> {
    let http = format!("{FINE}LENDER_SCORED_URL=http://www.lender.co.ke:8080/scored\n");
    let before = [
        ("golive.yaml", BEFORE),
        (".env.production", &*http),
        ("packs/own/pack.yaml", PACK),
        ("packs/own/over-https.yaml", CHECK),
    ];
    let lighter = CHECK.replace("severity: blocker", "severity: minor");
    let of = |what, text, holds| {
        let after = [("packs/own/over-https.yaml", text)];
        let more = ["--packs", "packs"];
        Change { what, before: &before, after: &after, author: "Dev", more: &more, holds }.row()
    };
    vec![
        of("a check dropped from a local pack", "", "takes packs/own/over-https.yaml away"),
        of("a check made lighter", &lighter, "changes packs/own/over-https.yaml"),
    ]
}

/// A waiver that a change adds, and somebody vouches for it.
fn vouched() -> Vec<Row> {
    let debug = PRODUCTION.replace("lender.ngrok.app", "hooks.lender.co.ke");
    let before = [("golive.yaml", BEFORE), (".env.production", &*debug)];
    let id = Stage::of(&before).id_of("core/debugging-is-off");
    let waived = format!("{BEFORE}{}", waiver(&id, "2026-06-30", None));
    let after = [("golive.yaml", &*waived)];
    let of = |what, author, name, holds| {
        let more = ["--rules-approved-by", name];
        Change { what, before: &before, after: &after, author, more: &more, holds }.row()
    };
    let (board, lead) = ("Release Board", "Team Lead");
    vec![
        of("a waiver that the change adds, and an approver vouches", "Dev", board, "accepts"),
        of("the same, by somebody unlisted", "Dev", "Somebody", "not among policy.approvers"),
        of("the same, by whoever wrote it", lead, lead, "may not vouch"),
    ]
}

/// What a lock says of packs that have changed since.
fn locks() -> Vec<Row> {
    let plain = PRODUCTION.replace("lender.ngrok.app", "hooks.lender.co.ke");
    let stage = Stage::of(&[("golive.yaml", BEFORE), (".env.production", &plain)]);
    stage.golive(&["lock"]);
    let lock = std::fs::read_to_string(stage.path().join("golive.lock")).unwrap();
    let digests: Vec<&str> =
        lock.lines().filter_map(|line| line.trim().strip_prefix("sha256: ")).collect();
    let changed = digests.iter().fold(lock.clone(), |lock, one| lock.replace(one, &"0".repeat(64)));
    let judged_with = |production: &str, lock: &str| {
        stage.write(".env.production", production);
        stage.write("golive.lock", lock);
        stage.check(&[])
    };
    let judged = |lock: &str| judged_with(&plain, lock);
    // nothing else is wrong, so that the exit code is that of the lock alone
    let alone = |lock: &str| judged_with(FINE, lock);
    let older = changed.replace("      - debugging-is-off\n", "");
    let gone = lock.replace(
        "      - debugging-is-off\n",
        "      - debugging-is-off\n      - was-there-once\n",
    );
    let blind = gone.replace("      - rules-loosened\n", "");
    let twice = lock.replace("checks:", "cheks:");
    vec![
        row("the packs are as they were locked", alone(&lock), "every check"),
        row("the finding of a check that is new since", judged(&older), "debug"),
        row("the note about it", judged(&older), "core has changed since"),
        row("a pack with the same checks", alone(&changed), "begini has changed since"),
        row("a check that was locked and is gone", alone(&gone), "was-there-once"),
        row("the same by a lock from before this was checked", alone(&blind), "was-there-once"),
        row("a lock with a mistake", judged(&twice), "cheks"),
    ]
}

#[test]
fn the_page_says_what_every_row_comes_to() {
    let exit = |exit: Exit| match exit {
        Exit::Ready => 0,
        Exit::NotReady => 1,
        Exit::CannotWork => 2,
        Exit::NotTold => 3,
    };
    let table = |rows: Vec<Row>| {
        let escaped = |text: &str| text.replace('|', "\\|").replace('<', "\\<");
        let line =
            |row: Row| format!("| {} | {} | {} |\n", row.what, escaped(&row.line), exit(row.exit));
        let lines: String = rows.into_iter().map(line).collect();
        format!("| what | its line | exit |\n|---|---|---|\n{lines}")
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let mut filled = page.clone();
    for (name, rows) in [
        ("waivers", waivers()),
        ("changes", [manifests(), packs(), vouched()].concat()),
        ("locks", locks()),
    ] {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
        let from = filled.find(&start).unwrap() + start.len();
        let until = filled.find(&end).unwrap();
        filled.replace_range(from..until, &table(rows));
    }
    if std::env::var_os("GOLIVE_BLESS").is_some() {
        std::fs::write(&path, &filled).unwrap();
    }
    assert_eq!(page, filled);
}
