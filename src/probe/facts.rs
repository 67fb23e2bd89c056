//! What is judged, recorded and shown of an answer: nothing but these facts.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::leak::Leak;
use crate::expression::Fact;

/// What went wrong on the way, in the words that outcomes use.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// No answer in time.
    Timeout,
    /// The host has no address.
    Dns,
    /// The certificate or the handshake was refused.
    Tls,
    /// Nothing listens, or the connection was dropped before an answer.
    Refused,
    /// The answer sends elsewhere.
    Redirect,
    /// The body is over 64 KiB.
    TooLarge,
    /// HTML, or broken JSON, where fields of JSON were to be read.
    NotJson,
}

impl Fault {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Dns => "dns",
            Self::Tls => "tls",
            Self::Refused => "refused",
            Self::Redirect => "redirect",
            Self::TooLarge => "too-large",
            Self::NotJson => "not-json",
        }
    }
}

/// An answer, reduced and redacted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The status; 0 where there was a fault.
    #[serde(default)]
    pub status: u16,
    /// Headers that are read, by name in lower case.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, Fact>,
    /// The fields of the body that are read.
    #[serde(default, skip_serializing_if = "is_null")]
    pub body: Fact,
    /// The event that was delivered, where several were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// What the body of a receiver's answer tells strangers.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub leaks: BTreeSet<Leak>,
    /// Bytes of the body of a receiver's answer.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub length: u64,
    /// The fields of the sent body that are read, each as `{sent.NAME}`. A text of the answer that
    /// is the same is written so, too.
    #[serde(default, skip_serializing_if = "is_null")]
    pub sent: Fact,
    /// The claims that are read of the answer's token, which nobody has verified.
    #[serde(default, skip_serializing_if = "is_null")]
    pub claims: Fact,
    /// What a look at a host saw, by the names that outcomes read.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seen: BTreeMap<String, Fact>,
    /// Milliseconds from connecting to the end of the answer.
    #[serde(default)]
    pub ms: u64,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// More about the fault, or about what was seen, in words of ours: `the certificate has expired`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_zero(length: &u64) -> bool {
    *length == 0
}

fn is_null(fact: &Fact) -> bool {
    matches!(fact, Fact::Null)
}

impl Facts {
    /// As an expression sees it: `status`, `headers`, `body`, `sent`, `claims`, `ms`, and `fault` and
    /// `event`, which are empty texts where there is none, `leaks` and `length`.
    pub fn names(&self) -> BTreeMap<String, Fact> {
        let fault = self.fault.map_or("", Fault::as_str);
        let mut names = self.seen.clone();
        names.extend([
            ("status".to_owned(), Fact::Int(self.status.into())),
            ("headers".to_owned(), Fact::Map(self.headers.clone())),
            ("body".to_owned(), self.body.clone()),
            ("ms".to_owned(), number(self.ms)),
            ("sent".to_owned(), self.sent.clone()),
            ("claims".to_owned(), self.claims.clone()),
            ("fault".to_owned(), fault.into()),
            ("event".to_owned(), self.event.as_deref().unwrap_or_default().into()),
            ("leaks".to_owned(), words(&self.leaks)),
            ("length".to_owned(), number(self.length)),
        ]);
        names
    }
}

/// What outcomes see of the exchanges of a check. One exchange named `answer` is seen without its
/// name, others under theirs. What was sent is seen as `responses`, a list; where several were,
/// `ms` is a list too, `fault` the first fault, `status` 0 where one failed and else the highest,
/// `leaks` what any of them tells, and `length` the longest.
pub fn names_of(exchanges: &[(String, Vec<Facts>)]) -> BTreeMap<String, Fact> {
    match exchanges {
        [(name, answers)] if name == ANSWER => several(answers),
        _ => exchanges
            .iter()
            .map(|(name, answers)| (name.clone(), Fact::Map(several(answers))))
            .collect(),
    }
}

/// The name of an exchange that is alone in its check, and of deliveries: its fields are read
/// without it.
pub const ANSWER: &str = "answer";

fn several(answers: &[Facts]) -> BTreeMap<String, Fact> {
    let wanted = ["status", "ms", "fault", "event", "leaks", "length"];
    let part = |answer: &Facts| {
        let names = answer.names().into_iter();
        Fact::Map(names.filter(|(name, _)| wanted.contains(&name.as_str())).collect())
    };
    let responses = ("responses".to_owned(), Fact::List(answers.iter().map(part).collect()));
    if let [answer] = answers {
        return answer.names().into_iter().chain([responses]).collect();
    }
    let fault = answers.iter().find_map(|answer| answer.fault);
    let highest = answers.iter().map(|answer| answer.status).max().unwrap_or(0);
    let status = if fault.is_some() { 0 } else { highest };
    let leaks = answers.iter().flat_map(|answer| answer.leaks.iter().copied()).collect();
    let longest = answers.iter().map(|answer| answer.length).max().unwrap_or(0);
    BTreeMap::from([
        ("status".to_owned(), Fact::Int(status.into())),
        ("fault".to_owned(), fault.map_or("", Fault::as_str).into()),
        ("ms".to_owned(), answers.iter().map(|answer| number(answer.ms)).collect()),
        ("leaks".to_owned(), words(&leaks)),
        ("length".to_owned(), number(longest)),
        responses,
    ])
}

fn number(number: u64) -> Fact {
    Fact::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn words(leaks: &BTreeSet<Leak>) -> Fact {
    Fact::List(leaks.iter().map(|leak| Fact::from(leak.as_str())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, ms: u64, fault: Option<Fault>) -> Facts {
        Facts { status, ms, fault, ..Facts::default() }
    }

    #[test]
    fn one_answer_is_seen_without_its_name_and_named_ones_with() {
        let single = names_of(&[(ANSWER.to_owned(), vec![answer(200, 7, None)])]);
        assert_eq!(single.get("status"), Some(&Fact::Int(200)));
        assert_eq!(single.get("fault"), Some(&Fact::Text(String::new())));
        let named = names_of(&[
            ("calibration".to_owned(), vec![answer(401, 1, None)]),
            ("real".to_owned(), vec![answer(0, 2, Some(Fault::Dns))]),
        ]);
        assert_eq!(named.keys().collect::<Vec<_>>(), ["calibration", "real"]);
        let Some(Fact::Map(real)) = named.get("real") else { panic!("a map") };
        assert_eq!(real.get("fault"), Some(&Fact::Text("dns".to_owned())));
    }

    #[test]
    fn several_deliveries_are_lists() {
        let answers = vec![answer(200, 5, None), answer(0, 9, Some(Fault::Timeout))];
        let names = names_of(&[(ANSWER.to_owned(), answers)]);
        assert_eq!(names.get("ms"), Some(&Fact::List(vec![Fact::Int(5), Fact::Int(9)])));
        assert_eq!(names.get("status"), Some(&Fact::Int(0)));
        assert_eq!(names.get("fault"), Some(&Fact::Text("timeout".to_owned())));
        let Some(Fact::List(responses)) = names.get("responses") else { panic!("a list") };
        assert_eq!(responses.len(), 2);
        assert_eq!(
            serde_json::to_string(&responses[0]).unwrap(),
            r#"{"event":"","fault":"","leaks":[],"length":0,"ms":5,"status":200}"#
        );
    }
}
