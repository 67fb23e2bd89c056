//! Packs that have changed since they were locked.

use super::row::{Row, row};
use super::stage::{BEFORE, FINE, PRODUCTION, Stage};

/// What a lock says of packs that have changed since.
pub(super) fn locks() -> Vec<Row> {
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
