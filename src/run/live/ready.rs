//! Judged first, then used: what a live check may send is decided from what the files said.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::super::judge::is_essential;
use super::super::judgement::Judgement;
use super::super::outcome::{Reason, Result};
use super::super::view::View;
use super::Live;
use crate::pack::{
    By, Check, CheckId, Class, Deliveries, Delivery, EnvironmentName, Home, HostPattern, Kind,
    Outcome, PackOrigin, Probe, Request, RoleId, SignatureScheme, Subject, Template, TemplatePart,
};
use crate::probe::{
    Asked, Bindings, Delivered, Job, JobId, ReceiverGrant, Work, fabricate, random_uid, read_by,
    roles_in_json,
};
use crate::project::{Setting, SettingValue, is_placeholder, unreachable};
use crate::source::Secret;

/// What becomes of a live check.
pub(super) enum Readiness {
    /// It can be sent, in one or several jobs; where each role's value stands; and the results of
    /// what could not be sent of it.
    Ready(Vec<Job>, BTreeMap<RoleId, String>, Vec<Judgement>),
    /// It is not, and this is its result.
    Not(Box<Judgement>),
}

/// Decides one live check.
pub(super) fn ready(
    view: &View<'_>,
    check: &Check,
    live: &Live<'_>,
    told: &BTreeMap<CheckId, Judgement>,
) -> Readiness {
    let preparing = Preparing { view, check, live, told, places: RefCell::default() };
    let jobs = match &check.subject {
        Subject::Probe(probe) => preparing.probe(probe).map(|job| (vec![job], Vec::new())),
        Subject::Delivery(all) => preparing.deliveries(all).map(|job| (vec![job], Vec::new())),
        Subject::Look(look) => preparing.look(look),
        Subject::Forbid(_)
        | Subject::Require { .. }
        | Subject::Differ(_)
        | Subject::Agree(_)
        | Subject::Parity(_)
        | Subject::Setting { .. }
        | Subject::Dependency { .. }
        | Subject::Source(_)
        | Subject::History(_)
        | Subject::Library(_)
        | Subject::Confirm(_)
        | Subject::Evidence(_) => Err(Judgement::unknown("unexplained", "not a live check")),
    };
    match jobs {
        Ok((jobs, aside)) => Readiness::Ready(jobs, preparing.places.into_inner(), aside),
        Err(judgement) => Readiness::Not(Box::new(judgement)),
    }
}

pub(super) struct Preparing<'v, 'a> {
    pub(super) view: &'v View<'a>,
    pub(super) check: &'v Check,
    pub(super) live: &'v Live<'v>,
    told: &'v BTreeMap<CheckId, Judgement>,
    places: RefCell<BTreeMap<RoleId, String>>,
}

pub(super) type Prepared<T> = std::result::Result<T, Judgement>;

impl Preparing<'_, '_> {
    fn probe(&self, probe: &Probe) -> Prepared<Job> {
        let touches = |(_, request): &(String, Request)| request.touches(Class::Production);
        self.allowed(probe.requests.iter().any(touches))?;
        let mut asked = Vec::new();
        for (name, request) in &probe.requests {
            let mut roles = roles_of(request, self.check.id.pack());
            roles.extend(self.imitated(request, probe));
            let scheme = self.scheme(request)?;
            if let Some(scheme) = &scheme {
                roles.extend(roles_in_scheme(scheme).into_iter().chain(scheme.key.clone()));
            }
            let creates = request.creates.is_some();
            let mut bindings = self.bindings(request.environment, &roles, creates)?;
            for (class, role) in &request.others {
                let environment = self.environment(*class, &BTreeSet::from([role.clone()]))?;
                let setting = self.setting(environment, role, *class)?;
                let value = self.judged(setting, role, *class, creates)?;
                bindings.others.insert((*class, role.clone()), value);
            }
            let hosts = self.hosts(request);
            let (name, request) = (name.clone(), request.clone());
            asked.push(Asked { name, request, bindings, hosts, scheme });
        }
        Ok(self.job(Work::Exchanges(asked), &probe.outcomes))
    }

