//! Digests of the parts of a report: they show that it was edited, and where. They prove nothing of
//! who wrote it: whoever rewrites them too is found out by the SHA-256 of the file that a ticket or
//! a log holds.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::outcome::Run;

/// The part that holds the digests of the others.
const DIGESTS: &str = "digests";

/// The run with the digests of its parts.
pub fn sealed(mut run: Run) -> Run {
    run.digests = seal(&run);
    run
}

/// The digest of every part of a run but the digests.
fn seal(run: &Run) -> BTreeMap<String, String> {
    serde_json::to_value(run).map(|report| parts(&report)).unwrap_or_default()
}

/// The same of a report as it was read.
fn parts(report: &Value) -> BTreeMap<String, String> {
    let parts = report.as_object().into_iter().flatten().filter(|(part, _)| *part != DIGESTS);
    parts.map(|(part, value)| (part.clone(), digest(value))).collect()
}

fn digest(value: &Value) -> String {
    hex::encode(Sha256::digest(value.to_string().as_bytes()))
}

/// The parts of a report whose digest is another than it says, by name.
pub fn broken(report: &Value) -> Vec<String> {
    let now = parts(report);
    let then = report.get(DIGESTS).and_then(Value::as_object);
    let said = |part: &str| then?.get(part)?.as_str();
    let mut broken: Vec<String> = now
        .iter()
        .filter(|(part, digest)| said(part) != Some(digest))
        .map(|(part, _)| part.clone())
        .collect();
    let gone =
        then.into_iter().flatten().map(|(part, _)| part).filter(|part| !now.contains_key(*part));
    broken.extend(gone.cloned());
    broken
}
