//! Requests to a provider: what fills them, and where they may go.

use std::collections::BTreeSet;

use super::super::super::judgement::Judgement;
use super::{Prepared, Preparing, roles_in, roles_in_scheme};
use crate::pack::{
    Class, HostPattern, Kind, Probe, Request, RoleId, SignatureScheme, Template, TemplatePart,
};
use crate::probe::{Asked, Job, Work, roles_in_json};

impl Preparing<'_, '_> {
    pub(super) fn probe(&self, probe: &Probe) -> Prepared<Job> {
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

    /// How a request is signed, where it is.
    fn scheme(&self, request: &Request) -> Prepared<Option<SignatureScheme>> {
        if !request.signed {
            return Ok(None);
        }
        let pack = self.view.library.pack(self.check.id.pack());
        let scheme = pack.and_then(|pack| pack.signature.clone());
        let parameters = self.view.parameters(self.check.id.pack());
        let none =
            || Box::new(Judgement::unknown("unexplained", "the pack does not say how to sign"));
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
