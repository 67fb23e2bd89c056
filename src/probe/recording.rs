//! Exchanges as they are written down: reduced and redacted, so that a replay judges the same bytes
//! as the run did.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::{ANSWER, Facts};
use super::job::JobId;
use crate::document::{self, Format, IssueKind, Located};
use crate::pack::CheckId;
use crate::source::{Diagnostic, SourceText, Span};

/// The name of this version of the format.
pub const RECORDING_SCHEMA: &str = "golive/recording/v1";

/// Everything that was sent and came back in a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Always `golive/recording/v1`.
    pub schema: String,
    /// The clock of the run, UTC.
    #[schemars(with = "String")]
    pub clock: Timestamp,
    /// The seed of the run.
    #[serde(default)]
    pub seed: u64,
    /// What narrowed the run: a flag, and what it did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub narrowed: Vec<(String, String)>,
    /// The exchanges by check, name and index.
    #[serde(default)]
    pub exchanges: Vec<Recorded>,
}

/// One exchange.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The check that asked.
    pub check: CheckId,
    /// The service or environment, where the check is asked for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The exchange within the check.
    #[serde(default = "answer")]
    pub name: String,
    /// Which of several deliveries, from zero.
    #[serde(default)]
    pub index: u32,
    /// Method and URL, masked.
    #[serde(default)]
    pub request: String,
    /// Why it was not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_back: Option<String>,
    /// How many requests went out for it: none where it was held back or its host has no address,
    /// two where it was asked again.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub sent: u32,
    /// What came back.
    #[serde(default)]
    pub facts: Facts,
}

fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_once(sent: &u32) -> bool {
    *sent == 1
}

fn answer() -> String {
    ANSWER.to_owned()
}

/// A recording as it stands in a file, with its places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: Located<String>,
    clock: Timestamp,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    narrowed: Vec<(String, String)>,
    #[serde(default)]
    exchanges: Vec<Located<Recorded>>,
}

impl Recording {
    /// An empty one.
    pub fn new(clock: Timestamp, seed: u64) -> Self {
        Self {
            schema: RECORDING_SCHEMA.to_owned(),
            clock,
            seed,
            narrowed: Vec::new(),
            exchanges: Vec::new(),
        }
    }

    /// Reads a recording that is written in JSON or in YAML.
    ///
    /// # Errors
    /// Everything that is wrong with it, at its place.
    pub fn read(source: &Arc<SourceText>) -> Result<Self, Vec<Diagnostic>> {
        let text = source.text();
        let json = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
        let parsed = document::parse(if json { Format::Json } else { Format::Yaml }, text);
        let broken = parsed.issues.iter().filter(|issue| issue.kind != IssueKind::Ambiguous);
        let mut wrong: Vec<Diagnostic> = broken
            .map(|issue| Diagnostic::error(source, issue.span, issue.message.clone()))
            .collect();
        let Some(document) = parsed.documents.first() else {
            let message = "a recording is one document";
            wrong.push(Diagnostic::error(source, Span::new(0, 0), message));
            return Err(wrong);
        };
        let (written, mistakes) = document::decode::<Written>(&document.root, source);
        wrong.extend(mistakes);
        let Some(written) = written else { return Err(wrong) };
        wrong.extend(written.mistakes(source));
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let Written { clock, seed, narrowed, exchanges, .. } = written;
        let exchanges = exchanges.into_iter().map(|exchange| exchange.value).collect();
        let mut recording = Self { narrowed, exchanges, ..Self::new(clock, seed) };
        recording.sort();
        Ok(recording)
    }

    /// The document as JSON, with a line end.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        text + "\n"
    }

    /// Brings the exchanges into their order.
    pub fn sort(&mut self) {
        self.exchanges.sort_by(|first, second| first.key().cmp(&second.key()));
    }
}

impl Written {
    fn mistakes(&self, source: &Arc<SourceText>) -> Vec<Diagnostic> {
        let mut wrong = Vec::new();
        if self.schema.value != RECORDING_SCHEMA && !self.schema.absent {
            let message = "this version of recordings is not known";
            let wrong_schema = Diagnostic::error(source, self.schema.span, message);
            wrong.push(wrong_schema.with_help(format!("write {RECORDING_SCHEMA}")));
        }
        let mut seen = BTreeMap::new();
        for Located { value, span, .. } in &self.exchanges {
            if let Some(first) = seen.insert(value.key(), *span) {
                let message = "an exchange of this check, name and index stands twice";
                wrong.push(Diagnostic::error(source, *span, message).with_label(first, "first"));
            }
        }
        wrong
    }
}

impl Recorded {
    pub(crate) fn held_back(id: &JobId, name: &str, request: &str, why: &str) -> Self {
        let held_back = Some(why.to_owned());
        Self { held_back, sent: 0, ..Self::answered(id, name, request, Facts::default()) }
    }

    pub(crate) fn answered(id: &JobId, name: &str, request: &str, facts: Facts) -> Self {
        Self {
            check: id.check.clone(),
            scope: id.scope.clone(),
            name: name.to_owned(),
            index: 0,
            request: request.to_owned(),
            held_back: None,
            sent: 1,
            facts,
        }
    }

    /// The host that was asked, as it may be shown.
    pub fn host(&self) -> Option<&str> {
        let (_, after) = self.request.split_once("://")?;
        after.split(['/', '?', ':']).next()
    }

    fn key(&self) -> (&CheckId, Option<&str>, &str, u32) {
        (&self.check, self.scope.as_deref(), &self.name, self.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{DiagnosticStyle, render};

    fn read(text: &str) -> Result<Recording, String> {
        let source = Arc::new(SourceText::new("recording.yaml", text));
        let style = DiagnosticStyle { color: false, width: 100, plain: true };
        Recording::read(&source).map_err(|wrong| render(&wrong, &style))
    }

    const YAML: &str = "\
schema: golive/recording/v1
clock: 2026-01-15T08:00:00Z
exchanges:
  - check: begini/webhook-self-test
    request: POST https://api.begini.co/v1/x
    facts: { status: 422, ms: 84, body: { detail: { code: 403, ratio: 0.5 } } }
  - { check: begini/a, index: 1, facts: { fault: timeout } }
";

    #[test]
    fn yaml_and_json_are_one_document() {
        let yaml = read(YAML).unwrap();
        assert_eq!(yaml.exchanges[0].check.0.as_ref(), "begini/a");
        assert_eq!(yaml.exchanges[0].facts.fault, Some(super::super::Fault::Timeout));
        assert_eq!(yaml.exchanges[1].name, "answer");
        assert_eq!(yaml.exchanges[1].host(), Some("api.begini.co"));
        assert_eq!(read(&yaml.to_json()).unwrap(), yaml);
    }

    #[test]
    fn mistakes_are_said_all_at_once_with_their_place() {
        let text = YAML
            .replace("recording/v1", "recording/v9")
            .replace("timeout", "timeot")
            .replace("ms: 84", "msec: 84");
        let said = read(&text).unwrap_err();
        for expected in ["recording.yaml:1:9", "msec", "timeot", "golive/recording/v1"] {
            assert!(said.contains(expected), "{expected} in {said}");
        }
        let twice = read(&YAML.replace("begini/a, index: 1", "begini/webhook-self-test"));
        assert!(twice.unwrap_err().contains("recording.yaml:7:5"));
        assert!(read("").is_err() && read("a: [").is_err());
    }
}
