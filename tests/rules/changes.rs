//! What a change may do to the rules, and who vouches for it.

use super::row::{Row, row};
use super::stage::{BEFORE, FINE, PRODUCTION, Stage};
use super::waivers::waiver;

const PACK: &str = "title: Scores of our own\nroles:\n  \
    url: { kind: url, names: [LENDER_SCORED_URL] }\n";
const CHECK: &str = "title: Calls come back over https\nstep: build-in-sandbox\nseverity: blocker\n\
    who: engineer\nwhy: Scores travel here.\nfix: Write https.\n\
    forbid: { environment: production, role: url, scheme: http, says: goes over http }\n";

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
pub(super) fn manifests() -> Vec<Row> {
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
pub(super) fn packs() -> Vec<Row> {
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
pub(super) fn vouched() -> Vec<Row> {
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
