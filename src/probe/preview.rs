//! What a run would send, without sending it.

use std::sync::Arc;

use super::guard::Connect;
use super::job::{Job, Work};
use super::prepare::{Setting, prepare, touched};
use super::redact::Redactor;
use crate::pack::{Class, RoleId};

/// A request that would be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The exchange within the check; `answer` where it is alone.
    pub name: String,
    /// The event's name, where several are delivered under one name.
    pub told: Option<String>,
    /// The class of environment that it touches.
    pub class: Class,
    /// Its method.
    pub method: &'static str,
    /// Its URL, masked; empty where it could not be filled.
    pub url: String,
    /// Its headers, values masked.
    pub headers: Vec<(String, String)>,
    /// The role of the credential that it carries or is signed with.
    pub credential: Option<RoleId>,
    /// What it may create.
    pub creates: Option<String>,
    /// How often it is sent.
    pub times: u32,
    /// Why it would not be sent.
    pub held_back: Option<String>,
}

/// What `job` would send. Its host is not looked up, so an address may still be refused in a run.
pub fn preview(job: &Job, connects: &[Connect]) -> Vec<Preview> {
    let hidden = Arc::new(Redactor::default());
    let setting = Setting { connects, hidden: &hidden, planning: true };
    let prepared = prepare(job, setting).into_iter();
    prepared
        .map(|(name, prepared)| match prepared {
            Ok(prepared) => {
                let (_, url) = prepared.request.split_once(' ').unwrap_or_default();
                let headers = prepared.outgoing.headers.iter();
                Preview {
                    name,
                    told: prepared.told.clone(),
                    class: prepared.class,
                    method: prepared.outgoing.verb(),
                    url: url.to_owned(),
                    headers: headers
                        .map(|(name, value)| {
                            (name.clone(), prepared.redactor.text(&value.masked().to_string()))
                        })
                        .collect(),
                    credential: prepared.credential.clone(),
                    creates: prepared.creates.clone(),
                    times: prepared.times,
                    held_back: None,
                }
            }
            Err(why) => held_back(job, name, why),
        })
        .collect()
}

fn held_back(job: &Job, name: String, why: String) -> Preview {
    let (class, method, creates, times) = match &job.work {
        Work::Exchanges(asked) => {
            let request = asked.iter().find(|one| one.name == name).map(|one| &one.request);
            let class = request.map_or(Class::Sandbox, touched);
            let method = request.map_or("", |request| request.method.as_str());
            (class, method, request.and_then(|request| request.creates.clone()), 1)
        }
        Work::Deliveries(all) => {
            let one = all.iter().find(|one| one.name == name).map(|one| &one.delivery);
            let class = one.map_or(Class::Sandbox, |one| one.to);
            let method = one.map_or("", |one| one.method.as_str());
            (class, method, None, one.map_or(1, |one| one.times.max(1)))
        }
        Work::Look(looked) => (looked.class, looked.sight.verb(), None, 1),
    };
    Preview {
        name,
        told: None,
        class,
        method,
        url: String::new(),
        headers: Vec::new(),
        credential: None,
        creates,
        times,
        held_back: Some(why),
    }
}
