//! Which providers a project uses: by its settings, by their hosts, and by the packages that it
//! depends on.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dependency::{self, Dependency};
use super::manifest::Manifest;
use super::purpose::Purpose;
use super::setting::Setting;
use crate::pack::{Library, Pack};
use crate::source::{SourceText, Span};

/// A pack and by what it was recognised.
pub struct Recognised {
    /// The pack.
    pub pack: String,
    /// By what.
    pub by: String,
    /// Where.
    pub at: Option<(Arc<SourceText>, Span)>,
}

/// The packs to judge by, and those in use that the manifest leaves out. Without a list in the
/// manifest what is in use decides.
pub(super) fn recognise(
    (settings, dependencies): (&[Setting], &[Dependency]),
    library: &Library,
    manifest: &Manifest,
) -> (Vec<Recognised>, Vec<Recognised>) {
    let (mut recognised, mut left_out) = (Vec::new(), Vec::new());
    let speaking = Speaking::of(settings);
    for pack in library.packs.iter().filter(|pack| pack.id != "core") {
        let listed =
            manifest.packs.as_ref().map(|listed| listed.iter().any(|(id, _)| *id == pack.id));
        if listed == Some(true) {
            let by = "golive.yaml packs".to_owned();
            recognised.push(Recognised { pack: pack.id.clone(), by, at: None });
        } else if let Some((setting, by)) = speaking.about(pack) {
            let at = setting.source.as_ref().map(|source| (Arc::clone(source), setting.span));
            let seen = Recognised { pack: pack.id.clone(), by, at };
            if listed.is_none() { recognised.push(seen) } else { left_out.push(seen) }
        } else if let Some((one, by)) = dependency::about(dependencies, pack) {
            let at = Some((Arc::clone(&one.source), one.span));
            let seen = Recognised { pack: pack.id.clone(), by, at };
            if listed.is_none() { recognised.push(seen) } else { left_out.push(seen) }
        }
    }
    (recognised, left_out)
}

/// The first setting that speaks of each provider, by its role and by its host.
struct Speaking<'a> {
    by_role: BTreeMap<&'a str, &'a Setting>,
    by_host: BTreeMap<String, &'a Setting>,
}

impl<'a> Speaking<'a> {
    fn of(settings: &'a [Setting]) -> Self {
        let mut speaking = Self { by_role: BTreeMap::new(), by_host: BTreeMap::new() };
        for setting in settings {
            if let Some(role) = &setting.role
                && setting.purpose != Purpose::Documentation
            {
                speaking.by_role.entry(&role.pack).or_insert(setting);
            } else if let Some(host) = setting.host() {
                speaking.by_host.entry(host).or_insert(setting);
            }
        }
        speaking
    }

    /// The first setting whose role speaks of a pack, else the first whose host does; and by what.
    fn about(&self, pack: &Pack) -> Option<(&'a Setting, String)> {
        let by_role = self.by_role.get(&*pack.id).map(|setting| (*setting, setting.name.clone()));
        let by_host = || {
            let known = self.by_host.iter().filter(|(host, _)| pack.knows_host(host));
            let first = known.min_by_key(|(_, setting)| (setting.path(), setting.span))?;
            Some((*first.1, first.0.clone()))
        };
        by_role.or_else(by_host)
    }
}
