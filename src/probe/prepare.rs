//! Fills, signs and admits what a job would send. Nothing here touches the network, so a plan and a
//! run see the same.

use std::sync::Arc;

use serde_json::Value;
use url::form_urlencoded;
use zeroize::Zeroizing;

use super::delivery;
use super::facts::ANSWER;
use super::filled::{Filled, Piece};
use super::guard::{Connect, Rule, Target, admit};
use super::job::{Asked, Delivered, Job, JobId, Work};
use super::leak::Watch;
use super::look;
use super::redact::Redactor;
use super::reduce::{Capture, Wanted};
use super::signature::{Material, sign};
use super::template::Filler;
use super::usable;
use crate::expression::Fact;
use crate::pack::{Carrier, Class, Method, Request, RoleId, Sight, SignatureVariant};

/// What is shown in place of a signature.
const SIGNATURE: &str = "signature";

/// A request, filled and admitted.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) target: Target,
    pub(crate) headers: Vec<(String, Filled)>,
    pub(crate) body: Option<Zeroizing<Vec<u8>>>,
    /// What is looked at, where it is no request with an answer to be read.
    pub(crate) sight: Option<Sight>,
    /// A host that is known to exist, for a look that finds no address.
    pub(crate) known: Option<String>,
}

impl Outgoing {
    /// Its method, or what is done instead.
    pub(crate) fn verb(&self) -> &'static str {
        self.sight.map_or(self.method.as_str(), Sight::verb)
    }
}

/// What is sent and how its answers are read.
pub(crate) struct Prepared {
    pub(crate) name: String,
    /// The event's name, where several are delivered under one name.
    pub(crate) told: Option<String>,
    /// How many were sent under this name before.
    pub(crate) before: u32,
    pub(crate) outgoing: Outgoing,
    /// Method and URL as they may be shown.
    pub(crate) request: String,
    /// The role of the credential that it carries.
    pub(crate) credential: Option<RoleId>,
    pub(crate) class: Class,
    pub(crate) creates: Option<String>,
    pub(crate) times: u32,
    pub(crate) parallel: bool,
    /// Whether it may be sent again when there was no answer.
    pub(crate) repeatable: bool,
    /// What an answer must not hold, where its subject is a receiver of ours; none where it is a
    /// provider, whose patience is spared.
    pub(crate) watch: Option<Watch>,
    pub(crate) wanted: Wanted,
    /// The body as it is sent, for what outcomes compare with it.
    pub(crate) sent: Fact,
    /// Where a token stands in the answer.
    pub(crate) claims: Option<String>,
    pub(crate) redactor: Arc<Redactor>,
}

/// What every job of a run is prepared with.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) connects: &'a [Connect],
    /// Secrets of the project beyond those that a job uses.
    pub(crate) hidden: &'a Arc<Redactor>,
    pub(crate) planning: bool,
}

/// Prepares every exchange of `job`, each with its name; an error says why it is held back.
pub(crate) fn prepare(job: &Job, setting: Setting<'_>) -> Vec<(String, Result<Prepared, String>)> {
    match &job.work {
        Work::Exchanges(all) => all
            .iter()
            .map(|one| {
                let wanted = wanted(job, &one.name, all.len());
                let one = Asked { bindings: usable::shaped(one, all), ..one.clone() };
                (one.name.clone(), ask(&job.id, &one, wanted, setting))
            })
            .collect(),
        Work::Deliveries(all) => all
            .iter()
            .map(|one| {
                let wanted = wanted(job, &one.name, all.len());
                (one.name.clone(), deliver(&job.id, one, wanted, setting))
            })
            .collect(),
        Work::Look(looked) => {
            let wanted = wanted(job, ANSWER, 1);
            vec![(ANSWER.to_owned(), look::prepare(looked, wanted, setting))]
        }
    }
}

/// The chains and captures of a job that are about the exchange `name`.
pub(crate) fn wanted(job: &Job, name: &str, exchanges: usize) -> Wanted {
    // deliveries of several events may bear one name
    let delivers = matches!(job.work, Work::Deliveries(_));
    let alone = (exchanges == 1 || delivers) && name == ANSWER;
    let own = |chain: Vec<String>| match chain.split_first() {
        _ if alone => Some(chain),
        Some((first, rest)) if first == name => Some(rest.to_vec()),
        _ => None,
    };
    let captures = job.captures.iter().filter_map(|(capture, path)| {
        let chain = own(path.split('.').map(str::to_owned).collect())?;
        Some(Capture { id: (capture.clone(), path.clone()), chain })
    });
    Wanted {
        fields: job.reads.iter().cloned().filter_map(own).collect(),
        captures: captures.collect(),
    }
}

