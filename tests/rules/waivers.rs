//! Waivers, good and bad.

use super::row::{Row, row};
use super::stage::{BEFORE, FINE, PRODUCTION, Stage};

pub(super) fn waiver(id: &str, until: &str, approved: Option<&str>) -> String {
    let approved = approved.map(|by| format!(", approved-by: {by}")).unwrap_or_default();
    format!(
        "waivers:\n  - {{ findings: [{id}], owner: API team, reason: retired in June, ticket: \
         RISK-88, until: {until}{approved} }}\n"
    )
}

/// What each kind of waiver comes to.
pub(super) fn waivers() -> Vec<Row> {
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
