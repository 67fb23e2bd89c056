//! What was judged, as one digest: evidence counts only for the same.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::view::View;
use crate::pack::Origin;
use crate::project::{Purpose, Setting, SettingValue};

/// SHA-256, in hex, over tracked literals, reference texts, packages and packs: never over resolved
/// values, comments or places, nor over documentation and reports. Literals go in under their own digest. Outside a git work tree every
/// file counts as tracked.
pub fn inputs_digest(view: &View<'_>) -> String {
    let written = |one: &&Setting| {
        one.source.is_some()
            && one.purpose != Purpose::Documentation
            && one.origin != Origin::Observed
            && view.tracks(one.path())
    };
    let mut lines: BTreeSet<String> = view
        .project
        .settings
        .iter()
        .filter(written)
        .map(|setting| {
            let value = match &setting.value {
                SettingValue::Literal(value) => crate::project::digest(value),
                SettingValue::Reference { text, .. } => format!("reference {text}"),
                SettingValue::Observed(_) | SettingValue::Empty => String::new(),
            };
            format!("{}\0{}\0{value}", setting.path(), setting.name)
        })
        .collect();
    lines.extend(packages(view));
    lines.extend(view.in_use.iter().map(|pack| format!("pack {} {}", pack.id, pack.digest)));
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line.as_bytes());
        hash.update([b'\n']);
    }
    hex::encode(hash.finalize())
}

/// The packages that checks ask about, with their pins.
fn packages<'a>(view: &'a View<'_>) -> impl Iterator<Item = String> + 'a {
    let asked = view.library.checks.iter().filter_map(|check| check.subject.package());
    asked.flat_map(|(ecosystem, name)| {
        let all = view.project.dependencies.iter().filter(move |one| one.is(ecosystem, name));
        all.map(|one| {
            format!("{}\0{}\0{} {}", one.source.path(), one.name, one.pin.as_str(), one.text)
        })
    })
}