fn ask(id: &JobId, one: &Asked, wanted: Wanted, setting: Setting<'_>) -> Result<Prepared, String> {
    let Asked { name, request, bindings, hosts, .. } = one;
    let planning = setting.planning;
    let filler =
        Filler { bindings, check: &id.check, pack: id.check.pack(), occurrence: name, planning };
    let url = filler.url(&request.url).map_err(|fault| fault.to_string())?;
    let target = admit(&url, Rule::Provider(hosts), setting.connects);
    let target = target.map_err(|refusal| usable::refused(&refusal, bindings, setting.hidden))?;
    let mut headers = headers_of(&filler, request)?;
    let mut carries: Vec<RoleId> = headers.iter().flat_map(|(_, value)| value.roles()).collect();
    carries.extend(url.roles());
    let (body, sent) = body(&filler, one, &mut headers, &mut carries)?;
    if let Some(signed) = signed(one, &url, (body.as_deref(), &sent))? {
        headers.push(signed);
        carries = one.scheme.iter().filter_map(|scheme| scheme.key.clone()).collect();
    }
    let mut secrets: Vec<_> = headers.iter().flat_map(|(_, value)| value.secrets()).collect();
    secrets.retain(|(label, _)| label == "fabricated" || label == SIGNATURE);
    secrets.extend(bindings.secrets());
    let plain = hosts.iter().filter(|host| !host.subdomains && !host.open);
    let open = plain.map(|host| format!("https://{}/", host.host)).collect();
    let redactor = Redactor::on(setting.hidden, secrets).with_open(open);
    let shown = redactor.text(shown_url(&url, &target).as_str());
    Ok(Prepared {
        name: name.clone(),
        told: None,
        before: 0,
        request: format!("{} {shown}", request.method.as_str()),
        outgoing: Outgoing {
            method: request.method,
            target,
            headers,
            body,
            sight: None,
            known: None,
        },
        credential: carries.into_iter().next(),
        class: touched(request),
        creates: request.creates.clone(),
        times: 1,
        parallel: false,
        repeatable: request.repeatable,
        watch: None,
        wanted,
        sent: serde_json::from_value(sent).unwrap_or_default(),
        claims: request.claims.clone(),
        redactor: Arc::new(redactor),
    })
}

fn headers_of(filler: &Filler<'_>, request: &Request) -> Result<Vec<(String, Filled)>, String> {
    let all = request.headers.iter().map(|(header, template)| {
        let value = filler.header(template).map_err(|fault| fault.to_string())?;
        usable::header(header, &value)?;
        Ok((header.clone(), value))
    });
    all.collect()
}

/// The bytes of a body.
type Body = Zeroizing<Vec<u8>>;

fn body(
    fill: &Filler<'_>,
    one: &Asked,
    headers: &mut Vec<(String, Filled)>,
    carries: &mut Vec<RoleId>,
) -> Result<(Option<Body>, Value), String> {
    let request = &one.request;
    let (content_type, body, sent) = if let Some(json) = &request.json {
        let filled = fill.json(json, carries).map_err(|fault| fault.to_string())?;
        ("application/json", Zeroizing::new(filled.to_string().into_bytes()), filled)
    } else if request.form.is_empty() {
        return Ok((None, Value::Null));
    } else {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let mut sent = serde_json::Map::new();
        for (field, template) in &request.form {
            let value = fill.fill(template).map_err(|fault| fault.to_string())?;
            carries.extend(value.roles());
            form.append_pair(field, value.expose().expose());
            sent.insert(field.clone(), Value::from(value.expose().expose()));
        }
        let body = Zeroizing::new(form.finish().into_bytes());
        ("application/x-www-form-urlencoded", body, Value::Object(sent))
    };
    if !headers.iter().any(|(header, _)| header.eq_ignore_ascii_case("content-type")) {
        headers.push(("content-type".to_owned(), Filled::open(content_type)));
    }
    Ok((Some(body), sent))
}