    fn deliveries(&self, deliveries: &Deliveries) -> Prepared<Job> {
        self.allowed(deliveries.touch(Class::Production))?;
        let mut all = Vec::new();
        for (name, delivery) in &deliveries.named {
            let grant = self.receiver(delivery)?;
            let several = delivery.events.len() > 1;
            for (event, before) in delivery.events.iter().zip((0..).step_by(step(delivery))) {
                let one = self.delivered((name, event), delivery, grant.clone())?;
                let told = several.then(|| event.clone());
                all.push(Delivered { told, before, ..one });
            }
        }
        Ok(self.job(Work::Deliveries(all), &deliveries.outcomes))
    }

    fn delivered(
        &self,
        (name, event): (&String, &String),
        delivery: &Delivery,
        grant: ReceiverGrant,
    ) -> Prepared<Delivered> {
        let occurrence = if delivery.apart { event } else { name };
        let pack = self.view.library.pack(self.check.id.pack());
        let scheme = pack.and_then(|pack| pack.signature.clone());
        let parameters = self.view.parameters(self.check.id.pack());
        let scheme = scheme.map(|scheme| scheme.with(&parameters));
        let event = pack.and_then(|pack| delivery.changed(pack.events.get(event)?).ok());
        let (Some(scheme), Some(event)) = (scheme, event) else {
            return Err(Judgement::unknown("unexplained", "the pack signs no such event"));
        };
        let mut roles = roles_in_scheme(&scheme);
        roles.extend(scheme.key.clone());
        let mut bindings = self.bindings(delivery.signed_as, &roles, false)?;
        for role in roles_in_json(&event, self.check.id.pack()) {
            let marker = self.marker(delivery.signed_as, &role);
            bindings.roles.entry(role).or_insert(marker);
        }
        Ok(Delivered {
            name: name.clone(),
            told: None,
            before: 0,
            occurrence: occurrence.clone(),
            delivery: delivery.clone(),
            grant,
            event,
            scheme,
            bindings,
        })
    }

    /// What stands for a role in a signed body: the value of the environment where it may be used
    /// and is plain, else a false one of its shape. Text of the tree is never signed.
    fn marker(&self, class: Class, role: &RoleId) -> Secret {
        let false_one = || Secret::new(random_uid(self.live.seed(), &self.check.id, &role.role));
        let roles = BTreeSet::from([role.clone()]);
        let found = self
            .environment(class, &roles)
            .and_then(|environment| self.setting(environment, role, class));
        let Ok(setting) = found else { return false_one() };
        let used = self.judged(setting, role, class, false).ok().filter(is_plain);
        used.or_else(|| fabricate(setting.literal()?, self.live.seed(), &role.role))
            .filter(is_plain)
            .unwrap_or_else(false_one)
    }

    pub(super) fn job(&self, work: Work, outcomes: &[Outcome]) -> Job {
        let (reads, captures) = read_by(outcomes);
        let live = |id: &CheckId| {
            self.view.library.checks.iter().any(|check| check.id == *id && check.subject.is_live())
        };
        let needs = self.check.needs.iter().filter(|need| live(need));
        Job {
            id: JobId { check: self.check.id.clone(), scope: None },
            work,
            reads,
            captures,
            needs: needs.map(|need| JobId { check: need.clone(), scope: None }).collect(),
        }
    }

    /// Whether a recording answers, and so nothing is sent.
    fn is_recorded(&self) -> bool {
        self.live.has_recorded(&self.check.id)
    }

    /// Whether the run may touch production, and whether the pack may send at all.
    pub(super) fn allowed(&self, production: bool) -> Prepared<()> {
        let pack = self.view.library.pack(self.check.id.pack());
        if pack.is_some_and(|pack| pack.origin == PackOrigin::Tree) {
            let why = "its pack lies in the judged folder: --trust-packs";
            return Err(Judgement::unknown(Reason::HELD_BACK, why));
        }
        let opted = self.view.asked.allow_production || self.is_recorded();
        if (production || self.check.opt_in_production) && !opted {
            let why = "touches production: --allow-production";
            return Err(Judgement::other(Result::NotAsked, Reason::NOT_ALLOWED, why));
        }
        Ok(())
    }

