//! Makes facts of an answer as it came.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::carry::Captured;
use super::facts::{Facts, Fault};
use super::prepare::Prepared;
use super::redact::Redactor;
use super::reduce::{Reduced, Whole};
use super::wire::Raw;
use crate::expression::Fact;

/// The facts of an answer, and what was captured of it.
pub(crate) fn facts(raw: &Raw, prepared: &Prepared, redactor: &Arc<Redactor>) -> (Facts, Captured) {
    let Prepared { wanted, sent, claims, .. } = prepared;
    let wants_json =
        wanted.wants_json() || claims.as_ref().is_some_and(|path| path.starts_with("body."));
    let read = match raw.fault {
        Some((fault, detail)) => Err((fault, detail)),
        None => body(raw, wants_json),
    };
    let (body, fault) = match read {
        Ok(body) => (body, None),
        Err(fault) => (Fact::Null, Some(fault)),
    };
    let whole = Whole { headers: &raw.headers, body: &body, sent, token: claims.as_deref() };
    let Reduced { headers, body, sent, claims, captured } = wanted.reduce(&whole, redactor);
    let facts = Facts {
        status: if fault.is_some() { 0 } else { raw.status },
        headers,
        body,
        sent,
        claims,
        seen: raw.seen.clone(),
        ms: raw.ms,
        fault: fault.map(|(fault, _)| fault),
        detail: fault.map(|(_, detail)| detail.to_owned()).or_else(|| raw.words.clone()),
        ..Facts::default()
    };
    (facts, captured)
}

/// The body as JSON, or as text where it is none and no field of it is read.
fn body(raw: &Raw, wants_json: bool) -> Result<Fact, (Fault, &'static str)> {
    let text = String::from_utf8_lossy(&raw.body);
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(if wants_json { Fact::Map(BTreeMap::new()) } else { Fact::from("") });
    }
    let kind = raw.header("content-type").unwrap_or_default().to_ascii_lowercase();
    match serde_json::from_str(trimmed) {
        Ok(fact) => Ok(fact),
        Err(_) if !wants_json => Ok(Fact::from(trimmed)),
        Err(_) if kind.contains("html") || trimmed.starts_with('<') => {
            Err((Fault::NotJson, "the answer is HTML"))
        }
        Err(_) if kind.contains("json") => Err((Fault::NotJson, "the answer is broken JSON")),
        Err(_) => Ok(Fact::from(trimmed)),
    }
}