/// The header that signs the bytes of a body, where the request is signed.
fn signed(
    one: &Asked,
    url: &Filled,
    (body, sent): (Option<&Vec<u8>>, &Value),
) -> Result<Option<(String, Filled)>, String> {
    let (Some(scheme), Some(body)) = (&one.scheme, body) else { return Ok(None) };
    let Carrier::Header(header) = &scheme.carrier else {
        return Err("the pack's signature stands in the body, which no request of ours has".into());
    };
    let url = url.expose();
    let form = sent.as_object().filter(|_| !one.request.form.is_empty());
    let params: Vec<(String, String)> = form
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect();
    let material = Material {
        body,
        url: url.expose(),
        timestamp: one.bindings.now.as_second(),
        params: &params,
        event: sent,
        bindings: &one.bindings,
    };
    let signature = sign(scheme, SignatureVariant::Valid, &material);
    let Some(signature) = signature.map_err(|fault| fault.to_string())? else { return Ok(None) };
    let signature = Filled::hidden(SIGNATURE, signature);
    usable::header(header, &signature)?;
    Ok(Some((header.clone(), signature)))
}

/// The class that a request is counted for: production where it touches it at all.
pub(crate) fn touched(request: &Request) -> Class {
    if request.touches(Class::Production) { Class::Production } else { Class::Sandbox }
}

fn deliver(
    id: &JobId,
    delivered: &Delivered,
    wanted: Wanted,
    setting: Setting<'_>,
) -> Result<Prepared, String> {
    let Delivered { bindings, grant, scheme, delivery, .. } = delivered;
    let filler = Filler {
        bindings,
        check: &id.check,
        pack: id.check.pack(),
        occurrence: &delivered.occurrence,
        planning: setting.planning,
    };
    let url = Filled::hidden(&delivery.receiver.to_string(), grant.url.clone());
    let rule = Rule::Receiver { allows_private: grant.allows_private };
    let target = admit(&url, rule, setting.connects);
    let target = target.map_err(|refusal| usable::refused(&refusal, bindings, setting.hidden))?;
    let made = delivery::make(delivered, &filler).map_err(|fault| fault.to_string())?;
    let kind = made.content_type.map(|kind| ("content-type".to_owned(), Filled::open(kind)));
    let mut headers: Vec<(String, Filled)> = kind.into_iter().collect();
    if let Some((header, signature)) = made.signature {
        let signature = Filled::hidden(SIGNATURE, signature);
        usable::header(&header, &signature)?;
        headers.push((header, signature));
    }
    let unsigned = matches!(delivery.signature, SignatureVariant::None | SignatureVariant::Empty);
    let mut secrets = bindings.secrets();
    secrets.push((delivery.receiver.to_string(), grant.url.clone()));
    let key = scheme.key.as_ref().and_then(|key| bindings.role(key)).cloned();
    let watch = Watch { known: Arc::clone(setting.hidden), key, signature: made.guarded };
    Ok(Prepared {
        name: delivered.name.clone(),
        told: delivered.told.clone(),
        before: delivered.before,
        request: format!("{} {}", delivery.method.as_str(), shown_url(&url, &target)),
        outgoing: Outgoing {
            method: delivery.method,
            target,
            headers,
            body: made.body.map(Zeroizing::new),
            sight: None,
            known: None,
        },
        credential: scheme.key.clone().filter(|_| !unsigned),
        class: delivery.to,
        creates: None,
        times: delivery.times.max(1),
        parallel: delivery.parallel,
        repeatable: false,
        watch: Some(watch),
        wanted,
        sent: Fact::Null,
        claims: None,
        redactor: Arc::new(Redactor::on(setting.hidden, secrets)),
    })
}

/// The URL as it may be shown: its origin, and its path without what was filled in secretly.
pub(crate) fn shown_url(filled: &Filled, target: &Target) -> String {
    let origin = target.origin.to_string();
    if let Some((Piece::Hidden { value, .. }, rest)) = filled.0.split_first() {
        let after = value.expose().split_once("://").map_or("", |(_, after)| after);
        let bare = after.trim_end_matches('/');
        let own = if bare.contains(['/', '?', '#']) { "/…" } else { "" };
        return format!("{origin}{own}{}", Filled(rest.to_vec()).masked());
    }
    let masked = filled.masked().to_string();
    let after = masked.split_once("://").map_or("", |(_, after)| after);
    let path = after.find(['/', '?', '#']).and_then(|at| after.get(at..));
    format!("{origin}{}", path.unwrap_or_default())
}