    /// How a request is signed, where it is.
    fn scheme(&self, request: &Request) -> Prepared<Option<SignatureScheme>> {
        if !request.signed {
            return Ok(None);
        }
        let pack = self.view.library.pack(self.check.id.pack());
        let scheme = pack.and_then(|pack| pack.signature.clone());
        let parameters = self.view.parameters(self.check.id.pack());
        let none = || Judgement::unknown("unexplained", "the pack does not say how to sign");
        scheme.map(|scheme| Some(scheme.with(&parameters))).ok_or_else(none)
    }

    /// Whose shape a false value of a request has: the role's that stands in the same header of
    /// another request of the check, or else that of the pack's only essential credential.
    fn imitated(&self, request: &Request, probe: &Probe) -> Option<RoleId> {
        let is_false = |template: &Template| template.0.contains(&TemplatePart::Fabricated);
        let (header, _) = request.headers.iter().find(|(_, template)| is_false(template))?;
        let others = probe.requests.iter().flat_map(|(_, other)| &other.headers);
        let same = others.filter(|(name, _)| name.eq_ignore_ascii_case(header));
        if let Some(role) = same.flat_map(|(_, template)| roles_in(template)).next() {
            return Some(role);
        }
        let pack = self.view.library.pack(self.check.id.pack())?;
        let credentials = pack.roles.values().filter(|role| role.kind == Kind::Credential);
        let (essential, others): (Vec<_>, Vec<_>) =
            credentials.partition(|role| pack.essential.contains(&role.id));
        let all = if essential.is_empty() { others } else { essential };
        let [only] = all.as_slice() else { return None };
        Some(only.id.clone())
    }

    /// The pack's hosts that a request may go to: those that serve every class it touches.
    fn hosts(&self, request: &Request) -> Vec<HostPattern> {
        let Some(pack) = self.view.library.pack(self.check.id.pack()) else { return Vec::new() };
        let other = request.environment.other();
        let own: &[HostPattern] = match request.environment {
            _ if request.touches(other) => &[],
            Class::Sandbox => &pack.hosts.sandbox,
            Class::Production => &pack.hosts.production,
        };
        own.iter().chain(&pack.hosts.shared).cloned().collect()
    }

    /// The values of roles in one environment of a class, each judged before it is used.
    fn bindings(
        &self,
        class: Class,
        roles: &BTreeSet<RoleId>,
        creates: bool,
    ) -> Prepared<Bindings> {
        let environment = self.environment(class, roles)?;
        let mut values: BTreeMap<RoleId, Secret> = BTreeMap::new();
        let mut open = BTreeSet::new();
        for role in roles {
            let setting = self.setting(environment, role, class)?;
            let value = self.judged(setting, role, class, creates)?;
            if !setting.secret && matches!(setting.kind, Some(Kind::Url | Kind::Host | Kind::Mode))
            {
                open.insert(role.clone());
            }
            values.insert(role.clone(), value);
        }
        let imitates = roles
            .iter()
            .find(|role| self.view.role(role).is_some_and(|role| role.kind == Kind::Credential))
            .cloned();
        Ok(Bindings {
            roles: values,
            others: BTreeMap::new(),
            open,
            parameters: self.view.parameters(self.check.id.pack()),
            captures: BTreeMap::new(),
            imitates,
            seed: self.live.seed(),
            now: self.view.asked.clock,
        })
    }

    /// The first environment of a class that has every role; else the first that has any.
    pub(super) fn environment(&self, class: Class, roles: &BTreeSet<RoleId>) -> Prepared<usize> {
        best_environment(self.view, class, roles).ok_or_else(|| {
            let detail = format!("no {} environment was found", class.as_str());
            Judgement::unknown("not found", detail)
        })
    }

