//! What a change makes of the rules: every difference between two manifests that may loosen them.

use super::{DeclaredEnvironment, Manifest, Waiver};
use crate::pack::Class;
use crate::source::Span;

/// A difference between the rules of a base and those of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What the change does, as after "this change": foreign text stands in it.
    pub what: String,
    /// Where in the change's manifest; nowhere if what it takes away stood in the base's.
    pub span: Option<Span>,
    /// Whether it loosens the rules whatever they judge. Any other does where a result gets better.
    pub always: bool,
}

impl Difference {
    fn loosens(span: impl Into<Option<Span>>, what: impl Into<String>) -> Self {
        Self { what: what.into(), span: span.into(), always: true }
    }

    fn neutral(span: impl Into<Option<Span>>, what: impl Into<String>) -> Self {
        Self { what: what.into(), span: span.into(), always: false }
    }
}

impl Manifest {
    /// What this manifest, a change's, does to the rules of `base`. What only tightens them is left
    /// out.
    pub fn changes(&self, base: &Self) -> Vec<Difference> {
        let mut all = Vec::new();
        self.environments_since(base, &mut all);
        self.hosts_since(base, &mut all);
        self.packs_since(base, &mut all);
        self.fingerprints_since(base, &mut all);
        self.policy_since(base, &mut all);
        self.names_since(base, &mut all);
        all
    }

    fn environments_since(&self, base: &Self, all: &mut Vec<Difference>) {
        let named = |list: &'_ [DeclaredEnvironment], name: &str| {
            list.iter().position(|one| one.name == *name)
        };
        for old in &base.environments {
            let Some(new) = named(&self.environments, &old.name) else {
                all.push(Difference::loosens(None, format!("drops environment {}", old.name)));
                continue;
            };
            let Some(new) = self.environments.get(new) else { continue };
            let name = &old.name;
            if old.class != new.class {
                let class = new.class.as_str();
                all.push(Difference::loosens(new.place, format!("sets {name} to class {class}")));
            }
            let kept = |layer: &str| new.layers.iter().any(|(path, _)| path == layer);
            for (layer, _) in old.layers.iter().filter(|(layer, _)| !kept(layer)) {
                all.push(Difference::loosens(new.place, format!("drops {layer} from {name}")));
            }
            let layers = |one: &DeclaredEnvironment| -> Vec<String> {
                one.layers.iter().map(|(path, _)| path.clone()).collect()
            };
            let rest = |one: &DeclaredEnvironment| (one.variables.clone(), one.supplied.clone());
            if layers(old) != layers(new) || rest(old) != rest(new) {
                all.push(Difference::neutral(new.place, format!("declares {name} otherwise")));
            }
        }
        for new in &self.environments {
            if named(&base.environments, &new.name).is_none() {
                all.push(Difference::neutral(new.place, format!("declares {}", new.name)));
            }
        }
    }

    fn hosts_since(&self, base: &Self, all: &mut Vec<Difference>) {
        let has = |hosts: &Self, class: Class, written: &str| {
            hosts
                .hosts
                .iter()
                .any(|(other, host, _)| *other == class && host.to_string() == written)
        };
        for (class, host, _) in &base.hosts {
            let host = host.to_string();
            if !has(self, *class, &host) {
                let what = format!("takes {host} from the hosts of {}", class.as_str());
                all.push(Difference::loosens(None, what));
            }
        }
        for (class, host, span) in &self.hosts {
            let host = host.to_string();
            if !has(base, *class, &host) {
                let what = format!("calls {host} a host of {}", class.as_str());
                all.push(Difference::neutral(*span, what));
            }
        }
    }

    fn packs_since(&self, base: &Self, all: &mut Vec<Difference>) {
        match (&base.packs, &self.packs) {
            (_, None) => {}
            (None, Some(new)) => {
                let place = new.first().map(|(_, span)| *span);
                all.push(Difference::loosens(place, "names the packs to judge by"));
            }
            (Some(old), Some(new)) => {
                let place = new.first().map(|(_, span)| *span);
                let kept = |pack: &str| new.iter().any(|(other, _)| other == pack);
                for (pack, _) in old.iter().filter(|(pack, _)| !kept(pack)) {
                    all.push(Difference::loosens(place, format!("drops pack {pack}")));
                }
            }
        }
    }

    fn fingerprints_since(&self, base: &Self, all: &mut Vec<Difference>) {
        for (class, role, print, _) in &base.fingerprints {
            let same = |one: &&(Class, crate::pack::RoleId, String, Span)| {
                one.0 == *class && one.1 == *role
            };
            let what =
                |does: &str| format!("{does} the fingerprint of {role} in {}", class.as_str());
            match self.fingerprints.iter().find(same) {
                None => all.push(Difference::loosens(None, what("drops"))),
                Some((_, _, other, span)) if other != print => {
                    all.push(Difference::loosens(*span, what("changes")));
                }
                Some(_) => {}
            }
        }
        let digest = |one: &Self| one.salt.as_ref().map(|salt| salt.digest(b"the same salt"));
        if base.salt.is_some() && digest(self) != digest(base) {
            all.push(Difference::loosens(None, "changes the salt of fingerprints"));
        }
    }

    fn policy_since(&self, base: &Self, all: &mut Vec<Difference>) {
        for (approver, span) in &self.approvers {
            if !base.approvers.iter().any(|(known, _)| known == approver) {
                let what = format!("adds {approver} to policy.approvers");
                all.push(Difference::loosens(*span, what));
            }
        }
        let waived = |id: &str, waiver: &Waiver| {
            base.waivers.iter().any(|known| {
                known.until >= waiver.until
                    && known.approved_by == waiver.approved_by
                    && known.findings.iter().any(|(other, _)| other == id)
            })
        };
        for waiver in &self.waivers {
            for (id, span) in waiver.findings.iter().filter(|(id, _)| !waived(id, waiver)) {
                let what = format!("accepts {id} until {}", waiver.until);
                all.push(Difference::loosens(*span, what));
            }
        }
    }

    fn names_since(&self, base: &Self, all: &mut Vec<Difference>) {
        if self.roles != base.roles {
            all.push(Difference::neutral(None, "names the settings of roles otherwise"));
        }
        if self.services != base.services {
            all.push(Difference::neutral(None, "declares services otherwise"));
        }
        for name in self.parameters.keys().chain(base.parameters.keys()) {
            if self.parameters.get(name) != base.parameters.get(name) {
                let what = format!("sets parameter {}/{} otherwise", name.0, name.1);
                let difference = Difference::neutral(None, what);
                if !all.contains(&difference) {
                    all.push(difference);
                }
            }
        }
    }
}
