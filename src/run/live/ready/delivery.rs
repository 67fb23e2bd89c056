//! Deliveries to a receiver of ours: whether somebody granted them, and what they carry.

use std::collections::BTreeSet;

use super::super::super::judgement::Judgement;
use super::super::super::outcome::Reason;
use super::{Prepared, Preparing, roles_in_scheme};
use crate::pack::{Class, Deliveries, Delivery, RoleId};
use crate::probe::{Delivered, Job, ReceiverGrant, Work, fabricate, random_uid, roles_in_json};
use crate::project::unreachable;
use crate::source::Secret;

impl Preparing<'_, '_> {
    pub(super) fn deliveries(&self, deliveries: &Deliveries) -> Prepared<Job> {
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
            return Err(Box::new(Judgement::unknown(
                "unexplained",
                "the pack signs no such event",
            )));
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
    /// and is plain, else a false one of its shape, which a right receiver may refuse. Text of the
    /// tree is never signed.
    fn marker(&self, class: Class, role: &RoleId) -> Secret {
        let false_one = || Secret::new(random_uid(self.live.seed(), &self.check.id, &role.role));
        let roles = BTreeSet::from([role.clone()]);
        let found = self
            .environment(class, &roles)
            .and_then(|environment| self.setting(environment, role, class));
        let setting = match found {
            Ok(setting) => setting,
            Err(why) => {
                self.doubt(role, &why);
                return false_one();
            }
        };
        let used = self.judged(setting, role, class, false);
        match used {
            Ok(value) if is_plain(&value) => value,
            Ok(_) => {
                *self.doubt.borrow_mut() = Some(format!("{role} is no plain text"));
                false_one()
            }
            Err(why) => {
                self.doubt(role, &why);
                let shaped = setting.literal();
                let shaped =
                    shaped.and_then(|value| fabricate(value, self.live.seed(), &role.role));
                shaped.filter(is_plain).unwrap_or_else(false_one)
            }
        }
    }

    fn doubt(&self, role: &RoleId, why: &Judgement) {
        let why = why.reason.as_ref().map_or("", |reason| reason.detail.as_str());
        let why = format!("the events carried a made-up {role}: {why}");
        self.doubt.borrow_mut().get_or_insert(why);
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
            return Err(Box::new(Judgement::unknown(Reason::HELD_BACK, why)));
        }
        if let Some(why) = setting.host().and_then(|host| unreachable(&host)) {
            let why = format!("the receiver's host is {why}: --receiver {role}=URL names one");
            return Err(Box::new(Judgement::unknown(Reason::HELD_BACK, why)));
        }
        Ok(ReceiverGrant { url, allows_private: false })
    }
}

/// How many deliveries of one event there are.
fn step(delivery: &Delivery) -> usize {
    usize::try_from(delivery.times.max(1)).unwrap_or(1)
}

/// Whether a value is an id and nothing else.
fn is_plain(value: &Secret) -> bool {
    let text = value.expose();
    text.len() <= 64 && text.chars().all(|one| one.is_ascii_alphanumeric() || "-_".contains(one))
}