    pub(super) fn setting(
        &self,
        environment: usize,
        role: &RoleId,
        class: Class,
    ) -> Prepared<&Setting> {
        let found = self.view.in_force(environment, role);
        let Some(setting) = found.first().copied() else {
            let candidates = self.view.candidates(std::slice::from_ref(role));
            let perhaps = match candidates.as_slice() {
                [] => String::new(),
                [..] if is_essential(self.view, role) => {
                    format!("; perhaps {}", candidates.join(" or "))
                }
                [..] => String::new(),
            };
            let detail = format!("{role} in {}{perhaps}", class.as_str());
            return Err(Judgement::unknown("not found", detail));
        };
        Ok(setting)
    }

    /// The value of a setting, if it may be used for a class.
    pub(super) fn judged(
        &self,
        setting: &Setting,
        role: &RoleId,
        class: Class,
        creates: bool,
    ) -> Prepared<Secret> {
        let place = self.view.place_of(setting).map_or_else(
            || self.view.name_of(setting),
            |at| format!("{} ({}:{})", self.view.name_of(setting), at.path, at.line),
        );
        let see = self.see(setting).map_or_else(String::new, |id| format!(", see {id}"));
        let held =
            |why: &str| Err(Judgement::unknown(Reason::HELD_BACK, format!("{place} {why}{see}")));
        let value = match &setting.value {
            SettingValue::Literal(value) => value,
            SettingValue::Reference { text, .. } => {
                let text = self.view.mask.shown(text);
                return Err(Judgement::unknown("may come from", format!("{place}: {text}")));
            }
            SettingValue::Observed(_) => {
                let why = format!("{place}: only facts of it are known here");
                return Err(Judgement::unknown("may come from", why));
            }
            SettingValue::Empty => return held("is empty"),
        };
        if is_placeholder(value.expose()) {
            return held("is a placeholder");
        }
        if self.view.is_sample(setting) {
            return held("is a published sample value");
        }
        match (setting.home.home, setting.home.home.class()) {
            (Home::Contested, _) => return held("is claimed by sandbox and production alike"),
            (_, Some(home)) if home != class => {
                return held(&format!("belongs to {}", home.as_str()));
            }
            _ => {}
        }
        if class == Class::Sandbox && creates && self.may_be_production(setting, role) {
            return held(&format!(
                "is unmarked and production's is not known, so it may be production's: \
                 --assume-sandbox {role}"
            ));
        }
        self.places.borrow_mut().insert(role.clone(), place);
        Ok(value.clone())
    }

    /// The check that found something wrong where a setting stands.
    fn see(&self, setting: &Setting) -> Option<&CheckId> {
        let place = self.view.place_of(setting)?;
        let speaks = |judgement: &Judgement| {
            judgement.findings.iter().any(|raw| {
                raw.location.as_ref() == Some(&place)
                    || raw.related.iter().any(|other| other.location == place)
            })
        };
        let mut found = self.told.iter().filter(|(_, judgement)| speaks(judgement));
        found.find(|(id, _)| id.pack() != "core").or_else(|| found.next()).map(|(id, _)| id)
    }

    /// Whether an unmarked value could be production's: nothing but its place says that it is the
    /// sandbox's, and production's own value is not known to be another.
    fn may_be_production(&self, setting: &Setting, role: &RoleId) -> bool {
        let guarded = self
            .view
            .role(role)
            .is_some_and(|role| role.per_environment || role.kind == Kind::Credential);
        let settled = matches!(setting.home.by, Some(By::Pattern | By::Host | By::Fingerprint));
        let assumed = self.view.asked.assume_sandbox.contains(role) || self.is_recorded();
        if !guarded || settled || assumed {
            return false;
        }
        let print_known = {
            let manifest = &self.view.project.manifest;
            manifest.salt.is_some()
                && manifest
                    .fingerprints
                    .iter()
                    .any(|known| known.0 == Class::Production && known.1 == *role)
        };
        let production = self.view.environments(&[EnvironmentName::Class(Class::Production)]);
        let literal_known = production.iter().any(|index| {
            self.view
                .in_force(*index, role)
                .iter()
                .any(|other| other.is_told_apart() && !other.is_placeholder())
        });
        let ask = self.live.ask();
        !(print_known || literal_known || ask.is_some_and(|ask| ask(role)))
    }

