//! From what is written to what is valid.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::written::{WrittenEnvironment, WrittenFingerprints, WrittenManifest};
use super::{DeclaredEnvironment, Manifest};
use crate::document::Located;
use crate::expression::Fact;
use crate::pack::{Class, HostPattern, Library, RoleId};
use crate::project::fingerprint::{Salt, is_fingerprint};
use crate::project::roles::RoleIndex;
use crate::project::words::class_of;
use crate::source::{Diagnostic, SourceText, Span, nearest};

pub(super) struct Reader<'a> {
    pub(super) source: &'a Arc<SourceText>,
    pub(super) library: &'a Library,
    pub(super) mistakes: Vec<Diagnostic>,
}

impl Reader<'_> {
    pub(super) fn manifest(&mut self, written: WrittenManifest) -> Manifest {
        let environments = written
            .environments
            .into_iter()
            .filter_map(|(name, environment)| self.environment(name, environment))
            .collect();
        let services = written
            .services
            .into_iter()
            .map(|(name, service)| (name, service.root.trim_matches('/').to_owned()));
        let mut hosts = Vec::new();
        for (class, listed) in
            [(Class::Sandbox, written.hosts.sandbox), (Class::Production, written.hosts.production)]
        {
            hosts.extend(
                listed.into_iter().map(|host| (class, HostPattern::new(&host.value), host.span)),
            );
        }
        let (salt, fingerprints) = self.fingerprints(written.fingerprints);
        Manifest {
            source: Some(Arc::clone(self.source)),
            environments,
            services: services.collect(),
            roles: self.roles(written.roles),
            hosts,
            packs: written.packs.map(|packs| self.packs(packs)),
            parameters: self.parameters(written.parameters),
            salt,
            fingerprints,
            waivers: written.waivers.into_iter().filter_map(|waiver| self.waiver(waiver)).collect(),
            approvers: written
                .policy
                .approvers
                .into_iter()
                .map(|one| (one.value, one.span))
                .collect(),
        }
    }

    fn environment(
        &mut self,
        name: String,
        written: Located<WrittenEnvironment>,
    ) -> Option<DeclaredEnvironment> {
        let place = written.place();
        let written = written.value;
        let Some(class) = written.class.or_else(|| class_of(&name)) else {
            self.mistake(
                place,
                &format!("`{name}` does not tell its class"),
                "add `class: sandbox` or `class: production`",
            );
            return None;
        };
        let layers = written.layers.into_iter().filter_map(|layer| self.layer(&layer)).collect();
        let variables = written
            .variables
            .into_iter()
            .filter_map(|(role, variable)| {
                Some((self.role(&role, variable.place())?, variable.value))
            })
            .collect();
        let supplied =
            written.supplied.iter().filter_map(|role| self.role(&role.value, role.span)).collect();
        Some(DeclaredEnvironment { name, place, class, layers, variables, supplied })
    }

    fn layer(&mut self, layer: &Located<String>) -> Option<(String, Span)> {
        let path = layer.value.trim_start_matches("./").to_owned();
        let leaves = path.starts_with('/') || path.split('/').any(|part| part == "..");
        if leaves {
            self.mistake(layer.span, "a layer lies inside the project", "write a relative path");
            return None;
        }
        Some((path, layer.span))
    }

    fn roles(&mut self, written: BTreeMap<String, Located<String>>) -> Vec<(RoleId, String)> {
        let index = LazyCell::new(|| RoleIndex::new(self.library, &[]));
        let mut roles = Vec::new();
        for (role, name) in written {
            let Some(role) = self.role(&role, name.place()) else { continue };
            match index.owner_beside(&name.value, &role) {
                None => roles.push((role, name.value)),
                Some(owner) => {
                    let message = format!("a setting of this name is {owner}, not {role}");
                    self.mistake(name.span, &message, "what is called after a provider is its own");
                }
            }
        }
        roles
    }

    fn role(&mut self, text: &str, span: Span) -> Option<RoleId> {
        let role: RoleId = match text.parse() {
            Ok(role) => role,
            Err(why) => {
                self.mistake(span, &format!("`{text}` is no role"), &why);
                return None;
            }
        };
        if self.library.role(&role).is_some() {
            return Some(role);
        }
        let known = self.library.packs.iter().flat_map(|pack| pack.roles.values());
        let known: Vec<String> = known.map(|role| role.id.to_string()).collect();
        let help = nearest(text, known.iter().map(String::as_str)).map_or_else(
            || "`golive list` shows the packs and their roles".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.mistake(span, &format!("no pack has the role `{text}`"), &help);
        None
    }

    fn packs(&mut self, written: Vec<Located<String>>) -> Vec<(String, Span)> {
        let mut packs = Vec::new();
        for pack in written {
            if self.library.pack(&pack.value).is_some() {
                packs.push((pack.value, pack.span));
                continue;
            }
            let known = self.library.packs.iter().map(|pack| pack.id.as_str());
            let help = nearest(&pack.value, known).map_or_else(
                || "`golive list` shows the packs".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.mistake(pack.span, &format!("there is no pack `{}`", pack.value), &help);
        }
        packs
    }

    fn parameters(
        &mut self,
        written: BTreeMap<String, Located<Fact>>,
    ) -> BTreeMap<(String, String), Fact> {
        let mut parameters = BTreeMap::new();
        for (name, value) in written {
            let Some((pack_id, parameter)) = name.split_once('/') else {
                self.mistake(value.place(), "a parameter is written pack/name", "");
                continue;
            };
            let Some(pack) = self.library.pack(pack_id) else {
                self.mistake(value.place(), &format!("there is no pack `{pack_id}`"), "");
                continue;
            };
            match pack.accepts_parameter(parameter, &value.value) {
                Ok(()) => {
                    parameters.insert((pack_id.to_owned(), parameter.to_owned()), value.value);
                }
                Err(why) => self.mistake(value.span, &why, ""),
            }
        }
        parameters
    }

    #[expect(clippy::type_complexity, reason = "the two parts of one block of the manifest")]
    fn fingerprints(
        &mut self,
        written: Option<WrittenFingerprints>,
    ) -> (Option<Salt>, Vec<(Class, RoleId, String, Span)>) {
        let Some(written) = written else { return (None, Vec::new()) };
        let salt = match Salt::new(&written.salt.value) {
            Ok(salt) => Some(salt),
            Err(_) if written.salt.absent => None,
            Err(why) => {
                self.mistake(written.salt.span, &why, "");
                None
            }
        };
        let mut known = Vec::new();
        for (class, listed) in
            [(Class::Sandbox, written.sandbox), (Class::Production, written.production)]
        {
            for (role, print) in listed {
                if !is_fingerprint(&print.value) {
                    self.mistake(print.span, "not a fingerprint", "it is `v1:` and 32 hex digits");
                } else if let Some(role) = self.role(&role, print.place()) {
                    known.push((class, role, print.value, print.span));
                }
            }
        }
        (salt, known)
    }

    pub(super) fn mistake(&mut self, span: Span, message: &str, help: &str) {
        let mistake = Diagnostic::error(self.source, span, message);
        self.mistakes.push(if help.is_empty() { mistake } else { mistake.with_help(help) });
    }
}
