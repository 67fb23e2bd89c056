//! What is judged, recorded and shown of an answer: nothing but these facts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Milliseconds from connecting to the end of the answer.
    #[serde(default)]
    pub ms: u64,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// More about the fault, in words of ours: `the certificate has expired`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

fn is_null(fact: &Fact) -> bool {
    matches!(fact, Fact::Null)
}

impl Facts {
    /// As an expression sees it: `status`, `headers`, `body`, `ms` and `fault`, which is an empty
    /// text where nothing went wrong.
    pub fn names(&self) -> BTreeMap<String, Fact> {
        let fault = self.fault.map_or("", Fault::as_str);
        BTreeMap::from([
            ("status".to_owned(), Fact::Int(self.status.into())),
            ("headers".to_owned(), Fact::Map(self.headers.clone())),
            ("body".to_owned(), self.body.clone()),
            ("ms".to_owned(), Fact::Int(i64::try_from(self.ms).unwrap_or(i64::MAX))),
            ("fault".to_owned(), fault.into()),
        ])
    }
}

/// What outcomes see of the exchanges of a check. One exchange named `answer` is seen without its
/// name, others under theirs. Several deliveries are seen as `responses`, a list; then `ms` is a
/// list too, `fault` the first fault, and `status` 0 where one failed and else the highest.
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
    if let [answer] = answers {
        return answer.names();
    }
    let part = |answer: &Facts, wanted: &[&str]| {
        let names = answer.names().into_iter();
        Fact::Map(names.filter(|(name, _)| wanted.contains(&name.as_str())).collect())
    };
    let fault = answers.iter().find_map(|answer| answer.fault);
    let highest = answers.iter().map(|answer| answer.status).max().unwrap_or(0);
    let status = if fault.is_some() { 0 } else { highest };
    let ms = answers.iter().map(|answer| i64::try_from(answer.ms).unwrap_or(i64::MAX));
    let responses = answers.iter().map(|answer| part(answer, &["status", "ms", "fault"]));
    BTreeMap::from([
        ("status".to_owned(), Fact::Int(status.into())),
        ("fault".to_owned(), fault.map_or("", Fault::as_str).into()),
        ("ms".to_owned(), ms.collect()),
        ("responses".to_owned(), Fact::List(responses.collect())),
    ])
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
            r#"{"fault":"","ms":5,"status":200}"#
        );
    }
}