    /// The receiver's URL, if somebody granted deliveries to it.
    fn receiver(&self, delivery: &Delivery) -> Prepared<ReceiverGrant> {
        let (role, class) = (&delivery.receiver, delivery.to);
        let grant = self
            .view
            .asked
            .receivers
            .iter()
            .find(|grant| grant.role == *role && grant.class == class);
        if let Some(url) = grant.and_then(|grant| grant.url.as_ref()) {
            return Ok(ReceiverGrant { url: Secret::new(url.clone()), allows_private: true });
        }
        let roles = BTreeSet::from([role.clone()]);
        let environment = self.environment(class, &roles)?;
        let setting = self.setting(environment, role, class)?;
        let url = self.judged(setting, role, class, false)?;
        if grant.is_none() && !self.is_recorded() {
            let named = if class == Class::Production { "production:" } else { "" };
            let why = format!("nobody allowed deliveries: --receiver {named}{role}");
            return Err(Judgement::unknown(Reason::HELD_BACK, why));
        }
        if let Some(why) = setting.host().and_then(|host| unreachable(&host)) {
            let why = format!("the receiver's host is {why}: --receiver {role}=URL names one");
            return Err(Judgement::unknown(Reason::HELD_BACK, why));
        }
        Ok(ReceiverGrant { url, allows_private: false })
    }
}

/// How many deliveries of one event there are.
fn step(delivery: &Delivery) -> usize {
    usize::try_from(delivery.times.max(1)).unwrap_or(1)
}

/// The first environment of a class that has every role; else the first that has any.
pub(super) fn best_environment(
    view: &View<'_>,
    class: Class,
    roles: &BTreeSet<RoleId>,
) -> Option<usize> {
    let environments = view.environments(&[EnvironmentName::Class(class)]);
    // of equals the one that is called by its class, then the first
    let held = |index: &usize| {
        let has = |role: &&RoleId| !view.in_force(*index, role).is_empty();
        let own = view.environment(*index).is_some_and(|known| known.name == class.as_str());
        (roles.iter().filter(has).count(), own)
    };
    environments.iter().rev().max_by_key(|index| held(index)).copied()
}

/// Whether a value is an id and nothing else.
fn is_plain(value: &Secret) -> bool {
    let text = value.expose();
    text.len() <= 64 && text.chars().all(|one| one.is_ascii_alphanumeric() || "-_".contains(one))
}

/// The roles that a request's templates name.
fn roles_of(request: &Request, pack: &str) -> BTreeSet<RoleId> {
    let mut roles = BTreeSet::new();
    let forms = request.form.iter().map(|(_, value)| value);
    let headers = request.headers.iter().map(|(_, value)| value);
    for template in std::iter::once(&request.url).chain(headers).chain(forms) {
        roles.extend(roles_in(template));
    }
    if let Some(json) = &request.json {
        roles.extend(roles_in_json(json, pack));
    }
    roles
}

fn roles_in(template: &Template) -> impl Iterator<Item = RoleId> {
    template.0.iter().filter_map(|part| match part {
        TemplatePart::Role(role) => Some(role.clone()),
        TemplatePart::Text(_)
        | TemplatePart::RoleOf(..)
        | TemplatePart::RandomUid
        | TemplatePart::Fabricated
        | TemplatePart::Now
        | TemplatePart::Parameter(_)
        | TemplatePart::Capture(_)
        | TemplatePart::Delivery(_) => None,
    })
}

fn roles_in_scheme(scheme: &SignatureScheme) -> BTreeSet<RoleId> {
    roles_in(&scheme.over).chain(roles_in(&scheme.value)).collect()
}
